/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/system/described.h"

#include <stdio.h>
#include <string.h>

/* ---- schemas */

static bool has_type(const json_t *value, const char *type)
{
    return strcmp(type, "object") == 0    ? json_is_object(value)
           : strcmp(type, "array") == 0   ? json_is_array(value)
           : strcmp(type, "string") == 0  ? json_is_string(value)
           : strcmp(type, "integer") == 0 ? json_is_integer(value)
           : strcmp(type, "boolean") == 0 ? json_is_boolean(value)
                                          : json_is_number(value);
}

static bool is_listed(json_t *list, const char *text)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), text) == 0)
            return true;
    return false;
}

static bool conforms(json_t *document, json_t *value, json_t *schema);

static bool members_conform(json_t *document, json_t *object, json_t *schema)
{
    json_t *required = json_object_get(schema, "required"), *value;
    json_t *properties = json_object_get(schema, "properties");
    const char *name;
    for (size_t i = 0; i < json_array_size(required); i++)
        if (json_object_get(object, json_string_value(json_array_get(required, i))) == NULL)
            return false;
    json_object_foreach(object, name, value)
    {
        json_t *property = json_object_get(properties, name);
        if (property == NULL ? json_is_false(json_object_get(schema, "additionalProperties"))
                             : !conforms(document, value, property))
            return false;
    }
    return true;
}

/* A schema, or the one that it refers to. */
static json_t *whole(json_t *document, json_t *schema)
{
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    json_t *schemas = json_object_get(json_object_get(document, "components"), "schemas");
    return reference == NULL
               ? schema
               : json_object_get(schemas, reference + strlen("#/components/schemas/"));
}

/* `types` is one, or a list of those that it may have. */
static bool has_one_of(const json_t *value, json_t *types)
{
    if (json_is_string(types))
        return has_type(value, json_string_value(types));
    for (size_t i = 0; i < json_array_size(types); i++)
        if (has_type(value, json_string_value(json_array_get(types, i))))
            return true;
    return false;
}

static bool conforms(json_t *document, json_t *value, json_t *schema)
{
    schema = whole(document, schema);
    json_t *values = json_object_get(schema, "enum");
    if (schema == NULL || !has_one_of(value, json_object_get(schema, "type")))
        return false;
    if (values != NULL && !is_listed(values, json_string_value(value)))
        return false;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!conforms(document, json_array_get(value, i), json_object_get(schema, "items")))
            return false;
    return !json_is_object(value) || members_conform(document, value, schema);
}

/* ---- operations */

static json_t *operation_of(json_t *document, const char *method, const char *path)
{
    static const char *const methods[][2] = {
        {"GET", "get"}, {"POST", "post"}, {"PUT", "put"}, {"DELETE", "delete"}};
    json_t *operations = json_object_get(json_object_get(document, "paths"), path);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (strcmp(method, methods[i][0]) == 0)
            return json_object_get(operations, methods[i][1]);
    return NULL;
}

/* The schema of a request's body, or of a response. */
static json_t *schema_of(json_t *part)
{
    json_t *content = json_object_get(part, "content");
    return json_object_get(json_object_get(content, "application/json"), "schema");
}

bool described_request(json_t *document, const char *method, const char *path, json_t *body)
{
    json_t *operation = operation_of(document, method, path);
    return conforms(document, body, schema_of(json_object_get(operation, "requestBody")));
}

bool described_answer(json_t *document, const char *method, const char *path, json_t *body)
{
    json_t *responses = json_object_get(operation_of(document, method, path), "responses");
    return conforms(document, body, schema_of(json_object_get(responses, "200")));
}

bool described_status(json_t *document, const char *method, const char *path, int status)
{
    json_t *responses = json_object_get(operation_of(document, method, path), "responses");
    char name[8];
    snprintf(name, sizeof name, "%d", status);
    return json_object_get(responses, name) != NULL;
}

/* ---- required members */

static const char *not_refused_without(json_t *document, json_t *object, json_t *schema,
                                       const struct described_ask *ask);

static const char *within(json_t *document, json_t *value, json_t *schema,
                          const struct described_ask *ask)
{
    schema = whole(document, schema);
    if (json_is_object(value))
        return not_refused_without(document, value, schema, ask);
    json_t *first = json_array_get(value, 0); /* null: none, or no list */
    return first == NULL ? NULL : within(document, first, json_object_get(schema, "items"), ask);
}

static const char *not_refused_without(json_t *document, json_t *object, json_t *schema,
                                       const struct described_ask *ask)
{
    json_t *required = json_object_get(schema, "required");
    json_t *properties = json_object_get(schema, "properties");
    for (size_t i = 0; i < json_array_size(required); i++) {
        const char *name = json_string_value(json_array_get(required, i));
        json_t *value = json_incref(json_object_get(object, name));
        json_object_del(object, name);
        bool refused = ask->is_refused(ask->context, ask->body);
        json_object_set_new(object, name, value);
        if (!refused)
            return name;
        const char *inner = within(document, value, json_object_get(properties, name), ask);
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

const char *described_required(json_t *document, const char *method, const char *path,
                               const struct described_ask *ask)
{
    json_t *operation = operation_of(document, method, path);
    return within(document, ask->body, schema_of(json_object_get(operation, "requestBody")), ask);
}
