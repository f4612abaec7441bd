/* SPDX-License-Identifier: Apache-2.0 */
/* bundle.h: the content of a frame: a sequence of messages (envelopes to a service, replies from
 * it), each preceded by its length as a varint, which is protobuf's delimited form. Messages sent
 * to a peer together are one frame, which is encrypted once, sent once, and wakes its threads once.
 * Pure. */
#ifndef COMMON_BUNDLE_H
#define COMMON_BUNDLE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/wire/message.h"

enum {
    ENVELOPES_MAX = 64,                         /* of a frame */
    BUNDLE_MAX_BYTES = MESSAGE_MAX_BYTES + 512, /* one of the largest and its length, or several */
};

/* A buffer that grows and is reused for frame after frame. Zeroed at first. */
struct bundle {
    unsigned char *data;
    size_t len, room;
    int n; /* messages in it */
};

/* Adds a message of this size, to be written at the address returned. Null: the bundle is full,
 * send it first. An empty bundle takes any message. */
unsigned char *bundle_add(struct bundle *, size_t size);
/* Adds a packed message; false when the bundle is full. */
bool bundle_put(struct bundle *, struct bytes message);
/* Begins the next frame. */
void bundle_empty(struct bundle *);
void bundle_release(struct bundle *);

/* Takes the first message off `rest`; nothing is copied. False when its length is 0, cut short, not
 * in its shortest form, or beyond the end. */
bool bundle_next(struct bytes *rest, struct bytes *message);

#endif
