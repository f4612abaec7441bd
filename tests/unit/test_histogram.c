/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/histogram.h"

static void a_duration_belongs_to_the_first_bound_it_does_not_exceed(void **state)
{
    struct histogram histogram = {0};
    (void)state;
    for (int i = 0; i < HISTOGRAM_CLASSES - 1; i++) {
        histogram_add(&histogram, histogram_bounds_ms[i]);
        histogram_add(&histogram, histogram_bounds_ms[i] + 1);
    }
    assert_int_equal(1, histogram.counts[0]);
    for (int i = 1; i < HISTOGRAM_CLASSES - 1; i++)
        assert_int_equal(2, histogram.counts[i]);
    assert_int_equal(1, histogram.counts[HISTOGRAM_CLASSES - 1]);
}

static void the_sum_is_of_all_and_no_duration_is_negative(void **state)
{
    struct histogram histogram = {0};
    (void)state;
    histogram_add(&histogram, 7);
    histogram_add(&histogram, 100000);
    histogram_add(&histogram, -5);
    assert_int_equal(100007, histogram.sum_ms);
    assert_int_equal(1, histogram.counts[0]);
    assert_int_equal(1, histogram.counts[HISTOGRAM_CLASSES - 1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_duration_belongs_to_the_first_bound_it_does_not_exceed),
        cmocka_unit_test(the_sum_is_of_all_and_no_duration_is_negative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
