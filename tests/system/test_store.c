/* SPDX-License-Identifier: Apache-2.0 */
/* The two stores behave alike: the same calls leave the same rows, or fail with the same status. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/stores.h"

/* ---- every type, at its ends */

static void add_extremes(struct turn *turn)
{
    static unsigned char every_byte[256];
    struct visit_row row = visit(INT64_MAX, INT16_MAX);
    for (int i = 0; i < 256; i++)
        every_byte[i] = (unsigned char)i;
    row.department = "一门 é \xf0\x9f\x9a\xaa 'quoted' \"twice\" \\x {a,b} null\n\t";
    row.minutes = INT32_MIN;
    row.paid = true;
    row.letter = (struct bytes){every_byte, sizeof every_byte};
    memcpy(row.ticket, every_byte + 240, 16);
    row.version = INT64_MIN;
    row.due_ms = TODAY_MS + 1;
    row.made_day = day_from_ymd(2022, 2, 28).n;
    rows_add(turn, &visit_table, &row);
    row = visit(INT64_MIN, INT16_MIN);
    row.department = "";
    row.letter = (struct bytes){every_byte, 0};
    row.due_ms = -1;
    row.made_day = -1;
    rows_add(turn, &visit_table, &row);
    row = visit(0, 0); /* all null */
    rows_add(turn, &visit_table, &row);
    rows_add(turn, &note_table, &(struct note_row){.centre = 1, .name = "", .text = NULL});
    rows_add(turn, &note_table, &(struct note_row){.centre = 1, .name = "一", .text = ""});
    rows_add(turn, &note_table, &(struct note_row){.centre = 1, .name = "Z", .text = "z"});
}

static void every_type_keeps_its_value_at_its_ends(void **state)
{
    (void)state;
    run(nothing, add_extremes, STATUS_OK);
    assert_int_equal(3, same_rows(&visit_table));
    assert_int_equal(3, same_rows(&note_table));
    assert_int_equal(1, hall_number(admin, "select count(*) from visit where department is null "
                                           "and letter is null and due_at is null "
                                           "and made_on is null"));
    assert_int_equal(1, hall_number(admin, "select count(*) from visit where department = '' "
                                           "and letter = '' and made_on = '1969-12-31'"));
    assert_int_equal(1,
                     hall_number(admin, "select count(*) from visit where made_on = '2022-02-28' "
                                        "and due_at = '2022-01-13 00:00:00.001Z'"));
}

/* ---- adding, changing, removing */

static void add_group(struct turn *turn)
{
    for (int16_t no = 1; no <= 3; no++) {
        struct visit_row row = visit(7, no);
        row.department = "CON";
        row.minutes = no;
        row.version = 10;
        row.due_ms = TODAY_MS + no * DAY_MS;
        rows_add(turn, &visit_table, &row);
        row.case_number = 8;
        rows_add(turn, &visit_table, &row);
    }
}

static void change_and_remove(struct turn *turn)
{
    struct visit_row *row = touch(turn, 7, 1);
    row->minutes = 99;
    row->paid = true;
    row->letter = (struct bytes){(const unsigned char *)"new", 3};
    row->version = 11;
    row->due_ms = 0;
    rows_remove(turn, &visit_table, find(turn, 7, 2));
    struct visit_row again = visit(7, 4), removed = *find(turn, 7, 3);
    rows_add(turn, &visit_table, &again);
    rows_remove(turn, &visit_table, find(turn, 7, 3));
    removed.minutes = 55;
    rows_add(turn, &visit_table, &removed); /* there again: a change */
}

static void rows_are_added_changed_and_removed_alike(void **state)
{
    (void)state;
    run(nothing, add_group, STATUS_OK);
    assert_int_equal(6, same_rows(&visit_table));
    run(want_seven, change_and_remove, STATUS_OK);
    assert_int_equal(6, same_rows(&visit_table));
    assert_int_equal(
        99, hall_number(admin, "select minutes from visit where case_number = 7 and no = 1"));
    assert_int_equal(
        55, hall_number(admin, "select minutes from visit where case_number = 7 and no = 3"));
    assert_int_equal(
        0, hall_number(admin, "select count(*) from visit where case_number = 7 and no = 2"));
}

static void change_what_is_fixed(struct turn *turn)
{
    touch(turn, 7, 1)->department = "CON"; /* as it is: another would be a bug of the handler */
}

/* An update sends only what may change. */
static void a_fixed_column_is_not_sent_again(void **state)
{
    (void)state;
    run(nothing, add_group, STATUS_OK);
    hall_do(admin, "update visit set department = 'seen'");
    run(want_seven, change_what_is_fixed, STATUS_OK);
    assert_int_equal(6, hall_number(admin, "select count(*) from visit where department = 'seen'"));
}

static void want_many(struct turn *turn)
{
    for (int64_t n = 1; n <= 500; n += 2) {
        struct visit_row probe = visit(n, 0);
        rows_want(turn, &visit_table, &probe);
    }
}

static void add_many(struct turn *turn)
{
    for (int64_t n = 1; n <= 500; n++)
        for (int16_t no = 1; no <= 4; no++) {
            struct visit_row row = visit(n, no);
            row.minutes = (int32_t)n;
            rows_add(turn, &visit_table, &row);
        }
}

static void groups_are_loaded_whole_and_no_others(void **state)
{
    (void)state;
    run(nothing, add_many, STATUS_OK);
    assert_int_equal(2000, same_rows(&visit_table));
    open_turns(TODAY_MS);
    each_turn(want_many);
    load();
    assert_int_equal(1000, same_present());
}

/* A batch of hundreds needs as many statements as one of one. */
static void a_large_batch_takes_no_more_statements_than_a_small_one(void **state)
{
    (void)state;
    int64_t before = pgstore_statements(pg);
    run(nothing, add_many, STATUS_OK);
    assert_int_equal(before + 1, pgstore_statements(pg));
}

/* ---- what is due */

static void want_due(struct turn *turn)
{
    rows_want_due(turn, &visit_table, 3);
}

static void due_rows_come_earliest_first_with_the_next_after_them(void **state)
{
    static const struct {
        int64_t now_days;
        size_t present;
    } looks[] = {
        {-10, 1}, /* nothing is due: the first that will be */
        {1, 3},   /* both of the first day, and one of the second */
        {2, 4},   /* three of four, and one of the third day */
        {9, 3},   /* three of six; there is none after */
    };

    (void)state;
    run(nothing, add_group, STATUS_OK);
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        open_turns(TODAY_MS + looks[i].now_days * DAY_MS);
        each_turn(want_due);
        load();
        int64_t sum[STORES] = {0};
        for (int k = 0; k < STORES; k++) {
            const struct rowset *set = rowset_of(&turns[k], &visit_table);
            assert_int_equal(looks[i].present, set->n_rows);
            for (size_t r = 0; r < set->n_rows; r++)
                sum[k] += ((struct visit_row *)set->rows[r]->data)->due_ms;
        }
        assert_true(sum[0] == sum[1]);
    }
}

static void add_never_due(struct turn *turn)
{
    struct visit_row row = visit(9, 1);
    rows_add(turn, &visit_table, &row);
}

static void what_has_no_time_is_never_due(void **state)
{
    (void)state;
    run(nothing, add_never_due, STATUS_OK);
    open_turns(TODAY_MS);
    each_turn(want_due);
    load();
    assert_int_equal(0, same_present());
}

/* ---- all or nothing */

static void change_behind_a_guard(struct turn *turn)
{
    touch(turn, 7, 1)->version = 11;
    touch(turn, 7, 2)->minutes = 1000;
    rows_add(turn, &note_table, &(struct note_row){.centre = 1, .name = "beside"});
}

/* Somebody else has written in between: nothing of the batch is saved. */
static void a_guard_that_does_not_hold_saves_nothing(void **state)
{
    (void)state;
    run(nothing, add_group, STATUS_OK);
    open_turns(TODAY_MS);
    each_turn(want_seven);
    load();
    each_turn(change_behind_a_guard);
    hall_do(admin, "update visit set version = 77 where case_number = 7 and no = 1");
    struct visit_row probe = visit(7, 1);
    ((struct visit_row *)memstore_row(mem, &visit_table, &probe))->version = 77;
    save(STATUS_REWOUND);
    assert_int_equal(6, same_rows(&visit_table));
    assert_int_equal(0, same_rows(&note_table));
    assert_int_equal(
        2, hall_number(admin, "select minutes from visit where case_number = 7 and no = 2"));
    run(want_seven, nothing, STATUS_OK); /* and the store goes on */
}

static void add_one_that_is_there(struct turn *turn)
{
    struct visit_row row = visit(7, 1), fresh = visit(9, 1);
    rows_add(turn, &visit_table, &fresh);
    rows_add(turn, &visit_table, &row);
    rows_add(turn, &note_table, &(struct note_row){.centre = 1, .name = "beside"});
}

static void a_key_that_is_there_already_cannot_be_saved_and_saves_nothing(void **state)
{
    (void)state;
    run(nothing, add_group, STATUS_OK);
    run(nothing, add_one_that_is_there, STATUS_UNSAVEABLE);
    assert_int_equal(6, same_rows(&visit_table));
    assert_int_equal(0, same_rows(&note_table));
    run(want_seven, change_and_remove, STATUS_OK);
    assert_int_equal(6, same_rows(&visit_table));
}

/* ---- what only the database refuses */

static enum status save_in_database(struct turn *turn)
{
    return store_of(1)->ops->save(store_of(1), turn);
}

static void a_value_the_database_refuses_cannot_be_saved_and_saves_nothing(void **state)
{
    static const struct {
        const char *department;
        int32_t minutes;
    } bad[] = {
        {"CON", 1000000}, /* a constraint */
        {"\xc0\x80", 1},  /* not UTF-8: past the edge only by a bug */
    };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        open_turns(TODAY_MS);
        struct visit_row row = visit(5, 1);
        row.department = bad[i].department;
        row.minutes = bad[i].minutes;
        rows_add(&turns[1], &note_table, &(struct note_row){.centre = 1, .name = "beside"});
        rows_add(&turns[1], &visit_table, &row);
        assert_int_equal(STATUS_UNSAVEABLE, save_in_database(&turns[1]));
        assert_int_equal(0, hall_number(admin, "select count(*) from visit"));
        assert_int_equal(0, hall_number(admin, "select count(*) from note"));
    }
}

static void a_lost_session_is_told_as_such(void **state)
{
    (void)state;
    open_turns(TODAY_MS);
    rows_add(&turns[1], &note_table, &(struct note_row){.centre = 1, .name = "a"});
    hall_number(admin, "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity "
                       "where application_name = 'sample'");
    assert_int_equal(STATUS_LOST, save_in_database(&turns[1]));
    assert_int_equal(0, hall_number(admin, "select count(*) from note"));
}

/* ---- a walk */

static void add_five(struct turn *turn)
{
    static const struct visit_row keys[] = {{.case_number = 9, .no = 1},
                                            {.case_number = 2, .no = 1},
                                            {.case_number = 2, .no = 2},
                                            {.case_number = 0, .no = 0},
                                            {.case_number = 10, .no = 1}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct visit_row row = visit(keys[i].case_number, keys[i].no);
        rows_add(turn, &visit_table, &row);
    }
}

static void *walked[STORES]; /* the last row of each store's slice; null: at the start */

static void want_two_more(struct turn *turn)
{
    rows_want_after(turn, &visit_table, walked[turn - turns], 2);
}

static void take_slice(struct turn *turn)
{
    size_t n;
    walked[turn - turns] = rows_after(turn, &visit_table, &n);
    assert_int_equal(rowset_of(turn, &visit_table)->n_rows, n);
}

static void a_walk_meets_every_row_once_in_key_order(void **state)
{
    static const struct {
        size_t n;
        int64_t last;
    } slices[] = {{2, 2}, {2, 9}, {1, 10}};
    (void)state;
    walked[0] = walked[1] = NULL;
    run(nothing, add_five, STATUS_OK);
    for (int i = 0; i < 3; i++) {
        run(want_two_more, take_slice, STATUS_OK);
        assert_int_equal(slices[i].n, same_present());
        for (int k = 0; k < STORES; k++)
            assert_int_equal(slices[i].last, ((struct visit_row *)walked[k])->case_number);
    }
    run(want_two_more, take_slice, STATUS_OK);
    assert_int_equal(0, same_present());
    assert_null(walked[0]);
    assert_null(walked[1]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_stores, close_stores)
    const struct CMUnitTest tests[] = {
        TEST(every_type_keeps_its_value_at_its_ends),
        TEST(rows_are_added_changed_and_removed_alike),
        TEST(a_fixed_column_is_not_sent_again),
        TEST(groups_are_loaded_whole_and_no_others),
        TEST(a_large_batch_takes_no_more_statements_than_a_small_one),
        TEST(due_rows_come_earliest_first_with_the_next_after_them),
        TEST(what_has_no_time_is_never_due),
        TEST(a_guard_that_does_not_hold_saves_nothing),
        TEST(a_key_that_is_there_already_cannot_be_saved_and_saves_nothing),
        TEST(a_value_the_database_refuses_cannot_be_saved_and_saves_nothing),
        TEST(a_lost_session_is_told_as_such),
        TEST(a_walk_meets_every_row_once_in_key_order),
    };
    return cmocka_run_group_tests_name("store", tests, open_database, close_database);
}
