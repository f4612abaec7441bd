/* SPDX-License-Identifier: Apache-2.0 */
/* The telephone's pages in a running hall: by the code on a slip, by number and last four
 * characters, without a script; and who guesses is slowed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "public_address = https://hall.example.cn/\n", DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

/* The whole answer, to be freed. */
static char *get(const char *path, const char *headers)
{
    struct web web = web_of(&door.hall);
    char request[500];
    int n = snprintf(request, sizeof request,
                     "GET %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n%s\r\n", path, headers);
    return web_raw(&web, request, (size_t)n, NULL);
}

static char *post(const char *path, const char *number, const char *four)
{
    struct web web = web_of(&door.hall);
    char body[200], request[600];
    int size = snprintf(body, sizeof body, "number=%s&four=%s", number, four);
    int n = snprintf(request, sizeof request,
                     "POST %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: "
                     "application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
                     path, size, body);
    return web_raw(&web, request, (size_t)n, NULL);
}

static void says(char *answer, int status, const char *const *texts)
{
    char line[40];
    snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
    if (strncmp(answer, line, strlen(line)) != 0)
        fail_msg("not %d: %s", status, answer);
    for (; *texts != NULL; texts++)
        if (strstr(answer, *texts) == NULL)
            fail_msg("no %s in %s", *texts, answer);
    assert_null(strstr(answer, "<script"));
    free(answer);
}
#define SAYS(answer, status, ...) says((answer), (status), (const char *const[]){__VA_ARGS__, NULL})

static json_t *submit(void)
{
    struct web clerk = door_sign_in(&door, "clerk");
    return door_submit(&clerk);
}

/* RULE H17, H21 */
static void a_slip_opens_its_case_without_a_script(void **state)
{
    json_t *submitted = submit();
    const char *code = web_text(submitted, "code");
    char path[100];
    (void)state;
    snprintf(path, sizeof path, "/p/%s", code);
    SAYS(get(path, ""), 200, "Content-Type: text/html; charset=utf-8\r\n",
         "Content-Security-Policy: default-src 'none';", "Cache-Control: no-store\r\n",
         "Referrer-Policy: no-referrer\r\n", "Content-Language: zh-CN\r\n", "已受理", "12 号窗口",
         "1 层", "09:00–12:00", "tel:12345");
    SAYS(get(path, "Accept-Language: en\r\n"), 200, "Content-Language: en\r\n", "Accepted",
         "Window 12");
    snprintf(path, sizeof path, "/p/%s?lang=en", code);
    SAYS(get(path, "Accept-Language: zh\r\n"), 200, "Content-Language: en\r\n", "Window 12");
    assert_int_equal(0, hall_count_log(&door.hall, "gateway", code));
    assert_int_equal(0, hall_count_log(&door.hall, "intake", code));
    json_decref(submitted);
}

static void whoever_must_pay_sees_how_much(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk"), cashier = door_sign_in(&door, "cashier");
    json_t *submitted = door_submit(&clerk);
    char path[100];
    (void)state;
    snprintf(path, sizeof path, "/cases/%s/finish", web_text(submitted, "caseNumber"));
    json_decref(web_expect(&clerk, "POST", path, "{\"granted\":true}", 200, NULL));
    snprintf(path, sizeof path, "/cases/%s/bill", web_text(submitted, "caseNumber"));
    door_await(&cashier, path, NULL, "state", "DUE");
    snprintf(path, sizeof path, "/cases/%s/progress", web_text(submitted, "caseNumber"));
    door_await(&clerk, path, NULL, "state", "PAYMENT_DUE");
    snprintf(path, sizeof path, "/p/%s", web_text(submitted, "code"));
    SAYS(get(path, ""), 200, "待缴费", "¥10.00", "31 号窗口");
    json_decref(submitted);
}

static void number_and_last_four_open_it_too(void **state)
{
    json_t *submitted = submit();
    const char *of = web_text(submitted, "caseNumber");
    (void)state;
    SAYS(get("/p", ""), 200, "inputmode=\"numeric\"", "证件号码后四位");
    SAYS(post("/p", of, "002x"), 200, "已受理");
    SAYS(post("/p?lang=en", of, "11010519491231002X"), 200, "Accepted");
    SAYS(post("/p", of, "0021"), 404, "没有查到", "证件号码后四位");
    SAYS(post("/p", "2611300000428", "002x"), 400, "办件编号不正确");
    SAYS(post("/p", of, "2x"), 400, "后四位");
    SAYS(get("/p/2611300000427", ""), 404, "二维码");
    json_decref(submitted);
}

static void only_what_is_there_is_answered(void **state)
{
    struct web anybody = web_of(&door.hall);
    (void)state;
    SAYS(post("/p/style.css", "1", "2"), 405, "Allow: GET, HEAD\r\n");
    SAYS(get("/px", ""), 404, "没有这个页面");
    json_t *hall = web_expect(&anybody, "GET", "/hall", NULL, 200, NULL);
    assert_string_equal("https://hall.example.cn", web_text(hall, "publicAddress"));
    json_decref(hall);
}

static void the_style_is_kept_for_a_year(void **state)
{
    char path[100];
    char *page = get("/p", "");
    const char *at = strstr(page, "/p/style-");
    (void)state;
    assert_non_null(at);
    snprintf(path, sizeof path, "%.*s", (int)strcspn(at, "\""), at);
    free(page);
    SAYS(get(path, ""), 200, "Content-Type: text/css; charset=utf-8\r\n", "max-age=31536000",
         "body{");
}

/* RULE H21 */
static void whoever_guesses_is_slowed_and_the_slip_still_opens_it(void **state)
{
    json_t *submitted = submit();
    const char *of = web_text(submitted, "caseNumber");
    struct web anybody = web_of(&door.hall);
    char path[100], body[100];
    (void)state;
    hall_restart(&door.hall, "gateway"); /* it has counted the wrong tries of the other tests */
    for (int i = 0; i < 5; i++)
        SAYS(post("/p", of, "0000"), 404, "没有查到");
    SAYS(post("/p", of, "002X"), 429, "Retry-After: 1\r\n", "查询次数过多");
    snprintf(body, sizeof body, "{\"caseNumber\":\"%s\",\"lastFour\":\"002X\"}", of);
    anybody = web_of(&door.hall);
    json_decref(web_expect(&anybody, "POST", "/progress", body, 429, "TOO_MANY_REQUESTS"));
    assert_int_equal(1, hall_count_log(&door.hall, "gateway", "guess.slowed"));

    snprintf(path, sizeof path, "/p/%s", web_text(submitted, "code"));
    SAYS(get(path, ""), 200, "已受理");
    json_decref(submitted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_opens_its_case_without_a_script),
        cmocka_unit_test(whoever_must_pay_sees_how_much),
        cmocka_unit_test(number_and_last_four_open_it_too),
        cmocka_unit_test(only_what_is_there_is_answered),
        cmocka_unit_test(the_style_is_kept_for_a_year),
        cmocka_unit_test(whoever_guesses_is_slowed_and_the_slip_still_opens_it),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
