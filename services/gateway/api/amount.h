/* SPDX-License-Identifier: Apache-2.0 */
/* amount.h: while payment is due, what the public is told of a case says how much it is. Intake
 * knows the case, charging its bill. */
#ifndef GATEWAY_AMOUNT_H
#define GATEWAY_AMOUNT_H

#include "services/gateway/api/call.h"

/* Does this answer wait for its amount? Then the call is answered with it or, when charging does
 * not answer, without. */
bool amount_is_awaited(struct call *, const struct answer *);

#endif
