/* SPDX-License-Identifier: Apache-2.0 */
/* elsewhere.h: notices that rights were changed by another process: somebody was let in on the
 * hall's own machine (setup.h). Then who was authenticated lately, and who reads live events, must
 * be authenticated again. The register is asked every ELSEWHERE_MS. */
#ifndef GATEWAY_ELSEWHERE_H
#define GATEWAY_ELSEWHERE_H

#include "services/gateway/people/worker.h"

enum { ELSEWHERE_MS = 2000 };

struct elsewhere;

/* `changed` is called on the loop. */
struct elsewhere *elsewhere_new(struct worker *, void (*changed)(void *context), void *context);
/* After the worker has ended. */
void elsewhere_free(struct elsewhere **);

/* Asks, when it is time to. */
void elsewhere_turn(struct elsewhere *);

#endif
