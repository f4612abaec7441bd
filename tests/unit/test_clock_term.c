/* SPDX-License-Identifier: Apache-2.0 */
/* Where a term ends: at the close of a working day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock_2022.h"

/* RULE L42.1, L82: 14 January is a Friday. */
static void a_term_ends_at_the_close_of_a_day_however_short_its_pauses_were(void **state)
{
    static const struct {
        int32_t pause[2], resume[2]; /* hour and minute of the last day */
        int32_t due_day;
    } cases[] = {
        {{9, 0}, {9, 0}, 14},    /* no time at all */
        {{12, 0}, {13, 0}, 14},  /* at noon, when nothing counts */
        {{10, 0}, {10, 3}, 17},  /* three minutes: Friday's close becomes Monday's */
        {{9, 0}, {17, 0}, 17},   /* the whole day */
        {{16, 59}, {17, 0}, 17}, /* the last minute */
        {{17, 0}, {17, 0}, 14},  /* at the very end */
    };
    const struct calendar *cal = cal_of(state);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct clock clock = started(cal, at(1, 13, 9, 0), 1);

        clock_pause(&clock, cal, at(1, 14, cases[i].pause[0], cases[i].pause[1]));
        clock_resume(&clock, cal, at(1, 14, cases[i].resume[0], cases[i].resume[1]));
        int64_t due_ms = at(1, cases[i].due_day, 17, 0);
        assert_int_equal(due_ms, clock_due(&clock, cal));
        assert_int_equal(due_ms, clock_at_percent(&clock, cal, 100));
        assert_false(clock_is_over(&clock, cal, due_ms));
        assert_true(clock_is_over(&clock, cal, due_ms + 1));
        assert_int_equal(0, clock_remaining(&clock, cal, due_ms));
        assert_int_equal(calendar_worked(cal, at(1, 14, 9, 0), due_ms) -
                             clock_paused(&clock, cal, due_ms),
                         clock_used(&clock, cal, due_ms));
        clock_stop(&clock, cal, due_ms);
        assert_int_equal(due_ms, clock_due(&clock, cal));
    }
}

static void short_pauses_of_two_days_add_up_to_one_day(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 3); /* 14, 17 and 18 */

    for (int32_t day = 17; day <= 18; day++) {
        clock_pause(&clock, cal, at(1, day, 10, 0));
        clock_resume(&clock, cal, at(1, day, 10, 3));
        assert_int_equal(at(1, 19, 17, 0), clock_due(&clock, cal));
    }
    assert_int_equal(3 * DAY, clock.budget_min);
}

/* RULE L45 */
static void a_pause_on_the_last_day_leaves_the_rest_of_it_for_afterwards(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 1);

    clock_pause(&clock, cal, at(1, 14, 10, 0));
    clock_resume(&clock, cal, at(1, 14, 10, 3)); /* the minutes run out on Monday at 9:03 */
    clock_pause(&clock, cal, at(1, 17, 16, 0));  /* an hour before the term ends */
    assert_int_equal(60, clock_remaining(&clock, cal, at(1, 18, 9, 0)));
    clock_resume(&clock, cal, at(1, 19, 16, 30));
    assert_int_equal(30 + DAY, clock_remaining(&clock, cal, at(1, 19, 16, 30)));
    assert_int_equal(at(1, 20, 17, 0), clock_due(&clock, cal));
    assert_false(clock_is_over(&clock, cal, at(1, 20, 17, 0)));
    clock_stop(&clock, cal, at(1, 20, 17, 1));
    assert_int_equal(at(1, 20, 17, 0), clock_due(&clock, cal));
    assert_true(clock_is_over(&clock, cal, at(1, 20, 17, 1)));
}

/* RULE L42.1, L45: a moment after the end, in the evening, or on the next working day. The pause is
 * in the ledger, and the deadline stays. */
static void a_pause_after_the_end_of_the_term_does_not_move_it(void **state)
{
    const struct calendar *cal = cal_of(state);
    const int64_t due_ms = at(1, 14, 17, 0);
    const int64_t pauses[] = {due_ms + 1, at(1, 14, 18, 0), at(1, 17, 10, 0)};

    for (size_t i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
        struct clock clock = started(cal, at(1, 13, 9, 0), 1);

        clock_pause(&clock, cal, pauses[i]);
        clock_pause(&clock, cal, at(1, 18, 9, 0));
        assert_int_equal(due_ms, clock_due(&clock, cal));
        assert_int_equal(due_ms, clock_at_percent(&clock, cal, 100));
        assert_true(clock_is_over(&clock, cal, at(1, 18, 10, 0)));
        clock_resume(&clock, cal, at(1, 19, 9, 0));
        clock_resume(&clock, cal, at(1, 19, 10, 0));
        assert_int_equal(due_ms, clock_due(&clock, cal));
        assert_int_equal(calendar_worked(cal, pauses[i], at(1, 19, 10, 0)), clock.paused_min);
        clock_extend(&clock, cal, at(1, 19, 11, 0), 10);
        clock_stop(&clock, cal, at(1, 19, 11, 0));
        assert_int_equal(due_ms, clock_due(&clock, cal));
        assert_true(clock_is_over(&clock, cal, at(1, 19, 11, 0)));
        assert_int_equal(calendar_worked(cal, at(1, 14, 9, 0), at(1, 19, 11, 0)),
                         clock.used_min + clock.paused_min);
    }
}

/* RULE L42.1 */
static void an_expired_term_is_not_extended(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct clock clock = started(cal, at(1, 13, 9, 0), 1);

    clock_extend(&clock, cal, at(1, 14, 17, 0) + 1, 10);
    assert_int_equal(DAY, clock.budget_min);
    clock_extend(&clock, cal, at(1, 14, 17, 0), 10);
    assert_int_equal(11 * DAY, clock.budget_min);
}

static void a_pause_at_the_very_end_of_the_term_stops_it(void **state)
{
    const struct calendar *cal = cal_of(state);

    for (int32_t pause = 0; pause <= 3; pause += 3) { /* minutes of an earlier pause */
        struct clock clock = started(cal, at(1, 13, 9, 0), 1);

        clock_pause(&clock, cal, at(1, 14, 10, 0));
        clock_resume(&clock, cal, at(1, 14, 10, pause));
        clock_pause(&clock, cal, clock_due(&clock, cal));
        assert_int_equal(0, clock_remaining(&clock, cal, at(1, 19, 9, 0)));
        clock_resume(&clock, cal, at(1, 19, 16, 0));
        assert_int_equal(at(1, 19, 17, 0), clock_due(&clock, cal));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_ends_at_the_close_of_a_day_however_short_its_pauses_were),
        cmocka_unit_test(short_pauses_of_two_days_add_up_to_one_day),
        cmocka_unit_test(a_pause_on_the_last_day_leaves_the_rest_of_it_for_afterwards),
        cmocka_unit_test(a_pause_after_the_end_of_the_term_does_not_move_it),
        cmocka_unit_test(an_expired_term_is_not_extended),
        cmocka_unit_test(a_pause_at_the_very_end_of_the_term_stops_it),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
