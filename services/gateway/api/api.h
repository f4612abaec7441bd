/* SPDX-License-Identifier: Apache-2.0 */
/* api.h: what is answered below /api: each request is authenticated, checked against its route and
 * its caller's permissions, decoded, and passed on to a service or to the register. */
#ifndef GATEWAY_API_H
#define GATEWAY_API_H

#include "common/bus/client.h"
#include "services/gateway/caller/seen.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/guess.h"
#include "services/gateway/live/live.h"
#include "services/gateway/people/cache.h"
#include "services/gateway/people/worker.h"

struct api {
    struct client *client;           /* the bus, as the desk "gateway" */
    struct worker *workers[WORKERS]; /* the register */
    struct live *live;
    struct guesses *guesses;
    struct cache callers; /* authenticated lately */
    struct seen *seen;    /* what each of them has done, and is to see the effect of */
    bool secure;          /* clients come over TLS, so cookies are for TLS only */
    int answer_ms;        /* how long a service may take */
    char *openapi;        /* the API's description, as text */
};

/* Fills secure, openapi, callers and seen of a zeroed struct; the owner sets the rest. */
void api_init(struct api *, bool secure);
void api_release(struct api *);

/* Answers a request whose path begins with /api/, now or later. */
void api_handle(struct api *, struct exchange *, const char *method, const char *path);

#endif
