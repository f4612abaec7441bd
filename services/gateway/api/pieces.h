/* SPDX-License-Identifier: Apache-2.0 */
/* pieces.h: pieces of files go to intake a few at a time, first come, first served: two hundred
 * uploads at once take turns among themselves, and no batch of intake has more of them than that,
 * so they hardly delay anybody else. An upload has one piece under way, so it waits for its own. */
#ifndef GATEWAY_PIECES_H
#define GATEWAY_PIECES_H

#include <stdbool.h>
#include <sys/queue.h>

struct call;

struct pieces {
    int n; /* under way */
    STAILQ_HEAD(, call) waiting;
};

void pieces_init(struct pieces *);

/* May the call go to its service now? If not, it goes later. */
bool pieces_enter(struct pieces *, struct call *);
/* The call is answered: the next one goes in its place. */
void pieces_left(struct pieces *, const struct call *, void (*go)(struct call *));

#endif
