/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgsave.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/panic.h"
#include "common/postgres/pgform.h"
#include "common/postgres/pgsql.h"
#include "common/rows/rowset.h"
#include "common/values/day.h"

enum { STATEMENTS_MAX = 256, NAME_BYTES = 80, DAY_MS = 86400000 };

/* ---- statements */

enum status pgsave_open(struct pgsave *pgsave, struct pg *pg, const char *schema)
{
    *pgsave = (struct pgsave){.pg = pg, .schema = schema};
    pgsave->month = -1;
    return pg_prepare(
        pg, "journal_month",
        "select hall.journal_month($1::text, ($2::timestamptz at time zone 'UTC')::date)", NULL, 0);
}

enum status pgsave_prepare(struct pgsave *pgsave, const struct table *table)
{
    must(pgsave->n_tables < PGSAVE_TABLES_MAX);
    pgsave->tables[pgsave->n_tables] = table;
    enum status status = pgrecord_read(pgsave->pg, table, &pgsave->records[pgsave->n_tables++]);
    return status == STATUS_OK ? pgsql_prepare(pgsave->pg, table, PGSQL_INSERT, PGSQL_DELETE)
                               : status;
}

/* ---- saving a turn */

struct saving {
    struct pgsave *pgsave;
    struct turn *turn;
    int expected[STATEMENTS_MAX]; /* rows each statement must touch; -1: not counted */
    int n;
    bool short_of; /* a statement touched fewer */
};

static enum status send_change(struct saving *saving, const char *prepared,
                               const struct pg_params *params, int rows)
{
    must(saving->n < STATEMENTS_MAX);
    saving->expected[saving->n++] = rows;
    return pg_send(saving->pgsave->pg, prepared, params);
}

/* The rows of a set in one state, and the guards they were loaded with. */
static int pick(struct saving *saving, const struct rowset *set, enum row_state state, void ***rows,
                int64_t **guards)
{
    int n = 0;
    *rows = ARENA_ARRAY(saving->turn->arena, void *, set->n_rows);
    *guards = ARENA_ARRAY(saving->turn->arena, int64_t, set->n_rows);
    for (size_t i = 0; i < set->n_rows; i++)
        if (set->rows[i]->state == state) {
            (*guards)[n] = set->rows[i]->guard;
            (*rows)[n++] = set->rows[i]->data;
        }
    return n;
}

static const struct pgrecord *record_of(const struct pgsave *pgsave, const struct table *table)
{
    for (int i = 0; i < pgsave->n_tables; i++)
        if (pgsave->tables[i] == table)
            return &pgsave->records[i];
    panic("%s was not looked up", table->name);
}

static enum status change_guarded(struct saving *saving, const struct table *table, const void *row,
                                  int64_t guard)
{
    char name[NAME_BYTES];
    struct arena *arena = saving->turn->arena;
    struct pg_params params = {.n = 0};
    for (int c = 0; c < table->n_columns; c++)
        if ((table->columns[c].flags & COLUMN_KEY) != 0 ||
            (table->columns[c].flags & COLUMN_FIXED) == 0)
            pg_param(&params, pgform_value(&table->columns[c], row, arena));
    pgform_params(&params, PARAMS(P_I64(guard)), arena);
    snprintf(name, sizeof name, "update_%s", table->name);
    return send_change(saving, name, &params, 1);
}

static void key_arrays(struct saving *saving, const struct table *table, void *const *rows, int n,
                       struct pg_params *params)
{
    for (int c = 0; c < table_key_columns(table); c++)
        pg_param(params, pgform_array(&table->columns[c], rows, n, saving->turn->arena));
}

static enum status change_each_guarded(struct saving *saving, const struct table *table,
                                       void **rows, const int64_t *guards, int n)
{
    enum status status = STATUS_OK;
    for (int i = 0; i < n && status == STATUS_OK; i++)
        status = change_guarded(saving, table, rows[i], guards[i]);
    return status;
}

static enum status save_kind(struct saving *saving, const struct rowset *set, enum row_state state)
{
    static const enum pgsql_verb verbs[] = {
        [ROW_ADDED] = PGSQL_INSERT, [ROW_CHANGED] = PGSQL_UPDATE, [ROW_REMOVED] = PGSQL_DELETE};
    const struct table *table = set->table;
    void **rows;
    int64_t *guards;
    char name[NAME_BYTES];
    struct pg_params params = {.n = 0};
    int n = pick(saving, set, state, &rows, &guards);
    if (n == 0)
        return STATUS_OK;
    if (state == ROW_CHANGED && table_guard_column(table) >= 0)
        return change_each_guarded(saving, table, rows, guards, n);
    if (state == ROW_REMOVED)
        key_arrays(saving, table, rows, n, &params);
    else
        pg_param(&params,
                 pgrecord_array(record_of(saving->pgsave, table), rows, n,
                                state == ROW_CHANGED ? COLUMN_FIXED : 0, saving->turn->arena));
    snprintf(name, sizeof name, "%s_%s", pgsql_verbs[verbs[state]], table->name);
    return send_change(saving, name, &params, n);
}

/* Months since the year 0, of the date in UTC. */
static int64_t month_of(int64_t ms)
{
    int64_t days = (ms >= 0 ? ms : ms - (DAY_MS - 1)) / DAY_MS;
    struct ymd date = day_to_ymd((struct day){(int32_t)days});
    return date.year * 12 + date.month - 1;
}

/* A journal is partitioned by month: the month's partition is made in the transaction that first
 * needs it. */
static enum status send_month(struct saving *saving)
{
    const struct pgsave *pgsave = saving->pgsave;
    struct pg_params params = {.n = 0};
    if (pgsave->month == month_of(saving->turn->now_ms))
        return STATUS_OK;
    pgform_params(&params, PARAMS(P_TEXT(pgsave->schema), P_TIME(saving->turn->now_ms)),
                  saving->turn->arena);
    return send_change(saving, "journal_month", &params, -1);
}

static void count_rows(void *context, int index, PGresult *result)
{
    struct saving *saving = context;
    if (index < saving->n && saving->expected[index] >= 0 &&
        atoi(PQcmdTuples(result)) != saving->expected[index])
        saving->short_of = true;
}

static enum status send_changes(struct saving *saving)
{
    static const enum row_state order[] = {ROW_REMOVED, ROW_CHANGED, ROW_ADDED};
    enum status status = STATUS_OK;
    for (struct rowset *set = saving->turn->sets; set->table != NULL; set++)
        for (int i = 0; i < 3 && status == STATUS_OK; i++)
            status = save_kind(saving, set, order[i]);
    return status;
}

enum status pgsave_turn(struct pgsave *pgsave, struct turn *turn)
{
    struct saving saving = {.pgsave = pgsave, .turn = turn};
    enum status status = turn->n_said > 0 ? send_month(&saving) : STATUS_OK;
    if (status == STATUS_OK)
        status = send_changes(&saving);
    if (status != STATUS_OK || saving.n == 0)
        return status;
    status = pg_sync(pgsave->pg, count_rows, &saving);
    /* Only the writer changes rows. If a row that it loaded is gone, somebody else has written, or
     * there is a bug. */
    if (status == STATUS_OK && saving.short_of)
        panic("%s: a statement touched fewer rows than the batch changed", pgsave->schema);
    if (status == STATUS_OK && turn->n_said > 0)
        pgsave->month = month_of(turn->now_ms);
    return status;
}
