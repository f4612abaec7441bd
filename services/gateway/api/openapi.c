/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/openapi.h"

#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/bounds.h"
#include "common/wire/message.h"
#include "services/gateway/api/input.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/routes.h"

enum { REFERENCE_SIZE = 160, NAME_MOST = 120 };

/* What is sent is checked more strictly than what is answered: it has no unknown field and no value
 * 0 of an enum, while an answer has every field, may have such a value, and may have more fields
 * one day. So a type has two schemas; that of requests has "Input" behind its name. */
struct side {
    json_t *schemas;
    bool sent;
};

/* ---- schemas */

static json_t *message_reference(const ProtobufCMessageDescriptor *, const struct side *);

/* "intake.Item", "intake.ItemInput" */
static const char *schema_name(const char *type, const struct side *side, char name[NAME_MOST])
{
    static const char package[] = "onedoor.";
    size_t skipped = strncmp(type, package, sizeof package - 1) == 0 ? sizeof package - 1 : 0;
    snprintf(name, NAME_MOST, "%s%s", type + skipped, side->sent ? "Input" : "");
    return name;
}

/* "#/components/schemas/intake.Item" */
static json_t *reference(const char *name)
{
    char text[REFERENCE_SIZE];
    snprintf(text, sizeof text, "#/components/schemas/%s", name);
    return json_pack("{ss}", "$ref", text);
}

static json_t *enum_reference(const ProtobufCEnumDescriptor *type, const struct side *side)
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
    return reference(name);
}

/* 64-bit numbers are strings, as the protobuf JSON mapping says; requests may have numbers too. */
static json_t *long_schema(const ProtobufCFieldDescriptor *field, const struct side *side)
{
    bool dashes = side->sent && strcmp(field->name, "case_number") == 0;
    return json_pack("{ss ss ss}", "type", "string", "format", "int64", "pattern",
                     dashes ? "^([0-9]{6}-[0-9]{6}-[0-9]|[0-9]{1,19})$" : "^-?[0-9]{1,19}$");
}

/* One value of a field. */
static json_t *value_schema(const ProtobufCFieldDescriptor *field, const struct side *side)
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
        return message_reference(field->descriptor, side);
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

static json_t *bounded_value(const ProtobufCFieldDescriptor *field, const struct bound *bound,
                             const struct side *side)
{
    if (bound->kind == BOUND_ENUM && bound->most > 0)
        return some_values(field->descriptor, bound);
    json_t *schema = value_schema(field, side);
    if (bound_is_text(bound)) {
        set_number(schema, "minLength", bound->required ? bound->least : 0);
        set_number(schema, "maxLength", bound->most);
    } else if (bound->kind == BOUND_NUMBER && field->type != PROTOBUF_C_TYPE_INT64) {
        set_number(schema, "minimum", bound->required ? bound->least : 0);
        set_number(schema, "maximum", bound->most);
    }
    return schema;
}

static json_t *field_schema(const ProtobufCMessageDescriptor *type,
                            const ProtobufCFieldDescriptor *field, const struct side *side)
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
static bool must_be_sent(const ProtobufCMessageDescriptor *type,
                         const ProtobufCFieldDescriptor *field)
{
    const struct bound *bound = bound_of(type, field->name);
    return bound != NULL &&
           (field->label == PROTOBUF_C_LABEL_REPEATED ? bound->list_least > 0 : bound->required);
}

/* What a request must have, and an answer has: it leaves out absent messages alone. */
static bool is_required(const ProtobufCMessageDescriptor *type,
                        const ProtobufCFieldDescriptor *field, const struct side *side)
{
    return side->sent ? must_be_sent(type, field)
                      : field->type != PROTOBUF_C_TYPE_MESSAGE ||
                            field->label == PROTOBUF_C_LABEL_REPEATED;
}

/* A message without the fields that stand in the route's path; a null route: all fields. */
static json_t *message_schema(const ProtobufCMessageDescriptor *type, const struct api_route *route,
                              const struct side *side)
{
    char name[JSON_NAME_SIZE];
    json_t *properties = json_object(), *required = json_array();
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (route != NULL && route_in_path(route, json_name(field, name)))
            continue;
        json_object_set_new(properties, json_name(field, name), field_schema(type, field, side));
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
static json_t *message_reference(const ProtobufCMessageDescriptor *type, const struct side *side)
{
    char name[NAME_MOST];
    if (json_object_get(side->schemas, schema_name(type->name, side, name)) == NULL)
        json_object_set_new(side->schemas, name, message_schema(type, NULL, side));
    return reference(name);
}

static json_t *problem_schema(void)
{
    return json_pack("{ss s{s{ss} s{ss} s{ss} s{ss} s{ss} s{ss}} s[ssss]}", "type", "object",
                     "properties", "type", "type", "string", "title", "type", "string", "status",
                     "type", "integer", "detail", "type", "string", "reason", "type", "string",
                     "field", "type", "string", "required", "type", "title", "status", "reason");
}

/* ---- operations */

static json_t *parameter(const char *name, const char *where, bool required, json_t *schema)
{
    return json_pack("{ss ss sb so}", "name", name, "in", where, "required", required ? 1 : 0,
                     "schema", schema);
}

static void add_parameters(const struct api_route *route, json_t *parameters,
                           const struct side *sent)
{
    char name[JSON_NAME_SIZE];
    for (unsigned i = 0; route->request != NULL && i < route->request->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &route->request->fields[i];
        bool scalar =
            field->label != PROTOBUF_C_LABEL_REPEATED && field->type != PROTOBUF_C_TYPE_MESSAGE;
        json_name(field, name);
        if (route_in_path(route, name))
            json_array_append_new(parameters, parameter(name, "path", true,
                                                        field_schema(route->request, field, sent)));
        else if (!route_has_body(route) && scalar)
            json_array_append_new(parameters, parameter(name, "query",
                                                        must_be_sent(route->request, field) &&
                                                            !input_fills_in(route, field),
                                                        field_schema(route->request, field, sent)));
    }
    if (route_takes_key(route))
        json_array_append_new(parameters,
                              parameter("Idempotency-Key", "header", false,
                                        json_pack("{ss ss}", "type", "string", "format", "uuid")));
    if (route->asked == ASKED_EVENTS)
        json_array_append_new(parameters, parameter("Last-Event-ID", "header", false,
                                                    json_pack("{ss}", "type", "string")));
    if (route_is_unsafe(route) && route->permission != PERMISSION_SIGN_IN)
        json_array_append_new(parameters, parameter("X-CSRF-Token", "header", false,
                                                    json_pack("{ss}", "type", "string")));
}

static json_t *content(const char *type, json_t *schema)
{
    return json_pack("{s{so}}", type, "schema", schema);
}

/* Does it speak of something that may not be there, or not be as the request supposes? */
static bool has_object(const struct api_route *route)
{
    return strchr(route->path, '{') != NULL || route_has_body(route) ||
           (route->request != NULL && (json_field(route->request, "item") != NULL ||
                                       json_field(route->request, "caseNumber") != NULL));
}

static bool is_guarded(const struct api_route *route)
{
    return !permission_given(route->permission, ONEDOOR__ROLE__ROLE_UNSPECIFIED) ||
           route_is_unsafe(route);
}

static bool is_of_service(const struct api_route *route)
{
    return route->asked == ASKED_COMMAND || route->asked == ASKED_QUERY;
}

/* Which refusals a route may give; `on` null: each may. */
static const struct {
    const char *status, *means;
    bool (*on)(const struct api_route *);
} refusals[] = {
    {"400", "The request is wrong; `field` says where", NULL},
    {"401", "Sign in, or sign in again", NULL},
    {"403", "Not yours to do", is_guarded},
    {"404", "There is no such thing", has_object},
    {"409", "A rule of the hall is against it", has_object},
    {"413", "Too large", route_has_body},
    {"422", "The Idempotency-Key was used for another request", route_takes_key},
    {"429", "Too many requests; see Retry-After", NULL},
    {"503", "Not now; ask again with the same key", NULL},
    {"504", "No answer yet; ask again with the same key", is_of_service},
    {"default", "Refused", NULL},
};

static json_t *success_of(const struct api_route *route, const struct side *answered)
{
    if (route->asked == ASKED_EVENTS)
        return content("text/event-stream", json_pack("{ss}", "type", "string"));
    return content("application/json", route->reply == NULL
                                           ? json_pack("{ss}", "type", "object")
                                           : message_reference(route->reply, answered));
}

static json_t *responses_of(const struct api_route *route, const struct side *answered)
{
    json_t *responses = json_pack("{s{ss so}}", "200", "description", "Done", "content",
                                  success_of(route, answered));
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (refusals[i].on == NULL || refusals[i].on(route))
            json_object_set_new(
                responses, refusals[i].status,
                json_pack("{ss so}", "description", refusals[i].means, "content",
                          content("application/problem+json", reference("Problem"))));
    return responses;
}

static json_t *roles_of(const struct api_route *route)
{
    json_t *roles = json_array();
    for (int role = 0; role < ROLES; role++)
        if (permission_given(route->permission, (Onedoor__Role)role))
            json_array_append_new(roles,
                                  json_string(role == 0 ? "ANYONE"
                                                        : protobuf_c_enum_descriptor_get_value(
                                                              &onedoor__role__descriptor, role)
                                                              ->name));
    return roles;
}

static json_t *operation_of(const struct api_route *route, json_t *schemas)
{
    const struct side sent = {schemas, true}, answered = {schemas, false};
    char id[NAME_MOST];
    const char *name = route->request != NULL         ? message_type(route->request)
                       : route->asked == ASKED_EVENTS ? "events"
                                                      : "openapi";
    json_t *parameters = json_array();
    snprintf(id, sizeof id, "%s", name);
    add_parameters(route, parameters, &sent);
    json_t *operation =
        json_pack("{ss ss s[s#] so so ss so}", "operationId", id, "summary", route->summary, "tags",
                  id, (int)strcspn(id, "."), "parameters", parameters, "responses",
                  responses_of(route, &answered), "x-permission",
                  permission_name(route->permission), "x-roles", roles_of(route));
    must(operation != NULL);
    if (route_has_body(route))
        json_object_set_new(
            operation, "requestBody",
            json_pack("{so}", "content",
                      content("application/json", message_schema(route->request, route, &sent))));
    if (permission_given(route->permission, ONEDOOR__ROLE__ROLE_UNSPECIFIED))
        json_object_set_new(operation, "security", json_array());
    return operation;
}

static const char *lower(const char *method)
{
    return strcmp(method, "GET") == 0    ? "get"
           : strcmp(method, "POST") == 0 ? "post"
           : strcmp(method, "PUT") == 0  ? "put"
                                         : "delete";
}

json_t *openapi_document(const char *cookie_name)
{
    json_t *paths = json_object(), *schemas = json_object();
    json_object_set_new(schemas, "Problem", problem_schema());
    for (const struct api_route *route = api_routes; route->method != NULL; route++) {
        if (json_object_get(paths, route->path) == NULL)
            json_object_set_new(paths, route->path, json_object());
        json_object_set_new(json_object_get(paths, route->path), lower(route->method),
                            operation_of(route, schemas));
    }
    json_t *security =
        json_pack("{s{ss ss ss} s{ss ss}}", "session", "type", "apiKey", "in", "cookie", "name",
                  cookie_name, "token", "type", "http", "scheme", "bearer");
    json_t *document =
        json_pack("{ss s{ss ss ss} s[{ss}] s[{s[]} {s[]}] so s{so so}}", "openapi", "3.1.0", "info",
                  "title", "Onedoor", "version", "1", "description",
                  "The hall's API. 64-bit numbers are strings; instants are milliseconds since "
                  "1970-01-01 UTC, money is in fen.",
                  "servers", "url", API_ROOT, "security", "session", "token", "paths", paths,
                  "components", "schemas", schemas, "securitySchemes", security);
    must(document != NULL);
    return document;
}
