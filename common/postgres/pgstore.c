/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgstore.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pg.h"
#include "common/postgres/pgsql.h"
#include "common/rows/corridor.h"
#include "common/rows/declare.h"
#include "common/rows/rowset.h"
#include "common/values/log.h"

enum { STATEMENTS_BYTES = 4 << 20, NAME_BYTES = 80, MONTHS_KNOWN = 4, TABLES_MAX = 32 };

struct pgstore {
    struct store store;
    struct pg pg;
    int64_t months[MONTHS_KNOWN]; /* journal partitions known to be there, as year * 12 + month */
    int next_month;
    const struct table *record_tables[TABLES_MAX]; /* the row types of the tables it writes */
    struct pg_record records[TABLES_MAX];
    int n_records;
};

static struct pg *pg_of(struct store *store)
{
    return &((struct pgstore *)store)->pg;
}

/* ---- reading whole tables */

/* PQexecParams is for reference tables and pages of history: outside pipelines. */
static enum status leave_pipeline(struct pg *pg)
{
    if (PQpipelineStatus(pg->conn) == PQ_PIPELINE_OFF)
        return STATUS_OK;
    return PQexitPipelineMode(pg->conn) == 1 && PQsetnonblocking(pg->conn, 0) == 0 ? STATUS_OK
                                                                                   : STATUS_LOST;
}

static enum status fetch(struct store *store, const struct table *table, const char *prepared,
                         const struct pg_params *params, struct arena *arena, void **rows,
                         size_t *n)
{
    static const int formats[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    struct pg *pg = pg_of(store);
    enum status status = leave_pipeline(pg);
    if (status != STATUS_OK)
        return status;
    pg->statements++;
    PGresult *result =
        PQexecPrepared(pg->conn, prepared, params->n, params->values, params->lengths, formats, 1);
    status = pg_classify(pg->conn, result);
    if (status == STATUS_OK) {
        *n = (size_t)PQntuples(result);
        char *all = *rows = arena_alloc(arena, table->row_size * (*n + 1));
        for (size_t i = 0; i < *n; i++)
            for (int c = 0; c < table->n_columns; c++)
                pg_field(result, (int)i, c, &table->columns[c], all + i * table->row_size, arena);
    } else {
        log_warn(0, "database.read", "%s: %s", table->name, PQerrorMessage(pg->conn));
    }
    PQclear(result);
    return status;
}

static enum status pg_all(struct store *store, const struct table *table, struct arena *arena,
                          void **rows, size_t *n)
{
    char name[NAME_BYTES];
    struct pg_params params = {.n = 0};
    snprintf(name, sizeof name, "all_%s", table->name);
    pg_param(&params, pg_int2(store->centre, arena));
    return fetch(store, table, name, &params, arena, rows, n);
}

static enum status pg_events(struct store *store, int64_t from_seq, size_t max, struct arena *arena,
                             struct event **events, size_t *n)
{
    struct journal_row *rows;
    struct pg_params params = {.n = 0};
    pg_param(&params, pg_int2(store->centre, arena));
    pg_param(&params, pg_int8(from_seq, arena));
    pg_param(&params, pg_int4((int32_t)max, arena));
    enum status status =
        fetch(store, &journal_table, "journal_page", &params, arena, (void **)&rows, n);
    if (status != STATUS_OK)
        return status;
    *events = ARENA_ARRAY(arena, struct event, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*events)[i] = (struct event){rows[i].epoch,   rows[i].seq,         rows[i].type,
                                      rows[i].version, rows[i].case_number, rows[i].at_ms,
                                      rows[i].actor,   rows[i].payload,     {0}};
        memcpy((*events)[i].hash, rows[i].hash.data, HASH_BYTES);
    }
    return STATUS_OK;
}

/* ---- loading a turn */

struct loading {
    struct turn *turn;
    struct rowset *sets[64];
    int n;
};

static void bring(void *context, int index, PGresult *result)
{
    struct loading *loading = context;
    struct rowset *set = loading->sets[index];
    for (int row = 0; row < PQntuples(result); row++) {
        void *data = arena_alloc(loading->turn->arena, set->table->row_size);
        for (int c = 0; c < set->table->n_columns; c++)
            pg_field(result, row, c, &set->table->columns[c], data, loading->turn->arena);
        rowset_bring(loading->turn, set, data);
    }
}

static enum status send_wants(struct pg *pg, struct loading *loading, struct rowset *set)
{
    char name[NAME_BYTES];
    struct pg_params params = {.n = 0};
    snprintf(name, sizeof name, "load_%s", set->table->name);
    for (int c = 0; c < set->table->n_group; c++)
        pg_param(&params, pg_array(&set->table->columns[c], set->wants, (int)set->n_wants,
                                   loading->turn->arena));
    must(loading->n < 64);
    loading->sets[loading->n++] = set;
    return pg_send(pg, name, &params);
}

static enum status send_due(struct pg *pg, struct loading *loading, struct rowset *set)
{
    char name[NAME_BYTES];
    struct pg_params params = {.n = 0};
    struct arena *arena = loading->turn->arena;
    snprintf(name, sizeof name, "due_%s", set->table->name);
    pg_param(&params, pg_int2(loading->turn->centre, arena));
    pg_param(&params, pg_time(loading->turn->now_ms, arena));
    pg_param(&params, pg_int4(set->due_limit, arena));
    must(loading->n < 64);
    loading->sets[loading->n++] = set;
    return pg_send(pg, name, &params);
}

static enum status send_timed(struct pg *pg, struct loading *loading, struct rowset *set)
{
    char name[NAME_BYTES];
    struct pg_params params = {.n = 0};
    snprintf(name, sizeof name, "timed_%s", set->table->name);
    pg_param(&params, pg_int2(loading->turn->centre, loading->turn->arena));
    must(loading->n < 64);
    loading->sets[loading->n++] = set;
    return pg_send(pg, name, &params);
}

static enum status pg_load(struct store *store, struct turn *turn)
{
    struct pg *pg = pg_of(store);
    struct loading loading = {.turn = turn};
    enum status status = STATUS_OK;
    for (struct rowset *set = turn->sets; set->table != NULL && status == STATUS_OK; set++) {
        if (set->n_wants > 0)
            status = send_wants(pg, &loading, set);
        if (status == STATUS_OK && set->due_limit > 0)
            status = send_due(pg, &loading, set);
        if (status == STATUS_OK && set->timed)
            status = send_timed(pg, &loading, set);
    }
    if (status != STATUS_OK || loading.n == 0)
        return status;
    return pg_sync(pg, bring, &loading);
}

/* ---- saving a turn */

struct saving {
    struct turn *turn;
    const struct pgstore *pgstore;
    struct pg *pg;
    int expected[256]; /* rows each statement must touch; -1: not counted */
    int n;
    bool short_of; /* a statement touched fewer */
};

static enum status send_change(struct saving *saving, const char *prepared,
                               const struct pg_params *params, int rows)
{
    must(saving->n < 256);
    saving->expected[saving->n++] = rows;
    return pg_send(saving->pg, prepared, params);
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

static const struct pg_record *record_of(const struct pgstore *pgstore, const struct table *table)
{
    for (int i = 0; i < pgstore->n_records; i++)
        if (pgstore->record_tables[i] == table)
            return &pgstore->records[i];
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
            pg_param(&params, pg_value(&table->columns[c], row, arena));
    pg_param(&params, pg_int8(guard, arena));
    snprintf(name, sizeof name, "update_%s", table->name);
    return send_change(saving, name, &params, 1);
}

static void key_arrays(struct saving *saving, const struct table *table, void *const *rows, int n,
                       struct pg_params *params)
{
    for (int c = 0; c < table_key_columns(table); c++)
        pg_param(params, pg_array(&table->columns[c], rows, n, saving->turn->arena));
}

static enum status save_kind(struct saving *saving, const struct rowset *set, enum row_state state)
{
    static const char *const verbs[] = {
        [ROW_ADDED] = "insert", [ROW_CHANGED] = "update", [ROW_REMOVED] = "delete"};
    const struct table *table = set->table;
    struct arena *arena = saving->turn->arena;
    void **rows;
    int64_t *guards;
    char name[NAME_BYTES];
    struct pg_params params = {.n = 0};
    int n = pick(saving, set, state, &rows, &guards);
    if (n == 0)
        return STATUS_OK;
    if (state == ROW_CHANGED && pgsql_guard(table) >= 0) {
        enum status status = STATUS_OK;
        for (int i = 0; i < n && status == STATUS_OK; i++)
            status = change_guarded(saving, table, rows[i], guards[i]);
        return status;
    }
    if (state == ROW_REMOVED)
        key_arrays(saving, table, rows, n, &params);
    else
        pg_param(&params, pg_records(record_of(saving->pgstore, table), rows, n,
                                     state == ROW_CHANGED ? COLUMN_FIXED : 0, arena));
    snprintf(name, sizeof name, "%s_%s", verbs[state], table->name);
    return send_change(saving, name, &params, n);
}

static int64_t month_of(int64_t ms)
{
    int64_t z = (ms >= 0 ? ms : ms - 86399999) / 86400000 +
                719468; /* days since 0000-03-01, civil calendar */
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365,
            doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;
    return (yoe + era * 400 + (month <= 2 ? 1 : 0)) * 12 + month - 1;
}

/* A journal is partitioned by month: the month's partition is made in the transaction that first
 * needs it. */
static enum status send_month(struct pgstore *pgstore, struct saving *saving)
{
    int64_t month = month_of(saving->turn->now_ms);
    for (int i = 0; i < MONTHS_KNOWN; i++)
        if (pgstore->months[i] == month)
            return STATUS_OK;
    struct arena *arena = saving->turn->arena;
    struct pg_params params = {.n = 0};
    const char *schema = pgstore->store.service->name;
    pg_param(&params, (struct bytes){(const unsigned char *)schema, strlen(schema)});
    pg_param(&params, pg_time(saving->turn->now_ms, arena));
    return send_change(saving, "journal_month", &params, -1);
}

static void count_rows(void *context, int index, PGresult *result)
{
    struct saving *saving = context;
    if (index < saving->n && saving->expected[index] >= 0 &&
        atoi(PQcmdTuples(result)) != saving->expected[index])
        saving->short_of = true;
}

static enum status pg_save(struct store *store, struct turn *turn)
{
    struct pgstore *pgstore = (struct pgstore *)store;
    struct saving saving = {.turn = turn, .pgstore = pgstore, .pg = &pgstore->pg};
    enum status status = turn->n_said > 0 ? send_month(pgstore, &saving) : STATUS_OK;
    static const enum row_state order[] = {ROW_REMOVED, ROW_CHANGED, ROW_ADDED};
    for (struct rowset *set = turn->sets; set->table != NULL && status == STATUS_OK; set++)
        for (int i = 0; i < 3 && status == STATUS_OK; i++)
            status = save_kind(&saving, set, order[i]);
    if (status != STATUS_OK || saving.n == 0)
        return status;
    status = pg_sync(saving.pg, count_rows, &saving);
    /* Only the writer changes rows: a row that was loaded and is gone means a second hand in the
     * tables, or a bug. */
    if (status == STATUS_OK && saving.short_of)
        panic("%s: a statement touched fewer rows than the batch changed", store->service->name);
    if (status == STATUS_OK && turn->n_said > 0) {
        pgstore->months[pgstore->next_month] = month_of(turn->now_ms);
        pgstore->next_month = (pgstore->next_month + 1) % MONTHS_KNOWN;
    }
    return status;
}

/* ---- opening */

static void pgstore_release(struct store *store)
{
    pg_close(pg_of(store));
    free(store);
}

static const struct store_ops pg_ops = {
    .all = pg_all,
    .load = pg_load,
    .save = pg_save,
    .events = pg_events,
    .free = pgstore_release,
};

static enum status prepare_table(struct pg *pg, const struct table *table, bool writer,
                                 struct arena *arena)
{
    enum status status = STATUS_OK;
    for (enum pgsql_verb verb = PGSQL_ALL; verb <= PGSQL_DELETE && status == STATUS_OK; verb++) {
        const char *sql = writer || verb == PGSQL_ALL ? pgsql_statement(verb, table, arena) : NULL;
        if (sql != NULL)
            status =
                pg_prepare(pg, arena_printf(arena, "%s_%s", pgsql_verbs[verb], table->name), sql);
    }
    return status;
}

static enum status look_up(struct pgstore *pgstore, const struct table *table)
{
    must(pgstore->n_records < TABLES_MAX);
    pgstore->record_tables[pgstore->n_records] = table;
    return pg_record_read(&pgstore->pg, table, &pgstore->records[pgstore->n_records++]);
}

static enum status prepare_all(struct pgstore *pgstore, bool writer)
{
    struct arena *arena = arena_new(STATEMENTS_BYTES);
    const struct table *const *lists[] = {pgstore->store.service->tables, corridor_tables};
    enum status status = STATUS_OK;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; lists[pass][i] != NULL && status == STATUS_OK; i++) {
            status = writer ? look_up(pgstore, lists[pass][i]) : STATUS_OK;
            if (status == STATUS_OK)
                status = prepare_table(&pgstore->pg, lists[pass][i], writer, arena);
        }
    if (status == STATUS_OK)
        status = pg_prepare(&pgstore->pg, "journal_page", pgsql_journal_page(arena));
    if (status == STATUS_OK && writer)
        status = pg_prepare(
            &pgstore->pg, "prune",
            "delete from command where centre = $1::smallint and done_at < $2::timestamptz");
    if (status == STATUS_OK && writer)
        status = pg_prepare(
            &pgstore->pg, "journal_month",
            "select hall.journal_month($1::text, ($2::timestamptz at time zone 'UTC')::date)");
    arena_free(&arena);
    return status;
}

static enum status take_lock(struct pgstore *pgstore)
{
    char sql[200];
    int64_t taken = 0;
    snprintf(sql, sizeof sql, "select pg_try_advisory_lock(hashtext('onedoor.%s'), %d)::int",
             pgstore->store.service->name, pgstore->store.centre);
    enum status status = pg_number(&pgstore->pg, sql, &taken);
    return status == STATUS_OK && taken == 0 ? STATUS_DENIED : status;
}

enum status pgstore_open(struct pgstore **result, const struct service *service,
                         const struct config *config, bool writer)
{
    struct pgstore *pgstore = calloc(1, sizeof *pgstore);
    must(pgstore != NULL);
    pgstore->store = (struct store){&pg_ops, service, (int16_t)config_number(config, "centre")};
    for (int i = 0; i < MONTHS_KNOWN; i++)
        pgstore->months[i] = -1;
    enum status status = pg_open(&pgstore->pg, config, service->name, writer);
    if (status == STATUS_OK && writer)
        status = take_lock(pgstore);
    if (status == STATUS_OK)
        status = prepare_all(pgstore, writer);
    if (status != STATUS_OK)
        pgstore_free(&pgstore);
    *result = pgstore;
    return status;
}

void pgstore_free(struct pgstore **pgstore)
{
    if (*pgstore != NULL)
        pgstore_release(&(*pgstore)->store);
    *pgstore = NULL;
}

struct store *pgstore_store(struct pgstore *pgstore)
{
    return &pgstore->store;
}

struct pg *pgstore_link(struct pgstore *pgstore)
{
    return &pgstore->pg;
}

int64_t pgstore_statements(const struct pgstore *pgstore)
{
    return pgstore->pg.statements;
}

bool pgstore_alive(struct pgstore *pgstore)
{
    PGconn *conn = pgstore->pg.conn;
    struct pollfd fd = {PQsocket(conn), POLLIN, 0};
    if (poll(&fd, 1, 0) > 0 && PQconsumeInput(conn) != 1)
        return false;
    return PQstatus(conn) == CONNECTION_OK;
}

enum status pgstore_prune(struct pgstore *pgstore, int64_t before_ms)
{
    struct arena *arena = arena_new(1 << 16);
    struct pg_params params = {.n = 0};
    pg_param(&params, pg_int2(pgstore->store.centre, arena));
    pg_param(&params, pg_time(before_ms, arena));
    enum status status = pg_send(&pgstore->pg, "prune", &params);
    if (status == STATUS_OK)
        status = pg_sync(&pgstore->pg, NULL, NULL);
    arena_free(&arena);
    return status;
}

enum status pgstore_kind(struct pgstore *pgstore, struct arena *arena, const char **kind)
{
    enum status status = leave_pipeline(&pgstore->pg);
    if (status != STATUS_OK)
        return status;
    PGresult *result = PQexec(pgstore->pg.conn, "select kind from hall.hall");
    status = pg_classify(pgstore->pg.conn, result);
    if (status == STATUS_OK)
        *kind = PQntuples(result) == 1 ? arena_strdup(arena, PQgetvalue(result, 0, 0)) : "";
    PQclear(result);
    return status;
}
