/* SPDX-License-Identifier: Apache-2.0 */
/* json.h: messages as JSON and back, by their descriptors and the protobuf JSON mapping:
 * lowerCamelCase names, 64-bit numbers as strings, enum values by name, bytes as base64. Defaults
 * are written, so that a page always finds its fields; an absent message is left out.
 *
 * Reading is strict: an unknown field, a name given twice, a value out of its type's range, and
 * text with control characters are refused with the field's path ("materials[2].copies"). null
 * means the default, as the mapping says. A case number may have its dashes. */
#ifndef GATEWAY_JSON_H
#define GATEWAY_JSON_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

enum {
    JSON_NAME_SIZE = 64,
    JSON_DEPTH_MAX = 6,
    JSON_ELEMENTS_MAX = 1024,
    JSON_VALUES_MAX = 8 << 20, /* bytes the values of one text may take */
};

/* Between these two calls all json_t values of the thread are allocated from one arena, which
 * json_values_end empties: a request has dozens of values, and to allocate and free each costs as
 * much as to read it. Do not free a value made before, and do not use one afterwards that was made
 * in between. A text whose values need more than JSON_VALUES_MAX cannot be parsed. */
void json_values_begin(void);
void json_values_end(void);

/* "case_number" as "caseNumber". */
const char *json_name(const ProtobufCFieldDescriptor *, char name[JSON_NAME_SIZE]);

/* The field of a message that has this name in JSON; null when there is none. */
const ProtobufCFieldDescriptor *json_field(const ProtobufCMessageDescriptor *, const char *name);

/* An initialised message of the type, in the arena. */
ProtobufCMessage *json_new_message(const ProtobufCMessageDescriptor *, struct arena *);

/* Reads the members of the object into an initialised message. Everything is copied into the
 * arena. */
struct outcome json_to_message(const json_t *object, ProtobufCMessage *, struct arena *);

/* Reads a field of one value (not repeated, not a message) from text, as it stands in a path or a
 * query. */
struct outcome json_from_text(const char *text, ProtobufCMessage *,
                              const ProtobufCFieldDescriptor *, struct arena *);

/* A message as compact text, of the heap; *size is without its NUL. A packed one is written without
 * being decoded; null when it is malformed. */
char *json_of_message(const ProtobufCMessage *, size_t *size);
char *json_of_packed(const ProtobufCMessageDescriptor *, struct bytes packed, size_t *size);

#endif
