/* SPDX-License-Identifier: Apache-2.0 */
/* supervisor.h: keeps a fixed list of processes running until it is told to end.
 *
 * One thread waits for signals, heartbeats and deadlines. SIGTERM, SIGINT and SIGHUP end it: the
 * highest stage is stopped first, the database last. On SIGUSR1 another launcher takes its place,
 * and processes with other programs the places of those that run (renewal.h). Every change is
 * written to the status file (status_file.h). */
#ifndef LAUNCHER_SUPERVISOR_H
#define LAUNCHER_SUPERVISOR_H

#include "programs/launcher/hall.h"

/* Run until told to end and everything has ended. Returns 0, or -1 with errno when signals cannot
 * be waited for. */
int supervisor_run(struct hall *hall);

#endif
