/* SPDX-License-Identifier: Apache-2.0 */
/* run.h: one fault after the other, each followed by the hall's recovery, until the time is up. */
#ifndef CHAOS_RUN_H
#define CHAOS_RUN_H

#include "common/base/program.h"
#include "programs/chaos/faults.h"
#include "programs/chaos/load.h"
#include "programs/chaos/watch.h"

enum { RECOVERIES_MAX = 100000 };

struct run {
    const struct invocation *invocation; /* its stop_fd ends the run */
    struct scene scene;
    struct watch *watch;
    struct load *load;
    int rounds[KINDS]; /* the weight of each kind; 0: not asked for */
    int64_t until_ms;  /* monotonic */
    int most_faults;   /* 0: as many as there is time for */
};

struct tally {
    int faults[KINDS];
    int skipped[KINDS];   /* how often it could not be done, as the system did not permit it */
    int n;                /* in all */
    double *recoveries_s; /* one a fault, in their order; freed by the caller */
    int slow;             /* that took longer than their kind may */
    int unrecovered;      /* 1: the hall was not well again after the last one, and the run ended */
};

/* Prints a line on stderr for each fault. */
void run_faults(const struct run *, struct tally *);

/* Waits until all is well; false when it is not within five minutes, or the run is told to end.
 * With a fault, not before it is over. */
bool run_await(const struct run *, const struct fault *);

/* Waits until the load is at work; false likewise, or when it has ended. */
bool run_await_load(const struct run *);

#endif
