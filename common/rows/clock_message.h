/* SPDX-License-Identifier: Apache-2.0 */
/* clock_message.h: a clock's ledger, between core and wire. */
#ifndef COMMON_CLOCK_MESSAGE_H
#define COMMON_CLOCK_MESSAGE_H

#include "common/values/clock.h"
#include "onedoor/envelope.pb-c.h"

/* Fills an initialised message, the deadline too: who follows takes it as it was said, for he may
 * hear of a calendar sooner or later than of the clock. */
void clock_message_write(const struct clock *, const struct calendar *, Onedoor__Clock *);

/* A null message is a clock that never started. */
void clock_message_read(const Onedoor__Clock *, struct clock *);

#endif
