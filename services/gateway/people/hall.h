/* SPDX-License-Identifier: Apache-2.0 */
/* hall.h: what the hall tells about itself: name, kind, time. */
#ifndef GATEWAY_HALL_H
#define GATEWAY_HALL_H

#include "common/base/status.h"
#include "services/gateway/people/job.h"

job_handler hall_get;

/* Is it a demonstration, with every case in it simulated? */
MUST_USE enum status hall_is_demonstration(struct job *, bool *is);
/* Is it none that works? */
MUST_USE enum status hall_is_simulated(struct job *, bool *is);

#endif
