/* SPDX-License-Identifier: Apache-2.0 */
/* The clock of a running hall is set wrongly, for seconds or for good: no work is done by it, it is
 * said why, and the way back is recorded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/running.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COMMAND_BYTES = 600, SAID_BYTES = 1 << 16 };

#define DAY_MS INT64_C(86400000)

static char path[64];

/* By how much the clock is wrong from now on. */
static void set_shift(int64_t ms)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(sizeof ms, pwrite(fd, &ms, sizeof ms, 0));
    close(fd);
}

static int open_hall(void **state)
{
    char line[200];
    (void)state;
    hall_make(&hall);
    snprintf(path, sizeof path, "%s/shift", hall.home);
    set_shift(0);
    snprintf(line, sizeof line, "clock_shift_file = %s\nclock_step_s = 60\n", path);
    hall_settings(&hall, line);
    hall_start(&hall, NULL);
    running_connect();
    desk_submit(client, "FPC-02", arena);
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    running_disconnect();
    unlink(path);
    hall_destroy(&hall);
    return 0;
}

static int run(const char *program, const char *words, char said[SAID_BYTES])
{
    char command[COMMAND_BYTES];
    snprintf(command, sizeof command, "%s/onedoor-%s --home=%s %s 2>&1", getenv("ONEDOOR_BIN"),
             program, hall.home, words);
    return hall_command(command, said, SAID_BYTES);
}

/* Every service waits for a clock that it can trust, or is ready again. */
static void await_all(const char *state)
{
    static const char *const services[] = {"intake", "routing", "charging", "supervision",
                                           "reporting"};
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        hall_await(&hall, services[i], state, 0);
}

static struct answer submit_once(void)
{
    Onedoor__Intake__Submit *submit = desk_application(client, "FPC-02", arena);
    return desk_ask(client, NULL, &clerk, &submit->base, &onedoor__intake__submit_reply__descriptor,
                    arena);
}

static void no_work_is_done_by_a_clock_that_jumps(void **state)
{
    static char said[SAID_BYTES];
    (void)state;
    int64_t cases = hall_number(admin, "select count(*) from intake.cases");
    set_shift(400 * DAY_MS);
    await_all("waiting");
    struct answer answer = submit_once();
    assert_int_equal(ANSWER_REJECTED, answer.kind);
    assert_int_equal(ONEDOOR__REASON__CLOCK_DOUBTED, answer.reason);
    assert_non_null(strstr(answer.detail, "the clock was set 345"));
    assert_int_equal(cases, hall_number(admin, "select count(*) from intake.cases"));
    assert_int_equal(1, run("health", "", said));
    assert_non_null(strstr(said, "fault: intake does no work: the clock was set"));
    assert_int_equal(1, run("clock", "", said));
    assert_non_null(strstr(said, "s ahead"));
}

static void it_goes_on_by_itself_when_the_clock_is_right_again(void **state)
{
    static char said[SAID_BYTES];
    (void)state;
    set_shift(0);
    await_all("ready");
    desk_submit(client, "FPC-02", arena);
    assert_int_equal(
        0, hall_number(admin, "select count(*) from intake.journal where at > now() + '1 day'"));
    assert_int_equal(0, run("clock", "", said));
    assert_int_equal(0, hall_number(admin, "select count(*) from intake.journal"
                                           " where type = 'ClockAccepted'"));
}

/* A process that starts does not know what the clock was before. */
static void a_process_that_starts_with_a_wrong_clock_does_no_work(void **state)
{
    (void)state;
    set_shift(-DAY_MS);
    await_all("waiting");
    pid_t before = hall_await(&hall, "intake", "waiting", 0);
    assert_int_equal(0, kill(before, SIGKILL));
    hall_await(&hall, "intake", "waiting", before);
    assert_int_equal(ONEDOOR__REASON__CLOCK_DOUBTED, submit_once().reason);
    set_shift(0);
    await_all("ready");
}

/* The operator is wrong once, so that something is said by a wrong clock; verify finds that until
 * he has said so. */
static void what_an_operator_accepts_is_recorded_in_every_journal(void **state)
{
    static char said[SAID_BYTES];
    (void)state;
    set_shift(2 * DAY_MS);
    await_all("waiting");
    assert_int_equal(0, run("clock", "'the radio says so too'", said));
    await_all("ready");
    desk_submit(client, "FPC-02", arena);
    set_shift(0);
    await_all("waiting");
    assert_int_equal(ONEDOOR__REASON__CLOCK_DOUBTED, submit_once().reason);
    assert_int_equal(1, run("verify", "", said));
    assert_non_null(strstr(said, "was said later than now"));
    assert_int_equal(0, run("clock", "'it was two days ahead'", said));
    await_all("ready");
    desk_submit(client, "FPC-02", arena);
    assert_int_equal(2, hall_number(admin, "select count(*) from reporting.journal"
                                           " where type = 'ClockAccepted' and actor = 'operator'"));
    hall_await_number(admin,
                      "select (select seq from reporting.cursor where stream = 'intake') /"
                      " (select seq from intake.journal_head)",
                      1);
    if (run("verify", "", said) != 0)
        fail_msg("%s", said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_work_is_done_by_a_clock_that_jumps),
        cmocka_unit_test(it_goes_on_by_itself_when_the_clock_is_right_again),
        cmocka_unit_test(a_process_that_starts_with_a_wrong_clock_does_no_work),
        cmocka_unit_test(what_an_operator_accepts_is_recorded_in_every_journal),
    };
    return cmocka_run_group_tests_name("clock", tests, open_hall, close_hall);
}
