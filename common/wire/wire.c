/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/wire.h"

#include "common/base/panic.h"

bool wire_long_varint(struct wire_walk *walk, int most, uint64_t *number)
{
    const unsigned char *at = walk->at;
    uint64_t sum = 0;
    for (int i = 0; i < most && at < walk->end; i++) {
        unsigned char byte = *at++;
        sum |= (uint64_t)(byte & 0x7f) << 7 * i;
        if (byte < 0x80) {
            walk->at = at;
            *number = sum;
            return true;
        }
    }
    return false;
}

unsigned char *wire_write_varint(unsigned char *at, uint32_t value)
{
    for (; value > 0x7f; value >>= 7)
        *at++ = (unsigned char)(value | 0x80);
    *at++ = (unsigned char)value;
    return at;
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

bool wire_fields(const ProtobufCMessageDescriptor *type, struct bytes packed,
                 struct wire_value *fields, unsigned n)
{
    must(type->n_fields < n && type->fields[type->n_fields - 1].id == type->n_fields);
    memset(fields, 0, n * sizeof *fields);
    for (struct wire_walk walk = wire_begin(packed); walk.at < walk.end;) {
        struct wire_value value;
        enum wire_kind kind;
        uint32_t id = wire_tag(&walk, &kind);
        if (id == 0 || !wire_value(&walk, kind, &value))
            return false;
        if (id > type->n_fields)
            continue;
        if (kind != wire_kind_of(type->fields[id - 1].type))
            return false;
        fields[id] = value;
    }
    return true;
}
