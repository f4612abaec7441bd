/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/queue.h"

#include <stdlib.h>

#include "common/base/panic.h"
#include "common/base/ring.h"

/* An entry keeps its place in the ring until it is done; the one after it may be done before. */
enum entry_state { ENTRY_HELD, ENTRY_DONE };

struct entry {
    struct waiting waiting;
    enum entry_state state;
};

struct queue {
    struct ring entries; /* those taken, then those that wait */
    uint64_t next;       /* the first that waits */
    size_t most;
};

struct queue *queue_new(size_t most)
{
    struct queue *queue = calloc(1, sizeof *queue);
    must(queue != NULL);
    queue->most = most;
    /* Half of it for those that wait, half for those taken. */
    ring_init(&queue->entries, most * 2, sizeof(struct entry));
    return queue;
}

void queue_free(struct queue **queue)
{
    if (*queue == NULL)
        return;
    struct ring *entries = &(*queue)->entries;
    for (uint64_t number = entries->first; number < entries->end; number++) {
        struct entry *entry = ring_at(entries, number);
        if (entry->state == ENTRY_HELD)
            mailbox_drop(&entry->waiting.envelope);
    }
    ring_release(entries);
    free(*queue);
    *queue = NULL;
}

/* A full ring gives the place of its oldest entry, when that is done. */
bool queue_has_room(const struct queue *queue)
{
    const struct ring *entries = &queue->entries;
    const struct entry *oldest = ring_at(entries, entries->first);
    return queue_length(queue) < queue->most &&
           (ring_length(entries) < entries->room || oldest->state == ENTRY_DONE);
}

bool queue_push(struct queue *queue, struct envelope *envelope, int64_t arrived_ms)
{
    if (!queue_has_room(queue))
        return false;
    struct entry *entry = ring_push(&queue->entries);
    entry->waiting = (struct waiting){*envelope, arrived_ms};
    return true;
}

struct waiting *queue_take(struct queue *queue)
{
    struct entry *entry = ring_at(&queue->entries, queue->next);
    if (entry == NULL)
        return NULL;
    queue->next++;
    return &entry->waiting;
}

void queue_done(struct waiting *waiting)
{
    mailbox_drop(&waiting->envelope);
    queue_left(waiting);
}

void queue_left(struct waiting *waiting)
{
    ((struct entry *)waiting)->state = ENTRY_DONE;
}

size_t queue_length(const struct queue *queue)
{
    return (size_t)(queue->entries.end - queue->next);
}
