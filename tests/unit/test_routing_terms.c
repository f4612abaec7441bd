/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L42.1, L42.2, L45: the terms of a case pause together and end apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock_2022.h"
#include "services/routing/terms.h"

/* Accepted on Thursday, 13 January. */
static struct flow_row flow(const struct calendar *cal, int32_t promised, int32_t statutory,
                            bool joint)
{
    struct flow_row row = {.accepted_ms = at(1, 13, 10, 0),
                           .promised_days = (int16_t)promised,
                           .statutory_days = (int16_t)statutory};
    routing_terms_start(&row, cal, joint);
    return row;
}

static int64_t due_of(const struct flow_row *row, enum term term, const struct calendar *cal)
{
    const struct clock clock = routing_terms_clock(row, term);
    return clock_due(&clock, cal);
}

static void the_term_that_ends_first_is_found(void **state)
{
    static const struct {
        int32_t promised, statutory;
        bool joint;
        enum term first;
    } cases[] = {
        {5, 20, true, TERM_PROMISE},    {20, 20, false, TERM_PROMISE}, {5, 0, false, TERM_PROMISE},
        {30, 20, true, TERM_STATUTORY}, {60, 60, true, TERM_PARALLEL}, {60, 0, true, TERM_PARALLEL},
    };
    const struct calendar *cal = cal_of(state);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct flow_row row = flow(cal, cases[i].promised, cases[i].statutory, cases[i].joint);
        assert_int_equal(cases[i].first, routing_terms_first(&row, cal, at(1, 14, 9, 0)));
        assert_int_equal(cases[i].statutory > 0, routing_terms_has(&row, TERM_STATUTORY));
        assert_int_equal(cases[i].joint, routing_terms_has(&row, TERM_PARALLEL));
    }
}

static void a_pause_moves_what_is_not_over(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct flow_row row = flow(cal, 2, 10, false); /* Monday the 17th, and Thursday the 27th */

    routing_terms_change(&row, cal, at(1, 18, 9, 0), clock_pause);
    routing_terms_change(&row, cal, at(1, 19, 9, 0), clock_resume);
    assert_int_equal(at(1, 17, 17, 0), due_of(&row, TERM_PROMISE, cal));
    assert_int_equal(at(1, 28, 17, 0), due_of(&row, TERM_STATUTORY, cal));
    assert_int_equal(DAY, row.clock.paused_min);
    assert_false(routing_terms_all_over(&row, cal, at(1, 28, 17, 0)));
    assert_true(routing_terms_all_over(&row, cal, at(1, 28, 17, 0) + 1));
}

static void an_extension_lengthens_what_is_not_over(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct flow_row row = flow(cal, 2, 10, true);

    routing_terms_extend(&row, cal, at(1, 18, 9, 0), 15);
    assert_int_equal(2 * DAY, row.clock.budget_min);
    assert_int_equal(25 * DAY, row.statutory.budget_min);
    assert_int_equal(60 * DAY, row.parallel.budget_min);
    assert_false(routing_terms_law_over(&row, cal, at(1, 18, 9, 0)));
}

static void what_is_done_is_done_by_every_term(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct flow_row row = flow(cal, 2, 10, true);

    routing_terms_change(&row, cal, at(1, 14, 12, 0), clock_stop);
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++) {
        const struct clock clock = routing_terms_clock(&row, term);
        assert_int_equal(at(1, 14, 12, 0), clock.stopped_ms);
        assert_int_equal(180, clock.used_min);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_term_that_ends_first_is_found),
        cmocka_unit_test(a_pause_moves_what_is_not_over),
        cmocka_unit_test(an_extension_lengthens_what_is_not_over),
        cmocka_unit_test(what_is_done_is_done_by_every_term),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
