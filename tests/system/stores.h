/* SPDX-License-Identifier: Apache-2.0 */
/* stores.h: runs the same turns on a PostgreSQL store and a memory store with the tables of
 * tests/unit/sample.h (every column type, every flag) and compares the rows. Include after
 * cmocka.h. */
#ifndef TESTS_STORES_H
#define TESTS_STORES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/postgres/pg.h"
#include "common/postgres/pgstore.h"
#include "common/rows/corridor.h"
#include "common/rows/memstore.h"
#include "common/rows/rowset.h"
#include "common/rows/said.h"
#include "common/values/day.h"
#include "tests/system/hall.h"
#include "tests/unit/sample.h"

enum { STORES = 2 };

static struct hall hall;
static PGconn *admin;
static struct pgstore *pg;
static struct memstore *mem;
static struct arena *arena;

/* The same instants everywhere: 2022-01-13 in ms UTC. */
static const int64_t TODAY_MS = 1642032000000, DAY_MS = 86400000;

/* ---- a database with the sample's tables */

static inline void make_tables(void)
{
    char command[600];
    hall_do(admin, "create role onedoor_sample");
    snprintf(command, sizeof command,
             "psql -X -q -v ON_ERROR_STOP=1 -v schema=sample -f '%s/db/common/corridor.sql' "
             "\"$(cat %s/keys/admin/conninfo)\"",
             ONEDOOR_ROOT, hall.home);
    assert_int_equal(0, system(command));
    hall_do(admin, "set search_path = sample");
    hall_do(admin, "create table visit (centre smallint, case_number bigint, no smallint, "
                   "department text, minutes integer not null, paid boolean not null, "
                   "letter bytea, ticket uuid not null, version bigint not null, "
                   "due_at timestamptz, made_on date, primary key (centre, case_number, no), "
                   "constraint minutes_are_few check (minutes < 1000000))");
    hall_do(admin, "create index on visit (centre, due_at)");
    hall_do(admin, "create table note (centre smallint, name text, text text, "
                   "primary key (centre, name))");
}

static inline int open_database(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_start(&hall, HALL_IDLE);
    admin = hall_connect(&hall, "admin");
    make_tables();
    char path[100], conninfo[1000];
    snprintf(path, sizeof path, "%s/keys/admin/conninfo", hall.home);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_non_null(fgets(conninfo, sizeof conninfo, file));
    fclose(file);
    conninfo[strcspn(conninfo, "\n")] = '\0';
    config_set(hall.config, "database", conninfo);
    return 0;
}

static inline int close_database(void **state)
{
    (void)state;
    PQfinish(admin);
    hall_destroy(&hall);
    return 0;
}

static inline int open_stores(void **state)
{
    (void)state;
    hall_do(admin, "truncate visit, note, command, journal_head, journal, cursor, parked, counter");
    arena = arena_new(256 << 20);
    mem = memstore_new(&sample_service, 1);
    assert_int_equal(STATUS_OK, pgstore_open(&pg, &sample_service, hall.config, true));
    return 0;
}

static inline int close_stores(void **state)
{
    (void)state;
    pgstore_free(&pg);
    memstore_free(&mem);
    arena_free(&arena);
    return 0;
}

static inline struct store *store_of(int i)
{
    return i == 0 ? memstore_store(mem) : pgstore_store(pg);
}

/* ---- a turn on each store */

static struct turn turns[STORES];

static inline struct visit_row visit(int64_t case_number, int16_t no)
{
    return (struct visit_row){.centre = 1, .case_number = case_number, .no = no};
}

static inline void each_turn(void (*step)(struct turn *))
{
    for (int i = 0; i < STORES; i++)
        step(&turns[i]);
}

static inline void open_turns(int64_t now_ms)
{
    for (int i = 0; i < STORES; i++) {
        turns[i] = (struct turn){
            .service = &sample_service, .arena = arena, .centre = 1, .now_ms = now_ms};
        rowset_open(&turns[i]);
    }
}

static inline void load(void)
{
    for (int i = 0; i < STORES; i++)
        assert_int_equal(STATUS_OK, store_of(i)->ops->load(store_of(i), &turns[i]));
}

static inline void save(enum status expected)
{
    for (int i = 0; i < STORES; i++)
        assert_int_equal(expected, store_of(i)->ops->save(store_of(i), &turns[i]));
}

/* Want, load, do, save. */
static inline void run(void (*need)(struct turn *), void (*work)(struct turn *),
                       enum status expected)
{
    open_turns(TODAY_MS);
    each_turn(need);
    load();
    each_turn(work);
    save(expected);
}

static inline void nothing(struct turn *turn)
{
    (void)turn;
}

/* ---- the same rows */

static inline void assert_same_rows(const struct table *table, const void *a, size_t n_a,
                                    const void *b, size_t n_b)
{
    assert_int_equal(n_a, n_b);
    for (size_t i = 0; i < n_a; i++) {
        const char *x = (const char *)a + i * table->row_size,
                   *y = (const char *)b + i * table->row_size;
        for (int c = 1; c <= table->n_columns; c++)
            if (!table_same(table, x, y, c))
                fail_msg("%s: row %zu differs in %s", table->name, i, table->columns[c - 1].name);
    }
}

/* Everything that is stored, in key order; how many. */
static inline size_t same_rows(const struct table *table)
{
    void *rows[STORES];
    size_t n[STORES];
    for (int i = 0; i < STORES; i++)
        assert_int_equal(STATUS_OK, store_all(store_of(i), table, arena, &rows[i], &n[i]));
    assert_same_rows(table, rows[0], n[0], rows[1], n[1]);
    return n[0];
}

static inline int by_key(const void *a, const void *b)
{
    return table_order(&visit_table, *(void *const *)a, *(void *const *)b);
}

/* The rows that are present in the two turns, in whatever order they came; how many. */
static inline size_t same_present(void)
{
    size_t n[STORES];
    void **rows[STORES];
    for (int i = 0; i < STORES; i++) {
        const struct rowset *set = rowset_of(&turns[i], &visit_table);
        n[i] = set->n_rows;
        rows[i] = ARENA_ARRAY(arena, void *, set->n_rows + 1);
        for (size_t k = 0; k < set->n_rows; k++)
            rows[i][k] = set->rows[k]->data;
        qsort(rows[i], n[i], sizeof(void *), by_key);
    }
    assert_int_equal(n[0], n[1]);
    for (size_t k = 0; k < n[0]; k++)
        assert_true(table_same(&visit_table, rows[0][k], rows[1][k], visit_table.n_columns));
    return n[0];
}

static inline struct visit_row *find(struct turn *turn, int64_t case_number, int16_t no)
{
    struct visit_row probe = visit(case_number, no);
    struct visit_row *row = rows_find(turn, &visit_table, &probe);
    assert_non_null(row);
    return row;
}

static inline struct visit_row *touch(struct turn *turn, int64_t case_number, int16_t no)
{
    return rows_touch(turn, &visit_table, find(turn, case_number, no));
}

static inline void want_seven(struct turn *turn)
{
    struct visit_row probe = visit(7, 0);
    rows_want(turn, &visit_table, &probe);
}

#endif
