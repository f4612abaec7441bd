/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

/* ---- names */

const char *json_name(const ProtobufCFieldDescriptor *field, char name[JSON_NAME_SIZE])
{
    size_t n = 0;
    bool raise = false;
    for (const char *c = field->name; *c != '\0' && n < JSON_NAME_SIZE - 1; c++) {
        if (*c == '_') {
            raise = true;
            continue;
        }
        name[n++] = (char)(raise && *c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
        raise = false;
    }
    name[n] = '\0';
    return name;
}

/* Is `name` what JSON calls a field of the name `own`? */
static bool is_camel(const char *own, const char *name)
{
    bool raise = false;
    for (; *own != '\0'; own++) {
        if (*own == '_') {
            raise = true;
            continue;
        }
        char c = (char)(raise && *own >= 'a' && *own <= 'z' ? *own - 'a' + 'A' : *own);
        raise = false;
        if (*name++ != c)
            return false;
    }
    return *name == '\0';
}

const ProtobufCFieldDescriptor *json_field(const ProtobufCMessageDescriptor *type, const char *name)
{
    for (unsigned i = 0; i < type->n_fields; i++)
        if (is_camel(type->fields[i].name, name) || strcmp(name, type->fields[i].name) == 0)
            return &type->fields[i];
    return NULL;
}

ProtobufCMessage *json_new_message(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
    ProtobufCMessage *message = arena_alloc(arena, type->sizeof_message);
    protobuf_c_message_init(type, message);
    return message;
}

/* ---- the memory of values */

static _Thread_local struct arena *values; /* null until the first text */
static _Thread_local bool in_values;

static void *take(size_t size)
{
    return in_values ? arena_try(values, size) : malloc(size);
}

static void give_back(void *memory)
{
    if (!in_values)
        free(memory);
}

void json_values_begin(void)
{
    must(!in_values);
    if (values == NULL) {
        values = arena_new(JSON_VALUES_MAX);
        json_set_alloc_funcs(take, give_back);
    }
    in_values = true;
}

void json_values_end(void)
{
    in_values = false;
    arena_reset(values);
}
