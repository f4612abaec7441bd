/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/memstore.h"
#include "common/rows/rows.h"
#include "common/rows/rowset.h"
#include "common/rows/store.h"
#include "dies.h"
#include "sample.h"

#include <string.h>

static struct turn turn;
static struct memstore *mem;

/* A turn whose store has the rows (7,1) and (7,2), and (8,1). */
static int open_turn(void **state)
{
    static const int64_t keys[][2] = {{7, 1}, {7, 2}, {8, 1}};

    (void)state;
    mem = memstore_new(&sample_service, 1);
    for (size_t i = 0; i < 3; i++)
        memstore_put(mem, &visit_table,
                     &(struct visit_row){.centre = 1,
                                         .case_number = keys[i][0],
                                         .no = (int16_t)keys[i][1],
                                         .version = 10,
                                         .due_ms = 100 * keys[i][0]});
    turn = (struct turn){
        .service = &sample_service, .arena = arena_new(64 << 20), .centre = 1, .now_ms = 1000};
    rowset_open(&turn);
    return 0;
}

static int close_turn(void **state)
{
    (void)state;
    arena_free(&turn.arena);
    memstore_free(&mem);
    return 0;
}

static struct visit_row probe(int64_t case_number, int16_t no)
{
    return (struct visit_row){.centre = 1, .case_number = case_number, .no = no};
}

static void want(int64_t case_number)
{
    struct visit_row row = probe(case_number, 0);
    rows_want(&turn, &visit_table, &row);
}

static void load(void)
{
    struct store *store = memstore_store(mem);
    assert_int_equal(STATUS_OK, store->ops->load(store, &turn));
}

static struct visit_row *find(int64_t case_number, int16_t no)
{
    struct visit_row row = probe(case_number, no);
    return rows_find(&turn, &visit_table, &row);
}

static struct visit_row *add(int64_t case_number, int16_t no)
{
    struct visit_row row = probe(case_number, no);
    return rows_add(&turn, &visit_table, &row);
}

static int group_size(int64_t case_number)
{
    struct visit_row row = probe(case_number, 0);
    int n = 0;
    for (struct visit_row *v = NULL; (v = rows_next(&turn, &visit_table, &row, v)) != NULL;)
        n++;
    return n;
}

/* The only row of the turn, as a store sees it. */
static int count(void)
{
    size_t place = 0;
    int n = 0;
    while (rows_each(&turn, &visit_table, &place) != NULL)
        n++;
    return n;
}

static const struct row *inside(size_t i)
{
    return rowset_of(&turn, &visit_table)->rows[i];
}

static void what_was_wanted_is_there_and_nothing_else(void **state)
{
    (void)state;
    want(7);
    want(9);
    load();
    assert_int_equal(2, find(7, 2)->no);
    assert_null(find(7, 3));
    assert_null(find(8, 1));
    assert_null(find(9, 1));
    assert_int_equal(2, group_size(7));
    assert_int_equal(0, group_size(9));
}

static void open_rows_come_after_a_key_so_many_and_in_order(void **state)
{
    struct visit_row before = {.centre = 1, .case_number = -1, .no = -1};
    const struct visit_row *row;
    size_t place = 0;

    (void)state;
    memstore_put(mem, &visit_table, &(struct visit_row){.centre = 1, .case_number = 9, .no = 1});
    rows_want_open(&turn, &visit_table, &before, 3);
    load();
    load(); /* what a row makes necessary: the open ones are not asked for again */
    rows_remove(&turn, &visit_table, find(7, 1));
    row = rows_open(&turn, &visit_table, &place);
    assert_int_equal(1, row->no); /* it is gone: a walk passes it over */
    row = rows_open(&turn, &visit_table, &place);
    assert_int_equal(2, row->no);
    row = rows_open(&turn, &visit_table, &place);
    assert_int_equal(8, row->case_number);
    assert_null(rows_open(&turn, &visit_table, &place));
    assert_null(find(9, 1)); /* it is not open */
}

static void owned_rows_come_whatever_their_group(void **state)
{
    (void)state;
    memstore_put(mem, &visit_table,
                 &(struct visit_row){.centre = 1, .case_number = 9, .no = 1, .department = "EDU"});
    rows_want_owned(&turn, &visit_table, &(struct visit_row){.centre = 1, .department = "EDU"});
    load();
    assert_non_null(find(9, 1));
    assert_null(find(7, 1));
}

static void a_group_is_wanted_once_however_often_it_is_asked_for(void **state)
{
    (void)state;
    for (int i = 0; i < 500; i++)
        want(i % 100);
    assert_int_equal(100, rowset_of(&turn, &visit_table)->n_wants);
}

static void rows_that_are_due_come_with_the_first_that_is_not_yet(void **state)
{
    (void)state;
    turn.now_ms = 700;
    rows_want_due(&turn, &visit_table, 10);
    load();
    assert_non_null(find(7, 1));
    assert_non_null(find(7, 2));
    assert_non_null(find(8, 1));
}

static void no_more_due_rows_come_than_were_asked_for_and_the_earliest_do(void **state)
{
    struct visit_row earliest = probe(9, 1);

    (void)state;
    earliest.due_ms = 5;
    memstore_put(mem, &visit_table, &earliest);
    turn.now_ms = 900;
    rows_want_due(&turn, &visit_table, 1);
    load();
    assert_non_null(find(9, 1));
    assert_null(find(7, 1));
    assert_null(find(8, 1));
}

static void an_added_row_is_found_and_belongs_to_its_group(void **state)
{
    (void)state;
    want(7);
    load();
    struct visit_row *row = add(7, 9);
    assert_ptr_equal(row, find(7, 9));
    assert_int_equal(3, group_size(7));
    assert_int_equal(ROW_ADDED, inside(2)->state);
}

static void a_touched_row_is_changed_and_keeps_the_guard_it_was_loaded_with(void **state)
{
    (void)state;
    want(8);
    load();
    struct visit_row *row = find(8, 1);
    assert_int_equal(ROW_LOADED, inside(0)->state);
    rows_touch(&turn, &visit_table, row);
    row->version = 11;
    assert_int_equal(ROW_CHANGED, inside(0)->state);
    assert_int_equal(10, inside(0)->guard);
}

static void touching_an_added_row_leaves_it_added(void **state)
{
    (void)state;
    rows_touch(&turn, &visit_table, add(1, 1));
    assert_int_equal(ROW_ADDED, inside(0)->state);
}

static void a_removed_row_is_not_found_and_can_be_added_again(void **state)
{
    (void)state;
    want(7);
    load();
    rows_remove(&turn, &visit_table, find(7, 1));
    assert_null(find(7, 1));
    assert_int_equal(1, group_size(7));
    add(7, 1)->minutes = 5;
    assert_int_equal(ROW_CHANGED, inside(0)->state);
    assert_int_equal(5, find(7, 1)->minutes);
}

static void a_row_added_and_removed_in_one_turn_leaves_no_trace(void **state)
{
    struct store *store = memstore_store(mem);

    (void)state;
    rows_remove(&turn, &visit_table, add(1, 1));
    assert_null(find(1, 1));
    assert_int_equal(0, count());
    assert_int_equal(ROW_DROPPED, inside(0)->state);
    assert_int_equal(STATUS_OK, store->ops->save(store, &turn));
    assert_int_equal(3, memstore_count(mem, &visit_table));
    add(1, 1);
    assert_int_equal(ROW_ADDED, inside(0)->state);
}

static void whatever_touches_a_row_is_counted(void **state)
{
    (void)state;
    want(7);
    load();
    assert_int_equal(0, turn.changes);
    find(7, 1);
    assert_int_equal(0, turn.changes);
    add(7, 3);
    rows_touch(&turn, &visit_table, find(7, 1));
    rows_remove(&turn, &visit_table, find(7, 2));
    assert_int_equal(3, turn.changes);
}

/* The sets grow while rows are in them: none may be lost, none may change its place in its group.
 */
static void thousands_of_rows_are_kept_apart_and_in_order(void **state)
{
    enum { CASES = 400, EACH = 10 };

    (void)state;
    for (int16_t no = 1; no <= EACH; no++)
        for (int64_t i = 100; i < 100 + CASES; i++)
            add(i, no)->minutes = (int32_t)i * 100 + no;
    for (int64_t i = 100; i < 100 + CASES; i++) {
        struct visit_row key = probe(i, 0), *row = NULL;
        for (int16_t no = 1; no <= EACH; no++) {
            row = rows_next(&turn, &visit_table, &key, row);
            assert_int_equal(no, row->no);
            assert_int_equal(i * 100 + no, row->minutes);
        }
        assert_null(rows_next(&turn, &visit_table, &key, row));
    }
    assert_int_equal(CASES * EACH, count());
}

static void a_row_that_is_here_is_not_brought_twice(void **state)
{
    (void)state;
    want(7);
    load();
    ((struct visit_row *)rows_touch(&turn, &visit_table, find(7, 1)))->minutes = 99;
    load();
    assert_int_equal(99, find(7, 1)->minutes);
    assert_int_equal(2, group_size(7));
}

static void add_twice(void)
{
    add(1, 1);
    add(1, 1);
}

static void touch_a_copy(void)
{
    struct visit_row copy = *add(1, 1);
    rows_touch(&turn, &visit_table, &copy);
}

static void touch_what_was_removed(void)
{
    struct visit_row *row = add(1, 1);
    rows_remove(&turn, &visit_table, row);
    rows_touch(&turn, &visit_table, row);
}

static void use_a_table_that_is_not_kept(void)
{
    static const struct table other = TABLE("other", note_row, note_columns, 1);
    rows_find(&turn, &other, &(struct note_row){.centre = 1, .name = ""});
}

static void want_due_of_what_is_never_due(void)
{
    rows_want_due(&turn, &note_table, 1);
}

static void bugs_of_a_handler_end_the_process(void **state)
{
    (void)state;
    assert_true(dies(add_twice));
    assert_true(dies(touch_a_copy));
    assert_true(dies(touch_what_was_removed));
    assert_true(dies(use_a_table_that_is_not_kept));
    assert_true(dies(want_due_of_what_is_never_due));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_turn, close_turn)
    const struct CMUnitTest tests[] = {
        TEST(what_was_wanted_is_there_and_nothing_else),
        TEST(open_rows_come_after_a_key_so_many_and_in_order),
        TEST(owned_rows_come_whatever_their_group),
        TEST(a_group_is_wanted_once_however_often_it_is_asked_for),
        TEST(rows_that_are_due_come_with_the_first_that_is_not_yet),
        TEST(no_more_due_rows_come_than_were_asked_for_and_the_earliest_do),
        TEST(an_added_row_is_found_and_belongs_to_its_group),
        TEST(a_touched_row_is_changed_and_keeps_the_guard_it_was_loaded_with),
        TEST(touching_an_added_row_leaves_it_added),
        TEST(a_removed_row_is_not_found_and_can_be_added_again),
        TEST(a_row_added_and_removed_in_one_turn_leaves_no_trace),
        TEST(whatever_touches_a_row_is_counted),
        TEST(thousands_of_rows_are_kept_apart_and_in_order),
        TEST(a_row_that_is_here_is_not_brought_twice),
        TEST(bugs_of_a_handler_end_the_process),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
