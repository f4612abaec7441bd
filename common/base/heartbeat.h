/* SPDX-License-Identifier: Apache-2.0 */
/* heartbeat.h: a service tells its launcher that its loop still turns: about once a second one line
 * on the pipe in ONEDOOR_HEARTBEAT_FD: "starting", "standby", "ready" or "waiting <why>". Without a
 * launcher all of it does nothing. Nobody hearing for long enough means the process is killed. */
#ifndef COMMON_HEARTBEAT_H
#define COMMON_HEARTBEAT_H

void heartbeat_open(void);

/* A new state is told at once. The text is static. */
void heartbeat_state(const char *state);
const char *heartbeat_current(void);

/* Call it whenever the loop turns, or waits for its database: it writes at most once a second. */
void heartbeat_beat(void);

#endif
