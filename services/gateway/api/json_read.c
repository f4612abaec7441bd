/* SPDX-License-Identifier: Apache-2.0 */
/* json_read.c: JSON into messages, by their descriptors. */
#include <math.h>
#include <sodium.h>
#include <string.h>

#include "common/base/panic.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/json_number.h"

/* Where in the input a value stands, for the refusal. */
struct place {
    struct arena *arena;
    const struct place *outer;
    const char *name;
    long index;    /* in a list; -1: not in one */
    int *elements; /* how many more all lists together may have */
};

static const char *path_of(const struct place *place)
{
    const char *outer = place->outer == NULL ? "" : path_of(place->outer);
    if (place->name == NULL)
        return outer;
    const char *dot = *outer == '\0' ? "" : ".";
    if (place->index < 0)
        return arena_printf(place->arena, "%s%s%s", outer, dot, place->name);
    return arena_printf(place->arena, "%s%s%s[%ld]", outer, dot, place->name, place->index);
}

static struct outcome wrong(const struct place *place, const char *detail)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, path_of(place), detail);
}

/* ---- values */

/* Bytes of a value in the message's struct; of one element when it is repeated. */
static size_t member_size(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_ENUM:
        return sizeof(int32_t);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return sizeof(int64_t);
    case PROTOBUF_C_TYPE_FLOAT:
        return sizeof(float);
    case PROTOBUF_C_TYPE_DOUBLE:
        return sizeof(double);
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    }
    panic("a field of an unknown type: %s", field->name);
}

/* Other than white space, which is tidied with the rest. */
static bool has_controls(const char *text)
{
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < ' ' && strchr("\t\n\v\f\r", *text) == NULL) || *text == 0x7f)
            return true;
    return false;
}

static struct outcome read_enum(const struct place *place, const char *name,
                                const ProtobufCEnumDescriptor *type, void *member)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(type, name);
    if (value == NULL || value->value == 0)
        return wrong(place, "no such value");
    memcpy(member, &value->value, sizeof(int32_t));
    return OUTCOME_OK;
}

static struct outcome read_enum_number(const struct place *place, const json_t *value,
                                       const ProtobufCEnumDescriptor *type, void *member)
{
    json_int_t number = json_integer_value(value);
    if (number < 1 || number > INT32_MAX ||
        protobuf_c_enum_descriptor_get_value(type, (int)number) == NULL)
        return wrong(place, "no such value");
    int32_t known = (int32_t)number;
    memcpy(member, &known, sizeof known);
    return OUTCOME_OK;
}

static struct outcome read_bytes(const struct place *place, const char *text,
                                 ProtobufCBinaryData *member)
{
    size_t length = strlen(text), got = 0;
    unsigned char *data = arena_alloc(place->arena, length / 4 * 3 + 4);
    const int variants[] = {
        sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
        sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING};
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++)
        if (sodium_base642bin(data, length / 4 * 3 + 4, text, length, NULL, &got, NULL,
                              variants[i]) == 0) {
            *member = (ProtobufCBinaryData){got, data};
            return OUTCOME_OK;
        }
    return wrong(place, "must be base64");
}

static struct outcome read_real(const struct place *place, const json_t *value, bool is_double,
                                void *member)
{
    if (!json_is_number(value))
        return wrong(place, "must be a number");
    double real = json_number_value(value);
    float single = (float)real;
    if (!is_double && isinf(single))
        return wrong(place, "out of range");
    memcpy(member, is_double ? (void *)&real : (void *)&single,
           is_double ? sizeof real : sizeof single);
    return OUTCOME_OK;
}

static struct outcome read_text(const struct place *place, const json_t *value, char **member)
{
    if (!json_is_string(value))
        return wrong(place, "must be text");
    if (has_controls(json_string_value(value)))
        return wrong(place, "must have no control characters");
    *member = arena_strdup(place->arena, json_string_value(value));
    return OUTCOME_OK;
}

static struct outcome read_object(const struct place *, const json_t *, ProtobufCMessage *,
                                  int depth);

static struct outcome read_message(const struct place *place, const json_t *value,
                                   const ProtobufCMessageDescriptor *type, int depth, void *member)
{
    if (!json_is_object(value))
        return wrong(place, "must be an object");
    if (depth == 0)
        return wrong(place, "nested too deeply");
    ProtobufCMessage *message = json_new_message(type, place->arena);
    memcpy(member, &message, sizeof message);
    return read_object(place, value, message, depth);
}

/* One value into its member. */
static struct outcome read_value(const struct place *place, const json_t *value,
                                 const ProtobufCFieldDescriptor *field, int depth, void *member)
{
    uint64_t bits = 0;
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        if (!json_is_boolean(value))
            return wrong(place, "must be true or false");
        *(protobuf_c_boolean *)member = json_is_true(value);
        return OUTCOME_OK;
    case PROTOBUF_C_TYPE_STRING:
        return read_text(place, value, member);
    case PROTOBUF_C_TYPE_ENUM:
        if (json_is_integer(value))
            return read_enum_number(place, value, field->descriptor, member);
        return json_is_string(value)
                   ? read_enum(place, json_string_value(value), field->descriptor, member)
                   : wrong(place, "must be a value's name");
    case PROTOBUF_C_TYPE_BYTES:
        return json_is_string(value) ? read_bytes(place, json_string_value(value), member)
                                     : wrong(place, "must be base64");
    case PROTOBUF_C_TYPE_MESSAGE:
        return read_message(place, value, field->descriptor, depth - 1, member);
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_DOUBLE:
        return read_real(place, value, field->type == PROTOBUF_C_TYPE_DOUBLE, member);
    default:
        if (!json_whole_number(value, field, place->arena, &bits))
            return wrong(place, "must be a whole number within the range of its type");
        memcpy(member, &bits,
               member_size(field)); /* the low bytes, on the little-endian machines we run on */
        return OUTCOME_OK;
    }
}

static struct outcome read_list(struct place *place, const json_t *list,
                                const ProtobufCFieldDescriptor *field, int depth,
                                ProtobufCMessage *message)
{
    if (!json_is_array(list))
        return wrong(place, "must be a list");
    size_t n = json_array_size(list), size = member_size(field);
    if (n > (size_t)*place->elements)
        return wrong(place, "too many elements");
    *place->elements -= (int)n;
    char *members = arena_alloc(place->arena, n * size + 1);
    for (size_t i = 0; i < n; i++) {
        place->index = (long)i;
        struct outcome outcome =
            read_value(place, json_array_get(list, i), field, depth, members + i * size);
        if (!is_ok(outcome))
            return outcome;
    }
    memcpy((char *)message + field->quantifier_offset, &n, sizeof n);
    memcpy((char *)message + field->offset, &members, sizeof members);
    return OUTCOME_OK;
}

static struct outcome read_member(struct place *place, const json_t *value,
                                  const ProtobufCFieldDescriptor *field, int depth,
                                  ProtobufCMessage *message)
{
    if (json_is_null(value))
        return OUTCOME_OK;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return read_list(place, value, field, depth, message);
    return read_value(place, value, field, depth, (char *)message + field->offset);
}

static struct outcome read_object(const struct place *outer, const json_t *object,
                                  ProtobufCMessage *message, int depth)
{
    const char *name;
    json_t *value;
    uint64_t seen = 0;
    json_object_foreach((json_t *)object, name, value)
    {
        const ProtobufCFieldDescriptor *field = json_field(message->descriptor, name);
        struct place place = {outer->arena, outer, name, -1, outer->elements};
        if (field == NULL)
            return invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_FIELD,
                           path_of(&place), "there is no such field");
        uint64_t bit = (uint64_t)1 << (field - message->descriptor->fields);
        if ((seen & bit) != 0)
            return wrong(&place, "given twice");
        seen |= bit;
        struct outcome outcome = read_member(&place, value, field, depth, message);
        if (!is_ok(outcome))
            return outcome;
    }
    return OUTCOME_OK;
}

struct outcome json_to_message(const json_t *object, ProtobufCMessage *message, struct arena *arena)
{
    int elements = JSON_ELEMENTS_MAX;
    struct place top = {arena, NULL, NULL, -1, &elements};
    if (!json_is_object(object))
        return invalid(ONEDOOR__REASON__MALFORMED, "", "the body must be a JSON object");
    return read_object(&top, object, message, JSON_DEPTH_MAX);
}

struct outcome json_from_text(const char *text, ProtobufCMessage *message,
                              const ProtobufCFieldDescriptor *field, struct arena *arena)
{
    char name[JSON_NAME_SIZE];
    struct place place = {arena, NULL, arena_strdup(arena, json_name(field, name)), -1, NULL};
    void *member = (char *)message + field->offset;
    if (field->type == PROTOBUF_C_TYPE_BOOL) {
        if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
            return wrong(&place, "must be true or false");
        *(protobuf_c_boolean *)member = strcmp(text, "true") == 0;
        return OUTCOME_OK;
    }
    json_t *value = json_string(text);
    if (value == NULL)
        return wrong(&place, "must be UTF-8 text");
    struct outcome outcome = read_value(&place, value, field, 0, member);
    json_decref(value);
    return outcome;
}
