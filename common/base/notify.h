/* SPDX-License-Identifier: Apache-2.0 */
/* notify.h: tells systemd how a process is (sd_notify(3)), which needs one datagram and no library.
 */
#ifndef COMMON_NOTIFY_H
#define COMMON_NOTIFY_H

#include <stdbool.h>

/* A socket to what NOTIFY_SOCKET names, which is taken out of the environment; -1: there is none.
 */
int notify_open(void);

/* It runs, in this state; `ready`: it has begun its work. A message that cannot be sent is lost. */
void notify_state(int fd, const char *state, bool ready);

#endif
