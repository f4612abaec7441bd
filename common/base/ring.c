/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/ring.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

static void *place_of(const struct ring *ring, uint64_t number)
{
    return ring->places + (size_t)(number % ring->room) * ring->size;
}

void ring_init(struct ring *ring, size_t room, size_t size)
{
    must(room > 0);
    *ring = (struct ring){.places = calloc(room, size), .room = room, .size = size};
    if (ring->places == NULL)
        panic("out of memory for a ring of %zu entries", room);
}

void ring_release(struct ring *ring)
{
    free(ring->places);
    *ring = (struct ring){0};
}

void ring_restart(struct ring *ring, uint64_t next)
{
    ring->first = ring->end = next;
}

void *ring_push(struct ring *ring)
{
    if (ring_length(ring) == ring->room)
        ring_drop(ring);
    return memset(place_of(ring, ring->end++), 0, ring->size);
}

void ring_drop(struct ring *ring)
{
    must(ring->first < ring->end);
    ring->first++;
}

void *ring_at(const struct ring *ring, uint64_t number)
{
    return number < ring->first || number >= ring->end ? NULL : place_of(ring, number);
}
