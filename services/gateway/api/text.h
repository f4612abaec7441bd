/* SPDX-License-Identifier: Apache-2.0 */
/* text.h: the text of an answer as it is written, and how values stand in JSON. How far it has been
 * written is not kept in the struct: each writer is told where to write and returns where it ended,
 * so that the place stays in a register. */
#ifndef GATEWAY_TEXT_H
#define GATEWAY_TEXT_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"

/* All zeroes is an empty one. The data is of the heap. */
struct text {
    char *data, *end;
};

/* `to`, in memory that has room for so many more bytes. */
char *text_grow(struct text *, char *to, size_t size);

/* Likewise; the memory is the same when it has room. */
static inline char *text_room(struct text *text, char *to, size_t size)
{
    return size <= (size_t)(text->end - to) ? to : text_grow(text, to, size);
}

static inline char *text_char(struct text *text, char *to, char c)
{
    to = text_room(text, to, 1);
    *to++ = c;
    return to;
}

/* A number by the type of its field, as its bits stand in a packed message; of at most
 * TEXT_NUMBER_ROOM bytes, for which there must be room. */
enum { TEXT_NUMBER_ROOM = 32 };
char *text_number(char *to, uint64_t bits, const ProtobufCFieldDescriptor *);
char *text_whole(char *to, int64_t number);

/* A string, and bytes as base64, with their quotes. */
char *text_string(struct text *, char *to, struct bytes string);
char *text_bytes(struct text *, char *to, struct bytes bytes);

#endif
