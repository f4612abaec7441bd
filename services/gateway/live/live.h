/* SPDX-License-Identifier: Apache-2.0 */
/* live.h: Server-Sent Events. The journals are followed from a little before their present end: the
 * last `events_kept`, a quarter of them of each, so that they fit in whatever order they come, and
 * a position of shortly before a restart still means something. Streams open once the present is
 * reached. */
#ifndef GATEWAY_LIVE_H
#define GATEWAY_LIVE_H

#include <microhttpd.h>

#include "common/bus/client.h"
#include "services/gateway/live/recent.h"

struct live;

struct live *live_new(struct client *, const struct config *);
void live_free(struct live **);

/* Look whether the present is reached, tell streams what is new, send heartbeats, let go of pages
 * that have gone. True when a stream was resumed, so that HTTP has work. */
bool live_turn(struct live *);
/* Readable when a page has gone. */
int live_fd(const struct live *);

/* Has the present been reached? */
bool live_ready(const struct live *);

/* A new stream for the caller, from after `last_event_id` (null: from now). Null: too many. Gives
 * the response that carries it; it is over with the response. */
struct MHD_Response *live_open(struct live *, struct MHD_Connection *, const struct caller *,
                               const char *last_event_id);

/* End the streams of one session or token; null: all. They come again and are judged anew. */
void live_end(struct live *, const unsigned char *hash);

/* End all, and take no more: the gateway stops. */
void live_stop(struct live *);

#endif
