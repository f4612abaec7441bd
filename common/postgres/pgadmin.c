/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgadmin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/postgres/pgform.h"
#include "common/postgres/pgsql.h"

enum { PAGE_ROWS = 2000, PAGE_BYTES = 256 << 20, CONNINFO_BYTES = 2000 };

static _Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "onedoor: %s: %s\n", what, why);
    exit(1);
}

/* ---- connect */

static void read_conninfo(const struct config *config, char conninfo[CONNINFO_BYTES])
{
    char path[4200];
    snprintf(path, sizeof path, "%s/keys/admin.conninfo", config_text(config, "home"));
    FILE *file = fopen(path, "re");
    if (file == NULL || fgets(conninfo, CONNINFO_BYTES, file) == NULL)
        give_up(path, "cannot be read; is there a hall in this folder?");
    fclose(file);
    conninfo[strcspn(conninfo, "\n")] = '\0';
}

PGconn *pgadmin_connect(const struct config *config, const char *database)
{
    char conninfo[CONNINFO_BYTES];
    read_conninfo(config, conninfo);
    /* What stands later wins, and a conninfo may stand where a database's name does. */
    const char *const names[] = {"dbname", database == NULL ? NULL : "dbname", NULL};
    const char *const values[] = {conninfo, database, NULL};
    PGconn *conn = PQconnectdbParams(names, values, 1);
    if (PQstatus(conn) != CONNECTION_OK)
        give_up("the database cannot be reached", PQerrorMessage(conn));
    PQsetNoticeProcessor(conn, NULL, NULL);
    return conn;
}

/* ---- ask */

static PGresult *checked(PGconn *conn, PGresult *result, const char *sql)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        give_up(sql, PQerrorMessage(conn));
    return result;
}

PGresult *pgadmin_ask(PGconn *conn, const char *sql)
{
    return checked(conn, PQexec(conn, sql), sql);
}

/* As many parameters as the statement speaks of. */
static PGresult *with(PGconn *conn, const char *sql, int64_t a, int64_t b)
{
    char texts[2][24];
    const char *const values[] = {texts[0], texts[1]};
    snprintf(texts[0], sizeof texts[0], "%lld", (long long)a);
    snprintf(texts[1], sizeof texts[1], "%lld", (long long)b);
    int n = strstr(sql, "$2") != NULL ? 2 : strstr(sql, "$1") != NULL ? 1 : 0;
    return checked(conn, PQexecParams(conn, sql, n, NULL, values, NULL, NULL, 0), sql);
}

PGresult *pgadmin_ask_with(PGconn *conn, const char *sql, int64_t a, int64_t b)
{
    return with(conn, sql, a, b);
}

int64_t pgadmin_int(const PGresult *result, int row, int column)
{
    return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

int64_t pgadmin_number(PGconn *conn, const char *sql, int64_t a)
{
    PGresult *result = with(conn, sql, a, 0);
    int64_t number = PQntuples(result) == 0 ? 0 : pgadmin_int(result, 0, 0);
    PQclear(result);
    return number;
}

void pgadmin_do(PGconn *conn, const char *sql)
{
    PQclear(pgadmin_ask(conn, sql));
}

/* ---- long answers */

static void open_cursor(PGconn *conn, const char *sql, int64_t a, struct arena *arena)
{
    PQclear(with(conn, arena_printf(arena, "declare page no scroll cursor for %s", sql), a, 0));
}

static PGresult *next_page(PGconn *conn, int binary)
{
    static const char sql[] = "fetch 2000 from page";
    return checked(conn, PQexecParams(conn, sql, 0, NULL, NULL, NULL, NULL, binary), sql);
}

void pgadmin_each(PGconn *conn, const char *sql, int64_t a,
                  void (*each)(void *, const PGresult *, int), void *context)
{
    struct arena *arena = arena_new(1 << 20);
    int n;
    open_cursor(conn, sql, a, arena);
    do {
        PGresult *page = next_page(conn, 0);
        n = PQntuples(page);
        for (int row = 0; row < n; row++)
            each(context, page, row);
        PQclear(page);
    } while (n == PAGE_ROWS);
    pgadmin_do(conn, "close page");
    arena_free(&arena);
}

/* The table descriptions name no schema: each service's session knows its own. */
static void look_in(PGconn *conn, const char *schema)
{
    static const char sql[] = "select set_config('search_path', $1, false)";
    PQclear(checked(conn, PQexecParams(conn, sql, 1, NULL, &schema, NULL, NULL, 0), sql));
}

void pgadmin_rows(PGconn *conn, const char *schema, const struct table *table, int16_t centre,
                  void (*each)(void *, void *), void *context)
{
    struct arena *arena = arena_new(PAGE_BYTES);
    int n;
    look_in(conn, schema);
    open_cursor(conn, pgsql_every(table, arena), centre, arena);
    do {
        PGresult *page = next_page(conn, 1);
        n = PQntuples(page);
        for (int row = 0; row < n; row++) {
            void *data = arena_alloc(arena, table->row_size);
            pgform_fields(page, row, 0, table->columns, table->n_columns, data, arena);
            each(context, data);
        }
        PQclear(page);
        arena_reset(arena);
    } while (n == PAGE_ROWS);
    pgadmin_do(conn, "close page");
    arena_free(&arena);
}
