/* SPDX-License-Identifier: Apache-2.0 */
/* hall.h: the processes of the hall, by the ids that their starters report: the launcher's status
 * file, and the kernel for PostgreSQL's own. A process whose parent is another is none of ours. */
#ifndef CHAOS_HALL_H
#define CHAOS_HALL_H

#include <stdbool.h>
#include <sys/types.h>

enum { SESSIONS_MAX = 200 };

/* The id of a process that the launcher runs ("intake", "postgres"), whatever its state; 0: it does
 * not run just now. */
pid_t hall_pid(const char *home, const char *name);

/* Are all processes ready? */
bool hall_is_ready(const char *home);

/* The processes of PostgreSQL below the postmaster; with a service, its sessions alone. How many.
 */
int hall_sessions(pid_t postmaster, const char *service, pid_t pids[SESSIONS_MAX]);

/* Is it still a child of that parent? */
bool hall_is_child(pid_t, pid_t parent);

/* The port of the gateway; 0: not known. */
int hall_port(const char *home);

/* How many file descriptors it has open; -1: not known. */
int hall_descriptors(pid_t);

#endif
