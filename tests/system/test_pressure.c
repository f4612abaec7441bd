/* SPDX-License-Identifier: Apache-2.0 */
/* More than a service can take, and work that comes too late: told so before any of it is begun. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"

static struct hall hall;
static PGconn *admin;

static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_start(&hall, NULL);
    admin = hall_connect(&hall, "admin");
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    PQfinish(admin);
    hall_destroy(&hall);
    return 0;
}

static Onedoor__Intake__Check some_check(void)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    check.case_number = desk_no_case(1);
    return check;
}

/* A lock on the table of command keys holds a batch up while it is saved. */
static void hold_up(PGconn *conn)
{
    hall_do(conn, "begin");
    hall_do(conn, "lock table intake.command in share mode");
}

static void let_go(PGconn *conn)
{
    hall_do(conn, "commit");
}

static void await_held_up(void)
{
    hall_await_number(admin,
                      "select count(*) from pg_locks where not granted "
                      "and relation = 'intake.command'::regclass and mode = 'RowExclusiveLock'",
                      1);
}

static void with_settings(const char *lines)
{
    hall_settings(&hall, lines);
    hall_restart(&hall, "intake");
}

/* Says what it got for each id, counted by code. */
static void count_replies(struct line *line, int n, int codes[16])
{
    for (int i = 0; i < n; i++)
        codes[line_reply(line)->code]++;
}

static void beyond_the_queue_callers_are_told_busy(void **state)
{
    enum { FLOOD = 60 };
    Onedoor__Intake__Check check = some_check();
    PGconn *conn = hall_connect(&hall, "admin");
    int codes[16] = {0};
    struct line line;

    (void)state;
    with_settings("queue_max = 1\n");
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    hold_up(conn);
    line_ask(&line, 1, 60000, &clerk, &check.base);
    await_held_up();
    for (int i = 0; i < FLOOD; i++)
        line_ask(&line, (unsigned char)(100 + i), 60000, &clerk, &check.base);
    let_go(conn);
    count_replies(&line, FLOOD + 1, codes);
    assert_true(codes[ONEDOOR__CODE__RESOURCE_EXHAUSTED] > 0);
    assert_true(codes[ONEDOOR__CODE__NOT_FOUND] >= 2); /* the first, and those that had room */
    assert_int_equal(FLOOD + 1,
                     codes[ONEDOOR__CODE__RESOURCE_EXHAUSTED] + codes[ONEDOOR__CODE__NOT_FOUND]);
    line_close(&line);
    PQfinish(conn);
    with_settings("");
}

/* One command a batch. While the second batch is held up, what waits behind it runs out of time. */
static bool last_in_line_is_late(void)
{
    Onedoor__Intake__Check check = some_check();
    PGconn *first = hall_connect(&hall, "admin"), *second = hall_connect(&hall, "admin");
    struct line line;
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    hold_up(first);
    unsigned char id =
        (unsigned char)(hall_number(admin, "select count(*) from intake.command") % 200);
    line_ask(&line, (unsigned char)(id + 1), 60000, &clerk, &check.base);
    await_held_up();
    line_ask(&line, (unsigned char)(id + 2), 60000, &clerk, &check.base);
    line_ask(&line, (unsigned char)(id + 3), 1, &clerk, &check.base);
    hall_do(second, "begin");
    assert_int_equal(1, PQsendQuery(second, "lock table intake.command in share mode"));
    hall_await_number(admin,
                      "select count(*) from pg_locks where not granted and mode = 'ShareLock'", 1);
    let_go(first);
    for (PGresult *locked; (locked = PQgetResult(second)) != NULL;)
        PQclear(locked);
    await_held_up();
    assert_int_equal(ONEDOOR__REASON__UNKNOWN_CASE, line_reply(&line)->reason);
    assert_null(line_hear(&line, 5).data); /* time goes by */
    let_go(second);
    bool late = line_reply(&line)->reason == ONEDOOR__REASON__LATE;
    late |= line_reply(&line)->reason == ONEDOOR__REASON__LATE;
    line_close(&line);
    PQfinish(first);
    PQfinish(second);
    return late;
}

static void work_whose_time_is_up_is_not_begun(void **state)
{
    (void)state;
    with_settings("batch_max = 1\n");
    struct patience patience = patience_new();
    while (!last_in_line_is_late())
        patience_or_fail(&patience, "nothing was late");
    with_settings("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beyond_the_queue_callers_are_told_busy),
        cmocka_unit_test(work_whose_time_is_up_is_not_begun),
    };
    return cmocka_run_group_tests_name("pressure", tests, open_hall, close_hall);
}
