/* SPDX-License-Identifier: Apache-2.0 */
/* followed.h: a journal that a client follows: a follower, and whom to call with its events. */
#ifndef COMMON_FOLLOWED_H
#define COMMON_FOLLOWED_H

#include "common/bus/ask.h"
#include "common/bus/follower.h"

struct followed {
    struct follower *follower;
    struct following calls; /* began: null once it was called, or where nobody asked for it */
};

/* From the beginning, or with `last` from as many events before the end. A stream without an
 * address or a key is a bug. */
void followed_open(struct followed *, struct bus *, const struct following *);
void followed_close(struct followed *);

/* Receives and calls; false when there was nothing new. A broken journal ends the program. */
bool followed_hear(struct followed *);

#endif
