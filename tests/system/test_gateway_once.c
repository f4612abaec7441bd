/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to the register and the notices that are repeated with the same Idempotency-Key are done
 * once and get the same answer again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SQL_BYTES = 400 };

#define KEY(n) "Idempotency-Key: 6d1f3c7e-9f0a-4b52-8c14-0a7d5e9b21" n "\r\n"
#define NOTICE "{\"textZh\":\"周五下午停电\",\"toMs\":\"4102444800000\"}"

static void with_key(struct web *web, const char *header)
{
    snprintf(web->headers, sizeof web->headers, "%s", header);
}

static json_t *add_person(struct web *web, const char *name, int status, const char *reason)
{
    char body[200];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"fullName\":\"新人\",\"role\":\"CASHIER\"}",
             name);
    return web_expect(web, "POST", "/people", body, status, reason);
}

static int64_t count(const char *sql)
{
    PGconn *admin = hall_connect(&the_door.hall, "admin");
    int64_t n = hall_number(admin, sql);
    PQfinish(admin);
    return n;
}

static void run_as_admin(const char *sql)
{
    PGconn *admin = hall_connect(&the_door.hall, "admin");
    hall_do(admin, sql);
    PQfinish(admin);
}

/* Restart the gateway, which then has another port; the session remains. */
static void restart(struct web *web)
{
    hall_restart(&the_door.hall, "gateway");
    web->port = web_of(&the_door.hall).port;
}

static void the_same_key_makes_one_person_and_gives_the_same_answer(void **state)
{
    struct web admin = door_sign_in(&the_door, "administrator"), web = web_of(&the_door.hall);
    (void)state;
    with_key(&admin, KEY("01"));
    json_t *first = add_person(&admin, "li.ming", 200, NULL);
    json_t *again = add_person(&admin, "li.ming", 200, NULL);
    assert_true(json_equal(first, again));
    assert_int_equal(1, count("select count(*) from gateway.person where name = 'li.ming'"));
    web_sign_in(&web, "li.ming", web_text(again, "oneTimePassword"));
    with_key(&admin, KEY("02"));
    json_decref(add_person(&admin, "li.ming", 409, "NAME_TAKEN"));
    json_decref(first);
    json_decref(again);
}

static void another_request_under_the_key_is_refused(void **state)
{
    struct web admin = door_sign_in(&the_door, "administrator");
    (void)state;
    with_key(&admin, KEY("03"));
    json_decref(add_person(&admin, "li.hua", 200, NULL));
    json_decref(add_person(&admin, "li.hong", 422, "KEY_REUSED"));
    json_decref(
        web_expect(&admin, "POST", "/people/clerk/password-reset", "{}", 422, "KEY_REUSED"));
    assert_int_equal(0, count("select count(*) from gateway.person where name = 'li.hong'"));
    with_key(&admin, "Idempotency-Key: 17\r\n");
    json_decref(add_person(&admin, "li.hong", 400, "BAD_KEY"));
}

/* A token may have the name of a person. */
static void the_keys_of_others_are_others(void **state)
{
    struct web admin = door_sign_in(&the_door, "administrator"),
               manager = door_sign_in(&the_door, "manager"), machine = web_of(&the_door.hall);
    (void)state;
    json_t *token =
        web_expect(&admin, "POST", "/tokens",
                   "{\"name\":\"manager\",\"role\":\"BUSINESS_MANAGER\",\"days\":1}", 200, NULL);
    snprintf(machine.bearer, sizeof machine.bearer, "%s", web_text(token, "secret"));
    with_key(&admin, KEY("04"));
    with_key(&manager, KEY("04"));
    with_key(&machine, KEY("04"));
    json_decref(add_person(&admin, "wang.wei", 200, NULL));
    for (int i = 0; i < 2; i++) {
        json_decref(web_expect(&manager, "POST", "/notices", NOTICE, 200, NULL));
        json_decref(web_expect(&machine, "POST", "/notices", NOTICE, 200, NULL));
    }
    assert_int_equal(2, count("select count(*) from gateway.notice"));
    json_decref(token);
}

/* A command without a body, by a program that leaves while its token is looked up. */
static void leave_while_the_token_is_looked_up(const struct web *machine, const char *path)
{
    PGconn *conn = hall_connect(&the_door.hall, "admin");
    struct web anybody = web_of(&the_door.hall);
    struct linger at_once = {.l_onoff = 1};
    char request[500];
    int n = snprintf(request, sizeof request,
                     "POST /api/v1%s HTTP/1.1\r\nHost: hall\r\nAuthorization: Bearer %s\r\n%s\r\n",
                     path, machine->bearer, machine->headers);
    hall_do(conn, "begin; lock table gateway.token");
    int connection = web_connect(machine);
    web_send(connection, request, (size_t)n);
    hall_await_number(conn,
                      "select count(*) from pg_locks where not granted"
                      " and relation = 'gateway.token'::regclass",
                      1);
    setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(connection);
    json_decref(web_expect(&anybody, "GET", "//healthz", NULL, 200, NULL)); /* it was noticed */
    hall_do(conn, "rollback");
    PQfinish(conn);
}

/* Done without its key, it would be done again when it is repeated. */
static void a_command_whose_client_has_left_is_done_once(void **state)
{
    static const char path[] = "/cases/2612010000017/take";
    struct web admin = door_sign_in(&the_door, "administrator"), machine = web_of(&the_door.hall);
    (void)state;
    json_t *token = web_expect(
        &admin, "POST", "/tokens",
        "{\"name\":\"robot\",\"role\":\"APPROVER\",\"department\":\"CUL\",\"days\":1}", 200, NULL);
    snprintf(machine.bearer, sizeof machine.bearer, "%s", web_text(token, "secret"));
    with_key(&machine, KEY("11"));
    leave_while_the_token_is_looked_up(&machine, path);
    for (int i = 0; i < 2; i++)
        json_decref(web_expect(&machine, "POST", path, NULL, 404, "UNKNOWN_CASE"));
    assert_int_equal(1, count("select count(*) from routing.command"));
    json_decref(token);
}

static void a_refusal_is_said_again(void **state)
{
    static const char body[] = "{\"fullName\":\"王芳\",\"role\":\"SUPERVISOR\"}";
    struct web admin = door_sign_in(&the_door, "administrator");
    (void)state;
    with_key(&admin, KEY("05"));
    json_decref(web_expect(&admin, "PUT", "/people/wang.fang", body, 404, "UNKNOWN_PERSON"));
    with_key(&admin, KEY("06"));
    json_decref(add_person(&admin, "wang.fang", 200, NULL));
    with_key(&admin, KEY("05"));
    json_decref(web_expect(&admin, "PUT", "/people/wang.fang", body, 404, "UNKNOWN_PERSON"));
    with_key(&admin, KEY("07"));
    json_decref(web_expect(&admin, "PUT", "/people/wang.fang", body, 200, NULL));
}

static void the_answer_outlives_the_gateway_and_what_came_after(void **state)
{
    struct web admin = door_sign_in(&the_door, "administrator");
    (void)state;
    json_decref(add_person(&admin, "zhao.min", 200, NULL));
    with_key(&admin, KEY("08"));
    json_t *first = web_expect(&admin, "POST", "/people/zhao.min/password-reset", "{}", 200, NULL);
    with_key(&admin, "");
    json_decref(web_expect(&admin, "POST", "/people/zhao.min/password-reset", "{}", 200, NULL));
    restart(&admin);
    with_key(&admin, KEY("08"));
    json_t *again = web_expect(&admin, "POST", "/people/zhao.min/password-reset", "{}", 200, NULL);
    assert_true(json_equal(first, again));
    assert_int_equal(2, count("select count(*) from gateway.sign_in"
                              " where name = 'zhao.min' and result = 4"));
    json_decref(first);
    json_decref(again);
}

static void a_secret_is_nowhere_in_the_database(void **state)
{
    struct web admin = door_sign_in(&the_door, "administrator");
    char sql[SQL_BYTES];
    (void)state;
    with_key(&admin, KEY("09"));
    json_t *token =
        web_expect(&admin, "POST", "/tokens",
                   "{\"name\":\"display-1\",\"role\":\"PUBLIC\",\"days\":1}", 200, NULL);
    assert_int_not_equal(0, count("select count(*) from gateway.answer"));
    snprintf(sql, sizeof sql,
             "select count(*) from gateway.answer where position(convert_to('%s', 'UTF8') in reply)"
             " > 0 or position('\\x6d1f3c7e9f0a4b528c140a7d5e9b2109'::bytea in key || reply) > 0",
             web_text(token, "secret"));
    assert_int_equal(0, count(sql));
    json_decref(token);
}

/* If the answer cannot be saved, the change is neither made nor logged; once it can be, the same
 * request succeeds and is logged once. */
static void a_change_and_its_answer_are_saved_together_or_not_at_all(void **state)
{
    struct web admin = door_sign_in(&the_door, "administrator");
    (void)state;
    with_key(&admin, KEY("10"));
    run_as_admin("revoke insert on gateway.answer from onedoor_gateway");
    json_decref(add_person(&admin, "sun.li", 503, "PEOPLE_AWAY"));
    assert_int_equal(0, count("select count(*) from gateway.person where name = 'sun.li'"));
    assert_int_equal(0, hall_count_log(&the_door.hall, "gateway", "people.added sun.li"));
    run_as_admin("grant insert on gateway.answer to onedoor_gateway");
    json_decref(add_person(&admin, "sun.li", 200, NULL));
    json_decref(add_person(&admin, "sun.li", 200, NULL));
    assert_int_equal(1, hall_count_log(&the_door.hall, "gateway", "people.added sun.li"));
}

static void a_session_is_not_kept(void **state)
{
    struct web web = web_of(&the_door.hall);
    int64_t before = count("select count(*) from gateway.answer");
    (void)state;
    with_key(&web, KEY("11"));
    web_sign_in(&web, "supervisor", door_password(&the_door, "supervisor"));
    json_decref(web_expect(&web, "DELETE", "/session", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
    assert_int_equal(before, count("select count(*) from gateway.answer"));
}

static void a_key_is_forgotten_after_its_days(void **state)
{
    struct web admin = door_sign_in(&the_door, "administrator");
    (void)state;
    with_key(&admin, KEY("12"));
    json_decref(add_person(&admin, "zhou.jun", 200, NULL));
    json_decref(add_person(&admin, "zhou.jie", 422, "KEY_REUSED"));
    run_as_admin("update gateway.answer set done_at = done_at - interval '31 days'");
    restart(&admin); /* it sweeps when it first recognises somebody */
    json_decref(add_person(&admin, "zhou.jie", 200, NULL));
    assert_int_equal(1, count("select count(*) from gateway.answer"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_key_makes_one_person_and_gives_the_same_answer),
        cmocka_unit_test(another_request_under_the_key_is_refused),
        cmocka_unit_test(the_keys_of_others_are_others),
        cmocka_unit_test(a_command_whose_client_has_left_is_done_once),
        cmocka_unit_test(a_refusal_is_said_again),
        cmocka_unit_test(the_answer_outlives_the_gateway_and_what_came_after),
        cmocka_unit_test(a_secret_is_nowhere_in_the_database),
        cmocka_unit_test(a_change_and_its_answer_are_saved_together_or_not_at_all),
        cmocka_unit_test(a_session_is_not_kept),
        cmocka_unit_test(a_key_is_forgotten_after_its_days),
    };
    return cmocka_run_group_tests(tests, door_group_open, door_group_close);
}
