/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/event.h"

#include <endian.h>
#include <sodium.h>
#include <string.h>

static void mix_number(crypto_generichash_state *state, int64_t number)
{
    uint64_t big = htobe64((uint64_t)number);
    crypto_generichash_update(state, (const unsigned char *)&big, sizeof big);
}

/* The length goes first, so that different fields never give the same input. */
static void mix_bytes(crypto_generichash_state *state, const void *data, size_t len)
{
    mix_number(state, (int64_t)len);
    if (len > 0)
        crypto_generichash_update(state, data, len);
}

void event_hash(const struct event *event, const unsigned char previous[HASH_BYTES],
                unsigned char hash[HASH_BYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    crypto_generichash_update(&state, previous, HASH_BYTES);
    mix_number(&state, event->epoch);
    mix_number(&state, event->seq);
    mix_number(&state, event->version);
    mix_number(&state, event->case_number);
    mix_number(&state, event->at_ms);
    mix_bytes(&state, event->type, strlen(event->type));
    mix_bytes(&state, event->actor, strlen(event->actor));
    mix_bytes(&state, event->payload.data, event->payload.len);
    crypto_generichash_final(&state, hash, HASH_BYTES);
}
