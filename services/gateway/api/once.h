/* SPDX-License-Identifier: Apache-2.0 */
/* once.h: a deed done once under its Idempotency-Key, as a command of a service is (batch.h): the
 * same person or token who asks the same again with the same key gets the same answer, also after a
 * restart; who asks something else with it is refused (KEY_REUSED). The answer, a refusal too, is
 * kept in the transaction of what was done, for keys_kept_days.
 *
 * An answer may hold a one-time password or the secret of a token, which are told once and kept as
 * hashes; so no answer is kept in clear. It is sealed (XSalsa20-Poly1305) under a key made from the
 * Idempotency-Key, of which the database has a hash of another purpose: it takes the request to
 * read its answer again, and the random bits of the UUID (122, or 74 of a UUIDv7) keep anybody else
 * from it. All answers are, so that there is no list of the secret ones to forget one in. */
#ifndef GATEWAY_ONCE_H
#define GATEWAY_ONCE_H

#include "services/gateway/caller/deed.h"

/* Does deed->route's deed, or finds that it was done. */
void people_once(struct deed *);

#endif
