/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "dies.h"

#include <stdalign.h>
#include <string.h>

enum { BUDGET = 1 << 20 };

static bool is_zero(const unsigned char *memory, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (memory[i] != 0)
            return false;
    return true;
}

static void memory_is_zeroed_and_aligned_for_any_type(void **state)
{
    struct arena *arena = arena_new(BUDGET);

    (void)state;
    for (size_t size = 1; size < 300; size += 7) {
        unsigned char *memory = arena_alloc(arena, size);
        assert_int_equal(0, (uintptr_t)memory % alignof(max_align_t));
        assert_true(is_zero(memory, size));
        memset(memory, 0xff, size);
    }
    arena_free(&arena);
}

static void memory_is_zeroed_again_after_a_reset(void **state)
{
    struct arena *arena = arena_new(BUDGET);

    (void)state;
    memset(arena_alloc(arena, 1000), 0xff, 1000);
    arena_reset(arena);
    assert_int_equal(0, arena_used(arena));
    assert_true(is_zero(arena_alloc(arena, 1000), 1000));
    arena_free(&arena);
}

/* What is allocated stays where it is and as it is, however many blocks it takes. */
static void pieces_do_not_touch_each_other(void **state)
{
    enum { PIECES = 200, SIZE = 5000 };
    struct arena *arena = arena_new(4 * BUDGET);
    unsigned char *pieces[PIECES];

    (void)state;
    for (int i = 0; i < PIECES; i++)
        memset(pieces[i] = arena_alloc(arena, SIZE), i, SIZE);
    for (int i = 0; i < PIECES; i++)
        for (int k = 0; k < SIZE; k++)
            assert_int_equal(i, pieces[i][k]);
    arena_free(&arena);
}

static void a_piece_larger_than_a_block_is_given(void **state)
{
    struct arena *arena = arena_new(4 * BUDGET);
    unsigned char *large = arena_alloc(arena, 3 * BUDGET);

    (void)state;
    assert_true(is_zero(large, 3 * BUDGET));
    large[3 * BUDGET - 1] = 1;
    arena_free(&arena);
}

static void beyond_the_budget_nothing_is_given(void **state)
{
    struct arena *arena = arena_new(1000);

    (void)state;
    assert_null(arena_try(arena, 1001));
    assert_null(arena_try(arena, SIZE_MAX));
    assert_int_equal(0, arena_used(arena));
    assert_non_null(arena_try(arena, 600));
    assert_null(arena_try(arena, 600));
    assert_non_null(arena_try(arena, 100));
    arena_reset(arena);
    assert_non_null(arena_try(arena, 1000));
    arena_free(&arena);
}

static void ask_beyond_the_budget(void)
{
    struct arena *arena = arena_new(1000);
    arena_alloc(arena, 1001);
}

static void whoever_did_not_bound_what_he_asks_for_dies(void **state)
{
    (void)state;
    assert_true(dies(ask_beyond_the_budget));
}

static void a_grown_array_keeps_its_rows(void **state)
{
    struct arena *arena = arena_new(BUDGET);
    int32_t *rows = arena_grow(arena, NULL, 0, 2, sizeof *rows);

    (void)state;
    rows[0] = 7;
    rows[1] = 8;
    rows = arena_grow(arena, rows, 2, 4, sizeof *rows);
    assert_int_equal(7, rows[0]);
    assert_int_equal(8, rows[1]);
    assert_int_equal(0, rows[2]);
    assert_int_equal(0, rows[3]);
    arena_free(&arena);
}

static void text_and_bytes_are_copied(void **state)
{
    struct arena *arena = arena_new(BUDGET);
    char text[] = "一门";
    unsigned char data[] = {1, 0, 2};
    char *copy = arena_strdup(arena, text);
    struct bytes bytes = arena_bytes(arena, (struct bytes){data, sizeof data});

    (void)state;
    text[0] = 'x';
    data[0] = 9;
    assert_string_equal("一门", copy);
    assert_int_equal(3, bytes.len);
    assert_memory_equal("\1\0\2", bytes.data, 3);
    assert_string_equal("7 of 9", arena_printf(arena, "%d of %s", 7, "9"));
    arena_free(&arena);
}

/* A column that is null in the table is a null pointer here; an empty one is not. */
static void null_stays_null_and_empty_stays_empty(void **state)
{
    struct arena *arena = arena_new(BUDGET);

    (void)state;
    assert_null(arena_strdup(arena, NULL));
    assert_null(arena_bytes(arena, (struct bytes){NULL, 0}).data);
    assert_string_equal("", arena_strdup(arena, ""));
    struct bytes empty = arena_bytes(arena, (struct bytes){(const unsigned char *)"", 0});
    assert_non_null(empty.data);
    assert_int_equal(0, empty.len);
    arena_free(&arena);
}

static void freeing_twice_is_harmless(void **state)
{
    struct arena *arena = arena_new(BUDGET), *none = NULL;

    (void)state;
    arena_free(&arena);
    assert_null(arena);
    arena_free(&arena);
    arena_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(memory_is_zeroed_again_after_a_reset),
        cmocka_unit_test(pieces_do_not_touch_each_other),
        cmocka_unit_test(a_piece_larger_than_a_block_is_given),
        cmocka_unit_test(beyond_the_budget_nothing_is_given),
        cmocka_unit_test(whoever_did_not_bound_what_he_asks_for_dies),
        cmocka_unit_test(a_grown_array_keeps_its_rows),
        cmocka_unit_test(text_and_bytes_are_copied),
        cmocka_unit_test(null_stays_null_and_empty_stays_empty),
        cmocka_unit_test(freeing_twice_is_harmless),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
