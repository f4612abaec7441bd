/* SPDX-License-Identifier: Apache-2.0 */
/* taking.h: how many tickets an address may take, so that nobody fills a queue alone. People of the
 * hall who are signed in take as many as they need. */
#ifndef GATEWAY_TAKING_H
#define GATEWAY_TAKING_H

#include "services/gateway/api/call.h"

/* False: the call takes a ticket, and the address has taken too many; the exchange's retry_after_s
 * says how long to wait. */
bool taking_may(struct call *);

#endif
