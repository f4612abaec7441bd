/* SPDX-License-Identifier: Apache-2.0 */
/* say.h: rows and values of the core as messages of the wire. Text is borrowed, the rest lives in
 * the arena. */
#ifndef CHARGING_SAY_H
#define CHARGING_SAY_H

#include "onedoor/charging.pb-c.h"
#include "services/charging/ledger.h"
#include "services/charging/schedule.h"

/* The other way: facts as they stand in a message. */
const struct fee_fact *charging_facts(Onedoor__FeeFact *const *, size_t n, struct arena *);

/* The lines of a bill, numbered from 1. */
Onedoor__Charging__Line **charging_lines(const struct fee_bill *, struct arena *);

/* What of a posting is whose; a department's portions stand apart, as the lines do. */
Onedoor__Charging__Share **charging_shares(const struct portion *, size_t n, struct arena *);

/* A line of an order, with the names of its fee while the schedule knows it. */
Onedoor__Charging__Line *charging_line_message(const struct fee_schedule *, const struct line_row *,
                                               struct arena *);

Onedoor__Charging__FeeStandard *charging_standard(const struct fee_standard *, struct arena *);

#endif
