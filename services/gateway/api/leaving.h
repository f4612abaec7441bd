/* SPDX-License-Identifier: Apache-2.0 */
/* leaving.h: a person leaves: his account is closed, and then routing releases his open tasks.
 *
 * The account is closed in any case. When routing does not answer, the caller is told so, and the
 * same request again, under its key, is answered from what was kept and releases the tasks. */
#ifndef GATEWAY_LEAVING_H
#define GATEWAY_LEAVING_H

#include <stdbool.h>

#include "services/gateway/api/call.h"
#include "services/gateway/people/job.h"

/* Has this job closed somebody's account? */
bool leaving_is(const struct call *, const struct job *);
/* Has his tasks released, then answers the call with the job's reply. */
void leaving_release(struct call *, struct job *);

#endif
