/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/live/departments.h"

#include <string.h>

#include "common/wire/wire.h"

static bool names_department(const ProtobufCFieldDescriptor *field)
{
    return field->type == PROTOBUF_C_TYPE_STRING && field->label != PROTOBUF_C_LABEL_REPEATED &&
           strcmp(field->name, "department") == 0;
}

bool departments_of_packed(const ProtobufCMessageDescriptor *type, struct bytes packed,
                           void (*found)(void *, struct bytes), void *context)
{
    struct wire_walk walk = wire_begin(packed);
    while (walk.at < walk.end) {
        struct wire_value value;
        enum wire_kind kind;
        uint32_t id = wire_tag(&walk, &kind);
        if (id == 0 || !wire_value(&walk, kind, &value))
            return false;
        const ProtobufCFieldDescriptor *field =
            kind == WIRE_BYTES ? protobuf_c_message_descriptor_get_field(type, id) : NULL;
        if (field == NULL)
            continue;
        if (field->type == PROTOBUF_C_TYPE_MESSAGE &&
            !departments_of_packed(field->descriptor, value.bytes, found, context))
            return false;
        if (names_department(field) && value.bytes.len > 0)
            found(context, value.bytes);
    }
    return true;
}

struct search {
    const char *department;
    size_t length;
    bool found;
};

static void compare(void *context, struct bytes department)
{
    struct search *search = context;
    search->found |= department.len == search->length &&
                     memcmp(department.data, search->department, search->length) == 0;
}

bool departments_include(const ProtobufCMessageDescriptor *type, struct bytes packed,
                         const char *department)
{
    struct search search = {department, strlen(department), false};
    return departments_of_packed(type, packed, compare, &search) && search.found;
}
