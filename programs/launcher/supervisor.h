/* SPDX-License-Identifier: Apache-2.0 */
/* supervisor.h: keeps a fixed list of processes running until it is told to end.
 *
 * One thread waits for signals, heartbeats and deadlines. SIGTERM, SIGINT and SIGHUP end it: the
 * highest stage is stopped first, the database last. After every change the file `run/status` is
 * replaced as a whole, so that a reader never sees half of it:
 *
 *   {"pid":100,"home":"/srv/hall","processes":[
 *   {"name":"intake","pid":102,"state":"ready","reason":"","restarts":0,"last_end":"",
 *    "since":"2024-05-01T08:00:00Z"}
 *   ]}
 *
 * with one process a line, and spaces after it. `pid` is 0 where nothing runs. */
#ifndef ONEDOOR_LAUNCHER_SUPERVISOR_H
#define ONEDOOR_LAUNCHER_SUPERVISOR_H

#include "process.h"

enum { MAX_PROCESSES = 16 };

struct supervisor {
    const char *home; /* borrowed; holds run/ and log/ */
    struct patience patience;
    int count;
    struct process processes[MAX_PROCESSES];
};

/* Add a program to the list, in order of start. False when the list is full. */
bool supervisor_add(struct supervisor *s, const struct program *program);

/* Run until told to end and everything has ended. Returns 0, or -1 with errno when signals cannot
 * be waited for. */
int supervisor_run(struct supervisor *s);

/* Take the room that `run/status` needs on the disk, or fail: afterwards a full disk is no
 * hindrance. */
void status_open(const char *home);

/* Replace `run/status`. Not being able to is logged; the hall goes on. */
void status_write(const struct supervisor *s);

#endif
