/* SPDX-License-Identifier: Apache-2.0 */
/* heartbeat.h: tells whoever started a process that it still runs, about once a second. The
 * launcher gets a line on the pipe in ONEDOOR_HEARTBEAT_FD: "starting", "standby", "ready" or
 * "waiting <why>". systemd (Type=notify, WatchdogSec) gets the state as STATUS at NOTIFY_SOCKET,
 * and READY with the first "standby" or "ready". Both kill a process that is silent for too long.
 * Without either all of it does nothing. */
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
