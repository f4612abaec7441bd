/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgform.h"
#include "common/postgres/pgread.h"
#include "common/values/log.h"

enum status statement_connect(struct people_store *store)
{
    bool lost = store->pg.conn != NULL && PQstatus(store->pg.conn) != CONNECTION_OK;
    if (lost && store->in_transaction)
        return STATUS_LOST; /* what the transaction did is lost with it */
    if (lost)
        pg_close(&store->pg);
    if (store->pg.conn != NULL)
        return STATUS_OK;
    store->read = (struct pgread){.pg = &store->pg}; /* a new session has no statements */
    store->n_changes = 0;
    return pg_open(&store->pg, store->config, "gateway", true);
}

enum { NAME_BYTES = 24 };

/* ---- reading */

enum status statement_rows(struct people_store *store, const struct shape *shape, const char *sql,
                           struct params params, struct arena *arena, void **rows, size_t *n)
{
    *n = 0;
    enum status status = statement_connect(store);
    return status == STATUS_OK ? pgread_select(&store->read, shape, sql, params, arena, rows, n)
                               : status;
}

enum status statement_row(struct people_store *store, const struct shape *shape, const char *sql,
                          struct params params, struct arena *arena, void *row)
{
    void *rows;
    size_t n;
    enum status status = statement_rows(store, shape, sql, params, arena, &rows, &n);
    if (status == STATUS_OK && n == 0)
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        memcpy(row, rows, shape->row_size);
    return status;
}

/* ---- changing */

static enum status prepare(struct people_store *store, const char *sql, struct params params,
                           char name[NAME_BYTES])
{
    Oid types[PG_PARAMS_MAX];
    int i = 0;
    while (i < store->n_changes && store->changes[i] != sql)
        i++;
    snprintf(name, NAME_BYTES, "change_%d", i);
    if (i < store->n_changes)
        return STATUS_OK;
    must(i < STORE_CHANGES_MAX && params.n <= PG_PARAMS_MAX);
    for (int p = 0; p < params.n; p++)
        types[p] = (Oid)pgform_oid(params.list[p].type);
    enum status status = pg_prepare(&store->pg, name, sql, types, params.n);
    if (status == STATUS_OK)
        store->changes[store->n_changes++] = sql;
    return status;
}

/* The result is to be cleared whatever the status. */
static enum status run(struct people_store *store, const char *sql, struct params params,
                       struct arena *arena, PGresult **result)
{
    char name[NAME_BYTES];
    struct pg_params values = {.n = 0};
    *result = NULL;
    enum status status = statement_connect(store);
    if (status == STATUS_OK)
        status = prepare(store, sql, params, name);
    if (status != STATUS_OK)
        return status;
    pgform_params(&values, params, arena);
    status = pg_run(&store->pg, name, &values, result);
    if (status != STATUS_OK)
        log_error(0, "people.database", "%.200s", PQerrorMessage(store->pg.conn));
    else if (atoi(PQcmdTuples(*result)) == 0)
        status = STATUS_NOT_FOUND;
    return status;
}

enum status statement_change_row(struct people_store *store, const struct shape *shape,
                                 const char *sql, struct params params, struct arena *arena,
                                 void *row)
{
    PGresult *result;
    enum status status = run(store, sql, params, arena, &result);
    if (status == STATUS_OK && !pgread_fits(result, shape))
        status = STATUS_FAILED;
    if (status == STATUS_OK)
        pgread_take(result, 0, shape, memset(row, 0, shape->row_size), arena);
    PQclear(result);
    return status;
}

enum status statement_change(struct people_store *store, const char *sql, struct params params)
{
    PGresult *result;
    struct arena *arena = arena_new_small(STORE_PARAMS_BYTES);
    enum status status = run(store, sql, params, arena, &result);
    PQclear(result);
    arena_free(&arena);
    return status;
}

enum status statement_allow_none(enum status status)
{
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
