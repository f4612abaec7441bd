/* SPDX-License-Identifier: Apache-2.0 */
/* live.h: live events for pages, as Server-Sent Events. Four journals are consumed from a little
 * before their present end: the last `events_kept` events, a quarter of them of each, so that they
 * fit in whatever order they arrive and a position from shortly before a restart is still known.
 * Streams begin once the present is reached. */
#ifndef GATEWAY_LIVE_H
#define GATEWAY_LIVE_H

#include "common/bus/client.h"
#include "services/gateway/caller/caller.h"
#include "services/gateway/http/exchange.h"

struct live;

struct live *live_new(struct client *, const struct config *);
void live_free(struct live **);

/* Checks whether the present is reached, wakes the streams that have news or whose heartbeat is
 * due, and closes those that are too old. */
void live_turn(struct live *);

/* Has the present been reached? */
bool live_ready(const struct live *);

/* Answers with a stream for the caller, of the events after `last_event_id` (null: from now on).
 * False: too many are open; nothing was answered. */
bool live_open(struct live *, struct exchange *, const struct caller *, const char *last_event_id);

/* Closes the streams of one session or token; null: all. Their clients come back and are checked
 * again. */
void live_end(struct live *, const unsigned char *hash);

/* Closes all and accepts no more: the gateway stops. */
void live_stop(struct live *);

#endif
