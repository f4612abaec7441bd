/* SPDX-License-Identifier: Apache-2.0 */
/* once.h: a job done once under its Idempotency-Key, as a command of a service is. The same person
 * or token that sends the same request with the same key gets the same answer, also after a
 * restart; another request with that key is refused (KEY_REUSED). The answer, a refusal too, is
 * saved in the transaction of the job and kept for keys_kept_days.
 *
 * An answer may hold a one-time password or the secret of a token, which are shown once and kept as
 * hashes, so no answer is kept in clear. It is sealed (XSalsa20-Poly1305) under a key derived from
 * the Idempotency-Key, of which the database has another hash: whoever reads the answer must know
 * the request's key, a UUID of 122 random bits (74 in a UUIDv7). All answers are sealed, so no list
 * of the secret ones can be incomplete. */
#ifndef GATEWAY_ONCE_H
#define GATEWAY_ONCE_H

#include "services/gateway/people/job.h"

/* Calls job->handler, or gives the answer of the time it was called. */
void once_do(struct job *);

#endif
