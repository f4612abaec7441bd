/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/seal.h"

#include <sodium.h>
#include <string.h>

#include "common/base/panic.h"

enum {
    ID_BYTES = 4,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    HEAD_BYTES = ID_BYTES + NONCE_BYTES,
};

_Static_assert(HEAD_BYTES + TAG_BYTES == SEAL_EXTRA_BYTES, "seal.h says how long it is");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == SEAL_SECRET_BYTES, "keys fit");

/* ---- keys */

static void hash_keyed(unsigned char *out, size_t size, const unsigned char key[SEAL_SECRET_BYTES],
                       const char *purpose, const void *text, size_t length)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, SEAL_SECRET_BYTES, size);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, text, length);
    crypto_generichash_final(&state, out, size);
}

/* A key of its own for each use. */
static void derive(unsigned char out[SEAL_SECRET_BYTES],
                   const unsigned char secret[SEAL_SECRET_BYTES], const char *purpose)
{
    hash_keyed(out, SEAL_SECRET_BYTES, secret, purpose, NULL, 0);
}

static struct seal_key key_of(uint32_t id, const unsigned char secret[SEAL_SECRET_BYTES])
{
    struct seal_key key = {.id = id};
    derive(key.cipher, secret, "onedoor seal cipher");
    derive(key.nonce, secret, "onedoor seal nonce");
    return key;
}

void seal_set_secret(struct seal *seal, const unsigned char secret[SEAL_SECRET_BYTES])
{
    seal->brief = key_of(SEAL_BRIEF, secret);
    derive(seal->sought, secret, "onedoor seal sought");
    derive(seal->digest, secret, "onedoor seal digest");
}

static const struct seal_key *find(const struct seal *seal, uint32_t id)
{
    if (id == SEAL_BRIEF)
        return &seal->brief;
    for (int i = 0; i < seal->n; i++)
        if (seal->keys[i].id == id)
            return &seal->keys[i];
    return NULL;
}

bool seal_has_key(const struct seal *seal, uint32_t id)
{
    return find(seal, id) != NULL;
}

bool seal_add_key(struct seal *seal, uint32_t id, const unsigned char key[SEAL_SECRET_BYTES])
{
    if (seal->n == SEAL_KEYS_MAX || seal_has_key(seal, id))
        return false;
    seal->keys[seal->n++] = key_of(id, key);
    return true;
}

uint32_t seal_newest(const struct seal *seal)
{
    must(seal->n > 0);
    return seal->keys[0].id;
}

/* ---- sealing */

static void put_id(unsigned char *to, uint32_t id)
{
    for (int i = 0; i < ID_BYTES; i++)
        to[i] = (unsigned char)(id >> (24 - 8 * i));
}

uint32_t seal_id(struct bytes sealed)
{
    uint32_t id = 0;
    for (size_t i = 0; i < ID_BYTES && i < sealed.len; i++)
        id = id << 8 | sealed.data[i];
    return id;
}

static void make_nonce(const struct seal_key *key, struct bytes place, struct bytes text,
                       unsigned char nonce[NONCE_BYTES])
{
    const uint64_t place_len = place.len;
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->nonce, sizeof key->nonce, NONCE_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)&place_len, sizeof place_len);
    crypto_generichash_update(&state, place.data, place.len);
    crypto_generichash_update(&state, text.data, text.len);
    crypto_generichash_final(&state, nonce, NONCE_BYTES);
}

struct bytes seal_close(const struct seal *seal, uint32_t id, struct bytes place, struct bytes text,
                        struct arena *arena)
{
    if (text.data == NULL)
        return (struct bytes){NULL, 0};
    const struct seal_key *key = find(seal, id);
    must(key != NULL);
    unsigned char *sealed = arena_alloc(arena, text.len + SEAL_EXTRA_BYTES);
    put_id(sealed, id);
    make_nonce(key, place, text, sealed + ID_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + HEAD_BYTES, NULL, text.data, text.len,
                                               place.data, place.len, NULL, sealed + ID_BYTES,
                                               key->cipher);
    return (struct bytes){sealed, text.len + SEAL_EXTRA_BYTES};
}

bool seal_open(const struct seal *seal, struct bytes place, struct bytes sealed,
               struct arena *arena, struct bytes *text)
{
    *text = (struct bytes){NULL, 0};
    if (sealed.data == NULL)
        return true;
    const struct seal_key *key = find(seal, seal_id(sealed));
    if (key == NULL || sealed.len < SEAL_EXTRA_BYTES)
        return false;
    unsigned char *opened = arena_alloc(arena, sealed.len - SEAL_EXTRA_BYTES + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(opened, NULL, NULL, sealed.data + HEAD_BYTES,
                                                   sealed.len - HEAD_BYTES, place.data, place.len,
                                                   sealed.data + ID_BYTES, key->cipher) != 0)
        return false;
    *text = (struct bytes){opened, sealed.len - SEAL_EXTRA_BYTES};
    return true;
}

/* ---- hashes */

struct bytes seal_sought(const struct seal *seal, const char *column, const char *text,
                         struct arena *arena)
{
    if (text == NULL || text[0] == '\0')
        return (struct bytes){NULL, 0};
    unsigned char *hash = arena_alloc(arena, SEAL_SOUGHT_BYTES);
    hash_keyed(hash, SEAL_SOUGHT_BYTES, seal->sought, column, text, strlen(text));
    return (struct bytes){hash, SEAL_SOUGHT_BYTES};
}

void seal_digest(const struct seal *seal, unsigned char digest[32])
{
    unsigned char plain[32];
    memcpy(plain, digest, sizeof plain);
    crypto_generichash(digest, 32, plain, sizeof plain, seal->digest, sizeof seal->digest);
}

void seal_proof(const struct seal *seal, uint32_t id, unsigned char proof[SEAL_PROOF_BYTES])
{
    const struct seal_key *key = find(seal, id);
    must(key != NULL);
    hash_keyed(proof, SEAL_PROOF_BYTES, key->nonce, "onedoor seal proof", NULL, 0);
}
