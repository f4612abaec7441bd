/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/walking.h"

static void a_slice_is_halved_after_a_long_batch_and_grows_again(void **state)
{
    struct walking walking = {.n = 1, .rows = 100, .rows_max = 100, .slice_ms = 40};
    (void)state;
    walking_took(&walking, true, 41);
    assert_int_equal(50, walking.rows);
    walking_took(&walking, true, 400);
    assert_int_equal(25, walking.rows);
    walking_took(&walking, true, 30);
    assert_int_equal(25, walking.rows);
    walking_took(&walking, true, 19);
    assert_int_equal(50, walking.rows);
    walking_took(&walking, true, 0);
    walking_took(&walking, true, 0);
    assert_int_equal(100, walking.rows);
}

static void a_slice_has_a_row_at_least(void **state)
{
    struct walking walking = {.n = 1, .rows = 2, .rows_max = 100, .slice_ms = 40};
    (void)state;
    for (int i = 0; i < 5; i++)
        walking_took(&walking, true, 5000);
    assert_int_equal(1, walking.rows);
}

static void batches_without_a_slice_say_nothing_about_it(void **state)
{
    struct walking walking = {.n = 0, .rows = 8, .rows_max = 100, .slice_ms = 40};
    (void)state;
    walking_took(&walking, true, 5000);
    walking_took(&walking, true, 0);
    assert_int_equal(8, walking.rows);
    walking.n = 1;
    walking_took(&walking, false, 5000);
    walking_took(&walking, false, 0);
    assert_int_equal(8, walking.rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slice_is_halved_after_a_long_batch_and_grows_again),
        cmocka_unit_test(a_slice_has_a_row_at_least),
        cmocka_unit_test(batches_without_a_slice_say_nothing_about_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
