/* SPDX-License-Identifier: Apache-2.0 */
/* driver.h: drives a simulated hall: turns its clock, gives its people their jobs, and notes the
 * results.
 *
 * A step: the clock is set, all people do all jobs of the step, now and then the manager corrects a
 * day, the hall becomes quiet, the approvers look at their work lists. So every number follows from
 * the seed and the number of cases, whatever is killed meanwhile. */
#ifndef SIMULATE_DRIVER_H
#define SIMULATE_DRIVER_H

#include <signal.h>

#include "programs/simulate/account.h"
#include "programs/simulate/almanac.h"
#include "programs/simulate/chaos.h"
#include "programs/simulate/closures.h"
#include "programs/simulate/crew.h"
#include "programs/simulate/hallclock.h"

struct driver {
    struct almanac almanac;
    struct hallclock *clock;
    struct client *client; /* for Health, and for the manager */
    struct crew *crew;
    struct account *account;
    struct chaos *chaos;
    struct closures *closures;
    int64_t
        until_ms;  /* the last instant that may be reached; INT64_MAX: until every case has ended */
    int32_t rate;  /* most jobs given a second; 0: all jobs of a step at once */
    int32_t steps; /* run so far */
    volatile sig_atomic_t *closing; /* becomes 1 when nobody is to apply any more */
};

/* Run it. False when a person or the hall has failed for good (printed on stderr). */
bool driver_run(struct driver *);

#endif
