/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire.h"

enum { TAG_BYTES = 5, VARINT_BYTES = 10 };

struct wire_walk wire_begin(struct bytes bytes)
{
    return (struct wire_walk){bytes.data, bytes.data + bytes.len};
}

/* A number of at most `most` bytes; the decoder reads tags and lengths of five and no more. */
static bool read_varint(struct wire_walk *walk, int most, uint64_t *value)
{
    *value = 0;
    for (int i = 0; i < most && walk->at < walk->end; i++) {
        unsigned char byte = *walk->at++;
        *value |= (uint64_t)(byte & 0x7f) << 7 * i;
        if ((byte & 0x80) == 0)
            return true;
    }
    return false;
}

static bool read_run(struct wire_walk *walk, uint64_t length, struct bytes *run)
{
    if (length > (uint64_t)(walk->end - walk->at))
        return false;
    *run = (struct bytes){walk->at, (size_t)length};
    walk->at += length;
    return true;
}

uint32_t wire_tag(struct wire_walk *walk, enum wire_kind *kind)
{
    uint64_t tag;
    if (!read_varint(walk, TAG_BYTES, &tag) || tag >> 3 > INT32_MAX)
        return 0;
    *kind = (enum wire_kind)(tag & 7);
    return (uint32_t)(tag >> 3);
}

bool wire_value(struct wire_walk *walk, enum wire_kind kind, struct wire_value *value)
{
    *value = (struct wire_value){.kind = kind};
    switch (kind) {
    case WIRE_VARINT:
        return read_varint(walk, VARINT_BYTES, &value->number);
    case WIRE_64:
        return read_run(walk, 8, &value->bytes);
    case WIRE_32:
        return read_run(walk, 4, &value->bytes);
    case WIRE_BYTES:
        return read_varint(walk, TAG_BYTES, &value->number) &&
               read_run(walk, value->number, &value->bytes);
    }
    return false;
}

enum wire_kind wire_kind_of(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_MESSAGE:
        return WIRE_BYTES;
    case PROTOBUF_C_TYPE_DOUBLE:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_SFIXED64:
        return WIRE_64;
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return WIRE_32;
    default:
        return WIRE_VARINT;
    }
}
