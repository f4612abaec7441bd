/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock_2022.h"
#include "dies.h"

/* RULE L42.1, L82 */
static void the_day_of_acceptance_does_not_count(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 30), 20); /* a Thursday */

    assert_int_equal(at(1, 14, 9, 0), clock.started_ms);
    assert_int_equal(20 * DAY, clock.budget_min);
    assert_int_equal(0, clock_used(&clock, cal, at(1, 13, 17, 0)));
    assert_int_equal(60, clock_used(&clock, cal, at(1, 14, 10, 0)));
}

/* RULE L82 */
static void twenty_days_run_over_spring_festival_and_its_make_up_days(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 16, 59), 20);

    /* 14 January, 17-21, 24-30, 7-11 and 14-15 February. */
    assert_int_equal(at(2, 15, 17, 0), clock_due(&clock, cal));
    assert_int_equal(0, clock_remaining(&clock, cal, at(2, 15, 17, 0)));
    assert_false(clock_is_over(&clock, cal, at(2, 15, 17, 0)));
    assert_true(clock_is_over(&clock, cal, at(2, 15, 17, 0) + 1000));
    assert_int_equal(-1, clock_remaining(&clock, cal, at(2, 16, 9, 1)));
}

/* RULE H4 */
static void an_immediate_item_runs_at_once_and_until_closing(void **state)
{
    static const struct {
        int32_t from[4];
        int32_t budget_min;
        int32_t due[4];
    } cases[] = {
        {{1, 13, 10, 30}, 330, {1, 13, 17, 0}}, {{1, 13, 8, 0}, 420, {1, 13, 17, 0}},
        {{1, 13, 12, 30}, 240, {1, 13, 17, 0}}, {{1, 13, 17, 0}, 420, {1, 14, 17, 0}},
        {{2, 1, 10, 0}, 420, {2, 7, 17, 0}},    {{1, 30, 22, 0}, 420, {2, 7, 17, 0}},
    };
    const struct calendar *cal = cal_of(state);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const int32_t *from = cases[i].from;
        const int32_t *due = cases[i].due;
        struct clock clock = started(cal, at(from[0], from[1], from[2], from[3]), 0);

        assert_int_equal(clock.started_ms, clock.running_since_ms);
        assert_int_equal(cases[i].budget_min, clock.budget_min);
        assert_int_equal(at(due[0], due[1], due[2], due[3]), clock_due(&clock, cal));
    }
}

/* RULE L45 */
static void overlapping_pauses_count_once(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 5);

    clock_pause(&clock, cal, at(1, 17, 9, 0)); /* hearing, Monday to Wednesday */
    clock_pause(&clock, cal, at(1, 18, 9, 0)); /* expert review, Tuesday to Thursday */
    clock_resume(&clock, cal, at(1, 19, 17, 0));
    assert_int_equal(0, clock_due(&clock, cal));
    clock_resume(&clock, cal, at(1, 20, 17, 0));
    assert_int_equal(4 * DAY, clock_paused(&clock, cal, at(1, 21, 9, 0)));
    assert_int_equal(DAY, clock_used(&clock, cal, at(1, 21, 9, 0)));
    assert_int_equal(at(1, 26, 17, 0), clock_due(&clock, cal));
}

/* RULE L45 */
static void a_pause_counts_to_the_minute(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 1);

    clock_pause(&clock, cal, at(1, 14, 10, 7));
    clock_resume(&clock, cal, at(1, 14, 11, 50));
    assert_int_equal(103, clock_paused(&clock, cal, at(1, 14, 17, 0)));
    assert_int_equal(DAY - 103, clock_used(&clock, cal, at(1, 14, 17, 0)));
    assert_int_equal(at(1, 17, 17, 0), clock_due(&clock, cal));
}

static void a_resumed_clock_goes_on_where_it_stood(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 5);

    clock_pause(&clock, cal, at(1, 18, 17, 0)); /* three of five days are used */
    assert_int_equal(3 * DAY, clock_used(&clock, cal, at(1, 25, 9, 0)));
    assert_int_equal(4 * DAY, clock_paused(&clock, cal, at(1, 25, 9, 0)));
    clock_resume(&clock, cal, at(1, 25, 9, 0));
    assert_int_equal(2 * DAY, clock_remaining(&clock, cal, at(1, 25, 9, 0)));
    assert_int_equal(at(1, 26, 17, 0), clock_due(&clock, cal));
}

static void a_pause_before_the_start_begins_at_the_start(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 2);
    struct clock brief = clock;

    clock_pause(&clock, cal, at(1, 13, 10, 0));
    clock_resume(&clock, cal, at(1, 17, 9, 0));
    assert_int_equal(DAY, clock_paused(&clock, cal, at(1, 17, 9, 0)));
    assert_int_equal(at(1, 18, 17, 0), clock_due(&clock, cal));

    clock_pause(&brief, cal, at(1, 13, 10, 0)); /* over before the clock began */
    clock_resume(&brief, cal, at(1, 13, 16, 0));
    assert_int_equal(0, clock_paused(&brief, cal, at(1, 17, 9, 0)));
    assert_int_equal(at(1, 17, 17, 0), clock_due(&brief, cal));
}

static void a_paused_clock_has_no_deadline_and_no_thresholds(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 2);

    clock_pause(&clock, cal, at(1, 14, 12, 0));
    assert_int_equal(0, clock_due(&clock, cal));
    assert_int_equal(0, clock_at_percent(&clock, cal, 80));
    assert_false(clock_is_over(&clock, cal, at(3, 1, 9, 0)));
    assert_int_equal(2 * DAY - 180, clock_remaining(&clock, cal, at(3, 1, 9, 0)));
}

/* RULE L42.1 */
static void an_extension_moves_the_deadline_by_working_days(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 20);

    clock_extend(&clock, cal, at(1, 14, 9, 0), 10);
    assert_int_equal(30 * DAY, clock.budget_min);
    assert_int_equal(at(3, 1, 17, 0), clock_due(&clock, cal));
}

static void a_share_of_the_budget_has_its_instant(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 10);

    assert_int_equal(at(1, 14, 9, 0), clock_at_percent(&clock, cal, 0));
    assert_int_equal(at(1, 25, 17, 0), clock_at_percent(&clock, cal, 80));
    assert_int_equal(clock_due(&clock, cal), clock_at_percent(&clock, cal, 100));

    /* A threshold passed before a pause stays passed. */
    clock_pause(&clock, cal, at(1, 27, 9, 0));
    clock_resume(&clock, cal, at(1, 28, 9, 0));
    assert_true(clock_at_percent(&clock, cal, 80) < at(1, 28, 9, 0));
    assert_true(clock_due(&clock, cal) > at(1, 28, 9, 0));
}

static void a_stopped_clock_stands_and_keeps_its_deadline(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock in_time = started(cal, at(1, 13, 9, 0), 3);
    struct clock late = in_time;

    clock_stop(&in_time, cal, at(1, 17, 12, 0));
    clock_stop(&in_time, cal, at(1, 20, 12, 0)); /* the first stop holds */
    assert_int_equal(DAY + 180, clock_used(&in_time, cal, at(3, 1, 9, 0)));
    assert_int_equal(at(1, 18, 17, 0), clock_due(&in_time, cal));
    assert_false(clock_is_over(&in_time, cal, at(3, 1, 9, 0)));

    clock_stop(&late, cal, at(1, 19, 10, 0));
    assert_int_equal(-60, clock_remaining(&late, cal, at(3, 1, 9, 0)));
    assert_int_equal(at(1, 18, 17, 0), clock_due(&late, cal));
    assert_true(clock_is_over(&late, cal, at(3, 1, 9, 0)));
}

static void work_done_in_the_evening_of_the_last_day_is_late(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 1);
    struct clock in_time = clock;

    clock_stop(&clock, cal, at(1, 14, 17, 30));
    assert_int_equal(0, clock_remaining(&clock, cal, at(1, 14, 18, 0)));
    assert_true(clock_is_over(&clock, cal, at(1, 14, 18, 0)));
    clock_stop(&in_time, cal, at(1, 14, 17, 0));
    assert_false(clock_is_over(&in_time, cal, at(1, 14, 18, 0)));
}

static void work_done_on_the_day_of_acceptance_has_used_nothing(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 1);

    clock_stop(&clock, cal, at(1, 13, 15, 0));
    assert_int_equal(0, clock_used(&clock, cal, at(1, 20, 9, 0)));
    assert_int_equal(at(1, 14, 17, 0), clock_due(&clock, cal));
    assert_false(clock_is_over(&clock, cal, at(1, 20, 9, 0)));
}

static void a_stop_ends_the_pauses_that_were_open(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 3);

    clock_pause(&clock, cal, at(1, 14, 12, 0));
    clock_stop(&clock, cal, at(1, 17, 12, 0));
    clock_resume(&clock, cal, at(1, 18, 12, 0));
    clock_pause(&clock, cal, at(1, 18, 13, 0));
    assert_int_equal(180, clock_used(&clock, cal, at(1, 20, 9, 0)));
    assert_int_equal(DAY, clock_paused(&clock, cal, at(1, 20, 9, 0)));
    assert_int_equal(0, clock.open_pauses);
}

static void a_pause_does_not_heal_an_overrun(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 1);

    clock_pause(&clock, cal, at(1, 17, 10, 0)); /* an hour over */
    assert_true(clock_is_over(&clock, cal, at(1, 17, 10, 0)));
    clock_resume(&clock, cal, at(1, 19, 9, 0));
    assert_int_equal(-2 * DAY, clock_remaining(&clock, cal, at(1, 19, 9, 0)));
    assert_true(clock_is_over(&clock, cal, at(1, 19, 9, 0)));
    assert_int_equal(at(1, 14, 17, 0), clock_due(&clock, cal));
    assert_int_equal(2 * DAY - 60, clock_paused(&clock, cal, at(1, 19, 9, 0)));
}

static void time_that_steps_back_takes_nothing_back(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 3);

    clock_pause(&clock, cal, at(1, 14, 12, 0));
    clock_resume(&clock, cal, at(1, 14, 11, 0));
    assert_int_equal(at(1, 14, 12, 0), clock.running_since_ms);
    assert_int_equal(180, clock_used(&clock, cal, at(1, 14, 10, 0)));
    assert_int_equal(0, clock_paused(&clock, cal, at(1, 14, 17, 0)));
}

/* What was said elsewhere at ten is heard at eleven, after a pause of the same clock. */
static void a_stop_that_comes_late_stops_at_the_last_instant_seen(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 30), 5);

    clock_pause(&clock, cal, at(1, 14, 10, 30));
    clock_resume(&clock, cal, at(1, 14, 11, 0));
    clock_stop(&clock, cal, at(1, 14, 10, 0));
    assert_int_equal(at(1, 14, 11, 0), clock.stopped_ms);
    assert_int_equal(calendar_worked(cal, clock.started_ms, clock.stopped_ms),
                     clock.used_min + clock.paused_min);
}

/* RULE L82 */
static void a_newly_published_holiday_moves_the_deadline_of_a_running_clock(void **state)
{
    struct fixture *f = *state;
    struct hall_hours hours = hours_2022();
    struct calendar plain;
    struct calendar published = f->cal;

    assert_int_equal(STATUS_OK, calendar_init(&plain, &hours, NULL, 0, f->arena));

    struct clock clock = started(&plain, at(9, 29, 9, 0), 5);

    assert_int_equal(at(10, 6, 17, 0), clock_due(&clock, &plain));
    assert_int_equal(at(10, 11, 17, 0), clock_due(&clock, &published));
}

static const struct calendar *bug_cal;

static void start_twice(void)
{
    struct clock clock = started(bug_cal, at(1, 13, 9, 0), 1);

    clock_start(&clock, bug_cal, at(1, 14, 9, 0), 1);
}

static void resume_what_runs(void)
{
    struct clock clock = started(bug_cal, at(1, 13, 9, 0), 1);

    clock_resume(&clock, bug_cal, at(1, 14, 9, 0));
}

static void pause_what_never_started(void)
{
    struct clock clock = {0};

    clock_pause(&clock, bug_cal, at(1, 14, 9, 0));
}

static void extend_beyond_counting(void)
{
    struct clock clock = started(bug_cal, at(1, 13, 9, 0), 1);

    clock_extend(&clock, bug_cal, at(1, 13, 9, 0), INT32_MAX);
}

static void a_clock_used_wrongly_is_a_bug_and_panics(void **state)
{
    bug_cal = cal_of(state);
    assert_true(dies(start_twice));
    assert_true(dies(resume_what_runs));
    assert_true(dies(pause_what_never_started));
    assert_true(dies(extend_beyond_counting));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_of_acceptance_does_not_count),
        cmocka_unit_test(twenty_days_run_over_spring_festival_and_its_make_up_days),
        cmocka_unit_test(an_immediate_item_runs_at_once_and_until_closing),
        cmocka_unit_test(overlapping_pauses_count_once),
        cmocka_unit_test(a_pause_counts_to_the_minute),
        cmocka_unit_test(a_resumed_clock_goes_on_where_it_stood),
        cmocka_unit_test(a_pause_before_the_start_begins_at_the_start),
        cmocka_unit_test(a_paused_clock_has_no_deadline_and_no_thresholds),
        cmocka_unit_test(an_extension_moves_the_deadline_by_working_days),
        cmocka_unit_test(a_share_of_the_budget_has_its_instant),
        cmocka_unit_test(a_stopped_clock_stands_and_keeps_its_deadline),
        cmocka_unit_test(work_done_in_the_evening_of_the_last_day_is_late),
        cmocka_unit_test(work_done_on_the_day_of_acceptance_has_used_nothing),
        cmocka_unit_test(a_stop_ends_the_pauses_that_were_open),
        cmocka_unit_test(a_pause_does_not_heal_an_overrun),
        cmocka_unit_test(time_that_steps_back_takes_nothing_back),
        cmocka_unit_test(a_stop_that_comes_late_stops_at_the_last_instant_seen),
        cmocka_unit_test(a_newly_published_holiday_moves_the_deadline_of_a_running_clock),
        cmocka_unit_test(a_clock_used_wrongly_is_a_bug_and_panics),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
