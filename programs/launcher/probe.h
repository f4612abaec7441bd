/* SPDX-License-Identifier: Apache-2.0 */
/* probe.h: does PostgreSQL answer? Whether its postmaster takes a connection and starts a process
 * for it is asked with the first eight bytes of its protocol (SSLRequest), which it answers with
 * one. It needs no password, and nothing is logged there. Never blocks. */
#ifndef LAUNCHER_PROBE_H
#define LAUNCHER_PROBE_H

#include <stdbool.h>

struct probe {
    int fd; /* -1: nothing is asked */
};

/* Ask at this Unix socket; what was asked before is given up. False: it takes no connection. */
bool probe_ask(struct probe *, const char *path);
/* Has it answered? Then nothing is asked any more. */
bool probe_heard(struct probe *);
void probe_end(struct probe *);

#endif
