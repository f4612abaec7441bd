/* SPDX-License-Identifier: Apache-2.0 */
/* queue.h: commands that wait for a batch. Their number is bounded: what does not fit is answered
 * with BUSY before any work is done. */
#ifndef COMMON_QUEUE_H
#define COMMON_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/bus/mailbox.h"

struct queue;

struct waiting {
    struct envelope envelope;
    int64_t arrived_ms; /* monotonic */
};

struct queue *queue_new(size_t most);
void queue_free(struct queue **);

bool queue_has_room(const struct queue *);
/* Takes the envelope over. False, and nothing taken, when the queue is full. */
bool queue_push(struct queue *, struct envelope *, int64_t arrived_ms);

/* The one that has waited longest, or null. It stays valid until queue_done, in whatever order
 * those taken are done. */
struct waiting *queue_take(struct queue *);
void queue_done(struct waiting *);
/* The same, but its envelope was taken over. */
void queue_left(struct waiting *);

/* How many wait; those taken are not counted. */
size_t queue_length(const struct queue *);

#endif
