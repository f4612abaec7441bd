/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/kept.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

/* An event with its text and payload behind it, in one allocation. */
struct copy {
    struct event event;
    size_t size;
    char content[];
};

void kept_init(struct kept *kept, size_t most_events, size_t most_bytes)
{
    ring_init(&kept->ring, most_events, sizeof(struct copy *));
    kept->bytes = 0;
    kept->most_bytes = most_bytes;
}

void kept_release(struct kept *kept)
{
    kept_clear(kept);
    ring_release(&kept->ring);
}

static void drop_oldest(struct kept *kept)
{
    struct copy **oldest = ring_at(&kept->ring, kept->ring.first);
    kept->bytes -= (*oldest)->size;
    free(*oldest);
    ring_drop(&kept->ring);
}

void kept_clear(struct kept *kept)
{
    while (ring_length(&kept->ring) > 0)
        drop_oldest(kept);
}

static char *copy_text(char **at, const char *text, size_t length)
{
    char *copy = memcpy(*at, text, length);
    copy[length] = '\0';
    *at += length + 1;
    return copy;
}

static struct copy *copy_of(const struct event *event)
{
    size_t type = strlen(event->type), actor = strlen(event->actor),
           size = sizeof(struct copy) + type + actor + event->payload.len + 3;
    struct copy *copy = malloc(size);
    must(copy != NULL);
    char *at = copy->content;
    copy->event = *event;
    copy->size = size;
    copy->event.type = copy_text(&at, event->type, type);
    copy->event.actor = copy_text(&at, event->actor, actor);
    copy->event.payload.data =
        (unsigned char *)copy_text(&at, (const char *)event->payload.data, event->payload.len);
    return copy;
}

void kept_append(struct kept *kept, const struct event *event)
{
    struct copy *copy = copy_of(event);
    struct ring *ring = &kept->ring;
    while (ring_length(ring) > 0 &&
           (ring_length(ring) == ring->room || kept->bytes + copy->size > kept->most_bytes))
        drop_oldest(kept);
    if (ring_length(ring) == 0)
        ring_restart(ring, (uint64_t)event->seq);
    must((uint64_t)event->seq == ring->end);
    *(struct copy **)ring_push(ring) = copy;
    kept->bytes += copy->size;
}

const struct event *kept_find(const struct kept *kept, int64_t seq)
{
    struct copy **copy = ring_at(&kept->ring, (uint64_t)seq);
    return copy == NULL ? NULL : &(*copy)->event;
}
