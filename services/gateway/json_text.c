/* SPDX-License-Identifier: Apache-2.0 */
/* json_text.c: messages as JSON text, written straight from their descriptors: an answer is made
 * for every request, and a tree of values that is built only to be printed costs several times as
 * much. */
#include <math.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/panic.h"
#include "services/gateway/json.h"

enum { NUMBER_ROOM = 32, SHAPES = 1024 };

struct text {
    char *data;
    size_t n, room;
};

/* Where to write so many bytes; text->n is moved by the writer. */
static char *room_for(struct text *text, size_t size)
{
    if (text->n + size > text->room) {
        text->room = (text->n + size) * 2;
        text->data = realloc(text->data, text->room);
        must(text->data != NULL);
    }
    return text->data + text->n;
}

static void put(struct text *text, const char *bytes, size_t size)
{
    memcpy(room_for(text, size), bytes, size);
    text->n += size;
}

static void put_char(struct text *text, char c)
{
    *room_for(text, 1) = c;
    text->n++;
}

/* ---- values */

/* Two digits a division: answers are full of instants and case numbers. */
static void put_unsigned(struct text *text, uint64_t number)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243"
        "4445464748495051525354555657585960616263646566676869707172737475767778798081828384858687"
        "888990919293949596979899";
    char digits[NUMBER_ROOM], *at = digits + sizeof digits;
    for (; number >= 10; number /= 100)
        memcpy(at -= 2, pairs + number % 100 * 2, 2);
    if (number > 0 || at == digits + sizeof digits)
        *--at = (char)('0' + number);
    put(text, at, (size_t)(digits + sizeof digits - at));
}

static void put_whole(struct text *text, int64_t number)
{
    if (number < 0)
        put_char(text, '-');
    put_unsigned(text, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

/* JSON has no words for what is no number; the mapping gives them. */
static void put_real(struct text *text, double number, int digits)
{
    if (isnan(number))
        put(text, "\"NaN\"", 5);
    else if (isinf(number))
        put(text, number < 0 ? "\"-Infinity\"" : "\"Infinity\"", number < 0 ? 11 : 10);
    else
        text->n +=
            (size_t)snprintf(room_for(text, NUMBER_ROOM), NUMBER_ROOM, "%.*g", digits, number);
}

static void put_escaped(struct text *text, unsigned char c)
{
    static const char named[] = {['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
                                 ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    static const char hex[] = "0123456789abcdef";
    if (named[c] != '\0')
        put(text, (const char[]){'\\', named[c]}, 2);
    else
        put(text, (const char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
}

static void put_string(struct text *text, const char *string)
{
    put_char(text, '"');
    for (const char *from = string; *from != '\0';) {
        const char *to = from;
        while ((unsigned char)*to >= 0x20 && *to != '"' && *to != '\\')
            to++;
        put(text, from, (size_t)(to - from));
        if (*to != '\0')
            put_escaped(text, (unsigned char)*to++);
        from = to;
    }
    put_char(text, '"');
}

static void put_bytes(struct text *text, const ProtobufCBinaryData *bytes)
{
    size_t size = sodium_base64_encoded_len(bytes->len, sodium_base64_VARIANT_ORIGINAL);
    put_char(text, '"');
    sodium_bin2base64(room_for(text, size), size, bytes->data, bytes->len,
                      sodium_base64_VARIANT_ORIGINAL);
    text->n += size - 1; /* its NUL is written over */
    put_char(text, '"');
}

static void put_enum(struct text *text, int32_t number, const ProtobufCEnumDescriptor *type)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(type, number);
    if (value == NULL)
        put_whole(text, number);
    else
        put_string(text, value->name);
}

static void put_bool(struct text *text, bool value)
{
    put(text, value ? "true" : "false", value ? 4 : 5);
}

/* ---- messages */

static void put_message(struct text *text, const ProtobufCMessage *message);

static void put_value(struct text *text, const void *member, const ProtobufCFieldDescriptor *field)
{
    const char *string;
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return put_whole(text, *(const int32_t *)member);
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return put_unsigned(text, *(const uint32_t *)member);
    case PROTOBUF_C_TYPE_INT64: /* as strings: a program's number may have 53 bits */
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        put_char(text, '"');
        put_whole(text, *(const int64_t *)member);
        return put_char(text, '"');
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        put_char(text, '"');
        put_unsigned(text, *(const uint64_t *)member);
        return put_char(text, '"');
    case PROTOBUF_C_TYPE_FLOAT:
        return put_real(text, (double)*(const float *)member, 9);
    case PROTOBUF_C_TYPE_DOUBLE:
        return put_real(text, *(const double *)member, 17);
    case PROTOBUF_C_TYPE_BOOL:
        return put_bool(text, *(const protobuf_c_boolean *)member);
    case PROTOBUF_C_TYPE_ENUM:
        return put_enum(text, *(const int32_t *)member, field->descriptor);
    case PROTOBUF_C_TYPE_BYTES:
        return put_bytes(text, member);
    case PROTOBUF_C_TYPE_STRING:
        string = *(char *const *)member;
        return put_string(text, string == NULL ? "" : string);
    case PROTOBUF_C_TYPE_MESSAGE:
        return put_message(text, *(ProtobufCMessage *const *)member);
    }
    panic("a field of an unknown type: %s", field->name);
}

static void put_list(struct text *text, const ProtobufCMessage *message,
                     const ProtobufCFieldDescriptor *field)
{
    size_t n = *(const size_t *)((const char *)message + field->quantifier_offset);
    const char *members = *(char *const *)((const char *)message + field->offset);
    put_char(text, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            put_char(text, ',');
        put_value(text, members + i * json_member_size(field), field);
    }
    put_char(text, ']');
}

/* How the fields of a type are called, as it is written: ,"caseNumber": for each. Made when the
 * type is first met, and kept as long as the program. */
struct shape {
    const ProtobufCMessageDescriptor *type;
    struct shape *next;
    struct {
        size_t size;
        char text[JSON_NAME_SIZE + 4];
    } fields[];
};

static struct shape *shape_new(const ProtobufCMessageDescriptor *type)
{
    char name[JSON_NAME_SIZE];
    struct shape *shape = calloc(1, sizeof *shape + type->n_fields * sizeof shape->fields[0]);
    must(shape != NULL);
    shape->type = type;
    for (unsigned i = 0; i < type->n_fields; i++)
        shape->fields[i].size =
            (size_t)snprintf(shape->fields[i].text, sizeof shape->fields[i].text,
                             ",\"%s\":", json_name(&type->fields[i], name));
    return shape;
}

static const struct shape *shape_of(const ProtobufCMessageDescriptor *type)
{
    static struct shape *shapes[SHAPES];
    struct shape **slot = &shapes[((uintptr_t)type >> 4) % SHAPES];
    for (const struct shape *shape = *slot; shape != NULL; shape = shape->next)
        if (shape->type == type)
            return shape;
    struct shape *shape = shape_new(type);
    shape->next = *slot;
    return *slot = shape;
}

static void put_message(struct text *text, const ProtobufCMessage *message)
{
    const struct shape *shape = shape_of(message->descriptor);
    size_t comma = 1; /* none before the first */
    put_char(text, '{');
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const void *member = (const char *)message + field->offset;
        bool list = field->label == PROTOBUF_C_LABEL_REPEATED;
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && !list && *(void *const *)member == NULL)
            continue;
        put(text, shape->fields[i].text + comma, shape->fields[i].size - comma);
        comma = 0;
        if (list)
            put_list(text, message, field);
        else
            put_value(text, member, field);
    }
    put_char(text, '}');
}

/* Written where the last one was, and copied once its size is known: memory that grows step by step
 * costs more. */
char *json_of_message(const ProtobufCMessage *message, size_t *size)
{
    static struct text text;
    text.n = 0;
    put_message(&text, message);
    *size = text.n;
    put_char(&text, '\0');
    char *copy = malloc(text.n);
    must(copy != NULL);
    return memcpy(copy, text.data, text.n);
}
