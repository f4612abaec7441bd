/* SPDX-License-Identifier: Apache-2.0 */
/* http.h: HTTP/1.1 on the gateway's loop, plain or by TLS. It reads requests, refuses those it must
 * not read on (malformed, too large, too slow, too many), and hands the others to the handler it
 * was given. It does not know what they mean. */
#ifndef GATEWAY_HTTP_H
#define GATEWAY_HTTP_H

#include "common/base/config.h"
#include "services/gateway/http/exchange.h"

struct http;

/* Where to listen: the settings that name the address and the port. */
struct http_place {
    const char *address, *port;
    bool open; /* nothing secret passes: plain, on whatever address */
};

/* Listens. Null, having logged why. The handler outlives it. */
struct http *http_new(const struct config *, const struct http_place *,
                      const struct exchange_handler *);
/* Refuses what is still waiting, sends what can be sent, closes. The handler's streams must have
 * been closed. */
void http_free(struct http **);

/* The port it listens on, and whether by TLS. */
int http_port(const struct http *);
bool http_is_tls(const struct config *);

/* What it has served, and has in hand now. */
const struct traffic *http_traffic(struct http *);

/* For the loop's poll: descriptors that become readable when there is something to do, and how long
 * to wait at most. */
enum { HTTP_FDS = 2 };
void http_fds(const struct http *, int fds[HTTP_FDS]);
int http_wait_ms(const struct http *, int wait_ms);

/* A turn of the loop begins: counting begins anew. True when the last one was busy: so many
 * requests are under way that turns come at a steady pace. */
bool http_begin_turn(struct http *);
/* Reads, hands over, sends. */
void http_turn(struct http *);

#endif
