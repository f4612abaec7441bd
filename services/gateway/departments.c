/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/departments.h"

#include <string.h>

static void look_at(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                    void (*found)(void *, const char *), void *context)
{
    const char *member = (const char *)message + field->offset;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t n = *(const size_t *)((const char *)message + field->quantifier_offset);
        ProtobufCMessage *const *list = *(ProtobufCMessage * *const *)member;
        for (size_t i = 0; i < n; i++)
            departments_of(list[i], found, context);
    } else if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        const ProtobufCMessage *inner = *(ProtobufCMessage *const *)member;
        if (inner != NULL)
            departments_of(inner, found, context);
    } else if (field->type == PROTOBUF_C_TYPE_STRING && field->label != PROTOBUF_C_LABEL_REPEATED &&
               strcmp(field->name, "department") == 0) {
        const char *text = *(char *const *)member;
        if (text != NULL && text[0] != '\0')
            found(context, text);
    }
}

void departments_of(const ProtobufCMessage *message, void (*found)(void *, const char *),
                    void *context)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++)
        look_at(message, &message->descriptor->fields[i], found, context);
}

struct search {
    const char *department;
    bool found;
};

static void compare(void *context, const char *department)
{
    struct search *search = context;
    search->found |= strcmp(department, search->department) == 0;
}

bool departments_include(const ProtobufCMessage *message, const char *department)
{
    struct search search = {department, false};
    departments_of(message, compare, &search);
    return search.found;
}
