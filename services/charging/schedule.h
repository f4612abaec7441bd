/* SPDX-License-Identifier: Apache-2.0 */
/* schedule.h: the published fee standards of the hall, and the bill they make of a case.
 *
 * RULE L58: what stands here is charged and nothing else; an item with no standard in force costs
 * nothing. RULE H3: the bill is one, whatever departments are on it. */
#ifndef CHARGING_SCHEDULE_H
#define CHARGING_SCHEDULE_H

#include "common/base/status.h"
#include "common/wire/fee_facts.h"
#include "services/charging/pricing.h"
#include "services/charging/rows.h"

/* By item, code and first day. Everything borrowed from the rows it was made of, or in the arena
 * given with them. */
struct fee_schedule {
    const struct fee_standard *standards;
    size_t n;
};

struct fee_bill {
    const struct fee_charge *charges; /* one a standard in force, by code; in the arena */
    size_t n;
    struct money total;
};

/* STATUS_INVALID when a kind is unknown, an amount is negative, or tiers leave a gap, overlap or
 * end. */
MUST_USE enum status charging_schedule_make(struct fee_schedule *, const struct standard_row *,
                                            size_t n_standards, const struct tier_row *,
                                            size_t n_tiers, struct arena *);

/* The standards of an item (null: all), as a run of *n. */
const struct fee_standard *charging_schedule_item(const struct fee_schedule *, const char *item,
                                                  size_t *n);

/* The fees of an item in force on the day that count something; in the arena. */
const struct counted_fee *charging_counted_fees(const struct fee_schedule *, const char *item,
                                                int32_t day, struct arena *, size_t *n);

bool charging_in_force(const struct fee_standard *, int32_t day);

/* The name of a fee for people: its newest standard, or null. */
const struct fee_standard *charging_schedule_fee(const struct fee_schedule *, const char *code);

/* Price a case of the item by what is in force on the day. Facts of fees it does not have are
 * passed over. No standard in force: an empty bill. False when a line or the total lies beyond what
 * a hall deals with. */
struct fee_case {
    const char *item;
    int32_t day;                  /* the hall's own date */
    const struct fee_fact *facts; /* of several for one fee the first counts */
    size_t n_facts;
};
bool charging_bill(const struct fee_schedule *, const struct fee_case *, struct arena *,
                   struct fee_bill *) __attribute__((warn_unused_result));

#endif
