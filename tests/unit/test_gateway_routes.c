/* SPDX-License-Identifier: Apache-2.0 */
/* The API's table: it reaches every command and query of every service, and paths find their
 * routes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/charging/charging.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/routes.h"
#include "services/intake/intake.h"
#include "services/reporting/reporting.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"
#include "tests/bounded.h"

static const struct service *const services[] = {
    &intake_service, &routing_service, &charging_service, &supervision_service, &reporting_service};
enum { SERVICES = sizeof services / sizeof services[0] };

static const struct api_route *route_of(const ProtobufCMessageDescriptor *request)
{
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        if (route->request == request)
            return route;
    return NULL;
}

static void every_command_and_query_of_every_service_is_reached(void **state)
{
    (void)state;
    for (int i = 0; i < SERVICES; i++) {
        for (const struct route *route = services[i]->routes;
             route != NULL && route->message != NULL; route++) {
            if (route_of(route->message) == NULL)
                fail_msg("no route leads to the command %s", route->message->name);
            assert_int_equal(ASKED_COMMAND, route_of(route->message)->asked);
        }
        for (const struct query *query = services[i]->queries; query->message != NULL; query++) {
            if (route_of(query->message) == NULL)
                fail_msg("no route leads to the query %s", query->message->name);
            assert_int_equal(ASKED_QUERY, route_of(query->message)->asked);
        }
    }
}

static void a_route_is_whole(void **state)
{
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++) {
        assert_true(strlen(route->summary) > 5);
        assert_int_equal(route->asked == ASKED_PEOPLE || route->asked == ASKED_PASSWORD,
                         route->handler != NULL);
        assert_int_equal(route->request == NULL, route->reply == NULL);
        if (route->own == OWN_DEPARTMENT)
            assert_non_null(
                protobuf_c_message_descriptor_get_field_by_name(route->request, "department"));
        if (route->asked == ASKED_COMMAND)
            assert_true(route_is_unsafe(route));
        for (const struct api_route *other = api_routes; other != route; other++)
            assert_false(strcmp(route->path, other->path) == 0 &&
                         strcmp(route->method, other->method) == 0);
        for (const char *brace = strchr(route->path, '{'); brace != NULL;
             brace = strchr(brace + 1, '{')) {
            char name[JSON_NAME_SIZE];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(brace + 1, "}"), brace + 1);
            assert_non_null(json_field(route->request, name));
        }
    }
}

static void a_path_finds_its_route_and_its_values(void **state)
{
    static const struct {
        const char *method, *path, *route, *value;
        int methods;
    } cases[] = {
        {"POST", "/api/v1/cases", "/cases", NULL, 0},
        {"GET", "/api/v1/cases/261123-000001-7", "/cases/{caseNumber}", "261123-000001-7", 0},
        {"POST", "/api/v1/cases/5/check", "/cases/{caseNumber}/check", "5", 0},
        {"GET", "/api/v1/cases/5/check", NULL, NULL, 1},
        {"PATCH", "/api/v1/cases", NULL, NULL, 2},
        {"GET", "/api/v1/cases/", NULL, NULL, 0},
        {"GET", "/api/v1/cases//check", NULL, NULL, 0},
        {"GET", "/api/v1/cases/5/check/more", NULL, NULL, 0},
        {"GET", "/api/v1/", NULL, NULL, 0},
        {"GET", "/api/v1", NULL, NULL, 0},
        {"GET", "/api/v2/cases", NULL, NULL, 0},
        {"GET", "/api/v1/case", NULL, NULL, 0},
        {"GET", "/api/v1/items/../cases", NULL, NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct path_match match;
        route_match(cases[i].method, cases[i].path, &match);
        if ((match.route == NULL) != (cases[i].route == NULL))
            fail_msg("%s %s", cases[i].method, cases[i].path);
        if (match.route != NULL)
            assert_string_equal(cases[i].route, match.route->path);
        if (cases[i].value != NULL)
            assert_string_equal(cases[i].value, match.values[0]);
        if (match.route == NULL)
            assert_int_equal(cases[i].methods, match.n_methods);
    }
}

static void a_value_too_long_for_a_path_finds_nothing(void **state)
{
    char path[400] = "/api/v1/items/";
    struct path_match match;
    (void)state;
    memset(path + strlen(path), 'x', 200);
    strcat(path, "/guide");
    route_match("GET", path, &match);
    assert_null(match.route);
}

/* RULE H21: a route of a case says how another department is kept out. */
static void every_route_of_a_case_has_an_owner(void **state)
{
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        if (strstr(route->path, "{caseNumber}") != NULL && route->own != OWN_CASE &&
            route->own != OWN_SERVICE)
            fail_msg("%s %s: whose cases are these?", route->method, route->path);
}

/* All but those of one's own account, which are answered with a session or harmless when repeated,
 * and questions asked by POST. */
static void every_change_takes_an_idempotency_key(void **state)
{
    static const char *const without[] = {"POST /session",
                                          "DELETE /session",
                                          "POST /session/password",
                                          "POST /session/second-factor",
                                          "POST /session/second-factor/confirmation",
                                          "DELETE /sessions/{session}",
                                          "POST /progress",
                                          "POST /progress/by-code",
                                          "POST /tickets/by-code",
                                          "POST /quotes"};
    char name[100];
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++) {
        bool takes = strcmp(route->method, "GET") != 0;
        snprintf(name, sizeof name, "%s %s", route->method, route->path);
        for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
            takes = takes && strcmp(name, without[i]) != 0;
        if (route_takes_key(route) != takes)
            fail_msg("%s: does it take a key?", name);
    }
}

static void every_field_of_every_request_has_its_bounds(void **state)
{
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        if (route->request != NULL)
            assert_bounded(route->request);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_and_query_of_every_service_is_reached),
        cmocka_unit_test(a_route_is_whole),
        cmocka_unit_test(a_path_finds_its_route_and_its_values),
        cmocka_unit_test(a_value_too_long_for_a_path_finds_nothing),
        cmocka_unit_test(every_route_of_a_case_has_an_owner),
        cmocka_unit_test(every_change_takes_an_idempotency_key),
        cmocka_unit_test(every_field_of_every_request_has_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
