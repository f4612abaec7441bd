/* SPDX-License-Identifier: Apache-2.0 */
/* ring.h: the one ring buffer: the last entries of a sequence that is numbered without gaps, in a
 * fixed number of places. Entries keep their number; entry n stands at place n % room. */
#ifndef COMMON_RING_H
#define COMMON_RING_H

#include <stddef.h>
#include <stdint.h>

struct ring {
    unsigned char *places;
    size_t room, size; /* entries, and bytes of each */
    uint64_t first;    /* number of the oldest entry */
    uint64_t end;      /* number that the next entry gets */
};

/* `room` entries of `size` bytes each, numbered from 0. */
void ring_init(struct ring *, size_t room, size_t size);
void ring_release(struct ring *);

/* Empties the ring; the next entry gets this number. */
void ring_restart(struct ring *, uint64_t next);

/* The place of the next entry, zeroed. The oldest is dropped when the ring is full. */
void *ring_push(struct ring *);
/* The oldest goes. There must be one. */
void ring_drop(struct ring *);

/* Entry `number`; null: it is not there (any more, or yet). */
void *ring_at(const struct ring *, uint64_t number);

static inline size_t ring_length(const struct ring *ring)
{
    return (size_t)(ring->end - ring->first);
}

#endif
