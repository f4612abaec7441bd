/* SPDX-License-Identifier: Apache-2.0 */
/* renewal.h: other programs take the places of those that run, while the hall works.
 *
 * The launcher is first: on SIGUSR1 it executes the command line in HOME/next, a line an argument,
 * and tells the new program which processes run (--adopt) and which descriptor holds its lock. The
 * process stays the same, and so do its children. The new launcher then renews, one after another,
 * each process whose program is not the one that would be started now: of a service, the second
 * process is started first, and only when that waits as a standby is the writer told to end. A new
 * program that does not start leaves the old one at work. */
#ifndef LAUNCHER_RENEWAL_H
#define LAUNCHER_RENEWAL_H

#include "programs/launcher/hall.h"

/* Executes HOME/next. Returns when that failed, which is logged. */
void renewal_begin(const struct hall *);

/* Takes over what the launcher before was running. Ends the program when a text is not of the form
 * NAME=PID,HEARTBEAT,RESTARTS,PROGRAM. What this hall has no place for is told to end. */
void renewal_adopt(struct hall *, const char *const *texts);

/* The next step, if one can be made now. Call it in each turn. */
void renewal_go_on(struct hall *, int64_t now_ms);

#endif
