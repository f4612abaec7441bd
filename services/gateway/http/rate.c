/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/rate.h"

#include "common/base/hash.h"

bool rate_allows(struct rate *rate, uint32_t address, int64_t now_ms)
{
    if (rate->per_second == 0)
        return true;
    size_t bucket = hash_number(address) % RATE_BUCKETS;
    int64_t *left = &rate->buckets[bucket].thousandths, *at_ms = &rate->buckets[bucket].at_ms;
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
