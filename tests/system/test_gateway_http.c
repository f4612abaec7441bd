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
    struct web web = web_of(&the_door.hall);
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
    struct web web = web_of(&the_door.hall);
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
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(headers_of_six_thousand_bytes_are_taken),
        cmocka_unit_test(an_unknown_address_is_not_found),
    };
    return cmocka_run_group_tests(tests, door_group_open, door_group_close);
}
