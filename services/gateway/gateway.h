/* SPDX-License-Identifier: Apache-2.0 */
/* gateway.h: the gateway as a whole: one loop that turns HTTP, the bus, the register's answers and
 * the live streams. Nothing in it blocks: a request that must wait costs no thread. */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include <stdbool.h>

#include "common/base/config.h"

struct gateway;

extern const struct setting gateway_settings[];

/* Open everything and listen. Null, having logged why. The config outlives it. */
struct gateway *gateway_new(const struct config *);
/* "http://127.0.0.1:8080", where it listens. Gives `text`. */
enum { GATEWAY_ADDRESS_SIZE = 64 };
const char *gateway_address(const struct gateway *, char text[GATEWAY_ADDRESS_SIZE]);

/* Answers what is still waiting with 503, ends the streams, closes. */
void gateway_free(struct gateway **);

/* One turn of the loop. When there is nothing to do it waits at most wait_ms, and not once stop_fd
 * is readable. */
void gateway_turn(struct gateway *, int stop_fd, int wait_ms);

/* Has it read the journals up to their present end, so that pages get live events? */
bool gateway_is_ready(const struct gateway *);

#endif
