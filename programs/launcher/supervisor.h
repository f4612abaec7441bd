/* SPDX-License-Identifier: Apache-2.0 */
/* supervisor.h: keeps a fixed list of processes running until it is told to end.
 *
 * One thread waits for signals, heartbeats and deadlines. SIGTERM, SIGINT and SIGHUP end it: the
 * highest stage is stopped first, the database last. Every change is written to the status file
 * (status_file.h). */
#ifndef LAUNCHER_SUPERVISOR_H
#define LAUNCHER_SUPERVISOR_H

#include "programs/launcher/process.h"

enum { MAX_PROCESSES = 16 };

struct supervisor {
    const char *home; /* borrowed; holds run/ and log/ */
    struct timeouts timeouts;
    int count;
    struct process processes[MAX_PROCESSES];
};

/* Add to the list, in order of start. False when the list is full. */
bool supervisor_add(struct supervisor *s, const struct launch *launch);

/* Run until told to end and everything has ended. Returns 0, or -1 with errno when signals cannot
 * be waited for. */
int supervisor_run(struct supervisor *s);

#endif
