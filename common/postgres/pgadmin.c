/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgadmin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/postgres/pgform.h"
#include "common/postgres/pgread.h"
#include "common/postgres/pgsql.h"

enum {
    PAGE_BYTES = 256 << 20,
    SQL_BYTES = 1 << 20,
    PARAMS_BYTES = 1 << 16,
    CONNINFO_BYTES = 2000,
};

static _Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "onedoor: %s: %s\n", what, why);
    exit(1);
}

/* ---- connect */

static void read_conninfo(const struct config *config, const char *name,
                          char conninfo[CONNINFO_BYTES])
{
    char path[4200];
    snprintf(path, sizeof path, "%s/keys/%s/conninfo", config_text(config, "home"), name);
    FILE *file = fopen(path, "re");
    if (file == NULL || fgets(conninfo, CONNINFO_BYTES, file) == NULL)
        give_up(path, "cannot be read; is there a hall in this folder?");
    fclose(file);
    conninfo[strcspn(conninfo, "\n")] = '\0';
}

static PGconn *open_as(const struct config *config, const char *name, const char *database)
{
    char conninfo[CONNINFO_BYTES];
    read_conninfo(config, name, conninfo);
    /* The later of two wins, and a connection string may be given in the place of a name. */
    const char *const names[] = {"dbname", database == NULL ? NULL : "dbname", NULL};
    const char *const values[] = {conninfo, database, NULL};
    PGconn *conn = PQconnectdbParams(names, values, 1);
    if (PQstatus(conn) != CONNECTION_OK)
        give_up("the database cannot be reached", PQerrorMessage(conn));
    PQsetNoticeProcessor(conn, NULL, NULL);
    return conn;
}

PGconn *pgadmin_connect(const struct config *config, const char *database)
{
    return open_as(config, "admin", database);
}

PGconn *pgadmin_connect_as(const struct config *config, const char *name)
{
    return open_as(config, name, NULL);
}

/* ---- ask */

static PGresult *checked(PGconn *conn, PGresult *result, const char *sql)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        give_up(sql, PQerrorMessage(conn));
    return result;
}

void pgadmin_do(PGconn *conn, const char *sql)
{
    PQclear(checked(conn, PQexec(conn, sql), sql));
}

/* The parameters go in binary form, the answer comes as text. */
static PGresult *ask(PGconn *conn, const char *sql, struct params params)
{
    Oid types[PG_PARAMS_MAX];
    int formats[PG_PARAMS_MAX];
    struct pg_params values = {.n = 0};
    struct arena *arena = arena_new(PARAMS_BYTES);
    pgform_params(&values, params, arena);
    for (int i = 0; i < params.n; i++) {
        types[i] = (Oid)pgform_oid(params.list[i].type);
        formats[i] = 1;
    }
    PGresult *result =
        PQexecParams(conn, sql, params.n, types, values.values, values.lengths, formats, 0);
    arena_free(&arena);
    return checked(conn, result, sql);
}

int64_t pgadmin_number(PGconn *conn, const char *sql, struct params params)
{
    PGresult *result = ask(conn, sql, params);
    int64_t number = PQntuples(result) == 0 ? 0 : strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return number;
}

void pgadmin_texts(PGconn *conn, const char *sql, struct params params,
                   void (*each)(void *, const char *), void *context)
{
    PGresult *result = ask(conn, sql, params);
    for (int row = 0; row < PQntuples(result); row++)
        each(context, PQgetvalue(result, row, 0));
    PQclear(result);
}

/* The table descriptions name no schema: each service's session knows its own. */
void pgadmin_look_in(PGconn *conn, const char *schema)
{
    PQclear(ask(conn, "select set_config('search_path', $1, false)", PARAMS(P_TEXT(schema))));
}

/* ---- long answers */

static void open_cursor(PGconn *conn, const char *sql, struct params params)
{
    struct arena *arena = arena_new(SQL_BYTES);
    PQclear(ask(conn, arena_printf(arena, "declare page no scroll cursor for %s", sql), params));
    arena_free(&arena);
}

static PGresult *next_page(PGconn *conn)
{
    static const char sql[] = "fetch 2000 from page";
    return checked(conn, PQexecParams(conn, sql, 0, NULL, NULL, NULL, NULL, 1), sql);
}

static void read_pages(PGconn *conn, const struct shape *shape, void (*each)(void *, void *),
                       void *context)
{
    struct arena *arena = arena_new(PAGE_BYTES);
    int n;
    do {
        PGresult *page = next_page(conn);
        n = PQntuples(page);
        if (!pgread_fits(page, shape))
            give_up("the database is not as this program describes it", "see the line above");
        for (int row = 0; row < n; row++) {
            void *data = arena_alloc(arena, shape->row_size);
            pgread_take(page, row, shape, data, arena);
            each(context, data);
        }
        PQclear(page);
        arena_reset(arena);
    } while (n > 0);
    arena_free(&arena);
    pgadmin_do(conn, "close page");
}

void pgadmin_select(PGconn *conn, const struct shape *shape, const char *from, struct params params,
                    void (*each)(void *, void *), void *context)
{
    struct arena *arena = arena_new(SQL_BYTES);
    open_cursor(conn, pgsql_select(shape, from, arena), params);
    arena_free(&arena);
    read_pages(conn, shape, each, context);
}

void pgadmin_rows(PGconn *conn, const char *schema, const struct table *table, int16_t centre,
                  void (*each)(void *, void *), void *context)
{
    const struct shape shape = table_shape(table);
    struct arena *arena = arena_new(SQL_BYTES);
    pgadmin_look_in(conn, schema);
    open_cursor(conn, pgsql_every(table, arena), PARAMS(P_I16(centre)));
    arena_free(&arena);
    read_pages(conn, &shape, each, context);
}
