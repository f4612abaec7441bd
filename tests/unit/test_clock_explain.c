/* SPDX-License-Identifier: Apache-2.0 */
/* A clock explained: the minutes of every day, and that they add up to all the time there was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock_2022.h"

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
        shut += !is_open(cal, ms);
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

/* RULE L82: whatever the pauses, at any instant. */
static void every_deadline_is_the_close_of_a_working_day(void **state)
{
    const struct calendar *cal = cal_of(state);
    uint64_t seed = 12;

    for (int i = 0; i < PATTERNS; i++) {
        struct pattern p = random_pattern(cal, &seed);
        int64_t due_ms = clock_due(&p.clock, cal);

        if (p.clock.paused_since_ms && !p.clock.over_ms) {
            assert_int_equal(0, due_ms);
            continue;
        }
        assert_true(calendar_is_working(cal, calendar_day(cal, due_ms)));
        assert_int_equal(calendar_close(cal, due_ms), due_ms);
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
        {2, 7, CLOCK_COUNTED, DAY, 0, ""},
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
    assert_int_equal(at(2, 7, 17, 0), clock_due(&clock, &f->cal));

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(used_and_paused_and_shut_are_all_the_time_there_was),
        cmocka_unit_test(the_days_explained_add_up_to_the_ledger),
        cmocka_unit_test(every_deadline_is_the_close_of_a_working_day),
        cmocka_unit_test(a_deadline_is_explained_day_by_day),
        cmocka_unit_test(days_of_an_unpublished_year_are_explained_as_provisional),
        cmocka_unit_test(an_explanation_is_bounded_and_one_of_nothing_is_empty),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
