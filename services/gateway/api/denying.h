/* SPDX-License-Identifier: Apache-2.0 */
/* denying.h: which refusals are put on record (RULE H21): those for want of a right, and those that
 * slow down guessing. That something is wrong in a request, or cannot be done now, is none of them.
 */
#ifndef GATEWAY_DENYING_H
#define GATEWAY_DENYING_H

#include "services/gateway/api/call.h"

/* The call is refused, with this outcome. */
void denying_record(struct call *, struct outcome);

#endif
