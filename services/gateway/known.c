/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/known.h"

#include <string.h>

static size_t place_of(const unsigned char *hash)
{
    return ((size_t)hash[0] << 8 | hash[1]) % KNOWN_PLACES;
}

const struct caller *known_find(const struct known *known,
                                const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms)
{
    size_t i = place_of(hash);
    bool same = memcmp(known->places[i].caller.hash, hash, SECRET_HASH_BYTES) == 0;
    return same && now_ms < known->places[i].until_ms ? &known->places[i].caller : NULL;
}

void known_keep(struct known *known, const struct caller *caller, int64_t now_ms)
{
    size_t i = place_of(caller->hash);
    known->places[i].caller = *caller;
    known->places[i].until_ms = now_ms + KNOWN_MS;
}

void known_forget(struct known *known, const unsigned char hash[SECRET_HASH_BYTES])
{
    size_t i = place_of(hash);
    if (memcmp(known->places[i].caller.hash, hash, SECRET_HASH_BYTES) == 0)
        known->places[i].until_ms = 0;
}

void known_forget_all(struct known *known)
{
    memset(known, 0, sizeof *known);
}
