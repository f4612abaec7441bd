/* SPDX-License-Identifier: Apache-2.0 */
/* json_text.c: messages as JSON text, written by their descriptors straight from how they are
 * packed: an answer is made for every request, and a tree of values, or a message, that is built
 * only to be printed costs as much again. */
#include <math.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/panic.h"
#include "common/wire.h"
#include "services/gateway/json.h"

enum { NUMBER_ROOM = 32, SHAPES = 1024, FIELDS_MAX = 64 };

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

static void put_string(struct text *text, struct bytes string)
{
    const unsigned char *end = string.data + string.len;
    put_char(text, '"');
    for (const unsigned char *from = string.data; from < end;) {
        const unsigned char *to = from;
        while (to < end && *to >= 0x20 && *to != '"' && *to != '\\')
            to++;
        put(text, (const char *)from, (size_t)(to - from));
        if (to < end)
            put_escaped(text, *to++);
        from = to;
    }
    put_char(text, '"');
}

static void put_bytes(struct text *text, struct bytes bytes)
{
    size_t size = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    put_char(text, '"');
    sodium_bin2base64(room_for(text, size), size, bytes.data, bytes.len,
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
        put_string(text, (struct bytes){(const unsigned char *)value->name, strlen(value->name)});
}

static void put_bool(struct text *text, bool value)
{
    put(text, value ? "true" : "false", value ? 4 : 5);
}

/* ---- messages */

static bool put_message(struct text *text, const ProtobufCMessageDescriptor *type, struct bytes);

/* What a number or truth value has; 0 when it was not packed, which is how the default is. */
static uint64_t bits_of(const struct wire_value *value)
{
    uint64_t bits = value->number;
    if (value->bytes.data != NULL) /* little-endian, as the machines we run on */
        memcpy(&bits, value->bytes.data, value->bytes.len);
    return bits;
}

static int64_t unzigzag(uint64_t bits)
{
    return (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
}

/* As strings: a program's number may have 53 bits. */
static void put_long(struct text *text, int64_t number)
{
    put_char(text, '"');
    put_whole(text, number);
    put_char(text, '"');
}

static void put_unsigned_long(struct text *text, uint64_t number)
{
    put_char(text, '"');
    put_unsigned(text, number);
    put_char(text, '"');
}

static void put_float(struct text *text, uint64_t bits)
{
    uint32_t low = (uint32_t)bits;
    float number;
    memcpy(&number, &low, sizeof number);
    put_real(text, (double)number, 9);
}

static void put_double(struct text *text, uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    put_real(text, number, 17);
}

static void put_number(struct text *text, uint64_t bits, const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return put_whole(text, (int32_t)bits);
    case PROTOBUF_C_TYPE_SINT32:
        return put_whole(text, (int32_t)unzigzag(bits));
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return put_unsigned(text, (uint32_t)bits);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        return put_long(text, (int64_t)bits);
    case PROTOBUF_C_TYPE_SINT64:
        return put_long(text, unzigzag(bits));
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return put_unsigned_long(text, bits);
    case PROTOBUF_C_TYPE_FLOAT:
        return put_float(text, bits);
    case PROTOBUF_C_TYPE_DOUBLE:
        return put_double(text, bits);
    case PROTOBUF_C_TYPE_BOOL:
        return put_bool(text, bits != 0);
    case PROTOBUF_C_TYPE_ENUM:
        return put_enum(text, (int32_t)bits, field->descriptor);
    default:
        panic("a field that is no number: %s", field->name);
    }
}

/* False when it is a message that is malformed. */
static bool put_value(struct text *text, const struct wire_value *value,
                      const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        put_string(text, value->bytes);
        return true;
    case PROTOBUF_C_TYPE_BYTES:
        put_bytes(text, value->bytes);
        return true;
    case PROTOBUF_C_TYPE_MESSAGE:
        return put_message(text, field->descriptor, value->bytes);
    default:
        put_number(text, bits_of(value), field);
        return true;
    }
}

/* ---- fields, in the order of the descriptor whatever the order they come in */

/* What was met of one field. */
struct slot {
    int n;
    struct wire_value last;
    struct wire_walk first; /* from the tag of the first on */
};

static unsigned field_of(const ProtobufCMessageDescriptor *type, uint32_t id, unsigned from)
{
    for (unsigned k = 0; k < type->n_fields; k++, from++) {
        from = from < type->n_fields ? from : 0;
        if (type->fields[from].id == id)
            return from;
    }
    return type->n_fields;
}

static bool is_packed(const ProtobufCFieldDescriptor *field, enum wire_kind kind)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED && kind == WIRE_BYTES &&
           wire_kind_of(field->type) != WIRE_BYTES;
}

/* What is of a newer peer is passed over. */
static bool find_fields(const ProtobufCMessageDescriptor *type, struct bytes bytes,
                        struct slot slots[FIELDS_MAX])
{
    struct wire_walk walk = wire_begin(bytes);
    for (unsigned i = 0; walk.at < walk.end;) {
        struct wire_walk here = walk;
        struct wire_value value;
        enum wire_kind kind;
        uint32_t id = wire_tag(&walk, &kind);
        if (id == 0 || !wire_value(&walk, kind, &value))
            return false;
        i = field_of(type, id, i);
        if (i == type->n_fields)
            continue;
        if (kind != wire_kind_of(type->fields[i].type) && !is_packed(&type->fields[i], kind))
            return false;
        if (slots[i].n++ == 0)
            slots[i].first = here;
        slots[i].last = value;
    }
    return true;
}

/* *comma: some were before. */
static bool put_element(struct text *text, const struct wire_value *value,
                        const ProtobufCFieldDescriptor *field, bool *comma)
{
    if (*comma)
        put_char(text, ',');
    *comma = true;
    return put_value(text, value, field);
}

static bool put_run(struct text *text, struct bytes run, const ProtobufCFieldDescriptor *field,
                    bool *comma)
{
    struct wire_walk walk = wire_begin(run);
    struct wire_value value;
    while (walk.at < walk.end)
        if (!wire_value(&walk, wire_kind_of(field->type), &value) ||
            !put_element(text, &value, field, comma))
            return false;
    return true;
}

static bool put_list(struct text *text, const struct slot *slot,
                     const ProtobufCFieldDescriptor *field)
{
    struct wire_walk walk = slot->first;
    bool comma = false;
    put_char(text, '[');
    for (int n = slot->n; n > 0;) {
        struct wire_value value;
        enum wire_kind kind;
        uint32_t id = wire_tag(&walk, &kind);
        must(wire_value(&walk, kind, &value)); /* it has been walked before */
        if (id != field->id)
            continue;
        n--;
        if (!(is_packed(field, kind) ? put_run(text, value.bytes, field, &comma)
                                     : put_element(text, &value, field, &comma)))
            return false;
    }
    put_char(text, ']');
    return true;
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
    must(type->n_fields <= FIELDS_MAX);
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

static bool put_message(struct text *text, const ProtobufCMessageDescriptor *type,
                        struct bytes bytes)
{
    const struct shape *shape = shape_of(type);
    struct slot slots[FIELDS_MAX];
    size_t comma = 1; /* none before the first */
    memset(slots, 0, type->n_fields * sizeof slots[0]);
    if (!find_fields(type, bytes, slots))
        return false;
    put_char(text, '{');
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        bool list = field->label == PROTOBUF_C_LABEL_REPEATED;
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && !list && slots[i].n == 0)
            continue;
        put(text, shape->fields[i].text + comma, shape->fields[i].size - comma);
        comma = 0;
        if (!(list ? put_list(text, &slots[i], field) : put_value(text, &slots[i].last, field)))
            return false;
    }
    put_char(text, '}');
    return true;
}

/* Written where the last one was, and copied once its size is known: memory that grows step by step
 * costs more. */
char *json_of_packed(const ProtobufCMessageDescriptor *type, struct bytes packed, size_t *size)
{
    static struct text text;
    text.n = 0;
    if (!put_message(&text, type, packed))
        return NULL;
    *size = text.n;
    put_char(&text, '\0');
    char *copy = malloc(text.n);
    must(copy != NULL);
    return memcpy(copy, text.data, text.n);
}

char *json_of_message(const ProtobufCMessage *message, size_t *size)
{
    size_t n = protobuf_c_message_get_packed_size(message);
    unsigned char *packed = malloc(n + 1);
    must(packed != NULL);
    char *text =
        json_of_packed(message->descriptor,
                       (struct bytes){packed, protobuf_c_message_pack(message, packed)}, size);
    must(text != NULL);
    free(packed);
    return text;
}
