/* SPDX-License-Identifier: Apache-2.0 */
/* json_text.c: messages as JSON text, written by their descriptors straight from how they are
 * packed: an answer is made for every request, and a tree of values, or a message, that is built
 * only to be printed costs as much again.
 *
 * A message is read once, from front to back, and written as it is read: whoever packs writes the
 * fields in the order of the descriptor, which is that of their numbers. What is always the same of
 * a field, its name and what stands for it when it is absent, is made once and copied. */
#include <math.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/wire.h"
#include "services/gateway/api/json.h"

enum { DIGITS = 20, NUMBER_ROOM = 32, ESCAPE_ROOM = 6, WORD = 8, SHAPES = 1024 };
enum { BLOCK = 32, MEMBER_ROOM = 4 * BLOCK };

/* Where an answer is written. How far it has come is no part of it: each writer is told where to
 * write and gives back where it ended, which stays in a register so. */
struct text {
    char *data, *end;
};

static char *grow(struct text *text, char *to, size_t size)
{
    size_t n = (size_t)(to - text->data), room = (n + size) * 2;
    text->data = realloc(text->data, room);
    must(text->data != NULL);
    text->end = text->data + room;
    return text->data + n;
}

/* `to`, with room for so many bytes: elsewhere when there was none. */
static inline char *room_for(struct text *text, char *to, size_t size)
{
    return size <= (size_t)(text->end - to) ? to : grow(text, to, size);
}

static inline char *write_char(struct text *text, char *to, char c)
{
    to = room_for(text, to, 1);
    *to++ = c;
    return to;
}

/* ---- numbers: no more than NUMBER_ROOM bytes, for which there is room */

/* The two digits before `at`. */
static inline char *two_before(char *at, uint32_t number)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243"
        "4445464748495051525354555657585960616263646566676869707172737475767778798081828384858687"
        "888990919293949596979899";
    return memcpy(at - 2, pairs + number * 2, 2);
}

/* Four digits a division: answers are full of instants and case numbers. As many as there may be
 * are copied, for a copy of fixed size is quick; what follows is written over. */
static char *write_unsigned(char *to, uint64_t number)
{
    char digits[2 * DIGITS], *end = digits + DIGITS, *at = end;
    for (; number >= 10000; number /= 10000) {
        uint32_t four = (uint32_t)(number % 10000);
        at = two_before(two_before(at, four % 100), four / 100);
    }
    uint32_t rest = (uint32_t)number;
    if (rest >= 100) {
        at = two_before(at, rest % 100);
        rest /= 100;
    }
    at = two_before(at, rest);
    at += rest < 10;
    memcpy(to, at, DIGITS);
    return to + (end - at);
}

static char *write_whole(char *to, int64_t number)
{
    if (number < 0)
        *to++ = '-';
    return write_unsigned(to, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

/* As strings: a program's number may have 53 bits. */
static char *write_long(char *to, int64_t number)
{
    *to++ = '"';
    to = write_whole(to, number);
    *to++ = '"';
    return to;
}

static char *write_unsigned_long(char *to, uint64_t number)
{
    *to++ = '"';
    to = write_unsigned(to, number);
    *to++ = '"';
    return to;
}

/* JSON has no words for what is no number; the mapping gives them. */
static char *write_real(char *to, double number, int digits)
{
    if (isnan(number))
        return stpcpy(to, "\"NaN\"");
    if (isinf(number))
        return stpcpy(to, number < 0 ? "\"-Infinity\"" : "\"Infinity\"");
    return to + snprintf(to, NUMBER_ROOM, "%.*g", digits, number);
}

static char *write_float(char *to, uint64_t bits)
{
    uint32_t low = (uint32_t)bits;
    float number;
    memcpy(&number, &low, sizeof number);
    return write_real(to, (double)number, 9);
}

static char *write_double(char *to, uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return write_real(to, number, 17);
}

static char *write_bool(char *to, bool value)
{
    memcpy(to, value ? "true" : "false", 5);
    return to + (value ? 4 : 5);
}

static int64_t unzigzag(uint64_t bits)
{
    return (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
}

static char *write_number(char *to, uint64_t bits, const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return write_whole(to, (int32_t)bits);
    case PROTOBUF_C_TYPE_SINT32:
        return write_whole(to, (int32_t)unzigzag(bits));
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return write_unsigned(to, (uint32_t)bits);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        return write_long(to, (int64_t)bits);
    case PROTOBUF_C_TYPE_SINT64:
        return write_long(to, unzigzag(bits));
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return write_unsigned_long(to, bits);
    case PROTOBUF_C_TYPE_FLOAT:
        return write_float(to, bits);
    case PROTOBUF_C_TYPE_DOUBLE:
        return write_double(to, bits);
    case PROTOBUF_C_TYPE_BOOL:
        return write_bool(to, bits != 0);
    default:
        panic("a field that is no number: %s", field->name);
    }
}

/* ---- texts */

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\';
}

/* Whether any of a word's bytes is less than n: only such a one, taken away from, gets a top bit
 * which it had not. */
static bool any_below(uint64_t word, uint64_t n)
{
    const uint64_t ones = UINT64_MAX / 0xff;
    return ((word - ones * n) & ~word & ones << 7) != 0;
}

/* The next eight at once. */
static bool are_plain(const unsigned char *at)
{
    const uint64_t ones = UINT64_MAX / 0xff;
    uint64_t word;
    memcpy(&word, at, WORD);
    return !any_below(word, 0x20) && !any_below(word ^ ones * '"', 1) &&
           !any_below(word ^ ones * '\\', 1);
}

static char *write_escaped(char *to, unsigned char c)
{
    static const char named[] = {['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
                                 ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    static const char hex[] = "0123456789abcdef";
    *to++ = '\\';
    if (named[c] != '\0') {
        *to++ = named[c];
        return to;
    }
    memcpy(to, (const char[]){'u', '0', '0', hex[c >> 4], hex[c & 15]}, 5);
    return to + 5;
}

static char *write_string(struct text *text, char *to, struct bytes string)
{
    const unsigned char *at = string.data, *end = at + string.len;
    to = room_for(text, to, string.len * ESCAPE_ROOM + 2);
    *to++ = '"';
    while (at < end)
        if (end - at >= WORD && are_plain(at)) {
            memcpy(to, at, WORD);
            to += WORD;
            at += WORD;
        } else if (is_plain(*at))
            *to++ = (char)*at++;
        else
            to = write_escaped(to, *at++);
    *to++ = '"';
    return to;
}

static char *write_bytes(struct text *text, char *to, struct bytes bytes)
{
    size_t size = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    to = room_for(text, to, size + 1);
    *to++ = '"';
    sodium_bin2base64(to, size, bytes.data, bytes.len, sodium_base64_VARIANT_ORIGINAL);
    to += size;
    to[-1] = '"'; /* in place of its NUL */
    return to;
}

/* ---- values */

/* Its name, which is a word: nothing in it is escaped. */
static char *write_enum(struct text *text, char *to, int32_t number,
                        const ProtobufCEnumDescriptor *type)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(type, number);
    if (value == NULL)
        return write_whole(room_for(text, to, NUMBER_ROOM), number);
    size_t size = strlen(value->name);
    to = room_for(text, to, size + 2);
    *to++ = '"';
    to = mempcpy(to, value->name, size);
    *to++ = '"';
    return to;
}

static char *write_message(struct text *text, char *to, const ProtobufCMessageDescriptor *type,
                           struct bytes);

/* Null when it is a message that is malformed. */
static char *write_value(struct text *text, char *to, const struct wire_value *value,
                         const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        return write_string(text, to, value->bytes);
    case PROTOBUF_C_TYPE_BYTES:
        return write_bytes(text, to, value->bytes);
    case PROTOBUF_C_TYPE_ENUM:
        return write_enum(text, to, (int32_t)value->number, field->descriptor);
    case PROTOBUF_C_TYPE_MESSAGE:
        return write_message(text, to, field->descriptor, value->bytes);
    default:
        return write_number(room_for(text, to, NUMBER_ROOM), value->number, field);
    }
}

/* ---- shapes: what is always the same of a type. Made when it is first met, and kept as long as
 * the program */

struct member {
    const ProtobufCFieldDescriptor *field;
    uint32_t id;
    enum wire_kind kind;
    bool list;
    size_t before;          /* so much of the text stands before a value: ,"windows":[ */
    size_t absent;          /* and so much is all when there is none: ,"windows":[] */
    char text[MEMBER_ROOM]; /* whole blocks, to be copied as such */
};

struct shape {
    const ProtobufCMessageDescriptor *type;
    struct shape *next;
    const struct member *end;
    struct member members[];
};

/* A message that is absent is left out. */
static void member_init(struct member *member, const ProtobufCFieldDescriptor *field)
{
    bool list = field->label == PROTOBUF_C_LABEL_REPEATED;
    char name[JSON_NAME_SIZE];
    struct text text = {NULL, NULL};
    char *to = room_for(&text, NULL, MEMBER_ROOM);
    to += snprintf(to, MEMBER_ROOM, ",\"%s\":%s", json_name(field, name), list ? "[" : "");
    *member = (struct member){field, field->id, wire_kind_of(field->type), list,
                              .before = (size_t)(to - text.data)};
    if (list)
        to = write_char(&text, to, ']');
    else if (field->type != PROTOBUF_C_TYPE_MESSAGE)
        to = write_value(&text, to, &(struct wire_value){.number = 0}, field);
    size_t size = (size_t)(to - text.data);
    must(size <= MEMBER_ROOM);
    memcpy(member->text, text.data, size);
    member->absent = list || field->type != PROTOBUF_C_TYPE_MESSAGE ? size : 0;
    free(text.data);
}

static struct shape *shape_new(const ProtobufCMessageDescriptor *type)
{
    struct shape *shape = calloc(1, sizeof *shape + type->n_fields * sizeof shape->members[0]);
    must(shape != NULL);
    shape->type = type;
    shape->end = shape->members + type->n_fields;
    for (unsigned i = 0; i < type->n_fields; i++)
        member_init(&shape->members[i], &type->fields[i]);
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

/* ---- messages; null when one is malformed */

/* So much of a member's text; most are of one block. */
static inline char *write_member(struct text *text, char *to, const struct member *member,
                                 size_t size)
{
    to = room_for(text, to, MEMBER_ROOM);
    memcpy(to, member->text, BLOCK);
    if (size > BLOCK)
        memcpy(to + BLOCK, member->text + BLOCK, MEMBER_ROOM - BLOCK);
    return to + size;
}

static char *write_element(struct text *text, char *to, const struct wire_value *value,
                           const ProtobufCFieldDescriptor *field)
{
    if (to[-1] != '[')
        to = write_char(text, to, ',');
    return write_value(text, to, value, field);
}

static char *write_run(struct text *text, char *to, struct bytes run, const struct member *member)
{
    struct wire_value value;
    for (struct wire_walk walk = wire_begin(run); walk.at < walk.end;) {
        if (!wire_value(&walk, member->kind, &value))
            return NULL;
        to = write_element(text, to, &value, member->field);
    }
    return to;
}

/* Numbers of a list may come in one run. */
static bool is_of_kind(const struct member *member, enum wire_kind kind)
{
    return kind == member->kind || (member->list && kind == WIRE_BYTES);
}

/* A value, or some more of a list, behind the member's beginning. */
static char *write_met(struct text *text, char *to, const struct member *member,
                       const struct wire_value *value)
{
    if (!is_of_kind(member, value->kind))
        return NULL;
    if (!member->list)
        return write_value(text, to, value, member->field);
    to = value->kind == member->kind ? write_element(text, to, value, member->field)
                                     : write_run(text, to, value->bytes, member);
    return to == NULL ? NULL : write_char(text, to, ']');
}

static inline bool read_field(struct wire_walk *walk, uint32_t *id, struct wire_value *value)
{
    enum wire_kind kind;
    *id = wire_tag(walk, &kind);
    return *id != 0 && wire_value(walk, kind, value);
}

/* What is packed of a field, all of it or the last, copied to `to`; null when it is malformed. */
static unsigned char *gather(unsigned char *to, const struct member *member, struct bytes bytes)
{
    unsigned char *const start = to;
    for (struct wire_walk walk = wire_begin(bytes); walk.at < walk.end;) {
        const unsigned char *here = walk.at;
        struct wire_value value;
        uint32_t id;
        if (!read_field(&walk, &id, &value) ||
            (id == member->id && !is_of_kind(member, value.kind)))
            return NULL;
        if (id == member->id)
            to = mempcpy(member->list ? to : start, here, (size_t)(walk.at - here));
    }
    return to;
}

/* No peer of ours packs so, but one may: the fields are put in order, each that stands alone once.
 */
static char *write_out_of_order(struct text *text, char *to, const struct shape *shape,
                                struct bytes bytes)
{
    unsigned char *ordered = malloc(bytes.len), *end = ordered;
    must(ordered != NULL);
    for (const struct member *member = shape->members; member < shape->end && end != NULL; member++)
        end = gather(end, member, bytes);
    to = end == NULL ? NULL
                     : write_message(text, to, shape->type,
                                     (struct bytes){ordered, (size_t)(end - ordered)});
    free(ordered);
    return to;
}

/* Each member begins with a comma; the first one's becomes the brace. What is of a newer peer is
 * passed over. */
static char *write_message(struct text *text, char *to, const ProtobufCMessageDescriptor *type,
                           struct bytes bytes)
{
    const struct shape *shape = shape_of(type);
    const struct member *next = shape->members;
    size_t start = (size_t)(to - text->data);
    for (struct wire_walk walk = wire_begin(bytes); walk.at < walk.end;) {
        struct wire_value value;
        uint32_t id;
        if (!read_field(&walk, &id, &value))
            return NULL;
        for (; next < shape->end && next->id < id; next++)
            to = write_member(text, to, next, next->absent);
        if (next < shape->end && next->id == id) {
            to = write_member(text, to, next, next->before);
            next++;
        } else if (next > shape->members && next[-1].id == id && next[-1].list)
            to--; /* its ] comes after one more */
        else if (protobuf_c_message_descriptor_get_field(type, id) != NULL)
            return write_out_of_order(text, text->data + start, shape, bytes);
        else
            continue;
        to = write_met(text, to, next - 1, &value);
        if (to == NULL)
            return NULL;
    }
    for (; next < shape->end; next++)
        to = write_member(text, to, next, next->absent);
    if (to == text->data + start)
        to = write_char(text, to, '{');
    text->data[start] = '{';
    return write_char(text, to, '}');
}

/* Written where the last one was, and copied once its size is known: memory that grows step by step
 * costs more. */
char *json_of_packed(const ProtobufCMessageDescriptor *type, struct bytes packed, size_t *size)
{
    static struct text text;
    char *to = write_message(&text, room_for(&text, text.data, MEMBER_ROOM), type, packed);
    if (to == NULL)
        return NULL;
    *size = (size_t)(to - text.data);
    char *copy = malloc(*size + 1);
    must(copy != NULL);
    copy[*size] = '\0';
    return memcpy(copy, text.data, *size);
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
