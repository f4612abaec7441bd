/* SPDX-License-Identifier: Apache-2.0 */
/* store_answers.c: replies kept under their Idempotency-Key. */
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

static const struct column answer_columns[] = {
    COLUMN(answer_row, digest, BYTES, 0),
    COLUMN(answer_row, reply, BYTES, 0),
};
static const struct shape answer_shape = SHAPE(answer_row, answer_columns);

enum status store_find_answer(struct people_store *store, struct answer_row *answer,
                              struct arena *arena)
{
    struct answer_row found;
    enum status status = statement_row(
        store, &answer_shape, "from answer where centre = $1 and asker = $2 and key = $3",
        PARAMS(P_I16(store->centre), P_TEXT(answer->asker), P_HASH(answer->key)), arena, &found);
    if (status == STATUS_OK) {
        answer->digest = found.digest;
        answer->reply = found.reply;
    }
    return status;
}

enum status store_add_answer(struct people_store *store, const struct answer_row *answer,
                             int64_t now_ms)
{
    return statement_change(store,
                            "insert into answer (centre, asker, key, digest, reply, done_at)"
                            " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                            PARAMS(P_I16(store->centre), P_TEXT(answer->asker), P_HASH(answer->key),
                                   P_BYTES(answer->digest), P_BYTES(answer->reply),
                                   P_TIME(now_ms)));
}
