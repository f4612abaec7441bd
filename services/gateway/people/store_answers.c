/* SPDX-License-Identifier: Apache-2.0 */
/* store_answers.c: what was answered under which Idempotency-Key, and the transaction in which it
 * is kept with what was done. */
#include <sodium.h>
#include <string.h>

#include "common/values/log.h"
#include "services/gateway/people/store_inside.h"

/* ---- together or not at all */

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

/* ---- answers */

/* "\x..." */
static const char *hex(struct bytes bytes, struct arena *arena)
{
    size_t size = bytes.len * 2 + 1;
    char *text = arena_alloc(arena, size + 2);
    memcpy(text, "\\x", 2);
    sodium_bin2hex(text + 2, size, bytes.data, bytes.len);
    return text;
}

static struct bytes bytes_at(const PGresult *result, int column, struct arena *arena)
{
    const char *text = PQgetvalue(result, 0, column) + 2;
    size_t most = strlen(text) / 2, got = 0;
    unsigned char *bytes = arena_alloc(arena, most + 1);
    sodium_hex2bin(bytes, most, text, strlen(text), NULL, &got, NULL);
    return (struct bytes){bytes, got};
}

enum status store_find_answer(struct people_store *store, struct answer_row *answer,
                              struct arena *arena)
{
    PGresult *result;
    enum status status = store_ask(store, &result,
                                   "select digest, reply from answer where centre = $1"
                                   " and asker = $2 and by_token = $3 and key = $4",
                                   "tbh", answer->asker, (int)answer->by_token, answer->key);
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK) {
        answer->digest = bytes_at(result, 0, arena);
        answer->reply = bytes_at(result, 1, arena);
    }
    return store_done(status, result);
}

enum status store_add_answer(struct people_store *store, const struct answer_row *answer,
                             int64_t now_ms, struct arena *arena)
{
    return store_change(
        store,
        "insert into answer (centre, asker, by_token, key, digest, reply, done_at)"
        " values ($1, $2, $3, $4, $5, $6, to_timestamp($7::bigint / 1000.0)) on conflict "
        "do nothing",
        "tbhtti", answer->asker, (int)answer->by_token, answer->key, hex(answer->digest, arena),
        hex(answer->reply, arena), now_ms);
}
