/* SPDX-License-Identifier: Apache-2.0 */
/* A case over HTTP from submission to delivery, and the refusals of wrong requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *path_of(const json_t *submitted, const char *rest)
{
    static char path[100];
    snprintf(path, sizeof path, "/cases/%s%s", web_text(submitted, "caseNumber"), rest);
    return path;
}

static const char parallel_application[] =
    "{\"item\":\"CON-02\",\"applicant\":{\"kind\":\"PERSON\",\"name\":\"王小明\",\"document\":"
    "\"11010519491231002X\",\"phone\":\"13800138000\"},"
    "\"channel\":\"AT_WINDOW\",\"check\":true,\"materials\":[{\"seq\":1,\"copies\":1},{\"seq\":2,"
    "\"copies\":1},{\"seq\":3,\"copies\":2},{\"seq\":4,\"copies\":1}],\"facts\":[{\"fee\":"
    "\"FEE-CON-02A\",\"units\":20,\"days\":10},{\"fee\":\"FEE-CON-02B\",\"units\":2}]}";

static void bad_input_is_told_where(void **state)
{
    static const struct {
        const char *body, *reason, *field;
    } cases[] = {
        {"{\"item\":", "BAD_JSON", NULL},
        {"{\"item\":\"a\",\"item\":\"b\"}", "BAD_JSON", NULL},
        {"{\"item\":\"\xff\"}", "BAD_JSON", NULL},
        {"[]", "MALFORMED", NULL},
        {"{\"itme\":\"CUL-01\"}", "UNKNOWN_FIELD", "itme"},
        {"{\"item\":\"CUL-01\",\"materials\":[{\"seq\":1,\"copies\":\"many\"}]}", "FIELD_INVALID",
         "materials[0].copies"},
        {"{\"item\":\"CUL-01\",\"channel\":\"AT_WINDOW\",\"applicant\":{\"kind\":\"PERSON\","
         "\"name\":\"x\",\"document\":\"123\",\"phone\":\"13800138000\"}}",
         NULL, "applicant.document"},
    };
    struct web clerk = door_sign_in(&the_door, "clerk");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct said said = web_ask(&clerk, "POST", "/cases", cases[i].body);
        const char *field = json_string_value(json_object_get(said.body, "field"));
        if (said.status < 400 || said.status >= 500)
            fail_msg("%s: %d", cases[i].body, said.status);
        assert_non_null(strstr(said.head, "Content-Type: application/problem+json"));
        assert_int_equal(said.status, json_integer_value(json_object_get(said.body, "status")));
        if (cases[i].reason != NULL)
            assert_string_equal(cases[i].reason, web_text(said.body, "reason"));
        if (cases[i].field != NULL && (field == NULL || strcmp(field, cases[i].field) != 0))
            fail_msg("%s: at '%s'", cases[i].body, field == NULL ? "" : field);
        said_free(&said);
    }
    json_decref(
        web_expect(&clerk, "POST", "/cases/7/check", "{\"caseNumber\":8}", 400, "UNKNOWN_FIELD"));
    json_decref(web_expect(&clerk, "GET", "/cases?limit=1&limit=2", NULL, 400, "FIELD_INVALID"));
    json_decref(web_expect(&clerk, "GET", "/cases?color=red", NULL, 400, "UNKNOWN_FIELD"));
    json_decref(web_expect(&clerk, "GET", "/cases/261123-000001-0", NULL, 400, "FIELD_INVALID"));
}

static void a_refusal_is_said_in_the_language_asked_for(void **state)
{
    struct web web = web_of(&the_door.hall);
    (void)state;
    json_t *english = web_expect(&web, "GET", "/tasks", NULL, 401, NULL);
    snprintf(web.headers, sizeof web.headers, "Accept-Language: zh-CN\r\n");
    json_t *chinese = web_expect(&web, "GET", "/tasks", NULL, 401, NULL);
    assert_string_equal("Sign in first", web_text(english, "title"));
    assert_string_equal("Sign in first", web_text(chinese, "title")); /* the first header counts */
    json_decref(english);
    json_decref(chinese);
    static const char plain[] =
        "GET /api/v1/tasks HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n";
    char *text = web_raw(&web, plain, strlen(plain), NULL);
    assert_non_null(strstr(text, "请先登录"));
    free(text);
}

static void a_case_goes_from_the_door_to_delivery(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"),
               cashier = door_sign_in(&the_door, "cashier");
    char body[200], bill[100], path[100];
    (void)state;
    json_t *submitted = door_submit(&clerk);
    assert_string_equal("ACCEPTED", web_text(submitted, "state"));
    json_decref(
        web_expect(&clerk, "POST", path_of(submitted, "/finish"), "{\"granted\":true}", 200, NULL));
    snprintf(bill, sizeof bill, "%s", path_of(submitted, "/bill"));
    door_await(&cashier, bill, NULL, "state", "DUE");
    json_t *order = web_expect(&cashier, "GET", bill, NULL, 200, NULL);
    json_decref(web_expect(&cashier, "POST", path_of(submitted, "/payment"),
                           "{\"method\":\"CASH\",\"shownFen\":\"1\"}", 409, "AMOUNT_DIFFERS"));
    snprintf(body, sizeof body, "{\"method\":\"CASH\",\"shownFen\":\"%s\"}",
             web_text(order, "dueFen"));
    json_t *paid = web_expect(&cashier, "POST", path_of(submitted, "/payment"), body, 200, NULL);
    assert_string_equal(web_text(order, "dueFen"), web_text(paid, "paidFen"));
    snprintf(path, sizeof path, "%s", path_of(submitted, "/progress"));
    door_await(&clerk, path, NULL, "state", "CLOSED");
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
                           "\"11010519491231002X\"}",
                           200, NULL));
    snprintf(path, sizeof path, "%s", path_of(submitted, ""));
    door_await(&clerk, path, "dossier", "state", "delivered");
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
                           "\"11010519491231002X\"}",
                           409, NULL));
    json_decref(submitted);
    json_decref(order);
    json_decref(paid);
}

static void the_same_key_gets_the_same_answer_and_is_done_once(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk");
    (void)state;
    snprintf(clerk.headers, sizeof clerk.headers,
             "Idempotency-Key: 01890a5d-ac96-774b-bcce-b302099a8057\r\n");
    json_t *first = door_submit(&clerk), *second = door_submit(&clerk);
    assert_true(json_equal(first, second));
    json_decref(web_expect(&clerk, "POST", path_of(first, "/check"), "{}", 422, "KEY_REUSED"));
    snprintf(clerk.headers, sizeof clerk.headers, "Idempotency-Key: 17\r\n");
    json_decref(web_expect(&clerk, "POST", "/cases", door_application, 400, "BAD_KEY"));
    json_decref(first);
    json_decref(second);
}

/* Whoever else hits upon the key does what he asks for, and gets his own answer. */
static void a_key_belongs_to_whoever_uses_it(void **state)
{
    static const char key[] = "Idempotency-Key: 01890a5d-ac96-774b-bcce-b302099a8058\r\n";
    struct web clerk = door_sign_in(&the_door, "clerk"),
               other = door_person(&the_door, "WINDOW_CLERK", "CUL", 12, "clerk-2");
    (void)state;
    snprintf(clerk.headers, sizeof clerk.headers, "%s", key);
    snprintf(other.headers, sizeof other.headers, "%s", key);
    json_t *first = door_submit(&clerk), *second = door_submit(&other);
    assert_string_not_equal(web_text(first, "caseNumber"), web_text(second, "caseNumber"));
    json_decref(first);
    json_decref(second);
}

/* RULE H21 */
static void a_department_sees_its_own_cases_alone(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"),
               manager = door_sign_in(&the_door, "manager"),
               building = door_approver(&the_door, "CON", "builder");
    char path[100];
    (void)state;
    json_t *submitted = door_submit(&clerk);
    snprintf(path, sizeof path, "%s", path_of(submitted, ""));
    door_await(&manager, path, "dossier", "department", "CUL");
    json_decref(web_expect(&clerk, "GET", path, NULL, 200, NULL));
    json_decref(web_expect(&building, "GET", path, NULL, 403, "OTHER_DEPARTMENT"));
    json_decref(
        web_expect(&building, "GET", "/tasks?department=CUL", NULL, 403, "OTHER_DEPARTMENT"));
    json_t *found = web_expect(&building, "GET", "/cases", NULL, 200, NULL);
    assert_int_equal(0, json_array_size(json_object_get(found, "dossiers")));
    json_decref(found);
    json_decref(submitted);
}

/* Somebody of the department, as the demonstration's table has him. */
static struct web one_of(const char *post, const char *department)
{
    char name[40];
    bool example = strcmp(department, "CUL") == 0, city = strcmp(department, "CITY") == 0;
    snprintf(name, sizeof name, "%s%s%s", city ? "city" : post, city || example ? "" : "-",
             city || example ? "" : department);
    for (char *at = name; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return door_sign_in(&the_door, name);
}

/* The open tasks of the case are decided, each by somebody of its department; how many. */
static int decide_open_tasks(struct web *reader, const json_t *submitted)
{
    json_t *flow = web_expect(reader, "GET", path_of(submitted, "/flow"), NULL, 200, NULL), *task;
    size_t i;
    int n = 0;
    json_array_foreach(json_object_get(flow, "tasks"), i, task)
    {
        if (strcmp(web_text(task, "state"), "OPEN") != 0)
            continue;
        struct web approver = one_of("approver", web_text(task, "department"));
        json_decref(web_expect(&approver, "POST", path_of(submitted, "/decision"),
                               "{\"agree\":true,\"staff\":[\"approver-con\",\"lead-con\"]}", 200,
                               NULL));
        n++;
    }
    json_decref(flow);
    return n;
}

/* RULE L34: the hall says of which department those are who made a survey; nobody else says it. */
static void those_who_make_a_survey_are_people_of_the_hall(void **state)
{
    struct web clerk = one_of("clerk", "CON"), approver = one_of("approver", "CON");
    (void)state;
    json_t *submitted = web_expect(&clerk, "POST", "/cases", parallel_application, 200, NULL);
    door_await(&approver, path_of(submitted, "/flow"), NULL, "state", "RUNNING");
    json_decref(web_expect(&approver, "POST", path_of(submitted, "/decision"),
                           "{\"agree\":true,\"staff\":[\"approver-con\",\"nobody\"]}", 400,
                           "FIELD_INVALID"));
    json_decref(web_expect(&approver, "POST", path_of(submitted, "/decision"),
                           "{\"agree\":true,\"staff\":[\"approver-con\",\"lead-con\"],"
                           "\"staffDepartments\":[\"CON\",\"CON\"]}",
                           400, "FIELD_INVALID"));
    json_decref(web_expect(&approver, "POST", path_of(submitted, "/decision"),
                           "{\"agree\":true,\"staff\":[\"approver-con\",\"approver\"]}", 409,
                           "STAFF_ELSEWHERE"));
    json_decref(web_expect(&approver, "POST", path_of(submitted, "/decision"),
                           "{\"agree\":true,\"staff\":[\"approver-con\",\"lead-con\"]}", 200,
                           NULL));
    json_decref(submitted);
}

/* RULE H2: three departments work at the same time, and one of them then decides. */
static void a_parallel_case_is_practised_by_the_demonstrations_people(void **state)
{
    struct web clerk = one_of("clerk", "CON"), manager = door_sign_in(&the_door, "manager");
    char progress[100];
    (void)state;
    json_t *submitted = web_expect(&clerk, "POST", "/cases", parallel_application, 200, NULL);
    assert_string_equal("IN_APPROVAL", web_text(submitted, "state"));
    door_await(&manager, path_of(submitted, "/flow"), NULL, "state", "RUNNING");
    assert_int_equal(3, decide_open_tasks(&manager, submitted));
    assert_int_equal(1, decide_open_tasks(&manager, submitted));
    snprintf(progress, sizeof progress, "%s", path_of(submitted, "/progress"));
    door_await(&clerk, progress, NULL, "state", "PAYMENT_DUE");
    json_decref(submitted);
}

/* Whoever a flow asks can sign in, also where the post is vacant. */
static void every_department_that_has_not_left_has_people(void **state)
{
    struct web web = web_of(&the_door.hall);
    json_t *list = web_expect(&web, "GET", "/departments", NULL, 200, NULL), *one;
    size_t i;
    int n = 0;
    (void)state;
    json_array_foreach(json_object_get(list, "departments"), i, one)
    {
        const char *code = web_text(one, "code");
        if (strstr("IND LTX NTX", code) != NULL) /* in the joint licensing hall */
            continue;
        one_of("approver", code);
        one_of("lead", code);
        n++;
    }
    assert_int_equal(26, n);
    json_decref(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_input_is_told_where),
        cmocka_unit_test(a_refusal_is_said_in_the_language_asked_for),
        cmocka_unit_test(a_case_goes_from_the_door_to_delivery),
        cmocka_unit_test(the_same_key_gets_the_same_answer_and_is_done_once),
        cmocka_unit_test(a_key_belongs_to_whoever_uses_it),
        cmocka_unit_test(a_department_sees_its_own_cases_alone),
        cmocka_unit_test(those_who_make_a_survey_are_people_of_the_hall),
        cmocka_unit_test(a_parallel_case_is_practised_by_the_demonstrations_people),
        cmocka_unit_test(every_department_that_has_not_left_has_people),
    };
    return cmocka_run_group_tests(tests, door_group_open, door_group_close);
}
