/* SPDX-License-Identifier: Apache-2.0 */
/* The tables' descriptions and the schemas say the same: what every service reads and writes by its
 * descriptions is held against the database's own catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/postgres/pgform.h"
#include "common/postgres/pgread.h"
#include "common/postgres/pgsql.h"
#include "common/rows/corridor.h"
#include "common/rows/declare.h"
#include "services/charging/charging.h"
#include "services/intake/intake.h"
#include "services/reporting/reporting.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"
#include "tests/system/hall.h"

enum { DIFFERENCE_BYTES = 200 };

static const struct service *const services[] = {&intake_service,    &routing_service,
                                                 &charging_service,  &supervision_service,
                                                 &reporting_service, NULL};

static struct hall hall;
static PGconn *admin;
static struct pg pg;
static struct pgread pgread;
static struct arena *arena;

/* ---- the catalogue */

struct attribute_row {
    const char *name;
    int32_t type;
    bool not_null;
    int32_t key;      /* place in the primary key, from 1; 0: not part of it */
    bool partitioned; /* then its key also holds what it is partitioned by */
    bool due_indexed; /* an index begins with the centre and this column */
};

static const struct column attribute_columns[] = {
    COLUMN_AS(attribute_row, name, "a.attname::text", TEXT, 0),
    COLUMN_AS(attribute_row, type, "a.atttypid::int", I32, 0),
    COLUMN_AS(attribute_row, not_null, "a.attnotnull", BOOL, 0),
    COLUMN_AS(attribute_row, key, "coalesce(array_position(k.indkey::int2[], a.attnum) + 1, 0)",
              I32, 0),
    COLUMN_AS(attribute_row, partitioned, "t.relkind = 'p'", BOOL, 0),
    COLUMN_AS(attribute_row, due_indexed,
              "exists (select from pg_index i join pg_attribute c on c.attrelid = i.indrelid"
              " and c.attnum = i.indkey[0] where i.indrelid = t.oid and c.attname = 'centre'"
              " and i.indkey[1] = a.attnum)",
              BOOL, 0),
};
static const struct shape attribute_shape = SHAPE(attribute_row, attribute_columns);

static const struct attribute_row *read_attributes(const char *schema, const char *table, size_t *n)
{
    struct attribute_row *rows;
    char name[100];
    snprintf(name, sizeof name, "%s.%s", schema, table);
    assert_int_equal(
        STATUS_OK,
        pgread_select(&pgread, &attribute_shape,
                      "from pg_class t join pg_attribute a on a.attrelid = t.oid"
                      " left join pg_index k on k.indrelid = t.oid and k.indisprimary"
                      " where t.oid = to_regclass($1) and a.attnum > 0 and not a.attisdropped"
                      " order by a.attnum",
                      PARAMS(P_TEXT(name)), arena, (void **)&rows, n));
    return rows;
}

/* ---- the comparison: null, or the first difference in words */

static const struct attribute_row *named(const struct attribute_row *rows, size_t n,
                                         const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

/* In C a null is a null pointer, the instant 0 or the day 0. A null anywhere else would be read as
 * a 0 that means something. */
static bool holds_null(enum column_type type)
{
    return type == COLUMN_TEXT || type == COLUMN_BYTES || type == COLUMN_TIME || type == COLUMN_DAY;
}

static const char *compare_column(const struct table *table, int index,
                                  const struct attribute_row *row)
{
    const struct column *column = &table->columns[index];
    int n_key = table_key_columns(table), key = index < n_key ? index + 1 : 0;
    if (row == NULL)
        return "is no column";
    if (row->type != pgform_oid(column->type))
        return "is of another type";
    if (!row->not_null && !holds_null(column->type))
        return "may be null";
    if (row->key != key && !(row->partitioned && key == 0 && row->key > n_key))
        return "has another place in the primary key";
    if ((column->flags & COLUMN_DUE) != 0 && !row->due_indexed)
        return "is looked for by time, and has no index for it";
    return NULL;
}

static const char *compare(const char *schema, const struct table *table,
                           char difference[DIFFERENCE_BYTES])
{
    size_t n;
    const struct attribute_row *rows = read_attributes(schema, table->name, &n);
    for (int i = 0; i < table->n_columns; i++) {
        const char *name = table->columns[i].name;
        const char *what = compare_column(table, i, named(rows, n, name));
        if (what == NULL)
            continue;
        snprintf(difference, DIFFERENCE_BYTES, "%s.%s: %s %s", schema, table->name, name, what);
        return difference;
    }
    if (n == (size_t)table->n_columns)
        return NULL;
    snprintf(difference, DIFFERENCE_BYTES, "%s.%s has columns that are not described", schema,
             table->name);
    return difference;
}

static int compare_all(const char *schema, const struct table *const *tables)
{
    char difference[DIFFERENCE_BYTES];
    int n = 0;
    for (; *tables != NULL; tables++, n++)
        if (compare(schema, *tables, difference) != NULL)
            fail_msg("%s", difference);
    return n;
}

static void every_table_is_as_it_is_described(void **state)
{
    (void)state;
    for (int i = 0; services[i] != NULL; i++) {
        assert_true(compare_all(services[i]->name, services[i]->tables) > 0);
        assert_int_equal(8, compare_all(services[i]->name, corridor_tables));
    }
}

/* What is described twice, in C and in SQL, covers all tables that a service has, but for the
 * numbers that a restore left out, which no service reads. */
static void every_table_of_a_service_is_described(void **state)
{
    (void)state;
    for (int i = 0; services[i] != NULL; i++) {
        char sql[300];
        int64_t described = 0;
        for (int k = 0; services[i]->tables[k] != NULL; k++)
            described++;
        snprintf(sql, sizeof sql,
                 "select count(*) from pg_class where relnamespace = '%s'::regnamespace"
                 " and relkind in ('r', 'p') and not relispartition and relname <> 'skipped'",
                 services[i]->name);
        assert_int_equal(described + 8, hall_number(admin, sql));
    }
}

/* ---- and a difference is noticed */

struct sample_row {
    int16_t centre;
    int64_t number;
    const char *name;
    int64_t due_ms;
    int32_t visits;
};

#define SAMPLE(list) TABLE("sample", sample_row, list, 1)
#define CENTRE       COLUMN(sample_row, centre, I16, COLUMN_KEY)
#define NUMBER       COLUMN(sample_row, number, I64, COLUMN_KEY)
#define NAME         COLUMN(sample_row, name, TEXT, 0)
#define DUE          COLUMN_AS(sample_row, due_ms, "due_at", TIME, 0)

static const struct column
    as_it_is[] = {CENTRE, NUMBER, NAME, DUE},
    misspelt[] = {CENTRE, NUMBER, COLUMN_AS(sample_row, name, "nam", TEXT, 0), DUE},
    of_another_type[] = {CENTRE, COLUMN_AS(sample_row, visits, "number", I32, COLUMN_KEY), NAME,
                         DUE},
    not_all[] = {CENTRE, NUMBER, NAME},
    keyed_otherwise[] = {CENTRE, COLUMN(sample_row, number, I64, 0), NAME, DUE},
    due_without_index[] = {CENTRE, NUMBER, NAME,
                           COLUMN_AS(sample_row, due_ms, "due_at", TIME, COLUMN_DUE)},
    more[] = {CENTRE, NUMBER, NAME, DUE, COLUMN(sample_row, visits, I32, 0)};

static const struct {
    struct table table;
    const char *difference; /* null: there is none */
} drifts[] = {
    {SAMPLE(as_it_is), NULL},
    {SAMPLE(misspelt), "drift.sample: nam is no column"},
    {SAMPLE(of_another_type), "drift.sample: number is of another type"},
    {SAMPLE(not_all), "drift.sample has columns that are not described"},
    {SAMPLE(keyed_otherwise), "drift.sample: number has another place in the primary key"},
    {SAMPLE(due_without_index),
     "drift.sample: due_at is looked for by time, and has no index for it"},
};

static void assert_difference(const char *expected, const struct table *table)
{
    char difference[DIFFERENCE_BYTES];
    const char *found = compare("drift", table, difference);
    if (expected == NULL)
        assert_null(found);
    else
        assert_string_equal(expected, found);
}

static void a_difference_is_noticed(void **state)
{
    static const struct table wide = SAMPLE(more);

    (void)state;
    hall_do(admin, "create schema drift");
    hall_do(admin, "create table drift.sample (centre smallint, number bigint, name text, "
                   "due_at timestamptz, primary key (centre, number))");
    for (size_t i = 0; i < sizeof drifts / sizeof drifts[0]; i++)
        assert_difference(drifts[i].difference, &drifts[i].table);
    hall_do(admin, "alter table drift.sample add visits integer");
    assert_difference("drift.sample: visits may be null", &wide);
    hall_do(admin, "alter table drift.sample alter visits set not null");
    assert_difference(NULL, &wide);
    hall_do(admin, "drop schema drift cascade");
    assert_difference("drift.sample: centre is no column", &wide);
}

/* ---- plans */

/* What the database would do, in one text of the arena. */
static const char *plan_of(const struct table *table, enum pgsql_verb verb, int params)
{
    const char *sql = pgsql_statement(verb, table, arena), *plan = "";
    hall_do(admin, arena_printf(arena, "prepare loading as %s", sql));
    sql = "explain execute loading(null";
    for (int i = 1; i < params; i++)
        sql = arena_printf(arena, "%s, null", sql);
    sql = arena_printf(arena, "%s)", sql);
    PGresult *result = PQexec(admin, sql);
    assert_int_equal(PGRES_TUPLES_OK, PQresultStatus(result));
    for (int i = 0; i < PQntuples(result); i++)
        plan = arena_printf(arena, "%s%s\n", plan, PQgetvalue(result, i, 0));
    PQclear(result);
    hall_do(admin, "deallocate loading");
    return plan;
}

static void plan_generic(void)
{
    hall_do(admin, "set plan_cache_mode = force_generic_plan; set enable_hashjoin = off;"
                   " set enable_mergejoin = off; set enable_seqscan = off");
}

/* A writer plans its statements while the tables of a new hall are empty, and keeps these plans.
 * Another index than the key's looks as cheap then, and reads the whole table later. */
static void rows_are_loaded_by_their_key(void **state)
{
    (void)state;
    plan_generic();
    for (const struct service *const *service = services; *service != NULL; service++) {
        hall_do(admin, arena_printf(arena, "set search_path = %s", (*service)->name));
        for (const struct table *const *table = (*service)->tables; *table != NULL; table++) {
            const char *plan = plan_of(*table, PGSQL_LOAD, (*table)->n_group);
            if (strstr(plan, "_pkey on ") == NULL)
                fail_msg("%s.%s: %s", (*service)->name, (*table)->name, plan);
        }
    }
}

/* A slice of a walk must not pass over all that was ever done to find what is open. */
static void open_rows_are_found_by_an_index_of_them_alone(void **state)
{
    static const struct {
        const struct service *service;
        const char *table, *index;
    } walked[] = {{&routing_service, "flow", "flow_open"},
                  {&intake_service, "cases", "cases_unanswered"},
                  {&supervision_service, "watch", "watch_pkey"}};
    (void)state;
    plan_generic();
    for (size_t i = 0; i < sizeof walked / sizeof walked[0]; i++) {
        const struct table *const *table = walked[i].service->tables;
        while (strcmp((*table)->name, walked[i].table) != 0)
            table++;
        hall_do(admin, arena_printf(arena, "set search_path = %s", walked[i].service->name));
        const char *plan = plan_of(*table, PGSQL_OPEN, table_key_columns(*table) + 1);
        if (strstr(plan, walked[i].index) == NULL || strstr(plan, "Sort  ") != NULL)
            fail_msg("%s.%s: %s", walked[i].service->name, walked[i].table, plan);
    }
}

/* ---- */

static int open_database(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_start(&hall, HALL_IDLE);
    admin = hall_connect(&hall, "admin");
    pg.conn = admin;
    pgread.pg = &pg;
    arena = arena_new(16 << 20);
    return 0;
}

static int close_database(void **state)
{
    (void)state;
    arena_free(&arena);
    PQfinish(admin);
    hall_destroy(&hall);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_is_as_it_is_described),
        cmocka_unit_test(every_table_of_a_service_is_described),
        cmocka_unit_test(a_difference_is_noticed),
        cmocka_unit_test(rows_are_loaded_by_their_key),
        cmocka_unit_test(open_rows_are_found_by_an_index_of_them_alone),
    };
    return cmocka_run_group_tests_name("schema", tests, open_database, close_database);
}
