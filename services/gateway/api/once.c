/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/once.h"

#include <sodium.h>
#include <string.h>

#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"
#include "services/gateway/api/routes.h"
#include "services/gateway/people/people_inside.h"

enum { NONCE_BYTES = crypto_secretbox_NONCEBYTES, SEAL_BYTES = crypto_secretbox_MACBYTES };
_Static_assert(SECRET_HASH_BYTES == crypto_secretbox_KEYBYTES, "a hash is a key");

/* ---- what follows from the key */

static void from_key(const struct deed *deed, const char *purpose,
                     unsigned char hash[SECRET_HASH_BYTES])
{
    crypto_generichash(hash, SECRET_HASH_BYTES, deed->key, sizeof deed->key,
                       (const unsigned char *)purpose, strlen(purpose));
}

static struct answer_row answer_of(const struct deed *deed)
{
    struct answer_row answer = {.asker = deed->caller.name, .by_token = !deed->caller.by_session};
    from_key(deed, "onedoor answer: which one", answer.key);
    return answer;
}

static struct bytes seal(const struct deed *deed, struct bytes reply)
{
    unsigned char key[SECRET_HASH_BYTES];
    unsigned char *sealed = arena_alloc(deed->arena, NONCE_BYTES + SEAL_BYTES + reply.len);
    from_key(deed, "onedoor answer: its seal", key);
    randombytes_buf(sealed, NONCE_BYTES);
    crypto_secretbox_easy(sealed + NONCE_BYTES, reply.data, reply.len, sealed, key);
    return (struct bytes){sealed, NONCE_BYTES + SEAL_BYTES + reply.len};
}

/* Null: it is not what was sealed. */
static Onedoor__Reply *unseal(const struct deed *deed, struct bytes sealed)
{
    unsigned char key[SECRET_HASH_BYTES];
    if (sealed.len < NONCE_BYTES + SEAL_BYTES)
        return NULL;
    size_t size = sealed.len - NONCE_BYTES - SEAL_BYTES;
    unsigned char *reply = arena_alloc(deed->arena, size + 1);
    from_key(deed, "onedoor answer: its seal", key);
    if (crypto_secretbox_open_easy(reply, sealed.data + NONCE_BYTES, sealed.len - NONCE_BYTES,
                                   sealed.data, key) != 0)
        return NULL;
    return message_unpack(&onedoor__reply__descriptor, (struct bytes){reply, size}, deed->arena);
}

/* ---- doing it */

/* BLAKE2b-256 of what is asked. Each message belongs to one route, so its type says which. */
static struct bytes digest_of(const struct deed *deed)
{
    const ProtobufCMessage *message = deed->message;
    const char *type = message_type(message->descriptor);
    struct bytes body = message_pack(message, deed->arena);
    unsigned char *digest = arena_alloc(deed->arena, SECRET_HASH_BYTES);
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

static enum status say_again(struct deed *deed, const struct answer_row *done)
{
    const Onedoor__Reply *reply = unseal(deed, done->reply);
    if (reply == NULL) {
        log_error(0, "people.answer", "an answer to %s cannot be opened", done->asker);
        return STATUS_FAILED;
    }
    deed->outcome = (struct outcome){reply->code, reply->reason, reply->detail, reply->field};
    if (is_ok(deed->outcome))
        deed->reply = message_unpack(
            deed->route->reply, (struct bytes){reply->body.data, reply->body.len}, deed->arena);
    return STATUS_OK;
}

/* NOT_FOUND: the same is being done elsewhere at this very moment; asked again, it will be found.
 */
static enum status do_and_keep(struct deed *deed, struct answer_row *answer)
{
    deed->route->deed(deed);
    if (deed->outcome.code == ONEDOOR__CODE__UNAVAILABLE)
        return STATUS_AGAIN;
    answer->reply = seal(deed, edge_reply(deed->key, deed->outcome, deed->reply, deed->arena));
    return store_add_answer(&deed->people->store, answer, wall_ms(), deed->arena);
}

static enum status do_once(struct deed *deed)
{
    struct answer_row answer = answer_of(deed);
    struct bytes digest = digest_of(deed);
    enum status status = store_find_answer(&deed->people->store, &answer, deed->arena);
    if (status == STATUS_NOT_FOUND) {
        answer.digest = digest;
        return do_and_keep(deed, &answer);
    }
    if (status != STATUS_OK)
        return status;
    if (is_same(answer.digest, digest))
        return say_again(deed, &answer);
    deed->outcome = (struct outcome){ONEDOOR__CODE__ALREADY_EXISTS, ONEDOOR__REASON__KEY_REUSED,
                                     "this key was used for another request", NULL};
    return STATUS_OK;
}

void people_once(struct deed *deed)
{
    struct people_store *store = &deed->people->store;
    enum status status = store_begin(store);
    if (status == STATUS_OK) {
        status = do_once(deed);
        enum status ended = store_end(store, status == STATUS_OK);
        status = status == STATUS_OK ? ended : status;
    }
    if (status == STATUS_OK)
        return;
    deed->outcome = people_away();
    deed->reply = NULL;
}
