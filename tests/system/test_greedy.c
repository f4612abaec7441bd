/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks for too much at once is told to ask again; the service goes on, and the others with it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/running.h"

#include <signal.h>

enum { CASES = 200, FRAMES = 4, PAGES = 16, FULL_MS = 1000, HEARTBEATS_S = 6 };

/* Little memory, and no more than a few events in it, so that followers are served from the table.
 */
static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_settings(&hall, "memory_max = 8388608\nring_events = 64\n");
    hall_start(&hall, NULL);
    running_connect();
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    running_disconnect();
    hall_destroy(&hall);
    return 0;
}

/* Reads the replies to so many requests: how many of them were answered, and how many put off. */
static void hear_all(struct line *line, int requests, int *answered, int *busy)
{
    *answered = *busy = 0;
    while (*answered + *busy < requests) {
        const Onedoor__Reply *reply = line_reply(line);
        if (reply->reason == ONEDOOR__REASON__BUSY) {
            ++*busy;
            continue;
        }
        assert_int_equal(ONEDOOR__CODE__OK, reply->code);
        const Onedoor__FetchReply *page =
            message_unpack(&onedoor__fetch_reply__descriptor,
                           (struct bytes){reply->body.data, reply->body.len}, line->arena);
        assert_non_null(page);
        *answered += !page->more;
    }
}

static void followers_that_ask_for_the_whole_journal_at_once_end_no_service(void **state)
{
    static const struct actor follower = {"routing", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    struct line line;
    int answered, busy;

    (void)state;
    for (int i = 0; i < CASES; i++)
        assert_true(desk_submit(client, "FPC-02", arena) > 0);
    pid_t pid = hall_pid(&hall, "intake");
    fetch.stream = "intake";
    fetch.max_events = 1024;
    fetch.max_bytes = 61440;
    fetch.max_pages = PAGES;
    for (int i = 0; i < FRAMES; i++) {
        line_open(&line, &hall, "routing", "intake", LANE_JOURNAL);
        line_ask_together(&line, 1, ENVELOPES_MAX, &follower, &fetch.base);
        hear_all(&line, ENVELOPES_MAX, &answered, &busy);
        assert_true(answered > 0);
        line_close(&line);
    }
    assert_int_equal(pid, hall_pid(&hall, "intake"));
    assert_true(desk_submit(client, "FPC-02", arena) > 0);
}

/* Until PostgreSQL's clock has gone on by so many seconds. */
static void await_seconds(int seconds)
{
    static const char now[] = "select extract(epoch from clock_timestamp())::int8";
    hall_await_number(admin, now, hall_number(admin, now) + seconds);
}

/* As much as both ends and the kernel hold. */
static void fill(struct line *line, struct bytes frame)
{
    zmq_pollitem_t writable = {line->socket, 0, ZMQ_POLLOUT, 0};
    while (zmq_poll(&writable, 1, FULL_MS) > 0)
        line_say_frame(line, frame, ZMQ_DONTWAIT);
}

/* While the service waits for its database, it reads no commands: they fill the socket, and then
 * the peer is gone. */
static void a_peer_that_fills_a_socket_and_leaves_ends_no_service(void **state)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    struct line line;
    (void)state;
    check.case_number = desk_no_case(1);
    pid_t service = hall_pid(&hall, "intake"), launcher = hall_launcher(&hall);
    pid_t session = (pid_t)hall_number(
        admin, "select max(a.pid) from pg_stat_activity a join pg_locks l using (pid)"
               " where a.application_name = 'intake' and l.locktype = 'advisory' and l.granted");
    hall_freeze(launcher);
    hall_freeze(session);
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    line_ask(&line, 1, 60000, &clerk, &check.base);
    fill(&line, (struct bytes){(const unsigned char *)"no bundle", 9});
    line_close(&line);
    await_seconds(HEARTBEATS_S);
    assert_int_equal(0, kill(session, SIGCONT));
    assert_int_equal(0, kill(launcher, SIGCONT));
    assert_int_equal(service, hall_pid(&hall, "intake"));
    desk_submit(client, "FPC-02", arena);
    assert_int_equal(service, hall_pid(&hall, "intake"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(followers_that_ask_for_the_whole_journal_at_once_end_no_service),
        cmocka_unit_test(a_peer_that_fills_a_socket_and_leaves_ends_no_service),
    };
    return cmocka_run_group_tests(tests, open_hall, close_hall);
}
