/* SPDX-License-Identifier: Apache-2.0 */
/* scan.h: a scan is answered as a file: piece after piece, the next one asked for when the client
 * has taken the one before, so the gateway holds one piece of it. */
#ifndef GATEWAY_SCAN_H
#define GATEWAY_SCAN_H

#include "services/gateway/api/call.h"

/* Does the call ask for a whole scan? */
bool scan_is_asked(const struct call *);
/* Asks for its pieces, and answers. */
void scan_answer(struct call *);

#endif
