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
    struct rows_read *rows =
        reader_ask(reader,
                   "select case_number from standing where centre = $1 and state = $2"
                   " order by since_at desc, case_number desc limit $3",
                   "sii", reader->centre, (int64_t)state, (int64_t)SHOWN);

    *numbers = ARENA_ARRAY(reader->arena, int64_t, rows->n);
    for (int row = 0; row < rows->n; row++)
        (*numbers)[row] = read_int(rows, row, 0);
    return (size_t)rows->n;
}

static int64_t count_handled(struct reader *reader)
{
    struct rows_read *rows =
        reader_ask(reader, "select count(*) from standing where centre = $1 and state <> $2", "si",
                   reader->centre, (int64_t)DOSSIER_CLOSED);

    return read_int(rows, 0, 0);
}

/* RULE H17: a case is shown by its number alone. */
struct outcome reporting_board(struct reader *reader, struct call *call)
{
    const struct reporting *reporting = reader->memory;
    int32_t today = calendar_day(&reporting->calendar, reader->now_ms).n;
    struct rows_read *day =
        reader_ask(reader,
                   "select sum(received)::bigint, sum(accepted)::bigint, sum(closed)::bigint"
                   " from rollup where centre = $1 and day = $2",
                   "sy", reader->centre, today);
    Onedoor__Reporting__BoardReply *reply =
        READER_REPLY(reader, call, Onedoor__Reporting__BoardReply, onedoor__reporting__board_reply);

    reply->now_ms = reader->now_ms;
    reply->handling = count_handled(reader);
    reply->received_today = read_int(day, 0, 0);
    reply->accepted_today = read_int(day, 0, 1);
    reply->closed_today = read_int(day, 0, 2);
    reply->n_ready = latest(reader, DOSSIER_CLOSED, &reply->ready);
    reply->n_to_pay = latest(reader, DOSSIER_PAYMENT_DUE, &reply->to_pay);
    reply->n_to_correct = latest(reader, DOSSIER_CORRECTION, &reply->to_correct);
    return OUTCOME_OK;
}
