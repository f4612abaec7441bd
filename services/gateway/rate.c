/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/rate.h"

bool rate_allows(struct rate *rate, const char *address, int64_t now_ms)
{
    uint32_t hash = 2166136261;
    if (rate->per_second == 0)
        return true;
    for (const char *c = address; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619;
    int64_t *left = &rate->buckets[hash % RATE_BUCKETS].thousandths,
            *at_ms = &rate->buckets[hash % RATE_BUCKETS].at_ms;
    int64_t full = rate->burst * 1000, away_ms = now_ms - *at_ms;
    *left = *at_ms == 0 || away_ms > full / rate->per_second ? full
                                                             : *left + away_ms * rate->per_second;
    if (*left > full)
        *left = full;
    *at_ms = now_ms;
    if (*left < 1000)
        return false;
    *left -= 1000;
    return true;
}
