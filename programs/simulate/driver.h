/* SPDX-License-Identifier: Apache-2.0 */
/* driver.h: drives a simulated hall: turns its clock, gives its people their jobs, and notes the
 * results.
 *
 * A step: the clock is set, all people do all jobs of the step at once, the hall becomes quiet, the
 * approvers look at their work lists. So every number follows from the seed and the number of
 * cases, whatever is killed meanwhile. */
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

/* Run it. False when a person or the hall has failed for good (printed on stderr). */
bool driver_run(struct driver *);

#endif
