/* SPDX-License-Identifier: Apache-2.0 */
/* The gateway of a running hall, over HTTP alone: people sign in and are kept to what they may, a
 * case goes from the door to delivery, events come live, and nothing that is sent to it brings it
 * to its knees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FAILURES = 3, FUZZED = 2000 };

static struct hall hall;
static json_t *users; /* demo-users.json */

/* Few failures, cheap passwords, no rate: the tests are one impatient address. */
static const char settings[] = "gateway_port = 0\nsign_in_failures = 3\npassword_memory_kib = "
                               "8\npassword_passes = 1\nrate_per_second = 0\n";

static int setup(void **state)
{
    char command[400], path[200];
    (void)state;
    hall_make(&hall);
    hall_settings(&hall, settings);
    hall_start(&hall, "--gateway");
    snprintf(command, sizeof command, "'%s/onedoor-gateway' --home=%s --make=demo >/dev/null",
             getenv("ONEDOOR_BIN"), hall.home);
    if (system(command) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/demo-users.json", hall.home);
    users = json_load_file(path, 0, NULL);
    return users == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    json_decref(users);
    hall_destroy(&hall);
    return 0;
}

static const char *password_of(const char *name)
{
    size_t i;
    json_t *user;
    json_array_foreach(users, i, user) if (strcmp(web_text(user, "name"), name) ==
                                           0) return web_text(user, "password");
    fail_msg("there is no user %s", name);
    return "";
}

static struct web sign_in(const char *name)
{
    struct web web = web_of(&hall);
    web_sign_in(&web, name, password_of(name));
    return web;
}

/* An approver of another department, made by the administrator, who has changed the one-time
 * password. */
static struct web approver_of(const char *department, const char *name)
{
    static const char password[] = "a password of my own";
    struct web admin = sign_in("administrator"), web = web_of(&hall);
    char body[300];
    snprintf(body, sizeof body,
             "{\"name\":\"%s\",\"fullName\":\"测试\",\"role\":\"APPROVER\",\"department\":\"%s\"}",
             name, department);
    json_t *added = web_expect(&admin, "POST", "/people", body, 200, NULL);
    web_sign_in(&web, name, web_text(added, "oneTimePassword"));
    json_decref(web_expect(&web, "GET", "/tasks", NULL, 403, "CHANGE_PASSWORD_FIRST"));
    snprintf(body, sizeof body, "{\"current\":\"%s\",\"next\":\"%s\"}",
             web_text(added, "oneTimePassword"), password);
    json_decref(web_expect(&web, "POST", "/session/password",
                           "{\"current\":\"x\",\"next\":\"short\"}", 400, "PASSWORD_TOO_WEAK"));
    json_decref(web_expect(&web, "POST", "/session/password", body, 200, NULL));
    json_decref(web_expect(&web, "GET", "/tasks", NULL, 401,
                           "SIGN_IN_NEEDED")); /* the session of before has ended */
    web_sign_in(&web, name, password);
    json_decref(web_expect(&web, "GET", "/tasks", NULL, 200, NULL));
    json_decref(added);
    return web;
}

/* CUL-01 with everything it asks for. */
static const char submit_whole[] =
    "{\"item\":\"CUL-01\",\"applicant\":{\"kind\":\"PERSON\",\"name\":\"王小明\",\"document\":"
    "\"11010519491231002X\",\"phone\":\"13800138000\"},"
    "\"channel\":\"AT_WINDOW\",\"check\":true,\"materials\":[{\"seq\":1,\"copies\":1},{\"seq\":2,"
    "\"copies\":1},{\"seq\":3,\"copies\":1},{\"seq\":4,\"copies\":1}]}";

static json_t *submit(struct web *clerk)
{
    return web_expect(clerk, "POST", "/cases", submit_whole, 200, NULL);
}

static const char *path_of(const json_t *submitted, const char *rest)
{
    static char path[100];
    snprintf(path, sizeof path, "/cases/%s%s", web_text(submitted, "caseNumber"), rest);
    return path;
}

/* ---- coming in */

static void anybody_sees_what_is_published_and_nothing_else(void **state)
{
    struct web web = web_of(&hall);
    (void)state;
    json_decref(web_expect(&web, "GET", "//healthz", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "//readyz", NULL, 200, NULL));
    json_t *items = web_expect(&web, "GET", "/items", NULL, 200, NULL);
    assert_int_equal(32, json_array_size(json_object_get(items, "items")));
    json_decref(items);
    json_decref(web_expect(&web, "GET", "/items/CUL-01/guide", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "/openapi.json", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "/cases", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&web, "POST", "/cases", submit_whole, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&web, "GET", "/events", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&web, "GET", "/nothing", NULL, 404, "NO_SUCH_PATH"));
    json_decref(web_expect(&web, "DELETE", "/items", NULL, 405, "NO_SUCH_METHOD"));
    json_decref(web_expect(&web, "GET", "/items/NO-99/guide", NULL, 404, "UNKNOWN_ITEM"));
}

/* RULE H21: locked out whether there is such a person or not; every attempt is on record; an
 * administrator lifts it. */
static void wrong_passwords_lock_a_name_out(void **state)
{
    struct web web = web_of(&hall), admin = sign_in("administrator");
    char body[200];
    (void)state;
    for (const char *const *name = (const char *const[]){"reader", "nobody", NULL}; *name != NULL;
         name++) {
        snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"wrong\"}", *name);
        for (int i = 0; i < FAILURES; i++)
            json_decref(web_expect(&web, "POST", "/session", body, 401, "WRONG_PASSWORD"));
        json_decref(web_expect(&web, "POST", "/session", body, 429, "LOCKED_OUT"));
    }
    snprintf(body, sizeof body, "{\"name\":\"reader\",\"password\":\"%s\"}", password_of("reader"));
    json_decref(web_expect(&web, "POST", "/session", body, 429, "LOCKED_OUT"));
    json_t *history = web_expect(&admin, "GET", "/sign-ins?name=reader", NULL, 200, NULL),
           *lines = json_object_get(history, "lines");
    assert_int_equal(FAILURES + 2, json_array_size(lines));
    assert_string_equal("LOCKED", web_text(json_array_get(lines, 0), "result"));
    assert_string_equal("127.0.0.1", web_text(json_array_get(lines, 0), "address"));
    json_t *reset = web_expect(&admin, "POST", "/people/reader/password-reset", "{}", 200, NULL);
    web_sign_in(&web, "reader", web_text(reset, "oneTimePassword"));
    json_decref(history);
    json_decref(reset);
}

static void a_session_ends_when_it_is_signed_out(void **state)
{
    struct web web = sign_in("supervisor");
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
    struct web web = sign_in("clerk");
    (void)state;
    char csrf[sizeof web.csrf];
    memcpy(csrf, web.csrf, sizeof csrf);
    web.csrf[0] = '\0';
    json_decref(web_expect(&web, "POST", "/cases", submit_whole, 403, "CSRF_TOKEN_NEEDED"));
    snprintf(web.csrf, sizeof web.csrf, "%.*sA", (int)strlen(csrf) - 1, csrf);
    if (strcmp(web.csrf, csrf) == 0)
        web.csrf[strlen(csrf) - 1] = 'B';
    json_decref(web_expect(&web, "POST", "/cases", submit_whole, 403, "CSRF_TOKEN_NEEDED"));
}

static void a_cookie_is_out_of_reach_of_scripts_and_other_sites(void **state)
{
    struct web web = web_of(&hall);
    char body[200];
    (void)state;
    snprintf(body, sizeof body, "{\"name\":\"manager\",\"password\":\"%s\"}",
             password_of("manager"));
    struct said said = web_ask(&web, "POST", "/session", body);
    const char *cookie = strstr(said.head, "Set-Cookie: onedoor_session=");
    assert_non_null(cookie);
    assert_non_null(strstr(cookie, "; HttpOnly; SameSite=Strict\r\n"));
    assert_non_null(strstr(said.head, "Cache-Control: no-store\r\n"));
    said_free(&said);
}

static void a_role_does_what_its_row_says(void **state)
{
    struct web clerk = sign_in("clerk"), cashier = sign_in("cashier"), kiosk = sign_in("kiosk"),
               admin = sign_in("administrator");
    (void)state;
    json_decref(web_expect(&clerk, "POST", "/cases/5/payment", "{}", 403, "NOT_ALLOWED"));
    json_decref(web_expect(&clerk, "GET", "/people", NULL, 403, "NOT_ALLOWED"));
    json_decref(web_expect(&cashier, "POST", "/cases", submit_whole, 403, "NOT_ALLOWED"));
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
    struct web admin = sign_in("administrator"), machine = web_of(&hall);
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

/* ---- asking */

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
    struct web clerk = sign_in("clerk");
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
    struct web web = web_of(&hall);
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

/* Until the path answers 200 and the member says so: the services follow each other within a
 * moment. */
static void await_member(struct web *web, const char *path, const char *object, const char *member,
                         const char *value)
{
    struct patience patience = patience_new();
    for (;;) {
        struct said said = web_ask(web, "GET", path, NULL);
        const json_t *at = object == NULL ? said.body : json_object_get(said.body, object);
        const char *is = json_string_value(json_object_get(at, member));
        bool there = said.status == 200 && is != NULL && strcmp(is, value) == 0;
        said_free(&said);
        if (there)
            return;
        patience_or_fail(&patience, path);
    }
}

static void a_case_goes_from_the_door_to_delivery(void **state)
{
    struct web clerk = sign_in("clerk"), cashier = sign_in("cashier"), anybody = web_of(&hall);
    char body[200], bill[100], path[100];
    (void)state;
    json_t *submitted = submit(&clerk);
    assert_string_equal("ACCEPTED", web_text(submitted, "state"));
    json_decref(
        web_expect(&clerk, "POST", path_of(submitted, "/finish"), "{\"granted\":true}", 200, NULL));
    snprintf(bill, sizeof bill, "%s", path_of(submitted, "/bill"));
    await_member(&cashier, bill, NULL, "state", "DUE");
    json_t *order = web_expect(&cashier, "GET", bill, NULL, 200, NULL);
    json_decref(web_expect(&cashier, "POST", path_of(submitted, "/payment"),
                           "{\"method\":\"CASH\",\"shownFen\":\"1\"}", 409, "AMOUNT_DIFFERS"));
    snprintf(body, sizeof body, "{\"method\":\"CASH\",\"shownFen\":\"%s\"}",
             web_text(order, "dueFen"));
    json_t *paid = web_expect(&cashier, "POST", path_of(submitted, "/payment"), body, 200, NULL);
    assert_string_equal(web_text(order, "dueFen"), web_text(paid, "paidFen"));
    snprintf(path, sizeof path, "%s", path_of(submitted, "/progress"));
    await_member(&anybody, path, NULL, "state", "CLOSED");
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"HANDED_OVER\"}", 200, NULL));
    snprintf(path, sizeof path, "%s", path_of(submitted, ""));
    await_member(&clerk, path, "dossier", "state", "delivered");
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"HANDED_OVER\"}", 409, NULL));
    json_decref(submitted);
    json_decref(order);
    json_decref(paid);
}

static void the_same_key_gets_the_same_answer_and_is_done_once(void **state)
{
    struct web clerk = sign_in("clerk");
    (void)state;
    snprintf(clerk.headers, sizeof clerk.headers,
             "Idempotency-Key: 01890a5d-ac96-774b-bcce-b302099a8057\r\n");
    json_t *first = submit(&clerk), *second = submit(&clerk);
    assert_true(json_equal(first, second));
    json_decref(web_expect(&clerk, "POST", path_of(first, "/check"), "{}", 422, "KEY_REUSED"));
    snprintf(clerk.headers, sizeof clerk.headers, "Idempotency-Key: 17\r\n");
    json_decref(web_expect(&clerk, "POST", "/cases", submit_whole, 400, "BAD_KEY"));
    json_decref(first);
    json_decref(second);
}

/* RULE H21 */
static void a_department_sees_its_own_cases_alone(void **state)
{
    struct web clerk = sign_in("clerk"), manager = sign_in("manager"),
               building = approver_of("CON", "builder");
    char path[100];
    (void)state;
    json_t *submitted = submit(&clerk);
    snprintf(path, sizeof path, "%s", path_of(submitted, ""));
    await_member(&manager, path, "dossier", "department", "CUL");
    json_decref(web_expect(&clerk, "GET", path, NULL, 200, NULL));
    json_decref(web_expect(&building, "GET", path, NULL, 403, "OTHER_DEPARTMENT"));
    json_decref(
        web_expect(&building, "GET", "/tasks?department=CUL", NULL, 403, "OTHER_DEPARTMENT"));
    json_t *found = web_expect(&building, "GET", "/cases", NULL, 200, NULL);
    assert_int_equal(0, json_array_size(json_object_get(found, "dossiers")));
    json_decref(found);
    json_decref(submitted);
}

/* ---- live */

static void a_page_hears_of_its_cases_and_comes_back_to_where_it_was(void **state)
{
    struct web clerk = sign_in("clerk"), kiosk = sign_in("kiosk"),
               building = approver_of("CON", "builder2");
    char id[200] = "", number[60];
    (void)state;
    int stream = web_listen(&clerk, NULL), other = web_listen(&building, NULL),
        display = web_listen(&kiosk, NULL);
    free(web_hear(stream, "event: hello"));
    free(web_hear(other, "event: hello"));
    free(web_hear(display, "event: hello"));
    json_t *first = submit(&clerk);
    char *heard = web_hear(stream, "intake.CaseAccepted"),
         *shown = web_hear(display, "intake.CaseAccepted");
    snprintf(number, sizeof number, "\"caseNumber\":\"%s\"", web_text(first, "caseNumber"));
    assert_non_null(strstr(heard, number));
    assert_null(strstr(shown, "caseNumber")); /* RULE H21: a display is not told whose case it is */
    assert_int_equal(1, sscanf(strstr(heard, "id: "), "id: %190[^\n]", id));
    close(stream);
    /* What happened while it was away comes when it is back. */
    json_t *second = submit(&clerk);
    stream = web_listen(&clerk, id);
    char *again = web_hear(stream, "intake.CaseAccepted\",\"seq\"");
    assert_non_null(strstr(again, "\"lost\":false"));
    json_t *third = submit(&clerk);
    free(again);
    again = web_hear(stream, web_text(third, "caseNumber"));
    assert_non_null(strstr(again, web_text(third, "caseNumber")));
    close(stream);
    stream = web_listen(
        &clerk, "intake:999999,routing:0,charging:0,supervision:0"); /* of another hall's history */
    char *lost = web_hear(stream, "event: hello\ndata: ");
    assert_non_null(strstr(lost, "\"lost\":true"));
    close(stream);
    close(other);
    close(display);
    free(heard);
    free(shown);
    free(again);
    free(lost);
    json_decref(first);
    json_decref(second);
    json_decref(third);
}

/* ---- what is not HTTP, and what is not anything */

static void what_could_be_read_in_two_ways_is_refused(void **state)
{
    static const char *const requests[] = {
        "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: "
        "2\r\n\r\n{}",
        "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
        "chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, "
        "chunked\r\n\r\n0\r\n\r\n",
        "GET /api/v1/items HTTP/1.1\r\nHost: h\r\nAccept : text/plain\r\n\r\n",
        "GET /api/v1/items HTTP/1.1\r\nHost: h\r\nHost: g\r\n\r\n",
        "GET /api/v1/items HTTP/1.1\r\n\r\n",
    };
    struct web web = web_of(&hall);
    (void)state;
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        int status = web_raw_status(&web, requests[i], strlen(requests[i]));
        if (status != 400)
            fail_msg("%s: %d", requests[i], status);
    }
}

static void what_is_too_large_is_refused(void **state)
{
    static char bytes[80000];
    struct web web = web_of(&hall);
    (void)state;
    int n = snprintf(bytes, sizeof bytes,
                     "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: "
                     "application/json\r\nContent-Length: 70000\r\n\r\n");
    memset(bytes + n, ' ', 70000);
    assert_int_equal(413, web_raw_status(&web, bytes, (size_t)n + 70000));
    n = snprintf(bytes, sizeof bytes, "GET /api/v1/items HTTP/1.1\r\nHost: h\r\nX-Long: ");
    memset(bytes + n, 'x', 40000);
    int status = web_raw_status(&web, bytes, (size_t)n + 40000);
    assert_true(status == 431 || status == 414 || status == 0);
}

static uint64_t dice = 88172645463325252;

static uint64_t roll(uint64_t below)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return dice % below;
}

/* A request that is nearly one: of parts that are right and wrong, with some bytes changed. */
static size_t fuzzed_request(const struct web *web, char *bytes, size_t room)
{
    static const char *const methods[] = {"GET",  "POST",    "PUT", "DELETE", "PATCH",
                                          "HEAD", "OPTIONS", "get", ""};
    static const char *const paths[] = {"/api/v1/cases",
                                        "/api/v1/cases/261123-000001-7/check",
                                        "/api/v1/session",
                                        "/api/v1/people",
                                        "/api/v1/tasks?limit=3",
                                        "/api/v1/quotes",
                                        "/api/v1/figures/rollup?by=BY_DAY&fromDay=1",
                                        "/api/v1/items/%00/guide",
                                        "/api/v1/items/%ff%fe/guide",
                                        "/api/v1/cases?after=%27%22--&state=open",
                                        "/%2e%2e/%2e%2e/etc/passwd",
                                        "/api/v1/tokens/x",
                                        "*",
                                        "/healthz",
                                        "/api/v1/cases/9999999999999999999/flow",
                                        "/api/v1/openapi.json?x=1",
                                        "/api/v1/takings?fromMs=-1&toMs=9223372036854775807"};
    static const char *const bodies[] = {
        "{}",
        "[]",
        "{\"caseNumber\":1}",
        "{\"name\":\"a\",\"password\":\"b\"}",
        "{\"item\":\"CUL-01\",\"facts\":[{\"units\":\"-1\"}]}",
        "{\"agree\":true,\"staff\":[\"\",\"\"]}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
        "\"",
        "null",
        "{\"limit\":1e999}",
        "{\"method\":\"CASH\",\"shownFen\":\"-9223372036854775808\"}"};
#define ONE_OF(list) list[roll(sizeof list / sizeof list[0])]
    const char *body = ONE_OF(bodies);
    size_t n = (size_t)snprintf(bytes, room,
                                "%s %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\nCookie: "
                                "%s\r\nX-CSRF-Token: %s\r\nContent-Type: application/json\r\n"
                                "Content-Length: %zu\r\n\r\n%s",
                                ONE_OF(methods), ONE_OF(paths), web->cookie, web->csrf,
                                strlen(body), body);
    for (uint64_t changes = roll(4); changes > 0; changes--)
        bytes[roll(n)] = (char)roll(256);
    /* What was cut short is ended by what follows it. */
    n -= roll(3);
    memset(bytes + n, '\n', 64);
    return n + 64;
}

static void a_fuzzed_request_never_gets_a_5xx(void **state)
{
    static const char *const names[] = {"clerk", "cashier", "manager", "approver"};
    static char bytes[8192];
    struct web people[4];
    pid_t pid = hall_pid(&hall, "gateway");
    int answered = 0;
    (void)state;
    for (int i = 0; i < 4; i++)
        people[i] = sign_in(names[i]);
    for (int i = 0; i < FUZZED; i++) {
        struct web *web = &people[i % 4];
        size_t size = fuzzed_request(web, bytes, sizeof bytes);
        int status = 0;
        char *text = web_raw_soon(web, bytes, size, 200);
        bool told = sscanf(text, "HTTP/1.1 %d", &status) == 1;
        answered += told;
        if (told && status >= 500 && status != 505) /* 505: another HTTP than ours */
            fail_msg("%d for: %.*s", status, (int)size, bytes);
        free(text);
    }
    assert_true(answered > FUZZED / 2);
    assert_int_equal(pid, hall_pid(&hall, "gateway"));
}

/* ---- on the way out */

static void the_gateway_ends_and_comes_again_with_everybody_signed_in(void **state)
{
    struct web clerk = sign_in("clerk");
    (void)state;
    int stream = web_listen(&clerk, NULL);
    free(web_hear(stream, "event: hello"));
    hall_restart(&hall, "gateway");
    free(web_hear(stream, NULL)); /* ended by the gateway */
    close(stream);
    int port = web_of(&hall).port;
    clerk.port = port;
    json_decref(web_expect(&clerk, "GET", "/session", NULL, 200, NULL));
    stream = web_listen(&clerk, "intake:1,routing:0,charging:0,supervision:0");
    char *heard = web_hear(stream, "intake.CaseAccepted");
    assert_non_null(strstr(heard, "\"lost\":false"));
    free(heard);
    close(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anybody_sees_what_is_published_and_nothing_else),
        cmocka_unit_test(wrong_passwords_lock_a_name_out),
        cmocka_unit_test(a_session_ends_when_it_is_signed_out),
        cmocka_unit_test(a_change_needs_the_csrf_token),
        cmocka_unit_test(a_cookie_is_out_of_reach_of_scripts_and_other_sites),
        cmocka_unit_test(a_role_does_what_its_row_says),
        cmocka_unit_test(a_machine_comes_with_a_token_until_it_is_revoked),
        cmocka_unit_test(bad_input_is_told_where),
        cmocka_unit_test(a_refusal_is_said_in_the_language_asked_for),
        cmocka_unit_test(a_case_goes_from_the_door_to_delivery),
        cmocka_unit_test(the_same_key_gets_the_same_answer_and_is_done_once),
        cmocka_unit_test(a_department_sees_its_own_cases_alone),
        cmocka_unit_test(a_page_hears_of_its_cases_and_comes_back_to_where_it_was),
        cmocka_unit_test(what_could_be_read_in_two_ways_is_refused),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(a_fuzzed_request_never_gets_a_5xx),
        cmocka_unit_test(the_gateway_ends_and_comes_again_with_everybody_signed_in),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
