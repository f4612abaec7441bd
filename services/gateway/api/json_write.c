/* SPDX-License-Identifier: Apache-2.0 */
/* json_write.c: messages as JSON, written by their descriptors directly from their packed form. An
 * answer is made for every request, and to build a tree of values, or a message, only to print it
 * costs as much again.
 *
 * A message is read once, from front to back, and written as it is read: a packer writes the fields
 * in the order of their numbers, which is the descriptor's. The constant text of a field,
 * its name and its default, is made once and copied. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/panic.h"
#include "common/wire/wire.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/text.h"

enum { BLOCK = 32, MEMBER_ROOM = 4 * BLOCK };

/* ---- values */

/* Its name, which is a word: nothing in it is escaped. */
static char *write_enum(struct text *text, char *to, int32_t number,
                        const ProtobufCEnumDescriptor *type)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(type, number);
    if (value == NULL)
        return text_whole(text_room(text, to, TEXT_NUMBER_ROOM), number);
    size_t size = strlen(value->name);
    to = text_room(text, to, size + 2);
    *to++ = '"';
    to = mempcpy(to, value->name, size);
    *to++ = '"';
    return to;
}

static char *write_message(struct text *text, char *to, const ProtobufCMessageDescriptor *type,
                           struct bytes);

/* Null when it is a malformed message. */
static char *write_value(struct text *text, char *to, const struct wire_value *value,
                         const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        return text_string(text, to, value->bytes);
    case PROTOBUF_C_TYPE_BYTES:
        return text_bytes(text, to, value->bytes);
    case PROTOBUF_C_TYPE_ENUM:
        return write_enum(text, to, (int32_t)value->number, field->descriptor);
    case PROTOBUF_C_TYPE_MESSAGE:
        return write_message(text, to, field->descriptor, value->bytes);
    default:
        return text_number(text_room(text, to, TEXT_NUMBER_ROOM), value->number, field);
    }
}

/* ---- shapes: what is always the same of a type; made when the type is first written, and kept */

struct member {
    const ProtobufCFieldDescriptor *field;
    uint32_t id;
    enum wire_kind kind;
    bool list;
    size_t before;          /* bytes of the text before a value: ,"windows":[ */
    size_t absent;          /* bytes of the text without a value: ,"windows":[] */
    char text[MEMBER_ROOM]; /* whole blocks, to be copied as such */
};

struct shape {
    struct hash_link link;
    const ProtobufCMessageDescriptor *type;
    const struct member *end;
    struct member members[];
};

/* An absent message is left out. */
static void member_init(struct member *member, const ProtobufCFieldDescriptor *field)
{
    bool list = field->label == PROTOBUF_C_LABEL_REPEATED;
    char name[JSON_NAME_SIZE];
    struct text text = {NULL, NULL};
    char *to = text_room(&text, NULL, MEMBER_ROOM);
    to += snprintf(to, MEMBER_ROOM, ",\"%s\":%s", json_name(field, name), list ? "[" : "");
    *member = (struct member){field, field->id, wire_kind_of(field->type), list,
                              .before = (size_t)(to - text.data)};
    if (list)
        to = text_char(&text, to, ']');
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
    static struct hash shapes;
    uint64_t hash = hash_number((uintptr_t)type);
    for (struct shape *shape = hash_first(&shapes, hash); shape != NULL; shape = hash_next(shape))
        if (shape->type == type)
            return shape;
    struct shape *shape = shape_new(type);
    hash_add(&shapes, shape, hash);
    return shape;
}

/* ---- messages; null when one is malformed */

/* `size` bytes of the member's text; most are of one block. */
static inline char *write_member(struct text *text, char *to, const struct member *member,
                                 size_t size)
{
    to = text_room(text, to, MEMBER_ROOM);
    memcpy(to, member->text, BLOCK);
    if (size > BLOCK)
        memcpy(to + BLOCK, member->text + BLOCK, MEMBER_ROOM - BLOCK);
    return to + size;
}

static char *write_element(struct text *text, char *to, const struct wire_value *value,
                           const ProtobufCFieldDescriptor *field)
{
    if (to[-1] != '[')
        to = text_char(text, to, ',');
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

/* The numbers of a list may be packed together. */
static bool is_of_kind(const struct member *member, enum wire_kind kind)
{
    return kind == member->kind || (member->list && kind == WIRE_BYTES);
}

/* A value, or more elements of a list. */
static char *write_met(struct text *text, char *to, const struct member *member,
                       const struct wire_value *value)
{
    if (!is_of_kind(member, value->kind))
        return NULL;
    if (!member->list)
        return write_value(text, to, value, member->field);
    to = value->kind == member->kind ? write_element(text, to, value, member->field)
                                     : write_run(text, to, value->bytes, member);
    return to == NULL ? NULL : text_char(text, to, ']');
}

static inline bool read_field(struct wire_walk *walk, uint32_t *id, struct wire_value *value)
{
    enum wire_kind kind;
    *id = wire_tag(walk, &kind);
    return *id != 0 && wire_value(walk, kind, value);
}

/* Copies all that is packed of a list, or the last of another field, to `to`; null when it is
 * malformed. */
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

/* Our programs pack fields in order, others may not: then the fields are sorted, and of a field
 * that is not a list the last value is kept. */
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

/* Each member begins with a comma; the first one's becomes the brace. Unknown fields are skipped.
 */
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
            to--; /* the ] is written again after one more element */
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
        to = text_char(text, to, '{');
    text->data[start] = '{';
    return text_char(text, to, '}');
}

/* The text is written into the buffer of the last one and copied once its size is known: a new
 * buffer that grows step by step costs more. */
char *json_of_packed(const ProtobufCMessageDescriptor *type, struct bytes packed, size_t *size)
{
    static struct text text;
    char *to = write_message(&text, text_room(&text, text.data, MEMBER_ROOM), type, packed);
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
