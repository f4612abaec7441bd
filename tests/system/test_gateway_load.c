/* SPDX-License-Identifier: Apache-2.0 */
/* Thousands of clients at the gateway at once, waiting for a service that does not answer, or for
 * events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/crowd.h"
#include "tests/system/door.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAITING = 5000,
    LISTENING = 5000,
    COMING = 800,
    LISTENING_KIB_MOST = 256 * 1024,
    BREAKS = 20,
    BREAKING = 200
};

static struct door door;
static pid_t launcher, intake; /* while frozen */

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "answer_ms = 60000\n", DOOR_GATEWAY);
    return 0;
}

/* The launcher first, or it would kill the frozen service for missing heartbeats. */
static void freeze_intake(void)
{
    launcher = hall_launcher(&door.hall);
    intake = hall_pid(&door.hall, "intake");
    hall_freeze(launcher);
    hall_freeze(intake);
}

static int thaw(void **state)
{
    (void)state;
    if (intake != 0)
        kill(intake, SIGCONT);
    if (launcher != 0)
        kill(launcher, SIGCONT);
    intake = launcher = 0;
    return 0;
}

static int close_door(void **state)
{
    thaw(state);
    door_close(&door);
    return 0;
}

/* A number of /proc/<pid>/status: "Threads", "VmRSS" (KiB). */
static long status_of(pid_t pid, const char *name)
{
    char path[40], line[200], format[40];
    long number = -1;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    snprintf(format, sizeof format, "%s: %%ld", name);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (number < 0 && fgets(line, sizeof line, file) != NULL)
        sscanf(line, format, &number);
    fclose(file);
    assert_true(number >= 0);
    return number;
}

static void await_open_files(pid_t pid, int least)
{
    struct retry retry = retry_begin();
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    for (int n = 0; n < least;) {
        DIR *folder = opendir(path);
        assert_non_null(folder);
        for (n = 0; readdir(folder) != NULL; n++)
            ;
        closedir(folder);
        retry_or_fail(&retry, "the gateway takes all connections");
    }
}

/* Each has an answer, or was told to retry. */
static void count_answers(const struct crowd *crowd)
{
    int answered = 0;
    for (int i = 0; i < crowd->n; i++) {
        int status = 0;
        assert_int_equal(1, sscanf(crowd->heard[i], "HTTP/1.1 %d", &status));
        answered += status == 200;
        if (status != 200 && status != 503 && status != 504)
            fail_msg("connection %d: %s", i, crowd->heard[i]);
    }
    assert_true(answered > 0);
}

static void waiting_for_a_stopped_service_costs_no_thread(void **state)
{
    struct web web = web_of(&door.hall);
    pid_t gateway = hall_pid(&door.hall, "gateway");
    struct crowd crowd;
    int n = crowd_size(WAITING);
    (void)state;
    freeze_intake();
    long threads = status_of(gateway, "Threads");
    crowd_open(&crowd, &web, n, "GET /api/v1/items?search=nothing HTTP/1.1\r\nHost: hall\r\n\r\n");
    await_open_files(gateway, n);
    json_decref(web_expect(&web, "GET", "//healthz", NULL, 200, NULL));
    assert_int_equal(threads, status_of(gateway, "Threads"));
    assert_false(crowd_has_heard(&crowd));
    kill(intake, SIGCONT);
    crowd_hear(&crowd, "\r\n\r\n");
    count_answers(&crowd);
    assert_int_equal(threads, status_of(gateway, "Threads"));
    crowd_close(&crowd);
}

/* With many requests pending, the gateway still polls the waiting connections and sees them close.
 */
static void who_breaks_off_while_waiting_is_forgotten_when_the_answer_comes(void **state)
{
    struct web web = web_of(&door.hall);
    pid_t gateway = hall_pid(&door.hall, "gateway");
    struct crowd crowd;
    (void)state;
    freeze_intake();
    for (int i = 0; i < BREAKS; i++) {
        crowd_open(&crowd, &web, BREAKING, "GET /api/v1/items HTTP/1.1\r\nHost: hall\r\n\r\n");
        json_decref(web_expect(&web, "GET", "//healthz", NULL, 200, NULL));
        crowd_break_off(&crowd);
    }
    kill(intake, SIGCONT);
    json_decref(web_expect(&web, "GET", "/items", NULL, 200, NULL));
    assert_int_equal(gateway, hall_pid(&door.hall, "gateway"));
}

static void who_has_waited_long_enough_is_told_so(void **state)
{
    (void)state;
    door_settings(&door, "answer_ms = 300\n");
    hall_restart(&door.hall, "gateway");
    struct web web = web_of(&door.hall);
    freeze_intake();
    json_decref(web_expect(&web, "GET", "/items", NULL, 504, "NO_ANSWER"));
    hall_await_log(&door.hall, "gateway", "GET /items: 504 NO_ANSWER");
}

/* By the caller's trace, so that he and we find the same request. */
static void a_request_that_failed_is_logged_with_its_trace(void **state)
{
    (void)state;
    struct web web = web_of(&door.hall);
    snprintf(web.headers, sizeof web.headers,
             "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n");
    freeze_intake();
    json_decref(web_expect(&web, "GET", "/departments", NULL, 504, "NO_ANSWER"));
    hall_await_log(&door.hall, "gateway",
                   "trace=4bf92f3577b34da6a3ce929d0e0e4736 GET /departments: 504 NO_ANSWER");
}

static void events_request(const struct web *web, char *request, size_t room)
{
    snprintf(request, room, "GET /api/v1/events HTTP/1.1\r\nHost: hall\r\nCookie: %s\r\n\r\n",
             web->cookie);
}

/* The streams of one page after the other, each with its greeting; then one push, which reaches
 * every one of them. */
static void a_push_reaches_thousands_of_streams_in_little_memory(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    pid_t gateway = hall_pid(&door.hall, "gateway");
    struct crowd crowd;
    char request[400], number[60];
    (void)state;
    events_request(&clerk, request, sizeof request);
    crowd_open(&crowd, &clerk, crowd_size(LISTENING), request);
    crowd_hear(&crowd, "event: hello");
    crowd_forget(&crowd);
    json_t *submitted = door_submit(&clerk);
    snprintf(number, sizeof number, "\"caseNumber\":\"%s\"", web_text(submitted, "caseNumber"));
    crowd_hear(&crowd, number);
    long kib = status_of(gateway, "VmRSS");
    if (kib > LISTENING_KIB_MOST)
        fail_msg("%d streams take %ld KiB", crowd.n, kib);
    json_decref(submitted);
    crowd_close(&crowd);
}

/* They would be too many if closed streams still counted. */
static void pages_that_all_load_again_find_their_places(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    struct crowd crowd;
    char request[400];
    (void)state;
    events_request(&clerk, request, sizeof request);
    for (int i = 0; i < 3; i++) {
        crowd_open(&crowd, &clerk, crowd_size(LISTENING), request);
        crowd_hear(&crowd, "event: hello");
        crowd_close(&crowd);
    }
}

/* They come back all at once, while the register is slow to say who the first of them is. */
static void pages_that_come_back_to_a_new_gateway_are_all_let_in(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    PGconn *conn = hall_connect(&door.hall, "admin");
    struct crowd crowd;
    char request[400];
    (void)state;
    events_request(&clerk, request, sizeof request);
    hall_restart(&door.hall, "gateway");
    clerk.port = web_of(&door.hall).port;
    hall_do(conn, "begin; lock table gateway.session");
    crowd_open(&crowd, &clerk, crowd_size(COMING), request);
    json_decref(web_expect(&clerk, "GET", "//healthz", NULL, 200, NULL)); /* all were read before */
    hall_do(conn, "commit");
    PQfinish(conn);
    crowd_hear(&crowd, "event: hello");
    crowd_close(&crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_push_reaches_thousands_of_streams_in_little_memory),
        cmocka_unit_test(pages_that_all_load_again_find_their_places),
        cmocka_unit_test(pages_that_come_back_to_a_new_gateway_are_all_let_in),
        cmocka_unit_test_teardown(waiting_for_a_stopped_service_costs_no_thread, thaw),
        cmocka_unit_test_teardown(who_breaks_off_while_waiting_is_forgotten_when_the_answer_comes,
                                  thaw),
        cmocka_unit_test_teardown(who_has_waited_long_enough_is_told_so, thaw),
        cmocka_unit_test_teardown(a_request_that_failed_is_logged_with_its_trace, thaw),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
