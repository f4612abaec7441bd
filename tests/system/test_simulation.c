/* SPDX-License-Identifier: Apache-2.0 */
/* A simulated year on real processes, undisturbed, and with each of them killed in the middle,
 * several times: the numbers are the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/system/simulation.h"

#define YEAR "--cases 150 --seed 7"

static char undisturbed[RESULT_BYTES]; /* the numbers of the first test, for the others */

static int make(void **state)
{
    static struct hall hall;
    simulation_hall(&hall);
    *state = &hall;
    return 0;
}

static int clear_away(void **state)
{
    simulation_destroy(*state);
    return 0;
}

static void a_year_undisturbed_is_as_everybody_was_told(void **state)
{
    char result[RESULT_BYTES];
    assert_int_equal(0, simulation_run(*state, YEAR, result));
    simulation_numbers(result, undisturbed);
    assert_non_null(strstr(result, "\"received\": 150"));
    assert_non_null(
        strstr(result, "\"lost\": 0, \"doubled\": 0, \"mismatches\": 0, \"verify\": \"ok\""));
}

static void expect_the_same(const struct hall *hall, const char *killed)
{
    char words[128], result[RESULT_BYTES], numbers[RESULT_BYTES];
    snprintf(words, sizeof words, YEAR " --kill %s --kills 4", killed);
    assert_int_equal(0, simulation_run(hall, words, result));
    simulation_numbers(result, numbers);
    assert_string_equal(undisturbed, numbers);
}

static void killing_intake_changes_no_number(void **state)
{
    expect_the_same(*state, "intake");
}

static void killing_routing_changes_no_number(void **state)
{
    expect_the_same(*state, "routing");
}

static void killing_charging_changes_no_number(void **state)
{
    expect_the_same(*state, "charging");
}

static void killing_supervision_changes_no_number(void **state)
{
    expect_the_same(*state, "supervision");
}

static void killing_reporting_changes_no_number(void **state)
{
    expect_the_same(*state, "reporting");
}

static void killing_the_database_changes_no_number(void **state)
{
    expect_the_same(*state, "postgres");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_year_undisturbed_is_as_everybody_was_told, make,
                                        clear_away),
        cmocka_unit_test_setup_teardown(killing_intake_changes_no_number, make, clear_away),
        cmocka_unit_test_setup_teardown(killing_routing_changes_no_number, make, clear_away),
        cmocka_unit_test_setup_teardown(killing_charging_changes_no_number, make, clear_away),
        cmocka_unit_test_setup_teardown(killing_supervision_changes_no_number, make, clear_away),
        cmocka_unit_test_setup_teardown(killing_reporting_changes_no_number, make, clear_away),
        cmocka_unit_test_setup_teardown(killing_the_database_changes_no_number, make, clear_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
