/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/money.h"
#include "dies.h"

#include <string.h>

static struct money fen(int64_t n)
{
    return (struct money){n};
}

static void amounts_are_written_in_yuan_with_grouped_thousands(void **state)
{
    static const struct {
        int64_t fen;
        const char *text;
    } cases[] = {
        {0, "0.00"},
        {5, "0.05"},
        {-5, "-0.05"},
        {99, "0.99"},
        {100, "1.00"},
        {99999, "999.99"},
        {100000, "1,000.00"},
        {123450, "1,234.50"},
        {-123450, "-1,234.50"},
        {100000000, "1,000,000.00"},
        {INT64_MAX, "92,233,720,368,547,758.07"},
        {INT64_MIN, "-92,233,720,368,547,758.08"},
    };
    char text[MONEY_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_string_equal(cases[i].text, money_format(fen(cases[i].fen), text));
        assert_true(strlen(text) < sizeof(text));
    }
}

static void sums_are_exact(void **state)
{
    (void)state;
    assert_int_equal(30, money_add(fen(10), fen(20)).fen);
    assert_int_equal(-10, money_add(fen(10), fen(-20)).fen);
    assert_true(money_is_zero(money_add(fen(INT64_MAX), fen(-INT64_MAX))));
    assert_false(money_is_zero(fen(-1)));
}

static void amounts_compare_by_size(void **state)
{
    (void)state;
    assert_true(money_compare(fen(1), fen(2)) < 0);
    assert_true(money_compare(fen(2), fen(1)) > 0);
    assert_int_equal(0, money_compare(fen(-7), fen(-7)));
    assert_true(money_compare(fen(INT64_MIN), fen(INT64_MAX)) < 0);
}

static void a_product_beyond_the_limit_is_refused(void **state)
{
    static const struct {
        int64_t fen, quantity;
        bool fits;
    } cases[] = {
        {2500, 4, true},
        {2500, 0, true},
        {1, MONEY_LIMIT_FEN, true},
        {-1, MONEY_LIMIT_FEN, true},
        {1, MONEY_LIMIT_FEN + 1, false},
        {-1, MONEY_LIMIT_FEN + 1, false},
        {INT64_MAX, 2, false},
        {INT64_MIN, -1, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct money product = fen(-77);

        assert_int_equal(cases[i].fits,
                         money_times(fen(cases[i].fen), cases[i].quantity, &product));
        assert_int_equal(cases[i].fits ? cases[i].fen * cases[i].quantity : -77, product.fen);
    }
}

static void add_beyond_counting(void)
{
    money_add(fen(INT64_MAX), fen(1));
}

static void add_below_counting(void)
{
    money_add(fen(INT64_MIN), fen(-1));
}

static void a_sum_that_wraps_round_is_a_bug_and_panics(void **state)
{
    (void)state;
    assert_true(dies(add_beyond_counting));
    assert_true(dies(add_below_counting));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_written_in_yuan_with_grouped_thousands),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(amounts_compare_by_size),
        cmocka_unit_test(a_product_beyond_the_limit_is_refused),
        cmocka_unit_test(a_sum_that_wraps_round_is_a_bug_and_panics),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
