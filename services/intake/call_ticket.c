/* SPDX-License-Identifier: Apache-2.0 */
/* call_ticket.c: a window calls the next ticket, calls again, passes over, transfers and finishes.
 * One ticket at most is at a window: with the next call the one before it is served. */
#include <string.h>

#include "common/base/panic.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/say.h"
#include "services/intake/ticket.h"

/* ---- who calls */

/* RULE H1: people of the window's department, or of the hall at its own desks. */
static struct outcome find_window(const struct turn *turn, const struct call *call,
                                  const char **queue)
{
    const struct window_row *window = intake_window(turn->memory, call->actor->window);
    *queue = ticket_queue_of(turn->memory, call->actor->window);
    if (*queue == NULL || strcmp(window->department, call->actor->department) != 0)
        return refuse(ONEDOOR__REASON__UNKNOWN_WINDOW,
                      "tickets are called from a window of one's own department");
    if (strcmp(window->status, "closed") == 0)
        return refuse(ONEDOOR__REASON__WINDOW_CLOSED, "no business is done at this window now");
    return OUTCOME_OK;
}

void intake_need_call(struct turn *turn, const struct call *call)
{
    const char *queue;
    if (is_ok(find_window(turn, call, &queue)))
        ticket_want_queue(turn, queue);
}

/* ---- what is at the window */

static bool is_here(const struct call *call, const struct ticket_row *row)
{
    return row->state == TICKET_CALLED && row->window == call->actor->window;
}

static struct ticket_row *find_here(struct turn *turn, const struct call *call, const char *queue)
{
    const struct waiting waiting = ticket_waiting(turn, queue);
    for (size_t i = 0; i < waiting.n; i++)
        if (is_here(call, waiting.tickets[i]))
            return ticket_find(turn, queue, waiting.tickets[i]->number);
    return NULL;
}

static void serve(struct turn *turn, struct ticket_row *here)
{
    if (here != NULL)
        must(is_ok(ticket_make_move(turn, here, &(struct ticket_move){.on = ON_SERVED})));
}

/* The ticket of this number, at this window. */
static struct outcome find_ticket_here(struct turn *turn, const struct call *call, int32_t number,
                                       struct ticket_row **row)
{
    const char *queue;
    struct outcome outcome = find_window(turn, call, &queue);
    if (!is_ok(outcome))
        return outcome;
    *row = ticket_find(turn, queue, number);
    if (*row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_TICKET,
                         "no ticket of today in this queue has this number");
    if ((*row)->state == TICKET_CALLED && !is_here(call, *row))
        return refuse(ONEDOOR__REASON__TICKET_ELSEWHERE, "the ticket is at another window");
    return OUTCOME_OK;
}

/* ---- CallNext, CallAgain */

static void answer_next(struct turn *turn, struct call *call, const struct ticket_row *row)
{
    Onedoor__Intake__CallNextReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__CallNextReply, onedoor__intake__call_next_reply);
    reply->ticket = row == NULL ? NULL : intake_called_ticket_message(row, turn->arena);
}

struct outcome intake_call_next(struct turn *turn, struct call *call)
{
    const char *queue;
    struct outcome outcome = find_window(turn, call, &queue);
    if (!is_ok(outcome))
        return outcome;
    int16_t window = (int16_t)call->actor->window;
    const struct waiting waiting = ticket_waiting(turn, queue);
    const struct ticket_row *next = waiting_next(&waiting, window);
    struct ticket_row *here = find_here(turn, call, queue), *row = NULL;
    if (next == NULL && here == NULL)
        return refuse(ONEDOOR__REASON__NOBODY_WAITS, "nobody waits for this window");
    serve(turn, here);
    if (next != NULL) {
        row = ticket_find(turn, queue, next->number);
        must(is_ok(ticket_make_move(turn, row, &(struct ticket_move){ON_CALL, window, NULL})));
    }
    answer_next(turn, call, row);
    return OUTCOME_OK;
}

/* The number is called out once more; or who was passed over came after all. */
struct outcome intake_call_again(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__CallAgain *again = call->message;
    const struct ticket_move move = {ON_CALL_AGAIN, (int16_t)call->actor->window, NULL};
    struct ticket_row *row;
    struct outcome outcome = find_ticket_here(turn, call, again->number, &row);
    if (is_ok(outcome))
        outcome = ticket_may_move(turn, row, &move);
    if (!is_ok(outcome))
        return outcome;
    struct ticket_row *here = find_here(turn, call, row->queue);
    serve(turn, here == row ? NULL : here);
    must(is_ok(ticket_make_move(turn, row, &move)));
    Onedoor__Intake__CallAgainReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__CallAgainReply, onedoor__intake__call_again_reply);
    reply->ticket = intake_called_ticket_message(row, turn->arena);
    return OUTCOME_OK;
}

/* ---- PassOver, FinishTicket, TransferTicket */

static struct outcome move_here(struct turn *turn, const struct call *call, int32_t number,
                                const struct ticket_move *move)
{
    struct ticket_row *row;
    struct outcome outcome = find_ticket_here(turn, call, number, &row);
    return is_ok(outcome) ? ticket_make_move(turn, row, move) : outcome;
}

struct outcome intake_pass_over(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__PassOver *pass = call->message;
    return move_here(turn, call, pass->number, &(struct ticket_move){.on = ON_PASS_OVER});
}

struct outcome intake_finish_ticket(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__FinishTicket *finish = call->message;
    return move_here(turn, call, finish->number, &(struct ticket_move){.on = ON_SERVED});
}

static struct outcome find_target(const struct turn *turn, const struct call *call,
                                  struct ticket_place *to)
{
    const Onedoor__Intake__TransferTicket *transfer = call->message;
    return ticket_place_find(turn, transfer->item, transfer->window, to);
}

void intake_need_transfer_ticket(struct turn *turn, const struct call *call)
{
    struct ticket_place to;
    intake_need_call(turn, call);
    if (is_ok(find_target(turn, call, &to)))
        ticket_want_queue(turn, to.queue);
}

/* RULE H1, H6: whoever came to the wrong window keeps his number, and waits at the right one. */
struct outcome intake_transfer_ticket(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__TransferTicket *transfer = call->message;
    struct ticket_place to;
    struct outcome outcome = find_target(turn, call, &to);
    if (!is_ok(outcome))
        return outcome;
    return move_here(turn, call, transfer->number,
                     &(struct ticket_move){.on = ON_TRANSFER, .to = &to});
}
