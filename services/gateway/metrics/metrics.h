/* SPDX-License-Identifier: Apache-2.0 */
/* metrics.h: the hall's figures for Prometheus, at /metrics of a port of their own: of every
 * service, of the gateway, and how many cases stand where. They name no person and no case.
 *
 * While the port is open (metrics_port), the services are asked every few seconds; a scrape is
 * answered from what they said last, so it costs them nothing. */
#ifndef GATEWAY_METRICS_H
#define GATEWAY_METRICS_H

#include "common/bus/client.h"
#include "services/gateway/http/http.h"

struct metrics;

/* Is the port to be opened? */
bool metrics_wanted(const struct config *);

/* Listens. Null, having logged why. Client and http outlive it. */
struct metrics *metrics_new(const struct config *, struct client *, struct http *);
void metrics_free(struct metrics **);

/* The port it listens on. */
int metrics_port(const struct metrics *);

/* For the loop's poll. */
void metrics_fds(const struct metrics *, int fds[HTTP_FDS]);

/* Asks the services when it is time, and answers scrapes. */
void metrics_turn(struct metrics *);

#endif
