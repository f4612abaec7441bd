/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pg.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/heartbeat.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/values/log.h"

enum {
    CONNINFO_BYTES = 2048,
    WAIT_STEP_MS = 1000,
    SLOW_MS = 5000,
    PING_MS = 1000,
    LOOK_STEP_MS = 100
};

/* ---- sessions */

/* The string from the settings, or the file that was made for this service: no secret passes a
 * command line. */
static enum status read_conninfo(const struct config *config, const char *service,
                                 char conninfo[CONNINFO_BYTES])
{
    char path[CONNINFO_BYTES];
    const char *given = config_text(config, "database");
    if (given[0] != '\0') {
        snprintf(conninfo, CONNINFO_BYTES, "%s", given);
        return STATUS_OK;
    }
    snprintf(path, sizeof path, "%s/keys/%s/conninfo", config_text(config, "home"), service);
    FILE *file = fopen(path, "re");
    if (file == NULL || fgets(conninfo, CONNINFO_BYTES, file) == NULL) {
        log_error(0, "database.unknown", "cannot read %s", path);
        if (file != NULL)
            fclose(file);
        return STATUS_FAILED;
    }
    fclose(file);
    conninfo[strcspn(conninfo, "\n")] = '\0';
    return STATUS_OK;
}

static void warn(struct pg *pg, const char *id)
{
    char text[300];
    snprintf(text, sizeof text, "%s", PQerrorMessage(pg->conn));
    log_warn(0, id, "%s", text);
}

static enum status run_text(struct pg *pg, const char *sql)
{
    PGresult *result = PQexec(pg->conn, sql);
    enum status status = pg_classify(pg->conn, result);
    if (status != STATUS_OK)
        warn(pg, "database.refused");
    PQclear(result);
    return status;
}

/* The timeouts free the locks of a client that has died. A writer's statements all go by a key or a
 * due index, so its plans are kept from turning into scans. A reader's are made for the values
 * asked for: how many rows have them decides which is good. */
static enum status set_up(struct pg *pg, const struct config *config, const char *service,
                          bool writer)
{
    char sql[900];
    snprintf(
        sql, sizeof sql,
        "set search_path = %s; set statement_timeout = %lld; set lock_timeout = '10s'; set "
        "idle_in_transaction_session_timeout = '30s';"
        "set client_connection_check_interval = '5s'; set timezone = 'UTC'; set "
        "client_min_messages = warning; %s",
        service, (long long)config_number(config, "statement_timeout_ms"),
        writer ? "set plan_cache_mode = force_generic_plan; set enable_hashjoin = off; set "
                 "enable_mergejoin = off; set enable_seqscan = off;"
                 "set jit = off; set synchronous_commit = on"
               : "set plan_cache_mode = force_custom_plan; set max_parallel_workers_per_gather = 0;"
                 "set default_transaction_read_only = on");
    return run_text(pg, sql);
}

/* A commit must be on disk before it is acknowledged. */
static enum status check_durable(struct pg *pg)
{
    int64_t durable = 0;
    enum status status = pg_number(
        pg,
        "select (current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'"
        " and current_setting('synchronous_commit') = 'on')::int",
        &durable);
    if (status == STATUS_OK && durable != 1) {
        log_error(0, "database.unsafe",
                  "fsync, full_page_writes and synchronous_commit must be on: this database "
                  "forgets what it acknowledged");
        return STATUS_FAILED;
    }
    return status;
}

enum status pg_open(struct pg *pg, const struct config *config, const char *service, bool writer)
{
    char conninfo[CONNINFO_BYTES];
    *pg = (struct pg){0};
    enum status status = read_conninfo(config, service, conninfo);
    if (status != STATUS_OK)
        return status;
    const char *names[] = {"dbname",
                           "application_name",
                           "connect_timeout",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "tcp_user_timeout",
                           NULL};
    const char *values[] = {conninfo, service, "5", "10", "5", "3", "20000", NULL};
    pg->conn = PQconnectdbParams(names, values, 1);
    if (PQstatus(pg->conn) != CONNECTION_OK) {
        warn(pg, "database.unreachable");
        pg_close(pg);
        return STATUS_AGAIN;
    }
    /* RULE H21: the detail of an error may quote a row, and a row may name a person. It is not
     * asked for, so it is in no log. */
    PQsetErrorVerbosity(pg->conn, PQERRORS_TERSE);
    status = set_up(pg, config, service, writer);
    if (status == STATUS_OK && writer)
        status = check_durable(pg);
    if (status != STATUS_OK)
        pg_close(pg);
    return status;
}

void pg_close(struct pg *pg)
{
    PQfinish(pg->conn);
    pg->conn = NULL;
}

enum status pg_number(struct pg *pg, const char *sql, int64_t *number)
{
    PGresult *result = PQexec(pg->conn, sql);
    enum status status = pg_classify(pg->conn, result);
    if (status == STATUS_OK)
        *number = PQntuples(result) > 0 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    else
        warn(pg, "database.refused");
    PQclear(result);
    return status;
}

/* ---- errors */

enum status pg_classify(PGconn *conn, const PGresult *result)
{
    ExecStatusType type = PQresultStatus(result);
    if (type == PGRES_COMMAND_OK || type == PGRES_TUPLES_OK || type == PGRES_PIPELINE_SYNC)
        return STATUS_OK;
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == NULL || PQstatus(conn) != CONNECTION_OK || strncmp(state, "08", 2) == 0 ||
        strncmp(state, "57P", 3) == 0)
        return STATUS_LOST;
    if (strcmp(state, "22012") == 0) /* a guard failed: another session has written the row */
        return STATUS_REWOUND;
    if (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0 ||
        strncmp(state, "54", 2) == 0)
        return STATUS_UNSAVEABLE;
    /* 40 (serialisation), 53 (disk full, too many connections), 55, 57 (timeout), 58: not
     * caused by this work */
    return strncmp(state, "42", 2) == 0 ? STATUS_FAILED : STATUS_AGAIN;
}

/* ---- prepared statements */

static const int binary[PG_PARAMS_MAX] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

void pg_param(struct pg_params *params, struct bytes bytes)
{
    must(params->n < PG_PARAMS_MAX);
    params->values[params->n] = (const char *)bytes.data;
    params->lengths[params->n++] = (int)bytes.len;
}

static enum status leave_pipeline(struct pg *pg)
{
    if (PQpipelineStatus(pg->conn) == PQ_PIPELINE_OFF)
        return STATUS_OK;
    return PQexitPipelineMode(pg->conn) == 1 && PQsetnonblocking(pg->conn, 0) == 0 ? STATUS_OK
                                                                                   : STATUS_LOST;
}

enum status pg_prepare(struct pg *pg, const char *name, const char *sql, const Oid *types, int n)
{
    enum status status = leave_pipeline(pg);
    if (status != STATUS_OK)
        return status;
    PGresult *result = PQprepare(pg->conn, name, sql, n, types);
    status = pg_classify(pg->conn, result);
    if (status != STATUS_OK)
        log_error(0, "database.prepare", "%s: %s", sql, PQerrorMessage(pg->conn));
    PQclear(result);
    return status;
}

static void cancel(PGconn *conn)
{
    char why[256];
    PGcancel *handle = PQgetCancel(conn);
    if (handle == NULL || PQcancel(handle, why, sizeof why) != 1)
        log_warn(0, "query.not_cancelled", "the database was not told");
    PQfreeCancel(handle);
}

/* The result, which may be that the statement was cancelled. */
static enum status await_result(struct pg *pg, bool *late)
{
    for (*late = false; PQisBusy(pg->conn);) {
        int64_t left_ms = pg->deadline_ms - monotonic_ms();
        struct pollfd fd = {PQsocket(pg->conn), POLLIN, 0};
        if (!*late && (left_ms <= 0 || atomic_load(pg->ends))) {
            cancel(pg->conn);
            *late = true;
        }
        poll(&fd, 1, *late || left_ms > LOOK_STEP_MS ? LOOK_STEP_MS : (int)left_ms);
        if (fd.revents != 0 && PQconsumeInput(pg->conn) != 1)
            return STATUS_LOST;
    }
    return STATUS_OK;
}

static enum status run_in_time(struct pg *pg, const char *prepared, const struct pg_params *params,
                               PGresult **result)
{
    bool late;
    if (PQsendQueryPrepared(pg->conn, prepared, params->n, params->values, params->lengths, binary,
                            1) != 1 ||
        await_result(pg, &late) != STATUS_OK)
        return STATUS_LOST;
    *result = PQgetResult(pg->conn);
    for (PGresult *end; (end = PQgetResult(pg->conn)) != NULL;)
        PQclear(end);
    enum status status = pg_classify(pg->conn, *result);
    return late && status == STATUS_AGAIN ? STATUS_LATE : status;
}

enum status pg_run(struct pg *pg, const char *prepared, const struct pg_params *params,
                   PGresult **result)
{
    enum status status = leave_pipeline(pg);
    *result = NULL;
    if (status != STATUS_OK)
        return status;
    pg->statements++;
    if (pg->deadline_ms != 0)
        return run_in_time(pg, prepared, params, result);
    *result =
        PQexecPrepared(pg->conn, prepared, params->n, params->values, params->lengths, binary, 1);
    return pg_classify(pg->conn, *result);
}

/* ---- pipelines */

enum status pg_send(struct pg *pg, const char *prepared, const struct pg_params *params)
{
    if (PQpipelineStatus(pg->conn) == PQ_PIPELINE_OFF &&
        (PQsetnonblocking(pg->conn, 1) != 0 || PQenterPipelineMode(pg->conn) != 1))
        return STATUS_LOST;
    pg->statements++;
    return PQsendQueryPrepared(pg->conn, prepared, params->n, params->values, params->lengths,
                               binary, 1) == 1
               ? STATUS_OK
               : STATUS_LOST;
}

/* Read and write as the socket allows: a blocking pipeline can deadlock against the server. */
static enum status wait_for_result(struct pg *pg)
{
    int64_t began_us = monotonic_us(), waited_us = 0;
    while (PQisBusy(pg->conn)) {
        int unsent = PQflush(pg->conn);
        struct pollfd fd = {PQsocket(pg->conn), (short)(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
        if (unsent < 0)
            return STATUS_LOST;
        poll(&fd, 1, WAIT_STEP_MS);
        waited_us = monotonic_us() - began_us;
        if (waited_us >= SLOW_MS * 1000)
            heartbeat_state("waiting for the database");
        heartbeat_beat(); /* waiting for a slow database is not hanging */
        if ((fd.revents & ~POLLOUT) != 0 && PQconsumeInput(pg->conn) != 1)
            return STATUS_LOST;
    }
    pg->waited_us += waited_us;
    return STATUS_OK;
}

enum status pg_sync(struct pg *pg, void (*take)(void *context, int index, PGresult *),
                    void *context)
{
    enum status status = STATUS_OK;
    if (PQpipelineSync(pg->conn) != 1)
        return STATUS_LOST;
    for (int index = 0;;) {
        if (wait_for_result(pg) != STATUS_OK)
            return STATUS_LOST;
        PGresult *result = PQgetResult(pg->conn);
        ExecStatusType type = PQresultStatus(result);
        if (result == NULL) {
            if (PQstatus(pg->conn) != CONNECTION_OK)
                return STATUS_LOST;
            index++;
            continue;
        }
        enum status here =
            type == PGRES_PIPELINE_ABORTED ? STATUS_OK : pg_classify(pg->conn, result);
        if (here != STATUS_OK && status == STATUS_OK) {
            status = here;
            warn(pg, "database.refused");
        }
        if (status == STATUS_OK && take != NULL &&
            (type == PGRES_TUPLES_OK || type == PGRES_COMMAND_OK))
            take(context, index, result);
        PQclear(result);
        if (type == PGRES_PIPELINE_SYNC)
            pg->heard_ms = monotonic_ms();
        if (type == PGRES_PIPELINE_SYNC || status == STATUS_LOST)
            return status;
    }
}

enum status pg_ping(struct pg *pg)
{
    const struct pg_params none = {.n = 0};
    if (monotonic_ms() - pg->heard_ms < PING_MS)
        return STATUS_OK;
    enum status status = pg_send(pg, "ping", &none);
    pg->statements--; /* it is no work */
    return status == STATUS_OK ? pg_sync(pg, NULL, NULL) : status;
}
