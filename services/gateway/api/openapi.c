/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/openapi.h"

#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/csv.h"
#include "services/gateway/api/input.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/openapi_schema.h"
#include "services/gateway/api/routes.h"

enum { ID_SIZE = 120 };

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

static bool is_of_service(const struct api_route *route)
{
    return route->asked == ASKED_COMMAND || route->asked == ASKED_QUERY;
}

static bool needs_csrf_token(const struct api_route *route)
{
    return route_is_unsafe(route) && route->permission != PERMISSION_SIGN_IN;
}

static bool is_stream(const struct api_route *route)
{
    return route->asked == ASKED_EVENTS;
}

/* The headers that a request may have; each is text of a form. */
static const struct {
    const char *name, *format; /* null: of none that has a name */
    bool (*on)(const struct api_route *);
} headers[] = {
    {"Idempotency-Key", "uuid", route_takes_key},
    {"X-CSRF-Token", NULL, needs_csrf_token},
    {"Onedoor-Seen", NULL, is_of_service},
    {"Last-Event-ID", NULL, is_stream},
};

static void add_headers(const struct api_route *route, json_t *parameters)
{
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (headers[i].on(route))
            json_array_append_new(parameters, parameter(headers[i].name, "header", false,
                                                        json_pack("{ss ss*}", "type", "string",
                                                                  "format", headers[i].format)));
}

static void add_parameters(const struct api_route *route, json_t *parameters,
                           const struct openapi_schema_side *sent)
{
    char name[JSON_NAME_SIZE];
    for (unsigned i = 0; route->request != NULL && i < route->request->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &route->request->fields[i];
        bool scalar =
            field->label != PROTOBUF_C_LABEL_REPEATED && field->type != PROTOBUF_C_TYPE_MESSAGE;
        json_name(field, name);
        if (route_in_path(route, name))
            json_array_append_new(
                parameters,
                parameter(name, "path", true, openapi_schema_field(route->request, field, sent)));
        else if (!route_has_body(route) && scalar)
            json_array_append_new(parameters,
                                  parameter(name, "query",
                                            openapi_schema_must_be_sent(route->request, field) &&
                                                !input_fills_in(route, field),
                                            openapi_schema_field(route->request, field, sent)));
    }
    add_headers(route, parameters);
}

static json_t *content(const char *type, json_t *schema)
{
    return json_pack("{s{so}}", type, "schema", schema);
}

/* Can the request name something that does not exist, or has changed? */
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

/* Which refusals a route may give; `on` null: every route. */
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

static json_t *text_content(const char *type)
{
    return content(type, json_pack("{ss}", "type", "string"));
}

static json_t *success_of(const struct api_route *route, const struct openapi_schema_side *answered)
{
    if (is_stream(route))
        return text_content("text/event-stream");
    if (route->reply == NULL)
        return content("application/json", json_pack("{ss}", "type", "object"));
    json_t *types =
        content("application/json", openapi_schema_message_reference(route->reply, answered));
    if (route->reply == &onedoor__intake__get_piece_reply__descriptor)
        json_object_update_new(types, text_content("application/octet-stream"));
    if (csv_list(route->reply) != NULL) {
        json_object_update_new(types, text_content(CSV_TYPE));
        json_object_update_new(types, text_content(XLSX_TYPE));
    }
    return types;
}

static json_t *refusal(const char *status, const char *means)
{
    json_t *response =
        json_pack("{ss so}", "description", means, "content",
                  content("application/problem+json", openapi_schema_reference("Problem")));
    if (strcmp(status, "429") == 0 || strcmp(status, "503") == 0)
        json_object_set_new(response, "headers",
                            json_pack("{s{ss s{ss si}}}", "Retry-After", "description",
                                      "Seconds to wait", "schema", "type", "integer", "minimum",
                                      1));
    return response;
}

static json_t *responses_of(const struct api_route *route,
                            const struct openapi_schema_side *answered)
{
    json_t *responses = json_pack("{s{ss so}}", "200", "description", "Done", "content",
                                  success_of(route, answered));
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (refusals[i].on == NULL || refusals[i].on(route))
            json_object_set_new(responses, refusals[i].status,
                                refusal(refusals[i].status, refusals[i].means));
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

/* A request without a body is one whose fields are all absent. */
static json_t *body_of(const struct api_route *route, const struct openapi_schema_side *sent)
{
    json_t *schema = openapi_schema_message(route->request, route, sent);
    int required = json_array_size(json_object_get(schema, "required")) > 0;
    return json_pack("{sb so}", "required", required, "content",
                     content("application/json", schema));
}

static json_t *operation_of(const struct api_route *route, json_t *schemas)
{
    const struct openapi_schema_side sent = {schemas, true}, answered = {schemas, false};
    char id[ID_SIZE];
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
        json_object_set_new(operation, "requestBody", body_of(route, &sent));
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
        json_pack("{ss s{ss ss ss s{ss ss}} s[{ss}] s[{s[]} {s[]}] so s{so so}}", "openapi",
                  "3.1.0", "info", "title", "Onedoor", "version", "1", "description",
                  "The hall's API. 64-bit numbers are strings; instants are milliseconds since "
                  "1970-01-01 UTC, money is in fen.",
                  "license", "name", "Apache-2.0", "identifier", "Apache-2.0", "servers", "url",
                  API_ROOT, "security", "session", "token", "paths", paths, "components", "schemas",
                  schemas, "securitySchemes", security);
    must(document != NULL);
    return document;
}

void openapi_answer(struct exchange *exchange, const char *text)
{
    exchange_begin(exchange, 200);
    exchange_put(exchange, "Content-Type", "application/json");
    exchange_put(exchange, "Cache-Control", "no-store");
    exchange_finish(exchange, text, strlen(text));
}
