/* SPDX-License-Identifier: Apache-2.0 */
/* bundle.h: what a frame holds: a run of messages (envelopes one way, replies the other), each
 * behind its length as a varint, which is protobuf's delimited form. What goes to one peer at once
 * is one frame: encrypted once, handed over once, waking its threads once. Pure. */
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

/* Growing memory, used again for frame after frame. It begins as zeros. */
struct bundle {
    unsigned char *data;
    size_t len, room;
    int n; /* messages in it */
};

/* Where a message of this size is to be written, behind the others and its length. Null: the bundle
 * is full, send it first. An empty one takes any message. */
unsigned char *bundle_add(struct bundle *, size_t size);
/* A message that is packed already; false when the bundle is full. */
bool bundle_put(struct bundle *, struct bytes message);
/* It is sent: the next one begins. */
void bundle_empty(struct bundle *);
void bundle_release(struct bundle *);

/* The message `rest` begins with, which then begins behind it; nothing is copied. False when there
 * is none: its length is 0, cut short, not written as shortly as it can be, or beyond the end. */
bool bundle_next(struct bytes *rest, struct bytes *message);

#endif
