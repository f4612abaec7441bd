/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgstore.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgform.h"
#include "common/postgres/pgload.h"
#include "common/postgres/pgsave.h"
#include "common/rows/corridor.h"
#include "common/rows/declare.h"
#include "common/values/log.h"

struct pgstore {
    struct store store;
    struct pg pg;
    struct pgread read;
    struct pgsave save; /* of a writer */
};

static struct pgstore *pgstore_of(struct store *store)
{
    return (struct pgstore *)store;
}

/* ---- the store's operations */

static enum status pg_all(struct store *store, const struct table *table, struct arena *arena,
                          void **rows, size_t *n)
{
    return pgread_every(&pgstore_of(store)->read, table, store->centre, arena, rows, n);
}

static enum status pg_events(struct store *store, int64_t from_seq, size_t max, struct arena *arena,
                             struct event **events, size_t *n)
{
    struct journal_row *rows;
    enum status status =
        pgread_rows(&pgstore_of(store)->read, &journal_table,
                    "where centre = $1 and seq > $2 order by seq limit $3",
                    PARAMS(P_I16(store->centre), P_I64(from_seq), P_I64((int64_t)max)), arena,
                    (void **)&rows, n);
    if (status != STATUS_OK)
        return status;
    *events = ARENA_ARRAY(arena, struct event, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*events)[i] = journal_event(&rows[i]);
    return STATUS_OK;
}

static const struct column held_columns[] = {
    COLUMN(held_case, case_number, I64, 0),
    COLUMN_AS(held_case, events, "count(*)", I64, 0),
};
static const struct shape held_shape = SHAPE(held_case, held_columns);

static enum status pg_held(struct store *store, struct arena *arena, struct held_case **cases,
                           size_t *n)
{
    return pgread_select(&pgstore_of(store)->read, &held_shape,
                         "from parked where centre = $1 group by case_number order by case_number",
                         PARAMS(P_I16(store->centre)), arena, (void **)cases, n);
}

static enum status pg_parked(struct store *store, int64_t case_number, size_t max,
                             struct arena *arena, struct parked_row **rows, size_t *n)
{
    return pgread_rows(&pgstore_of(store)->read, &parked_table,
                       "where centre = $1 and case_number = $2 order by stream, seq limit $3",
                       PARAMS(P_I16(store->centre), P_I64(case_number), P_I64((int64_t)max)), arena,
                       (void **)rows, n);
}

static enum status pg_load(struct store *store, struct turn *turn)
{
    return pgload_turn(&pgstore_of(store)->pg, turn);
}

static enum status pg_save(struct store *store, struct turn *turn)
{
    return pgsave_turn(&pgstore_of(store)->save, turn);
}

static void pgstore_release(struct store *store)
{
    pg_close(&pgstore_of(store)->pg);
    free(store);
}

static const struct store_ops pg_ops = {
    .all = pg_all,
    .load = pg_load,
    .save = pg_save,
    .events = pg_events,
    .held = pg_held,
    .parked = pg_parked,
    .free = pgstore_release,
};

/* ---- opening */

static enum status prepare_tables(struct pgstore *pgstore, const struct table *const *tables)
{
    enum status status = STATUS_OK;
    for (; *tables != NULL && status == STATUS_OK; tables++) {
        status = pgload_prepare(&pgstore->pg, *tables);
        if (status == STATUS_OK)
            status = pgsave_prepare(&pgstore->save, *tables);
    }
    return status;
}

/* The session that holds the lock, of a process that is frozen: a writer at work or at rest is
 * heard of every second (pg_ping). It loses its session, and with it the lock, which the next try
 * gets. */
static enum status end_silent_writer(struct pgstore *pgstore, int64_t silent_ms)
{
    char sql[200];
    int64_t ended = 0;
    snprintf(sql, sizeof sql, "select hall.end_silent_writer('%s', %d, %lld)",
             pgstore->store.service->name, pgstore->store.centre, (long long)silent_ms);
    enum status status = pg_number(&pgstore->pg, sql, &ended);
    if (status == STATUS_OK && ended > 0)
        log_warn(0, "writer.frozen", "the writer was silent for %lld ms: its session is ended",
                 (long long)silent_ms);
    return status;
}

/* Another process may be the writer. */
static enum status take_lock(struct pgstore *pgstore, int64_t silent_ms)
{
    char sql[200];
    int64_t taken = 0;
    snprintf(sql, sizeof sql, "select pg_try_advisory_lock(hashtext('onedoor.%s'), %d)::int",
             pgstore->store.service->name, pgstore->store.centre);
    enum status status = pg_number(&pgstore->pg, sql, &taken);
    if (status != STATUS_OK || taken == 1)
        return status;
    status = end_silent_writer(pgstore, silent_ms);
    return status == STATUS_OK ? STATUS_DENIED : status;
}

static enum status open_writer(struct pgstore *pgstore, int64_t silent_ms)
{
    enum status status = take_lock(pgstore, silent_ms);
    if (status == STATUS_OK)
        status = pgsave_open(&pgstore->save, &pgstore->pg, pgstore->store.service->name);
    if (status == STATUS_OK)
        status = prepare_tables(pgstore, pgstore->store.service->tables);
    if (status == STATUS_OK)
        status = prepare_tables(pgstore, corridor_tables);
    if (status == STATUS_OK)
        status = pg_prepare(
            &pgstore->pg, "prune",
            "delete from command where centre = $1::smallint and done_at < $2::timestamptz", NULL,
            0);
    if (status == STATUS_OK)
        status = pg_prepare(&pgstore->pg, "ping", "select 1", NULL, 0);
    return status;
}

enum status pgstore_open(struct pgstore **result, const struct service *service,
                         const struct config *config, bool writer)
{
    struct pgstore *pgstore = calloc(1, sizeof *pgstore);
    must(pgstore != NULL);
    pgstore->store = (struct store){&pg_ops, service, (int16_t)config_number(config, "centre")};
    pgstore->read.pg = &pgstore->pg;
    enum status status = pg_open(&pgstore->pg, config, service->name, writer);
    if (status == STATUS_OK && writer)
        status = open_writer(pgstore, config_number(config, "writer_silent_ms"));
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

/* ---- beside the store's operations */

struct store *pgstore_store(struct pgstore *pgstore)
{
    return &pgstore->store;
}

struct pgread *pgstore_read(struct pgstore *pgstore)
{
    return &pgstore->read;
}

int64_t pgstore_statements(const struct pgstore *pgstore)
{
    return pgstore->pg.statements;
}

int64_t pgstore_waited_ms(const struct pgstore *pgstore)
{
    return pgstore->pg.waited_us / 1000;
}

bool pgstore_alive(struct pgstore *pgstore)
{
    PGconn *conn = pgstore->pg.conn;
    struct pollfd fd = {PQsocket(conn), POLLIN, 0};
    if (poll(&fd, 1, 0) > 0 && PQconsumeInput(conn) != 1)
        return false;
    return PQstatus(conn) == CONNECTION_OK && pg_ping(&pgstore->pg) == STATUS_OK;
}

enum status pgstore_prune(struct pgstore *pgstore, int64_t before_ms)
{
    struct arena *arena = arena_new(1 << 16);
    struct pg_params params = {.n = 0};
    pgform_params(&params, PARAMS(P_I16(pgstore->store.centre), P_TIME(before_ms)), arena);
    enum status status = pg_send(&pgstore->pg, "prune", &params);
    if (status == STATUS_OK)
        status = pg_sync(&pgstore->pg, NULL, NULL);
    arena_free(&arena);
    return status;
}

struct hall_row {
    const char *kind;
};
static const struct column hall_columns[] = {COLUMN(hall_row, kind, TEXT, 0)};
static const struct shape hall = SHAPE(hall_row, hall_columns);

enum status pgstore_kind(struct pgstore *pgstore, struct arena *arena, const char **kind)
{
    struct hall_row *rows;
    size_t n;
    enum status status = pgread_select(&pgstore->read, &hall, "from hall.hall", NO_PARAMS, arena,
                                       (void **)&rows, &n);
    if (status == STATUS_OK)
        *kind = n == 1 ? rows[0].kind : "";
    return status;
}

struct now_row {
    int64_t now_ms;
};
static const struct column now_columns[] = {
    COLUMN_AS(now_row, now_ms, "clock_timestamp()", TIME, 0)};
static const struct shape now_shape = SHAPE(now_row, now_columns);

enum status pgstore_now(struct pgstore *pgstore, struct arena *arena, int64_t *now_ms)
{
    struct now_row *rows;
    size_t n;
    enum status status =
        pgread_select(&pgstore->read, &now_shape, "", NO_PARAMS, arena, (void **)&rows, &n);
    if (status == STATUS_OK)
        *now_ms = rows[0].now_ms;
    return status;
}

void pgstore_deadline(struct pgstore *pgstore, int64_t deadline_ms, const atomic_bool *ends)
{
    pgstore->pg.deadline_ms = deadline_ms;
    pgstore->pg.ends = ends;
}
