/* SPDX-License-Identifier: Apache-2.0 */
/* seat.h: RULE H1: a window clerk's window is his department's. The register knows the people and
 * intake the windows, so intake is asked before such a person, or a
 * machine at a window, is added or changed. */
#ifndef GATEWAY_SEAT_H
#define GATEWAY_SEAT_H

#include "services/gateway/api/call.h"

/* Goes on with the call, unless it gives a window of another department to a clerk or a machine:
 * then it is refused. */
void seat_check(struct call *, void (*go_on)(struct call *));

#endif
