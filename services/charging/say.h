/* SPDX-License-Identifier: Apache-2.0 */
/* say.h: between the messages of the wire and the plain structs of the core. */
#ifndef CHARGING_WIRE_H
#define CHARGING_WIRE_H

#include "onedoor/charging.pb-c.h"
#include "services/charging/schedule.h"

/* Facts as they stand in a message; text borrowed from it, the rest in the arena. */
const struct fee_fact *charging_facts(Onedoor__FeeFact *const *, size_t n, struct arena *);

/* The lines of a bill, numbered from 1; text borrowed, the rest in the arena. */
Onedoor__Charging__Line **charging_lines(const struct fee_bill *, struct arena *);

/* What the standard says of a line: fee, department, names. */
void charging_line_names(Onedoor__Charging__Line *, const struct fee_standard *);

Onedoor__Charging__FeeStandard *charging_standard(const struct fee_standard *, struct arena *);

#endif
