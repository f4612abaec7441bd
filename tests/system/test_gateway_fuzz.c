/* SPDX-License-Identifier: Apache-2.0 */
/* The gateway under thousands of hostile requests. In the debug build it runs with
 * AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer, which end it with a status of
 * their own. FUZZ_SEED and FUZZ_REQUESTS choose other requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/service_names.h"
#include "tests/system/door.h"
#include "tests/system/hostile.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    REQUESTS = 3000,
    ROUND = 400,
    AT_ONCE = 128,
    HEARD_BYTES = 32 * 1024,
    SHOWN = 2000,
    POLL_MS = 100,
    OTHER_HTTP = 505 /* RFC 9110: HTTP version not supported */
};

static const char *const names[] = {"clerk",      "approver", "lead",          "cashier", "city",
                                    "supervisor", "manager",  "administrator", "kiosk",   ""};
enum { PEOPLE = sizeof names / sizeof names[0] };

static struct door door;
static pid_t pids[SERVICES];
static struct second gateway; /* our own child, so that we are told how it ends */

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "sign_in_failures = 100\nidle_s = 5\n", NULL);
    for (int i = 0; i < SERVICES; i++)
        pids[i] = hall_pid(&door.hall, service_names[i]);
    gateway = second_start(&door.hall, "gateway");
    second_await(&gateway, "ready");
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    if (gateway.pid != 0)
        second_end(&gateway, SIGKILL);
    door_close(&door);
    return 0;
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* ---- one request */

struct shot {
    uint64_t number;
    size_t size, n_heard;
    char bytes[HOSTILE_BYTES], heard[HEARD_BYTES];
};

static struct shot shots[AT_ONCE];
static struct pollfd connections[AT_ONCE]; /* of each; -1: free */

/* With nothing more to come. Half a request holds its place until the gateway's timeout. */
static void fire(int i, const struct web *web)
{
    connections[i] = (struct pollfd){web_connect(web), POLLIN, 0};
    web_send(connections[i].fd, shots[i].bytes, shots[i].size);
    shutdown(connections[i].fd, SHUT_WR);
}

static void end(int i)
{
    close(connections[i].fd);
    connections[i].fd = -1;
}

/* The status of each answer on the connection: there may be several. */
static int worst_status(const char *text)
{
    int worst = 0, status;
    for (const char *at = text; (at = strstr(at, "HTTP/1.1 ")) != NULL; at++)
        if (sscanf(at, "HTTP/1.1 %3d", &status) == 1 && status > worst)
            worst = status;
    return worst;
}

static void judge(const struct shot *shot)
{
    int status = worst_status(shot->heard);
    if (status >= 500 && status != OTHER_HTTP)
        fail_msg("request %llu: %.300s\nfor: %.*s", (unsigned long long)shot->number, shot->heard,
                 (int)(shot->size < SHOWN ? shot->size : SHOWN), shot->bytes);
}

/* What has come; false at its end. A stream of events does not end by itself. What does not fit is
 * not looked at. */
static bool hear(int i)
{
    struct shot *shot = &shots[i];
    size_t room = HEARD_BYTES - 1 - shot->n_heard;
    char *to = room > 0 ? shot->heard + shot->n_heard : (char[1]){0};
    ssize_t n = recv(connections[i].fd, to, room > 0 ? room : 1, MSG_DONTWAIT);
    if (n <= 0)
        return false;
    shot->n_heard += room > 0 ? (size_t)n : 0;
    shot->heard[shot->n_heard] = '\0';
    return strstr(shot->heard, "text/event-stream") == NULL;
}

/* ---- many */

static void sign_all_in(struct web people[PEOPLE])
{
    for (int i = 0; i < PEOPLE; i++)
        people[i] = names[i][0] == '\0' ? web_of(&door.hall) : door_sign_in(&door, names[i]);
}

static void fire_next(int i, uint64_t number, struct dice *dice, const char *case_number)
{
    static struct web people[PEOPLE];
    if (number % ROUND == 0) /* some sign themselves out */
        sign_all_in(people);
    const struct web *web = &people[roll(dice, PEOPLE)];
    struct sender sender = {web->cookie, web->csrf, case_number};
    shots[i].number = number;
    shots[i].n_heard = 0;
    shots[i].heard[0] = '\0';
    shots[i].size = hostile_request(dice, &sender, shots[i].bytes);
    fire(i, web);
    if (roll(dice, 10) == 0)
        end(i); /* and does not wait for the answer */
}

/* Gives how many were answered. */
static uint64_t hear_all(void)
{
    uint64_t answered = 0;
    assert_true(poll(connections, AT_ONCE, POLL_MS) >= 0);
    for (int i = 0; i < AT_ONCE; i++) {
        if (connections[i].fd < 0 || connections[i].revents == 0 || hear(i))
            continue;
        judge(&shots[i]);
        answered += shots[i].n_heard > 0;
        end(i);
    }
    return answered;
}

static bool any_open(void)
{
    for (int i = 0; i < AT_ONCE; i++)
        if (connections[i].fd >= 0)
            return true;
    return false;
}

static void a_hostile_request_gets_no_5xx_and_breaks_nothing(void **state)
{
    struct dice dice = {number_from("FUZZ_SEED", 88172645463325252)};
    uint64_t n = number_from("FUZZ_REQUESTS", REQUESTS), fired = 0, answered = 0;
    struct web clerk = door_sign_in(&door, "clerk");
    json_t *submitted = door_submit(&clerk);
    (void)state;
    for (int i = 0; i < AT_ONCE; i++)
        connections[i].fd = -1;
    while (fired < n || any_open()) {
        for (int i = 0; i < AT_ONCE && fired < n; i++)
            if (connections[i].fd < 0)
                fire_next(i, fired++, &dice, web_text(submitted, "caseNumber"));
        answered += hear_all();
    }
    assert_true(answered > n / 2);
    json_decref(submitted);
}

static void the_services_have_not_noticed(void **state)
{
    struct web web = web_of(&door.hall);
    (void)state;
    for (int i = 0; i < SERVICES; i++)
        assert_int_equal(pids[i], hall_pid(&door.hall, service_names[i]));
    json_decref(web_expect(&web, "GET", "//healthz", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "//readyz", NULL, 200, NULL));
    json_decref(web_expect(&web, "GET", "/items", NULL, 200, NULL));
}

static void show_log(void)
{
    char line[1000], path[200];
    snprintf(path, sizeof path, "%s/log/second.log", door.hall.home);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strstr(line, " info ") == NULL)
            fputs(line, stderr);
    if (file != NULL)
        fclose(file);
}

/* While somebody listens and somebody waits. LeakSanitizer speaks at the end. */
static void the_gateway_ends_well_and_leaks_nothing(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    (void)state;
    int stream = web_listen(&clerk, NULL);
    free(web_hear_event(stream, "event: hello"));
    int status = second_end(&gateway, SIGTERM);
    if (status != 0)
        show_log();
    assert_int_equal(0, status);
    close(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hostile_request_gets_no_5xx_and_breaks_nothing),
        cmocka_unit_test(the_services_have_not_noticed),
        cmocka_unit_test(the_gateway_ends_well_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
