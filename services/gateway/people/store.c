/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/store.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/log.h"
#include "services/gateway/people/statement.h"

struct people_store *store_new(const struct config *config)
{
    struct people_store *store = calloc(1, sizeof *store);
    must(store != NULL);
    store->config = config;
    store->by = "";
    store->centre = (int16_t)config_number(config, "centre");
    return store;
}

void store_free(struct people_store **store)
{
    if (*store == NULL)
        return;
    pg_close(&(*store)->pg);
    free(*store);
    *store = NULL;
}

void store_set_by(struct people_store *store, const char *by)
{
    store->by = by;
}

/* ---- transactions */

/* A transaction that has failed answers "commit" with ROLLBACK, so the tag is checked. */
static enum status control(struct people_store *store, const char *command, const char *tag)
{
    PGresult *result = PQexec(store->pg.conn, command);
    enum status status = pg_classify(store->pg.conn, result);
    if (status == STATUS_OK && strcmp(PQcmdStatus(result), tag) != 0)
        status = STATUS_FAILED;
    if (status != STATUS_OK)
        log_error(0, "people.database", "%s: %.200s", command, PQerrorMessage(store->pg.conn));
    PQclear(result);
    return status;
}

enum status store_begin(struct people_store *store)
{
    enum status status = statement_connect(store);
    if (status == STATUS_OK)
        status = control(store, "begin", "BEGIN");
    store->in_transaction = status == STATUS_OK;
    return status;
}

enum status store_end(struct people_store *store, bool keep)
{
    enum status status =
        keep ? control(store, "commit", "COMMIT") : control(store, "rollback", "ROLLBACK");
    if (status != STATUS_OK)
        pg_close(&store->pg); /* what it has open is unknown */
    store->in_transaction = false;
    return status;
}

/* ---- the whole register */

#define DAY_MS INT64_C(86400000)

enum status store_sweep(struct people_store *store, int64_t now_ms, const struct kept_since *since)
{
    return statement_allow_none(statement_change(
        store,
        "with tokens as (delete from token where centre = $1 and ends_at <= $2),"
        " answers as (delete from answer where centre = $1 and done_at <= $4),"
        " devices as (delete from device where centre = $1 and used_at <= $5),"
        " sign_ins as (delete from sign_in where centre = $1 and at <= $6),"
        " denials as (delete from denial where centre = $1 and last_at <= $6)"
        " delete from session where centre = $1 and (ends_at <= $2 or seen_at <= $3)",
        PARAMS(P_I16(store->centre), P_TIME(now_ms), P_TIME(since->session_ms),
               P_TIME(since->answer_ms), P_TIME(now_ms - DEVICE_DAYS * DAY_MS),
               P_TIME(since->record_ms))));
}

struct hall_row {
    const char *kind;
};

static const struct column hall_columns[] = {COLUMN(hall_row, kind, TEXT, 0)};
static const struct shape hall_shape = SHAPE(hall_row, hall_columns);

enum status store_hall_kind(struct people_store *store, struct arena *arena, const char **kind)
{
    struct hall_row hall;
    enum status status =
        statement_row(store, &hall_shape, "from hall.hall", NO_PARAMS, arena, &hall);
    if (status == STATUS_OK)
        *kind = hall.kind;
    return status;
}
