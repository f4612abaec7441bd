/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds.h"

#include <inttypes.h>
#include <string.h>
#include <unistr.h>

#include "common/values/case_number.h"
#include "common/values/day.h"
#include "common/values/tidy.h"

const struct bounds *const bounds_tables[] = {
    bounds_approval, bounds_intake,      bounds_routing,
    bounds_charging, bounds_supervision, bounds_reporting,
    bounds_envelope, bounds_gateway,     NULL,
};

/* Where a field stands, for the refusal. */
struct place {
    const struct place *outer; /* null: the request itself */
    const char *field;
    long index; /* -1: not in a list */
    struct arena *arena;
};

const struct bounds *bounds_of(const ProtobufCMessageDescriptor *message)
{
    for (size_t i = 0; bounds_tables[i] != NULL; i++)
        for (const struct bounds *bounds = bounds_tables[i]; bounds->message != NULL; bounds++)
            if (bounds->message == message)
                return bounds;
    return NULL;
}

const struct bound *bound_of(const ProtobufCMessageDescriptor *message, const char *field)
{
    const struct bounds *bounds = bounds_of(message);
    for (const struct bound *row = bounds == NULL ? NULL : bounds->rows;
         row != NULL && row->field != NULL; row++)
        if (strcmp(row->field, field) == 0)
            return row;
    return NULL;
}

bool bound_is_text(const struct bound *bound)
{
    return bound->kind >= BOUND_NAME;
}

/* ---- refusals */

static const char *path_of(const struct place *place)
{
    const char *path = place->index < 0
                           ? place->field
                           : arena_printf(place->arena, "%s[%ld]", place->field, place->index);
    return place->outer == NULL ? path
                                : arena_printf(place->arena, "%s.%s", path_of(place->outer), path);
}

static struct outcome wrong(const struct place *place, const char *detail)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, path_of(place), detail);
}

static struct outcome missing(const struct place *place, const struct bound *bound)
{
    return invalid(bound->missing == 0 ? ONEDOOR__REASON__FIELD_MISSING : bound->missing,
                   path_of(place), "must be given");
}

/* "must be 1 to 99", "must be 18 characters" */
static struct outcome out_of(const struct place *place, const char *must, int64_t least,
                             int64_t most, const char *what)
{
    return wrong(place, least == most
                            ? arena_printf(place->arena, "%s %" PRId64 "%s", must, most, what)
                            : arena_printf(place->arena, "%s %" PRId64 " to %" PRId64 "%s", must,
                                           least, most, what));
}

/* ---- values */

static const enum tidy tidied_as[] = {
    [BOUND_NAME] = TIDY_NAME,          [BOUND_DOCUMENT] = TIDY_DOCUMENT, [BOUND_PHONE] = TIDY_PHONE,
    [BOUND_PRINTED_PHONE] = TIDY_LINE, [BOUND_CODE] = TIDY_LINE,         [BOUND_LINE] = TIDY_LINE,
    [BOUND_TEXT] = TIDY_TEXT,
};

/* Tidied first, so that white space alone is nothing. */
static struct outcome check_text(const struct place *place, const struct bound *bound,
                                 const char **member)
{
    if (bound->kind != BOUND_AS_IS)
        *member = tidy(tidied_as[bound->kind], *member, place->arena);
    const char *text = *member;
    size_t bytes = strlen(text);
    if (bytes == 0)
        return bound->required ? missing(place, bound) : OUTCOME_OK;
    if (!tidy_is_clean(text))
        return wrong(place, "must have no control or direction characters");
    size_t characters = u8_mbsnlen((const uint8_t *)text, bytes);
    if (characters < (size_t)bound->least || characters > (size_t)bound->most)
        return out_of(place, "must be", bound->least, bound->most, " characters");
    if ((bound->kind == BOUND_PHONE || bound->kind == BOUND_PRINTED_PHONE) &&
        strspn(text, "0123456789+-") < bytes)
        return wrong(place, "must be digits, + and - alone");
    return OUTCOME_OK;
}

static int64_t number_of(const ProtobufCFieldDescriptor *field, const void *member)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT64:
        return *(const int64_t *)member;
    case PROTOBUF_C_TYPE_UINT32:
        return *(const uint32_t *)member;
    default:
        return *(const int32_t *)member;
    }
}

static struct outcome check_enum(const struct place *place, const struct bound *bound,
                                 const ProtobufCEnumDescriptor *type, int64_t value)
{
    bool in_range = bound->most == 0 || (value >= bound->least && value <= bound->most);
    if (!in_range || protobuf_c_enum_descriptor_get_value(type, (int)value) == NULL)
        return wrong(place, "no such value");
    return OUTCOME_OK;
}

static struct outcome check_number(const struct place *place, const struct bound *bound,
                                   const ProtobufCFieldDescriptor *field, int64_t value)
{
    if (value == 0)
        return bound->required ? missing(place, bound) : OUTCOME_OK;
    switch (bound->kind) {
    case BOUND_CASE:
        return case_number_valid(value)
                   ? OUTCOME_OK
                   : invalid(ONEDOOR__REASON__UNKNOWN_CASE, path_of(place),
                             "no case has this number: its check digit is wrong");
    case BOUND_INSTANT:
        return value > 0 && value <= INSTANT_MAX_MS ? OUTCOME_OK
                                                    : wrong(place, "is no instant of the calendar");
    case BOUND_ENUM:
        return check_enum(place, bound, field->descriptor, value);
    default:
        return value >= bound->least && value <= bound->most
                   ? OUTCOME_OK
                   : out_of(place, "must be", bound->least, bound->most, "");
    }
}

/* ---- messages */

static struct outcome check_fields(const struct place *outer, const struct bounds *,
                                   ProtobufCMessage *, struct arena *);

static struct outcome check_value(const struct place *place, const struct bound *bound,
                                  const ProtobufCFieldDescriptor *field, void *member)
{
    if (field->type == PROTOBUF_C_TYPE_STRING)
        return check_text(place, bound, (const char **)member);
    if (field->type != PROTOBUF_C_TYPE_MESSAGE)
        return check_number(place, bound, field, number_of(field, member));
    ProtobufCMessage *message = *(ProtobufCMessage **)member;
    if (message == NULL)
        return bound->required ? missing(place, bound) : OUTCOME_OK;
    return check_fields(place, bounds_of(message->descriptor), message, place->arena);
}

static size_t element_size(const ProtobufCFieldDescriptor *field)
{
    return field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE ||
                   field->type == PROTOBUF_C_TYPE_INT64
               ? 8
               : 4;
}

static struct outcome check_list(struct place *place, const struct bound *bound,
                                 const ProtobufCFieldDescriptor *field, ProtobufCMessage *message)
{
    size_t n = *(size_t *)(void *)((char *)message + field->quantifier_offset);
    char *elements = *(char **)(void *)((char *)message + field->offset);
    if (n == 0 && bound->list_least > 0)
        return missing(place, bound);
    if (n < (size_t)bound->list_least || n > (size_t)bound->list_most)
        return out_of(place, "must have", bound->list_least, bound->list_most, " elements");
    for (size_t i = 0; i < n; i++) {
        place->index = (long)i;
        struct outcome outcome =
            check_value(place, bound, field, elements + i * element_size(field));
        if (!is_ok(outcome))
            return outcome;
    }
    return OUTCOME_OK;
}

/* The rows are in the order of the fields, so both are walked once. */
static struct outcome check_fields(const struct place *outer, const struct bounds *bounds,
                                   ProtobufCMessage *message, struct arena *arena)
{
    const struct bound *row = bounds == NULL ? NULL : bounds->rows;
    const ProtobufCMessageDescriptor *type = message->descriptor;
    for (unsigned i = 0; i < type->n_fields && row != NULL && row->field != NULL; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (strcmp(row->field, field->name) != 0)
            continue;
        struct place place = {outer, field->name, -1, arena};
        struct outcome outcome =
            field->label == PROTOBUF_C_LABEL_REPEATED
                ? check_list(&place, row, field, message)
                : check_value(&place, row, field, (char *)message + field->offset);
        if (!is_ok(outcome))
            return outcome;
        row++;
    }
    return OUTCOME_OK;
}

struct outcome bounds_apply(ProtobufCMessage *message, struct arena *arena)
{
    return check_fields(NULL, bounds_of(message->descriptor), message, arena);
}

struct outcome bounds_rule(const struct check *checks, const ProtobufCMessage *message,
                           struct arena *arena)
{
    for (; checks != NULL && checks->message != NULL; checks++)
        if (checks->message == message->descriptor)
            return checks->check(message, arena);
    return OUTCOME_OK;
}
