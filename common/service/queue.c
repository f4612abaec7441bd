/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/queue.h"

#include <stdlib.h>

#include "common/base/panic.h"

/* A place of the ring. Those taken stand before `first` until they are done, in whatever order, so
 * each place has its own state. */
enum place_state { PLACE_FREE, PLACE_USED };

struct place {
    struct waiting waiting;
    enum place_state state;
};

struct queue {
    struct place *places;
    size_t most, first, n;
};

struct queue *queue_new(size_t most)
{
    struct queue *queue = calloc(1, sizeof *queue);
    must(queue != NULL);
    /* Half of it for those that wait, half for those taken. */
    queue->most = most * 2;
    queue->places = calloc(queue->most, sizeof *queue->places);
    must(queue->places != NULL);
    return queue;
}

void queue_free(struct queue **queue)
{
    if (*queue == NULL)
        return;
    for (size_t i = 0; i < (*queue)->most; i++)
        if ((*queue)->places[i].state == PLACE_USED)
            bus_drop(&(*queue)->places[i].waiting.envelope);
    free((*queue)->places);
    free(*queue);
    *queue = NULL;
}

bool queue_push(struct queue *queue, struct envelope *envelope, int64_t arrived_ms)
{
    struct place *place = &queue->places[(queue->first + queue->n) % queue->most];
    if (queue->n >= queue->most / 2 || place->state == PLACE_USED)
        return false;
    place->waiting = (struct waiting){*envelope, arrived_ms};
    place->state = PLACE_USED;
    queue->n++;
    return true;
}

struct waiting *queue_take(struct queue *queue)
{
    if (queue->n == 0)
        return NULL;
    struct place *place = &queue->places[queue->first];
    queue->first = (queue->first + 1) % queue->most;
    queue->n--;
    return &place->waiting;
}

void queue_done(struct waiting *waiting)
{
    struct place *place = (struct place *)waiting;
    bus_drop(&waiting->envelope);
    place->state = PLACE_FREE;
}

size_t queue_length(const struct queue *queue)
{
    return queue->n;
}
