/* SPDX-License-Identifier: Apache-2.0 */
/* usage.h: processor time by process, as the kernel accounts for it: the services and PostgreSQL's
 * sessions of one hall, and this program. */
#ifndef BENCH_USAGE_H
#define BENCH_USAGE_H

enum { USAGE_MAX = 64 };

/* Processor seconds of the machine since it started: taken away by its host, and in all. */
struct machine_now {
    double stolen, all;
} machine_now(void);

struct usage {
    int n;
    struct {
        char name[40];  /* "intake", "postgres intake", "bench" */
        double seconds; /* user and system */
        long rss_kib;
    } rows[USAGE_MAX];
};

/* The launcher of the hall in `home` is found by HOME/run/status; its descendants are counted,
 * sessions of one name together. */
void usage_read(const char *home, struct usage *);
/* after - before, by name; the memory is that of `after`. */
struct usage usage_between(const struct usage *before, const struct usage *after);

/* One process: a service of the hall by its name in HOME/run/status (-1: it is not there), and what
 * the kernel says of a process now. */
int usage_pid(const char *home, const char *service);
struct process_now {
    double seconds; /* user and system */
    long rss_kib;
    int threads;
} usage_now(int pid);

#endif
