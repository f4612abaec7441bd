/* SPDX-License-Identifier: Apache-2.0 */
/* board.c: what the displays in the hall show. Every display asks every few seconds, so it must not
 * grow with the history: the cases that are not over are a table of their own (`standing`), the
 * lists are the first lines of its index on (centre, state, since_at), and what came today are the
 * rollup rows of one day, by their index on (centre, day). */
#include "services/reporting/dossier.h"
#include "services/reporting/queries.h"
#include "services/reporting/reporting.h"

enum { SHOWN = 12, USUAL_DAYS = 90 };

/* A case that is called, to which window, and how many are. The number is counted in the same
 * statement: in the next one, fewer may be left than are listed. */
struct call_row {
    int64_t case_number;
    int32_t window;
    int64_t all;
};

static const struct column call_columns[] = {
    COLUMN(call_row, case_number, I64, 0),
    COLUMN_AS(call_row, window, "coalesce(number, 0)", I32, 0),
    COLUMN_AS(call_row, all, "(select count(*) from standing where centre = $1 and state = $2)",
              I64, 0),
};
static const struct shape call_shape = SHAPE(call_row, call_columns);

/* The cases that have come into a state last, each with the window that its applicant goes to: the
 * one that charges, the one he came to, or else an open one of the department. */
static const struct call_row *latest(struct reader *reader, enum dossier_state state, size_t *n)
{
    return reader_select(
        reader, &call_shape,
        "from standing s left join lateral (select w.number from dossier d join hall_window w"
        " on w.centre = d.centre and w.status = 'open' and case when $3 then w.kind = 'charging'"
        " else w.number = d.window_no or w.department = d.department end"
        " where d.centre = s.centre and d.case_number = s.case_number"
        " order by w.number <> d.window_no, w.number limit 1) w on true"
        " where centre = $1 and state = $2 order by since_at desc, case_number desc limit $4",
        PARAMS(P_I16(reader->centre), P_I16((int16_t)state), P_BOOL(state == DOSSIER_PAYMENT_DUE),
               P_I32(SHOWN)),
        n);
}

static Onedoor__Reporting__Calls *calls_in(struct reader *reader, enum dossier_state state)
{
    size_t n;
    const struct call_row *rows = latest(reader, state, &n);
    Onedoor__Reporting__Calls *calls = ARENA_NEW(reader->arena, Onedoor__Reporting__Calls);
    onedoor__reporting__calls__init(calls);
    calls->all = n == 0 ? 0 : rows[0].all;
    calls->n_latest = n;
    calls->latest = ARENA_ARRAY(reader->arena, Onedoor__Reporting__Call *, n);
    for (size_t i = 0; i < n; i++) {
        calls->latest[i] = ARENA_NEW(reader->arena, Onedoor__Reporting__Call);
        onedoor__reporting__call__init(calls->latest[i]);
        calls->latest[i]->case_number = rows[i].case_number;
        calls->latest[i]->window = rows[i].window;
    }
    return calls;
}

/* What a day has brought. */
struct day_row {
    int64_t received;
    int64_t accepted;
    int64_t closed;
};

static const struct column day_columns[] = {
    COLUMN_AS(day_row, received, "sum(received)::bigint", I64, 0),
    COLUMN_AS(day_row, accepted, "sum(accepted)::bigint", I64, 0),
    COLUMN_AS(day_row, closed, "sum(closed)::bigint", I64, 0),
};
static const struct shape day_shape = SHAPE(day_row, day_columns);

/* RULE H17: a case is shown by its number alone. */
struct outcome reporting_board(struct reader *reader, struct call *call)
{
    const struct reporting *reporting = reader->memory;
    int32_t today = calendar_day(&reporting->calendar, reader->now_ms).n;
    const struct day_row *day =
        reader_total(reader, &day_shape, "from rollup where centre = $1 and span = 1 and day = $2",
                     PARAMS(P_I16(reader->centre), P_DAY(today)));
    Onedoor__Reporting__BoardReply *reply =
        READER_REPLY(reader, call, Onedoor__Reporting__BoardReply, onedoor__reporting__board_reply);

    reply->now_ms = reader->now_ms;
    reply->handling = reader_count(reader, "from standing where centre = $1 and state <> $2",
                                   PARAMS(P_I16(reader->centre), P_I16(DOSSIER_CLOSED)));
    reply->received_today = day->received;
    reply->accepted_today = day->accepted;
    reply->closed_today = day->closed;
    reply->ready = calls_in(reader, DOSSIER_CLOSED);
    reply->to_pay = calls_in(reader, DOSSIER_PAYMENT_DUE);
    reply->to_correct = calls_in(reader, DOSSIER_CORRECTION);
    return OUTCOME_OK;
}

/* ---- the usual items: of the months that began in the last days of them */

struct usual_row {
    const char *item;
};

static const struct column usual_columns[] = {COLUMN(usual_row, item, TEXT, 0)};
static const struct shape usual_shape = SHAPE(usual_row, usual_columns);

/* RULE H17: those that have left the hall are left out by whoever knows the catalogue. */
struct outcome reporting_usual(struct reader *reader, struct call *call)
{
    const struct reporting *reporting = reader->memory;
    int32_t today = calendar_day(&reporting->calendar, reader->now_ms).n;
    size_t n;
    const struct usual_row *rows = reader_select(
        reader, &usual_shape,
        "from rollup where centre = $1 and span = 2 and day > $2 and received > 0 group by item"
        " order by sum(received) desc, item limit $3",
        PARAMS(P_I16(reader->centre), P_DAY(today - USUAL_DAYS), P_I32(SHOWN)), &n);
    Onedoor__Reporting__ListUsualReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__ListUsualReply, onedoor__reporting__list_usual_reply);
    reply->n_items = n;
    reply->items = ARENA_ARRAY(reader->arena, char *, n);
    for (size_t i = 0; i < n; i++)
        reply->items[i] = (char *)rows[i].item;
    return OUTCOME_OK;
}
