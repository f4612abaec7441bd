/* SPDX-License-Identifier: Apache-2.0 */
/* Who is slow on purpose is told so, and who takes many places holds up nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/crowd.h"
#include "tests/system/door.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SILENT = 80, PLACES = 64, LISTENING = 8 };

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "head_s = 1\nbody_s = 1\nidle_s = 3600\n", DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

static void assert_told_so(char *text)
{
    assert_non_null(strstr(text, "HTTP/1.1 408 "));
    assert_non_null(strstr(text, "\"TOO_SLOW\""));
    free(text);
}

static void half_a_head_is_not_waited_for(void **state)
{
    struct web web = web_of(&door.hall);
    static const char half[] = "GET /healthz HTTP/1.1\r\nHost: h\r\nX-More: ";
    (void)state;
    assert_told_so(web_raw(&web, half, strlen(half), NULL));
}

static void half_a_body_is_not_waited_for(void **state)
{
    struct web web = web_of(&door.hall);
    static const char half[] = "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: "
                               "application/json\r\nContent-Length: 1000\r\n\r\n{";
    (void)state;
    assert_told_so(web_raw(&web, half, strlen(half), NULL));
}

/* Its last bytes and its end come together. */
static void who_has_said_all_is_let_go(void **state)
{
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    struct web web = web_of(&door.hall);
    int connection = web_connect(&web);
    (void)state;
    setsockopt(connection, IPPROTO_TCP, TCP_CORK, &(int){1}, sizeof(int));
    web_send(connection, request, strlen(request));
    shutdown(connection, SHUT_WR);
    char *heard = web_hear(connection, NULL);
    assert_non_null(strstr(heard, "HTTP/1.1 200 "));
    free(heard);
    close(connection);
}

/* Each byte is progress; the whole head has its time all the same. */
static void a_byte_now_and_then_gains_no_time(void **state)
{
    struct web web = web_of(&door.hall);
    struct retry retry = retry_begin();
    static const char begin[] = "GET /healthz HTTP/1.1\r\nHost: h\r\nX-More: ";
    struct pollfd drip = {.fd = web_connect(&web), .events = POLLIN};
    (void)state;
    for (web_send(drip.fd, begin, strlen(begin)); poll(&drip, 1, 0) == 0; web_send(drip.fd, "x", 1))
        retry_or_fail(&retry, "a request that never ends is ended");
    assert_told_so(web_hear(drip.fd, NULL));
    close(drip.fd);
}

/* Without a byte there is nothing to answer. */
static void a_silent_connection_is_closed(void **state)
{
    struct web web = web_of(&door.hall);
    (void)state;
    char *text = web_raw(&web, "", 0, NULL);
    assert_string_equal("", text);
    free(text);
}

static void give_all_the_time(void)
{
    door_settings(&door, "head_s = 3600\nidle_s = 3600\nconnections_max = 64\n"
                         "streams_nobody_max = 4\n");
    hall_restart(&door.hall, "gateway");
}

/* Head or body: who has sent half of it is told that the gateway stops, and one who has sent
 * nothing is only let go. */
static void a_half_read_request_is_refused_at_a_stop(void **state)
{
    static const char *const halves[] = {
        "GET /healthz HTTP/1.1\r\nHost: h\r\nX-More: ",
        "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Content-Length: 1000\r\n\r\n{",
        "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n10\r\n{",
        "",
    };
    enum { HALVES = sizeof halves / sizeof halves[0] };
    struct web web = web_of(&door.hall);
    int connections[HALVES];
    (void)state;
    give_all_the_time();
    web = web_of(&door.hall);
    for (size_t i = 0; i < HALVES; i++) {
        connections[i] = web_connect(&web);
        web_send(connections[i], halves[i], strlen(halves[i]));
    }
    json_decref(web_expect(&web, "GET", "/hall", NULL, 200, NULL)); /* they are accepted */
    hall_restart(&door.hall, "gateway");
    for (size_t i = 0; i < HALVES; i++) {
        char *heard = web_hear(connections[i], NULL);
        bool is_told = strstr(heard, "HTTP/1.1 503 ") == heard &&
                       strstr(heard, "\r\nConnection: close\r\n") != NULL &&
                       strstr(heard, "\"STOPPING\"") != NULL;
        assert_int_equal(halves[i][0] != '\0', is_told);
        assert_int_equal(halves[i][0] == '\0', heard[0] == '\0');
        free(heard);
        close(connections[i]);
    }
}

/* How many of the connections have an answer to be read. */
static int count_answered(const struct pollfd *polls, int n)
{
    int answered = 0;
    for (int i = 0; i < n; i++)
        answered += (polls[i].revents & POLLIN) != 0;
    return answered;
}

/* A service lets requests wait for what their callers have seen, in few places, which nobody fills
 * by saying that he has seen what is yet to come. */
static void who_claims_to_have_seen_the_future_takes_few_places(void **state)
{
    enum { ASKING = 200, WAITING = 128 }; /* as seeing.h says */
    static const char request[] = "GET /api/v1/windows HTTP/1.1\r\nHost: h\r\n"
                                  "Onedoor-Seen: intake=1.99999999\r\n\r\n";
    struct pollfd polls[ASKING];
    struct retry retry = retry_begin();
    (void)state;
    door_settings(&door, "seen_wait_ms = 60000\nanswer_ms = 120000\n");
    hall_restart(&door.hall, "intake");
    hall_restart(&door.hall, "gateway");
    struct web web = web_of(&door.hall);
    for (int i = 0; i < ASKING; i++) {
        polls[i] = (struct pollfd){web_connect(&web), POLLIN, 0};
        web_send(polls[i].fd, request, sizeof request - 1);
    }
    do {
        retry_or_fail(&retry, "the others are answered");
        assert_true(poll(polls, ASKING, 1) >= 0);
    } while (count_answered(polls, ASKING) < ASKING - WAITING);
    json_decref(web_expect(&web, "GET", "/windows", NULL, 200, NULL));
    assert_true(poll(polls, ASKING, 0) >= 0);
    assert_int_equal(ASKING - WAITING, count_answered(polls, ASKING));
    for (int i = 0; i < ASKING; i++)
        close(polls[i].fd);
}

static void silent_sockets_of_one_address_shut_nobody_out(void **state)
{
    int silent[SILENT];
    (void)state;
    give_all_the_time();
    struct web web = web_of(&door.hall), silent_one = web;
    silent_one.from = "127.0.0.2";
    for (int i = 0; i < SILENT; i++)
        silent[i] = web_connect(&silent_one);
    for (int i = 0; i < PLACES; i++)
        json_decref(web_expect(&web, "GET", "//healthz", NULL, 200, NULL));
    for (int i = 0; i < SILENT; i++)
        close(silent[i]);
}

/* The eldest of them end: the places of the public are for all addresses. */
static void streams_of_one_address_shut_nobody_out(void **state)
{
    struct web web = web_of(&door.hall), many = web;
    struct crowd crowd;
    (void)state;
    many.from = "127.0.0.2";
    crowd_open(&crowd, &many, LISTENING, "GET /api/v1/events HTTP/1.1\r\nHost: h\r\n\r\n");
    crowd_hear(&crowd, "HTTP/1.1 ");
    int stream = web_listen(&web, NULL);
    char *hello = web_hear_event(stream, "event: hello");
    assert_non_null(strstr(hello, "event: hello"));
    free(hello);
    close(stream);
    crowd_close(&crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_a_head_is_not_waited_for),
        cmocka_unit_test(half_a_body_is_not_waited_for),
        cmocka_unit_test(who_has_said_all_is_let_go),
        cmocka_unit_test(a_byte_now_and_then_gains_no_time),
        cmocka_unit_test(a_silent_connection_is_closed),
        cmocka_unit_test(a_half_read_request_is_refused_at_a_stop),
        cmocka_unit_test(who_claims_to_have_seen_the_future_takes_few_places),
        cmocka_unit_test(silent_sockets_of_one_address_shut_nobody_out),
        cmocka_unit_test(streams_of_one_address_shut_nobody_out),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
