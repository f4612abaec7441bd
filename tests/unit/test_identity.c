/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "services/intake/identity.h"

#define CASES CASES_DIR "/identity/cases.tsv"

static const char *const kinds[DOCUMENT_KINDS] = {
    [DOCUMENT_IDENTITY_CARD] = "IDENTITY_CARD",
    [DOCUMENT_CREDIT_CODE] = "CREDIT_CODE",
    [DOCUMENT_RESIDENCE_PERMIT] = "RESIDENCE_PERMIT",
    [DOCUMENT_PERMANENT_RESIDENCE_CARD] = "PERMANENT_RESIDENCE_CARD",
    [DOCUMENT_PASSPORT] = "PASSPORT",
    [DOCUMENT_HOME_RETURN_PERMIT] = "HOME_RETURN_PERMIT",
    [DOCUMENT_TAIWAN_PERMIT] = "TAIWAN_PERMIT",
    [DOCUMENT_OTHER] = "OTHER_DOCUMENT",
};

static const char *const faults[] = {"ok", "length", "character", "region", "date", "check"};

static struct day today(void)
{
    return day_from_ymd(2022, 1, 13);
}

static enum document_kind kind_named(const char *name)
{
    for (int kind = 1; kind < DOCUMENT_KINDS; kind++)
        if (strcmp(kinds[kind], name) == 0)
            return (enum document_kind)kind;
    fail_msg("there is no document kind %s", name);
    return DOCUMENT_USUAL;
}

/* One line of the table: kind, number, fault. */
static void check_line(char *line, int *checked)
{
    char *rest = line, *kind = strsep(&rest, "\t"), *number = strsep(&rest, "\t"), *fault = rest;
    char kept[IDENTITY_SIZE];
    enum identity_fault found = identity_check(kind_named(kind), number, today(), kept);
    if (strcmp(faults[found], fault) != 0)
        fail_msg("%s %s is %s, and not %s", kind, number, faults[found], fault);
    assert_string_equal(found == IDENTITY_OK || found == IDENTITY_CHECK ? number : "", kept);
    checked[kind_named(kind)]++;
}

/* RULE L32.3 */
static void a_number_is_checked_part_by_part_by_its_kind(void **state)
{
    int checked[DOCUMENT_KINDS] = {0};
    char line[256];
    FILE *file = fopen(CASES, "re");

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '#')
            check_line(line, checked);
    }
    fclose(file);
    for (int kind = 1; kind < DOCUMENT_KINDS; kind++)
        assert_true(checked[kind] >= 5);
}

static void small_letters_are_taken_and_kept_as_capitals(void **state)
{
    char kept[IDENTITY_SIZE];

    (void)state;
    assert_int_equal(IDENTITY_OK,
                     identity_check(DOCUMENT_IDENTITY_CARD, "11010519491231002x", today(), kept));
    assert_string_equal("11010519491231002X", kept);
    assert_int_equal(IDENTITY_OK,
                     identity_check(DOCUMENT_HOME_RETURN_PERMIT, "h12345678", today(), kept));
    assert_string_equal("H12345678", kept);
}

static void any_one_wrong_character_of_a_credit_code_is_found(void **state)
{
    static const char right[] = "91350100M000100Y43";
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    (void)state;
    for (size_t i = 0; i < sizeof right - 1; i++) {
        char text[sizeof right];
        char kept[IDENTITY_SIZE];

        memcpy(text, right, sizeof text);
        for (const char *c = alphabet; *c; c++) {
            text[i] = *c;
            assert_int_equal(*c == right[i], identity_check(DOCUMENT_CREDIT_CODE, text, today(),
                                                            kept) == IDENTITY_OK);
        }
    }
}

static void the_usual_document_follows_from_the_number(void **state)
{
    (void)state;
    assert_int_equal(DOCUMENT_IDENTITY_CARD, identity_usual(false, "11010519491231002X"));
    assert_int_equal(DOCUMENT_IDENTITY_CARD, identity_usual(false, ""));
    assert_int_equal(DOCUMENT_RESIDENCE_PERMIT, identity_usual(false, "830000199001010012"));
    assert_int_equal(DOCUMENT_PERMANENT_RESIDENCE_CARD,
                     identity_usual(false, "911124198108030024"));
    assert_int_equal(DOCUMENT_CREDIT_CODE, identity_usual(true, "911124198108030024"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_checked_part_by_part_by_its_kind),
        cmocka_unit_test(small_letters_are_taken_and_kept_as_capitals),
        cmocka_unit_test(any_one_wrong_character_of_a_credit_code_is_found),
        cmocka_unit_test(the_usual_document_follows_from_the_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
