/* SPDX-License-Identifier: Apache-2.0 */
/* proxy.h: stands between the programs of a hall and its services: it listens on Unix sockets, and
 * passes on each connection to a socket of the service behind it, disturbed as it is told. */
#ifndef CHAOS_PROXY_H
#define CHAOS_PROXY_H

#include "programs/chaos/relay.h"

struct proxy;

struct proxy *proxy_new(void);
/* Stops the thread if there is one, ends all connections, and removes the sockets. */
void proxy_free(struct proxy **);

/* Listen at `path`, which everybody may connect to, for a socket at `behind`; before the thread
 * starts. False when it cannot (errno). */
bool proxy_listen(struct proxy *, int group, const char *path, const char *behind);

/* What happens to the connections of a group from now on, and to those that come. Any thread may
 * call it. */
void proxy_disturb(struct proxy *, int group, enum disturbance, int delay_ms);

/* How many connections of the group are open. Any thread. */
int proxy_count(struct proxy *, int group);

/* Pass on what there is; wait at most wait_ms for it. */
void proxy_turn(struct proxy *, int wait_ms);

/* Turns in a thread of its own from now on. */
void proxy_run(struct proxy *);

#endif
