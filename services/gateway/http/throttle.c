/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/throttle.h"

#include "common/base/backoff.h"
#include "common/base/hash.h"

enum { HOUR_MS = 3600000 };

static size_t place_of(uint64_t key)
{
    return hash_number(key) % THROTTLE_KEYS;
}

static bool hour_is_over(int64_t began_ms, int64_t now_ms)
{
    return began_ms == 0 || now_ms - began_ms >= HOUR_MS;
}

int64_t throttle_wait_ms(const struct throttle *throttle, uint64_t key, int64_t now_ms)
{
    size_t i = place_of(key);
    int64_t began_ms = throttle->keys[i].began_ms, next_ms = throttle->keys[i].next_ms;
    if (throttle->an_hour == 0 || hour_is_over(began_ms, now_ms))
        return 0;
    if (throttle->keys[i].tries >= throttle->an_hour)
        return began_ms + HOUR_MS - now_ms;
    return next_ms > now_ms ? next_ms - now_ms : 0;
}

void throttle_count(struct throttle *throttle, uint64_t key, int64_t now_ms)
{
    size_t i = place_of(key);
    if (hour_is_over(throttle->keys[i].began_ms, now_ms)) {
        throttle->keys[i].began_ms = now_ms;
        throttle->keys[i].tries = 0;
        throttle->keys[i].slowed = false;
    }
    throttle->keys[i].tries++;
    throttle->keys[i].next_ms =
        now_ms + backoff_ms(throttle->delay_ms, throttle->delay_max_ms,
                            throttle->keys[i].tries - throttle->at_once + 1);
}

void throttle_right(struct throttle *throttle, uint64_t key)
{
    size_t i = place_of(key);
    if (throttle->keys[i].tries > 0)
        throttle->keys[i].tries--;
    throttle->keys[i].next_ms = 0; /* the delay before this try was over when it was made */
}

bool throttle_refuse(struct throttle *throttle, uint64_t key)
{
    size_t i = place_of(key);
    bool first = !throttle->keys[i].slowed;
    throttle->keys[i].slowed = true;
    return first;
}
