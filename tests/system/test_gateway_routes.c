/* SPDX-License-Identifier: Apache-2.0 */
/* Every route of the API in a running hall: one request succeeds, one is refused for its role, one
 * is told what is wrong with it, as routes_cases.c says. A route that is missing there fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/api/openapi.h"
#include "services/gateway/api/routes.h"
#include "tests/system/authenticator.h"
#include "tests/system/described.h"
#include "tests/system/door.h"
#include "tests/system/routes_cases.h"
#include "tests/system/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PEOPLE_MOST = 16, TESTS_MOST = 600, LATE_DAYS = 40 };

static struct door door;
static json_t *document; /* the OpenAPI document */

/* Business time: a Monday at ten, and forty days more with each late case. */
static int64_t now_ms = 1646618400000;

static const char *clock_path(void)
{
    static char path[100];
    snprintf(path, sizeof path, "%s/clock", door.hall.home);
    return path;
}

static void write_clock(void)
{
    FILE *file = fopen(clock_path(), "re+");
    if (file == NULL)
        file = fopen(clock_path(), "we");
    assert_non_null(file);
    assert_int_equal(1, fwrite(&now_ms, sizeof now_ms, 1, file));
    assert_int_equal(0, fclose(file));
}

static int open_door(void **state)
{
    char lines[200];
    (void)state;
    hall_make(&door.hall);
    write_clock();
    snprintf(lines, sizeof lines, "clock_file = %s\npage_wait_ms = 500\n", clock_path());
    door_start(&door, lines, DOOR_GATEWAY);
    document = openapi_document("onedoor_session");
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    json_decref(document);
    door_close(&door);
    return 0;
}

/* ---- who asks */

/* Signed in once, when first asked for. NOBODY is somebody too, without a cookie. */
static struct web *person(const char *name)
{
    static struct {
        const char *name;
        struct web web;
    } people[PEOPLE_MOST];
    int i = 0;
    while (people[i].name != NULL && strcmp(people[i].name, name) != 0)
        assert_true(++i < PEOPLE_MOST);
    if (people[i].name == NULL) {
        people[i].web = name[0] == '\0' ? web_of(&door.hall) : door_sign_in(&door, name);
        people[i].name = name;
    }
    return &people[i].web;
}

/* ---- a case that has come this far */

/* The code on the slips of the case or ticket taken last; the number of what was taken last. */
static char slip_code[60], last_number[40] = "1";

static void ask_stage(const struct stage_row *row, char case_number[40])
{
    char path[TEMPLATE_BYTES];
    if (row->method == NULL) {
        now_ms += (int64_t)LATE_DAYS * 24 * 3600 * 1000;
        write_clock();
        return;
    }
    snprintf(path, sizeof path, "%s", row->path);
    template_put(path, "{caseNumber}", case_number);
    json_t *answer = web_expect(person(row->by), row->method, path, row->body, 200, NULL);
    if (row->from == STAGE_NONE) {
        case_number[0] = '\0'; /* a ticket or question has none */
        answer_keep(answer, "caseNumber", case_number, 40);
        answer_keep(answer, "code", slip_code, sizeof slip_code);
    }
    answer_keep(answer, "number", last_number, sizeof last_number);
    answer_keep(answer, "look", last_number, sizeof last_number);
    json_decref(answer);
}

static void await_stage(const struct stage_row *row, const char *case_number)
{
    struct retry retry = retry_begin();
    char path[TEMPLATE_BYTES];
    bool there = row->until.path == NULL;
    snprintf(path, sizeof path, "%s", there ? "" : row->until.path);
    template_put(path, "{caseNumber}", case_number);
    while (!there) {
        struct said said = web_ask(person(row->until.by), "GET", path, NULL);
        there = said.status == 200 && answer_says(said.body, row->until.member, row->until.value);
        said_free(&said);
        if (!there)
            retry_or_fail(&retry, path);
    }
}

static void reach(enum stage stage, char case_number[40])
{
    if (stage == STAGE_NONE)
        return;
    reach(stage_rows[stage].from, case_number);
    ask_stage(&stage_rows[stage], case_number);
    await_stage(&stage_rows[stage], case_number);
}

/* ---- the three requests of a route */

struct request {
    char path[TEMPLATE_BYTES], body[TEMPLATE_BYTES];
    bool has_body;
};

static struct request request_of(const struct route_case *row, bool bad, const char *case_number)
{
    struct request request;
    const char *query = bad && row->bad.query != NULL ? row->bad.query : row->query;
    const char *body = bad && row->bad.body != NULL ? row->bad.body : row->body;
    snprintf(request.path, sizeof request.path, "%s%s", row->path, query == NULL ? "" : query);
    template_put(request.path, "{caseNumber}", case_number);
    template_put(request.path, "{no}", "1");
    template_put(request.path, "{look}", last_number);
    const char *at = bad && row->bad.at != NULL ? row->bad.at : row->at;
    template_put_at(request.path, at == NULL ? last_number : at);
    request.has_body = body != NULL;
    snprintf(request.body, sizeof request.body, "%s", body == NULL ? "" : body);
    template_put(request.body, "{caseNumber}", case_number);
    template_put(request.body, "{code}", slip_code);
    template_put(request.body, "{password}", door_password(&door, "complaints"));
    if (strstr(request.body, "{totp}") != NULL)
        authenticator_put(person("complaints"), door_password(&door, "complaints"), request.body);
    return request;
}

static struct said ask(const struct route_case *row, const char *by, const struct request *request)
{
    return web_ask(person(by), row->method, request->path,
                   request->has_body ? request->body : NULL);
}

static void fail_with(const struct request *request, const struct said *said)
{
    char *text = json_dumps(said->body, JSON_COMPACT);
    fail_msg("%s %s: %d %s", request->path, request->body, said->status, text == NULL ? "" : text);
}

/* ---- the document says so too */

static void is_described(const struct route_case *row, const struct request *request,
                         const struct said *said)
{
    json_t *body = request->has_body ? json_loads(request->body, 0, NULL) : NULL;
    if (body != NULL && !described_request(document, row->method, row->path, body))
        fail_msg("%s: the document does not describe what was sent", request->path);
    if (!described_answer(document, row->method, row->path, said->body))
        fail_msg("%s: the document does not describe the answer", request->path);
    json_decref(body);
}

static void refusal_is_described(const struct route_case *row, const struct said *said)
{
    if (!described_status(document, row->method, row->path, said->status))
        fail_msg("%s: the document has no %d", row->path, said->status);
}

struct asking {
    const struct route_case *row;
    struct request request;
};

static bool is_wrong(void *context, json_t *body)
{
    struct asking *asking = context;
    char *text = json_dumps(body, JSON_COMPACT);
    snprintf(asking->request.body, sizeof asking->request.body, "%s", text);
    free(text);
    struct said said = ask(asking->row, asking->row->by, &asking->request);
    int status = said.status;
    said_free(&said);
    return status == 400;
}

static void what_it_must_have_is_missed(const struct route_case *row, const struct request *request)
{
    if (!request->has_body)
        return;
    struct asking asking = {row, *request};
    json_t *body = json_loads(request->body, 0, NULL);
    const char *name = described_required(document, row->method, row->path,
                                          &(struct described_ask){is_wrong, &asking, body});
    if (name != NULL)
        fail_msg("%s: the document requires %s, the gateway does not", row->path, name);
    json_decref(body);
}

static void greeted(const struct route_case *row)
{
    int stream = web_listen(person(row->by), NULL);
    char *text = web_hear_event(stream, "event: hello");
    assert_non_null(strstr(text, "event: hello"));
    free(text);
    close(stream);
}

static void succeeds(void **state)
{
    const struct route_case *row = *state;
    char case_number[40] = "";
    reach(row->stage, case_number);
    if (strcmp(row->path, "/events") == 0) {
        greeted(row);
        return;
    }
    struct request request = request_of(row, false, case_number);
    what_it_must_have_is_missed(row, &request);
    struct said said = ask(row, row->by, &request);
    if (said.status != 200 ||
        (row->member == NULL ? json_object_size(said.body) != 0
                             : !answer_says(said.body, row->member, row->value)))
        fail_with(&request, &said);
    is_described(row, &request, &said);
    said_free(&said);
}

static bool is_refused(const struct said *said, int status, const char *reason, const char *field)
{
    return said->status == status && answer_says(said->body, "reason", reason) &&
           (field == NULL || answer_says(said->body, "field", field)) &&
           strstr(said->head, "Content-Type: application/problem+json\r\n") != NULL;
}

/* RULE H21: before anything is looked at, so no case need be there. */
static void is_refused_to_others(void **state)
{
    const struct route_case *row = *state;
    bool nobody = row->refused[0] == '\0';
    struct request request = request_of(row, false, "2611230000017");
    struct said said = ask(row, row->refused, &request);
    if (!is_refused(&said, nobody ? 401 : 403, nobody ? "SIGN_IN_NEEDED" : "NOT_ALLOWED", NULL))
        fail_with(&request, &said);
    refusal_is_described(row, &said);
    said_free(&said);
}

static void says_what_is_wrong(void **state)
{
    const struct route_case *row = *state;
    char case_number[40] = "";
    reach(row->stage == STAGE_NONE ? STAGE_NONE : STAGE_RECEIVED, case_number);
    struct request request = request_of(row, true, case_number);
    struct said said = ask(row, row->by, &request);
    if (!is_refused(&said, row->bad.status, row->bad.reason, row->bad.field))
        fail_with(&request, &said);
    refusal_is_described(row, &said);
    said_free(&said);
}

/* ---- another department */

/* Somebody who may do the same as `name` in another department. */
static struct colleague {
    const char *name, *other, *role;
    int window;
    struct web web; /* once asked for */
} colleagues[] = {
    {.name = "clerk", .other = "other.clerk", .role = "WINDOW_CLERK", .window = 15},
    {.name = "approver", .other = "other.approver", .role = "APPROVER"},
    {.name = "lead", .other = "other.lead", .role = "DEPARTMENT_LEAD"},
};

static struct colleague *colleague_of(const char *name)
{
    for (size_t i = 0; i < sizeof colleagues / sizeof colleagues[0]; i++)
        if (strcmp(colleagues[i].name, name) == 0)
            return &colleagues[i];
    return NULL;
}

static struct web *ask_colleague(const char *name)
{
    struct colleague *one = colleague_of(name);
    if (one->web.port == 0)
        one->web = door_person(&door, one->role, "TRA", one->window, one->other);
    return &one->web;
}

/* RULE H21: a department sees and changes its own cases alone. */
static void is_refused_to_another_department(void **state)
{
    const struct route_case *row = *state;
    char case_number[40] = "";
    reach(row->stage, case_number);
    struct request request = request_of(row, false, case_number);
    struct said said = web_ask(ask_colleague(row->by), row->method, request.path,
                               request.has_body ? request.body : NULL);
    if (!is_refused(&said, 403, "OTHER_DEPARTMENT", NULL) &&
        !is_refused(&said, 403, "NOT_LEAD", NULL) &&
        !is_refused(&said, 409, "NO_SUCH_TASK", NULL) &&
        !is_refused(&said, 404, "UNKNOWN_SCAN", NULL)) /* of a look that is another's */
        fail_with(&request, &said);
    said_free(&said);
}

/* ---- the table is whole */

static bool speaks_of(const struct route_case *row, const struct api_route *route)
{
    return strcmp(row->method, route->method) == 0 && strcmp(row->path, route->path) == 0;
}

static void every_route_has_its_row(void **state)
{
    int routes = 0, rows = 0;
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++, routes++) {
        int found = 0;
        for (const struct route_case *row = route_cases; row->method != NULL; row++)
            found += speaks_of(row, route);
        if (found != 1)
            fail_msg("%s %s has %d rows in routes_cases.c", route->method, route->path, found);
    }
    for (const struct route_case *row = route_cases; row->method != NULL; row++)
        rows++;
    assert_int_equal(routes, rows);
}

/* A route nobody is refused is one that anybody may ask, and the other way round. */
static void only_what_is_public_refuses_nobody(void **state)
{
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        for (const struct route_case *row = route_cases; row->method != NULL; row++)
            if (speaks_of(row, route) &&
                permission_given(route->permission, ONEDOOR__ROLE__ROLE_UNSPECIFIED) !=
                    (row->refused == PUBLIC))
                fail_msg("%s %s: who is refused?", row->method, row->path);
}

/* ---- one test for each of them */

static int add(struct CMUnitTest *tests, int n, const struct route_case *row, const char *what,
               CMUnitTestFunction test)
{
    static char names[TESTS_MOST][100];
    snprintf(names[n], sizeof names[n], "%s %s %s", row->method, row->path, what);
    tests[n] = (struct CMUnitTest){names[n], test, NULL, NULL, (void *)row};
    return n + 1;
}

int main(void)
{
    static struct CMUnitTest tests[TESTS_MOST] = {
        cmocka_unit_test(every_route_has_its_row),
        cmocka_unit_test(only_what_is_public_refuses_nobody),
    };
    int n = 2;
    for (const struct route_case *row = route_cases; row->method != NULL && n < TESTS_MOST - 4;
         row++) {
        n = add(tests, n, row, "says what is wrong", says_what_is_wrong);
        if (row->refused != PUBLIC)
            n = add(tests, n, row, "is refused to others", is_refused_to_others);
        if (strstr(row->path, "{caseNumber}") != NULL && colleague_of(row->by) != NULL)
            n = add(tests, n, row, "is refused to another department",
                    is_refused_to_another_department);
        n = add(tests, n, row, "succeeds", succeeds);
    }
    return _cmocka_run_group_tests("tests", tests, (size_t)n, open_door, close_door);
}
