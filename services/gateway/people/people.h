/* SPDX-License-Identifier: Apache-2.0 */
/* people.h: the register: who works in the hall, how they sign in, and what proves it afterwards.
 * It is the schema `gateway`, read and written on one thread of its own (worker.h). This is what
 * its handlers share; they stand in accounts.h, sessions.h, tokens.h, notices.h and hall.h.
 *
 * Passwords are kept as argon2id hashes. A session's or a token's secret is 256 random bits, of
 * which only a hash is kept. Wrong passwords slow down the place they come from (attempts.h),
 * whether or not somebody has the name, so that no answer tells who exists. Every attempt is
 * recorded (RULE H21). */
#ifndef GATEWAY_PEOPLE_H
#define GATEWAY_PEOPLE_H

#include <stdbool.h>

#include "common/base/config.h"
#include "common/base/seal.h"
#include "common/base/status.h"
#include "common/wire/outcome.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/people/passwords.h"

struct people_store;

struct people {
    const struct config *config;
    struct people_store *store;
    struct password_strength strength;
    char decoy[PASSWORD_HASH_SIZE]; /* verified when nobody has the name, so that the time taken
                                       does not tell */
    int64_t sweep_ms;               /* when ended sessions are deleted next */
    bool kind_known, demonstration, simulated; /* the kind of a hall never changes: asked once */
    struct seal seal;                          /* once it is needed: all zero before */
};

/* Made on the loop's thread, used on the register's. It connects to the database when it is first
 * needed, and again after the connection was lost. */
struct people *people_new(const struct config *);
void people_free(struct people **);

struct outcome people_refuse(Onedoor__Code, Onedoor__Gateway__Refusal, const char *detail);
struct outcome people_unavailable(void); /* the register cannot be reached */
struct outcome people_unknown(void);     /* no person or token has the name */
struct outcome people_name_taken(void);
/* What the store returned, as an outcome; NOT_FOUND becomes `none`. */
struct outcome people_outcome(enum status, struct outcome none);

/* Now, in ms UTC of the wall clock: the life of a session is no business time. */
int64_t people_now_ms(void);

#endif
