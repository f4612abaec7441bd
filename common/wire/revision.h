/* SPDX-License-Identifier: Apache-2.0 */
/* revision.h: whether what somebody decides on is still what was shown. A revision is a number made
 * of the very values that are shown: it differs when they do, needs no column, and nothing can
 * forget to count it up. Pure. */
#ifndef COMMON_REVISION_H
#define COMMON_REVISION_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

/* Where nothing is: no window of the number, no published year. */
enum { REVISION_NONE = 1 };

/* Of a message as it is shown, whose own `revision` is not set yet; or of some bytes. From 2. */
int64_t revision_of(const ProtobufCMessage *, struct arena *);
int64_t revision_of_bytes(struct bytes);

/* Of several things together, in whatever order; begin with REVISION_NONE. */
int64_t revision_with(int64_t revision, int64_t another);

/* Refused, CHANGED_MEANWHILE, when the message's `shown_revision` is another; 0 does not say. */
struct outcome revision_check(const void *message, int64_t revision);

#endif
