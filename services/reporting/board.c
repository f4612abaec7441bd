/* SPDX-License-Identifier: Apache-2.0 */
/* board.c: what the displays in the hall show. Every display asks every few seconds, so it must not
 * grow with the history: the cases that are not over are a table of their own (`standing`), the
 * lists are the first lines of its index on (centre, state, since_at), and what came today are the
 * rollup rows of one day, by their index on (centre, day). */
#include "services/reporting/dossier.h"
#include "services/reporting/queries.h"
#include "services/reporting/reporting.h"

enum { SHOWN = 12 };

/* The cases that have come into a state last. */
static size_t latest(struct reader *reader, enum dossier_state state, int64_t **numbers)
{
    size_t n;
    const struct standing_row *rows = reader_rows(
        reader, &reporting_standing_table,
        "where centre = $1 and state = $2 order by since_at desc, case_number desc limit $3",
        PARAMS(P_I16(reader->centre), P_I16((int16_t)state), P_I32(SHOWN)), &n);

    *numbers = ARENA_ARRAY(reader->arena, int64_t, n);
    for (size_t i = 0; i < n; i++)
        (*numbers)[i] = rows[i].case_number;
    return n;
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
        reader_total(reader, &day_shape, "from rollup where centre = $1 and day = $2",
                     PARAMS(P_I16(reader->centre), P_DAY(today)));
    Onedoor__Reporting__BoardReply *reply =
        READER_REPLY(reader, call, Onedoor__Reporting__BoardReply, onedoor__reporting__board_reply);

    reply->now_ms = reader->now_ms;
    reply->handling = reader_count(reader, "from standing where centre = $1 and state <> $2",
                                   PARAMS(P_I16(reader->centre), P_I16(DOSSIER_CLOSED)));
    reply->received_today = day->received;
    reply->accepted_today = day->accepted;
    reply->closed_today = day->closed;
    reply->n_ready = latest(reader, DOSSIER_CLOSED, &reply->ready);
    reply->n_to_pay = latest(reader, DOSSIER_PAYMENT_DUE, &reply->to_pay);
    reply->n_to_correct = latest(reader, DOSSIER_CORRECTION, &reply->to_correct);
    return OUTCOME_OK;
}
