/* SPDX-License-Identifier: Apache-2.0 */
/* store.h: the register's rows: people, sessions, tokens, sign-ins, notices. All of it is called on
 * the register's thread and may wait for the database. Instants are ms UTC of the wall clock, but
 * for those of notices, which are business time. Text read lives in the arena. */
#ifndef GATEWAY_STORE_H
#define GATEWAY_STORE_H

#include "common/arena.h"
#include "common/pg.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/deed.h"

struct people_store {
    const struct config *config;
    struct pg pg; /* conn is null when not connected */
    int16_t centre;
};

struct person_row {
    const char *name, *full_name, *department;
    Onedoor__Role role;
    int32_t window;
    const char *password; /* argon2id, as crypto_pwhash_str writes it */
    bool must_change, shut_out;
    int64_t made_ms, signed_in_ms;
};

struct token_row {
    const char *name, *department;
    Onedoor__Role role;
    int32_t window;
    int64_t made_ms, ends_ms;
};

struct notice_row {
    int64_t notice;
    const char *text_zh, *text_en, *by;
    int64_t from_ms, to_ms;
};

/* Every function: STATUS_OK, STATUS_NOT_FOUND (no such row; or a name that is taken, when adding),
 * else the database is away (logged). */
MUST_USE enum status store_find_person(struct people_store *, const char *name, struct arena *,
                                       struct person_row *);
MUST_USE enum status store_list_people(struct people_store *, const char *after, int limit,
                                       struct arena *, struct person_row **, int *n);
MUST_USE enum status store_count_people(struct people_store *, int64_t *n);
MUST_USE enum status store_add_person(struct people_store *, const struct person_row *);
/* All but the password; the person's sessions are gone. */
MUST_USE enum status store_change_person(struct people_store *, const struct person_row *);
/* The person's sessions are gone. With `reset` it is also put into the history, which lifts a
 * lock-out. */
MUST_USE enum status store_set_password(struct people_store *, const char *name,
                                        const char *password, bool must_change, bool reset,
                                        int64_t now_ms);

/* Failed attempts since `since_ms` that no success and no reset has followed. */
MUST_USE enum status store_failures(struct people_store *, const char *name, int64_t since_ms,
                                    int64_t *n);
MUST_USE enum status store_add_sign_in(struct people_store *, const char *name,
                                       Onedoor__Gateway__SignInResult, const char *address,
                                       int64_t now_ms);
MUST_USE enum status store_list_sign_ins(struct people_store *, const char *name, int limit,
                                         struct arena *, Onedoor__Gateway__ListSignInsReply *);

MUST_USE enum status store_add_session(struct people_store *,
                                       const unsigned char hash[SECRET_HASH_BYTES],
                                       const char *person, const char *address, int64_t now_ms,
                                       int64_t ends_ms);
/* Who holds it, if it still runs and was seen after `idle_since_ms`; it has been seen now. */
MUST_USE enum status store_find_session(struct people_store *,
                                        const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                                        int64_t idle_since_ms, struct caller *);
MUST_USE enum status store_end_session(struct people_store *,
                                       const unsigned char hash[SECRET_HASH_BYTES]);
/* Sessions and tokens that have ended. */
MUST_USE enum status store_sweep(struct people_store *, int64_t now_ms, int64_t idle_since_ms);

MUST_USE enum status store_add_token(struct people_store *, const struct token_row *,
                                     const unsigned char hash[SECRET_HASH_BYTES],
                                     const char *made_by);
MUST_USE enum status store_find_token(struct people_store *,
                                      const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                                      struct caller *);
MUST_USE enum status store_list_tokens(struct people_store *, int64_t now_ms, struct arena *,
                                       struct token_row **, int *n);
MUST_USE enum status store_end_token(struct people_store *, const char *name);

/* Those shown at `now_ms`, with `coming` also those to be shown later; at most `limit`, the
 * earliest first. */
MUST_USE enum status store_list_notices(struct people_store *, int64_t now_ms, bool coming,
                                        int limit, struct arena *, struct notice_row **, int *n);
/* Gives it its number. */
MUST_USE enum status store_add_notice(struct people_store *, struct notice_row *);
MUST_USE enum status store_remove_notice(struct people_store *, int64_t notice, const char *by,
                                         int64_t now_ms);

/* "working", "simulation" or "demonstration". */
MUST_USE enum status store_hall_kind(struct people_store *, struct arena *, const char **kind);

#endif
