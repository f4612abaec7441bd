/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/openapi.h"

#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/message.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/routes.h"

enum { REFERENCE_SIZE = 160, NAME_MOST = 120 };

/* ---- schemas */

static json_t *message_reference(const ProtobufCMessageDescriptor *, json_t *schemas);

/* "#/components/schemas/intake.Item" */
static json_t *reference(const char *name)
{
    char text[REFERENCE_SIZE];
    snprintf(text, sizeof text, "#/components/schemas/%s", name);
    return json_pack("{ss}", "$ref", text);
}

static json_t *enum_reference(const ProtobufCEnumDescriptor *type, json_t *schemas)
{
    const char *name = strncmp(type->name, "onedoor.", 8) == 0 ? type->name + 8 : type->name;
    if (json_object_get(schemas, name) == NULL) {
        json_t *values = json_array();
        for (unsigned i = 0; i < type->n_values; i++)
            json_array_append_new(values, json_string(type->values[i].name));
        json_object_set_new(schemas, name, json_pack("{ss so}", "type", "string", "enum", values));
    }
    return reference(name);
}

/* One value of a field. 64-bit numbers are strings, as the protobuf JSON mapping says; requests may
 * have numbers too. */
static json_t *value_schema(const ProtobufCFieldDescriptor *field, json_t *schemas)
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
        return enum_reference(field->descriptor, schemas);
    case PROTOBUF_C_TYPE_MESSAGE:
        return message_reference(field->descriptor, schemas);
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
        return json_pack("{ss ss ss}", "type", "string", "format", "int64", "pattern",
                         "^-?[0-9]{1,19}$");
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return json_pack("{ss ss ss}", "type", "string", "format", "uint64", "pattern",
                         "^[0-9]{1,20}$");
    }
    panic("a field of an unknown type: %s", field->name);
}

static json_t *field_schema(const ProtobufCFieldDescriptor *field, json_t *schemas)
{
    json_t *value = value_schema(field, schemas);
    return field->label == PROTOBUF_C_LABEL_REPEATED
               ? json_pack("{ss so}", "type", "array", "items", value)
               : value;
}

/* A message without the fields that stand in the route's path; a null route: all fields. */
static json_t *message_schema(const ProtobufCMessageDescriptor *type, const struct api_route *route,
                              json_t *schemas)
{
    char name[JSON_NAME_SIZE];
    json_t *properties = json_object();
    for (unsigned i = 0; i < type->n_fields; i++) {
        json_name(&type->fields[i], name);
        if (route == NULL || !route_in_path(route, name))
            json_object_set_new(properties, name, field_schema(&type->fields[i], schemas));
    }
    return json_pack("{ss so sb}", "type", "object", "properties", properties,
                     "additionalProperties", 0);
}

/* Messages have no cycles (docs/WIRE.md), so a schema is complete before it is referred to. */
static json_t *message_reference(const ProtobufCMessageDescriptor *type, json_t *schemas)
{
    const char *name = message_type(type);
    if (json_object_get(schemas, name) == NULL)
        json_object_set_new(schemas, name, message_schema(type, NULL, schemas));
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

static void add_parameters(const struct api_route *route, json_t *parameters, json_t *schemas)
{
    char name[JSON_NAME_SIZE];
    for (unsigned i = 0; route->request != NULL && i < route->request->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &route->request->fields[i];
        bool scalar =
            field->label != PROTOBUF_C_LABEL_REPEATED && field->type != PROTOBUF_C_TYPE_MESSAGE;
        json_name(field, name);
        if (route_in_path(route, name))
            json_array_append_new(parameters,
                                  parameter(name, "path", true, field_schema(field, schemas)));
        else if (!route_has_body(route) && scalar)
            json_array_append_new(parameters,
                                  parameter(name, "query", false, field_schema(field, schemas)));
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

static json_t *responses_of(const struct api_route *route, json_t *schemas)
{
    json_t *good = route->asked == ASKED_EVENTS
                       ? content("text/event-stream", json_pack("{ss}", "type", "string"))
                   : route->reply == NULL
                       ? content("application/json", json_pack("{ss}", "type", "object"))
                       : content("application/json", message_reference(route->reply, schemas));
    json_t *refused = content("application/problem+json", reference("Problem"));
    return json_pack("{s{ss so} s{ss so}}", "200", "description", "Done", "content", good,
                     "default", "description", "Refused", "content", refused);
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
    char id[NAME_MOST];
    const char *name = route->request != NULL         ? message_type(route->request)
                       : route->asked == ASKED_EVENTS ? "events"
                                                      : "openapi";
    json_t *parameters = json_array();
    snprintf(id, sizeof id, "%s", name);
    add_parameters(route, parameters, schemas);
    json_t *operation = json_pack(
        "{ss ss s[s#] so so ss so}", "operationId", id, "summary", route->summary, "tags", id,
        (int)strcspn(id, "."), "parameters", parameters, "responses", responses_of(route, schemas),
        "x-permission", permission_name(route->permission), "x-roles", roles_of(route));
    must(operation != NULL);
    if (route_has_body(route))
        json_object_set_new(
            operation, "requestBody",
            json_pack("{so}", "content",
                      content("application/json", message_schema(route->request, route, schemas))));
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

json_t *openapi_document(void)
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
                  "onedoor_session", "token", "type", "http", "scheme", "bearer");
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
