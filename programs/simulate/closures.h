/* SPDX-License-Identifier: Apache-2.0 */
/* closures.h: now and then the hall closes unforeseen, and some weeks later one of those days turns
 * out to have been worked after all (RULE L82). Which days follows from the steps alone. */
#ifndef SIMULATE_CLOSURES_H
#define SIMULATE_CLOSURES_H

#include "common/bus/client.h"
#include "common/values/calendar.h"

struct closures {
    const struct calendar *calendar; /* as the year was planned: closures change no step of it */
    int32_t closed;                  /* the last day that was closed; 0: none */
    int64_t made;                    /* corrections so far */
};

/* What the manager enters in this step, if anything; `at_ms` is its instant. False, and printed,
 * when the hall refuses it or does not answer. */
bool closures_step(struct closures *, struct client *, int32_t step, int64_t at_ms);

#endif
