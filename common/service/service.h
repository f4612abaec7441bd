/* SPDX-License-Identifier: Apache-2.0 */
/* service.h: runs a service. A service's main.c holds one call; what the service is made of is
 * declared (declare.h), and everything else is done here: settings, sockets, batches, journal,
 * keys, the writer's lock, heartbeat, signals.
 *
 * One process writes: it holds an advisory lock on the very connection that writes. A second
 * process of the same service waits as a standby. */
#ifndef COMMON_SERVICE_H
#define COMMON_SERVICE_H

#include "common/rows/declare.h"

/* Run it: parse settings, open, serve until SIGTERM. Returns the process's exit status. */
int service_main(int argc, char **argv, const struct service *);

#endif
