/* SPDX-License-Identifier: Apache-2.0 */
/* People at the gateway sign in and out, wait after wrong passwords, and may do what their role
 * allows. */
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

enum { FAILURES = 3, ADDRESS_FAILURES = 60, GUESTS = 8, SIGNING_IN = 6 };

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

static void anybody_sees_what_is_published_and_nothing_else(void **state)
{
    struct web web = web_of(&door.hall);
    (void)state;
    json_decref(web_expect(&web, "GET", "//healthz", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "//readyz", NULL, 200, NULL));
    json_t *items = web_expect(&web, "GET", "/items", NULL, 200, NULL);
    assert_int_equal(32, json_array_size(json_object_get(items, "items")));
    json_decref(items);
    json_decref(web_expect(&web, "GET", "/items/CUL-01/guide", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "/openapi.json", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "/cases", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&web, "POST", "/cases", door_application, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&web, "GET", "/tasks", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&web, "GET", "/nothing", NULL, 404, "NO_SUCH_PATH"));
    json_decref(web_expect(&web, "DELETE", "/items", NULL, 405, "NO_SUCH_METHOD"));
    json_decref(web_expect(&web, "GET", "/items/NO-99/guide", NULL, 404, "UNKNOWN_ITEM"));
}

/* ---- wrong passwords */

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
    assert_int_equal(FAILURES + 2, json_array_size(lines));
    assert_string_equal("LOCKED", web_text(json_array_get(lines, 0), "result"));
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
    struct web owner = web_of(&door.hall), stranger = web_of(&door.hall);
    (void)state;
    owner.from = stranger.from = "127.0.0.3";
    know_device(&owner, "complaints");
    use_up_attempts(&stranger, "complaints");
    /* From the same address, by the device that is known; and from elsewhere without one. */
    try_password(&owner, "complaints", door_password(&door, "complaints"), 200, NULL);
    stranger.from = "127.0.0.4";
    try_password(&stranger, "complaints", door_password(&door, "complaints"), 200, NULL);
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

static void try_as(const char *name, int n)
{
    struct web web = web_of(&door.hall);
    char body[200];
    web.from = "127.0.0.7";
    snprintf(body, sizeof body, "{\"name\":\"%s-%d\",\"password\":\"wrong\"}", name, n);
    json_decref(web_expect(&web, "POST", "/session", body, 401, "WRONG_PASSWORD"));
}

/* Their numbers, added to `seen` in the order they stand; the cursor of the next page. */
static int read_page(struct web *admin, char after[40], int seen[], int n)
{
    char path[100];
    size_t i;
    json_t *line;
    snprintf(path, sizeof path, "/sign-ins?result=FAILED&limit=3&after=%s", after);
    json_t *page = web_expect(admin, "GET", path, NULL, 200, NULL);
    assert_true(json_array_size(json_object_get(page, "lines")) <= 3);
    json_array_foreach(json_object_get(page, "lines"), i, line)
    {
        assert_string_equal("FAILED", web_text(line, "result"));
        if (n < GUESTS)
            n += sscanf(web_text(line, "name"), "guest-%d", &seen[n]);
    }
    snprintf(after, 40, "%s", web_text(page, "next"));
    json_decref(page);
    return n;
}

/* RULE H21: every attempt is on record, and can be read back to the first. */
static void sign_ins_are_read_page_by_page_while_more_come(void **state)
{
    struct web admin = door_sign_in(&door, "administrator");
    char after[40] = "";
    int seen[GUESTS] = {0}, n = 0, pages = 0;
    (void)state;
    for (int i = 0; i < GUESTS; i++)
        try_as("guest", i);
    do {
        n = read_page(&admin, after, seen, n);
        try_as("late", pages++);
    } while (after[0] != '\0');
    assert_int_equal(GUESTS, n);
    for (int i = 0; i < GUESTS; i++)
        assert_int_equal(GUESTS - 1 - i, seen[i]);
    json_t *one = web_expect(&admin, "GET", "/sign-ins?name=guest-0&limit=1", NULL, 200, NULL);
    assert_string_equal("", web_text(one, "next"));
    json_decref(one);
}

static void a_session_ends_when_it_is_signed_out(void **state)
{
    struct web web = door_sign_in(&door, "supervisor");
    (void)state;
    json_t *session = web_expect(&web, "GET", "/session", NULL, 200, NULL);
    assert_string_equal("SUPERVISOR", web_text(session, "role"));
    assert_string_equal(web.csrf, web_text(session, "csrfToken"));
    json_decref(session);
    json_decref(web_expect(&web, "DELETE", "/session", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
}

static void a_change_needs_the_csrf_token(void **state)
{
    struct web web = door_sign_in(&door, "clerk");
    (void)state;
    char csrf[sizeof web.csrf];
    memcpy(csrf, web.csrf, sizeof csrf);
    web.csrf[0] = '\0';
    json_decref(web_expect(&web, "POST", "/cases", door_application, 403, "CSRF_TOKEN_NEEDED"));
    snprintf(web.csrf, sizeof web.csrf, "%.*sA", (int)strlen(csrf) - 1, csrf);
    if (strcmp(web.csrf, csrf) == 0)
        web.csrf[strlen(csrf) - 1] = 'B';
    json_decref(web_expect(&web, "POST", "/cases", door_application, 403, "CSRF_TOKEN_NEEDED"));
}

static void a_cookie_is_out_of_reach_of_scripts_and_other_sites(void **state)
{
    struct web web = web_of(&door.hall);
    char body[200];
    (void)state;
    snprintf(body, sizeof body, "{\"name\":\"manager\",\"password\":\"%s\"}",
             door_password(&door, "manager"));
    struct said said = web_ask(&web, "POST", "/session", body);
    const char *cookie = strstr(said.head, "Set-Cookie: onedoor_session=");
    assert_non_null(cookie);
    assert_non_null(strstr(cookie, "; HttpOnly; SameSite=Strict\r\n"));
    assert_non_null(strstr(said.head, "Cache-Control: no-store\r\n"));
    said_free(&said);
}

static void a_role_does_what_its_row_says(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk"), cashier = door_sign_in(&door, "cashier"),
               kiosk = door_sign_in(&door, "kiosk"), admin = door_sign_in(&door, "administrator");
    (void)state;
    json_decref(web_expect(&clerk, "POST", "/cases/5/payment", "{}", 403, "NOT_ALLOWED"));
    json_decref(web_expect(&clerk, "GET", "/people", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&cashier, "POST", "/cases", door_application, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&kiosk, "GET", "/cases", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&admin, "GET", "/cases", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&admin, "PUT", "/people/administrator",
                           "{\"fullName\":\"x\",\"role\":\"CASHIER\"}", 409, "NOT_YOURSELF"));
    json_decref(web_expect(&admin, "POST", "/people",
                           "{\"name\":\"clerk\",\"fullName\":\"x\",\"role\":\"CASHIER\"}", 409,
                           "NAME_TAKEN"));
    json_decref(web_expect(&admin, "POST", "/people",
                           "{\"name\":\"x y\",\"fullName\":\"x\",\"role\":\"CASHIER\"}", 400,
                           "FIELD_INVALID"));
}

static void a_machine_comes_with_a_token_until_it_is_revoked(void **state)
{
    struct web admin = door_sign_in(&door, "administrator"), machine = web_of(&door.hall);
    (void)state;
    json_t *token =
        web_expect(&admin, "POST", "/tokens",
                   "{\"name\":\"display-1\",\"role\":\"REPORT_READER\",\"days\":30}", 200, NULL);
    snprintf(machine.bearer, sizeof machine.bearer, "%s", web_text(token, "secret"));
    json_decref(token);
    json_decref(web_expect(&machine, "GET", "/figures/overview", NULL, 200, NULL));
    json_decref(web_expect(&machine, "GET", "/people", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&admin, "DELETE", "/tokens/display-1", NULL, 200, NULL));
    json_decref(web_expect(&machine, "GET", "/figures/overview", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&admin, "POST", "/tokens",
                           "{\"name\":\"root\",\"role\":\"ADMINISTRATOR\",\"days\":30}", 400,
                           "FIELD_INVALID"));
}

static void a_one_time_password_is_for_one_thing(void **state)
{
    struct web admin = door_sign_in(&door, "administrator"), web = web_of(&door.hall);
    char body[200];
    (void)state;
    json_t *added =
        web_expect(&admin, "POST", "/people",
                   "{\"name\":\"newcomer\",\"fullName\":\"新人\",\"role\":\"CASHIER\"}", 200, NULL);
    web_sign_in(&web, "newcomer", web_text(added, "oneTimePassword"));
    json_decref(web_expect(&web, "GET", "/takings", NULL, 403, "CHANGE_PASSWORD_FIRST"));
    json_decref(web_expect(&web, "POST", "/session/password",
                           "{\"current\":\"x\",\"next\":\"short\"}", 400, "PASSWORD_TOO_WEAK"));
    snprintf(body, sizeof body, "{\"current\":\"%s\",\"next\":\"a password of my own\"}",
             web_text(added, "oneTimePassword"));
    json_decref(web_expect(&web, "POST", "/session/password", body, 200, NULL));
    /* The session of before has ended. */
    json_decref(web_expect(&web, "GET", "/takings", NULL, 401, "SIGN_IN_NEEDED"));
    web_sign_in(&web, "newcomer", "a password of my own");
    json_decref(web_expect(&web, "GET", "/takings", NULL, 200, NULL));
    json_decref(added);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anybody_sees_what_is_published_and_nothing_else),
        cmocka_unit_test(wrong_passwords_make_their_address_wait),
        cmocka_unit_test(wrong_passwords_of_another_shut_nobody_out),
        cmocka_unit_test(a_known_device_counts_its_own_failures),
        cmocka_unit_test(many_names_from_one_address_make_it_wait_and_say_how_long),
        cmocka_unit_test(passwords_that_wait_hold_up_no_session),
        cmocka_unit_test(sign_ins_are_read_page_by_page_while_more_come),
        cmocka_unit_test(a_session_ends_when_it_is_signed_out),
        cmocka_unit_test(a_one_time_password_is_for_one_thing),
        cmocka_unit_test(a_change_needs_the_csrf_token),
        cmocka_unit_test(a_cookie_is_out_of_reach_of_scripts_and_other_sites),
        cmocka_unit_test(a_role_does_what_its_row_says),
        cmocka_unit_test(a_machine_comes_with_a_token_until_it_is_revoked),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
