/* SPDX-License-Identifier: Apache-2.0 */
/* wire.h: a packed message, value by value, without decoding it into memory: tag, kind of value,
 * value. Nothing is read beyond the end, and nothing is copied. Pure. */
#ifndef COMMON_WIRE_H
#define COMMON_WIRE_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"

enum wire_kind { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_BYTES = 2, WIRE_32 = 5 };

struct wire_walk {
    const unsigned char *at, *end;
};

struct wire_value {
    enum wire_kind kind;
    uint64_t number;    /* of a varint, as it stands: neither signed nor zigzag */
    struct bytes bytes; /* of all others, in the message */
};

struct wire_walk wire_begin(struct bytes);

/* The next field's number (1..2^29-1) and its kind of value, which is to be read next; 0 when it is
 * malformed. Ask only while walk.at < walk.end. */
uint32_t wire_tag(struct wire_walk *, enum wire_kind *);
/* A value of the kind; false when it is cut short or there is no such kind. */
bool wire_value(struct wire_walk *, enum wire_kind, struct wire_value *);

/* How a value of the type is packed when it stands alone. */
enum wire_kind wire_kind_of(ProtobufCType);

#endif
