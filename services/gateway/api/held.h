/* SPDX-License-Identifier: Apache-2.0 */
/* held.h: the state of the API while the gateway runs: its connections to the services and the
 * register, and its caches. */
#ifndef GATEWAY_HELD_H
#define GATEWAY_HELD_H

#include "common/bus/client.h"
#include "services/gateway/api/pieces.h"
#include "services/gateway/caller/seen.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/guess.h"
#include "services/gateway/live/live.h"
#include "services/gateway/people/cache.h"
#include "services/gateway/people/keeper.h"
#include "services/gateway/people/worker.h"

struct api {
    struct client *client;           /* the bus, as the desk "gateway" */
    struct worker *workers[WORKERS]; /* the register */
    struct keeper *keeper;           /* of what is refused */
    struct live *live;
    struct guesses *guesses;
    struct cache callers; /* authenticated lately */
    struct seen *seen;    /* what each of them has seen */
    int nobody_sees;      /* calls under way that go with what somebody unknown has seen */
    bool secure;          /* clients come over TLS, so cookies are for TLS only */
    int answer_ms;        /* how long a service may take */
    char *openapi;        /* the API's description, as text */
    struct pieces pieces; /* of files, on their way to intake */
};

#endif
