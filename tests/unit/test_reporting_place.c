/* SPDX-License-Identifier: Apache-2.0 */
/* test_reporting_place.c: a cursor is read as it was written, and no other text is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/place.h"

static void a_cursor_is_read_as_it_was_written(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct dossier_row dossier = {.received_ms = 1642036800000, .case_number = 2201130000427};
    struct place place;

    (void)state;
    assert_true(reporting_place_read(reporting_place_write(&dossier, arena), &place));
    assert_true(place.received_ms == dossier.received_ms);
    assert_true(place.case_number == dossier.case_number);
    arena_free(&arena);
}

static void no_text_is_the_beginning(void **state)
{
    struct place place;

    (void)state;
    assert_true(reporting_place_read("", &place));
    assert_true(place.case_number == INT64_MAX);
}

/* The last one is an instant after the year 9999, which the database refuses. */
static void no_other_text_is_a_cursor(void **state)
{
    static const char *const texts[] = {
        "x",
        "1",
        "1-",
        "1-x",
        "1-2 ",
        "0-1",
        "-5-1",
        "1-99999999999999999999",
        "99999999999999999999-1",
        "253402300800000-1",
    };
    struct place place;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (reporting_place_read(texts[i], &place))
            fail_msg("\"%s\" was read as a cursor", texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cursor_is_read_as_it_was_written),
        cmocka_unit_test(no_text_is_the_beginning),
        cmocka_unit_test(no_other_text_is_a_cursor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
