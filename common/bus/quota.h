/* SPDX-License-Identifier: Apache-2.0 */
/* quota.h: how much each key may send in a second. A key that sends more, or what no program of
 * ours sends, is shut out for a while. Pure. */
#ifndef COMMON_QUOTA_H
#define COMMON_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/bus/peer.h"

enum { QUOTA_KEYS_MAX = 256 };

struct quota_use {
    unsigned char key[PEER_KEY_BYTES];
    int64_t second_ms;     /* when the second that is counted began */
    int64_t frames, bytes; /* in it */
    int64_t out_until_ms;
};

struct quota {
    int64_t frames, bytes;                 /* most in a second; 0: no limit */
    int64_t out_ms;                        /* how long a key is shut out */
    struct quota_use uses[QUOTA_KEYS_MAX]; /* of more keys, those that were heard last */
    int n;
};

/* Counts a frame. False: with it the key has sent too much, and it is shut out from now on. */
bool quota_count(struct quota *, const unsigned char key[PEER_KEY_BYTES], size_t bytes,
                 int64_t now_ms);
void quota_shut_out(struct quota *, const unsigned char key[PEER_KEY_BYTES], int64_t now_ms);
bool quota_is_out(const struct quota *, const unsigned char key[PEER_KEY_BYTES], int64_t now_ms);

#endif
