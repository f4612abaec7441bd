/* SPDX-License-Identifier: Apache-2.0 */
/* test_supervision_place.c: a cursor is read as it was written, and no other text is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/supervision/place.h"

static void a_cursor_is_read_as_it_was_written(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct watch_row watch = {.level = 3,
                              .level_ms = 1642036800000,
                              .next_ms = 1642036900000,
                              .case_number = 2201130000427,
                              .task = 3,
                              .term = 2};
    struct card_row card = {
        .level = 2, .issued_ms = 1642036800000, .case_number = 2201130000427, .task = 3, .term = 1};
    struct place place;

    (void)state;
    assert_true(supervision_place_read(supervision_place_of_watch(arena, &watch), &place));
    assert_int_equal(3, place.level);
    assert_true(place.at_ms == watch.level_ms && place.next_ms == watch.next_ms);
    assert_true(place.case_number == watch.case_number);
    assert_int_equal(3, place.task);
    assert_int_equal(2, place.term);
    assert_true(supervision_place_read(supervision_place_of_card(arena, &card), &place));
    assert_true(place.at_ms == card.issued_ms && place.next_ms == 0);
    assert_int_equal(1, place.term);
    arena_free(&arena);
}

static void no_text_is_the_beginning(void **state)
{
    struct place place;

    (void)state;
    assert_true(supervision_place_read("", &place));
    assert_true(place.level > 3 && place.at_ms == 0);
}

/* The last one is an instant after the year 9999, which the database refuses. */
static void no_other_text_is_a_cursor(void **state)
{
    static const char *const texts[] = {
        "x",
        "1",
        "1.2.3.4",
        "1.2.3.4.5",
        "1.2.3.4.5.",
        "1.2.3.4.5.x",
        "1.2.3.4.5.6 ",
        "-1.2.3.4.5.1",
        "1.-2.3.4.5.1",
        "1.2.3.0.5.1",
        "1.2.3.4.99999.1",
        "1.2.3.4.-5.1",
        "1.2.3.4.5.22",
        "1.999999999999999.3.4.5.1",
    };
    struct place place;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (supervision_place_read(texts[i], &place))
            fail_msg("'%s' was read as a cursor", texts[i]);
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
