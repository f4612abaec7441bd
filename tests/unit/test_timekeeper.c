/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/timekeeper.h"

#define SECOND INT64_C(1000)
#define DAY    (86400 * SECOND)
#define NOW    (20000 * DAY)

static struct timekeeper keeper;

static int start(void **state)
{
    (void)state;
    keeper = (struct timekeeper){.step_max_ms = 60 * SECOND, .gap_max_ms = 100 * DAY};
    return 0;
}

static void assert_text(const char *expected)
{
    char text[TIMEKEEPER_TEXT];
    timekeeper_text(&keeper, text);
    assert_string_equal(expected, text);
}

static void a_clock_that_runs_is_trusted(void **state)
{
    (void)state;
    for (int64_t i = 0; i < 1000; i++)
        assert_int_equal(CLOCK_TRUSTED,
                         timekeeper_look(&keeper, NOW + i * SECOND, i * SECOND, NOW - DAY));
}

/* As NTP does it: never much at once, though in sum it is. */
static void a_clock_that_is_drawn_to_the_right_time_is_trusted(void **state)
{
    (void)state;
    for (int64_t i = 0; i < 1000; i++)
        assert_int_equal(CLOCK_TRUSTED,
                         timekeeper_look(&keeper, NOW + 2 * i * SECOND, i * SECOND, 0));
}

static void a_clock_that_is_set_is_doubted_until_it_is_set_back(void **state)
{
    (void)state;
    timekeeper_look(&keeper, NOW, 0, 0);
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW + 61 * SECOND, SECOND, NOW));
    assert_int_equal(CLOCK_STEPPED, timekeeper_look(&keeper, NOW + 400 * DAY, SECOND, NOW));
    assert_text("the clock was set 34559939 s ahead");
    assert_int_equal(CLOCK_STEPPED,
                     timekeeper_look(&keeper, NOW + 400 * DAY + SECOND, 2 * SECOND, NOW));
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW + 70 * SECOND, 10 * SECOND, NOW));
    assert_int_equal(CLOCK_STEPPED, timekeeper_look(&keeper, NOW, 11 * SECOND, NOW));
    assert_text("the clock was set 71 s back");
}

static void what_an_operator_accepts_is_trusted(void **state)
{
    (void)state;
    timekeeper_look(&keeper, NOW, 0, 0);
    timekeeper_look(&keeper, NOW + DAY, SECOND, NOW);
    timekeeper_accept(&keeper, NOW + DAY, SECOND);
    assert_text("the clock is trusted");
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW + DAY + SECOND, 2 * SECOND, NOW));
}

static void a_clock_before_the_end_of_the_journal_is_doubted(void **state)
{
    (void)state;
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW, 0, NOW + 60 * SECOND));
    assert_int_equal(CLOCK_BEHIND, timekeeper_look(&keeper, NOW, 0, NOW + 61 * SECOND));
    assert_text("the journal ends 61 s later than the clock's now");
}

static void a_long_silence_before_the_start_is_doubted_and_one_after_it_is_not(void **state)
{
    (void)state;
    assert_int_equal(CLOCK_GAP, timekeeper_look(&keeper, NOW, 0, NOW - 101 * DAY));
    assert_text("by the clock nothing was said for 101 days");
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW, 0, NOW - 99 * DAY));
    assert_int_equal(CLOCK_TRUSTED,
                     timekeeper_look(&keeper, NOW + 10 * DAY, 10 * DAY, NOW - 99 * DAY));
}

static void a_hall_in_which_nothing_was_said_yet_begins_when_the_clock_says(void **state)
{
    (void)state;
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW, 0, 0));
}

static void a_clock_apart_from_that_of_the_database_is_doubted(void **state)
{
    (void)state;
    timekeeper_compare(&keeper, -61 * SECOND);
    assert_int_equal(CLOCK_APART, timekeeper_look(&keeper, NOW, 0, 0));
    assert_text("the clock is 61 s behind PostgreSQL's");
    timekeeper_compare(&keeper, 62 * SECOND);
    timekeeper_look(&keeper, NOW, 0, 0);
    assert_text("the clock is 62 s ahead of PostgreSQL's");
    timekeeper_compare(&keeper, 59 * SECOND);
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW, 0, 0));
}

static void a_clock_that_is_accepted_apart_from_that_of_the_database_stays_so(void **state)
{
    (void)state;
    timekeeper_compare(&keeper, 2 * DAY);
    assert_int_equal(CLOCK_APART, timekeeper_look(&keeper, NOW, 0, 0));
    timekeeper_accept(&keeper, NOW, 0);
    timekeeper_compare(&keeper, 2 * DAY + SECOND);
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW + SECOND, SECOND, NOW));
    timekeeper_compare(&keeper, 2 * DAY + 61 * SECOND);
    assert_int_equal(CLOCK_APART, timekeeper_look(&keeper, NOW + SECOND, SECOND, NOW));
    assert_text("the clock is 172861 s ahead of PostgreSQL's");
}

/* PostgreSQL's clock is put right: what was accepted is over. */
static void what_was_accepted_is_forgotten_once_both_clocks_agree(void **state)
{
    (void)state;
    timekeeper_compare(&keeper, 2 * DAY);
    timekeeper_accept(&keeper, NOW, 0);
    timekeeper_compare(&keeper, 60 * SECOND);
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW, 0, 0));
    timekeeper_compare(&keeper, 2 * DAY);
    assert_int_equal(CLOCK_APART, timekeeper_look(&keeper, NOW, 0, 0));
}

static void without_a_bound_nothing_is_doubted(void **state)
{
    (void)state;
    keeper.step_max_ms = 0;
    timekeeper_compare(&keeper, 400 * DAY);
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, NOW, 0, NOW + DAY));
    assert_int_equal(CLOCK_TRUSTED, timekeeper_look(&keeper, 1, SECOND, NOW));
}

#define TEST(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_clock_that_runs_is_trusted),
        TEST(a_clock_that_is_drawn_to_the_right_time_is_trusted),
        TEST(a_clock_that_is_set_is_doubted_until_it_is_set_back),
        TEST(what_an_operator_accepts_is_trusted),
        TEST(a_clock_before_the_end_of_the_journal_is_doubted),
        TEST(a_long_silence_before_the_start_is_doubted_and_one_after_it_is_not),
        TEST(a_hall_in_which_nothing_was_said_yet_begins_when_the_clock_says),
        TEST(a_clock_apart_from_that_of_the_database_is_doubted),
        TEST(a_clock_that_is_accepted_apart_from_that_of_the_database_stays_so),
        TEST(what_was_accepted_is_forgotten_once_both_clocks_agree),
        TEST(without_a_bound_nothing_is_doubted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
