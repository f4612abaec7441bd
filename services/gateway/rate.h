/* SPDX-License-Identifier: Apache-2.0 */
/* rate.h: how many requests an address may make: a bucket of `burst` that fills by `per_second`. A
 * fixed number of buckets, so that addresses by the thousand take no memory; two that fall into the
 * same share it. Pure. */
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

/* May this address make a request now? It has then made it. */
bool rate_allows(struct rate *, const char *address, int64_t now_ms);

#endif
