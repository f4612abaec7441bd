/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/cache.h"

#include <sodium.h>
#include <string.h>

_Static_assert(CACHE_KEY_BYTES == crypto_shorthash_siphashx24_KEYBYTES &&
                   CACHE_TAG_BYTES == crypto_shorthash_siphashx24_BYTES,
               "keys and tags are SipHash's");

void cache_init(struct cache *cache)
{
    cache_clear(cache);
    randombytes_buf(cache->key, sizeof cache->key);
}

/* The index of a secret's entry, and its tag. */
static size_t index_of(const struct cache *cache, const char *secret,
                       unsigned char tag[CACHE_TAG_BYTES])
{
    crypto_shorthash_siphashx24(tag, (const unsigned char *)secret, strlen(secret), cache->key);
    return ((size_t)tag[0] << 8 | tag[1]) % CACHE_ENTRIES;
}

const struct caller *cache_find(const struct cache *cache, const char *secret, int64_t now_ms)
{
    unsigned char tag[CACHE_TAG_BYTES];
    size_t i = index_of(cache, secret, tag);
    bool same = sodium_memcmp(cache->entries[i].tag, tag, sizeof tag) == 0;
    return same && now_ms < cache->entries[i].until_ms ? &cache->entries[i].caller : NULL;
}

void cache_add(struct cache *cache, const char *secret, const struct caller *caller, int64_t now_ms)
{
    unsigned char tag[CACHE_TAG_BYTES];
    size_t i = index_of(cache, secret, tag);
    memcpy(cache->entries[i].tag, tag, sizeof tag);
    cache->entries[i].caller = *caller;
    cache->entries[i].until_ms = now_ms + CACHE_MS;
}

void cache_remove(struct cache *cache, const char *secret)
{
    unsigned char tag[CACHE_TAG_BYTES];
    size_t i = index_of(cache, secret, tag);
    if (sodium_memcmp(cache->entries[i].tag, tag, sizeof tag) == 0)
        cache->entries[i].until_ms = 0;
}

void cache_clear(struct cache *cache)
{
    memset(cache->entries, 0, sizeof cache->entries);
}
