/* SPDX-License-Identifier: Apache-2.0 */
/* relay.h: one connection that the proxy passes on: a stream socket to each end, and the bytes
 * under way in both directions. It never blocks. */
#ifndef CHAOS_RELAY_H
#define CHAOS_RELAY_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What happens to bytes. */
enum disturbance {
    PASSED,    /* nothing */
    CUT,       /* the connection ends at once */
    DELAYED,   /* each piece waits */
    DOUBLED,   /* the next piece is sent twice, then all pass */
    CORRUPTED, /* a bit of the next piece is flipped, then all pass */
    HELD,      /* nothing passes, and nobody is told: a half-open connection */
    FOREIGN,   /* the connection ends, and whoever connects is answered in another protocol */
};

enum { PIECE_BYTES = 16384 };

/* From one end to the other. */
struct way {
    size_t first, len; /* in `piece`: what is to be sent */
    int64_t due_ms;    /* monotonic: not sent before */
    unsigned char piece[2 * PIECE_BYTES];
};

struct relay {
    int ends[2]; /* who connected, and whom it connected to; -1: ended */
    int group;   /* whose disturbance concerns it */
    enum disturbance disturbance;
    int delay_ms;
    struct way ways[2]; /* ways[i] begins at ends[i] */
};

/* Takes the two descriptors, which do not block. */
void relay_open(struct relay *, int group, int caller, int called);
void relay_close(struct relay *);
bool relay_is_open(const struct relay *);

/* From now on; PASSED sends what was held. */
void relay_disturb(struct relay *, enum disturbance, int delay_ms);

/* The two descriptors to poll; *wait_ms is shortened to when something is due. */
void relay_polls(const struct relay *, struct pollfd polls[2], int64_t now_ms, int *wait_ms);

/* Passes on what it can. */
void relay_turn(struct relay *, const struct pollfd polls[2], int64_t now_ms);

#endif
