/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/openapi_schema.h"

#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/bounds.h"
#include "services/gateway/api/json.h"

enum { REFERENCE_SIZE = 160, NAME_MOST = 120, PATTERN_SIZE = 24 };

/* ---- schemas */

/* "intake.Item", "intake.ItemInput" */
static const char *schema_name(const char *type, const struct openapi_schema_side *side,
                               char name[NAME_MOST])
{
    static const char package[] = "onedoor.";
    size_t skipped = strncmp(type, package, sizeof package - 1) == 0 ? sizeof package - 1 : 0;
    snprintf(name, NAME_MOST, "%s%s", type + skipped, side->sent ? "Input" : "");
    return name;
}

/* "#/components/schemas/intake.Item" */
json_t *openapi_schema_reference(const char *name)
{
    char text[REFERENCE_SIZE];
    snprintf(text, sizeof text, "#/components/schemas/%s", name);
    return json_pack("{ss}", "$ref", text);
}

static json_t *enum_reference(const ProtobufCEnumDescriptor *type,
                              const struct openapi_schema_side *side)
{
    char name[NAME_MOST];
    if (json_object_get(side->schemas, schema_name(type->name, side, name)) == NULL) {
        json_t *values = json_array();
        for (unsigned i = 0; i < type->n_values; i++)
            if (type->values[i].value != 0 || !side->sent)
                json_array_append_new(values, json_string(type->values[i].name));
        json_object_set_new(side->schemas, name,
                            json_pack("{ss so}", "type", "string", "enum", values));
    }
    return openapi_schema_reference(name);
}

/* 64-bit numbers are strings, as the protobuf JSON mapping says; a request may have numbers too. */
static json_t *long_schema(const ProtobufCFieldDescriptor *field,
                           const struct openapi_schema_side *side)
{
    if (!side->sent)
        return json_pack("{ss ss ss}", "type", "string", "format", "int64", "pattern",
                         "^-?[0-9]{1,19}$");
    bool dashes = strcmp(field->name, "case_number") == 0;
    return json_pack("{s[ss] ss ss}", "type", "string", "integer", "format", "int64", "pattern",
                     dashes ? "^([0-9]{6}-[0-9]{6}-[0-9]|[0-9]{1,19})$" : "^-?[0-9]{1,19}$");
}

/* One value of a field. */
static json_t *value_schema(const ProtobufCFieldDescriptor *field,
                            const struct openapi_schema_side *side)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return json_pack("{ss}", "type", "boolean");
    case PROTOBUF_C_TYPE_STRING:
        return json_pack("{ss}", "type", "string");
    case PROTOBUF_C_TYPE_BYTES:
        return json_pack("{ss ss}", "type", "string", "contentEncoding", "base64");
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_DOUBLE:
        return json_pack("{ss}", "type", "number");
    case PROTOBUF_C_TYPE_ENUM:
        return enum_reference(field->descriptor, side);
    case PROTOBUF_C_TYPE_MESSAGE:
        return openapi_schema_message_reference(field->descriptor, side);
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return json_pack("{ss ss}", "type", "integer", "format", "int32");
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return json_pack("{ss ss si}", "type", "integer", "format", "uint32", "minimum", 0);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        return long_schema(field, side);
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return json_pack("{ss ss ss}", "type", "string", "format", "uint64", "pattern",
                         "^[0-9]{1,20}$");
    }
    panic("a field of an unknown type: %s", field->name);
}

/* ---- bounds of what is sent */

static void set_number(json_t *schema, const char *name, int64_t value)
{
    json_object_set_new(schema, name, json_integer(value));
}

/* The values of an enum that the field may have, where it may not have them all. */
static json_t *some_values(const ProtobufCEnumDescriptor *type, const struct bound *bound)
{
    json_t *values = json_array();
    for (unsigned i = 0; i < type->n_values; i++)
        if (type->values[i].value >= bound->least && type->values[i].value <= bound->most)
            json_array_append_new(values, json_string(type->values[i].name));
    return json_pack("{ss so}", "type", "string", "enum", values);
}

/* White space alone is no text. What is optional may also be empty, and nothing shorter. */
static void bound_text(json_t *schema, const struct bound *bound)
{
    char pattern[PATTERN_SIZE];
    set_number(schema, "minLength", bound->required ? bound->least : 0);
    set_number(schema, "maxLength", bound->most);
    if (!bound->required && bound->least > 1) {
        snprintf(pattern, sizeof pattern, "^(.{%d,})?$", (int)bound->least);
        json_object_set_new(schema, "pattern", json_string(pattern));
    } else if (bound->required && bound->kind != BOUND_AS_IS) {
        json_object_set_new(schema, "pattern", json_string("\\S"));
    }
}

static json_t *bounded_value(const ProtobufCFieldDescriptor *field, const struct bound *bound,
                             const struct openapi_schema_side *side)
{
    if (bound->kind == BOUND_ENUM && bound->most > 0)
        return some_values(field->descriptor, bound);
    json_t *schema = value_schema(field, side);
    if (bound_is_text(bound)) {
        bound_text(schema, bound);
    } else if (bound->kind == BOUND_NUMBER) {
        set_number(schema, "minimum", bound->required ? bound->least : 0);
        set_number(schema, "maximum", bound->most);
    }
    return schema;
}

json_t *openapi_schema_field(const ProtobufCMessageDescriptor *type,
                             const ProtobufCFieldDescriptor *field,
                             const struct openapi_schema_side *side)
{
    const struct bound *bound = side->sent ? bound_of(type, field->name) : NULL;
    json_t *value = bound == NULL ? value_schema(field, side) : bounded_value(field, bound, side);
    if (field->label != PROTOBUF_C_LABEL_REPEATED)
        return value;
    json_t *list = json_pack("{ss so}", "type", "array", "items", value);
    if (bound != NULL) {
        set_number(list, "minItems", bound->list_least);
        set_number(list, "maxItems", bound->list_most);
    }
    return list;
}

/* Whether a request without the field is refused. */
bool openapi_schema_must_be_sent(const ProtobufCMessageDescriptor *type,
                                 const ProtobufCFieldDescriptor *field)
{
    const struct bound *bound = bound_of(type, field->name);
    return bound != NULL &&
           (field->label == PROTOBUF_C_LABEL_REPEATED ? bound->list_least > 0 : bound->required);
}

/* What a request must have, and an answer has: it leaves out absent messages alone. */
static bool is_required(const ProtobufCMessageDescriptor *type,
                        const ProtobufCFieldDescriptor *field,
                        const struct openapi_schema_side *side)
{
    return side->sent ? openapi_schema_must_be_sent(type, field)
                      : field->type != PROTOBUF_C_TYPE_MESSAGE ||
                            field->label == PROTOBUF_C_LABEL_REPEATED;
}

/* A message without the fields that stand in the route's path; a null route: all fields. */
json_t *openapi_schema_message(const ProtobufCMessageDescriptor *type,
                               const struct api_route *route,
                               const struct openapi_schema_side *side)
{
    char name[JSON_NAME_SIZE];
    json_t *properties = json_object(), *required = json_array();
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (route != NULL && route_in_path(route, json_name(field, name)))
            continue;
        json_object_set_new(properties, json_name(field, name),
                            openapi_schema_field(type, field, side));
        if (is_required(type, field, side))
            json_array_append_new(required, json_string(name));
    }
    json_t *schema =
        json_pack("{ss so so}", "type", "object", "properties", properties, "required", required);
    if (side->sent)
        json_object_set_new(schema, "additionalProperties", json_false());
    return schema;
}

/* Messages have no cycles (docs/WIRE.md), so a schema is complete before it is referred to. */
json_t *openapi_schema_message_reference(const ProtobufCMessageDescriptor *type,
                                         const struct openapi_schema_side *side)
{
    char name[NAME_MOST];
    if (json_object_get(side->schemas, schema_name(type->name, side, name)) == NULL)
        json_object_set_new(side->schemas, name, openapi_schema_message(type, NULL, side));
    return openapi_schema_reference(name);
}
