/* SPDX-License-Identifier: Apache-2.0 */
/* service.h: runs a service. main.c holds one call; what the service is made of is declared
 * (declare.h), and the skeleton does the rest: sockets, batches, journal, keys, writer lock,
 * heartbeat, settings, signals.
 *
 *   collect -> load -> decide -> save -> commit -> speak
 *
 * One process writes (holding the advisory lock on the very connection that writes); a second one
 * waits as a standby. */
#ifndef COMMON_SERVICE_H
#define COMMON_SERVICE_H

#include "common/rows/declare.h"

/* Run it: parse settings, open, serve until SIGTERM. Returns the process's exit status. */
int service_main(int argc, char **argv, const struct service *);

#endif
