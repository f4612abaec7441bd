/* SPDX-License-Identifier: Apache-2.0 */
/* What is HTTP as it is written, and where a request's body ends; whole, and byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/gateway/http/body.h"

#define TEXT(literal) (literal), sizeof(literal) - 1

static struct request request;

/* The bytes have a place of their own, so that reading beyond them is found out. It is freed with
 * the next one. */
static enum request_fault parse(const char *bytes, size_t n)
{
    static char *text;
    size_t seen = 0;
    free(text);
    text = malloc(n);
    assert_non_null(text);
    memcpy(text, bytes, n);
    enum request_fault fault = request_scan(text, n, &seen);
    return fault == REQUEST_OK ? request_parse(text, seen, &request) : fault;
}

static void let_go(void)
{
    parse("", 0);
}

static void a_request_is_read(void **state)
{
    (void)state;
    assert_int_equal(REQUEST_OK,
                     parse(TEXT("POST /api/v1/a%20b?x=1%2F2&y HTTP/1.1\r\nHost: hall:80\r\n"
                                "content-length: 12\r\nX-A:  two words \t\r\nX-B:\r\n\r\n")));
    assert_string_equal("POST", request.method);
    assert_string_equal("/api/v1/a b", request.path);
    assert_string_equal("x=1%2F2&y", request.query);
    assert_string_equal("two words", request_header(&request, "x-a"));
    assert_string_equal("", request_header(&request, "X-B"));
    assert_null(request_header(&request, "X"));
    assert_int_equal(12, request.length);
    assert_false(request.chunked || request.closes || request.awaits);
    assert_int_equal(REQUEST_OK, parse(TEXT("GET / HTTP/1.0\r\n\r\n")));
    assert_true(request.closes);
    assert_int_equal(
        REQUEST_OK,
        parse(TEXT("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                   "Expect: 100-continue\r\nConnection: keep-alive, Close\r\n\r\nrest")));
    assert_true(request.chunked && request.closes && request.awaits);
    assert_int_equal(REQUEST_OK, parse(TEXT("GET / HTTP/1.1\r\nHost: hall\r\nConnection: keep-alive"
                                            "\r\nConnection: close\r\n\r\n")));
    assert_true(request.closes);
    assert_int_equal(REQUEST_OK, parse(TEXT("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n")));
    assert_true(request.is_1_0 && request.closes && !request.awaits);
    let_go();
}

#define GET(head) TEXT("GET / HTTP/1.1\r\nHost: h\r\n" head "\r\n\r\n")

static const struct {
    const char *bytes;
    size_t n;
} in_two_ways[] = {
    {TEXT("GET / HTTP/1.1\nHost: h\r\n\r\n")},
    {TEXT("GET / HTTP/1.1\r\nHost: h\n\r\n")},
    {TEXT("GET / HTTP/1.1\r\nHost: h\r\n\n")},
    {TEXT("GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n")},
    {TEXT("\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("\r\n\r\n")},
    {TEXT("GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET / HTTP/1.1\r\nHost: h\0\r\n\r\n")},
    {TEXT("GET / HTTP/1.1\r\nHost: h\x7f\r\n\r\n")},
    {TEXT("GET /a%00 HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /a%2fb HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /a%2Fb HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /a%0db HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /a%2 HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /a%zz HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /a?b=%00 HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /a?b=% HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /\xe4\xb8\xad HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /#a HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET  / HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET /  HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET / HTTP/1.1 \r\nHost: h\r\n\r\n")},
    {TEXT("GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("G(T / HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET / http/1.1\r\nHost: h\r\n\r\n")},
    {TEXT("GET / HTTP/11\r\nHost: h\r\n\r\n")},
    {TEXT("GET /\r\nHost: h\r\n\r\n")},
    {TEXT("GET / HTTP/1.1\r\n\r\n")},
    {TEXT("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")},
    {GET("Host: h")},
    {GET(" folded: x")},
    {GET("X: y\r\n more")},
    {GET("X : y")},
    {GET(": y")},
    {GET("no colon")},
    {GET("Content-Length: 2\r\nContent-Length: 2")},
    {GET("Content-Length: 2\r\nTransfer-Encoding: chunked")},
    {GET("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")},
    {GET("Transfer-Encoding: gzip, chunked")},
    {GET("Transfer-Encoding:")},
    {GET("Content-Length: 1 2")},
    {GET("Content-Length: +2")},
    {GET("Content-Length: 0x2")},
    {GET("Content-Length: -1")},
    {GET("Content-Length:")},
    {GET("Content-Length: 9999999999999999")},
    {TEXT("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")},
};

static void what_could_be_read_in_two_ways_is_not_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof in_two_ways / sizeof in_two_ways[0]; i++)
        if (parse(in_two_ways[i].bytes, in_two_ways[i].n) != REQUEST_BAD)
            fail_msg("%s", in_two_ways[i].bytes);
    let_go();
}

static void other_versions_are_told_apart(void **state)
{
    static const char *const versions[] = {"HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/9.9"};
    char bytes[100];
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        int n = snprintf(bytes, sizeof bytes, "GET / %s\r\nHost: h\r\n\r\n", versions[i]);
        assert_int_equal(REQUEST_VERSION, parse(bytes, (size_t)n));
    }
    let_go();
}

static void a_head_that_comes_byte_by_byte_is_found(void **state)
{
    static const char head[] = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    size_t seen = 0, n = sizeof head - 1;
    (void)state;
    for (size_t i = 0; i < n; i++)
        assert_int_equal(REQUEST_PARTIAL, request_scan(head, i, &seen));
    assert_int_equal(REQUEST_OK, request_scan(head, n, &seen));
    assert_int_equal(n, seen);
}

/* ---- bodies */

enum { BODY_MOST = 20 };

/* What is made of the bytes when `step` of them come at a time: the state that ends it, or MORE. */
static enum body_state decode(const char *bytes, size_t n, size_t step, bool chunked, char *to)
{
    struct body body;
    size_t at = 0, come = 0, used, size;
    body_begin(&body, &(struct request){.chunked = chunked, .length = chunked ? 0 : 5}, BODY_MOST);
    for (;;) {
        char *piece = malloc(come - at + 1);
        assert_non_null(piece);
        memcpy(piece, bytes + at, come - at);
        enum body_state state = body_next(&body, piece, come - at, &used, &size);
        memcpy(to, piece + used - size, size);
        free(piece);
        to += size;
        at += used;
        *to = '\0';
        if (state == BODY_MORE && come == n)
            return BODY_MORE;
        if (state == BODY_MORE)
            come = come + step < n ? come + step : n;
        else if (state != BODY_PIECE)
            return state;
    }
}

static void a_body_ends_where_its_chunks_say(void **state)
{
    static const struct {
        const char *bytes;
        enum body_state state;
        const char *text;
    } cases[] = {
        {"5\r\nhello\r\n0\r\n\r\n", BODY_END, "hello"},
        {"5;a=b\r\nhello\r\n3\r\n, y\r\n0\r\n\r\nGET /", BODY_END, "hello, y"},
        {"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", BODY_END, "01234567890123456789"},
        {"a\r\n0123456789\r\nB\r\n", BODY_LARGE, "0123456789"},
        {"ffffffff\r\n", BODY_LARGE, ""},
        {"5\r\nhel", BODY_MORE, "hel"},
        {"5\nhello\r\n0\r\n\r\n", BODY_BAD, ""},
        {"5\r\nhello\n0\r\n\r\n", BODY_BAD, "hello"},
        {"5\r\nhelloo\r\n0\r\n\r\n", BODY_BAD, "hello"},
        {"5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n", BODY_BAD, "hello"},
        {"5 \r\nhello\r\n0\r\n\r\n", BODY_BAD, ""},
        {"0x5\r\nhello\r\n0\r\n\r\n", BODY_BAD, ""},
        {"-1\r\n", BODY_BAD, ""},
        {"fffffffff\r\n", BODY_BAD, ""},
        {"\r\n", BODY_BAD, ""},
    };
    char text[100];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t step = 1; step <= 40; step += 39) {
            size_t n = strlen(cases[i].bytes);
            enum body_state is = decode(cases[i].bytes, n, step, true, text);
            if (is != cases[i].state || strcmp(text, cases[i].text) != 0)
                fail_msg("case %zu by %zu: %d '%s'", i, step, (int)is, text);
        }
}

static void a_chunks_line_has_an_end(void **state)
{
    char line[BODY_LINE_MAX + 10], text[10];
    (void)state;
    memset(line, 'x', sizeof line);
    memcpy(line, "5;", 2);
    assert_int_equal(BODY_BAD, decode(line, sizeof line, 1, true, text));
}

static void a_body_of_a_length_is_so_long(void **state)
{
    char text[100];
    (void)state;
    assert_int_equal(BODY_END, decode(TEXT("helloGET /"), 3, false, text));
    assert_string_equal("hello", text);
    assert_int_equal(BODY_MORE, decode(TEXT("hell"), 1, false, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_read),
        cmocka_unit_test(what_could_be_read_in_two_ways_is_not_taken),
        cmocka_unit_test(other_versions_are_told_apart),
        cmocka_unit_test(a_head_that_comes_byte_by_byte_is_found),
        cmocka_unit_test(a_body_ends_where_its_chunks_say),
        cmocka_unit_test(a_chunks_line_has_an_end),
        cmocka_unit_test(a_body_of_a_length_is_so_long),
    };
    return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
