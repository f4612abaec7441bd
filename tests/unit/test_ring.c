/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/ring.h"
#include "tests/unit/dies.h"

static void push(struct ring *ring, int value)
{
    *(int *)ring_push(ring) = value;
}

static void entries_are_found_by_their_number(void **state)
{
    struct ring ring;

    (void)state;
    ring_init(&ring, 4, sizeof(int));
    assert_int_equal(0, ring_length(&ring));
    assert_null(ring_at(&ring, 0));
    for (int i = 0; i < 3; i++)
        push(&ring, 10 + i);
    assert_int_equal(3, ring_length(&ring));
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(10 + i, *(int *)ring_at(&ring, i));
    assert_null(ring_at(&ring, 3));
    ring_release(&ring);
}

static void a_full_ring_drops_its_oldest(void **state)
{
    struct ring ring;

    (void)state;
    ring_init(&ring, 4, sizeof(int));
    for (int i = 0; i < 10; i++)
        push(&ring, i);
    assert_int_equal(4, ring_length(&ring));
    assert_int_equal(6, ring.first);
    assert_int_equal(10, ring.end);
    assert_null(ring_at(&ring, 5));
    for (unsigned i = 6; i < 10; i++)
        assert_int_equal(i, *(int *)ring_at(&ring, i));
    ring_release(&ring);
}

static void a_place_that_is_used_again_is_zeroed(void **state)
{
    struct ring ring;

    (void)state;
    ring_init(&ring, 1, sizeof(int));
    push(&ring, 7);
    assert_int_equal(0, *(int *)ring_push(&ring));
    ring_release(&ring);
}

static void dropped_entries_are_gone(void **state)
{
    struct ring ring;

    (void)state;
    ring_init(&ring, 4, sizeof(int));
    push(&ring, 1);
    push(&ring, 2);
    ring_drop(&ring);
    assert_null(ring_at(&ring, 0));
    assert_int_equal(2, *(int *)ring_at(&ring, 1));
    ring_drop(&ring);
    assert_int_equal(0, ring_length(&ring));
    ring_release(&ring);
}

static void numbers_may_begin_anywhere(void **state)
{
    struct ring ring;

    (void)state;
    ring_init(&ring, 3, sizeof(int));
    push(&ring, 1);
    ring_restart(&ring, 1000);
    assert_int_equal(0, ring_length(&ring));
    push(&ring, 2);
    assert_null(ring_at(&ring, 0));
    assert_null(ring_at(&ring, 999));
    assert_int_equal(2, *(int *)ring_at(&ring, 1000));
    ring_release(&ring);
}

static void drop_from_an_empty_ring(void)
{
    struct ring ring;
    ring_init(&ring, 1, 1);
    ring_drop(&ring);
}

static void make_a_ring_without_room(void)
{
    struct ring ring;
    ring_init(&ring, 0, 1);
}

static void a_ring_without_room_or_entries_is_misused(void **state)
{
    (void)state;
    assert_true(dies(drop_from_an_empty_ring));
    assert_true(dies(make_a_ring_without_room));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_found_by_their_number),
        cmocka_unit_test(a_full_ring_drops_its_oldest),
        cmocka_unit_test(a_place_that_is_used_again_is_zeroed),
        cmocka_unit_test(dropped_entries_are_gone),
        cmocka_unit_test(numbers_may_begin_anywhere),
        cmocka_unit_test(a_ring_without_room_or_entries_is_misused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
