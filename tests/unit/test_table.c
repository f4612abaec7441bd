/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample.h"

#include <string.h>

static struct visit_row visit(void)
{
    return (struct visit_row){
        .centre = 1,
        .case_number = 42,
        .no = 3,
        .department = "CON",
        .minutes = 420,
        .letter = {(const unsigned char *)"a\0b", 3},
        .ticket = "0123456789abcde",
        .due_ms = 1642036800000,
    };
}

static void the_key_is_the_columns_in_front_that_say_so(void **state)
{
    (void)state;
    assert_int_equal(3, table_key_columns(&visit_table));
    assert_int_equal(2, table_key_columns(&note_table));
}

static void the_due_column_is_found_or_there_is_none(void **state)
{
    (void)state;
    assert_string_equal("due_at", visit_table.columns[table_due_column(&visit_table)].name);
    assert_int_equal(-1, table_due_column(&note_table));
}

static void the_column_of_open_rows_is_found_or_there_is_none(void **state)
{
    (void)state;
    assert_string_equal("due_at", visit_table.columns[table_open_column(&visit_table)].name);
    assert_int_equal(-1, table_open_column(&note_table));
}

static void rows_are_the_same_by_what_their_columns_hold(void **state)
{
    struct visit_row row = visit(), other = visit();
    char department[] = "CON", letter[] = "a\0b";

    (void)state;
    other.department = department;
    other.letter.data = (const unsigned char *)letter;
    assert_true(table_same(&visit_table, &row, &other, visit_table.n_columns));
    assert_true(table_hash(&visit_table, &row, 4) == table_hash(&visit_table, &other, 4));
}

/* Each column decides, and only the first `n` are looked at. */
static void rows_differ_in_whichever_column_differs(void **state)
{
    struct visit_row row = visit(), others[11];

    (void)state;
    for (int i = 0; i < 11; i++)
        others[i] = visit();
    others[0].centre = 2;
    others[1].case_number = 43;
    others[2].no = 4;
    others[3].department = "CO";
    others[4].minutes = 421;
    others[5].paid = true;
    others[6].letter.len = 2;
    others[7].ticket[15] = 1;
    others[8].version = 1;
    others[9].due_ms++;
    others[10].made_day = 1;
    for (int i = 0; i < 11; i++) {
        assert_true(table_same(&visit_table, &row, &others[i], i));
        assert_false(table_same(&visit_table, &row, &others[i], i + 1));
    }
}

static void null_and_empty_text_differ(void **state)
{
    struct note_row null = {.centre = 1, .name = "a"},
                    empty = {.centre = 1, .name = "a", .text = ""};

    (void)state;
    assert_false(table_same(&note_table, &null, &empty, 3));
    assert_true(table_same(&note_table, &null, &null, 3));
}

/* The border between two columns counts: (a, bc) is not (ab, c). */
static void hashes_keep_columns_apart(void **state)
{
    struct note_row row = {.centre = 1, .name = "a", .text = "bc"};
    struct note_row other = {.centre = 1, .name = "ab", .text = "c"};

    (void)state;
    assert_true(table_hash(&note_table, &row, 3) != table_hash(&note_table, &other, 3));
}

static void a_copy_has_text_and_bytes_of_its_own(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct visit_row row = visit();
    char department[] = "CON";

    (void)state;
    row.department = department;
    struct visit_row *copy = table_copy(&visit_table, &row, arena);
    assert_true(table_same(&visit_table, &row, copy, visit_table.n_columns));
    department[0] = 'X';
    assert_string_equal("CON", copy->department);
    assert_ptr_not_equal(row.letter.data, copy->letter.data);
    arena_free(&arena);
}

static void rows_are_ordered_by_their_key(void **state)
{
    struct visit_row row = visit(), later = visit();
    struct note_row a = {.centre = 1, .name = "a"}, ab = {.centre = 1, .name = "ab"};
    struct note_row minus = {.centre = -1, .name = "z"}, chinese = {.centre = 1, .name = "一"};

    (void)state;
    later.no = 4;
    later.minutes = -1;
    assert_int_equal(0, table_order(&visit_table, &row, &row));
    assert_true(table_order(&visit_table, &row, &later) < 0);
    assert_true(table_order(&visit_table, &later, &row) > 0);
    later.case_number = -1;
    assert_true(table_order(&visit_table, &later, &row) < 0);
    assert_true(table_order(&note_table, &a, &ab) < 0);
    assert_true(table_order(&note_table, &minus, &a) < 0);
    assert_true(table_order(&note_table, &ab, &chinese) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_is_the_columns_in_front_that_say_so),
        cmocka_unit_test(the_due_column_is_found_or_there_is_none),
        cmocka_unit_test(the_column_of_open_rows_is_found_or_there_is_none),
        cmocka_unit_test(rows_are_the_same_by_what_their_columns_hold),
        cmocka_unit_test(rows_differ_in_whichever_column_differs),
        cmocka_unit_test(null_and_empty_text_differ),
        cmocka_unit_test(hashes_keep_columns_apart),
        cmocka_unit_test(a_copy_has_text_and_bytes_of_its_own),
        cmocka_unit_test(rows_are_ordered_by_their_key),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
