/* SPDX-License-Identifier: Apache-2.0 */
/* heartbeat.h: tells the launcher that a process still runs: about once a second one line on the
 * pipe in ONEDOOR_HEARTBEAT_FD: "starting", "standby", "ready" or "waiting <why>". The launcher
 * kills a process that is silent for too long. Without a launcher all of it does nothing. */
#ifndef COMMON_HEARTBEAT_H
#define COMMON_HEARTBEAT_H

void heartbeat_open(void);

/* A new state is sent at once. The text is static. */
void heartbeat_state(const char *state);
const char *heartbeat_current(void);

/* Writes the state, at most once a second. Call it in every turn of the loop, and while waiting for
 * the database. */
void heartbeat_beat(void);

#endif
