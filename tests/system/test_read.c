/* SPDX-License-Identifier: Apache-2.0 */
/* Rows read by their descriptions, with typed parameters; and what a reader does after a statement
 * has failed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/reader.h"
#include "tests/system/stores.h"

static const unsigned char ticket[16] = "0123456789abcdef";

static struct visit_row full_visit(void)
{
    struct visit_row row = visit(7, 1);
    row.department = "一门";
    row.minutes = -3;
    row.paid = true;
    row.letter = (struct bytes){(const unsigned char *)"a\0b", 3};
    memcpy(row.ticket, ticket, sizeof row.ticket);
    row.version = INT64_MAX;
    row.due_ms = TODAY_MS + 1;
    row.made_day = -1;
    return row;
}

static void add_visits(struct turn *turn)
{
    struct visit_row full = full_visit(), empty = visit(7, 2);
    rows_add(turn, &visit_table, &full);
    rows_add(turn, &visit_table, &empty);
}

static int open_visits(void **state)
{
    open_stores(state);
    run(nothing, add_visits, STATUS_OK);
    return 0;
}

static struct reader reader_of_store(void)
{
    return (struct reader){.arena = arena, .centre = 1, .read = pgstore_read(pg)};
}

/* ---- rows */

static void a_table_is_read_into_its_struct(void **state)
{
    struct reader reader = reader_of_store();
    const struct visit_row expected[] = {full_visit(), visit(7, 2)};
    size_t n;

    (void)state;
    const struct visit_row *rows =
        reader_rows(&reader, &visit_table, "where centre = $1 and case_number = $2 order by no",
                    PARAMS(P_I16(1), P_I64(7)), &n);
    assert_same_rows(&visit_table, expected, 2, rows, n);
    assert_null(rows[1].department);
    assert_null(reader_row(&reader, &visit_table, "where centre = $1 and no > $2",
                           PARAMS(P_I16(1), P_I16(2))));
    assert_int_equal(STATUS_OK, reader.status);
}

struct beside_row {
    struct visit_row visit;
    const char *words;
    int64_t of_case;
};
static const struct column beside_columns[] = {
    COLUMN_AS(beside_row, words, "'no ' || no", TEXT, 0),
    COLUMN_AS(beside_row, of_case, "count(*) over (partition by case_number)", I64, 0),
};
static const struct shape beside_shape = SHAPE_WITH(&visit_table, beside_row, beside_columns),
                          visits_shape = SHAPE(beside_row, beside_columns);

static void a_shape_is_read_behind_a_whole_table_or_alone(void **state)
{
    struct reader reader = reader_of_store();
    struct visit_row expected = full_visit();
    size_t n;

    (void)state;
    const struct beside_row *rows = reader_select(
        &reader, &beside_shape, "from visit where centre = $1 order by no", PARAMS(P_I16(1)), &n);
    assert_int_equal(2, n);
    assert_same_rows(&visit_table, &expected, 1, &rows[0].visit, 1);
    assert_string_equal("no 2", rows[1].words);
    assert_int_equal(2, rows[1].of_case);
    rows = reader_select(&reader, &visits_shape, "from visit where centre = $1 order by no",
                         PARAMS(P_I16(1)), &n);
    assert_int_equal(2, n);
    assert_string_equal("no 1", rows[0].words);
    assert_int_equal(0, rows[0].visit.case_number);
}

static void what_counts_gives_a_row_also_of_nothing(void **state)
{
    static const struct column columns[] = {
        COLUMN_AS(beside_row, of_case, "sum(minutes)::bigint", I64, 0)};
    static const struct shape shape = SHAPE(beside_row, columns);
    struct reader reader = reader_of_store();

    (void)state;
    assert_int_equal(2, reader_count(&reader, "from visit where centre = $1", PARAMS(P_I16(1))));
    assert_int_equal(0, reader_count(&reader, "from visit where centre = $1", PARAMS(P_I16(2))));
    const struct beside_row *sum =
        reader_total(&reader, &shape, "from visit where centre = $1", PARAMS(P_I16(2)));
    assert_int_equal(0, sum->of_case);
}

/* ---- parameters */

static void parameters_of_every_type_arrive_as_they_are(void **state)
{
    struct reader reader = reader_of_store();
    const struct visit_row row = full_visit();

    (void)state;
    assert_int_equal(1,
                     reader_count(&reader,
                                  "from visit where centre = $1 and minutes = $2 and"
                                  " version = $3 and paid = $4 and department = $5 and"
                                  " letter = $6 and due_at = $7 and made_on = $8",
                                  PARAMS(P_I16(1), P_I32(row.minutes), P_I64(row.version),
                                         P_BOOL(true), P_TEXT(row.department), P_BYTES(row.letter),
                                         P_TIME(row.due_ms), P_DAY(row.made_day))));
    assert_int_equal(2, reader_count(&reader,
                                     "from visit where $1 is null and $2 is null and $3 is null"
                                     " and $4 is null and not $5",
                                     PARAMS(P_TEXT(NULL), P_TIME(0), P_DAY(0),
                                            P_BYTES(((struct bytes){NULL, 0})), P_BOOL(false))));
}

static void a_statement_is_prepared_once(void **state)
{
    struct reader reader = reader_of_store();

    (void)state;
    const char *prepared = "select count(*) from pg_prepared_statements where name ~ '^read_'";
    assert_int_equal(2, reader_count(&reader, "from visit where centre = $1", PARAMS(P_I16(1))));
    int64_t before = hall_number(pgstore_read(pg)->pg->conn, prepared);
    for (int16_t no = 1; no <= 3; no++)
        assert_int_equal(no <= 2, reader_count(&reader, "from visit where centre = $1 and no = $2",
                                               PARAMS(P_I16(1), P_I16(no))));
    assert_int_equal(before + 1, hall_number(pgstore_read(pg)->pg->conn, prepared));
}

/* ---- failures */

static void assert_fails(enum status expected, const struct shape *shape, const char *from,
                         struct params params)
{
    struct reader reader = reader_of_store();
    size_t n;

    assert_null(reader_select(&reader, shape, from, params, &n));
    assert_int_equal(0, n);
    assert_int_equal(expected, reader.status);
    assert_int_equal(0, reader_count(&reader, "from visit where centre = $1", PARAMS(P_I16(1))));
    assert_int_equal(expected, reader.status);
    reader.status = STATUS_OK; /* as the next request begins */
    assert_int_equal(2, reader_count(&reader, "from visit where centre = $1", PARAMS(P_I16(1))));
}

static void after_a_failure_a_request_finds_nothing_and_the_next_one_does(void **state)
{
    static const struct column columns[] = {
        COLUMN_AS(beside_row, of_case, "sum(version)", I64, 0)}; /* is numeric */
    static const struct shape shape = SHAPE(beside_row, columns);

    (void)state;
    assert_fails(STATUS_FAILED, &visits_shape, "from nothing", NO_PARAMS);
    assert_fails(STATUS_FAILED, &shape, "from visit", NO_PARAMS);
    assert_fails(STATUS_UNSAVEABLE, &visits_shape, "from visit where (minutes + $1) / 1 > 0",
                 PARAMS(P_I32(INT32_MIN)));
}

static void an_instant_that_is_none_is_refused(void **state)
{
    static const int64_t instants[] = {INT64_MAX, INT64_MIN, INT64_MAX / 1000 + 946684800000};

    (void)state;
    for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++)
        assert_fails(STATUS_UNSAVEABLE, &visits_shape, "from visit where due_at < $1",
                     PARAMS(P_TIME(instants[i])));
}

static void a_lost_connection_is_told_as_such(void **state)
{
    struct reader reader = reader_of_store();

    (void)state;
    hall_number(admin, "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity "
                       "where application_name = 'sample'");
    assert_int_equal(0, reader_count(&reader, "from visit where centre = $1", PARAMS(P_I16(1))));
    assert_int_equal(STATUS_LOST, reader.status);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_visits, close_stores)
    const struct CMUnitTest tests[] = {
        TEST(a_table_is_read_into_its_struct),
        TEST(a_shape_is_read_behind_a_whole_table_or_alone),
        TEST(what_counts_gives_a_row_also_of_nothing),
        TEST(parameters_of_every_type_arrive_as_they_are),
        TEST(a_statement_is_prepared_once),
        TEST(after_a_failure_a_request_finds_nothing_and_the_next_one_does),
        TEST(an_instant_that_is_none_is_refused),
        TEST(a_lost_connection_is_told_as_such),
    };
    return cmocka_run_group_tests_name("read", tests, open_database, close_database);
}
