/* SPDX-License-Identifier: Apache-2.0 */
/* throttle.h: how often a secret may be guessed at: so often at once, then with a growing delay
 * between two tries, and so often an hour.
 *
 * Tries are counted by a key (a case, an address) when they begin, so that many at once are no way
 * around it; one that turned out right is taken off again. The number of keys kept is fixed: two
 * with the same hash share a count. Pure. */
#ifndef GATEWAY_THROTTLE_H
#define GATEWAY_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

enum { THROTTLE_KEYS = 4096 };

struct throttle {
    int64_t at_once;      /* tries without a delay */
    int64_t an_hour;      /* tries in all; 0: there is no limit of any kind */
    int64_t delay_ms;     /* after the last try at once; doubled with each one that follows */
    int64_t delay_max_ms; /* where it stops growing */
    struct {
        int64_t began_ms; /* of the hour that is counted; 0: none is */
        int64_t next_ms;  /* when the next try may be made */
        int32_t tries;
        bool slowed; /* a try has been refused within this hour */
    } keys[THROTTLE_KEYS];
};

/* How long the next try by this key must wait, in ms; 0: it may be made now. */
int64_t throttle_wait_ms(const struct throttle *, uint64_t key, int64_t now_ms);

/* A try is made. */
void throttle_count(struct throttle *, uint64_t key, int64_t now_ms);
/* The try counted last was right. */
void throttle_right(struct throttle *, uint64_t key);

/* A try is refused. Gives whether it is the first of its hour, which is worth a line in the log. */
bool throttle_refuse(struct throttle *, uint64_t key);

#endif
