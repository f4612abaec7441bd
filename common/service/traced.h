/* SPDX-License-Identifier: Apache-2.0 */
/* traced.h: the spans of a loop's items: of a command from its arrival to its reply, of an event
 * from the first load of its batch to the commit. Nothing is done where the loop has no spans. */
#ifndef COMMON_TRACED_H
#define COMMON_TRACED_H

#include "common/service/loop_parts.h"

/* Before it is decided: what it says belongs to its span. */
void traced_begin(const struct loop *, struct item *);

/* It is answered. */
void traced_command(const struct loop *, const struct item *, int64_t arrived_ms, bool failed);

/* The events of the batch that began then are saved. */
void traced_events(const struct loop *, int64_t began_ms);

#endif
