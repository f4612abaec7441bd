/* SPDX-License-Identifier: Apache-2.0 */
/* Every command and every query of every service says what each of its fields must be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/declare.h"
#include "services/charging/charging.h"
#include "services/intake/intake.h"
#include "services/reporting/reporting.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"
#include "tests/bounded.h"

static const struct service *const services[] = {
    &intake_service, &routing_service, &charging_service, &supervision_service, &reporting_service,
};

static void every_field_of_every_request_has_its_bounds(void **state)
{
    size_t n = 0;
    (void)state;
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        const struct route *route = services[i]->routes;
        const struct query *query = services[i]->queries;
        for (; route != NULL && route->message != NULL; route++, n++)
            assert_bounded(route->message);
        for (; query != NULL && query->message != NULL; query++, n++)
            assert_bounded(query->message);
    }
    assert_true(n > 40);
}

static bool is_asked(const struct service *service, const ProtobufCMessageDescriptor *message)
{
    for (const struct route *route = service->routes; route != NULL && route->message != NULL;
         route++)
        if (route->message == message)
            return true;
    for (const struct query *query = service->queries; query != NULL && query->message != NULL;
         query++)
        if (query->message == message)
            return true;
    return false;
}

static void every_rule_between_fields_is_of_a_request_of_its_service(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        for (const struct check *check = services[i]->checks;
             check != NULL && check->message != NULL; check++)
            assert_true(is_asked(services[i], check->message));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_every_request_has_its_bounds),
        cmocka_unit_test(every_rule_between_fields_is_of_a_request_of_its_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
