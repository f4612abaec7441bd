/* SPDX-License-Identifier: Apache-2.0 */
/* What intake answers over HTTP, by a real database: materials, progress, versions, windows; and
 * to whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/case_number.h"
#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* CUL-03 goes through CUL, ENV and SAF; its materials as said. */
static json_t *apply(struct web *clerk, const char *materials)
{
    char body[1000];
    snprintf(body, sizeof body,
             "{\"item\":\"CUL-03\",\"applicant\":{\"kind\":\"ORGANISATION\",\"name\":\"印刷厂\","
             "\"document\":\"91350100M000100Y43\",\"legalRepresentative\":\"李四\",\"phone\":"
             "\"02212345678\"},\"channel\":"
             "\"AT_WINDOW\",\"check\":true,\"summary\":\"迁址\",\"materials\":%s}",
             materials);
    return web_expect(clerk, "POST", "/cases", body, 200, NULL);
}

#define SHORT_OF_TWO "[{\"seq\":1,\"copies\":1},{\"seq\":2,\"copies\":3},{\"seq\":3,\"copies\":1}]"
#define EVERYTHING                                                                                 \
    "[{\"seq\":1,\"copies\":1},{\"seq\":2,\"copies\":1},{\"seq\":3,\"copies\":1},{\"seq\":4,"      \
    "\"copies\":1},{\"seq\":5,\"copies\":1}]"

static const char *path_of(const json_t *submitted, const char *rest)
{
    static char path[100];
    snprintf(path, sizeof path, "/cases/%s%s", web_text(submitted, "caseNumber"), rest);
    return path;
}

static json_t *at(const json_t *object, const char *list, size_t index)
{
    return json_array_get(json_object_get(object, list), index);
}

static int number(const json_t *object, const char *name)
{
    const json_t *member = json_object_get(object, name);
    assert_true(json_is_integer(member));
    return (int)json_integer_value(member);
}

static int64_t instant(const json_t *object, const char *name)
{
    return strtoll(web_text(object, name), NULL, 10);
}

/* ---- the code on a slip */

/* RULE H17, H21 */
static void a_slip_opens_the_progress_of_its_case_and_no_other(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall);
    char body[200];
    (void)state;
    json_t *submitted = apply(&clerk, EVERYTHING),
           *to_staff = web_expect(&clerk, "GET", path_of(submitted, "/progress"), NULL, 200, NULL);
    assert_string_equal(web_text(submitted, "code"), web_text(to_staff, "code"));
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", web_text(submitted, "code"));
    json_t *is = web_expect(&anybody, "POST", "/progress/by-code", body, 200, NULL),
           *place = json_object_get(is, "place");
    assert_string_equal(web_text(submitted, "caseNumber"), web_text(is, "caseNumber"));
    assert_string_equal("", web_text(is, "code"));
    assert_string_equal("", web_text(is, "deliveryReceipt"));
    assert_string_equal("文体局", web_text(is, "departmentZh"));
    assert_int_equal(12, number(place, "window"));
    assert_int_equal(1, number(place, "floor"));
    json_decref(is);

    char *last = &body[strlen(body) - 3];
    *last = *last == '0' ? '1' : '0';
    json_decref(web_expect(&anybody, "POST", "/progress/by-code", body, 404, "UNKNOWN_CASE"));
    json_decref(to_staff);
    json_decref(submitted);
}

/* ---- materials */

/* RULE L32.4 */
static void what_was_asked_and_handed_in_is_told_side_by_side(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk");
    (void)state;
    json_t *submitted = apply(&clerk, SHORT_OF_TWO),
           *is = web_expect(&clerk, "GET", path_of(submitted, "/materials"), NULL, 200, NULL);
    assert_string_equal("CORRECTION", web_text(submitted, "state"));
    assert_string_equal("CUL-03", web_text(is, "item"));
    assert_int_equal(1, number(is, "itemVersion"));
    assert_string_equal("AT_WINDOW", web_text(is, "channel"));
    assert_string_equal("ORGANISATION", web_text(is, "applicantKind"));
    assert_string_equal("迁址", web_text(is, "summary"));
    assert_int_equal(5, json_array_size(json_object_get(is, "materials")));
    assert_int_equal(1, number(at(is, "materials", 1), "copies"));
    assert_int_equal(3, number(at(is, "materials", 1), "received"));
    assert_int_equal(0, number(at(is, "materials", 3), "received"));
    assert_int_equal(2, json_array_size(json_object_get(is, "missing")));
    assert_int_equal(4, number(at(is, "missing", 0), "seq"));
    assert_int_equal(5, number(at(is, "missing", 1), "seq"));
    assert_true(instant(is, "correctionDueMs") > 0);
    json_decref(is);

    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/supplement"),
                           "{\"materials\":[{\"seq\":4,\"copies\":1},{\"seq\":5,\"copies\":1}]}",
                           200, NULL));
    is = web_expect(&clerk, "GET", path_of(submitted, "/materials"), NULL, 200, NULL);
    assert_int_equal(0, json_array_size(json_object_get(is, "missing")));
    assert_string_equal("0", web_text(is, "correctionDueMs"));
    json_decref(is);
    json_decref(submitted);
}

/* RULE H21: a department sees them once it has a task on the case, and the applicant too. */
static void a_case_is_seen_by_those_who_handle_it(void **state)
{
    static const char look[] = "{\"purpose\":\"核对\"}";
    struct web clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall),
               fellow = door_approver(&the_door, "ENV", "env-a1"),
               other = door_approver(&the_door, "TRA", "tra-a1");
    char path[100];
    (void)state;
    json_t *submitted = apply(&clerk, EVERYTHING);
    snprintf(path, sizeof path, "%s", path_of(submitted, "/materials"));
    door_await(&fellow, path, NULL, "item", "CUL-03");
    json_t *is = web_expect(&fellow, "GET", path, NULL, 200, NULL);
    assert_string_equal("CUL", web_text(at(is, "involved", 0), "department"));
    assert_string_equal("ENV", web_text(at(is, "involved", 1), "department"));
    assert_string_equal("SAF", web_text(at(is, "involved", 2), "department"));
    json_decref(is);
    json_decref(web_expect(&other, "GET", path, NULL, 403, "OTHER_DEPARTMENT"));
    json_decref(web_expect(&anybody, "GET", path, NULL, 401, "SIGN_IN_NEEDED"));

    snprintf(path, sizeof path, "%s", path_of(submitted, "/applicant-views"));
    is = web_expect(&fellow, "POST", path, look, 200, NULL);
    assert_string_equal("印刷厂", web_text(json_object_get(is, "applicant"), "name"));
    json_decref(is);
    json_decref(web_expect(&other, "POST", path, look, 403, "OTHER_DEPARTMENT"));
    json_decref(submitted);
}

/* ---- progress */

static struct said ask_progress(struct web *web, const char *case_number, const char *last_four)
{
    char body[100];
    snprintf(body, sizeof body, "{\"caseNumber\":\"%s\",\"lastFour\":\"%s\"}", case_number,
             last_four);
    return web_ask(web, "POST", "/progress", body);
}

/* RULE H17: with the number and the document, without signing in. */
static void an_applicant_follows_his_case(void **state)
{
    static const char *const last_four[] = {"002X", "002x"};
    struct web clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall);
    (void)state;
    json_t *submitted = door_submit(&clerk);
    for (size_t i = 0; i < 2; i++) {
        struct said said = ask_progress(&anybody, web_text(submitted, "caseNumber"), last_four[i]);
        assert_int_equal(200, said.status);
        assert_string_equal("CUL-01", web_text(said.body, "item"));
        assert_string_equal("ACCEPTED", web_text(said.body, "state"));
        said_free(&said);
    }
    json_decref(submitted);
}

/* RULE H21: numbers follow each other, so whoever tries them out learns nothing, not even which
 * there are. */
static void a_number_alone_opens_nothing(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall);
    char no_case[32];
    (void)state;
    snprintf(no_case, sizeof no_case, "%lld", (long long)case_number_make(20, 1, 1, 1));
    json_t *submitted = door_submit(&clerk);
    json_decref(
        web_expect(&anybody, "GET", path_of(submitted, "/progress"), NULL, 401, "SIGN_IN_NEEDED"));
    struct said wrong = ask_progress(&anybody, web_text(submitted, "caseNumber"), "0021"),
                unknown = ask_progress(&anybody, no_case, "002X");
    assert_int_equal(404, wrong.status);
    assert_string_equal("UNKNOWN_CASE", web_text(wrong.body, "reason"));
    assert_true(json_equal(wrong.body, unknown.body));
    said_free(&wrong);
    said_free(&unknown);
    wrong = ask_progress(&anybody, web_text(submitted, "caseNumber"), "");
    assert_int_equal(400, wrong.status);
    assert_string_equal("lastFour", web_text(wrong.body, "field"));
    said_free(&wrong);
    json_decref(submitted);
}

/* ---- papers printed again */

/* RULE L32.2, L32.6: everything the paper said, for the window and for the applicant alike. */
static void a_refusal_is_told_with_its_ground_and_the_right_authority(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall);
    (void)state;
    json_t *submitted = apply(&clerk, SHORT_OF_TWO);
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/refusal"),
                           "{\"ground\":\"NOT_THIS_AUTHORITY\",\"reason\":\"不归本机关管\","
                           "\"rightAuthority\":\"市新闻出版局\"}",
                           200, NULL));
    struct said said = ask_progress(&anybody, web_text(submitted, "caseNumber"), "0Y43");
    json_t *is = web_expect(&clerk, "GET", path_of(submitted, "/progress"), NULL, 200, NULL);
    assert_string_equal("REFUSED", web_text(is, "state"));
    assert_string_equal("NOT_THIS_AUTHORITY", web_text(is, "ground"));
    assert_string_equal("不归本机关管", web_text(is, "reason"));
    assert_string_equal("市新闻出版局", web_text(is, "rightAuthority"));
    assert_true(instant(is, "refusedMs") >= instant(is, "askedMs"));
    assert_true(instant(is, "askedMs") >= instant(is, "receivedMs"));
    assert_string_equal("0", web_text(is, "dueMs"));
    /* these two are the staff's alone */
    json_object_set(is, "code", json_object_get(said.body, "code"));
    json_object_set(is, "revision", json_object_get(said.body, "revision"));
    assert_true(json_equal(is, said.body));
    said_free(&said);
    json_decref(is);
    json_decref(submitted);
}

/* RULE L44, H21: how it was delivered, to the applicant too; the postal number to the staff alone.
 */
static void a_delivery_is_told_and_its_postal_number_to_the_staff_alone(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall);
    (void)state;
    json_t *submitted = door_submit(&clerk);
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/finish"),
                           "{\"granted\":false,\"reason\":\"场地不合格\"}", 200, NULL));
    json_t *is = web_expect(&clerk, "GET", path_of(submitted, "/progress"), NULL, 200, NULL);
    assert_string_equal("DELIVERY_UNSPECIFIED", web_text(is, "delivery"));
    assert_string_equal(web_text(submitted, "dueMs"), web_text(is, "dueMs"));  /* as it was told */
    assert_string_equal("REFUSAL_GROUND_UNSPECIFIED", web_text(is, "ground")); /* it is a denial */
    assert_string_equal("场地不合格", web_text(is, "reason"));
    assert_string_equal("0", web_text(is, "refusedMs"));
    json_decref(is);
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"POSTED\",\"receipt\":\"EM123456789CN\"}", 200, NULL));
    is = web_expect(&clerk, "GET", path_of(submitted, "/progress"), NULL, 200, NULL);
    assert_string_equal("POSTED", web_text(is, "delivery"));
    assert_string_equal("EM123456789CN", web_text(is, "deliveryReceipt"));
    assert_true(instant(is, "deliveredMs") > 0);
    struct said said = ask_progress(&anybody, web_text(submitted, "caseNumber"), "002X");
    assert_string_equal("POSTED", web_text(said.body, "delivery"));
    assert_string_equal("", web_text(said.body, "deliveryReceipt"));
    said_free(&said);
    json_decref(is);
    json_decref(submitted);
}

/* ---- applicants who come again */

/* RULE H21 */
static void a_window_knows_who_comes_again(void **state)
{
    static const char document[] = "{\"document\":\"11010519491231002X\"}";
    struct web clerk = door_sign_in(&the_door, "clerk"),
               approver = door_sign_in(&the_door, "approver");
    (void)state;
    json_decref(door_submit(&clerk));
    json_t *is = web_expect(&clerk, "POST", "/applicants/recall", document, 200, NULL),
           *applicant = json_object_get(is, "applicant");
    assert_true(json_is_true(json_object_get(is, "found")));
    assert_string_equal("王小明", web_text(applicant, "name"));
    assert_string_equal("13800138000", web_text(applicant, "phone"));
    json_decref(is);
    is = web_expect(&clerk, "POST", "/applicants/recall", "{\"document\":\"440524188001010014\"}",
                    200, NULL);
    assert_true(json_is_false(json_object_get(is, "found")));
    assert_null(json_object_get(is, "applicant"));
    json_decref(is);
    json_decref(web_expect(&approver, "POST", "/applicants/recall", document, 403, "NOT_ALLOWED"));
}

/* ---- the catalogue */

static const char *const new_guide =
    "{\"nameZh\":\"演出场所\",\"nameEn\":\"Venue\",\"department\":\"CUL\",\"applicant\":\"any\","
    "\"handling\":\"promised\",\"decisionLevel\":\"district\",\"result\":\"permit\",\"seq\":2,"
    "\"promisedDays\":3,\"statutoryDays\":20,\"decision\":\"1号\",\"decisionDay\":10957,\"steps\":["
    "{\"stage\":1,\"department\":\"CUL\",\"action\":\"DECIDE_CASE\",\"lead\":true,\"days\":3,"
    "\"counts\":true}],\"offered\":%s,\"materials\":[{\"seq\":1,\"nameZh\":\"申请表\","
    "\"nameEn\":\"Form\",\"form\":\"original\",\"copies\":2,\"required\":true}]}";

static void publish(struct web *manager, const char *offered)
{
    char body[1000];
    snprintf(body, sizeof body, new_guide, offered);
    json_decref(web_expect(manager, "PUT", "/items/CUL-02", body, 200, NULL));
}

/* RULE H11 */
static void an_item_is_told_in_all_its_versions(void **state)
{
    struct web manager = door_sign_in(&the_door, "manager"), anybody = web_of(&the_door.hall);
    (void)state;
    json_t *first = web_expect(&anybody, "GET", "/items/CUL-02/guide", NULL, 200, NULL);
    publish(&manager, "true");
    publish(&manager, "false");
    json_t *is = web_expect(&anybody, "GET", "/items/CUL-02/versions", NULL, 200, NULL);
    assert_int_equal(3, json_array_size(json_object_get(is, "versions")));
    assert_int_equal(3, number(at(is, "versions", 0), "version"));
    assert_true(json_is_false(json_object_get(at(is, "versions", 0), "offered")));
    assert_string_equal("演出场所", web_text(at(is, "versions", 1), "nameZh"));
    assert_int_equal(3, number(at(is, "versions", 1), "promisedDays"));
    assert_string_equal("manager", web_text(at(is, "versions", 1), "by"));
    assert_true(instant(at(is, "versions", 1), "fromMs") > 0);
    assert_string_equal("", web_text(at(is, "versions", 2), "by"));
    assert_string_equal("0", web_text(at(is, "versions", 2), "fromMs"));
    json_decref(is);

    json_decref(web_expect(&anybody, "GET", "/items/CUL-02/guide", NULL, 409, "ITEM_NOT_OFFERED"));
    is = web_expect(&anybody, "GET", "/items/CUL-02/guide?version=1", NULL, 200, NULL);
    assert_true(json_equal(json_object_get(first, "materials"), json_object_get(is, "materials")));
    json_decref(is);
    is = web_expect(&anybody, "GET", "/items/CUL-02/guide?version=2", NULL, 200, NULL);
    assert_int_equal(1, json_array_size(json_object_get(is, "materials")));
    json_decref(is);
    json_decref(
        web_expect(&anybody, "GET", "/items/CUL-02/guide?version=4", NULL, 404, "UNKNOWN_ITEM"));
    json_decref(web_expect(&anybody, "GET", "/items/CUL-99/versions", NULL, 404, "UNKNOWN_ITEM"));
    json_decref(first);
}

/* The line of a window in a list, or null; borrowed. */
static const json_t *window_in(const json_t *reply, int window)
{
    const json_t *list = json_object_get(reply, "windows");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (number(json_array_get(list, i), "window") == window)
            return json_array_get(list, i);
    return NULL;
}

/* RULE H19: the overview has a line for each window there is. */
static void await_in_overview(struct web *web, int window, const char *name_zh)
{
    struct retry retry = retry_begin();
    for (bool there = false; !there;) {
        json_t *overview = web_expect(web, "GET", "/figures/overview", NULL, 200, NULL);
        const json_t *line = window_in(overview, window);
        there = line != NULL && strcmp(web_text(line, "nameZh"), name_zh) == 0;
        json_decref(overview);
        if (!there)
            retry_or_fail(&retry, "the overview does not follow");
    }
}

/* RULE H1 */
static void a_window_is_set_up_and_seen_by_everyone(void **state)
{
    static const char body[] =
        "{\"department\":\"CUL\",\"nameZh\":\"文体局二号窗口\",\"nameEn\":\"Culture, second\","
        "\"open\":true}";
    struct web manager = door_sign_in(&the_door, "manager"),
               clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall);
    (void)state;
    json_decref(web_expect(&clerk, "PUT", "/windows/40", body, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&manager, "PUT", "/windows/40", body, 200, NULL));
    json_t *is = web_expect(&anybody, "GET", "/windows", NULL, 200, NULL);
    assert_int_equal(36, json_array_size(json_object_get(is, "windows")));
    assert_string_equal("CUL", web_text(window_in(is, 40), "department"));
    assert_string_equal("Culture, second", web_text(window_in(is, 40), "nameEn"));
    assert_true(json_is_true(json_object_get(window_in(is, 40), "open")));
    assert_true(json_is_false(json_object_get(window_in(is, 29), "open")));
    assert_string_equal("Charging window", web_text(window_in(is, 31), "nameEn"));
    json_decref(is);
    await_in_overview(&manager, 40, "文体局二号窗口");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_opens_the_progress_of_its_case_and_no_other),
        cmocka_unit_test(what_was_asked_and_handed_in_is_told_side_by_side),
        cmocka_unit_test(a_case_is_seen_by_those_who_handle_it),
        cmocka_unit_test(an_applicant_follows_his_case),
        cmocka_unit_test(a_number_alone_opens_nothing),
        cmocka_unit_test(a_refusal_is_told_with_its_ground_and_the_right_authority),
        cmocka_unit_test(a_delivery_is_told_and_its_postal_number_to_the_staff_alone),
        cmocka_unit_test(a_window_knows_who_comes_again),
        cmocka_unit_test(an_item_is_told_in_all_its_versions),
        cmocka_unit_test(a_window_is_set_up_and_seen_by_everyone),
    };
    return cmocka_run_group_tests(tests, door_group_open, door_group_close);
}
