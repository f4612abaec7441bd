/* SPDX-License-Identifier: Apache-2.0 */
/* fee_kind.h: the kinds of fee standard, and the bands of a tiered one: intake checks them before
 * they are published, charging before it prices by them. Pure. */
#ifndef COMMON_FEE_KIND_H
#define COMMON_FEE_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/values/money.h"

enum fee_kind { FEE_FIXED = 1, FEE_QUANTITY, FEE_AREA, FEE_AREA_DAYS, FEE_TIERED };

/* Units from `from` up to `to` (0 = no end) cost `price` each. */
struct fee_tier {
    int64_t from;
    int64_t to;
    struct money price;
};

/* The wire's name of a kind: "area_days"; and the kind of a name, false when there is none. */
const char *fee_kind_name(enum fee_kind);
bool fee_kind_of(const char *name, enum fee_kind *);

/* Whether the bands, in order, cover 0 and up, each where the one before ends, the last without
 * end, and none costs less than nothing. */
bool fee_tiers_cover(const struct fee_tier *, size_t n);

#endif
