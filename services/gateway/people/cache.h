/* SPDX-License-Identifier: Apache-2.0 */
/* cache.h: the callers that were authenticated lately, by the secret they showed, so that not every
 * request asks the register. An entry is believed for CACHE_MS: within that time a change made
 * elsewhere takes effect.
 *
 * A secret is kept as a tag (SipHash, 128 bits) under a key that is drawn at start and never leaves
 * the process, so nobody can search for a secret whose tag is another's. The cache has a fixed
 * size; a caller whose entry was overwritten is authenticated again. */
#ifndef GATEWAY_CACHE_H
#define GATEWAY_CACHE_H

#include "services/gateway/caller/caller.h"

enum { CACHE_ENTRIES = 4096, CACHE_MS = 4000, CACHE_TAG_BYTES = 16, CACHE_KEY_BYTES = 16 };

struct cache {
    unsigned char key[CACHE_KEY_BYTES];
    struct {
        unsigned char tag[CACHE_TAG_BYTES];
        struct caller caller;
        int64_t until_ms; /* monotonic */
    } entries[CACHE_ENTRIES];
};

/* Draws the key; the entries are empty. */
void cache_init(struct cache *);

/* Null: ask the register. */
const struct caller *cache_find(const struct cache *, const char *secret, int64_t now_ms);
void cache_add(struct cache *, const char *secret, const struct caller *, int64_t now_ms);
void cache_remove(struct cache *, const char *secret);
void cache_clear(struct cache *);

#endif
