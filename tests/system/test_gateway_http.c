/* SPDX-License-Identifier: Apache-2.0 */
/* What is not HTTP as it is written, and what is too large. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each is answered once, with a problem of ours, and then the connection ends. */
static void expect_problem(const char *bytes, size_t size, int status, const char *reason)
{
    struct web web = web_of(&the_door.hall);
    char *text = web_raw(&web, bytes, size, NULL), line[40];
    snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
    bool well = strncmp(text, line, strlen(line)) == 0 && strstr(text, reason) != NULL &&
                strstr(text, "Content-Type: application/problem+json\r\n") != NULL &&
                strstr(text + 1, "HTTP/1.1 ") == NULL && strstr(text, "<html") == NULL;
    if (!well)
        fail_msg("%.*s: %s", (int)size, bytes, text);
    free(text);
}

#define TEXT(literal) (literal), sizeof(literal) - 1

static void what_could_be_read_in_two_ways_is_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
    } requests[] = {
        {TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: "
              "2\r\n\r\n{}")},
        {TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
              "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
        {TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
              "chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
        {TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, "
              "chunked\r\n\r\n0\r\n\r\n")},
        {TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              "2\n{}\n0\n\n")},
        {TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              "zz\r\n")},
        {TEXT("GET /api/v1/items HTTP/1.1\r\nHost: h\r\nAccept : text/plain\r\n\r\n")},
        {TEXT("GET /api/v1/items HTTP/1.1\r\nHost: h\r\nHost: g\r\n\r\n")},
        {TEXT("GET /api/v1/items HTTP/1.1\r\n\r\n")},
        {TEXT("GET /api/v1/items HTTP/1.1\nHost: h\n\n")},
        {TEXT("GET /api/v1/items HTTP/1.1\r\nHost: h\nX-Y: z\r\n\r\n")},
        {TEXT("GET /api/v1/items HTTP/1.1\r\nHost: h\r\nX-Y: z\r\n folded\r\n\r\n")},
        {TEXT("GET /api/v1/items\0 HTTP/1.1\r\nHost: h\r\n\r\n")},
        {TEXT("GET /api/v1/items HTTP/1.1\r\nHost: h\r\nX-Y: \0z\r\n\r\n")},
        {TEXT("GET /api/v1/items%00 HTTP/1.1\r\nHost: h\r\n\r\n")},
        {TEXT("GET /api/v1/items?search=%00 HTTP/1.1\r\nHost: h\r\n\r\n")},
        {TEXT("GET /api/v1/items%2fCUL-01%2Fguide HTTP/1.1\r\nHost: h\r\n\r\n")},
        {TEXT("GET /assets/..%2f..%2fpages.txt HTTP/1.1\r\nHost: h\r\n\r\n")},
        {TEXT("GET  /api/v1/items HTTP/1.1\r\nHost: h\r\n\r\n")},
        {TEXT("GET /api/v1/items\r\nHost: h\r\n\r\n")},
        {TEXT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")},
        {TEXT("hello\r\n\r\n")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        expect_problem(requests[i].bytes, requests[i].size, 400, "\"BAD_REQUEST\"");
}

static void another_version_of_http_is_not_spoken(void **state)
{
    (void)state;
    expect_problem(TEXT("GET /healthz HTTP/1.2\r\nHost: h\r\n\r\n"), 505, "\"HTTP_VERSION\"");
    expect_problem(TEXT("GET /healthz HTTP/2.0\r\nHost: h\r\n\r\n"), 505, "\"HTTP_VERSION\"");
    expect_problem(TEXT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505, "\"HTTP_VERSION\"");
}

/* Requests that are sent at once are answered one after the other, whatever one of them is. */
static void requests_in_one_piece_are_answered_in_their_order(void **state)
{
    static const char bytes[] =
        "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"
        "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
        "HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n"
        "GET /healthz HTTP/1.0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    static const char *const answers[] = {"HTTP/1.1 200 OK", "HTTP/1.1 400 Bad Request",
                                          "HTTP/1.1 200 OK", "HTTP/1.1 200 OK"};
    struct web web = web_of(&the_door.hall);
    (void)state;
    char *text = web_raw(&web, bytes, sizeof bytes - 1, NULL), *at = text;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++, at++) {
        at = strstr(at, "HTTP/1.1 ");
        if (at == NULL || strncmp(at, answers[i], strlen(answers[i])) != 0)
            fail_msg("answer %zu: %s", i, text);
    }
    assert_null(strstr(at, "HTTP/1.1 "));
    free(text);
}

static void methods_that_nobody_needs_are_not_there(void **state)
{
    static const char *const methods[] = {"TRACE", "CONNECT", "PATCH", "OPTIONS"};
    struct web web = web_of(&the_door.hall);
    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        json_decref(web_expect(&web, methods[i], "//", NULL, 405, "NO_SUCH_METHOD"));
        json_decref(web_expect(&web, methods[i], "/items", NULL, 405, "NO_SUCH_METHOD"));
    }
}

/* Each answer, whatever it is, tells a browser to take it for nothing else. */
static void every_answer_protects_itself(void **state)
{
    static const char *const paths[] = {"//", "//nothing", "/hall", "/nothing", "//p"};
    struct web web = web_of(&the_door.hall);
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct said said = web_ask(&web, "GET", paths[i], NULL);
        if (strstr(said.head, "X-Content-Type-Options: nosniff") == NULL ||
            strstr(said.head, "frame-ancestors 'none'") == NULL ||
            strstr(said.head, "Access-Control-") != NULL ||
            strstr(said.head, "Referrer-Policy: no-referrer") == NULL)
            fail_msg("%s: %s", paths[i], said.head);
        said_free(&said);
    }
}

static void what_is_too_large_is_refused(void **state)
{
    static char bytes[80000];
    struct web web = web_of(&the_door.hall);
    (void)state;
    int n = snprintf(bytes, sizeof bytes,
                     "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: "
                     "application/json\r\nContent-Length: 70000\r\n\r\n");
    memset(bytes + n, ' ', 70000);
    assert_int_equal(413, web_raw_status(&web, bytes, (size_t)n + 70000));
    n = snprintf(bytes, sizeof bytes, "GET /api/v1/items HTTP/1.1\r\nHost: h\r\nX-Long: ");
    memset(bytes + n, 'x', 40000);
    expect_problem(bytes, (size_t)n + 40000, 431, "\"HEAD_TOO_LARGE\"");
}

/* What is read is answered with another status than 400: nobody has this name. */
static void a_body_is_json_in_utf8_and_nothing_else(void **state)
{
    static const struct {
        const char *type;
        bool is_read;
    } cases[] = {
        {"application/json", true},
        {"Application/JSON; charset=UTF-8", true},
        {"application/json;charset=\"utf-8\"", true},
        {"application/json; charset=utf-16", false},
        {"application/json; charset=utf-8; charset=gbk", false},
        {"application/json, text/plain", false},
        {"application/jsonx", false},
        {"text/plain", false},
        {"application/x-www-form-urlencoded", false},
    };
    static const char body[] = "{\"name\":\"nobody\",\"password\":\"nothing\"}";
    struct web web = web_of(&the_door.hall);
    char request[400];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int n = snprintf(request, sizeof request,
                         "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                         "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                         cases[i].type, sizeof body - 1, body);
        int status = web_raw_status(&web, request, (size_t)n);
        if ((status != 400) != cases[i].is_read)
            fail_msg("%s: %d", cases[i].type, status);
    }
}

/* The size of the chunk, or what came before it, says so: the rest is not waited for. */
static void a_body_of_chunks_is_refused_as_soon_as_it_is_too_large(void **state)
{
    (void)state;
    expect_problem(TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: "
                        "application/json\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n{"),
                   413, "\"BODY_TOO_LARGE\"");
    expect_problem(TEXT("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: "
                        "application/json\r\nContent-Length: 70000\r\n"
                        "Expect: 100-continue\r\n\r\n"),
                   413, "\"BODY_TOO_LARGE\"");
}

/* A browser's cookies and a long search have room beside the headers of the answer. */
static void headers_of_six_thousand_bytes_are_taken(void **state)
{
    enum { LONG = 6000 };
    static char bytes[LONG + 200];
    struct web web = web_of(&the_door.hall);
    (void)state;
    int n = snprintf(bytes, sizeof bytes,
                     "GET /api/v1/items HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Long: ");
    memset(bytes + n, 'x', LONG);
    memcpy(bytes + n + LONG, "\r\n\r\n", 4);
    assert_int_equal(200, web_raw_status(&web, bytes, (size_t)n + LONG + 4));
}

/* By a program a problem is read, by a person a page. */
static void an_unknown_address_is_not_found(void **state)
{
    static const struct {
        const char *path, *type;
    } cases[] = {
        {"//metrics", "text/html"},
        {"//status", "text/html"},
        {"//window/12.5/x", "text/html"},
        {"//api", "application/problem+json"},
        {"//api/", "application/problem+json"},
        {"//api/v2/items", "application/problem+json"},
        {"/nothing", "application/problem+json"},
    };
    struct web web = web_of(&the_door.hall);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct said said = web_ask(&web, "GET", cases[i].path, NULL);
        if (said.status != 404 || strstr(said.head, cases[i].type) == NULL)
            fail_msg("%s: %s", cases[i].path, said.head);
        said_free(&said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_could_be_read_in_two_ways_is_refused),
        cmocka_unit_test(another_version_of_http_is_not_spoken),
        cmocka_unit_test(requests_in_one_piece_are_answered_in_their_order),
        cmocka_unit_test(methods_that_nobody_needs_are_not_there),
        cmocka_unit_test(every_answer_protects_itself),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(a_body_is_json_in_utf8_and_nothing_else),
        cmocka_unit_test(a_body_of_chunks_is_refused_as_soon_as_it_is_too_large),
        cmocka_unit_test(headers_of_six_thousand_bytes_are_taken),
        cmocka_unit_test(an_unknown_address_is_not_found),
    };
    return cmocka_run_group_tests(tests, door_group_open, door_group_close);
}
