/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/quota.h"

#include <string.h>

enum { SECOND_MS = 1000 };

static struct quota_use *find(const struct quota *quota, const unsigned char key[PEER_KEY_BYTES])
{
    for (int i = 0; i < quota->n; i++)
        if (memcmp(quota->uses[i].key, key, PEER_KEY_BYTES) == 0)
            return (struct quota_use *)&quota->uses[i];
    return NULL;
}

/* When all places are taken, that of the key that was silent the longest. */
static struct quota_use *new_use(struct quota *quota)
{
    struct quota_use *oldest = &quota->uses[0];
    if (quota->n < QUOTA_KEYS_MAX)
        return &quota->uses[quota->n++];
    for (int i = 1; i < quota->n; i++)
        if (quota->uses[i].second_ms < oldest->second_ms)
            oldest = &quota->uses[i];
    return oldest;
}

static struct quota_use *use_of(struct quota *quota, const unsigned char key[PEER_KEY_BYTES],
                                int64_t now_ms)
{
    struct quota_use *use = find(quota, key);
    if (use != NULL)
        return use;
    use = new_use(quota);
    *use = (struct quota_use){.second_ms = now_ms};
    memcpy(use->key, key, PEER_KEY_BYTES);
    return use;
}

bool quota_count(struct quota *quota, const unsigned char key[PEER_KEY_BYTES], size_t bytes,
                 int64_t now_ms)
{
    struct quota_use *use = use_of(quota, key, now_ms);
    if (now_ms - use->second_ms >= SECOND_MS) {
        use->second_ms = now_ms;
        use->frames = use->bytes = 0;
    }
    use->frames++;
    use->bytes += (int64_t)bytes;
    if ((quota->frames == 0 || use->frames <= quota->frames) &&
        (quota->bytes == 0 || use->bytes <= quota->bytes))
        return true;
    quota_shut_out(quota, key, now_ms);
    return false;
}

void quota_shut_out(struct quota *quota, const unsigned char key[PEER_KEY_BYTES], int64_t now_ms)
{
    use_of(quota, key, now_ms)->out_until_ms = now_ms + quota->out_ms;
}

bool quota_is_out(const struct quota *quota, const unsigned char key[PEER_KEY_BYTES],
                  int64_t now_ms)
{
    const struct quota_use *use = find(quota, key);
    return use != NULL && now_ms < use->out_until_ms;
}
