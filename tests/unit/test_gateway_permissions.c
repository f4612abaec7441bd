/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: the whole table of permissions, walked against a file a person can read; and what the
 * gateway allows, the services allow too. With ONEDOOR_GOLDEN=write the file is written anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/service/reader.h"
#include "common/wire/outcome.h"
#include "services/charging/charging.h"
#include "services/gateway/api/routes.h"
#include "services/gateway/people/passwords.h"
#include "services/gateway/people/secrets.h"
#include "services/intake/intake.h"
#include "services/reporting/reporting.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"

#include <sodium.h>

enum { TEXT_BYTES = 65536 };

static const char golden[] = GOLDEN_DIR "/gateway_permissions.txt";

static const char *role_name(int role)
{
    return role == 0 ? "ANYONE"
                     : protobuf_c_enum_descriptor_get_value(&onedoor__role__descriptor, role)->name;
}

static char *walk(void)
{
    char *text = calloc(1, TEXT_BYTES);
    size_t n = (size_t)snprintf(text, TEXT_BYTES, "%-16s", "permission");
    for (int role = 0; role < ROLES; role++)
        n += (size_t)snprintf(text + n, TEXT_BYTES - n, " %s", role_name(role));
    for (int permission = 0; permission < PERMISSIONS; permission++) {
        n += (size_t)snprintf(text + n, TEXT_BYTES - n, "\n%-16s",
                              permission_name((enum permission)permission));
        for (int role = 0; role < ROLES; role++)
            n += (size_t)snprintf(
                text + n, TEXT_BYTES - n, " %*s%s", (int)strlen(role_name(role)) - 1, "",
                permission_given((enum permission)permission, (Onedoor__Role)role) ? "x" : "-");
    }
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        n += (size_t)snprintf(text + n, TEXT_BYTES - n, "%s\n%-16s %-6s %s",
                              route == api_routes ? "\n" : "", permission_name(route->permission),
                              route->method, route->path);
    snprintf(text + n, TEXT_BYTES - n, "\n");
    return text;
}

static void the_table_is_what_the_file_says(void **state)
{
    char *is = walk(), *should_be = calloc(1, TEXT_BYTES);
    (void)state;
    if (getenv("ONEDOOR_GOLDEN") != NULL) {
        FILE *out = fopen(golden, "we");
        assert_non_null(out);
        fputs(is, out);
        fclose(out);
    }
    FILE *in = fopen(golden, "re");
    assert_non_null(in);
    assert_true(fread(should_be, 1, TEXT_BYTES - 1, in) > 0);
    fclose(in);
    assert_string_equal(should_be, is);
    free(is);
    free(should_be);
}

static void what_no_row_allows_is_denied(void **state)
{
    (void)state;
    for (int role = 0; role < ROLES; role++) {
        assert_false(permission_given(PERMISSIONS, (Onedoor__Role)role));
        assert_false(permission_given((enum permission) - 1, (Onedoor__Role)role));
    }
    for (int permission = 0; permission < PERMISSIONS; permission++) {
        assert_false(permission_given((enum permission)permission,
                                      ONEDOOR__ROLE__SYSTEM)); /* no person is the system */
        assert_false(permission_given((enum permission)permission, (Onedoor__Role)ROLES));
        assert_false(permission_given((enum permission)permission, (Onedoor__Role)-1));
    }
}

/* The roles a service asks of this message; all of them for what no service is asked. */
static unsigned roles_of_service(const ProtobufCMessageDescriptor *message)
{
    static const struct service *const services[] = {&intake_service, &routing_service,
                                                     &charging_service, &supervision_service,
                                                     &reporting_service};
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        for (const struct route *route = services[i]->routes;
             route != NULL && route->message != NULL; route++)
            if (route->message == message)
                return route->roles;
        for (const struct query *query = services[i]->queries; query->message != NULL; query++)
            if (query->message == message)
                return query->roles;
    }
    return ANY_ROLE;
}

static void nothing_is_allowed_that_a_service_would_refuse(void **state)
{
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        for (int role = 0; role < ROLES; role++) {
            int as = role == 0 ? ONEDOOR__ROLE__PUBLIC
                               : role; /* who has not signed in asks as the public */
            if (permission_given(route->permission, (Onedoor__Role)role) &&
                (roles_of_service(route->request) >> as & 1) == 0)
                fail_msg("%s %s is given to %s, and the service refuses it", route->method,
                         route->path, role_name(role));
        }
}

static void every_command_of_a_service_can_be_given_by_somebody(void **state)
{
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++) {
        int roles = 0;
        for (int role = 1; role < ROLES; role++)
            roles += permission_given(route->permission, (Onedoor__Role)role);
        assert_true(roles > 0);
    }
}

/* ---- passwords and secrets */

static void a_password_is_known_by_its_hash_alone(void **state)
{
    const struct password_strength weak = {8192, 1};
    char hash[PASSWORD_HASH_SIZE], again[PASSWORD_HASH_SIZE], password[SECRET_TEXT_SIZE];
    (void)state;
    password_make_one_time(password);
    password_hash(&weak, password, hash);
    password_hash(&weak, password, again);
    assert_int_equal(0, strncmp(hash, "$argon2id$", 10));
    assert_string_not_equal(hash, again);
    assert_null(strstr(hash, password));
    assert_true(password_is(hash, password));
    assert_false(password_is(hash, "something else"));
    assert_false(password_is("", password));
}

static void a_password_must_be_long_and_not_ones_name(void **state)
{
    (void)state;
    assert_null(password_fault("correct horse battery", "clerk"));
    assert_null(password_fault("窗口工作人员的一个长密码啊", "clerk"));
    assert_non_null(password_fault("short", "clerk"));
    assert_non_null(password_fault("my name is clerk", "clerk"));
    assert_non_null(password_fault("aaaaaaaaaaaaaaaa", "clerk"));
}

static void a_csrf_token_follows_from_the_secret_and_says_nothing_of_it(void **state)
{
    char secret[SECRET_TEXT_SIZE], csrf[SECRET_TEXT_SIZE], again[SECRET_TEXT_SIZE];
    (void)state;
    secret_new(secret);
    secret_csrf(secret, csrf);
    secret_csrf(secret, again);
    assert_string_equal(csrf, again);
    assert_string_not_equal(csrf, secret);
    secret_new(secret);
    secret_csrf(secret, again);
    assert_string_not_equal(csrf, again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_what_the_file_says),
        cmocka_unit_test(what_no_row_allows_is_denied),
        cmocka_unit_test(nothing_is_allowed_that_a_service_would_refuse),
        cmocka_unit_test(every_command_of_a_service_can_be_given_by_somebody),
        cmocka_unit_test(a_password_is_known_by_its_hash_alone),
        cmocka_unit_test(a_password_must_be_long_and_not_ones_name),
        cmocka_unit_test(a_csrf_token_follows_from_the_secret_and_says_nothing_of_it),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
