/* SPDX-License-Identifier: Apache-2.0 */
/* take_ticket.c: somebody takes a ticket, at a kiosk, at a window or by telephone, or gives it up.
 */
#include <string.h>

#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/ticket.h"
#include "services/intake/ticket_code.h"

/* One counter a day, named by the day: no number is given twice on it. */
static const char *counter_name(struct turn *turn)
{
    struct ymd day = day_to_ymd(ticket_today(turn));
    return arena_printf(turn->arena, "ticket %02d%02d%02d", day.year % 100, day.month, day.day);
}

static struct outcome find_place(const struct turn *turn, const struct call *call,
                                 struct ticket_place *place)
{
    const Onedoor__Intake__TakeTicket *take = call->message;
    return ticket_place_find(turn, take->item, take->window, place);
}

void intake_need_take_ticket(struct turn *turn, const struct call *call)
{
    struct ticket_place place;
    turn_want_counter(turn, counter_name(turn));
    if (is_ok(find_place(turn, call, &place)))
        ticket_want_queue(turn, place.queue);
}

static struct ticket_row *add_ticket(struct turn *turn, const struct call *call,
                                     const struct ticket_place *place)
{
    const Onedoor__Intake__TakeTicket *take = call->message;
    const struct catalogue *catalogue = turn->memory;
    struct day today = ticket_today(turn);
    struct ticket_row row = {
        .centre = turn->centre,
        .day = today.n,
        .queue = place->queue,
        .number = (int32_t)turn_count(turn, counter_name(turn)),
        .taken_ms = turn->now_ms,
        .ends_ms = calendar_midnight(&catalogue->calendar, (struct day){today.n + 1}),
        .item = place->item,
        .only_window = place->only_window,
        .priority = take->priority,
        .fast_lane = take->fast_lane,
        .state = TICKET_WAITING,
    };
    turn_wake(turn, row.ends_ms);
    return ticket_add(turn, &row);
}

static void say_taken(struct turn *turn, const struct ticket_row *row)
{
    Onedoor__Intake__TicketTaken taken = ONEDOOR__INTAKE__TICKET_TAKEN__INIT;
    taken.day = row->day;
    taken.number = row->number;
    taken.queue = (char *)row->queue;
    taken.item = (char *)(row->item == NULL ? "" : row->item);
    taken.window = row->only_window;
    taken.priority = row->priority;
    taken.fast_lane = row->fast_lane;
    turn_say(turn, 0, &taken.base);
}

static void answer(struct turn *turn, struct call *call, const struct ticket_row *row)
{
    const struct catalogue *catalogue = turn->memory;
    const struct waiting waiting = ticket_waiting(turn, row->queue);
    char code[TICKET_CODE_SIZE];
    Onedoor__Intake__TakeTicketReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__TakeTicketReply, onedoor__intake__take_ticket_reply);
    reply->number = row->number;
    reply->day = row->day;
    reply->queue = (char *)row->queue;
    reply->code =
        arena_strdup(turn->arena, ticket_code_make(catalogue->slip_key, (struct day){row->day},
                                                   row->number, code));
    reply->before = waiting_before(&waiting, row);
    reply->forecast_min = waiting_forecast_min(&waiting, reply->before, turn->now_ms);
}

/* ---- what the hall gives out */

static struct outcome check_limits(struct turn *turn, const struct ticket_place *place)
{
    const struct catalogue *catalogue = turn->memory;
    const struct ticket_limits *limits = &catalogue->tickets;
    if (ticket_opens_ms(catalogue, turn->now_ms) != 0)
        return refuse(ONEDOOR__REASON__HALL_CLOSED, "tickets are given out while the hall is open");
    const struct waiting waiting = ticket_waiting(turn, place->queue);
    if (waiting.n >= (size_t)limits->day_most)
        return refuse(ONEDOOR__REASON__TICKETS_GIVEN_OUT,
                      "the queue has given out all of the day's tickets");
    if (waiting_count(&waiting) >= (size_t)limits->queue_most)
        return refuse(ONEDOOR__REASON__QUEUE_FULL, "as many wait in the queue as may");
    return OUTCOME_OK;
}

struct outcome intake_take_ticket(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__TakeTicket *take = call->message;
    struct ticket_place place;
    if (take->fast_lane && call->actor->role == ONEDOOR__ROLE__PUBLIC)
        return deny(ONEDOOR__REASON__NOT_ALLOWED,
                    "the hall marks what goes by the fast lane"); /* RULE H9 */
    struct outcome outcome = find_place(turn, call, &place);
    if (is_ok(outcome))
        outcome = check_limits(turn, &place);
    if (!is_ok(outcome))
        return outcome;
    const struct ticket_row *row = add_ticket(turn, call, &place);
    say_taken(turn, row);
    answer(turn, call, row);
    return OUTCOME_OK;
}

/* ---- LeaveQueue */

/* The queue that is named, as the hall has it; null: it has none of that name. */
static const char *known_queue(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->n_windows; i++) {
        const char *queue = ticket_queue_of(catalogue, catalogue->windows[i].number);
        if (queue != NULL && strcmp(queue, name) == 0)
            return queue;
    }
    return NULL;
}

void intake_need_leave_queue(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__LeaveQueue *leave = call->message;
    const char *queue = known_queue(turn->memory, leave->queue);
    if (queue != NULL)
        ticket_want_queue(turn, queue);
}

struct outcome intake_leave_queue(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__LeaveQueue *leave = call->message;
    const struct catalogue *catalogue = turn->memory;
    const char *queue = known_queue(catalogue, leave->queue);
    struct ticket_row *row = NULL;
    struct day day;
    int32_t number;
    if (queue != NULL && ticket_code_read(catalogue->slip_key, leave->code, &day, &number) &&
        day.n == ticket_today(turn).n)
        row = ticket_find(turn, queue, number);
    if (row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_TICKET, "there is no such ticket of today");
    return ticket_make_move(turn, row, &(struct ticket_move){.on = ON_LEAVE});
}
