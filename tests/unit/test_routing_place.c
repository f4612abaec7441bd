/* SPDX-License-Identifier: Apache-2.0 */
/* test_routing_place.c: a cursor is read as it was written, and no other text is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/routing/place.h"

static void a_cursor_is_read_as_it_was_written(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct task_row task = {
        .lane = 1, .due_ms = 1642036800000, .case_number = 2201130000427, .no = 3};
    struct place place;

    (void)state;
    assert_true(routing_place_read(routing_place_write(arena, &task), &place));
    assert_int_equal(1, place.lane);
    assert_true(place.due_ms == task.due_ms);
    assert_true(place.case_number == task.case_number);
    assert_int_equal(3, place.no);
    arena_free(&arena);
}

static void no_text_is_the_beginning(void **state)
{
    struct place place;

    (void)state;
    assert_true(routing_place_read("", &place));
    assert_int_equal(-1, place.lane);
}

/* The last one is an instant after the year 9999, which the database refuses. */
static void no_other_text_is_a_cursor(void **state)
{
    static const char *const texts[] = {
        "x",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.",
        "1.2.3.x",
        "1.2.3.4 ",
        "2.1.1.1",
        "-1.1.1.1",
        "0.-1.1.1",
        "0.1.1.-1",
        "0.1.1.99999",
        "99999999999.1.1.1",
        "0.1.99999999999999999999.1",
        "0.1.1.99999999999999999999",
        "0.999999999999999.1.1",
    };
    struct place place;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (routing_place_read(texts[i], &place))
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
