/* SPDX-License-Identifier: Apache-2.0 */
/* second.h: the second factor: a code of an authenticator (totp.h), or one of ten recovery codes.
 * Each is good once. The secret is kept sealed (common/base/seal.h), of the recovery codes only a
 * hash. */
#ifndef GATEWAY_SECOND_H
#define GATEWAY_SECOND_H

#include "services/gateway/people/job.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

/* Must whoever has this role have one, by the setting `second_factor`? */
MUST_USE enum status second_is_required(struct job *, Onedoor__Role, bool *required);

enum second_result { SECOND_RIGHT, SECOND_WRONG, SECOND_MISSING };

/* Is this a code of the person's that was not used yet? It is used from now on. RIGHT when he has
 * no second factor, MISSING for "". */
MUST_USE enum status second_check(struct job *, const char *person, const char *code,
                                  int64_t now_ms, enum second_result *);

/* ---- for enrolling (enrol.h) */

/* Reads the keys of the seal, once. */
MUST_USE enum status second_read_keys(struct people *);
/* The secret of a person's authenticator as it is kept, in the arena, and again as it is: null when
 * it does not open, which is logged. */
struct bytes second_seal(struct job *, const char *person, const unsigned char *secret);
const unsigned char *second_open(struct job *, const char *person, struct bytes secret);

/* Of a recovery code ("kfpw-3xmd-..."), however it was typed. */
void second_recovery_hash(const char *code, unsigned char hash[SECRET_HASH_BYTES]);

#endif
