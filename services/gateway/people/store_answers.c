/* SPDX-License-Identifier: Apache-2.0 */
/* store_answers.c: replies kept under their Idempotency-Key. */
#include <sodium.h>
#include <string.h>

#include "services/gateway/people/statement.h"

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
    enum status status = statement_ask(store, &result,
                                       "select digest, reply from answer where centre = $1"
                                       " and asker = $2 and by_token = $3 and key = $4",
                                       "tbh", answer->asker, (int)answer->by_token, answer->key);
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK) {
        answer->digest = bytes_at(result, 0, arena);
        answer->reply = bytes_at(result, 1, arena);
    }
    return statement_done(status, result);
}

enum status store_add_answer(struct people_store *store, const struct answer_row *answer,
                             int64_t now_ms, struct arena *arena)
{
    return statement_change(
        store,
        "insert into answer (centre, asker, by_token, key, digest, reply, done_at)"
        " values ($1, $2, $3, $4, $5, $6, to_timestamp($7::bigint / 1000.0)) on conflict "
        "do nothing",
        "tbhtti", answer->asker, (int)answer->by_token, answer->key, hex(answer->digest, arena),
        hex(answer->reply, arena), now_ms);
}
