/* SPDX-License-Identifier: Apache-2.0 */
/* What the displays and the pages ask before anybody has signed in: the hall itself, its
 * departments, the board, and what the hall says to everybody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR_MS = 3600000 };

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "hall_name_zh = 测试大厅\nhall_name_en = Test Hall\n", DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

static int64_t number(const json_t *object, const char *name)
{
    return strtoll(web_text(object, name), NULL, 10);
}

static int64_t hall_time(void)
{
    struct web anybody = web_of(&door.hall);
    json_t *hall = web_expect(&anybody, "GET", "/hall", NULL, 200, NULL);
    int64_t now_ms = number(hall, "nowMs");
    json_decref(hall);
    return now_ms;
}

static void the_hall_says_its_name_and_time_to_anybody(void **state)
{
    struct web anybody = web_of(&door.hall), clerk = door_sign_in(&door, "clerk");
    (void)state;
    json_t *hall = web_expect(&anybody, "GET", "/hall", NULL, 200, NULL),
           *session = web_expect(&clerk, "GET", "/session", NULL, 200, NULL),
           *board = web_expect(&anybody, "GET", "/board", NULL, 200, NULL);
    assert_string_equal("测试大厅", web_text(hall, "nameZh"));
    assert_string_equal("Test Hall", web_text(hall, "nameEn"));
    assert_true(json_is_false(json_object_get(hall, "demonstration")));
    assert_int_equal(600, json_integer_value(json_object_get(hall, "keyRestMs")));
    assert_string_equal("测试大厅", web_text(session, "hallNameZh"));
    assert_string_equal("Test Hall", web_text(session, "hallNameEn"));
    assert_true(json_is_false(json_object_get(session, "demonstration")));
    assert_true(llabs(number(board, "nowMs") - number(hall, "nowMs")) < HOUR_MS);
    json_decref(hall);
    json_decref(session);
    json_decref(board);
}

static void the_departments_are_told_in_both_languages(void **state)
{
    struct web anybody = web_of(&door.hall);
    (void)state;
    json_t *reply = web_expect(&anybody, "GET", "/departments", NULL, 200, NULL),
           *departments = json_object_get(reply, "departments"), *one;
    size_t i;
    bool found = false;
    assert_int_equal(29, json_array_size(departments));
    json_array_foreach(departments, i, one)
    {
        if (strcmp(web_text(one, "code"), "CON") != 0)
            continue;
        found = true;
        assert_string_equal("建管局", web_text(one, "nameZh"));
        assert_string_equal("Construction Administration Bureau", web_text(one, "nameEn"));
    }
    assert_true(found);
    json_decref(reply);
}

/* ---- the board */

/* The window to which a list of the board calls the case; -1: it does not. */
static int called_to(const json_t *board, const char *list, const char *case_number)
{
    const json_t *calls = json_object_get(board, list), *latest = json_object_get(calls, "latest");
    size_t i;
    json_t *shown;
    assert_true((size_t)number(calls, "all") >= json_array_size(latest));
    json_array_foreach(latest, i, shown)
    {
        if (strcmp(web_text(shown, "caseNumber"), case_number) == 0)
            return (int)json_integer_value(json_object_get(shown, "window"));
    }
    return -1;
}

enum { NOT_CALLED = -1, CULTURE = 12, CHARGING = 31 };

/* Asked again until the list calls the case to that window, or calls it no more. */
static void await_board(const char *list, const char *case_number, int window)
{
    struct web display = web_of(&door.hall);
    struct retry retry = retry_begin();
    for (;;) {
        json_t *board = web_expect(&display, "GET", "/board", NULL, 200, NULL);
        int is = called_to(board, list, case_number);
        json_decref(board);
        if (is == window)
            return;
        retry_or_fail(&retry, list);
    }
}

static int64_t on_board(const char *name)
{
    struct web display = web_of(&door.hall);
    json_t *board = web_expect(&display, "GET", "/board", NULL, 200, NULL);
    int64_t n = number(board, name);
    json_decref(board);
    return n;
}

static void pay(const char *case_number)
{
    struct web cashier = door_sign_in(&door, "cashier");
    char path[100], body[100];
    snprintf(path, sizeof path, "/cases/%s/bill", case_number);
    door_await(&cashier, path, NULL, "state", "DUE");
    json_t *bill = web_expect(&cashier, "GET", path, NULL, 200, NULL);
    snprintf(path, sizeof path, "/cases/%s/payment", case_number);
    snprintf(body, sizeof body, "{\"method\":\"CASH\",\"shownFen\":\"%s\"}",
             web_text(bill, "dueFen"));
    json_decref(web_expect(&cashier, "POST", path, body, 200, NULL));
    json_decref(bill);
}

/* RULE H17: the applicant sees when to pay and when to fetch. */
static void a_case_is_on_the_board_while_it_waits_for_its_applicant(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    char path[100];
    (void)state;
    int64_t received = on_board("receivedToday"), closed = on_board("closedToday"),
            handling = on_board("handling");
    json_t *submitted = door_submit(&clerk);
    const char *of = web_text(submitted, "caseNumber");
    snprintf(path, sizeof path, "/cases/%s/finish", of);
    json_decref(web_expect(&clerk, "POST", path, "{\"granted\":true}", 200, NULL));
    await_board("toPay", of, CHARGING);
    assert_int_equal(received + 1, on_board("receivedToday"));
    assert_int_equal(handling + 1, on_board("handling"));
    pay(of);
    await_board("ready", of, CULTURE);
    await_board("toPay", of, NOT_CALLED);
    assert_int_equal(closed + 1, on_board("closedToday"));
    assert_int_equal(handling, on_board("handling"));
    snprintf(path, sizeof path, "/cases/%s/delivery", of);
    json_decref(web_expect(&clerk, "POST", path,
                           "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
                           "\"11010519491231002X\"}",
                           200, NULL));
    await_board("ready", of, NOT_CALLED);
    json_decref(submitted);
}

static void who_must_correct_something_is_on_the_board(void **state)
{
    static const char lacking[] =
        "{\"item\":\"CUL-01\",\"applicant\":{\"kind\":\"PERSON\",\"name\":\"王小明\","
        "\"document\":\"11010519491231002X\",\"phone\":\"13800138000\"},"
        "\"channel\":\"AT_WINDOW\",\"check\":true}";
    struct web clerk = door_sign_in(&door, "clerk");
    char path[100];
    (void)state;
    json_t *submitted = web_expect(&clerk, "POST", "/cases", lacking, 200, NULL);
    assert_string_equal("CORRECTION", web_text(submitted, "state"));
    await_board("toCorrect", web_text(submitted, "caseNumber"), CULTURE);
    snprintf(path, sizeof path, "/cases/%s/withdrawal", web_text(submitted, "caseNumber"));
    json_decref(web_expect(&clerk, "POST", path, "{\"reason\":\"不办了\"}", 200, NULL));
    await_board("toCorrect", web_text(submitted, "caseNumber"), NOT_CALLED);
    json_decref(submitted);
}

/* ---- notices */

static json_t *publish(struct web *web, const char *zh, int64_t from_ms, int64_t to_ms)
{
    char body[300];
    snprintf(body, sizeof body,
             "{\"textZh\":\"%s\",\"textEn\":\"Closed\",\"fromMs\":\"%lld\",\"toMs\":\"%lld\"}", zh,
             (long long)from_ms, (long long)to_ms);
    return web_expect(web, "POST", "/notices", body, 200, NULL);
}

/* What turns the direction of what follows could show another text than was written. */
static void a_text_that_hides_its_order_is_not_taken(void **state)
{
    struct web manager = door_sign_in(&door, "manager"),
               admin = door_sign_in(&door, "administrator");
    char body[300];
    (void)state;
    snprintf(body, sizeof body, "{\"textZh\":\"a\u202eb\",\"toMs\":\"%lld\"}",
             (long long)(hall_time() + HOUR_MS));
    json_decref(web_expect(&manager, "POST", "/notices", body, 400, "FIELD_INVALID"));
    json_decref(web_expect(&admin, "POST", "/people",
                           "{\"name\":\"li.na\",\"fullName\":\"a\u2066b\",\"role\":\"CASHIER\"}",
                           400, "FIELD_INVALID"));
}

static size_t notices(struct web *web, const char *query)
{
    char path[100];
    snprintf(path, sizeof path, "/notices%s", query);
    json_t *reply = web_expect(web, "GET", path, NULL, 200, NULL);
    size_t n = json_array_size(json_object_get(reply, "notices"));
    json_decref(reply);
    return n;
}

static void a_notice_is_shown_to_everybody_while_it_holds(void **state)
{
    struct web manager = door_sign_in(&door, "manager"), anybody = web_of(&door.hall);
    char path[100];
    (void)state;
    int64_t now_ms = hall_time();
    json_t *now = publish(&manager, "今日下午停电", 0, now_ms + HOUR_MS),
           *later = publish(&manager, "明日闭馆", now_ms + HOUR_MS, now_ms + 2 * HOUR_MS);
    json_t *shown = web_expect(&anybody, "GET", "/notices", NULL, 200, NULL),
           *first = json_array_get(json_object_get(shown, "notices"), 0);
    assert_int_equal(1, json_array_size(json_object_get(shown, "notices")));
    assert_string_equal("今日下午停电", web_text(first, "textZh"));
    assert_string_equal("Closed", web_text(first, "textEn"));
    assert_string_equal("manager", web_text(now, "by"));
    assert_string_equal("", web_text(first, "by"));
    assert_int_equal(2, notices(&manager, "?coming=true"));
    snprintf(path, sizeof path, "/notices/%s", web_text(now, "notice"));
    json_decref(web_expect(&manager, "DELETE", path, NULL, 200, NULL));
    json_decref(web_expect(&manager, "DELETE", path, NULL, 404, "UNKNOWN_NOTICE"));
    assert_int_equal(0, notices(&anybody, ""));
    snprintf(path, sizeof path, "/notices/%s", web_text(later, "notice"));
    json_decref(web_expect(&manager, "DELETE", path, NULL, 200, NULL));
    assert_int_equal(0, notices(&manager, "?coming=true"));
    json_decref(shown);
    json_decref(now);
    json_decref(later);
}

static void a_notice_stays_on_record_when_it_is_taken_down(void **state)
{
    struct web manager = door_sign_in(&door, "manager");
    PGconn *admin = hall_connect(&door.hall, "admin");
    char path[100], sql[200];
    (void)state;
    json_t *notice = publish(&manager, "系统升级", 0, hall_time() + HOUR_MS);
    snprintf(path, sizeof path, "/notices/%s", web_text(notice, "notice"));
    json_decref(web_expect(&manager, "DELETE", path, NULL, 200, NULL));
    snprintf(sql, sizeof sql,
             "select count(*) from gateway.notice where notice = %s and removed_by = 'manager'",
             web_text(notice, "notice"));
    assert_int_equal(1, hall_number(admin, sql));
    PQfinish(admin);
    json_decref(notice);
}

/* RULE H21: only who publishes says something in the hall's name, or sees what is not said yet. */
static void a_notice_is_the_business_managers(void **state)
{
    static const char body[] = "{\"textZh\":\"x\",\"toMs\":\"9000000000000\"}";
    struct web anybody = web_of(&door.hall), clerk = door_sign_in(&door, "clerk"),
               manager = door_sign_in(&door, "manager");
    (void)state;
    json_decref(web_expect(&anybody, "POST", "/notices", body, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&clerk, "POST", "/notices", body, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&clerk, "DELETE", "/notices/1", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&clerk, "GET", "/notices?coming=true", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&manager, "POST", "/notices", "{\"toMs\":\"9000000000000\"}", 400,
                           "FIELD_MISSING"));
    json_decref(web_expect(&manager, "POST", "/notices", "{\"textZh\":\"x\",\"toMs\":\"5\"}", 400,
                           "FIELD_INVALID"));
    json_decref(
        web_expect(&manager, "POST", "/notices",
                   "{\"textZh\":\"x\",\"fromMs\":\"9000000000000\",\"toMs\":\"9000000000000\"}",
                   400, "FIELD_INVALID"));
}

/* ---- figures and their cases */

static void a_figure_leads_to_its_cases(void **state)
{
    struct web manager = door_sign_in(&door, "manager"),
               building = door_approver(&door, "CON", "builder");
    (void)state;
    json_t *overview = web_expect(&manager, "GET", "/figures/overview", NULL, 200, NULL),
           *found = web_expect(&manager, "GET", "/cases?figure=RECEIVED", NULL, 200, NULL),
           *none = web_expect(&building, "GET", "/cases?figure=RECEIVED", NULL, 200, NULL);
    assert_true(json_array_size(json_object_get(found, "dossiers")) > 0);
    assert_int_equal(number(json_object_get(overview, "total"), "received"),
                     json_array_size(json_object_get(found, "dossiers")));
    assert_int_equal(0, json_array_size(json_object_get(none, "dossiers")));
    json_decref(web_expect(&manager, "GET", "/cases?figure=BEAUTY", NULL, 400, "FIELD_INVALID"));
    json_decref(web_expect(&manager, "GET", "/cases?fromDay=20000", NULL, 400, "FIELD_MISSING"));
    json_decref(overview);
    json_decref(found);
    json_decref(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hall_says_its_name_and_time_to_anybody),
        cmocka_unit_test(the_departments_are_told_in_both_languages),
        cmocka_unit_test(a_case_is_on_the_board_while_it_waits_for_its_applicant),
        cmocka_unit_test(who_must_correct_something_is_on_the_board),
        cmocka_unit_test(a_text_that_hides_its_order_is_not_taken),
        cmocka_unit_test(a_notice_is_shown_to_everybody_while_it_holds),
        cmocka_unit_test(a_notice_stays_on_record_when_it_is_taken_down),
        cmocka_unit_test(a_notice_is_the_business_managers),
        cmocka_unit_test(a_figure_leads_to_its_cases),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
