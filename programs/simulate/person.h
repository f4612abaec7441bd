/* SPDX-License-Identifier: Apache-2.0 */
/* person.h: one of the people of a simulated hall, as a process of its own: it takes jobs from the
 * driver, asks the services over ZeroMQ and sends back the results. Many jobs are under way at
 * once, as with many clerks of one kind.
 *
 * A service that does not answer is asked again under the same id, so one that is killed costs time
 * and nothing else. */
#ifndef SIMULATE_PERSON_H
#define SIMULATE_PERSON_H

#include "common/base/config.h"
#include "programs/simulate/plan.h"

/* Run until the driver hangs up. Returns the exit code. */
int person_run(const struct config *, int link, const struct plan_order *);

#endif
