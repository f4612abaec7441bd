/* SPDX-License-Identifier: Apache-2.0 */
/* aside.h: requests that wait until the service has heard of what their callers have seen. Others
 * pass them; their number is bounded. */
#ifndef COMMON_ASIDE_H
#define COMMON_ASIDE_H

#include "common/bus/mailbox.h"
#include "common/service/reach.h"
#include "common/wire/edge.h"

enum { ASIDE_MAX = 512 };

/* What one waits for (reach.h). */
enum aside_until { ASIDE_HEARD, ASIDE_SETTLED };

struct aside_entry {
    struct envelope envelope;
    struct marks seen;
    enum aside_until until;
    int64_t arrived_ms, give_up_ms; /* monotonic */
};

struct aside {
    int n;
    struct aside_entry entries[ASIDE_MAX];
};

void aside_release(struct aside *);

/* When a request gives up waiting: `wait_ms` after its arrival, and with a quarter of its own time
 * left for the work. */
int64_t aside_give_up_ms(int64_t arrived_ms, int64_t wait_ms, const struct request *);

/* Takes the envelope over. False, and nothing taken, when it has waited long enough or too many
 * wait: then it is answered with edge_not_yet. */
bool aside_put(struct aside *, const struct aside_entry *, int64_t now_ms);

/* The next that waits no longer, since what it needs was heard or its wait is over; false: none. */
bool aside_take(struct aside *, const struct reach *, int64_t now_ms, struct aside_entry *);

/* Milliseconds until the next wait is over; INT64_MAX: none waits. */
int64_t aside_wait_ms(const struct aside *, int64_t now_ms);

#endif
