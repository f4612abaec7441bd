/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/waiting.h"

#include <stdlib.h>

#include "services/intake/moves.h"

enum { SERVED_COUNTED = 10, ACTIVE_MS = 30 * 60 * 1000, MINUTE_MS = 60000 };

/* ---- who may be called */

static bool waits(const struct ticket_row *ticket)
{
    return ticket->state == TICKET_WAITING || ticket->state == TICKET_PASSED;
}

size_t waiting_count(const struct waiting *waiting)
{
    size_t n = 0;
    for (size_t i = 0; i < waiting->n; i++)
        n += waits(waiting->tickets[i]);
    return n;
}

int32_t waiting_last_call(const struct waiting *waiting)
{
    int32_t last = 0;
    for (size_t i = 0; i < waiting->n; i++)
        if (waiting->tickets[i]->call_no > last)
            last = waiting->tickets[i]->call_no;
    return last;
}

/* One who was passed over lets some others go before him. */
static bool rests(const struct waiting *waiting, const struct ticket_row *ticket)
{
    return ticket->state == TICKET_PASSED &&
           waiting_last_call(waiting) - ticket->call_no < waiting->rules->back_after;
}

static bool is_for(const struct ticket_row *ticket, int16_t window)
{
    return waits(ticket) && (ticket->only_window == 0 || ticket->only_window == window);
}

/* ---- in which order */

enum rank { CAME_BACK, HAS_PRIORITY, BY_FAST_LANE, IN_TURN, RESTS };

static enum rank rank_of(const struct waiting *waiting, const struct ticket_row *ticket)
{
    const struct waiting_rules *rules = waiting->rules;
    if (ticket->state == TICKET_PASSED)
        return rests(waiting, ticket) ? RESTS : CAME_BACK;
    if (ticket->priority && rules->priority_first)
        return HAS_PRIORITY;
    return ticket->fast_lane && rules->fast_first ? BY_FAST_LANE : IN_TURN; /* RULE H9 */
}

static bool is_before(const struct waiting *waiting, const struct ticket_row *left,
                      const struct ticket_row *right)
{
    enum rank a = rank_of(waiting, left), b = rank_of(waiting, right);
    return a != b ? a < b : left->number < right->number;
}

static const struct ticket_row *first_by_rank(const struct waiting *waiting, int16_t window)
{
    const struct ticket_row *first = NULL;
    for (size_t i = 0; i < waiting->n; i++)
        if (is_for(waiting->tickets[i], window) &&
            (first == NULL || is_before(waiting, waiting->tickets[i], first)))
            first = waiting->tickets[i];
    return first;
}

/* Of those who do not rest; null: there is none. */
static const struct ticket_row *lowest(const struct waiting *waiting, int16_t window)
{
    const struct ticket_row *lowest = NULL;
    for (size_t i = 0; i < waiting->n; i++) {
        const struct ticket_row *ticket = waiting->tickets[i];
        if (is_for(ticket, window) && !rests(waiting, ticket) &&
            (lowest == NULL || ticket->number < lowest->number))
            lowest = ticket;
    }
    return lowest;
}

bool waiting_overtakes(const struct waiting *waiting, const struct ticket_row *ticket,
                       int16_t window)
{
    const struct ticket_row *first = lowest(waiting, window);
    return first != NULL && first->number < ticket->number;
}

/* The call of the window with the greatest number below `before`; null: there was none. */
static const struct ticket_row *call_before(const struct waiting *waiting, int16_t window,
                                            int32_t before)
{
    const struct ticket_row *last = NULL;
    for (size_t i = 0; i < waiting->n; i++) {
        const struct ticket_row *ticket = waiting->tickets[i];
        if (ticket->window == window && ticket->call_no > 0 && ticket->call_no < before &&
            (last == NULL || ticket->call_no > last->call_no))
            last = ticket;
    }
    return last;
}

/* Has the window left out lower numbers as often in a row as it may? */
static bool owes_the_lowest(const struct waiting *waiting, int16_t window)
{
    int32_t before = INT32_MAX;
    for (int32_t n = 0; n < waiting->rules->favoured_most; n++) {
        const struct ticket_row *call = call_before(waiting, window, before);
        if (call == NULL || !call->overtook)
            return false;
        before = call->call_no;
    }
    return true;
}

const struct ticket_row *waiting_next(const struct waiting *waiting, int16_t window)
{
    const struct ticket_row *first = lowest(waiting, window);
    if (first != NULL && owes_the_lowest(waiting, window))
        return first;
    return first_by_rank(waiting, window);
}

/* ---- what those who wait are told */

size_t waiting_sort(struct waiting *waiting)
{
    size_t n = 0;
    for (size_t i = 0; i < waiting->n; i++) {
        const struct ticket_row *ticket = waiting->tickets[i];
        if (!waits(ticket))
            continue;
        waiting->tickets[i] = waiting->tickets[n];
        size_t at = n++;
        for (; at > 0 && is_before(waiting, ticket, waiting->tickets[at - 1]); at--)
            waiting->tickets[at] = waiting->tickets[at - 1];
        waiting->tickets[at] = ticket;
    }
    return n;
}

/* Who waits for another window alone is in nobody else's way. */
static bool shares_a_window(const struct ticket_row *left, const struct ticket_row *right)
{
    return left->only_window == 0 || right->only_window == 0 ||
           left->only_window == right->only_window;
}

int32_t waiting_before(const struct waiting *waiting, const struct ticket_row *ticket)
{
    int32_t n = 0;
    for (size_t i = 0; waits(ticket) && i < waiting->n; i++)
        n += waiting->tickets[i] != ticket && waits(waiting->tickets[i]) &&
             shares_a_window(waiting->tickets[i], ticket) &&
             is_before(waiting, waiting->tickets[i], ticket);
    return n;
}

/* How long the visitors of the last calls took; 0: nobody was served lately. */
static int64_t mean_ms(const struct waiting *waiting, int64_t now_ms)
{
    int64_t sum = 0;
    int n = 0;
    int32_t last = waiting_last_call(waiting);
    for (size_t i = 0; i < waiting->n; i++) {
        const struct ticket_row *ticket = waiting->tickets[i];
        if (ticket->state != TICKET_SERVED || last - ticket->call_no >= SERVED_COUNTED ||
            now_ms - ticket->over_ms >= WAITING_PAST_MS)
            continue;
        sum += ticket->over_ms - ticket->called_ms;
        n++;
    }
    return n == 0 ? 0 : sum / n;
}

/* Has the window called nobody before this ticket? Then it is counted with it. */
static bool is_last_of_its_window(const struct waiting *waiting, const struct ticket_row *ticket)
{
    for (size_t i = 0; i < waiting->n; i++)
        if (waiting->tickets[i]->window == ticket->window &&
            waiting->tickets[i]->call_no > ticket->call_no)
            return false;
    return true;
}

static int windows_calling(const struct waiting *waiting, int64_t now_ms)
{
    int n = 0;
    for (size_t i = 0; i < waiting->n; i++) {
        const struct ticket_row *ticket = waiting->tickets[i];
        n += ticket->call_no > 0 && now_ms - ticket->called_ms < ACTIVE_MS &&
             is_last_of_its_window(waiting, ticket);
    }
    return n == 0 ? 1 : n;
}

int32_t waiting_forecast_min(const struct waiting *waiting, int32_t before, int64_t now_ms)
{
    int64_t each_ms = mean_ms(waiting, now_ms);
    if (each_ms == 0)
        each_ms = (int64_t)waiting->rules->ticket_min * MINUTE_MS;
    int64_t all_ms = before * each_ms / windows_calling(waiting, now_ms);
    return (int32_t)((all_ms + MINUTE_MS - 1) / MINUTE_MS);
}
