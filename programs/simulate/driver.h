/* SPDX-License-Identifier: Apache-2.0 */
/* driver.h: drives a simulated hall: turns its clock, gives its people their jobs, and takes down
 * what they are told.
 *
 * A step: the clock is set, all jobs of the step are done at once by all people, the hall comes to
 * rest, the approvers look at their work lists. Then the next step. So every number follows from
 * the seed and the number of cases, whatever is killed meanwhile. */
#ifndef SIMULATE_DRIVER_H
#define SIMULATE_DRIVER_H

#include "programs/simulate/account.h"
#include "programs/simulate/almanac.h"
#include "programs/simulate/chaos.h"
#include "programs/simulate/crew.h"
#include "programs/simulate/hallclock.h"

struct driver {
    struct almanac almanac;
    struct hallclock *clock;
    struct client *client; /* for Health */
    struct crew *crew;
    struct account *account;
    struct chaos *chaos;
    int64_t
        until_ms;  /* the last instant that may be reached; INT64_MAX: until every case has ended */
    int32_t steps; /* run so far */
};

/* Run it. False when a person or the hall has failed for good (said on stderr). */
bool driver_run(struct driver *);

#endif
