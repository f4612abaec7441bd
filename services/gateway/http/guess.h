/* SPDX-License-Identifier: Apache-2.0 */
/* guess.h: slows down the guessing of secrets. A case's progress is shown for its number and four
 * characters, so tries are counted by case and by address (throttle.h). The code on a slip cannot
 * be guessed and is not counted: it opens its case whatever others try from the same network. */
#ifndef GATEWAY_GUESS_H
#define GATEWAY_GUESS_H

#include <netinet/in.h>

#include "common/base/config.h"
#include "services/gateway/http/rate.h"
#include "services/gateway/http/throttle.h"

struct guess {
    struct in_addr address;
    int64_t case_number;
};

struct guesses {
    struct throttle by_case, by_address;
    struct rate tickets;                                 /* that an address takes, by the minute */
    void (*denied)(void *context, const struct guess *); /* a guess must wait; null: nobody hears */
    void *context;
};

/* By the settings guesses_at_once, guesses_case_hour, guesses_address_hour and
 * tickets_per_minute. */
void guesses_init(struct guesses *, const struct config *);

/* In how many seconds the guess may be made; 0: now, and it is counted. */
int guesses_wait_s(struct guesses *, const struct guess *);
/* The guess counted last was right. */
void guesses_right(struct guesses *, const struct guess *);

#endif
