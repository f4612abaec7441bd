/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/queue.h"

#include <stdlib.h>

#include "common/base/panic.h"

/* A slot of the ring. Those taken stand before `first` until they are done, in whatever order, so
 * each slot has its own state. */
enum slot_state { SLOT_FREE, SLOT_USED };

struct slot {
    struct waiting waiting;
    enum slot_state state;
};

struct queue {
    struct slot *slots;
    size_t most, first, n;
};

struct queue *queue_new(size_t most)
{
    struct queue *queue = calloc(1, sizeof *queue);
    must(queue != NULL);
    /* Half of it for those that wait, half for those taken. */
    queue->most = most * 2;
    queue->slots = calloc(queue->most, sizeof *queue->slots);
    must(queue->slots != NULL);
    return queue;
}

void queue_free(struct queue **queue)
{
    if (*queue == NULL)
        return;
    for (size_t i = 0; i < (*queue)->most; i++)
        if ((*queue)->slots[i].state == SLOT_USED)
            mailbox_drop(&(*queue)->slots[i].waiting.envelope);
    free((*queue)->slots);
    free(*queue);
    *queue = NULL;
}

static struct slot *next_slot(const struct queue *queue)
{
    return &queue->slots[(queue->first + queue->n) % queue->most];
}

bool queue_has_room(const struct queue *queue)
{
    return queue->n < queue->most / 2 && next_slot(queue)->state == SLOT_FREE;
}

bool queue_push(struct queue *queue, struct envelope *envelope, int64_t arrived_ms)
{
    struct slot *slot = next_slot(queue);
    if (!queue_has_room(queue))
        return false;
    slot->waiting = (struct waiting){*envelope, arrived_ms};
    slot->state = SLOT_USED;
    queue->n++;
    return true;
}

struct waiting *queue_take(struct queue *queue)
{
    if (queue->n == 0)
        return NULL;
    struct slot *slot = &queue->slots[queue->first];
    queue->first = (queue->first + 1) % queue->most;
    queue->n--;
    return &slot->waiting;
}

void queue_done(struct waiting *waiting)
{
    mailbox_drop(&waiting->envelope);
    queue_left(waiting);
}

void queue_left(struct waiting *waiting)
{
    ((struct slot *)waiting)->state = SLOT_FREE;
}

size_t queue_length(const struct queue *queue)
{
    return queue->n;
}
