/* SPDX-License-Identifier: Apache-2.0 */
/* rate.h: how many requests an address may make: a bucket of `burst` that fills by `per_second`. A
 * fixed number of buckets, so that addresses by the thousand take no memory; two that fall into the
 * same share it. Pure. */
#ifndef GATEWAY_RATE_H
#define GATEWAY_RATE_H

#include <stdbool.h>
#include <stdint.h>

enum { RATE_BITS = 12, RATE_BUCKETS = 1 << RATE_BITS };

struct rate {
    int64_t per_second; /* 0: no limit */
    int64_t burst;
    struct {
        int64_t thousandths, at_ms;
    } buckets[RATE_BUCKETS];
};

/* May this IPv4 address make a request now? It has then made it. */
bool rate_allows(struct rate *, uint32_t address, int64_t now_ms);

#endif
