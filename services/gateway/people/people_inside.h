/* SPDX-License-Identifier: Apache-2.0 */
/* people_inside.h: what the files of the people's register share among themselves. */
#ifndef GATEWAY_PEOPLE_INSIDE_H
#define GATEWAY_PEOPLE_INSIDE_H

#include "common/base/config.h"
#include "services/gateway/caller/deed.h"
#include "services/gateway/people/passwords.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

struct people {
    const struct config *config;
    struct people_store store;
    struct password_strength strength;
    char decoy[PASSWORD_HASH_SIZE]; /* verified when there is nobody of the name, so that the time
                                       taken does not say so */
    int64_t sweep_ms;               /* when ended sessions are next swept away */
    bool kind_known, demonstration; /* what kind of hall it is never changes */
};

struct outcome people_refuse(Onedoor__Code, Onedoor__Gateway__Refusal, const char *detail);
struct outcome people_away(void);
/* What the store said, as an answer; `none` is said when it found nothing. */
struct outcome people_told(enum status, struct outcome none);

/* hall.c: whether every case here is simulated. */
MUST_USE enum status people_demonstration(struct deed *, bool *is);

/* Adds the person with a new one-time password; sets made_ms. */
MUST_USE enum status people_add_row(struct people *, struct person_row *,
                                    char password[SECRET_TEXT_SIZE]);

/* Now, ms UTC, by the wall clock: how long a session lives is no business time. */
int64_t wall_ms(void);

/* An initialised reply in the deed's arena. */
#define DEED_REPLY(deed, type, prefix)                                                             \
    ({                                                                                             \
        type *reply_ = ARENA_NEW((deed)->arena, type);                                             \
        prefix##__init(reply_);                                                                    \
        (deed)->reply = &reply_->base;                                                             \
        reply_;                                                                                    \
    })

#endif
