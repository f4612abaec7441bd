/* SPDX-License-Identifier: Apache-2.0 */
/* The OpenAPI document says the same as the table of routes, and what the gateway enforces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "services/gateway/api/openapi.h"
#include "services/gateway/api/routes.h"

/* Every "$ref" below leads to a schema that is there. */
static void references_lead_somewhere(const json_t *at, const json_t *schemas)
{
    const char *name;
    json_t *value;
    size_t i;
    if (json_is_array(at))
        json_array_foreach(at, i, value) references_lead_somewhere(value, schemas);
    if (!json_is_object(at))
        return;
    json_object_foreach((json_t *)at, name, value)
    {
        if (strcmp(name, "$ref") == 0 &&
            json_object_get(schemas, json_string_value(value) + strlen("#/components/schemas/")) ==
                NULL)
            fail_msg("%s leads nowhere", json_string_value(value));
        references_lead_somewhere(value, schemas);
    }
}

static void the_document_is_in_step_with_the_table(void **state)
{
    json_t *document = openapi_document("onedoor_session"),
           *paths = json_object_get(document, "paths"), *methods, *operation;
    const char *path, *method;
    size_t n = 0, routes = 0;
    (void)state;
    assert_string_equal("3.1.0", json_string_value(json_object_get(document, "openapi")));
    references_lead_somewhere(document,
                              json_object_get(json_object_get(document, "components"), "schemas"));
    json_object_foreach(paths, path, methods) json_object_foreach(methods, method, operation)
    {
        n++;
        assert_non_null(json_object_get(operation, "responses"));
        assert_true(json_array_size(json_object_get(operation, "x-roles")) > 0);
    }
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        routes++;
    assert_int_equal(routes, n);
    operation = json_object_get(json_object_get(paths, "/cases/{caseNumber}/payment"), "post");
    assert_string_equal("charging.Pay",
                        json_string_value(json_object_get(operation, "operationId")));
    json_decref(document);
}

static void a_body_has_no_field_that_its_path_gives(void **state)
{
    json_t *document = openapi_document("onedoor_session"), *schema = NULL;
    (void)state;
    assert_int_equal(0, json_unpack(document, "{s{s{s{s{s{s{so}}}}}}}", "paths",
                                    "/cases/{caseNumber}/payment", "post", "requestBody", "content",
                                    "application/json", "schema", &schema));
    assert_null(json_object_get(json_object_get(schema, "properties"), "caseNumber"));
    assert_non_null(json_object_get(json_object_get(schema, "properties"), "shownFen"));
    json_decref(document);
}

/* ---- what is enforced */

typedef void visitor(const json_t *schema, bool sent);

/* Shows every schema that a part of the document uses. Messages have no cycles. */
static void visit(const json_t *document, const json_t *at, bool sent, visitor *show)
{
    const char *name;
    json_t *value;
    size_t i;
    if (json_is_array(at))
        json_array_foreach(at, i, value) visit(document, value, sent, show);
    if (!json_is_object(at))
        return;
    const char *reference = json_string_value(json_object_get(at, "$ref"));
    if (reference != NULL)
        at = json_object_get(json_object_get(json_object_get(document, "components"), "schemas"),
                             reference + strlen("#/components/schemas/"));
    show(at, sent);
    json_object_foreach((json_t *)at, name, value) visit(document, value, sent, show);
}

static void visit_all(visitor *show)
{
    json_t *document = openapi_document("onedoor_session"), *methods, *operation;
    const char *path, *method;
    json_object_foreach(json_object_get(document, "paths"), path, methods)
        json_object_foreach(methods, method, operation)
    {
        visit(document, json_object_get(operation, "parameters"), true, show);
        visit(document, json_object_get(operation, "requestBody"), true, show);
        visit(document, json_object_get(operation, "responses"), false, show);
    }
    json_decref(document);
}

static bool holds(const json_t *array, const char *ending)
{
    json_t *value;
    size_t i;
    json_array_foreach(array, i, value)
    {
        const char *at = strstr(json_string_value(value), ending);
        if (at != NULL && strcmp(at, ending) == 0)
            return true;
    }
    return false;
}

static int enums[2];

static void show_enum(const json_t *schema, bool sent)
{
    const json_t *values = json_object_get(schema, "enum");
    if (json_is_array(values)) {
        enums[sent]++;
        assert_int_equal(!sent, holds(values, "_UNSPECIFIED"));
    }
}

/* A request with it is refused; an answer has it where nothing is known yet. */
static void the_value_0_of_an_enum_may_be_answered_and_not_sent(void **state)
{
    (void)state;
    visit_all(show_enum);
    assert_true(enums[0] > 10 && enums[1] > 10);
}

static int objects[2];

static void show_object(const json_t *schema, bool sent)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *required = json_object_get(schema, "required");
    json_t *name;
    size_t i;
    if (!json_is_object(properties) || json_is_object(json_object_get(properties, "properties")))
        return;
    objects[sent]++;
    assert_int_equal(sent, json_is_false(json_object_get(schema, "additionalProperties")));
    assert_true(sent || json_is_array(required));
    json_array_foreach(required, i, name)
        assert_non_null(json_object_get(properties, json_string_value(name)));
}

static void a_request_has_no_other_fields_and_an_answer_may_have_more(void **state)
{
    (void)state;
    visit_all(show_object);
    assert_true(objects[0] > 50 && objects[1] > 20);
}

static void every_operation_names_its_refusals(void **state)
{
    static const struct {
        const char *path, *method, *status;
        bool named;
    } cases[] = {
        {"/cases", "post", "400", true},
        {"/cases", "post", "403", true},
        {"/cases", "post", "409", true},
        {"/cases", "post", "413", true},
        {"/cases", "post", "422", true},
        {"/cases", "post", "504", true},
        {"/cases/{caseNumber}", "get", "404", true},
        {"/cases/{caseNumber}", "get", "413", false},
        {"/cases/{caseNumber}", "get", "422", false},
        {"/items", "get", "403", false},
        {"/departments", "get", "404", false},
        {"/quotes", "post", "422", false},
        {"/people", "get", "504", false},
    };
    json_t *document = openapi_document("onedoor_session"), *methods, *operation;
    json_t *paths = json_object_get(document, "paths");
    const char *path, *method;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        operation = json_object_get(json_object_get(paths, cases[i].path), cases[i].method);
        const json_t *response =
            json_object_get(json_object_get(operation, "responses"), cases[i].status);
        if ((response != NULL) != cases[i].named)
            fail_msg("%s %s: %s", cases[i].method, cases[i].path, cases[i].status);
    }
    json_object_foreach(paths, path, methods) json_object_foreach(methods, method, operation)
    {
        const json_t *responses = json_object_get(operation, "responses");
        assert_non_null(json_object_get(responses, "400"));
        assert_non_null(json_object_get(responses, "401"));
        assert_non_null(json_object_get(responses, "429"));
    }
    json_decref(document);
}

static const json_t *part(const json_t *document, const char *path, const char *method,
                          const char *name)
{
    const json_t *paths = json_object_get(document, "paths");
    return json_object_get(json_object_get(json_object_get(paths, path), method), name);
}

static void a_body_must_be_sent_where_one_of_its_fields_must(void **state)
{
    json_t *document = openapi_document("onedoor_session");
    (void)state;
    assert_true(
        json_is_true(json_object_get(part(document, "/cases", "post", "requestBody"), "required")));
    assert_true(json_is_false(json_object_get(
        part(document, "/cases/{caseNumber}/take", "post", "requestBody"), "required")));
    json_decref(document);
}

static void a_list_is_answered_as_a_table_too_and_a_delay_has_its_seconds(void **state)
{
    json_t *document = openapi_document("onedoor_session");
    const json_t *cases = part(document, "/cases", "get", "responses"),
                 *departments = part(document, "/departments", "get", "responses");
    (void)state;
    assert_non_null(
        json_object_get(json_object_get(json_object_get(cases, "200"), "content"), "text/csv"));
    assert_null(json_object_get(json_object_get(json_object_get(departments, "200"), "content"),
                                "text/csv"));
    assert_non_null(
        json_object_get(json_object_get(json_object_get(cases, "429"), "headers"), "Retry-After"));
    assert_null(json_object_get(json_object_get(cases, "401"), "headers"));
    json_decref(document);
}

static void the_cookie_has_the_name_that_the_gateway_gives_it(void **state)
{
    json_t *document = openapi_document("__Host-onedoor_session");
    const char *name = NULL;
    (void)state;
    assert_int_equal(0, json_unpack(document, "{s{s{s{ss}}}}", "components", "securitySchemes",
                                    "session", "name", &name));
    assert_string_equal("__Host-onedoor_session", name);
    json_decref(document);
}

/* ---- bounds */

static const json_t *schema_at(const json_t *document, const char *name, const char *property)
{
    const json_t *schemas = json_object_get(json_object_get(document, "components"), "schemas");
    const json_t *schema = json_object_get(schemas, name);
    assert_non_null(schema);
    return json_object_get(json_object_get(schema, "properties"), property);
}

static const json_t *body_at(const json_t *document, const char *path, const char *property)
{
    const json_t *schema = NULL;
    assert_int_equal(0, json_unpack((json_t *)document, "{s{s{s{s{s{s{so}}}}}}}", "paths", path,
                                    "post", "requestBody", "content", "application/json", "schema",
                                    &schema));
    return json_object_get(json_object_get(schema, "properties"), property);
}

static void assert_number(int64_t number, const json_t *schema, const char *name)
{
    assert_true(json_is_integer(json_object_get(schema, name)));
    assert_int_equal(number, json_integer_value(json_object_get(schema, name)));
}

static void a_request_names_its_lengths_ranges_and_sizes(void **state)
{
    json_t *document = openapi_document("onedoor_session");
    (void)state;
    const json_t *name = schema_at(document, "intake.ApplicantInput", "name");
    assert_number(1, name, "minLength");
    assert_number(120, name, "maxLength");
    assert_number(0, schema_at(document, "intake.ApplicantInput", "address"), "minLength");
    const json_t *copies = schema_at(document, "intake.MaterialInInput", "copies");
    assert_number(1, copies, "minimum");
    assert_number(99, copies, "maximum");
    assert_number(0, body_at(document, "/cases", "materials"), "minItems");
    assert_number(64, body_at(document, "/cases", "materials"), "maxItems");
    const json_t *printed = body_at(document, "/cases/{caseNumber}/prints", "lines");
    assert_number(1, printed, "minItems");
    const json_t *shown = body_at(document, "/cases/{caseNumber}/payment", "shownFen");
    assert_true(holds(json_object_get(shown, "type"), "string"));
    assert_true(holds(json_object_get(shown, "type"), "integer"));
    assert_number(1, shown, "minimum");
    assert_string_equal("\\S", json_string_value(json_object_get(name, "pattern")));
    const json_t *phone = schema_at(document, "intake.ApplicantInput", "agentPhone");
    assert_string_equal("^(.{5,})?$", json_string_value(json_object_get(phone, "pattern")));
    const json_t *levels = body_at(document, "/cases/{caseNumber}/card-answer", "level");
    assert_int_equal(2, json_array_size(json_object_get(levels, "enum")));
    assert_null(json_object_get(schema_at(document, "reporting.Dossier", "summary"), "maxLength"));
    json_decref(document);
}

static void show_bounded(const json_t *schema, bool sent)
{
    const char *type = json_string_value(json_object_get(schema, "type"));
    if (!sent || type == NULL)
        return;
    if (strcmp(type, "array") == 0)
        assert_true(json_is_integer(json_object_get(schema, "maxItems")));
    if (strcmp(type, "integer") == 0)
        assert_true(json_is_integer(json_object_get(schema, "maximum")));
}

static void every_list_and_number_that_is_sent_has_its_end(void **state)
{
    (void)state;
    visit_all(show_bounded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_is_in_step_with_the_table),
        cmocka_unit_test(a_body_has_no_field_that_its_path_gives),
        cmocka_unit_test(the_value_0_of_an_enum_may_be_answered_and_not_sent),
        cmocka_unit_test(a_request_has_no_other_fields_and_an_answer_may_have_more),
        cmocka_unit_test(every_operation_names_its_refusals),
        cmocka_unit_test(a_request_names_its_lengths_ranges_and_sizes),
        cmocka_unit_test(every_list_and_number_that_is_sent_has_its_end),
        cmocka_unit_test(a_body_must_be_sent_where_one_of_its_fields_must),
        cmocka_unit_test(a_list_is_answered_as_a_table_too_and_a_delay_has_its_seconds),
        cmocka_unit_test(the_cookie_has_the_name_that_the_gateway_gives_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
