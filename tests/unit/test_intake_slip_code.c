/* SPDX-License-Identifier: Apache-2.0 */
/* The code on a case's slips: it opens that case alone, and only in the hall that made it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "common/values/case_number.h"
#include "services/intake/slip_code.h"

static const unsigned char key[SLIP_KEY_BYTES] = "thirty-two bytes of this hall's";
static const unsigned char other_key[SLIP_KEY_BYTES] = "thirty-two bytes of another one";

static int begin(void **state)
{
    (void)state;
    return sodium_init() < 0;
}

static int64_t number_of(int64_t serial)
{
    return case_number_make(26, 11, 30, serial);
}

static void a_code_opens_the_case_it_was_made_for(void **state)
{
    static const int64_t serials[] = {1, 42, 999999, 1000000, CASE_SERIAL_MAX};
    char code[SLIP_CODE_SIZE], again[SLIP_CODE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof serials / sizeof serials[0]; i++) {
        slip_code_make(key, number_of(serials[i]), code);
        assert_in_range(strlen(code), SLIP_CODE_MIN, SLIP_CODE_MAX);
        assert_true(slip_code_read(key, code) == number_of(serials[i]));
        assert_string_equal(code, slip_code_make(key, number_of(serials[i]), again));
    }
}

static void a_scanner_with_capitals_reads_it_too(void **state)
{
    char code[SLIP_CODE_SIZE];
    (void)state;
    slip_code_make(key, number_of(7), code);
    for (char *c = code; *c != '\0'; c++)
        *c = (char)toupper(*c);
    assert_true(slip_code_read(key, code) == number_of(7));
}

static void no_changed_character_opens_anything(void **state)
{
    char code[SLIP_CODE_SIZE];
    (void)state;
    slip_code_make(key, number_of(7), code);
    for (size_t i = 0; i < strlen(code); i++) {
        char right = code[i];
        code[i] = right == '0' ? '1' : '0';
        assert_true(slip_code_read(key, code) == 0);
        code[i] = right;
    }
    assert_true(slip_code_read(key, code) == number_of(7));
}

static void the_hash_of_one_case_opens_no_other(void **state)
{
    char one[SLIP_CODE_SIZE], other[SLIP_CODE_SIZE];
    (void)state;
    slip_code_make(key, number_of(7), one);
    slip_code_make(key, number_of(8), other);
    memcpy(one, other, SLIP_CODE_MIN - 2 * SLIP_HASH_BYTES);
    assert_true(slip_code_read(key, one) == 0);
}

static void the_code_of_another_hall_opens_nothing(void **state)
{
    char code[SLIP_CODE_SIZE];
    (void)state;
    slip_code_make(other_key, number_of(7), code);
    assert_true(slip_code_read(key, code) == 0);
}

static void what_is_no_code_opens_nothing(void **state)
{
    static const char *const codes[] = {
        "",
        "2611300000077",
        "0123456789abcdef0123456789abcdef",
        "26113000000770123456789abcdef0123456789abcdeg",
        "2611300000077 123456789abcdef0123456789abcdef",
        "26113000000770123456789abcdef0123456789abcdef0123456789abcdef",
        "261130-000007-70123456789abcdef0123456789abcde",
    };
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        assert_true(slip_code_read(key, codes[i]) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_opens_the_case_it_was_made_for),
        cmocka_unit_test(a_scanner_with_capitals_reads_it_too),
        cmocka_unit_test(no_changed_character_opens_anything),
        cmocka_unit_test(the_hash_of_one_case_opens_no_other),
        cmocka_unit_test(the_code_of_another_hall_opens_nothing),
        cmocka_unit_test(what_is_no_code_opens_nothing),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
