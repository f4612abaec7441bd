/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/ticket.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/wire/numbers.h"
#include "onedoor/intake.pb-c.h"

SAME_NUMBER(TICKET_WAITING, ONEDOOR__INTAKE__TICKET_STATE__WAITING);
SAME_NUMBER(TICKET_CALLED, ONEDOOR__INTAKE__TICKET_STATE__CALLED);
SAME_NUMBER(TICKET_PASSED, ONEDOOR__INTAKE__TICKET_STATE__PASSED_OVER);
SAME_NUMBER(TICKET_TRANSFERRED, ONEDOOR__INTAKE__TICKET_STATE__TRANSFERRED);
SAME_NUMBER(TICKET_SERVED, ONEDOOR__INTAKE__TICKET_STATE__SERVED);
SAME_NUMBER(TICKET_GONE, ONEDOOR__INTAKE__TICKET_STATE__GONE);

enum { ENDED_AT_ONCE = 256, MINUTE_MS = 60000 };

/* ---- where somebody waits */

static bool is_open(const struct window_row *window)
{
    return strcmp(window->status, "open") == 0;
}

const char *ticket_queue_of(const struct catalogue *catalogue, int32_t number)
{
    const struct window_row *window = intake_window(catalogue, number);
    if (window == NULL)
        return NULL;
    if (strcmp(window->kind, "charging") == 0 || strcmp(window->kind, "consultation") == 0)
        return window->kind;
    return strcmp(window->kind, "department") == 0 ? window->department : NULL;
}

static bool is_served(const struct catalogue *catalogue, const char *department)
{
    for (size_t i = 0; i < catalogue->n_windows; i++)
        if (strcmp(catalogue->windows[i].department, department) == 0 &&
            is_open(&catalogue->windows[i]))
            return true;
    return false;
}

/* RULE H1: any window of the department serves who comes for its item. */
static struct outcome find_by_item(const struct turn *turn, const char *code,
                                   struct ticket_place *place)
{
    const struct catalogue *catalogue = turn->memory;
    struct day today = {intake_today(catalogue, turn->now_ms)};
    const struct item_version *item = intake_item_on(catalogue, code, today);
    if (item == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item");
    if (!item->row.offered)
        return refuse(ONEDOOR__REASON__ITEM_NOT_OFFERED, "the item has left the hall");
    if (item->row.suspended)
        return refuse(ONEDOOR__REASON__ITEM_NOT_OFFERED,
                      "the item is suspended: nothing is taken in for the time being");
    if (item->row.by_department)
        return refuse(ONEDOOR__REASON__BEGUN_BY_DEPARTMENT, "nobody applies for this item");
    if (!is_served(catalogue, item->row.department))
        return refuse(ONEDOOR__REASON__NO_OPEN_WINDOW, "no window of its department is open");
    *place = (struct ticket_place){.queue = item->row.department, .item = item->row.code};
    return OUTCOME_OK;
}

struct outcome ticket_place_find(const struct turn *turn, const char *item, int32_t window,
                                 struct ticket_place *place)
{
    const struct catalogue *catalogue = turn->memory;
    if (item[0] != '\0')
        return find_by_item(turn, item, place);
    const char *queue = ticket_queue_of(catalogue, window);
    if (queue == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_WINDOW, "nobody is called to such a window");
    if (!is_open(intake_window(catalogue, window)))
        return refuse(ONEDOOR__REASON__WINDOW_CLOSED, "no business is done at this window now");
    *place = (struct ticket_place){.queue = queue, .only_window = (int16_t)window};
    return OUTCOME_OK;
}

/* Lunch counts: who takes a ticket then is called after it. */
int64_t ticket_opens_ms(const struct catalogue *catalogue, int64_t now_ms)
{
    const struct calendar *calendar = &catalogue->calendar;
    struct day today = calendar_day(calendar, now_ms);
    int64_t opens_ms =
        calendar_midnight(calendar, today) + (int64_t)calendar->hours.spans[0].from_min * MINUTE_MS;
    if (!catalogue->tickets.in_hours)
        return 0;
    if (!calendar_is_working(calendar, today) || now_ms >= calendar_close(calendar, now_ms))
        return calendar_next_opening(calendar, now_ms);
    return now_ms < opens_ms ? opens_ms : 0;
}

/* ---- the tickets of a queue */

struct day ticket_today(const struct turn *turn)
{
    const struct catalogue *catalogue = turn->memory;
    return calendar_day(&catalogue->calendar, turn->now_ms);
}

static struct ticket_row probe_of(const struct turn *turn, const char *queue, int32_t number)
{
    return (struct ticket_row){
        .centre = turn->centre, .day = ticket_today(turn).n, .queue = queue, .number = number};
}

void ticket_want_queue(struct turn *turn, const char *queue)
{
    const struct ticket_row probe = probe_of(turn, queue, 0);
    rows_want(turn, &intake_ticket_table, &probe);
}

/* The tickets of one queue, listed once a turn. */
struct queue_list {
    struct queue_list *next;
    const char *queue;
    struct waiting waiting;
    size_t room;
};

static struct queue_list *list_of(const struct turn *turn, const char *queue)
{
    struct queue_list *list = turn->kept;
    while (list != NULL && strcmp(list->queue, queue) != 0)
        list = list->next;
    return list;
}

static void put(struct turn *turn, struct queue_list *list, const struct ticket_row *row)
{
    struct waiting *waiting = &list->waiting;
    if (waiting->n == list->room) {
        list->room = list->room == 0 ? 64 : list->room * 2;
        waiting->tickets = arena_grow(turn->arena, (const void *)waiting->tickets, waiting->n,
                                      list->room, sizeof waiting->tickets[0]);
    }
    waiting->tickets[waiting->n++] = row;
}

static struct queue_list *list_queue(struct turn *turn, const char *queue)
{
    const struct catalogue *catalogue = turn->memory;
    const struct ticket_row *row;
    struct queue_list *list = ARENA_NEW(turn->arena, struct queue_list);
    int32_t today = ticket_today(turn).n;
    *list = (struct queue_list){
        .next = turn->kept, .queue = queue, .waiting = {.rules = &catalogue->waiting}};
    for (size_t place = 0; (row = rows_each(turn, &intake_ticket_table, &place)) != NULL;)
        if (row->day == today && strcmp(row->queue, queue) == 0)
            put(turn, list, row);
    return turn->kept = list;
}

struct waiting ticket_waiting(struct turn *turn, const char *queue)
{
    struct queue_list *list = list_of(turn, queue);
    return (list != NULL ? list : list_queue(turn, queue))->waiting;
}

struct ticket_row *ticket_add(struct turn *turn, const struct ticket_row *row)
{
    struct queue_list *list = list_of(turn, row->queue);
    struct ticket_row *added = rows_add(turn, &intake_ticket_table, row);
    if (list != NULL)
        put(turn, list, added);
    return added;
}

struct ticket_row *ticket_find(struct turn *turn, const char *queue, int32_t number)
{
    const struct ticket_row probe = probe_of(turn, queue, number);
    return rows_find(turn, &intake_ticket_table, &probe);
}

const struct ticket_row *ticket_at(struct turn *turn, const char *queue, int32_t window)
{
    const struct waiting waiting = ticket_waiting(turn, queue);
    for (size_t i = 0; i < waiting.n; i++)
        if (waiting.tickets[i]->state == TICKET_CALLED && waiting.tickets[i]->window == window)
            return waiting.tickets[i];
    return NULL;
}

void ticket_free_window(struct turn *turn, const char *queue, int32_t window)
{
    const struct waiting waiting = ticket_waiting(turn, queue);
    for (size_t i = 0; i < waiting.n; i++)
        if (waiting.tickets[i]->only_window == window) {
            struct ticket_row *row = ticket_find(turn, queue, waiting.tickets[i]->number);
            ((struct ticket_row *)rows_touch(turn, &intake_ticket_table, row))->only_window = 0;
        }
}

/* ---- what is done on the way, and said */

static char *item_of(const struct ticket_row *row)
{
    return (char *)(row->item == NULL ? "" : row->item);
}

static void say_called(struct turn *turn, const struct ticket_row *row)
{
    Onedoor__Intake__TicketCalled called = ONEDOOR__INTAKE__TICKET_CALLED__INIT;
    called.day = row->day;
    called.number = row->number;
    called.queue = (char *)row->queue;
    called.item = item_of(row);
    called.window = row->window;
    called.calls = row->calls;
    called.first = row->calls == 1;
    called.waited_ms = called.first ? turn->now_ms - row->taken_ms : 0;
    turn_say(turn, 0, &called.base);
}

/* A new place among the calls of the queue, unless the number is called out again. */
static void call(struct turn *turn, struct ticket_row *row, int16_t window)
{
    struct waiting waiting = ticket_waiting(turn, row->queue);
    if (row->state != TICKET_CALLED) {
        row->overtook = waiting_overtakes(&waiting, row, window);
        row->call_no = waiting_last_call(&waiting) + 1;
    }
    row->window = window;
    row->calls++;
    row->called_ms = turn->now_ms;
    say_called(turn, row);
}

static void pass_over(struct turn *turn, struct ticket_row *row)
{
    Onedoor__Intake__TicketPassedOver passed = ONEDOOR__INTAKE__TICKET_PASSED_OVER__INIT;
    row->passed++;
    passed.day = row->day;
    passed.number = row->number;
    passed.queue = (char *)row->queue;
    passed.window = row->window;
    turn_say(turn, 0, &passed.base);
}

static void say_transferred(struct turn *turn, const struct ticket_row *row,
                            const struct ticket_place *to)
{
    Onedoor__Intake__TicketTransferred moved = ONEDOOR__INTAKE__TICKET_TRANSFERRED__INIT;
    moved.day = row->day;
    moved.number = row->number;
    moved.queue = (char *)row->queue;
    moved.item = item_of(row);
    moved.window = row->window;
    moved.handled_ms = turn->now_ms - row->called_ms;
    moved.to_queue = (char *)to->queue;
    moved.to_item = (char *)(to->item == NULL ? "" : to->item);
    moved.to_window = to->only_window;
    turn_say(turn, 0, &moved.base);
}

/* He waits anew there, with the number that he has. */
static void wait_anew(struct turn *turn, struct ticket_row *row, const struct ticket_place *at)
{
    row->item = at->item;
    row->only_window = at->only_window;
    row->taken_ms = turn->now_ms;
    row->calls = 0;
    row->passed = 0;
}

static void arrive(struct turn *turn, const struct ticket_row *from, int64_t ends_ms,
                   const struct ticket_place *to)
{
    struct ticket_row row = *from, *back;
    row.queue = to->queue;
    if ((back = ticket_find(turn, to->queue, from->number)) != NULL) {
        must(is_ok(ticket_make_move(turn, back, &(struct ticket_move){.on = ON_COME_BACK})));
    } else {
        row.state = TICKET_WAITING;
        row.window = 0;
        row.call_no = 0;
        row.overtook = false;
        row.called_ms = row.over_ms = 0;
        back = ticket_add(turn, &row);
    }
    back->ends_ms = ends_ms;
    back->over_ms = 0;
    wait_anew(turn, back, to);
}

static void transfer(struct turn *turn, struct ticket_row *row, const struct ticket_place *to)
{
    int64_t ends_ms = row->ends_ms;
    say_transferred(turn, row, to);
    if (strcmp(row->queue, to->queue) == 0) {
        wait_anew(turn, row, to);
        return;
    }
    row->ends_ms = 0;
    row->over_ms = turn->now_ms;
    arrive(turn, row, ends_ms, to);
}

/* At the end of the day it is not known when a visitor who was called had left. */
static void end(struct turn *turn, struct ticket_row *row, int state, bool day_over)
{
    Onedoor__Intake__TicketOver over = ONEDOOR__INTAKE__TICKET_OVER__INIT;
    bool is_known = state == TICKET_SERVED && !day_over;
    row->over_ms = row->ends_ms < turn->now_ms ? row->ends_ms : turn->now_ms;
    row->ends_ms = 0;
    over.day = row->day;
    over.number = row->number;
    over.queue = (char *)row->queue;
    over.item = item_of(row);
    over.window = row->window;
    over.state = (Onedoor__Intake__TicketState)state;
    over.handled_ms = is_known ? row->over_ms - row->called_ms : 0;
    over.day_over = day_over;
    turn_say(turn, 0, &over.base);
}

/* ---- moves */

static unsigned facts_of(const struct turn *turn, const struct ticket_row *row,
                         const struct ticket_move *move)
{
    const struct catalogue *catalogue = turn->memory;
    unsigned facts = row->passed + 1 >= catalogue->waiting.passed_most ? IF_LAST_TIME : 0;
    if (move->to != NULL && strcmp(move->to->queue, row->queue) == 0)
        facts |= IF_SAME_QUEUE;
    return facts;
}

static const struct move *find_move(const struct turn *turn, const struct ticket_row *row,
                                    const struct ticket_move *move)
{
    return moves_find(&intake_ticket_moves, row->state, (int)move->on, facts_of(turn, row, move));
}

struct outcome ticket_may_move(struct turn *turn, const struct ticket_row *row,
                               const struct ticket_move *move)
{
    return moves_outcome(find_move(turn, row, move));
}

struct outcome ticket_make_move(struct turn *turn, struct ticket_row *row,
                                const struct ticket_move *move)
{
    const struct move *found = find_move(turn, row, move);
    struct outcome outcome = moves_outcome(found);
    if (!is_ok(outcome))
        return outcome;
    rows_touch(turn, &intake_ticket_table, row);
    int to = moves_to(found, row->state);
    switch ((enum ticket_effect)found->then) {
    case TICKET_SAY_NOTHING:
    case TICKET_EFFECTS:
        break;
    case TICKET_SAY_CALLED:
        call(turn, row, move->window);
        break;
    case TICKET_SAY_PASSED:
        pass_over(turn, row);
        break;
    case TICKET_SAY_TRANSFERRED:
        transfer(turn, row, move->to);
        break;
    case TICKET_SAY_OVER:
        end(turn, row, to, move->on == ON_DAY_OVER);
        break;
    }
    row->state = (int16_t)to;
    return OUTCOME_OK;
}

/* ---- the day is over */

void ticket_want_ended(struct turn *turn)
{
    rows_want_due(turn, &intake_ticket_table, ENDED_AT_ONCE);
}

void ticket_end_days(struct turn *turn)
{
    struct ticket_row *row;
    for (size_t place = 0; (row = rows_each(turn, &intake_ticket_table, &place)) != NULL;)
        if (row->ends_ms != 0 && row->ends_ms <= turn->now_ms)
            must(is_ok(ticket_make_move(turn, row, &(struct ticket_move){.on = ON_DAY_OVER})));
}
