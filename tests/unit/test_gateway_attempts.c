/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong passwords slow the next attempt down, longer each time, and never for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/people/attempts.h"

enum { LAST = 1000000 };

static void an_attempt_waits_as_its_failures_say(void **state)
{
    static const struct attempts_limits limits = {.free = 5, .first_ms = 2000, .most_ms = 300000};
    static const struct {
        int64_t failures, after_ms, expected;
    } cases[] = {
        {0, 0, 0},         {4, 0, 0},       {5, 0, 2000},         {5, 500, 1500},
        {5, 1999, 1},      {5, 2000, 0},    {6, 0, 4000},         {9, 0, 32000},
        {12, 0, 256000},   {13, 0, 300000}, {1000000, 0, 300000}, {1000000, 300000, 0},
        {6, -60000, 4000}, /* the clock was set back */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(cases[i].expected,
                         attempts_wait_ms(&(struct attempts){cases[i].failures, LAST}, &limits,
                                          LAST + cases[i].after_ms));
}

static void a_limit_below_the_first_wait_holds(void **state)
{
    static const struct attempts_limits limits = {.free = 1, .first_ms = 5000, .most_ms = 1000};
    (void)state;
    assert_int_equal(1000, attempts_wait_ms(&(struct attempts){1, LAST}, &limits, LAST));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attempt_waits_as_its_failures_say),
        cmocka_unit_test(a_limit_below_the_first_wait_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
