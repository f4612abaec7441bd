/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/known.h"

#include <sodium.h>
#include <string.h>

_Static_assert(KNOWN_KEY_BYTES == crypto_shorthash_siphashx24_KEYBYTES &&
                   KNOWN_TAG_BYTES == crypto_shorthash_siphashx24_BYTES,
               "keys and tags are SipHash's");

void known_start(struct known *known)
{
    *known = (struct known){0};
    randombytes_buf(known->key, sizeof known->key);
}

/* The place of a secret, and its tag. */
static size_t place_of(const struct known *known, const char *secret,
                       unsigned char tag[KNOWN_TAG_BYTES])
{
    crypto_shorthash_siphashx24(tag, (const unsigned char *)secret, strlen(secret), known->key);
    return ((size_t)tag[0] << 8 | tag[1]) % KNOWN_PLACES;
}

const struct recognised *known_find(const struct known *known, const char *secret, int64_t now_ms)
{
    unsigned char tag[KNOWN_TAG_BYTES];
    size_t i = place_of(known, secret, tag);
    bool same = sodium_memcmp(known->places[i].tag, tag, sizeof tag) == 0;
    return same && now_ms < known->places[i].until_ms ? &known->places[i].who : NULL;
}

void known_keep(struct known *known, const char *secret, const struct recognised *who,
                int64_t now_ms)
{
    unsigned char tag[KNOWN_TAG_BYTES];
    size_t i = place_of(known, secret, tag);
    memcpy(known->places[i].tag, tag, sizeof tag);
    known->places[i].who = *who;
    known->places[i].until_ms = now_ms + KNOWN_MS;
}

void known_forget(struct known *known, const char *secret)
{
    unsigned char tag[KNOWN_TAG_BYTES];
    size_t i = place_of(known, secret, tag);
    if (sodium_memcmp(known->places[i].tag, tag, sizeof tag) == 0)
        known->places[i].until_ms = 0;
}

void known_forget_all(struct known *known)
{
    memset(known->places, 0, sizeof known->places);
}
