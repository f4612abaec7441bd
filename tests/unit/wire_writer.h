/* SPDX-License-Identifier: Apache-2.0 */
/* wire_writer.h: writes protobuf byte by byte, also what no encoder would write. */
#ifndef UNIT_WIRE_WRITER_H
#define UNIT_WIRE_WRITER_H

#include "common/base/arena.h"

#include <stdbool.h>
#include <string.h>

enum { FRAME_ROOM = 80 * 1024 };

enum { VARINT = 0, FIXED_64 = 1, LENGTH = 2, FIXED_32 = 5 };

struct frame {
    unsigned char data[FRAME_ROOM];
    size_t len;
};

static inline void put_bytes(struct frame *frame, const void *data, size_t len)
{
    assert_true(frame->len + len <= FRAME_ROOM);
    if (len > 0)
        memcpy(frame->data + frame->len, data, len);
    frame->len += len;
}

static inline void put_varint(struct frame *frame, uint64_t value)
{
    do {
        unsigned char byte = (unsigned char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
        put_bytes(frame, &byte, 1);
        value >>= 7;
    } while (value > 0);
}

static inline void put_tag(struct frame *frame, unsigned field, unsigned wire)
{
    put_varint(frame, (uint64_t)field << 3 | wire);
}

static inline void put_number(struct frame *frame, unsigned field, uint64_t value)
{
    put_tag(frame, field, VARINT);
    put_varint(frame, value);
}

static inline void put_run(struct frame *frame, unsigned field, const void *data, size_t len)
{
    put_tag(frame, field, LENGTH);
    put_varint(frame, len);
    put_bytes(frame, data, len);
}

static inline void put_text(struct frame *frame, unsigned field, const char *text)
{
    put_run(frame, field, text, strlen(text));
}

static inline struct bytes frame_bytes(const struct frame *frame)
{
    return (struct bytes){frame->data, frame->len};
}

#endif
