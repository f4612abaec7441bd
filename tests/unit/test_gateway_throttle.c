/* SPDX-License-Identifier: Apache-2.0 */
/* How often a secret may be guessed at, by a clock that is turned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/http/throttle.h"

enum { ONE = 1, OTHER = 2, START = 1000, HOUR = 3600000 };

static struct throttle throttle;

static int begin(void **state)
{
    (void)state;
    throttle =
        (struct throttle){.at_once = 5, .an_hour = 20, .delay_ms = 1000, .delay_max_ms = 60000};
    return 0;
}

static void try_wrongly(int times, int64_t now_ms)
{
    for (int i = 0; i < times; i++)
        throttle_count(&throttle, ONE, now_ms);
}

static void the_first_tries_are_free_and_the_next_ones_wait_ever_longer(void **state)
{
    static const int64_t delays[] = {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    int64_t now_ms = START;
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_int_equal(0, throttle_wait_ms(&throttle, ONE, now_ms));
        try_wrongly(1, now_ms);
    }
    for (size_t i = 0; i < sizeof delays / sizeof delays[0]; i++) {
        assert_int_equal(delays[i], throttle_wait_ms(&throttle, ONE, now_ms));
        assert_int_equal(1, throttle_wait_ms(&throttle, ONE, now_ms + delays[i] - 1));
        now_ms += delays[i];
        assert_int_equal(0, throttle_wait_ms(&throttle, ONE, now_ms));
        try_wrongly(1, now_ms);
    }
}

static void another_key_is_not_touched(void **state)
{
    (void)state;
    try_wrongly(10, START);
    assert_true(throttle_wait_ms(&throttle, ONE, START) > 0);
    assert_int_equal(0, throttle_wait_ms(&throttle, OTHER, START));
}

static void after_so_many_an_hour_there_are_none_until_it_is_over(void **state)
{
    (void)state;
    try_wrongly(20, START);
    assert_int_equal(HOUR - 300000, throttle_wait_ms(&throttle, ONE, START + 300000));
    assert_int_equal(1, throttle_wait_ms(&throttle, ONE, START + HOUR - 1));
    assert_int_equal(0, throttle_wait_ms(&throttle, ONE, START + HOUR));
    try_wrongly(1, START + HOUR);
    assert_int_equal(0, throttle_wait_ms(&throttle, ONE, START + HOUR));
}

static void a_right_try_is_not_held_against_anybody(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        assert_int_equal(0, throttle_wait_ms(&throttle, ONE, START));
        throttle_count(&throttle, ONE, START);
        throttle_right(&throttle, ONE);
    }
    try_wrongly(4, START);
    assert_int_equal(0, throttle_wait_ms(&throttle, ONE, START));
    try_wrongly(1, START);
    assert_int_equal(1000, throttle_wait_ms(&throttle, ONE, START));
}

static void right_tries_in_between_do_not_wipe_out_wrong_ones(void **state)
{
    int64_t now_ms = START;
    (void)state;
    for (int wrong = 0; wrong < 20; wrong++) {
        now_ms += throttle_wait_ms(&throttle, ONE, now_ms);
        try_wrongly(1, now_ms);
        now_ms += throttle_wait_ms(&throttle, ONE, now_ms);
        if (wrong == 19)
            break;
        throttle_count(&throttle, ONE, now_ms);
        throttle_right(&throttle, ONE);
    }
    assert_true(now_ms - START >= HOUR);
}

static void many_at_once_are_counted_before_any_is_answered(void **state)
{
    int begun = 0;
    (void)state;
    for (int i = 0; i < 1000; i++)
        if (throttle_wait_ms(&throttle, ONE, START) == 0) {
            throttle_count(&throttle, ONE, START);
            begun++;
        }
    assert_int_equal(5, begun);
}

static void the_first_refusal_of_an_hour_is_worth_a_line(void **state)
{
    (void)state;
    try_wrongly(6, START);
    assert_true(throttle_refuse(&throttle, ONE));
    assert_false(throttle_refuse(&throttle, ONE));
    try_wrongly(6, START + HOUR);
    assert_true(throttle_refuse(&throttle, ONE));
}

static void no_limit_is_no_limit(void **state)
{
    (void)state;
    throttle.an_hour = 0;
    try_wrongly(1000, START);
    assert_int_equal(0, throttle_wait_ms(&throttle, ONE, START));
}

#define CLOCKED(test) cmocka_unit_test_setup(test, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLOCKED(the_first_tries_are_free_and_the_next_ones_wait_ever_longer),
        CLOCKED(another_key_is_not_touched),
        CLOCKED(after_so_many_an_hour_there_are_none_until_it_is_over),
        CLOCKED(a_right_try_is_not_held_against_anybody),
        CLOCKED(right_tries_in_between_do_not_wipe_out_wrong_ones),
        CLOCKED(many_at_once_are_counted_before_any_is_answered),
        CLOCKED(the_first_refusal_of_an_hour_is_worth_a_line),
        CLOCKED(no_limit_is_no_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
