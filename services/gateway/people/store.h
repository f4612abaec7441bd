/* SPDX-License-Identifier: Apache-2.0 */
/* store.h: the register's rows: people, sessions, tokens, sign-ins,
 * denials, notices, answers. Called on the
 * register's thread only; every call may wait for the database. Instants are ms UTC of the wall
 * clock, except for notices, which are in business time. Text that is read lives in the arena. */
#ifndef GATEWAY_STORE_H
#define GATEWAY_STORE_H

#include "common/base/arena.h"
#include "common/postgres/pg.h"
#include "common/postgres/pgread.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/caller.h"
#include "services/gateway/caller/denials.h"
#include "services/gateway/people/attempts.h"
#include "services/gateway/people/statement.h"

struct person_row {
    const char *name, *full_name, *department;
    Onedoor__Role role;
    int32_t window;
    const char *password; /* argon2id, as crypto_pwhash_str writes it */
    bool must_change, shut_out, has_second;
    int64_t made_ms, signed_in_ms;
};

/* A second factor (second.h), its secrets sealed. */
struct second_row {
    const char *person;
    struct bytes secret;  /* empty: not confirmed yet */
    struct bytes pending; /* shown, and not confirmed yet; empty: none */
};

struct token_row {
    const char *name, *department, *made_by;
    Onedoor__Role role;
    int32_t window;
    int64_t made_ms, used_ms, ends_ms; /* used_ms: 0 for never */
};

/* A session of a person. `current`: the one that asks. */
struct session_row {
    int64_t id, made_ms, seen_ms;
    const char *address;
    bool current;
};

struct sign_in_row {
    int64_t id, at_ms;
    const char *name, *address;
    Onedoor__Gateway__SignInResult result;
};

struct denial_row {
    int64_t id;
    Onedoor__Gateway__DenialKind kind;
    const char *name, *address, *what;
    int64_t case_number, times, first_ms, last_ms;
};

struct notice_row {
    int64_t notice;
    const char *text_zh, *text_en, *by;
    int64_t from_ms, to_ms;
};

/* Which sign-ins to list, the latest first. */
struct sign_in_page {
    const char *name;                      /* "": everybody's */
    Onedoor__Gateway__SignInResult result; /* unspecified: any */
    int64_t before;                        /* this id; INT64_MAX: from the latest on */
    int limit;
};

/* Likewise of what was refused. */
struct denial_page {
    const char *who; /* a name, or with is_address an address; "": everybody */
    bool is_address;
    Onedoor__Gateway__DenialKind kind; /* unspecified: any */
    int64_t before;
    int limit;
};

struct right_change_row {
    int64_t id, at_ms;
    Onedoor__Gateway__RightEvent event;
    const char *who, *by;
    const char *department_before, *department_after; /* null: no rights */
    Onedoor__Role role_before, role_after;
    int32_t window_before, window_after;
    bool shut_out_before, shut_out_after;
};

struct right_change_page {
    const char *who;
    Onedoor__Gateway__RightEvent event;
    int64_t before;
    int limit;
};

/* Where an attempt to sign in comes from, and since when failures count. */
struct attempt_place {
    const char *name, *address;
    const unsigned char *device; /* hash of a device known for the name; null: unknown */
    int64_t since_ms;
};

/* An answer kept under its key (once.h). */
struct answer_row {
    const char *asker;
    unsigned char key[SECRET_HASH_BYTES]; /* its hash */
    struct bytes digest, reply;           /* the reply sealed */
};

struct people_store *store_new(const struct config *);
void store_free(struct people_store **);

/* Whose changes of rights these are that follow, as their record names him; borrowed. */
void store_set_by(struct people_store *, const char *by);

/* Every function returns STATUS_OK, STATUS_NOT_FOUND (no such row; when adding, a name that is
 * taken) or, having logged it, what happened to the database. */

/* Until store_end everything is one transaction, on one connection. */
MUST_USE enum status store_begin(struct people_store *);
/* To be called whatever happened since. OK: it is committed or, without `keep`, rolled back. Else a
 * commit may or may not have been done. */
MUST_USE enum status store_end(struct people_store *, bool keep);

MUST_USE enum status store_find_person(struct people_store *, const char *name, struct arena *,
                                       struct person_row *);
MUST_USE enum status store_list_people(struct people_store *, const char *after, int limit,
                                       struct arena *, struct person_row **, size_t *n);
/* The clerks at a window who are of another department than this one, and may sign in. */
MUST_USE enum status store_list_outsiders(struct people_store *, int32_t window,
                                          const char *department, struct arena *,
                                          struct person_row **, size_t *n);
MUST_USE enum status store_count_people(struct people_store *, struct arena *, int64_t *n);
MUST_USE enum status store_add_person(struct people_store *, const struct person_row *);
/* All but the password; ends the person's sessions. */
MUST_USE enum status store_change_person(struct people_store *, const struct person_row *);
/* Ends the person's sessions. With `reset` it is also recorded in the history, after which earlier
 * failures no longer count. */
MUST_USE enum status store_set_password(struct people_store *, const char *name,
                                        const char *password, bool must_change, bool reset,
                                        int64_t now_ms);

/* Failed attempts for the name at this place, since `since_ms` and since the last success there or
 * a reset. */
MUST_USE enum status store_failures_here(struct people_store *, const struct attempt_place *,
                                         struct arena *, struct attempts *);
/* Those of unknown devices at the address, whatever the name. */
MUST_USE enum status store_failures_of_address(struct people_store *, const struct attempt_place *,
                                               struct arena *, struct attempts *);
/* `device`: the hash of one that is known for the name, else null. */
MUST_USE enum status store_add_sign_in(struct people_store *, const struct sign_in_row *,
                                       const unsigned char *device);
/* OK: the person has signed in with this device before. */
MUST_USE enum status store_find_device(struct people_store *,
                                       const unsigned char device[SECRET_HASH_BYTES],
                                       const char *person, struct arena *);
MUST_USE enum status store_use_device(struct people_store *,
                                      const unsigned char device[SECRET_HASH_BYTES],
                                      const char *person, int64_t now_ms);
/* At most limit + 1, so that the caller sees whether there are more. */
MUST_USE enum status store_list_sign_ins(struct people_store *, const struct sign_in_page *,
                                         struct arena *, struct sign_in_row **, size_t *n);

/* Counts it in: with its particulars, unless that day or whoever asked has no row left for them. */
MUST_USE enum status store_add_denial(struct people_store *, const struct denial *);
/* At most limit + 1. */
MUST_USE enum status store_list_denials(struct people_store *, const struct denial_page *,
                                        struct arena *, struct denial_row **, size_t *n);

/* Whether any change after `latest` was made with ./onedoor on this machine; moves `latest` on. */
MUST_USE enum status store_rights_made_here(struct people_store *, struct arena *, int64_t *latest,
                                            bool *any);
/* At most limit + 1. */
MUST_USE enum status store_list_right_changes(struct people_store *,
                                              const struct right_change_page *, struct arena *,
                                              struct right_change_row **, size_t *n);

MUST_USE enum status store_add_session(struct people_store *,
                                       const unsigned char hash[SECRET_HASH_BYTES],
                                       const char *person, const char *address, int64_t now_ms,
                                       int64_t ends_ms);
/* Who holds it, if it has not ended and was seen after `idle_since_ms`; it has been seen now. */
MUST_USE enum status store_find_session(struct people_store *,
                                        const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                                        int64_t idle_since_ms, struct arena *, struct caller *);
MUST_USE enum status store_end_session(struct people_store *,
                                       const unsigned char hash[SECRET_HASH_BYTES]);
/* Those of a person that have not ended, the one seen last first. `hash` is of the one that asks.
 */
MUST_USE enum status store_list_sessions(struct people_store *, const char *person,
                                         const unsigned char hash[SECRET_HASH_BYTES],
                                         int64_t now_ms, int64_t idle_since_ms, struct arena *,
                                         struct session_row **, size_t *n);
MUST_USE enum status store_end_session_of(struct people_store *, const char *person, int64_t id);
/* Since when things are kept that end by themselves. */
struct kept_since {
    int64_t session_ms, answer_ms, record_ms; /* record: sign-ins and denials */
};
/* Deletes what is older, sessions and tokens that have ended, and devices that were not used for
 * DEVICE_DAYS. */
MUST_USE enum status store_sweep(struct people_store *, int64_t now_ms, const struct kept_since *);

MUST_USE enum status store_add_token(struct people_store *, const struct token_row *,
                                     const unsigned char hash[SECRET_HASH_BYTES]);
MUST_USE enum status store_find_token(struct people_store *,
                                      const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                                      struct arena *, struct caller *);
MUST_USE enum status store_list_tokens(struct people_store *, int64_t now_ms, struct arena *,
                                       struct token_row **, size_t *n);
MUST_USE enum status store_end_token(struct people_store *, const char *name);

/* Those shown at `now_ms`, with `coming` also those shown later; at most `limit`, the earliest
 * first. */
MUST_USE enum status store_list_notices(struct people_store *, int64_t now_ms, bool coming,
                                        int limit, struct arena *, struct notice_row **, size_t *n);
/* Gives it its number. */
MUST_USE enum status store_add_notice(struct people_store *, struct arena *, struct notice_row *);
MUST_USE enum status store_remove_notice(struct people_store *, int64_t notice, const char *by,
                                         int64_t now_ms);

/* By asker and key: fills digest and reply. */
MUST_USE enum status store_find_answer(struct people_store *, struct answer_row *, struct arena *);
MUST_USE enum status store_add_answer(struct people_store *, const struct answer_row *,
                                      int64_t now_ms);

MUST_USE enum status store_find_second(struct people_store *, const char *person, struct arena *,
                                       struct second_row *);
MUST_USE enum status store_begin_second(struct people_store *, const char *person,
                                        struct bytes pending, int64_t now_ms);
/* What is pending counts from now on, with codes later than this step. */
MUST_USE enum status store_confirm_second(struct people_store *, const char *person, int64_t step);
/* NOT_FOUND: a code of this step or a later one was used before. */
MUST_USE enum status store_use_second_step(struct people_store *, const char *person, int64_t step);
/* With the recovery codes; recorded in the history of sign-ins; ends the person's sessions. */
MUST_USE enum status store_drop_second(struct people_store *, const char *person, int64_t now_ms);
MUST_USE enum status store_add_recovery(struct people_store *, const char *person,
                                        const unsigned char hash[SECRET_HASH_BYTES]);
MUST_USE enum status store_drop_recovery(struct people_store *, const char *person);
/* NOT_FOUND: there is no such code, or it was used. */
MUST_USE enum status store_use_recovery(struct people_store *, const char *person,
                                        const unsigned char hash[SECRET_HASH_BYTES]);

/* "working", "simulation" or "demonstration". */
MUST_USE enum status store_hall_kind(struct people_store *, struct arena *, const char **kind);

#endif
