/* SPDX-License-Identifier: Apache-2.0 */
/* enrol.h: how a person gets a second factor, and how an administrator takes away that of somebody
 * who lost it. */
#ifndef GATEWAY_ENROL_H
#define GATEWAY_ENROL_H

#include "services/gateway/people/job.h"

/* It begins with a secret, which counts once a code of it is given. */
job_handler enrol_begin, enrol_confirm, enrol_take_away;

#endif
