/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/case_number.h"

static void a_number_says_its_day_and_serial_and_checks_itself(void **state)
{
    char text[CASE_NUMBER_TEXT_SIZE];
    int64_t number = case_number_make(22, 1, 13, 42);

    (void)state;
    assert_int_equal(220113000042, number / 10);
    assert_true(case_number_valid(number));
    assert_string_equal("220113-000042-4", case_number_format(number, text));
}

/* Found with a second implementation, itself tried on the standard's example, 0794 and 5. */
static void check_digits_follow_iso_7064_mod_11_10(void **state)
{
    static const struct {
        int32_t year2, month, day;
        int64_t serial;
        int64_t number;
    } cases[] = {
        {22, 1, 13, 42, 2201130000424},      {22, 1, 13, 43, 2201130000432},
        {26, 12, 31, 999999, 2612319999999}, {26, 12, 31, 1000000, 26123110000001},
        {24, 2, 29, 1, 2402290000015},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(cases[i].number, case_number_make(cases[i].year2, cases[i].month,
                                                           cases[i].day, cases[i].serial));
}

static void every_number_reads_back_with_and_without_dashes(void **state)
{
    static const int64_t serials[] = {1, 42, 999999, 1000000, 12345678, CASE_SERIAL_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(serials) / sizeof(serials[0]); i++) {
        char text[CASE_NUMBER_TEXT_SIZE];
        char bare[CASE_NUMBER_TEXT_SIZE];
        int64_t number = case_number_make(26, 11, 23, serials[i]);
        int64_t read = 0;
        size_t n = 0;

        case_number_format(number, text);
        for (const char *c = text; *c; c++)
            if (*c != '-')
                bare[n++] = *c;
        bare[n] = '\0';
        assert_true(case_number_parse(text, &read));
        assert_int_equal(number, read);
        read = 0;
        assert_true(case_number_parse(bare, &read));
        assert_int_equal(number, read);
    }
}

static void one_wrong_digit_is_always_found(void **state)
{
    int64_t number = case_number_make(22, 1, 13, 42);

    (void)state;
    for (int64_t place = 1; place <= number; place *= 10) {
        int64_t digit = number / place % 10;

        for (int64_t wrong = 0; wrong < 10; wrong++)
            assert_int_equal(wrong == digit, case_number_valid(number + (wrong - digit) * place));
    }
}

static void what_is_not_a_number_is_refused(void **state)
{
    static const char *const cases[] = {
        "",
        "-",
        "220113",
        "220113-000042",
        "220113-000042-8", /* check digit */
        "220113000042 4",  /* a space */
        "2201-13000042-4", /* a dash out of place */
        "220113000042-4",  /* one dash of two */
        "-220113-000042-4",
        "220113-000042-4\n",
        "22011300004x4",
        "02201130000424", /* a zero before it */
        "99999999999999999999999999999999",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t number = -77;

        assert_false(case_number_parse(cases[i], &number));
        assert_int_equal(-77, number);
    }
}

static void no_number_is_made_of_an_impossible_day_or_serial(void **state)
{
    static const struct {
        int32_t year2, month, day;
        int64_t serial;
    } cases[] = {
        {9, 1, 13, 42}, {100, 1, 13, 42}, {22, 2, 29, 42}, {22, 13, 1, 42},
        {22, 1, 0, 42}, {22, 1, 13, 0},   {22, 1, 13, -1}, {22, 1, 13, CASE_SERIAL_MAX + 1LL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(
            0, case_number_make(cases[i].year2, cases[i].month, cases[i].day, cases[i].serial));
    assert_false(case_number_valid(0));
    assert_false(case_number_valid(-1));
    assert_false(case_number_valid(INT64_MIN));
    assert_false(case_number_valid(INT64_MAX));
}

static void any_number_can_be_written(void **state)
{
    char text[CASE_NUMBER_TEXT_SIZE];

    (void)state;
    assert_string_equal("0", case_number_format(0, text));
    assert_string_equal("2201130", case_number_format(2201130, text));
    assert_string_equal("922337-203685477580-7", case_number_format(INT64_MAX, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_says_its_day_and_serial_and_checks_itself),
        cmocka_unit_test(check_digits_follow_iso_7064_mod_11_10),
        cmocka_unit_test(every_number_reads_back_with_and_without_dashes),
        cmocka_unit_test(one_wrong_digit_is_always_found),
        cmocka_unit_test(what_is_not_a_number_is_refused),
        cmocka_unit_test(no_number_is_made_of_an_impossible_day_or_serial),
        cmocka_unit_test(any_number_can_be_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
