/* SPDX-License-Identifier: Apache-2.0 */
/* wire.h: walks a packed protobuf message value by value, without decoding it: tag, kind of value,
 * value. Nothing is read beyond the end, and nothing is copied. Pure. Every message is walked at
 * least once, so what runs for each field is inline. */
#ifndef COMMON_WIRE_H
#define COMMON_WIRE_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "common/base/arena.h"

enum { WIRE_TAG_BYTES = 5, WIRE_LENGTH_BYTES = 5, WIRE_VARINT_BYTES = 10 };

enum wire_kind { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_BYTES = 2, WIRE_32 = 5 };

struct wire_walk {
    const unsigned char *at, *end;
};

struct wire_value {
    enum wire_kind kind;
    uint64_t number;    /* as on the wire: neither signed nor zigzag; of WIRE_BYTES the length */
    struct bytes bytes; /* within the message; of WIRE_BYTES only */
};

/* How a single value of the type is packed. */
enum wire_kind wire_kind_of(ProtobufCType);

/* A number of at most `most` bytes; false when it is longer or cut short. */
bool wire_long_varint(struct wire_walk *, int most, uint64_t *);

/* The same; most are of one byte. */
static inline bool wire_varint(struct wire_walk *walk, int most, uint64_t *number)
{
    if (walk->at == walk->end || *walk->at >= 0x80)
        return wire_long_varint(walk, most, number);
    *number = *walk->at++;
    return true;
}

/* A number of `size` bytes, little-endian, as the machines are. */
static inline bool wire_fixed(struct wire_walk *walk, size_t size, uint64_t *number)
{
    if (size > (size_t)(walk->end - walk->at))
        return false;
    memcpy(number, walk->at, size);
    walk->at += size;
    return true;
}

static inline bool wire_run(struct wire_walk *walk, struct wire_value *value)
{
    if (!wire_varint(walk, WIRE_TAG_BYTES, &value->number) ||
        value->number > (uint64_t)(walk->end - walk->at))
        return false;
    value->bytes = (struct bytes){walk->at, (size_t)value->number};
    walk->at += value->number;
    return true;
}

static inline struct wire_walk wire_begin(struct bytes bytes)
{
    /* The data of an empty message may be null, which nothing may be added to. */
    const unsigned char *at = bytes.len == 0 ? (const unsigned char *)"" : bytes.data;
    return (struct wire_walk){at, at + bytes.len};
}

/* The next field's number (1..2^29-1) and its kind of value, which must be read next; 0 when it is
 * malformed. Call it only while walk.at < walk.end. Tags and lengths have at most five bytes, as in
 * the decoder. */
static inline uint32_t wire_tag(struct wire_walk *walk, enum wire_kind *kind)
{
    uint64_t tag;
    if (!wire_varint(walk, WIRE_TAG_BYTES, &tag) || tag >> 3 > INT32_MAX)
        return 0;
    *kind = (enum wire_kind)(tag & 7);
    return (uint32_t)(tag >> 3);
}

/* A value of the kind; false when it is cut short or there is no such kind. */
static inline bool wire_value(struct wire_walk *walk, enum wire_kind kind, struct wire_value *value)
{
    *value = (struct wire_value){.kind = kind};
    switch (kind) {
    case WIRE_VARINT:
        return wire_varint(walk, WIRE_VARINT_BYTES, &value->number);
    case WIRE_64:
        return wire_fixed(walk, 8, &value->number);
    case WIRE_32:
        return wire_fixed(walk, 4, &value->number);
    case WIRE_BYTES:
        return wire_run(walk, value);
    }
    return false;
}

/* The values of a message by field number. The type's numbers must be 1, 2, 3, ... without gaps and
 * below n. An absent field is zeros; of a repeated one the last value counts; unknown fields are
 * skipped. False when the message is malformed. */
bool wire_fields(const ProtobufCMessageDescriptor *, struct bytes packed, struct wire_value *fields,
                 unsigned n);

/* Writes a number as a varint of at most WIRE_LENGTH_BYTES; gives its end. */
unsigned char *wire_write_varint(unsigned char *at, uint32_t value);

#endif
