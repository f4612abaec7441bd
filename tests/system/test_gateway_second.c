/* SPDX-License-Identifier: Apache-2.0 */
/* The second factor: who must have one gets nowhere without it; a code and a recovery code are good
 * once; who lost it is helped by an administrator, on record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/authenticator.h"
#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_TEXT = 40 };

static struct door door;
static struct web administrator; /* signed in */
static int64_t step;             /* of the code with which a second factor was confirmed last */

static int open_door(void **state)
{
    (void)state;
    door_open(&door,
              "second_factor = yes\nsign_in_failures = 3\nsign_in_wait_s = 3600\n"
              "sign_in_wait_max_s = 3600\n",
              DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

static const char *body_of(const char *format, const char *a, const char *b, const char *c)
{
    static char body[400];
    snprintf(body, sizeof body, format, a, b, c);
    return body;
}

#define SIGN_IN "{\"name\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"

/* Signs in and sets up a second factor; gives the recovery codes. */
static json_t *enrol(struct web *web, const char *name, char secret[SECRET_TEXT])
{
    char code[TOTP_CODE_SIZE];
    web_sign_in(web, name, door_password(&door, name));
    json_t *begun = web_expect(
        web, "POST", "/session/second-factor",
        body_of("{\"password\":\"%s\"}%s%s", door_password(&door, name), "", ""), 200, NULL);
    snprintf(secret, SECRET_TEXT, "%s", web_text(begun, "secret"));
    assert_non_null(strstr(web_text(begun, "uri"), web_text(begun, "secret")));
    json_decref(web_expect(web, "POST", "/session/second-factor/confirmation",
                           "{\"code\":\"000000\"}", 409, "WRONG_CODE"));
    step = authenticator_now();
    authenticator_show(secret, step, code);
    json_t *confirmed = web_expect(web, "POST", "/session/second-factor/confirmation",
                                   body_of("{\"code\":\"%s\"}%s%s", code, "", ""), 200, NULL);
    json_decref(begun);
    assert_int_equal(10, json_array_size(json_object_get(confirmed, "recoveryCodes")));
    return confirmed;
}

static void whoever_must_have_one_gets_nowhere_before(void **state)
{
    struct web cashier = door_sign_in(&door, "cashier"), clerk = door_sign_in(&door, "clerk");
    char secret[SECRET_TEXT];
    (void)state;
    json_decref(web_expect(&clerk, "GET", "/tasks", NULL, 200, NULL));
    json_t *session = web_expect(&cashier, "GET", "/session", NULL, 200, NULL);
    assert_true(json_is_true(json_object_get(session, "mustEnrol")));
    json_decref(web_expect(&cashier, "GET", "/takings", NULL, 403, "ENROL_FIRST"));
    json_decref(web_expect(&cashier, "POST", "/session/second-factor", "{\"password\":\"wrong\"}",
                           401, "WRONG_PASSWORD"));
    json_decref(enrol(&cashier, "cashier", secret));
    json_decref(web_expect(&cashier, "GET", "/orders/due", NULL, 200, NULL));
    json_decref(session);
}

static void a_code_is_asked_for_and_good_once(void **state)
{
    struct web web = web_of(&door.hall), other = web;
    char secret[SECRET_TEXT];
    const char *name = "administrator", *password = door_password(&door, name);
    char first[TOTP_CODE_SIZE], next[TOTP_CODE_SIZE];
    (void)state;
    json_t *recovery = enrol(&web, name, secret),
           *codes = json_object_get(recovery, "recoveryCodes");
    authenticator_show(secret, step, first);
    authenticator_show(secret, step + 1, next);
    other.from = "127.0.0.2";
    json_decref(web_expect(&other, "POST", "/session",
                           body_of("{\"name\":\"%s\",\"password\":\"%s\"}%s", name, password, ""),
                           401, "CODE_NEEDED"));
    json_decref(web_expect(&other, "POST", "/session", body_of(SIGN_IN, name, password, first), 401,
                           "WRONG_PASSWORD"));
    json_decref(
        web_expect(&other, "POST", "/session", body_of(SIGN_IN, name, password, next), 200, NULL));
    json_decref(web_expect(&other, "POST", "/session", body_of(SIGN_IN, name, password, next), 401,
                           "WRONG_PASSWORD"));
    const char *spare = json_string_value(json_array_get(codes, 0));
    json_decref(
        web_expect(&other, "POST", "/session", body_of(SIGN_IN, name, password, spare), 200, NULL));
    json_decref(web_expect(&other, "POST", "/session", body_of(SIGN_IN, name, password, spare), 401,
                           "WRONG_PASSWORD"));
    json_decref(recovery);
    administrator = web;
}

static void a_new_password_leaves_the_second_factor(void **state)
{
    struct web web = web_of(&door.hall);
    (void)state;
    json_t *reset =
        web_expect(&administrator, "POST", "/people/cashier/password-reset", "{}", 200, NULL);
    json_decref(web_expect(&web, "POST", "/session",
                           body_of("{\"name\":\"%s\",\"password\":\"%s\"}%s", "cashier",
                                   web_text(reset, "oneTimePassword"), ""),
                           401, "CODE_NEEDED"));
    json_decref(reset);
}

/* Whoever knows the password does not guess the code: wrong codes are wrong passwords. */
static void wrong_codes_make_their_place_wait(void **state)
{
    struct web web = web_of(&door.hall);
    const char *name = "administrator", *password = door_password(&door, name);
    (void)state;
    web.from = "127.0.0.3";
    for (int i = 0; i < 3; i++)
        json_decref(web_expect(&web, "POST", "/session", body_of(SIGN_IN, name, password, "000000"),
                               401, "WRONG_PASSWORD"));
    json_decref(web_expect(&web, "POST", "/session", body_of(SIGN_IN, name, password, "000000"),
                           429, "LOCKED_OUT"));
}

/* By the administrator who is still signed in: the history names it. */
static void one_that_was_lost_is_taken_away_on_record(void **state)
{
    struct web web = web_of(&door.hall);
    PGconn *conn = hall_connect(&door.hall, "admin");
    char command[300], said[300] = "";
    (void)state;
    snprintf(command, sizeof command, "'%s/onedoor-gateway' --home=%s --let_in=administrator",
             getenv("ONEDOOR_BIN"), door.hall.home);
    assert_int_equal(0, hall_command(command, said, sizeof said));
    const char *password = strstr(said, "One-time password of administrator: ");
    assert_non_null(password);
    snprintf(command, sizeof command, "%.19s", password + 36);
    web_sign_in(&web, "administrator", command);
    json_decref(web_expect(&web, "POST", "/session/password",
                           body_of("{\"current\":\"%s\",\"next\":\"%s\"}%s", command,
                                   "autumn moon over calm lake", ""),
                           200, NULL));
    web_sign_in(&web, "administrator", "autumn moon over calm lake");
    json_t *begun = web_expect(&web, "POST", "/session/second-factor",
                               "{\"password\":\"autumn moon over calm lake\"}", 200, NULL);
    authenticator_show(web_text(begun, "secret"), authenticator_now(), command);
    json_decref(web_expect(&web, "POST", "/session/second-factor/confirmation",
                           body_of("{\"code\":\"%s\"}%s%s", command, "", ""), 200, NULL));
    json_decref(web_expect(&web, "DELETE", "/people/cashier/second-factor", NULL, 200, NULL));
    json_decref(
        web_expect(&web, "DELETE", "/people/cashier/second-factor", NULL, 404, "NO_SECOND_FACTOR"));
    json_t *history = web_expect(&web, "GET", "/sign-ins?name=cashier", NULL, 200, NULL),
           *last = json_array_get(json_object_get(history, "lines"), 0);
    assert_string_equal("SECOND_TAKEN_AWAY", web_text(last, "result"));
    assert_int_equal(0, hall_number(conn, "select count(*) from gateway.session"
                                          " where person = 'cashier'"));
    PQfinish(conn);
    json_decref(history);
    json_decref(begun);
}

/* RULE H21: nor can it be read in the database. */
static void the_secret_is_sealed(void **state)
{
    PGconn *conn = hall_connect(&door.hall, "admin");
    (void)state;
    assert_int_equal(0, hall_number(conn, "select count(*) from gateway.second_factor"
                                          " where length(secret) < 44 + 20"));
    assert_true(hall_number(conn, "select count(*) from gateway.second_factor") > 0);
    PQfinish(conn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_must_have_one_gets_nowhere_before),
        cmocka_unit_test(a_code_is_asked_for_and_good_once),
        cmocka_unit_test(a_new_password_leaves_the_second_factor),
        cmocka_unit_test(wrong_codes_make_their_place_wait),
        cmocka_unit_test(one_that_was_lost_is_taken_away_on_record),
        cmocka_unit_test(the_secret_is_sealed),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
