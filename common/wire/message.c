/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/message.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "common/base/panic.h"
#include "common/wire/wire.h"

/* ---- arenas */

struct allowance {
    struct arena *arena;
    size_t left;
};

static void *take(void *data, size_t size)
{
    struct allowance *allowance = data;
    if (size > allowance->left)
        return NULL;
    allowance->left -= size;
    return arena_try(allowance->arena, size);
}

static void give_back(void *data, void *memory)
{
    (void)data; /* an arena frees nothing alone */
    (void)memory;
}

void *message_unpack(const ProtobufCMessageDescriptor *type, struct bytes bytes,
                     struct arena *arena)
{
    struct allowance allowance = {arena, MESSAGE_BUDGET};
    ProtobufCAllocator allocator = {take, give_back, &allowance};
    return protobuf_c_message_unpack(type, &allocator, bytes.len, bytes.data);
}

struct bytes message_pack(const ProtobufCMessage *message, struct arena *arena)
{
    size_t size = protobuf_c_message_get_packed_size(message);
    unsigned char *data = arena_alloc(arena, size + 1);
    return (struct bytes){data, protobuf_c_message_pack(message, data)};
}

const char *message_type(const ProtobufCMessageDescriptor *type)
{
    static const char package[] = "onedoor.";
    must(strncmp(type->name, package, sizeof package - 1) == 0);
    return type->name + sizeof package - 1;
}

int64_t message_case(const ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field(message->descriptor, 1);
    must(field != NULL && field->type == PROTOBUF_C_TYPE_INT64 &&
         field->label == PROTOBUF_C_LABEL_NONE);
    return *(const int64_t *)((const char *)message + field->offset);
}

/* ---- the check */

struct limits {
    int elements, unknown;
};

static bool is_control(unsigned char byte)
{
    return byte < ' ' && (byte < '\t' || byte > '\r');
}

/* UTF-8 without control characters, other than white space. */
static bool is_text(struct bytes bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        if (is_control(bytes.data[i]))
            return false;
    return u8_check(bytes.data, bytes.len) == NULL;
}

static struct outcome wrong(const char *field, const char *detail)
{
    return invalid(ONEDOOR__REASON__MALFORMED, field, detail);
}

static struct outcome check_enum(const ProtobufCFieldDescriptor *field, uint64_t value)
{
    if (value == 0 || value > INT32_MAX ||
        protobuf_c_enum_descriptor_get_value(field->descriptor, (int)value) == NULL)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, field->name, "no such value");
    return OUTCOME_OK;
}

/* Repeated numbers in one run. Each element counts. */
static struct outcome check_packed(const ProtobufCFieldDescriptor *field, struct bytes run,
                                   struct limits *limits)
{
    struct wire_walk walk = wire_begin(run);
    while (walk.at < walk.end) {
        struct wire_value value;
        if (--limits->elements < 0 || !wire_value(&walk, wire_kind_of(field->type), &value))
            return wrong(field->name, "malformed or too many elements");
        if (field->type == PROTOBUF_C_TYPE_ENUM) {
            struct outcome outcome = check_enum(field, value.number);
            if (!is_ok(outcome))
                return outcome;
        }
    }
    return OUTCOME_OK;
}

static struct outcome check_fields(const ProtobufCMessageDescriptor *, struct bytes, int depth,
                                   struct limits *);

static struct outcome check_value(const ProtobufCFieldDescriptor *field,
                                  const struct wire_value *value, int depth, struct limits *limits)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED && --limits->elements < 0)
        return wrong(field->name, "too many elements");
    if (field->type == PROTOBUF_C_TYPE_STRING && !is_text(value->bytes))
        return wrong(field->name, "not UTF-8 text, or it holds control characters");
    if (field->type == PROTOBUF_C_TYPE_ENUM)
        return check_enum(field, value->number);
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return check_fields(field->descriptor, value->bytes, depth - 1, limits);
    return OUTCOME_OK;
}

static struct outcome check_one(const ProtobufCMessageDescriptor *type, struct wire_walk *walk,
                                uint64_t *seen, int depth, struct limits *limits)
{
    struct wire_value value;
    enum wire_kind kind;
    uint32_t id = wire_tag(walk, &kind);
    if (id == 0)
        return wrong(type->short_name, "malformed tag");
    if (!wire_value(walk, kind, &value))
        return wrong(type->short_name, "cut short");
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(type, id);
    if (field == NULL)
        return --limits->unknown < 0 ? wrong(type->short_name, "too many unknown fields")
                                     : OUTCOME_OK;
    if (field->label == PROTOBUF_C_LABEL_REPEATED && kind == WIRE_BYTES &&
        wire_kind_of(field->type) != WIRE_BYTES)
        return check_packed(field, value.bytes, limits);
    if (kind != wire_kind_of(field->type))
        return wrong(field->name, "of another type");
    if (field->label != PROTOBUF_C_LABEL_REPEATED && field->id < 64) {
        if ((*seen >> field->id & 1) != 0)
            return wrong(field->name, "given twice");
        *seen |= (uint64_t)1 << field->id;
    }
    return check_value(field, &value, depth, limits);
}

static struct outcome check_fields(const ProtobufCMessageDescriptor *type, struct bytes bytes,
                                   int depth, struct limits *limits)
{
    if (depth == 0)
        return wrong(type->short_name, "nested too deeply");
    struct wire_walk walk = wire_begin(bytes);
    uint64_t seen = 0;
    while (walk.at < walk.end) {
        struct outcome outcome = check_one(type, &walk, &seen, depth, limits);
        if (!is_ok(outcome))
            return outcome;
    }
    return OUTCOME_OK;
}

struct outcome message_check(const ProtobufCMessageDescriptor *type, struct bytes bytes)
{
    if (bytes.len > MESSAGE_MAX_BYTES)
        return invalid(ONEDOOR__REASON__TOO_LARGE, type->short_name, "larger than a frame may be");
    struct limits limits = {MESSAGE_MAX_ELEMENTS, MESSAGE_MAX_UNKNOWN};
    return check_fields(type, bytes, MESSAGE_MAX_DEPTH, &limits);
}
