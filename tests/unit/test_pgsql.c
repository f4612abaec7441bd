/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/postgres/pgform.h"
#include "common/postgres/pgsql.h"
#include "common/rows/corridor.h"
#include "sample.h"

#include <string.h>

#define VISIT_COLUMNS                                                                              \
    "centre, case_number, no, department, minutes, paid, letter, ticket, version, due_at, made_on"

static struct arena *arena;

static int start(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_sql(enum pgsql_verb verb, const struct table *table, const char *expected)
{
    const char *sql = pgsql_statement(verb, table, arena);
    if (expected == NULL)
        assert_null(sql);
    else
        assert_string_equal(expected, sql);
}

static void a_whole_table_is_read_in_key_order(void **state)
{
    (void)state;
    assert_sql(PGSQL_ALL, &visit_table,
               "select " VISIT_COLUMNS " from visit where centre = $1::smallint "
               "order by centre, case_number, no");
    assert_sql(PGSQL_ALL, &note_table,
               "select centre, name, text from note where centre = $1::smallint "
               "order by centre, name");
}

static void rows_are_loaded_by_their_group(void **state)
{
    (void)state;
    assert_sql(PGSQL_LOAD, &visit_table,
               "select t.centre, t.case_number, t.no, t.department, t.minutes, t.paid, t.letter, "
               "t.ticket, t.version, t.due_at, t.made_on "
               "from unnest($1::smallint[], $2::bigint[]) as u(centre, case_number) "
               "join visit t on t.centre = u.centre and t.case_number = u.case_number");
}

static void due_rows_come_with_the_first_that_is_not_yet(void **state)
{
    (void)state;
    assert_sql(PGSQL_DUE, &visit_table,
               "(select " VISIT_COLUMNS " from visit where centre = $1::smallint "
               "and due_at <= $2::timestamptz order by due_at limit $3::integer) union all "
               "(select " VISIT_COLUMNS " from visit where centre = $1::smallint "
               "and due_at > $2::timestamptz order by due_at limit 1)");
    assert_sql(PGSQL_DUE, &note_table, NULL);
}

static void a_walk_goes_on_behind_a_key(void **state)
{
    (void)state;
    assert_sql(PGSQL_AFTER, &visit_table,
               "select " VISIT_COLUMNS " from visit where centre = $1::smallint "
               "and (case_number, no) > ($2::bigint, $3::smallint) "
               "order by centre, case_number, no limit $4::integer");
    assert_sql(PGSQL_AFTER, &note_table, NULL);
}

static void open_rows_come_in_key_order_after_a_key(void **state)
{
    (void)state;
    assert_sql(PGSQL_OPEN, &visit_table,
               "select " VISIT_COLUMNS " from visit where centre = $1::smallint "
               "and due_at is not null and (case_number, no) > ($2::bigint, $3::smallint) "
               "order by centre, case_number, no limit $4::integer");
    assert_sql(PGSQL_OPEN, &note_table, NULL);
}

static void owned_rows_are_those_of_one_owner(void **state)
{
    (void)state;
    assert_sql(PGSQL_OWNED, &visit_table,
               "select " VISIT_COLUMNS " from visit where centre = $1::smallint "
               "and department = $2::text");
    assert_sql(PGSQL_OWNED, &note_table, NULL);
}

static void rows_are_added_with_every_column(void **state)
{
    (void)state;
    assert_sql(PGSQL_INSERT, &visit_table,
               "insert into visit (" VISIT_COLUMNS
               ") select u.centre, u.case_number, u.no, u.department, u.minutes, u.paid, u.letter, "
               "u.ticket, u.version, "
               "u.due_at, u.made_on from unnest($1::visit[]) u");
}

/* What is fixed is not rewritten, and the guard must find what was loaded. */
static void changes_leave_out_what_is_fixed_and_check_the_guard(void **state)
{
    (void)state;
    assert_sql(PGSQL_UPDATE, &visit_table,
               "update visit set minutes = $4::integer, paid = $5::boolean, letter = $6::bytea, "
               "version = $7::bigint + 0 / (version = $10::bigint)::int, "
               "due_at = $8::timestamptz, made_on = $9::date "
               "where centre = $1::smallint and case_number = $2::bigint and no = $3::smallint");
}

static void what_has_only_fixed_columns_is_never_changed(void **state)
{
    (void)state;
    assert_sql(PGSQL_UPDATE, &note_table, NULL);
    assert_sql(PGSQL_UPDATE, &journal_table, NULL);
    assert_sql(PGSQL_UPDATE, &command_table, NULL);
}

static void rows_are_removed_by_their_key(void **state)
{
    (void)state;
    assert_sql(PGSQL_DELETE, &note_table,
               "delete from note t using unnest($1::smallint[], $2::text[]) as u(centre, name) "
               "where t.centre = u.centre and t.name = u.name");
}

/* What grows for ever is never read whole. */
static void journals_and_keys_are_not_read_whole(void **state)
{
    (void)state;
    assert_sql(PGSQL_ALL, &journal_table, NULL);
    assert_sql(PGSQL_ALL, &command_table, NULL);
}

static void a_journal_is_read_by_pages(void **state)
{
    (void)state;
    assert_string_equal(
        "select centre, seq, epoch, type, version, case_number, at, actor, "
        "payload, hash, trace from journal where centre = $1 and seq > $2 order by seq "
        "limit $3",
        pgsql_rows(&journal_table, "where centre = $1 and seq > $2 order by seq limit $3", arena));
}

struct waiting_row {
    struct note_row note;
    int64_t visits;
    int64_t first_ms;
};
static const struct column waiting_columns[] = {
    COLUMN_AS(waiting_row, visits, "count(*)", I64, 0),
    COLUMN_AS(waiting_row, first_ms, "min(due_at)", TIME, 0),
};

/* What is no table selects its own columns, behind those of a table that it has whole. */
static void a_shape_selects_what_its_columns_are_called(void **state)
{
    static const struct shape alone = SHAPE(waiting_row, waiting_columns),
                              behind = SHAPE_WITH(&note_table, waiting_row, waiting_columns);
    const struct shape only = table_shape(&note_table);

    (void)state;
    assert_string_equal("select count(*), min(due_at) from visit where no = $1",
                        pgsql_select(&alone, "from visit where no = $1", arena));
    assert_string_equal("select centre, name, text, count(*), min(due_at) from visit, note",
                        pgsql_select(&behind, "from visit, note", arena));
    assert_string_equal("select centre, name, text from latest",
                        pgsql_select(&only, "from latest", arena));
}

static void the_guard_is_found_or_there_is_none(void **state)
{
    (void)state;
    assert_string_equal("version", visit_table.columns[table_guard_column(&visit_table)].name);
    assert_string_equal("seq",
                        journal_head_table.columns[table_guard_column(&journal_head_table)].name);
    assert_int_equal(-1, table_guard_column(&note_table));
}

/* ---- parameters as PostgreSQL's receive functions read them */

static void an_array_is_its_head_and_each_element_behind_its_length(void **state)
{
    struct note_row a = {.centre = 1, .name = "ab"}, b = {.centre = -2, .name = ""};
    void *rows[] = {&a, &b};
    struct bytes numbers = pgform_array(&note_columns[0], rows, 2, arena);
    struct bytes names = pgform_array(&note_columns[1], rows, 2, arena);
    struct bytes texts = pgform_array(&note_columns[2], rows, 1, arena);

    (void)state;
    assert_int_equal(32, numbers.len);
    assert_memory_equal("\0\0\0\1\0\0\0\1\0\0\0\x15\0\0\0\2\0\0\0\1"
                        "\0\0\0\2\0\1\0\0\0\2\xff\xfe",
                        numbers.data, 32);
    assert_int_equal(30, names.len);
    assert_memory_equal("\0\0\0\2ab\0\0\0\0", names.data + 20, 10);
    assert_int_equal(24, texts.len);
    assert_memory_equal("\xff\xff\xff\xff", texts.data + 20, 4); /* null */
}

static void instants_and_days_are_counted_from_the_year_2000(void **state)
{
    struct visit_row row = {.due_ms = 946684800000 + 1, .made_day = 10957 - 1};
    void *rows[] = {&row};

    (void)state;
    struct bytes due = pgform_array(&visit_columns[9], rows, 1, arena);
    assert_memory_equal("\0\0\0\x08\0\0\0\0\0\0\x03\xe8", due.data + 20, 12);
    struct bytes made = pgform_array(&visit_columns[10], rows, 1, arena);
    assert_memory_equal("\0\0\0\4\xff\xff\xff\xff", made.data + 20, 8);
    row.due_ms = 0;
    assert_memory_equal("\xff\xff\xff\xff",
                        pgform_array(&visit_columns[9], rows, 1, arena).data + 20, 4);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(a_whole_table_is_read_in_key_order),
        TEST(rows_are_loaded_by_their_group),
        TEST(due_rows_come_with_the_first_that_is_not_yet),
        TEST(a_walk_goes_on_behind_a_key),
        TEST(open_rows_come_in_key_order_after_a_key),
        TEST(owned_rows_are_those_of_one_owner),
        TEST(rows_are_added_with_every_column),
        TEST(changes_leave_out_what_is_fixed_and_check_the_guard),
        TEST(what_has_only_fixed_columns_is_never_changed),
        TEST(rows_are_removed_by_their_key),
        TEST(journals_and_keys_are_not_read_whole),
        TEST(a_journal_is_read_by_pages),
        TEST(a_shape_selects_what_its_columns_are_called),
        TEST(the_guard_is_found_or_there_is_none),
        TEST(an_array_is_its_head_and_each_element_behind_its_length),
        TEST(instants_and_days_are_counted_from_the_year_2000),
    };
    return cmocka_run_group_tests_name("pgsql", tests, NULL, NULL);
}
