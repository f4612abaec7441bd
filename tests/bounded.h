/* SPDX-License-Identifier: Apache-2.0 */
/* bounded.h: whether a request says of each of its fields what it must be. Include after cmocka.h.
 */
#ifndef TESTS_BOUNDED_H
#define TESTS_BOUNDED_H

#include "common/wire/bounds.h"

#include <string.h>

static inline void assert_kind(const ProtobufCMessageDescriptor *type,
                               const ProtobufCFieldDescriptor *field, const struct bound *bound)
{
    bool fits = field->type == PROTOBUF_C_TYPE_STRING    ? bound_is_text(bound)
                : field->type == PROTOBUF_C_TYPE_MESSAGE ? bound->kind == BOUND_MESSAGE
                : field->type == PROTOBUF_C_TYPE_ENUM    ? bound->kind == BOUND_ENUM
                                                         : bound->kind < BOUND_ENUM;
    bool is_case = bound->kind == BOUND_CASE;
    bool ranged = bound->kind != BOUND_NUMBER && !bound_is_text(bound);
    if (!fits || is_case != (strcmp(field->name, "case_number") == 0) ||
        (!ranged && (bound->least < 1 || bound->most < bound->least)) ||
        (field->label == PROTOBUF_C_LABEL_REPEATED) != (bound->list_most > 0))
        fail_msg("%s.%s has bounds that are not for such a field", type->name, field->name);
}

/* Bytes have no row: how many there must be, their handler says. The rows are in the order of the
 * fields, or the check would pass over some. */
static inline void assert_bounded(const ProtobufCMessageDescriptor *type)
{
    const struct bounds *bounds = bounds_of(type);
    if (bounds == NULL)
        fail_msg("%s has no bounds", type->name);
    const struct bound *row = bounds->rows;
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (row != NULL && row->field != NULL && strcmp(row->field, field->name) == 0)
            assert_kind(type, field, row++);
        else if (field->type != PROTOBUF_C_TYPE_BOOL && field->type != PROTOBUF_C_TYPE_BYTES)
            fail_msg("%s.%s has no bounds", type->name, field->name);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE)
            assert_bounded(field->descriptor);
    }
    if (row != NULL && row->field != NULL)
        fail_msg("%s.%s has bounds, and is not a field, or not in its place", type->name,
                 row->field);
}

#endif
