/* SPDX-License-Identifier: Apache-2.0 */
/* echo.h: what the HTTP library costs by itself: a handler that answers GET /N with N bytes, in a
 * process of its own, on the same kind of loop as the gateway's. The library is as it comes,
 * without options: what the gateway chooses of them, for better or worse, is the gateway's cost. */
#ifndef BENCH_ECHO_H
#define BENCH_ECHO_H

#include <sys/types.h>

struct echo {
    pid_t pid;
    int port;
};

/* It ends with echo_stop, or with this process. To be started before any socket of ZeroMQ. */
struct echo echo_start(void);
void echo_stop(struct echo *);

#endif
