/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/once.h"

#include <sodium.h>
#include <string.h>

#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

enum { NONCE_BYTES = crypto_secretbox_NONCEBYTES, SEAL_BYTES = crypto_secretbox_MACBYTES };
_Static_assert(SECRET_HASH_BYTES == crypto_secretbox_KEYBYTES, "a hash is a key");

/* ---- derived from the key */

static void from_key(const struct job *job, const char *purpose,
                     unsigned char hash[SECRET_HASH_BYTES])
{
    crypto_generichash(hash, SECRET_HASH_BYTES, job->key, sizeof job->key,
                       (const unsigned char *)purpose, strlen(purpose));
}

static struct answer_row answer_of(const struct job *job)
{
    struct answer_row answer = {.asker = job->caller.name};
    from_key(job, "onedoor answer: which one", answer.key);
    return answer;
}

static struct bytes seal(const struct job *job, struct bytes reply)
{
    unsigned char key[SECRET_HASH_BYTES];
    unsigned char *sealed = arena_alloc(job->arena, NONCE_BYTES + SEAL_BYTES + reply.len);
    from_key(job, "onedoor answer: its seal", key);
    randombytes_buf(sealed, NONCE_BYTES);
    crypto_secretbox_easy(sealed + NONCE_BYTES, reply.data, reply.len, sealed, key);
    return (struct bytes){sealed, NONCE_BYTES + SEAL_BYTES + reply.len};
}

/* Null: it was not sealed under this key, or was changed. */
static Onedoor__Reply *unseal(const struct job *job, struct bytes sealed)
{
    unsigned char key[SECRET_HASH_BYTES];
    if (sealed.len < NONCE_BYTES + SEAL_BYTES)
        return NULL;
    size_t size = sealed.len - NONCE_BYTES - SEAL_BYTES;
    unsigned char *reply = arena_alloc(job->arena, size + 1);
    from_key(job, "onedoor answer: its seal", key);
    if (crypto_secretbox_open_easy(reply, sealed.data + NONCE_BYTES, sealed.len - NONCE_BYTES,
                                   sealed.data, key) != 0)
        return NULL;
    return message_unpack(&onedoor__reply__descriptor, (struct bytes){reply, size}, job->arena);
}

/* ---- doing the job */

/* BLAKE2b-256 of the request. Each message belongs to one route, so its type stands for the route.
 */
static struct bytes digest_of(const struct job *job)
{
    const ProtobufCMessage *message = job->message;
    const char *type = message_type(message->descriptor);
    struct bytes body = message_pack(message, job->arena);
    unsigned char *digest = arena_alloc(job->arena, SECRET_HASH_BYTES);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, SECRET_HASH_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)type, strlen(type) + 1);
    crypto_generichash_update(&state, body.data, body.len);
    crypto_generichash_final(&state, digest, SECRET_HASH_BYTES);
    return (struct bytes){digest, SECRET_HASH_BYTES};
}

static bool is_same(struct bytes a, struct bytes b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static enum status answer_again(struct job *job, const struct answer_row *done)
{
    const Onedoor__Reply *reply = unseal(job, done->reply);
    if (reply == NULL) {
        log_error(0, "people.answer", "an answer to %s cannot be opened", done->asker);
        return STATUS_FAILED;
    }
    job->outcome = (struct outcome){reply->code, reply->reason, reply->detail, reply->field};
    if (is_ok(job->outcome))
        job->reply = message_unpack(job->reply_type,
                                    (struct bytes){reply->body.data, reply->body.len}, job->arena);
    return STATUS_OK;
}

/* NOT_FOUND: another process is doing the same job at this moment; its answer is found next time.
 */
static enum status do_and_keep(struct job *job, struct answer_row *answer)
{
    job->handler(job);
    if (job->outcome.code == ONEDOOR__CODE__UNAVAILABLE)
        return STATUS_AGAIN;
    answer->reply = seal(job, edge_reply(job->key, job->outcome, job->reply, job->arena));
    return store_add_answer(job->people->store, answer, people_now_ms());
}

static enum status do_once(struct job *job)
{
    struct answer_row answer = answer_of(job);
    struct bytes digest = digest_of(job);
    enum status status = store_find_answer(job->people->store, &answer, job->arena);
    if (status == STATUS_NOT_FOUND) {
        answer.digest = digest;
        return do_and_keep(job, &answer);
    }
    if (status != STATUS_OK)
        return status;
    if (is_same(answer.digest, digest))
        return answer_again(job, &answer);
    job->outcome = (struct outcome){ONEDOOR__CODE__ALREADY_EXISTS, ONEDOOR__REASON__KEY_REUSED,
                                    "this key was used for another request", NULL};
    return STATUS_OK;
}

void once_do(struct job *job)
{
    struct people_store *store = job->people->store;
    enum status status = store_begin(store);
    if (status == STATUS_OK) {
        status = do_once(job);
        enum status ended = store_end(store, status == STATUS_OK);
        status = status == STATUS_OK ? ended : status;
    }
    if (status == STATUS_OK)
        return;
    job->outcome = people_unavailable();
    job->reply = NULL;
}
