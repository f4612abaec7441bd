/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong passwords make the place they come from wait, and nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/crowd.h"
#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FAILURES = 3, ADDRESS_FAILURES = 60, SIGNING_IN = 6 };

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door,
              "passwords_per_address = 2\nsign_in_failures = 3\naddress_failures = 60\n"
              "sign_in_wait_s = 3600\nsign_in_wait_max_s = 3600\n",
              DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

static void try_password(struct web *web, const char *name, const char *password, int status,
                         const char *reason)
{
    char body[200];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
    json_decref(web_expect(web, "POST", "/session", body, status, reason));
}

static void use_up_attempts(struct web *web, const char *name)
{
    for (int i = 0; i < FAILURES; i++)
        try_password(web, name, "wrong", 401, "WRONG_PASSWORD");
    try_password(web, name, "wrong", 429, "LOCKED_OUT");
}

/* RULE H21: whether there is such a person or not; every attempt is on record; a new password lets
 * the person in. */
static void wrong_passwords_make_their_address_wait(void **state)
{
    struct web web = web_of(&door.hall), admin = door_sign_in(&door, "administrator");
    (void)state;
    web.from = "127.0.0.2";
    use_up_attempts(&web, "reader");
    use_up_attempts(&web, "nobody");
    try_password(&web, "reader", door_password(&door, "reader"), 429, "LOCKED_OUT");
    json_t *history = web_expect(&admin, "GET", "/sign-ins?name=reader", NULL, 200, NULL),
           *lines = json_object_get(history, "lines");
    assert_int_equal(FAILURES, json_array_size(lines));
    assert_string_equal("FAILED", web_text(json_array_get(lines, 0), "result"));
    assert_string_equal("127.0.0.2", web_text(json_array_get(lines, 0), "address"));
    json_t *reset = web_expect(&admin, "POST", "/people/reader/password-reset", "{}", 200, NULL);
    web_sign_in(&web, "reader", web_text(reset, "oneTimePassword"));
    json_decref(history);
    json_decref(reset);
}

/* The cookie of a browser with which the person has signed in, as a header of requests. */
static void know_device(struct web *web, const char *name)
{
    char body[200];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", name,
             door_password(&door, name));
    struct said said = web_ask(web, "POST", "/session", body);
    assert_int_equal(200, said.status);
    const char *cookie = strstr(said.head, "onedoor_device=");
    assert_non_null(cookie);
    assert_non_null(strstr(cookie, "; HttpOnly; SameSite=Strict; Max-Age="));
    snprintf(web->headers, sizeof web->headers, "Cookie: %.*s\r\n", (int)strcspn(cookie, ";"),
             cookie);
    said_free(&said);
}

static void wrong_passwords_of_another_shut_nobody_out(void **state)
{
    struct web owner = web_of(&door.hall), guesser = web_of(&door.hall);
    (void)state;
    owner.from = guesser.from = "127.0.0.3";
    know_device(&owner, "complaints");
    use_up_attempts(&guesser, "complaints");
    /* From the same address, by the device that is known; and from elsewhere without one. */
    try_password(&owner, "complaints", door_password(&door, "complaints"), 200, NULL);
    guesser.from = "127.0.0.4";
    try_password(&guesser, "complaints", door_password(&door, "complaints"), 200, NULL);
}

/* A fast machine signs somebody in and hears his next wrong password in one millisecond. */
static void failures_count_in_the_instant_of_a_success(void **state)
{
    struct web web = web_of(&door.hall);
    PGconn *conn = hall_connect(&door.hall, "admin");
    (void)state;
    hall_do(conn, "create function gateway.one_instant() returns trigger language plpgsql as"
                  " $$begin new.at = coalesce((select max(at) from gateway.sign_in), new.at);"
                  " return new; end$$");
    hall_do(conn, "create trigger one_instant before insert on gateway.sign_in"
                  " for each row execute function gateway.one_instant()");
    web.from = "127.0.0.7";
    try_password(&web, "cashier", door_password(&door, "cashier"), 200, NULL);
    use_up_attempts(&web, "cashier");
    hall_do(conn, "drop trigger one_instant on gateway.sign_in");
    PQfinish(conn);
}

static void a_known_device_counts_its_own_failures(void **state)
{
    struct web owner = web_of(&door.hall);
    (void)state;
    owner.from = "127.0.0.5";
    know_device(&owner, "city");
    use_up_attempts(&owner, "city");
    try_password(&owner, "city", door_password(&door, "city"), 429, "LOCKED_OUT");
}

static void many_names_from_one_address_make_it_wait_and_say_how_long(void **state)
{
    struct web web = web_of(&door.hall);
    char name[40];
    (void)state;
    web.from = "127.0.0.6";
    for (int i = 0; i < ADDRESS_FAILURES; i++) {
        snprintf(name, sizeof name, "guess-%d", i);
        try_password(&web, name, "wrong", 401, "WRONG_PASSWORD");
    }
    struct said said =
        web_ask(&web, "POST", "/session", "{\"name\":\"manager\",\"password\":\"wrong\"}");
    const char *after = strstr(said.head, "Retry-After: ");
    assert_int_equal(429, said.status);
    assert_non_null(after);
    assert_in_range(strtol(after + strlen("Retry-After: "), NULL, 10), 2, 3600);
    said_free(&said);
}

/* One is in hand, waiting for the database; two may wait behind it; the others are refused. */
static void passwords_that_wait_hold_up_no_session(void **state)
{
    static const char request[] = "POST /api/v1/session HTTP/1.1\r\nHost: hall\r\n"
                                  "Content-Type: application/json\r\nContent-Length: 35\r\n\r\n"
                                  "{\"name\":\"guess\",\"password\":\"wrong\"}";
    struct web admin = door_sign_in(&door, "administrator"), web = web_of(&door.hall);
    PGconn *conn = hall_connect(&door.hall, "admin");
    struct retry retry = retry_begin();
    struct crowd crowd;
    (void)state;
    web.from = "127.0.0.8";
    hall_do(conn, "begin; lock table gateway.sign_in");
    int first = web_connect(&web);
    web_send(first, request, strlen(request));
    hall_await_number(conn,
                      "select count(*) from pg_locks where not granted"
                      " and relation = 'gateway.sign_in'::regclass",
                      1);
    crowd_open(&crowd, &web, SIGNING_IN, request);
    while (!crowd_has_heard(&crowd))
        retry_or_fail(&retry, "a password too many is refused");
    json_decref(web_expect(&admin, "GET", "/session", NULL, 200, NULL));
    json_decref(web_expect(&admin, "GET", "/people", NULL, 200, NULL));
    hall_do(conn, "rollback");
    crowd_hear(&crowd, "\r\n\r\n");
    int refused = 0;
    for (int i = 0; i < crowd.n; i++)
        refused += strstr(crowd.heard[i], "HTTP/1.1 429 ") != NULL;
    assert_in_range(refused, 1, SIGNING_IN - 1);
    crowd_close(&crowd);
    close(first);
    PQfinish(conn);
}

/* On the machine itself, when nobody else can: it prints a one-time password. */
static void an_operator_lets_an_administrator_in(void **state)
{
    struct web web = web_of(&door.hall);
    char command[300], said[300] = "";
    (void)state;
    web.from = "127.0.0.9";
    use_up_attempts(&web, "administrator");
    snprintf(command, sizeof command, "'%s/onedoor-gateway' --home=%s --let_in=administrator",
             getenv("ONEDOOR_BIN"), door.hall.home);
    assert_int_equal(0, hall_command(command, said, sizeof said));
    const char *password = strstr(said, "One-time password of administrator: ");
    assert_non_null(password);
    password += strlen("One-time password of administrator: ");
    snprintf(command, sizeof command, "%.*s", (int)strcspn(password, "\n"), password);
    try_password(&web, "administrator", command, 200, NULL);
    snprintf(command, sizeof command, "'%s/onedoor-gateway' --home=%s --let_in=nobody",
             getenv("ONEDOOR_BIN"), door.hall.home);
    assert_int_equal(1, hall_command(command, said, sizeof said));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_passwords_make_their_address_wait),
        cmocka_unit_test(wrong_passwords_of_another_shut_nobody_out),
        cmocka_unit_test(failures_count_in_the_instant_of_a_success),
        cmocka_unit_test(a_known_device_counts_its_own_failures),
        cmocka_unit_test(many_names_from_one_address_make_it_wait_and_say_how_long),
        cmocka_unit_test(passwords_that_wait_hold_up_no_session),
        cmocka_unit_test(an_operator_lets_an_administrator_in),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
