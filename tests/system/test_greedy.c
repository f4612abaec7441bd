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

enum { CASES = 200, FRAMES = 4, PAGES = 16 };

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(followers_that_ask_for_the_whole_journal_at_once_end_no_service),
    };
    return cmocka_run_group_tests(tests, open_hall, close_hall);
}
