/* SPDX-License-Identifier: Apache-2.0 */
/* explain.h: why the deadline of a case is the day it is, day by day. Pure. */
#ifndef ROUTING_EXPLAIN_H
#define ROUTING_EXPLAIN_H

#include "common/values/calendar.h"
#include "common/values/term.h"
#include "onedoor/routing.pb-c.h"
#include "services/routing/rows.h"

/* What a frame holds; a case that was paused for years is cut there. */
enum { EXPLAINED_DAYS_MAX = 1000 };

struct explained {
    enum term term;
    struct clock clock;
    int64_t accepted_ms; /* or, of a branch, when it was opened */
    int64_t now_ms;
    const struct pause_row *pauses;
    size_t n_pauses;
};

/* An ExplainDeadlineReply in the arena: the days up to the deadline; while paused, for there is
 * none, up to now; once over, up to the end. Their counted minutes add up to the budget, or to what
 * was used. */
ProtobufCMessage *routing_explain(const struct explained *, const struct calendar *,
                                  struct arena *);

#endif
