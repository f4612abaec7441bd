/* SPDX-License-Identifier: Apache-2.0 */
/* People at the gateway sign in and out, and may do what their role allows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUESTS = 8 };

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "", DOOR_GATEWAY);
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
    assert_int_equal(33, json_array_size(json_object_get(items, "items")));
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

/* One's own alone; the one that asks is marked. */
static void a_person_sees_and_ends_his_sessions(void **state)
{
    struct web here = door_sign_in(&door, "cashier"), elsewhere = door_sign_in(&door, "cashier"),
               other = door_sign_in(&door, "clerk");
    char path[60] = "";
    size_t i;
    json_t *one;
    (void)state;
    json_t *reply = web_expect(&here, "GET", "/sessions", NULL, 200, NULL);
    json_t *sessions = json_object_get(reply, "sessions");
    assert_int_equal(2, json_array_size(sessions));
    json_array_foreach(sessions, i, one)
    {
        assert_string_equal("127.0.0.1", web_text(one, "address"));
        if (!json_is_true(json_object_get(one, "current")))
            snprintf(path, sizeof path, "/sessions/%s", web_text(one, "session"));
    }
    json_decref(reply);
    json_decref(web_expect(&other, "DELETE", path, NULL, 404, "UNKNOWN_SESSION"));
    json_decref(web_expect(&elsewhere, "GET", "/session", NULL, 200, NULL));
    json_decref(web_expect(&here, "DELETE", path, NULL, 200, NULL));
    json_decref(web_expect(&elsewhere, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&here, "GET", "/session", NULL, 200, NULL));
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

/* Closing his account releases what he has taken; his colleagues see whose it was. */
static void whoever_leaves_leaves_no_task_behind(void **state)
{
    struct web admin = door_sign_in(&door, "administrator");
    struct web leaver = door_approver(&door, "CUL", "leaver");
    struct web clerk = door_sign_in(&door, "clerk");
    char path[64];
    (void)state;
    json_t *made =
        web_expect(&clerk, "POST", "/cases",
                   "{\"item\":\"CUL-03\",\"channel\":\"AT_WINDOW\",\"check\":true,"
                   "\"applicant\":{\"kind\":\"ORGANISATION\",\"name\":\"第一印刷厂\","
                   "\"document\":\"91350100M000100Y43\",\"legalRepresentative\":\"李四\","
                   "\"phone\":\"010-88886666\"},\"materials\":["
                   "{\"seq\":1,\"copies\":1},{\"seq\":2,\"copies\":1},{\"seq\":3,\"copies\":1},"
                   "{\"seq\":4,\"copies\":1},{\"seq\":5,\"copies\":1}]}",
                   200, NULL);
    const char *number = json_string_value(json_object_get(made, "caseNumber"));
    snprintf(path, sizeof path, "/cases/%s/flow", number);
    door_await(&leaver, path, NULL, "state", "RUNNING");
    snprintf(path, sizeof path, "/cases/%s/take", number);
    json_decref(web_expect(&leaver, "POST", path, "{}", 200, NULL));
    json_decref(web_expect(&admin, "PUT", "/people/leaver",
                           "{\"fullName\":\"离任者\",\"role\":\"APPROVER\",\"department\":\"CUL\","
                           "\"shutOut\":true}",
                           200, NULL));
    struct web approver = door_sign_in(&door, "approver");
    json_t *left = web_expect(&approver, "GET", "/tasks?left=true&limit=10", NULL, 200, NULL);
    const json_t *line = json_array_get(json_object_get(left, "tasks"), 0);
    const json_t *task = json_object_get(line, "task");
    assert_string_equal(number, json_string_value(json_object_get(line, "caseNumber")));
    assert_string_equal("leaver", json_string_value(json_object_get(task, "leftBy")));
    assert_string_equal("", json_string_value(json_object_get(task, "assignee")));
    json_decref(left);
    json_decref(made);
}

/* RULE H1: said when a person is added or changed, and when the window goes to others. */
static void a_clerks_window_is_his_departments(void **state)
{
    static const char window[] = "{\"department\":\"%s\",\"nameZh\":\"备用\",\"nameEn\":\"Spare\","
                                 "\"open\":true%s}";
    static const char clerk[] = "{\"name\":\"seat.cul\",\"fullName\":\"备用窗口员\","
                                "\"role\":\"WINDOW_CLERK\",\"department\":\"CUL\",\"window\":%d}";
    static const char changed[] = "{\"fullName\":\"备用窗口员\",\"role\":\"WINDOW_CLERK\","
                                  "\"department\":\"%s\",\"window\":77}";
    struct web admin = door_sign_in(&door, "administrator"),
               manager = door_sign_in(&door, "manager");
    char body[240];
    (void)state;
    snprintf(body, sizeof body, window, "CUL", "");
    json_decref(web_expect(&manager, "PUT", "/windows/77", body, 200, NULL));
    for (int wrong = 1; wrong <= 78; wrong += 77) { /* another department's, and none */
        snprintf(body, sizeof body, clerk, wrong);
        json_decref(web_expect(&admin, "POST", "/people", body, 400, "UNKNOWN_WINDOW"));
    }
    snprintf(body, sizeof body, clerk, 77);
    json_decref(web_expect(&admin, "POST", "/people", body, 200, NULL));
    snprintf(body, sizeof body, changed, "CIV");
    json_decref(web_expect(&admin, "PUT", "/people/seat.cul", body, 400, "UNKNOWN_WINDOW"));
    json_decref(web_expect(&admin, "POST", "/tokens",
                           "{\"name\":\"queue\",\"role\":\"WINDOW_CLERK\",\"department\":\"CIV\","
                           "\"window\":77,\"days\":1}",
                           400, "UNKNOWN_WINDOW"));
    snprintf(body, sizeof body, window, "CIV", "");
    json_decref(web_expect(&manager, "PUT", "/windows/77", body, 409, "WINDOW_IN_USE"));
    snprintf(body, sizeof body, window, "CIV", ",\"clerks\":1");
    json_decref(web_expect(&manager, "PUT", "/windows/77", body, 200, NULL));
    snprintf(body, sizeof body, changed, "CIV");
    json_decref(web_expect(&admin, "PUT", "/people/seat.cul", body, 200, NULL));
}

/* RULE H6: whoever gives advice is of no department, and sits where advice is given. */
static void a_clerk_of_no_department_sits_at_a_consultation_window(void **state)
{
    static const char clerk[] = "{\"name\":\"advice\",\"fullName\":\"咨询员\","
                                "\"role\":\"WINDOW_CLERK\",\"window\":%d}";
    static const int elsewhere[] = {12, 31, 32, 33};
    struct web admin = door_sign_in(&door, "administrator");
    char body[240];
    (void)state;
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        snprintf(body, sizeof body, clerk, elsewhere[i]);
        json_decref(web_expect(&admin, "POST", "/people", body, 400, "UNKNOWN_WINDOW"));
    }
    snprintf(body, sizeof body, clerk, 30);
    json_decref(web_expect(&admin, "POST", "/people", body, 200, NULL));
    json_decref(web_expect(&admin, "POST", "/people",
                           "{\"name\":\"nowhere\",\"fullName\":\"审批员\",\"role\":\"APPROVER\"}",
                           400, "FIELD_INVALID"));
}

/* A cashier calls tickets from the charging window, which is no department's. */
static void a_cashier_may_sit_at_the_charging_window(void **state)
{
    static const char cashier[] = "{\"name\":\"till.%d\",\"fullName\":\"备用收费员\","
                                  "\"role\":\"CASHIER\",\"window\":%d}";
    static const struct {
        int window, status;
    } cases[] = {{0, 200}, {31, 200}, {12, 400}, {30, 400}};
    struct web admin = door_sign_in(&door, "administrator"), till = door_sign_in(&door, "cashier");
    char body[240];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(body, sizeof body, cashier, cases[i].window, cases[i].window);
        json_decref(web_expect(&admin, "POST", "/people", body, cases[i].status,
                               cases[i].status == 200 ? NULL : "UNKNOWN_WINDOW"));
    }
    json_decref(web_expect(&till, "POST", "/tickets", "{\"window\":31}", 200, NULL));
    json_decref(web_expect(&till, "POST", "/tickets/next", NULL, 200, NULL));
}

/* A token named like a person is not that person, neither in the journals nor in the account. */
static void a_token_named_like_a_person_is_not_that_person(void **state)
{
    struct web admin = door_sign_in(&door, "administrator"), machine = web_of(&door.hall);
    PGconn *conn = hall_connect(&door.hall, "admin");
    (void)state;
    json_t *token = web_expect(&admin, "POST", "/tokens",
                               "{\"name\":\"clerk\",\"role\":\"WINDOW_CLERK\",\"department\":"
                               "\"CUL\",\"window\":12,\"days\":400}",
                               200, NULL);
    snprintf(machine.bearer, sizeof machine.bearer, "%s", web_text(token, "secret"));
    json_decref(token);
    json_decref(door_submit(&machine));
    assert_int_equal(1, hall_number(conn, "select count(distinct actor) from intake.journal"
                                          " where actor = 'token:clerk'"));
    json_decref(web_expect(&machine, "GET", "/session", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&machine, "GET", "/sessions", NULL, 403, "NOT_ALLOWED"));
    json_t *list = web_expect(&admin, "GET", "/tokens", NULL, 200, NULL);
    const json_t *line = json_array_get(json_object_get(list, "tokens"), 0);
    assert_string_equal("administrator", web_text(line, "madeBy"));
    assert_string_not_equal("0", web_text(line, "usedMs"));
    json_decref(list);
    json_decref(web_expect(&admin, "POST", "/tokens",
                           "{\"name\":\"long\",\"role\":\"PUBLIC\",\"days\":401}", 400,
                           "FIELD_INVALID"));
    json_decref(web_expect(&admin, "DELETE", "/tokens/clerk", NULL, 200, NULL));
    PQfinish(conn);
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
                           "{\"current\":\"x\",\"next\":\"short\"}", 400, "FIELD_INVALID"));
    json_decref(web_expect(&web, "POST", "/session/password",
                           "{\"current\":\"x\",\"next\":\"newcomer, again\"}", 400,
                           "PASSWORD_TOO_WEAK"));
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
        cmocka_unit_test(sign_ins_are_read_page_by_page_while_more_come),
        cmocka_unit_test(a_session_ends_when_it_is_signed_out),
        cmocka_unit_test(a_person_sees_and_ends_his_sessions),
        cmocka_unit_test(whoever_leaves_leaves_no_task_behind),
        cmocka_unit_test(a_clerks_window_is_his_departments),
        cmocka_unit_test(a_clerk_of_no_department_sits_at_a_consultation_window),
        cmocka_unit_test(a_cashier_may_sit_at_the_charging_window),
        cmocka_unit_test(a_token_named_like_a_person_is_not_that_person),
        cmocka_unit_test(a_one_time_password_is_for_one_thing),
        cmocka_unit_test(a_change_needs_the_csrf_token),
        cmocka_unit_test(a_cookie_is_out_of_reach_of_scripts_and_other_sites),
        cmocka_unit_test(a_role_does_what_its_row_says),
        cmocka_unit_test(a_machine_comes_with_a_token_until_it_is_revoked),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
