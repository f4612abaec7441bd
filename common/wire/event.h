/* SPDX-License-Identifier: Apache-2.0 */
/* event.h: an event of a journal, and the hash chain that makes tampering evident: hash =
 * BLAKE2b-256(previous hash, every field but the trace). */
#ifndef COMMON_EVENT_H
#define COMMON_EVENT_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/trace.h"

enum { HASH_BYTES = 32 };

struct event {
    int32_t epoch; /* raised at a restore */
    int64_t seq;
    const char *type; /* "intake.CaseAccepted" */
    int32_t version;
    int64_t case_number; /* 0: concerns no case */
    int64_t at_ms;
    const char *actor;
    struct bytes payload;
    unsigned char hash[HASH_BYTES];
    struct trace trace; /* of what led to it; may be none */
};

/* How far a journal has been read: its last event. */
struct position {
    int32_t epoch;
    int64_t seq;
    unsigned char hash[HASH_BYTES];
};

/* The hash of `event` after `previous` (all zero before the first). */
void event_hash(const struct event *, const unsigned char previous[HASH_BYTES],
                unsigned char hash[HASH_BYTES]);

#endif
