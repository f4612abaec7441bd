/* SPDX-License-Identifier: Apache-2.0 */
/* guessing.h: which calls can be used to guess a secret, and how they are slowed down
 * (guess.h). */
#ifndef GATEWAY_GUESSING_H
#define GATEWAY_GUESSING_H

#include "services/gateway/api/call.h"

/* False: too many wrong guesses, or too many tickets taken (taking.h); the exchange's retry_after_s
 * says how long to wait. */
bool guessing_may(struct call *);
extern const struct outcome guessing_refused;

/* Only what the service did not find was a wrong guess. */
void guessing_judge(struct call *, const struct answer *);

#endif
