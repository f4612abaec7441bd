/* SPDX-License-Identifier: Apache-2.0 */
/* A calendar over many open cases is followed a slice at a time (walk.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/walk.h"
#include "tests/world/calendar_list.h"

/* Work over all that is open goes in slices, and a kill between two of them loses nothing. */
static void a_calendar_is_followed_a_slice_at_a_time_and_after_a_kill_from_there(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    struct list list;
    for (int i = 0; i < 5; i++)
        take_in(hall, &SAN_CLERK, "SAN-02");
    world_restart(hall, "routing", "slice_rows", "2");
    put_day(list_of(hall, &list, 2022), day(1, 17), FREE);
    assert_done(world_command(hall, &MANAGER, &list.message.base, NULL));
    world_turn(hall, "routing");
    assert_int_equal(12, world_said(hall, "routing.DeadlineMoved", 0)); /* six of each case */
    assert_int_equal(0, world_said(hall, "routing.CalendarFollowed", 0));

    world_restart(hall, "routing", "slice_rows", "2");
    world_turn(hall, "routing");
    assert_int_equal(24, world_said(hall, "routing.DeadlineMoved", 0));
    world_clock(hall, world_now(hall) + 60000);
    int64_t later = take_in(hall, &SAN_CLERK, "SAN-02"); /* settles the hall */
    assert_int_equal(30, world_said(hall, "routing.DeadlineMoved", 0));
    assert_int_equal(0, world_said(hall, "routing.DeadlineMoved", later));
    assert_int_equal(at(1, 21, 17, 0), dossier_of(hall, later)->due_ms);
    assert_int_equal(0, world_count(hall, "routing", &walk_table));
    const Onedoor__Routing__CalendarFollowed *followed =
        heard(hall, &onedoor__routing__calendar_followed__descriptor, 0, arena);
    assert_int_equal(5, followed->cases);
    assert_int_equal(15, followed->tasks);
    arena_free(&arena);
}

/* What the first moved, the second moves from where it is then. */
static void two_calendars_are_followed_one_after_the_other(void **state)
{
    struct world *hall = *state;
    struct list list;
    int64_t first = take_in(hall, &SAN_CLERK, "SAN-02");
    int64_t last = take_in(hall, &SAN_CLERK, "SAN-02");
    world_restart(hall, "routing", "slice_rows", "1");
    put_day(list_of(hall, &list, 2022), day(1, 17), FREE);
    assert_done(world_command(hall, &MANAGER, &list.message.base, NULL));
    world_turn(hall, "routing");
    assert_int_equal(6, world_said(hall, "routing.DeadlineMoved", first));
    put_day(list_of(hall, &list, 2022), day(1, 18), FREE); /* on top: 17 January is in the list */
    assert_done(world_command(hall, &MANAGER, &list.message.base, NULL));
    world_settle(hall);
    assert_int_equal(12, world_said(hall, "routing.DeadlineMoved", first));
    assert_int_equal(2, world_said(hall, "routing.CalendarFollowed", 0));
    assert_int_equal(at(1, 24, 17, 0), dossier_of(hall, first)->due_ms);
    assert_int_equal(at(1, 24, 17, 0), dossier_of(hall, last)->due_ms);
    assert_int_equal(at(1, 24, 17, 0), watch_of(hall, last, 0)->due_ms);
    const struct task_row *task = branch_of(hall, last, 1, "TRA");
    assert_int_equal(due_of(hall, &task->clock), task->due_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_calendar_is_followed_a_slice_at_a_time_and_after_a_kill_from_there),
        ROUTING_TEST(two_calendars_are_followed_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
