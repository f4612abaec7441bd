/* SPDX-License-Identifier: Apache-2.0 */
/* rate.h: how many requests an address may make: each takes one from a bucket of `burst`, which
 * fills by `per_second`. The number of buckets is fixed, so that thousands of addresses take no
 * memory; two with the same hash share a bucket. Pure. */
#ifndef GATEWAY_RATE_H
#define GATEWAY_RATE_H

#include <stdbool.h>
#include <stdint.h>

enum { RATE_BUCKETS = 4096 };

struct rate {
    int64_t per_second; /* 0: no limit */
    int64_t burst;
    struct {
        int64_t thousandths, at_ms;
    } buckets[RATE_BUCKETS];
};

/* May this IPv4 address make a request now? If so, it is counted. */
bool rate_allows(struct rate *, uint32_t address, int64_t now_ms);

#endif
