/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/intake/identity.h"

#include <string.h>

struct identity_case {
    const char *text;
    enum identity_fault fault;
};

static struct day today(void)
{
    return day_from_ymd(2022, 1, 13);
}

/* RULE L32.3: the first two are the examples of GB 11643 itself. */
static void a_citizen_number_is_checked_part_by_part(void **state)
{
    static const struct identity_case cases[] = {
        {"11010519491231002X", IDENTITY_OK},
        {"440524188001010014", IDENTITY_OK},
        {"830000199001010012", IDENTITY_OK}, /* a resident of Taiwan */
        {"11010520220113002X", IDENTITY_OK}, /* born today */
        {"", IDENTITY_LENGTH},
        {"11010519491231002", IDENTITY_LENGTH},
        {"11010519491231002X ", IDENTITY_LENGTH},
        {"110105491231002", IDENTITY_LENGTH}, /* of fifteen, no longer valid */
        {"1101051949123100A4", IDENTITY_CHARACTER},
        {"1101051949123100X2", IDENTITY_CHARACTER}, /* X elsewhere than at the end */
        {"11010519491231002Y", IDENTITY_CHARACTER},
        {"110105 9491231002X", IDENTITY_CHARACTER},
        {"990105199001010022", IDENTITY_REGION},
        {"110105202201140025", IDENTITY_DATE}, /* born tomorrow */
        {"110105202202300027", IDENTITY_DATE},
        {"110105190002290025", IDENTITY_DATE}, /* 1900 was no leap year */
        {"110105194913310021", IDENTITY_DATE},
        {"110105000001010028", IDENTITY_DATE},
        {"110105194912310021", IDENTITY_CHECK},
        {"11010519491231020X", IDENTITY_CHECK}, /* two neighbours swapped */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char kept[IDENTITY_SIZE];

        assert_int_equal(cases[i].fault, identity_citizen(cases[i].text, today(), kept));
        assert_string_equal(cases[i].fault == IDENTITY_OK ? cases[i].text : "", kept);
    }
}

/* RULE L32.3: the first is the example of GB 32100 itself. */
static void a_credit_code_is_checked_part_by_part(void **state)
{
    static const struct identity_case cases[] = {
        {"91350100M000100Y43", IDENTITY_OK},
        {"914403001922038216", IDENTITY_OK},
        {"12100000400000624D", IDENTITY_OK}, /* registered nationally: region 10 */
        {"91350100M000100Y4", IDENTITY_LENGTH},
        {"91350100M000100Y433", IDENTITY_LENGTH},
        {"91350100M000100I43", IDENTITY_CHARACTER},
        {"91350100M000100O43", IDENTITY_CHARACTER},
        {"91350100M000100S43", IDENTITY_CHARACTER},
        {"91350100M000100V43", IDENTITY_CHARACTER},
        {"91350100M000100Z43", IDENTITY_CHARACTER},
        {"9135010AM000100Y4K", IDENTITY_CHARACTER}, /* a letter in the region */
        {"91990100M000100Y4U", IDENTITY_REGION},
        {"91350100M000100Y44", IDENTITY_CHECK},
        {"91350100M00010Y043", IDENTITY_CHECK}, /* two neighbours swapped */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char kept[IDENTITY_SIZE];

        assert_int_equal(cases[i].fault, identity_organisation(cases[i].text, kept));
        assert_string_equal(cases[i].fault == IDENTITY_OK ? cases[i].text : "", kept);
    }
}

static void small_letters_are_taken_and_kept_as_capitals(void **state)
{
    char kept[IDENTITY_SIZE];

    (void)state;
    assert_int_equal(IDENTITY_OK, identity_citizen("11010519491231002x", today(), kept));
    assert_string_equal("11010519491231002X", kept);
    assert_int_equal(IDENTITY_OK, identity_organisation("91350100m000100y43", kept));
    assert_string_equal("91350100M000100Y43", kept);
}

static void any_one_wrong_character_of_a_credit_code_is_found(void **state)
{
    static const char right[] = "91350100M000100Y43";
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    (void)state;
    for (int i = 0; i < IDENTITY_LENGTH_CHARS; i++) {
        char text[IDENTITY_SIZE];
        char kept[IDENTITY_SIZE];

        memcpy(text, right, sizeof(text));
        for (const char *c = alphabet; *c; c++) {
            text[i] = *c;
            assert_int_equal(*c == right[i], identity_organisation(text, kept) == IDENTITY_OK);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_citizen_number_is_checked_part_by_part),
        cmocka_unit_test(a_credit_code_is_checked_part_by_part),
        cmocka_unit_test(small_letters_are_taken_and_kept_as_capitals),
        cmocka_unit_test(any_one_wrong_character_of_a_credit_code_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
