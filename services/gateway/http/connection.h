/* SPDX-License-Identifier: Apache-2.0 */
/* connection.h: one client's connection. It reads a request, waits for its answer, sends it, and
 * begins again; each of these is a state with a step of its own. */
#ifndef GATEWAY_CONNECTION_H
#define GATEWAY_CONNECTION_H

#include "services/gateway/http/connections.h"

/* What is to be done after a step. */
enum step {
    STEP_ON,   /* the next one */
    STEP_WAIT, /* nothing, until it is due again */
    STEP_END,  /* end it */
};

enum step connection_step(struct connection *);

/* Its deadline is over: a request that has begun is refused. */
enum step connection_expire(struct connection *);

/* The gateway stops and reads no further: a request that has begun is refused. For connections that
 * are being read. */
enum step connection_stop(struct connection *);

#endif
