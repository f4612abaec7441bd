/* SPDX-License-Identifier: Apache-2.0 */
/* waiting.h: the people who wait in one queue, and who of them is called next.
 *
 * First comes who was passed over and has let some others go before him, then priority, then the
 * fast lane (RULE H9), each where the hall's settings say so, then the rest, and among equals the
 * lowest number. So that nobody waits for ever, a window that has put some before lower numbers in
 * a row calls the lowest number next. Order follows from numbers, never from instants. Pure. */
#ifndef INTAKE_WAITING_H
#define INTAKE_WAITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "services/intake/ticket_row.h"

struct waiting_rules {
    bool priority_first, fast_first;
    int32_t favoured_most; /* calls in a row in which a window may leave out lower numbers, 0..9 */
    int32_t back_after;  /* calls of others until one who was passed over is called again, 0..99 */
    int32_t passed_most; /* how often a ticket is passed over until it is void, 1..9 */
    int32_t ticket_min;  /* minutes that a visitor takes, while today's are too few to tell */
};

/* The tickets of one queue on one day, in any state and order. */
struct waiting {
    const struct waiting_rules *rules;
    const struct ticket_row **tickets; /* borrowed */
    size_t n;
};

/* Whom this window calls next; null: nobody waits for it. */
const struct ticket_row *waiting_next(const struct waiting *, int16_t window);

/* Would the call of this ticket at the window leave out a lower number? */
bool waiting_overtakes(const struct waiting *, const struct ticket_row *, int16_t window);

/* How many wait, those who were passed over among them. */
size_t waiting_count(const struct waiting *);

/* The number of the last call in the queue; 0: there was none. */
int32_t waiting_last_call(const struct waiting *);

/* Sorts the tickets: those that wait come first, in the order in which they would be called if
 * nobody else came and nobody was passed over. Returns how many they are. */
size_t waiting_sort(struct waiting *);

/* How many are called before this ticket, as things stand; 0: it does not wait. */
int32_t waiting_before(const struct waiting *, const struct ticket_row *);

/* Minutes until so many have been served: the mean of the last ones, shared by the windows that
 * call this queue now. What was over WAITING_PAST_MS ago does not count. */
enum { WAITING_PAST_MS = 2 * 60 * 60 * 1000 };
int32_t waiting_forecast_min(const struct waiting *, int32_t before, int64_t now_ms);

#endif
