/* SPDX-License-Identifier: Apache-2.0 */
/* clock_message.h: a clock as a message of the wire. */
#ifndef COMMON_CLOCK_MESSAGE_H
#define COMMON_CLOCK_MESSAGE_H

#include "common/values/clock.h"
#include "onedoor/envelope.pb-c.h"

/* Fills an initialised message, including the deadline: followers take it from the message, since
 * their calendar may be older or newer than the clock. */
void clock_message_write(const struct clock *, const struct calendar *, Onedoor__Clock *);

/* A null message gives a clock that never started. */
void clock_message_read(const Onedoor__Clock *, struct clock *);

#endif
