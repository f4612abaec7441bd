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

enum status store_connect(struct people_store *store)
{
    bool lost = store->pg.conn != NULL && PQstatus(store->pg.conn) != CONNECTION_OK;
    if (lost && store->together)
        return STATUS_LOST; /* what was done before this is lost with it */
    if (lost)
        pg_close(&store->pg);
    return store->pg.conn != NULL ? STATUS_OK : pg_open(&store->pg, store->config, "gateway", true);
}

/* ---- transactions */

/* A transaction that has failed answers "commit" with ROLLBACK: the tag tells what came of it. */
static enum status tell(struct people_store *store, const char *command, const char *tag)
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
    enum status status = store_connect(store);
    if (status == STATUS_OK)
        status = tell(store, "begin", "BEGIN");
    store->together = status == STATUS_OK;
    return status;
}

enum status store_end(struct people_store *store, bool keep)
{
    enum status status =
        keep ? tell(store, "commit", "COMMIT") : tell(store, "rollback", "ROLLBACK");
    if (status != STATUS_OK)
        pg_close(&store->pg); /* nobody knows what is open there */
    store->together = false;
    return status;
}

/* ---- the whole register */

enum status store_sweep(struct people_store *store, int64_t now_ms, int64_t idle_since_ms,
                        int64_t kept_since_ms)
{
    PGresult *result;
    enum status status = statement_ask(
        store, &result,
        "with tokens as (delete from token where centre = $1 and ends_at <= "
        "to_timestamp($2::bigint / 1000.0)),"
        " answers as (delete from answer where centre = $1 and done_at <= "
        "to_timestamp($4::bigint / 1000.0))"
        " delete from session where centre = $1 and (ends_at <= to_timestamp($2::bigint / 1000.0)"
        " or seen_at <= to_timestamp($3::bigint / 1000.0))",
        "iii", now_ms, idle_since_ms, kept_since_ms);
    return statement_done(status, result);
}

enum status store_hall_kind(struct people_store *store, struct arena *arena, const char **kind)
{
    PGresult *result;
    enum status status =
        statement_ask(store, &result, "select kind from hall.hall where $1::int > 0", "");
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *kind = statement_text(result, 0, 0, arena);
    return statement_done(status, result);
}
