/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/inflow.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { FDS_MAX = 1 << 16, FORGIVEN_A_SECOND = 512, THREAD_NAME_SIZE = 16 };

static struct {
    _Atomic int64_t bytes;
    int64_t at_s;        /* libzmq's thread alone, as the next */
    uint64_t connection; /* which one was counted */
} flows[FDS_MAX];

static struct {
    _Atomic int64_t most_bytes;
    void (*ended)(void *context, int fd);
    void *context;
} bound;

void inflow_bound(int64_t most_bytes, void (*ended)(void *context, int fd), void *context)
{
    bound.ended = ended;
    bound.context = context;
    atomic_store(&bound.most_bytes, most_bytes);
}

void inflow_whole(zmq_msg_t *last)
{
    int fd = zmq_msg_get(last, ZMQ_SRCFD);
    if (fd >= 0 && fd < FDS_MAX)
        atomic_store_explicit(&flows[fd].bytes, 0, memory_order_relaxed);
}

static bool is_bus_thread(void)
{
    static _Thread_local enum { UNKNOWN, YES, NO } is;
    char name[THREAD_NAME_SIZE] = "";
    if (is == UNKNOWN && pthread_getname_np(pthread_self(), name, sizeof name) == 0)
        is = strncmp(name, "ZMQbg/IO", strlen("ZMQbg/IO")) == 0 ? YES : NO;
    return is == YES;
}

static int64_t now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return now.tv_sec;
}

/* A number that the system gives to no other socket; 0: it has none to give. */
static uint64_t connection_of(int fd)
{
    uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    return getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) == 0 ? cookie : 0;
}

/* A descriptor is soon another connection's, which is not to answer for the one before. */
static void begin_anew(int fd)
{
    uint64_t connection = connection_of(fd);
    if (flows[fd].connection == connection)
        return;
    flows[fd].connection = connection;
    atomic_store_explicit(&flows[fd].bytes, 0, memory_order_relaxed);
}

/* Counts them in. */
static bool is_beyond(int fd, int64_t bytes)
{
    begin_anew(fd);
    int64_t most = atomic_load_explicit(&bound.most_bytes, memory_order_relaxed), now = now_s();
    int64_t sum = atomic_load_explicit(&flows[fd].bytes, memory_order_relaxed);
    sum -= (now - flows[fd].at_s) * FORGIVEN_A_SECOND;
    sum = (sum < 0 ? 0 : sum) + bytes;
    flows[fd].at_s = now;
    bool beyond = most > 0 && sum > most;
    atomic_store_explicit(&flows[fd].bytes, beyond ? 0 : sum, memory_order_relaxed);
    return beyond;
}

/* The system's recv, but for libzmq's threads. */
ssize_t recv(int fd, void *data, size_t size, int flags)
{
    ssize_t n = recvfrom(fd, data, size, flags, NULL, NULL);
    if (n <= 0 || fd >= FDS_MAX || !is_bus_thread() || !is_beyond(fd, n))
        return n;
    bound.ended(bound.context, fd);
    return 0;
}
