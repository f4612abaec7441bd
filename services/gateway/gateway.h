/* SPDX-License-Identifier: Apache-2.0 */
/* gateway.h: the gateway as a whole: one loop that turns HTTP, the bus, the register's answers and
 * the live streams. Nothing here waits for anybody: a request that must wait is suspended, and
 * costs no thread. */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include <microhttpd.h>

#include "common/base/program.h"
#include "common/bus/client.h"
#include "services/gateway/http/files.h"
#include "services/gateway/http/rate.h"
#include "services/gateway/live/live.h"
#include "services/gateway/people/cache.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/worker.h"

struct exchange;

enum { SPARE_ARENAS = 64 };

struct gateway {
    const struct config *config;
    struct MHD_Daemon *daemon;
    bool tls;
    struct client *client; /* the bus, as the desk "gateway" */
    struct people *people; /* the worker's, but for its making */
    struct worker *worker;
    struct cache callers; /* authenticated lately */
    struct rate rate;
    struct live *live;
    struct files *files;
    char *openapi;            /* the document */
    struct exchange *waiting; /* for somebody else's answer */
    int n_waiting;
    struct exchange *left; /* answered when nobody was there any more */
    int moved;             /* requests begun or answered in this turn */
    int64_t turned_us;     /* when the last turn began */
    int64_t gather_us;
    struct arena *spare[SPARE_ARENAS]; /* of exchanges that are over, for those that come */
    int n_spare;
    bool stopping;
    size_t body_max;
    int answer_ms;
};

extern const struct setting gateway_settings[];

/* Open everything and listen. Null, having logged why. The config outlives it. */
struct gateway *gateway_new(const struct config *);
/* Answers what is still waiting with 503, ends the streams, closes. */
void gateway_free(struct gateway **);

/* One turn of the loop, waiting at most wait_ms, and not once stop_fd is readable, when there is
 * nothing to do. */
void gateway_turn(struct gateway *, int stop_fd, int wait_ms);

/* Are so many requests under way that turns come at a steady pace, and who waits need not be
 * suspended? */
bool gateway_is_busy(const struct gateway *);

/* The port it listens on. */
int gateway_port(const struct gateway *);

/* What onedoor-gateway does (run.c): serves until it is to end or, when the setting "make" is not
 * empty, makes people and ends: "admin", the first administrator, or "demo", one for each role.
 * Returns the exit code. */
int gateway_run(const struct invocation *);

/* http.c */
struct MHD_Daemon *http_start(struct gateway *);

#endif
