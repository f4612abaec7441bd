/* SPDX-License-Identifier: Apache-2.0 */
/* pricing.h: what a fee comes to, by its published standard and the facts of the case.
 *
 * RULE H8: nothing but the standard and the facts goes into an amount; nobody types one.
 * RULE L59: the standard is followed to the fen: free units, tiers, cap.
 *
 * Units beyond the free ones are priced, at the unit's price or band by band; area fees by the day
 * are multiplied by the days; a cap bounds the whole. A fixed fee is one unit. Pure. */
#ifndef CHARGING_PRICING_H
#define CHARGING_PRICING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/values/fee_kind.h"

/* A standard as it is in force from `from_day` to before `to_day` (0 = no end). Text lives as long
 * as the service. */
struct fee_standard {
    const char *code, *item, *department, *name_zh, *name_en;
    const char *basis; /* RULE L58: the law or regulation that sets it */
    int32_t from_day, to_day;
    enum fee_kind kind;
    struct money price; /* of a unit; of no account when tiered */
    const char *unit;   /* "m2", or "m2·day" by the day */
    int64_t free_units;
    struct money cap;             /* 0 = none */
    const struct fee_tier *tiers; /* from 0 upwards without gaps, the last without end */
    size_t n_tiers;
    bool deposit;   /* given back once what it secures is done */
    bool reducible; /* it may be waived */
};

enum { FACT_UNITS_MAX = 1000000, FACT_DAYS_MAX = 3660 };

/* What is known of the case for one fee. */
struct fee_fact {
    const char *fee; /* code of the standard */
    int64_t units;   /* 0..FACT_UNITS_MAX */
    int32_t days;    /* 0..FACT_DAYS_MAX */
};

/* One fee, priced. */
struct fee_charge {
    const struct fee_standard *standard;
    int64_t units;
    int32_t days;
    struct money amount;
    const char *working; /* "30 m2 x 10 days x 1.00 = 300.00"; in the arena */
};

/* Price one fee. A fact that is missing (null, or 0 where the standard counts it) makes nothing
 * due, and the working says so. False, and nothing priced, when the facts or the amount lie beyond
 * what a hall deals with. */
bool charging_price(const struct fee_standard *, const struct fee_fact *, struct arena *,
                    struct fee_charge *) __attribute__((warn_unused_result));

#endif
