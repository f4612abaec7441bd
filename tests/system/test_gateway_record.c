/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: what is refused is on record, and no number of refusals fills it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <string.h>

enum { ADDRESS_FAILURES = 10, EACH = 5, ATTEMPTS = 60, GUESSES = 20 };

static struct door door;
static PGconn *conn;

/* The gateway sweeps with the first request that shows a session. */
static int open_door(void **state)
{
    (void)state;
    door_open(&door,
              "sign_in_failures = 100\naddress_failures = 10\nsign_in_wait_s = 3600\n"
              "sign_in_wait_max_s = 3600\ndenials_each = 5\nrecord_kept_days = 400\n",
              DOOR_GATEWAY);
    conn = hall_connect(&door.hall, "admin");
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    PQfinish(conn);
    door_close(&door);
    return 0;
}

static void await_times(const char *where, int64_t times)
{
    char sql[300];
    snprintf(sql, sizeof sql, "select coalesce(sum(times), 0) from gateway.denial where %s", where);
    hall_await_number(conn, sql, times);
}

static void what_is_older_than_the_setting_is_deleted(void **state)
{
    (void)state;
    hall_do(conn, "insert into gateway.denial (centre, day, kind, name, address, what, case_number,"
                  " times, first_at, last_at) select 1, at::date, 1, 'old', '', '', 0, 1, at, at"
                  " from (select now() - days * interval '1 day' as at from (values (399), (401))"
                  " d(days)) a");
    hall_do(conn, "insert into gateway.sign_in (centre, at, name, result, address)"
                  " select 1, now() - days * interval '1 day', 'old', 2, '' from (values (399),"
                  " (401)) d(days)");
    struct web web = door_sign_in(&door, "reader");
    json_decref(web_expect(&web, "GET", "/session", NULL, 200, NULL));
    assert_int_equal(1,
                     hall_number(conn, "select count(*) from gateway.denial where name = 'old'"));
    assert_int_equal(1,
                     hall_number(conn, "select count(*) from gateway.sign_in where name = 'old'"));
}

static void a_refusal_is_counted_by_who_asked_for_what(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk"), admin = door_sign_in(&door, "administrator");
    (void)state;
    for (int i = 0; i < 3; i++)
        json_decref(web_expect(&clerk, "GET", "/people", NULL, 403, "NOT_ALLOWED"));
    await_times("name = 'clerk'", 3);
    json_t *reply = web_expect(&admin, "GET", "/denials?who=clerk", NULL, 200, NULL),
           *denials = json_object_get(reply, "denials"), *one = json_array_get(denials, 0);
    assert_int_equal(1, json_array_size(denials));
    assert_string_equal("NO_RIGHT", web_text(one, "kind"));
    assert_string_equal("127.0.0.1", web_text(one, "address"));
    assert_string_equal("GET /people", web_text(one, "what"));
    assert_string_equal("3", web_text(one, "times"));
    assert_string_equal("0", web_text(one, "caseNumber"));
    json_decref(reply);
}

static void a_denied_look_names_the_case(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk"), admin = door_sign_in(&door, "administrator"),
               other = door_person(&door, "APPROVER", "TRA", 0, "looker");
    char path[100], where[200];
    (void)state;
    json_t *taken = door_submit(&clerk);
    const char *number = web_text(taken, "caseNumber");
    snprintf(path, sizeof path, "/cases/%s/applicant-views", number);
    json_decref(
        web_expect(&other, "POST", path, "{\"purpose\":\"curiosity\"}", 403, "OTHER_DEPARTMENT"));
    snprintf(where, sizeof where, "kind = 2 and name = 'looker' and case_number = %s", number);
    await_times(where, 1);
    json_t *reply = web_expect(&admin, "GET", "/denials?kind=NO_LOOK", NULL, 200, NULL);
    assert_string_equal(
        number, web_text(json_array_get(json_object_get(reply, "denials"), 0), "caseNumber"));
    json_decref(reply);
    json_decref(taken);
}

static void a_session_without_its_token_and_a_stranger_are_told_apart(void **state)
{
    struct web forged = door_sign_in(&door, "manager"), nobody = web_of(&door.hall);
    (void)state;
    forged.csrf[0] = '\0';
    nobody.from = "127.0.0.9";
    json_decref(web_expect(&forged, "DELETE", "/session", NULL, 403, "CSRF_TOKEN_NEEDED"));
    json_decref(web_expect(&nobody, "GET", "/tasks", NULL, 401, "SIGN_IN_NEEDED"));
    await_times("kind = 4 and name = 'manager' and what = 'DELETE /session'", 1);
    await_times("kind = 3 and name = '' and address = '127.0.0.9'", 1);
}

/* Each under another name: neither the history of sign-ins nor the record grows with them. */
static void any_number_of_attempts_fills_a_few_rows(void **state)
{
    struct web web = web_of(&door.hall);
    char body[100];
    (void)state;
    web.from = "127.0.0.10";
    for (int i = 0; i < ATTEMPTS; i++) {
        snprintf(body, sizeof body, "{\"name\":\"guess-%d\",\"password\":\"wrong\"}", i);
        json_decref(
            web_expect(&web, "POST", "/session", body, i < ADDRESS_FAILURES ? 401 : 429, NULL));
    }
    await_times("kind = 5", ATTEMPTS - ADDRESS_FAILURES);
    assert_int_equal(ADDRESS_FAILURES, hall_number(conn, "select count(*) from gateway.sign_in"
                                                         " where address = '127.0.0.10'"));
    assert_int_equal(EACH + 1, hall_number(conn, "select count(*) from gateway.denial"
                                                 " where kind = 5"));
}

static void guesses_that_must_wait_are_counted_by_case(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk"), web = web_of(&door.hall);
    char body[100], where[200];
    int64_t waited = 0;
    (void)state;
    json_t *taken = door_submit(&clerk);
    const char *number = web_text(taken, "caseNumber");
    web.from = "127.0.0.11";
    snprintf(body, sizeof body, "{\"caseNumber\":\"%s\",\"lastFour\":\"0000\"}", number);
    for (int i = 0; i < GUESSES; i++) {
        struct said said = web_ask(&web, "POST", "/progress", body);
        waited += said.status == 429;
        said_free(&said);
    }
    assert_true(waited > 0);
    snprintf(where, sizeof where, "kind = 6 and case_number = %s and address = '127.0.0.11'",
             number);
    await_times(where, waited);
    json_decref(taken);
}

static void the_record_is_read_page_by_page(void **state)
{
    struct web admin = door_sign_in(&door, "administrator");
    char path[100], after[40] = "";
    size_t n = 0, pages = 0;
    (void)state;
    do {
        snprintf(path, sizeof path, "/denials?who=127.0.0.10&limit=2&after=%s", after);
        json_t *page = web_expect(&admin, "GET", path, NULL, 200, NULL);
        n += json_array_size(json_object_get(page, "denials"));
        snprintf(after, sizeof after, "%s", web_text(page, "next"));
        json_decref(page);
        pages++;
    } while (after[0] != '\0');
    assert_int_equal(EACH, n);
    assert_int_equal((EACH + 1) / 2, pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_older_than_the_setting_is_deleted),
        cmocka_unit_test(a_refusal_is_counted_by_who_asked_for_what),
        cmocka_unit_test(a_denied_look_names_the_case),
        cmocka_unit_test(a_session_without_its_token_and_a_stranger_are_told_apart),
        cmocka_unit_test(any_number_of_attempts_fills_a_few_rows),
        cmocka_unit_test(guesses_that_must_wait_are_counted_by_case),
        cmocka_unit_test(the_record_is_read_page_by_page),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
