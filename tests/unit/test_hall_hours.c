/* SPDX-License-Identifier: Apache-2.0 */
/* The holidays of fixed date, as an operator writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/hall_hours.h"

#include <string.h>

static int32_t fixed_of(const char *text)
{
    struct hall_hours hours = {0};

    return hall_hours_parse_fixed(text, &hours) == STATUS_OK ? hours.n_fixed : -1;
}

static void fixed_holidays_are_read_from_a_text(void **state)
{
    static const char *const malformed[] = {"1",
                                            "01-01,",
                                            "13-01",
                                            "02-29",
                                            "01-01;05-01",
                                            "01-01;2025:",
                                            "01-01;2025:05-01;2025:05-02",
                                            "2025:01-01;2024:01-01",
                                            "01-01;2025",
                                            ":01-01",
                                            "-1-1",
                                            "01-01 05-01"};
    char many[FIXED_HOLIDAYS_MAX * 6 + 6] = "";

    (void)state;
    assert_int_equal(0, fixed_of(""));
    assert_int_equal(6, fixed_of("01-01,05-01,05-02,10-01,10-02,10-03"));
    assert_int_equal(3, fixed_of("01-01;2025:01-01,05-01"));
    assert_int_equal(1, fixed_of("2025:01-01"));
    for (int i = 0; i <= FIXED_HOLIDAYS_MAX; i++)
        strcat(many, i == 0 ? "01-01" : ",01-01");
    assert_int_equal(-1, fixed_of(many));
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
        assert_int_equal(-1, fixed_of(malformed[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_holidays_are_read_from_a_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
