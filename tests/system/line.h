/* SPDX-License-Identifier: Apache-2.0 */
/* line.h: a raw connection to one socket of a service: sends any bytes, and reads the replies.
 * Include after cmocka.h. */
#ifndef TESTS_LINE_H
#define TESTS_LINE_H

#include "common/bus/bus.h"
#include "common/wire/edge.h"
#include "tests/system/hall.h"

struct line {
    struct bus bus;
    void *socket;
    struct arena *arena; /* of what was received, until line_close */
    struct bytes heard;  /* the rest of the last frame: replies not read yet */
};

void line_open(struct line *, const struct hall *, const char *key, const char *service, enum lane);
void line_close(struct line *);

/* A frame of this one envelope. */
void line_say(struct line *, struct bytes envelope);
/* A frame of these bytes, whatever they are; flags as zmq_send has them. */
void line_say_frame(struct line *, struct bytes frame, int flags);
/* An envelope with an id of this first byte. */
void line_ask(struct line *, unsigned char id, uint32_t remaining_ms, const struct actor *,
              const ProtobufCMessage *);
/* `n` of them in one frame, so that they arrive together; the first bytes of their ids count up
 * from `id`.
 */
void line_ask_together(struct line *, unsigned char id, int n, const struct actor *,
                       const ProtobufCMessage *);

/* The next reply, packed; null bytes when none comes in time. */
struct bytes line_hear(struct line *, int timeout_ms);
/* The next reply; one must come. */
const Onedoor__Reply *line_reply(struct line *);

#endif
