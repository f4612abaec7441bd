/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgread.h"

#include <stdio.h>

#include "common/base/panic.h"
#include "common/postgres/pgform.h"
#include "common/postgres/pgsql.h"
#include "common/values/log.h"

enum { NAME_BYTES = 16, SQL_BYTES = 1 << 20 };

/* What is asked: of a table or as a shape, one of which is null. */
struct question {
    const struct table *table;
    const struct shape *shape;
    const char *sql;
    struct params params;
};

/* ---- statements */

static const char *text_of(const struct question *question, struct arena *arena)
{
    if (question->table == NULL)
        return pgsql_select(question->shape, question->sql, arena);
    return question->sql == NULL ? pgsql_statement(PGSQL_ALL, question->table, arena)
                                 : pgsql_rows(question->table, question->sql, arena);
}

/* With the types of its parameters, so that binary values mean what they are. */
static enum status prepare(struct pgread *read, const char *name, const struct question *question)
{
    Oid types[PG_PARAMS_MAX];
    struct arena *arena = arena_new(SQL_BYTES);
    const char *sql = text_of(question, arena);
    must(sql != NULL && question->params.n <= PG_PARAMS_MAX);
    for (int i = 0; i < question->params.n; i++)
        types[i] = (Oid)pgform_oid(question->params.list[i].type);
    enum status status = pg_prepare(read->pg, name, sql, types, question->params.n);
    arena_free(&arena);
    return status;
}

/* The prepared name; the statement is prepared if it is new. */
static enum status name_of(struct pgread *read, const struct question *question,
                           char name[NAME_BYTES])
{
    const void *description =
        question->table != NULL ? (const void *)question->table : (const void *)question->shape;
    int i = 0;
    while (i < read->n_known &&
           (read->known[i].description != description || read->known[i].sql != question->sql))
        i++;
    snprintf(name, NAME_BYTES, "read_%d", i);
    if (i < read->n_known)
        return STATUS_OK;
    must(i < PGREAD_STATEMENTS_MAX);
    enum status status = prepare(read, name, question);
    if (status == STATUS_OK) {
        read->known[i].description = description;
        read->known[i].sql = question->sql;
        read->n_known++;
    }
    return status;
}

/* ---- rows */

static int own_columns_from(const struct shape *shape)
{
    return shape->whole == NULL ? 0 : shape->whole->n_columns;
}

void pgread_take(const PGresult *result, int row, const struct shape *shape, void *into,
                 struct arena *arena)
{
    int first = own_columns_from(shape);
    if (first > 0)
        pgform_fields(result, row, 0, shape->whole->columns, first, into, arena);
    pgform_fields(result, row, first, shape->columns, shape->n_columns, into, arena);
}

bool pgread_fits(const PGresult *result, const struct shape *shape)
{
    int first = own_columns_from(shape), n = first + shape->n_columns;
    for (int i = 0; i < n; i++) {
        const struct column *column =
            i < first ? &shape->whole->columns[i] : &shape->columns[i - first];
        if (PQftype(result, i) == (Oid)pgform_oid(column->type))
            continue;
        log_error(0, "database.column", "%s is not %s", column->name, pgform_type(column->type));
        return false;
    }
    return true;
}

static void take_all(const PGresult *result, const struct shape *shape, struct arena *arena,
                     void **rows, size_t *n)
{
    *n = (size_t)PQntuples(result);
    char *all = *rows = arena_alloc(arena, shape->row_size * (*n + 1));
    for (size_t i = 0; i < *n; i++)
        pgread_take(result, (int)i, shape, all + i * shape->row_size, arena);
}

static enum status answer(struct pgread *read, const struct question *question, struct arena *arena,
                          void **rows, size_t *n)
{
    char name[NAME_BYTES];
    PGresult *result = NULL;
    struct pg_params params = {.n = 0};
    const struct shape shape =
        question->table == NULL ? *question->shape : table_shape(question->table);
    enum status status = name_of(read, question, name);
    if (status != STATUS_OK)
        return status;
    pgform_params(&params, question->params, arena);
    status = pg_run(read->pg, name, &params, &result);
    if (status != STATUS_OK)
        log_error(0, "query.failed", "%s: %s",
                  question->sql == NULL ? question->table->name : question->sql,
                  PQerrorMessage(read->pg->conn));
    else if (!pgread_fits(result, &shape))
        status = STATUS_FAILED;
    else
        take_all(result, &shape, arena, rows, n);
    PQclear(result);
    return status;
}

enum status pgread_every(struct pgread *read, const struct table *table, int16_t centre,
                         struct arena *arena, void **rows, size_t *n)
{
    const struct question question = {.table = table, .params = PARAMS(P_I16(centre))};
    return answer(read, &question, arena, rows, n);
}

enum status pgread_rows(struct pgread *read, const struct table *table, const char *sql,
                        struct params params, struct arena *arena, void **rows, size_t *n)
{
    const struct question question = {.table = table, .sql = sql, .params = params};
    return answer(read, &question, arena, rows, n);
}

enum status pgread_select(struct pgread *read, const struct shape *shape, const char *sql,
                          struct params params, struct arena *arena, void **rows, size_t *n)
{
    const struct question question = {.shape = shape, .sql = sql, .params = params};
    return answer(read, &question, arena, rows, n);
}
