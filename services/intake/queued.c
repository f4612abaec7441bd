/* SPDX-License-Identifier: Apache-2.0 */
/* queued.c: RULE H17: who waits for a window, and who is called to which, by number alone. */
#include <string.h>

#include "common/rows/fill.h"
#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/moves.h"
#include "services/intake/queries.h"
#include "services/intake/say.h"
#include "services/intake/ticket.h"
#include "services/intake/ticket_code.h"

enum { CALLS_SHOWN = 24 };

static int32_t today(const struct reader *reader)
{
    const struct catalogue *catalogue = reader->memory;
    return calendar_day(&catalogue->calendar, reader->now_ms).n;
}

/* Of rows that stand one after the other. */
static struct waiting waiting_of(struct reader *reader, const struct ticket_row *rows, size_t n)
{
    const struct catalogue *catalogue = reader->memory;
    struct waiting waiting = {.rules = &catalogue->waiting, .n = n};
    waiting.tickets = ARENA_ARRAY(reader->arena, const struct ticket_row *, n + 1);
    for (size_t i = 0; i < n; i++)
        waiting.tickets[i] = &rows[i];
    return waiting;
}

/* What a queue's order and forecast follow from. */
static const struct ticket_row *read_queue(struct reader *reader, int32_t day, const char *queue,
                                           size_t *n)
{
    return reader_rows(reader, &intake_ticket_table,
                       "where centre = $1 and day = $2 and queue = $3 order by number",
                       PARAMS(P_I16(reader->centre), P_DAY(day), P_TEXT(queue)), n);
}

/* ---- ListWaiting */

/* Those of the sorted tickets that belong to one list of the window. */
static size_t list_of(struct reader *reader, const struct waiting *waiting, int16_t window,
                      enum ticket_state state, Onedoor__Intake__CalledTicket ***list)
{
    size_t n = 0;
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__CalledTicket *, waiting->n + 1);
    for (size_t i = 0; i < waiting->n; i++) {
        const struct ticket_row *row = waiting->tickets[i];
        int16_t at = state == TICKET_CALLED ? row->window : row->only_window;
        if (row->state == (int16_t)state && (at == window || (at == 0 && state != TICKET_CALLED)))
            (*list)[n++] = intake_called_ticket_message(row, reader->arena);
    }
    return n;
}

struct outcome intake_list_waiting(struct reader *reader, struct call *call)
{
    int16_t window = (int16_t)call->actor->window;
    const char *queue = ticket_queue_of(reader->memory, window);
    Onedoor__Intake__ListWaitingReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__ListWaitingReply, onedoor__intake__list_waiting_reply);
    size_t n;
    if (queue == NULL)
        return OUTCOME_OK; /* nobody is called to where the person sits */
    const struct ticket_row *rows = read_queue(reader, today(reader), queue, &n);
    struct waiting waiting = waiting_of(reader, rows, n);
    waiting_sort(&waiting);
    reply->queue = (char *)queue;
    reply->n_here = list_of(reader, &waiting, window, TICKET_CALLED, &reply->here);
    reply->n_waiting = list_of(reader, &waiting, window, TICKET_WAITING, &reply->waiting);
    reply->n_passed = list_of(reader, &waiting, window, TICKET_PASSED, &reply->passed);
    return OUTCOME_OK;
}

/* ---- GetCalls */

static void add_calls(struct reader *reader, Onedoor__Intake__GetCallsReply *reply)
{
    const struct ticket_row *rows = reader_rows(reader, &intake_ticket_table,
                                                "where centre = $1 and day = $2 and state = $3"
                                                " order by called_at desc, number desc limit $4",
                                                PARAMS(P_I16(reader->centre), P_DAY(today(reader)),
                                                       P_I16(TICKET_CALLED), P_I32(CALLS_SHOWN)),
                                                &reply->n_calls);
    reply->calls = ARENA_ARRAY(reader->arena, Onedoor__Intake__Call *, reply->n_calls + 1);
    for (size_t i = 0; i < reply->n_calls; i++)
        reply->calls[i] = intake_call_message(&rows[i], reader->arena);
}

static Onedoor__Intake__Queue *queue_of(struct reader *reader, const struct waiting *waiting,
                                        const char *name)
{
    Onedoor__Intake__Queue *queue = ARENA_NEW(reader->arena, Onedoor__Intake__Queue);
    onedoor__intake__queue__init(queue);
    queue->queue = (char *)name;
    for (size_t i = 0; i < waiting->n; i++)
        queue->waiting += waiting->tickets[i]->state == TICKET_WAITING;
    queue->forecast_min = waiting_forecast_min(waiting, queue->waiting, reader->now_ms);
    return queue;
}

/* The rows are in order of their queues. */
static void add_queues(struct reader *reader, Onedoor__Intake__GetCallsReply *reply)
{
    size_t n, from = 0;
    const struct ticket_row *rows =
        reader_rows(reader, &intake_ticket_table,
                    "where centre = $1 and day = $2 and (over_at is null or over_at > $3)"
                    " order by queue, number",
                    PARAMS(P_I16(reader->centre), P_DAY(today(reader)),
                           P_TIME(reader->now_ms - WAITING_PAST_MS)),
                    &n);
    reply->queues = ARENA_ARRAY(reader->arena, Onedoor__Intake__Queue *, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && strcmp(rows[i].queue, rows[i + 1].queue) == 0)
            continue;
        const struct waiting waiting = waiting_of(reader, &rows[from], i + 1 - from);
        Onedoor__Intake__Queue *queue = queue_of(reader, &waiting, rows[i].queue);
        if (queue->waiting > 0)
            reply->queues[reply->n_queues++] = queue;
        from = i + 1;
    }
}

struct outcome intake_get_calls(struct reader *reader, struct call *call)
{
    Onedoor__Intake__GetCallsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetCallsReply, onedoor__intake__get_calls_reply);
    add_calls(reader, reply);
    add_queues(reader, reply);
    reply->opens_ms = ticket_opens_ms(reader->memory, reader->now_ms);
    return OUTCOME_OK;
}

/* ---- GetTicket */

/* Where the number waits, or was served: not where it was transferred from. */
static const struct ticket_row *find_ticket(struct reader *reader, const char *code)
{
    const struct catalogue *catalogue = reader->memory;
    struct day day;
    int32_t number;
    if (!ticket_code_read(catalogue->slip_key, code, &day, &number))
        return NULL;
    return reader_row(
        reader, &intake_ticket_table,
        "where centre = $1 and day = $2 and number = $3 and state <> $4",
        PARAMS(P_I16(reader->centre), P_DAY(day.n), P_I32(number), P_I16(TICKET_TRANSFERRED)));
}

struct outcome intake_get_ticket(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetTicket *get = call->message;
    const struct ticket_row *row = find_ticket(reader, get->code);
    size_t n;
    if (row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_TICKET, "there is no such ticket");
    const struct ticket_row *rows = read_queue(reader, row->day, row->queue, &n);
    const struct waiting waiting = waiting_of(reader, rows, n);
    Onedoor__Intake__GetTicketReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetTicketReply, onedoor__intake__get_ticket_reply);
    fill_message(&reply->base, &intake_ticket_table, row);
    for (size_t i = 0; i < n; i++)
        if (rows[i].number == row->number)
            reply->before = waiting_before(&waiting, &rows[i]);
    reply->forecast_min = waiting_forecast_min(&waiting, reply->before, reader->now_ms);
    return OUTCOME_OK;
}
