/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "calendar_2022.h"
#include "common/clock.h"
#include "dies.h"

enum { MINUTE = 60000, DAY = 420 };

struct fixture {
    struct arena *arena;
    struct calendar cal;
};

static struct fixture fixture;

static int set_up(void **state)
{
    fixture.arena = arena_new(4 << 20);
    fixture.cal = calendar_2022(fixture.arena);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    arena_free(&f->arena);
    return 0;
}

static const struct calendar *cal_of(void **state)
{
    return &((struct fixture *)*state)->cal;
}

static struct clock started(const struct calendar *cal, int64_t now, int32_t days)
{
    struct clock clock = {0};

    clock_start(&clock, cal, now, days);
    return clock;
}

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
    assert_int_equal(at(1, 17, 10, 43), clock_due(&clock, cal));
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

    clock_extend(&clock, cal, 10);
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
    assert_int_equal(-60, clock_remaining(&clock, cal, at(1, 19, 9, 0)));
    assert_true(clock_is_over(&clock, cal, at(1, 19, 9, 0)));
    assert_int_equal(at(1, 18, 16, 0), clock_due(&clock, cal));
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
    struct hall_hours hours = hall_hours_default();
    struct calendar plain;
    struct calendar published = f->cal;

    assert_int_equal(STATUS_OK, calendar_init(&plain, &hours, NULL, 0, f->arena));

    struct clock clock = started(&plain, at(9, 29, 9, 0), 5);

    assert_int_equal(at(10, 6, 17, 0), clock_due(&clock, &plain));
    assert_int_equal(at(10, 11, 17, 0), clock_due(&clock, &published));
}

/* Small and always the same: xorshift64. */
static uint64_t random_below(uint64_t *seed, uint64_t n)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed % n;
}

/* Whole minutes of a stretch on which the hall is shut, counted one by one. */
static int64_t shut_minutes(const struct calendar *cal, int64_t from_ms, int64_t to_ms)
{
    int64_t shut = 0;

    for (int64_t ms = from_ms - from_ms % MINUTE; ms < to_ms - to_ms % MINUTE; ms += MINUTE)
        shut += !calendar_open_now(cal, ms);
    return shut;
}

enum { PATTERNS = 200, STEPS_MAX = 12 };

struct pattern {
    struct clock clock;
    struct clock_pause pauses[STEPS_MAX];
    size_t n_pauses;
    int64_t accepted_ms;
    int64_t now;
};

/* Nested and overlapping pauses at random instants, the oldest open one closed first. */
static struct pattern random_pattern(const struct calendar *cal, uint64_t *seed)
{
    struct pattern p = {.accepted_ms =
                            at(1, 13, 9, 0) + random_below(seed, 300 * 1440 * UINT64_C(60000))};
    size_t closed = 0;

    p.now = p.accepted_ms;
    clock_start(&p.clock, cal, p.now, (int32_t)random_below(seed, 30));
    for (uint64_t steps = random_below(seed, STEPS_MAX); steps > 0; steps--) {
        p.now += random_below(seed, 4 * 1440 * MINUTE);
        if (closed < p.n_pauses && random_below(seed, 2)) {
            clock_resume(&p.clock, cal, p.now);
            p.pauses[closed++].to_ms = p.now;
        } else {
            clock_pause(&p.clock, cal, p.now);
            p.pauses[p.n_pauses++] = (struct clock_pause){.from_ms = p.now, .reason = "hearing"};
        }
    }
    p.now += random_below(seed, 10 * 1440 * MINUTE);
    if (random_below(seed, 2))
        clock_stop(&p.clock, cal, p.now);
    return p;
}

/* RULE L45, L82; invariant 6 */
static void used_and_paused_and_shut_are_all_the_time_there_was(void **state)
{
    const struct calendar *cal = cal_of(state);
    uint64_t seed = 20220113;

    for (int i = 0; i < PATTERNS; i++) {
        struct pattern p = random_pattern(cal, &seed);
        int64_t end_ms = p.now > p.clock.started_ms ? p.now : p.clock.started_ms;
        int64_t elapsed = end_ms / MINUTE - p.clock.started_ms / MINUTE;
        int64_t shut = shut_minutes(cal, p.clock.started_ms, end_ms);

        assert_int_equal(elapsed, clock_used(&p.clock, cal, p.now) +
                                      clock_paused(&p.clock, cal, p.now) + shut);
    }
}

static void the_days_explained_add_up_to_the_ledger(void **state)
{
    struct fixture *f = *state;
    uint64_t seed = 42;

    for (int i = 0; i < PATTERNS; i++) {
        struct pattern p = random_pattern(&f->cal, &seed);
        struct clock_history history = {p.accepted_ms, p.now, p.pauses, p.n_pauses};
        struct clock_days days = clock_explain(&p.clock, &f->cal, &history, f->arena);
        int32_t counted = 0;
        int32_t paused = 0;

        for (size_t d = 0; d < days.n; d++) {
            counted += days.rows[d].counted_min;
            paused += days.rows[d].paused_min;
        }
        assert_int_equal(clock_used(&p.clock, &f->cal, p.now), counted);
        assert_int_equal(clock_paused(&p.clock, &f->cal, p.now), paused);
    }
}

/* RULE L45, L82 */
static void a_deadline_is_explained_day_by_day(void **state)
{
    static const struct {
        int32_t month, day;
        enum clock_day_kind kind;
        int32_t counted_min, paused_min;
        const char *reason;
    } expected[] = {
        {1, 26, CLOCK_NOT_COUNTED, 0, 0, ""},     {1, 27, CLOCK_COUNTED, 180, 240, "hearing"},
        {1, 28, CLOCK_PAUSED, 0, DAY, "hearing"}, {1, 29, CLOCK_PAUSED, 0, DAY, "expert review"},
        {1, 30, CLOCK_MAKEUP, DAY, 0, SPRING},    {1, 31, CLOCK_HOLIDAY, 0, 0, SPRING},
        {2, 1, CLOCK_HOLIDAY, 0, 0, SPRING},      {2, 2, CLOCK_HOLIDAY, 0, 0, SPRING},
        {2, 3, CLOCK_HOLIDAY, 0, 0, SPRING},      {2, 4, CLOCK_HOLIDAY, 0, 0, SPRING},
        {2, 5, CLOCK_WEEKEND, 0, 0, ""},          {2, 6, CLOCK_WEEKEND, 0, 0, ""},
        {2, 7, CLOCK_COUNTED, 240, 0, ""},
    };
    enum { N = sizeof(expected) / sizeof(expected[0]) };
    const struct clock_pause pauses[] = {
        {at(1, 28, 9, 0), at(1, 29, 20, 0), "expert review"},
        {at(1, 27, 12, 30), at(1, 28, 17, 0), "hearing"},
    };
    struct fixture *f = *state;
    struct clock clock = started(&f->cal, at(1, 26, 15, 0), 2);

    clock_pause(&clock, &f->cal, at(1, 27, 12, 30));
    clock_pause(&clock, &f->cal, at(1, 28, 9, 0));
    clock_resume(&clock, &f->cal, at(1, 28, 17, 0));
    clock_resume(&clock, &f->cal, at(1, 29, 20, 0));
    assert_int_equal(at(2, 7, 14, 0), clock_due(&clock, &f->cal));

    struct clock_history history = {at(1, 26, 15, 0), clock_due(&clock, &f->cal), pauses, 2};
    struct clock_days days = clock_explain(&clock, &f->cal, &history, f->arena);

    assert_int_equal(N, days.n);
    for (size_t i = 0; i < N; i++) {
        const struct clock_day *row = &days.rows[i];

        assert_int_equal(day_from_ymd(2022, expected[i].month, expected[i].day).n, row->day.n);
        assert_int_equal(expected[i].kind, row->kind);
        assert_int_equal(expected[i].counted_min, row->counted_min);
        assert_int_equal(expected[i].paused_min, row->paused_min);
        assert_string_equal(expected[i].reason, row->reason);
        assert_false(row->provisional);
    }
}

static void days_of_an_unpublished_year_are_explained_as_provisional(void **state)
{
    struct fixture *f = *state;
    struct clock clock = started(&f->cal, at(12, 29, 15, 0), 2);
    struct clock_history history = {at(12, 29, 15, 0), clock_due(&clock, &f->cal), NULL, 0};
    struct clock_days days = clock_explain(&clock, &f->cal, &history, f->arena);

    assert_int_equal(5, days.n); /* Thursday to Monday 2 January */
    assert_false(days.rows[2].provisional);
    assert_true(days.rows[3].provisional);
    assert_int_equal(CLOCK_COUNTED, days.rows[4].kind);
}

static void an_explanation_is_bounded_and_one_of_nothing_is_empty(void **state)
{
    struct fixture *f = *state;
    struct clock clock = started(&f->cal, at(1, 13, 9, 0), 1);
    struct clock never = {0};
    struct clock_history ages = {at(1, 13, 9, 0), INT64_C(250000000000000), NULL, 0};
    struct clock_history before = {at(1, 13, 9, 0), at(1, 12, 9, 0), NULL, 0};

    assert_int_equal(CLOCK_DAYS_MAX, clock_explain(&clock, &f->cal, &ages, f->arena).n);
    assert_int_equal(0, clock_explain(&clock, &f->cal, &before, f->arena).n);
    assert_int_equal(0, clock_explain(&never, &f->cal, &ages, f->arena).n);
    assert_int_equal(0, clock_due(&never, &f->cal));
    assert_int_equal(0, clock_used(&never, &f->cal, at(1, 20, 9, 0)));
    assert_false(clock_is_over(&never, &f->cal, at(1, 20, 9, 0)));
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

    clock_extend(&clock, bug_cal, INT32_MAX);
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
        cmocka_unit_test(used_and_paused_and_shut_are_all_the_time_there_was),
        cmocka_unit_test(the_days_explained_add_up_to_the_ledger),
        cmocka_unit_test(a_deadline_is_explained_day_by_day),
        cmocka_unit_test(days_of_an_unpublished_year_are_explained_as_provisional),
        cmocka_unit_test(an_explanation_is_bounded_and_one_of_nothing_is_empty),
        cmocka_unit_test(a_clock_used_wrongly_is_a_bug_and_panics),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
