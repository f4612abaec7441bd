/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire.h"

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
