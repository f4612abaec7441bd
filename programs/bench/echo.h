/* SPDX-License-Identifier: Apache-2.0 */
/* echo.h: the cost of the HTTP library alone: a handler that answers GET /N with N bytes, in a
 * process of its own, on the same kind of loop as the gateway's. The library runs without options:
 * those that the gateway sets count as the gateway's cost. */
#ifndef BENCH_ECHO_H
#define BENCH_ECHO_H

#include <sys/types.h>

struct echo {
    pid_t pid;
    int port;
};

/* It ends with echo_stop, or with this process. Start it before any ZeroMQ socket is opened. */
struct echo echo_start(void);
void echo_stop(struct echo *);

#endif
