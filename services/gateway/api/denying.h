/* SPDX-License-Identifier: Apache-2.0 */
/* denying.h: which refusals are put on record (RULE H21): those for want of a right, and those that
 * slow down guessing. That something is wrong in a request, or cannot be done now, is none of them.
 */
#ifndef GATEWAY_DENYING_H
#define GATEWAY_DENYING_H

#include "services/gateway/api/call.h"
#include "services/gateway/http/guess.h"

/* The call is refused, with this outcome. */
void denying_record(struct call *, struct outcome);

/* Likewise, a guess that must wait; the context is the keeper. */
void denying_guess(void *keeper, const struct guess *);

#endif
