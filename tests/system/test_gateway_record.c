/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: what is refused is on record, and no number of refusals fills it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "onedoor/intake.pb-c.h"
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

static void a_session_without_its_token_and_nobody_are_told_apart(void **state)
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

/* ---- changes of rights */

/* The latest change of one. */
static json_t *latest_change(struct web *admin, const char *who)
{
    char path[100];
    snprintf(path, sizeof path, "/right-changes?who=%s&limit=1", who);
    json_t *page = web_expect(admin, "GET", path, NULL, 200, NULL),
           *change = json_incref(json_array_get(json_object_get(page, "changes"), 0));
    json_decref(page);
    assert_non_null(change);
    return change;
}

static void it_was(json_t *change, const char *event, const char *by)
{
    assert_string_equal(event, web_text(change, "event"));
    assert_string_equal(by, web_text(change, "by"));
}

static void they_were(json_t *change, const char *when, const char *role, const char *department)
{
    json_t *rights = json_object_get(change, when);
    if (role == NULL) {
        assert_true(rights == NULL || json_is_null(rights));
        return;
    }
    assert_string_equal(role, web_text(rights, "role"));
    assert_string_equal(department, web_text(rights, "department"));
}

static void a_change_of_a_person_is_on_record_with_the_rights_before_and_after(void **state)
{
    static const char added[] = "{\"name\":\"hua.mei\",\"fullName\":\"花梅\",\"role\":\"APPROVER\","
                                "\"department\":\"CON\"}",
                      changed[] = "{\"fullName\":\"花梅\",\"role\":\"CASHIER\"}";
    struct web admin = door_sign_in(&door, "administrator");
    (void)state;
    json_decref(web_expect(&admin, "POST", "/people", added, 200, NULL));
    json_t *change = latest_change(&admin, "hua.mei");
    it_was(change, "PERSON_ADDED", "administrator");
    they_were(change, "before", NULL, NULL);
    they_were(change, "after", "APPROVER", "CON");
    json_decref(change);
    json_decref(web_expect(&admin, "POST", "/people", added, 409, "NAME_TAKEN"));
    json_decref(web_expect(&admin, "PUT", "/people/hua.mei", changed, 200, NULL));
    change = latest_change(&admin, "hua.mei");
    it_was(change, "PERSON_CHANGED", "administrator");
    they_were(change, "before", "APPROVER", "CON");
    they_were(change, "after", "CASHIER", "");
    json_decref(change);
    json_decref(web_expect(&admin, "POST", "/people/hua.mei/password-reset", "{}", 200, NULL));
    change = latest_change(&admin, "hua.mei");
    it_was(change, "PASSWORD_RESET", "administrator");
    json_decref(change);
    assert_int_equal(3, hall_number(conn, "select count(*) from gateway.right_change"
                                          " where who = 'hua.mei'"));
}

static void a_token_is_on_record_from_its_making_to_its_end(void **state)
{
    struct web admin = door_sign_in(&door, "administrator");
    (void)state;
    json_decref(web_expect(&admin, "POST", "/tokens",
                           "{\"name\":\"queue-1\",\"role\":\"PUBLIC\",\"days\":30}", 200, NULL));
    json_t *change = latest_change(&admin, "token:queue-1");
    it_was(change, "TOKEN_MADE", "administrator");
    they_were(change, "after", "PUBLIC", "");
    json_decref(change);
    json_decref(web_expect(&admin, "DELETE", "/tokens/queue-1", NULL, 200, NULL));
    change = latest_change(&admin, "token:queue-1");
    it_was(change, "TOKEN_REVOKED", "administrator");
    they_were(change, "before", "PUBLIC", "");
    they_were(change, "after", NULL, NULL);
    json_decref(change);
}

static void a_session_that_is_ended_from_elsewhere_is_on_record(void **state)
{
    struct web admin = door_sign_in(&door, "administrator"),
               here = door_sign_in(&door, "supervisor"),
               elsewhere = door_sign_in(&door, "supervisor");
    char path[60] = "";
    size_t i;
    json_t *one;
    (void)state;
    json_t *reply = web_expect(&here, "GET", "/sessions", NULL, 200, NULL);
    json_array_foreach(json_object_get(reply, "sessions"), i, one)
    {
        if (!json_is_true(json_object_get(one, "current")))
            snprintf(path, sizeof path, "/sessions/%s", web_text(one, "session"));
    }
    json_decref(web_expect(&here, "DELETE", path, NULL, 200, NULL));
    json_decref(web_expect(&elsewhere, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
    json_t *change = latest_change(&admin, "supervisor");
    it_was(change, "SESSION_ENDED", "supervisor");
    json_decref(change);
    json_decref(reply);
}

/* ---- who looked */

/* What the clerk is answered for the person who shows this document. */
static json_t *looks_at(struct web *clerk, const char *document)
{
    char body[100], path[60];
    snprintf(body, sizeof body, "{\"document\":\"%s\"}", document);
    json_t *asked = web_expect(clerk, "POST", "/applicants/looks", body, 200, NULL);
    snprintf(path, sizeof path, "/applicants/looks/%s", web_text(asked, "search"));
    json_decref(asked);
    return web_expect(clerk, "GET", path, NULL, 200, NULL);
}

static const json_t *nth(json_t *reply, size_t n)
{
    return json_array_get(json_object_get(reply, "looks"), n);
}

/* RULE H21: the latest first: his own question, the search, the look. */
static void the_person_concerned_sees_who_looked_at_his_data(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk"), lead = door_sign_in(&door, "lead");
    char path[100];
    (void)state;
    json_t *taken = door_submit(&clerk);
    const char *number = web_text(taken, "caseNumber");
    snprintf(path, sizeof path, "/cases/%s/applicant-views", number);
    json_decref(web_expect(&lead, "POST", path, "{\"purpose\":\"核对身份\"}", 200, NULL));
    json_decref(web_expect(&clerk, "POST", "/case-searches",
                           "{\"document\":\"11010519491231002X\",\"purpose\":\"回执遗失\"}", 200,
                           NULL));
    json_t *looks = looks_at(&clerk, "11010519491231002X");
    assert_string_equal("asked by the person concerned", web_text(nth(looks, 0), "purpose"));
    assert_string_equal("0", web_text(nth(looks, 0), "caseNumber"));
    assert_string_equal("回执遗失", web_text(nth(looks, 1), "purpose"));
    assert_string_equal("核对身份", web_text(nth(looks, 2), "purpose"));
    assert_string_equal(number, web_text(nth(looks, 2), "caseNumber"));
    assert_string_equal("lead", web_text(nth(looks, 2), "actor"));
    json_t *another = looks_at(&clerk, "440524188001010014");
    assert_int_equal(1, json_array_size(json_object_get(another, "looks")));
    json_decref(another);
    json_decref(looks);
    json_decref(taken);
}

/* ---- what is erased */

static json_t *first_of(json_t *reply, const char *list)
{
    return json_array_get(json_object_get(reply, list), 0);
}

/* RULE H21: by numbers alone; what was erased long ago, or is due in years, is not listed. */
static void the_administrator_sees_what_was_erased_and_what_comes_next(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk"), admin = door_sign_in(&door, "administrator");
    char sql[200];
    (void)state;
    json_t *taken = door_submit(&clerk), *later = door_submit(&clerk);
    snprintf(sql, sizeof sql,
             "update intake.applicant set kept_from = now() - interval '30 years' + interval"
             " '40 days' where number = %s",
             web_text(taken, "caseNumber"));
    hall_do(conn, sql);
    hall_do(conn, "insert into intake.erasure values (1, 1, 30, now()), (1, 2, 30, now()),"
                  " (1, 3, 20, now() - interval '401 days')");
    json_t *reply = web_expect(&admin, "GET", "/retention", NULL, 200, NULL);
    assert_int_equal(30, json_integer_value(json_object_get(reply, "eraseYears")));
    assert_int_equal(1, json_array_size(json_object_get(reply, "erased")));
    assert_string_equal("2", web_text(first_of(reply, "erased"), "cases"));
    assert_int_equal(30, json_integer_value(json_object_get(first_of(reply, "erased"), "years")));
    assert_int_equal(1, json_array_size(json_object_get(reply, "due")));
    assert_string_equal("1", web_text(first_of(reply, "due"), "cases"));
    assert_int_equal(
        hall_number(conn, "select date_trunc('month', (now() - interval '30 years' + interval"
                          " '40 days') at time zone 'Asia/Shanghai' + interval '30 years')::date"
                          " - date '1970-01-01'"),
        json_integer_value(json_object_get(first_of(reply, "due"), "firstDay")));
    json_decref(reply);
    json_decref(later);
    json_decref(taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_older_than_the_setting_is_deleted),
        cmocka_unit_test(a_refusal_is_counted_by_who_asked_for_what),
        cmocka_unit_test(a_denied_look_names_the_case),
        cmocka_unit_test(a_session_without_its_token_and_nobody_are_told_apart),
        cmocka_unit_test(any_number_of_attempts_fills_a_few_rows),
        cmocka_unit_test(guesses_that_must_wait_are_counted_by_case),
        cmocka_unit_test(the_record_is_read_page_by_page),
        cmocka_unit_test(a_change_of_a_person_is_on_record_with_the_rights_before_and_after),
        cmocka_unit_test(a_token_is_on_record_from_its_making_to_its_end),
        cmocka_unit_test(the_person_concerned_sees_who_looked_at_his_data),
        cmocka_unit_test(a_session_that_is_ended_from_elsewhere_is_on_record),
        cmocka_unit_test(the_administrator_sees_what_was_erased_and_what_comes_next),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
