/* SPDX-License-Identifier: Apache-2.0 */
/* deed.h: one thing asked of the people's register (people.h), done by the register's own thread:
 * passwords are slow to hash and a database is slow to answer, and neither may hold up the loop. */
#ifndef GATEWAY_DEED_H
#define GATEWAY_DEED_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

enum {
    SECRET_BYTES = 32,
    SECRET_TEXT_SIZE = 64,
    SECRET_HASH_BYTES = 32,
    NAME_SIZE = 41,
    DEPARTMENT_SIZE = 9,
    ADDRESS_SIZE = 46
};

/* Who asks, by a session or a token. */
struct caller {
    char name[NAME_SIZE]; /* "" for somebody who has not signed in */
    Onedoor__Role role;   /* ROLE_UNSPECIFIED likewise */
    char department[DEPARTMENT_SIZE];
    int32_t window;
    bool must_change_password;
    bool by_session;                       /* and not by a token: needs the CSRF token */
    unsigned char hash[SECRET_HASH_BYTES]; /* of the session's or token's secret */
    int64_t ends_ms;
};

struct people;
struct api_route;

/* A line of the log, written once the deed is saved: "people.added", whom. Null: none. */
struct fact {
    const char *id, *what;
};

struct deed {
    struct people *people;
    const struct api_route *route; /* on which it is asked */
    const void *message;           /* what is asked; its memory and the reply's are the arena's */
    struct arena *arena;
    struct caller caller;
    char address[ADDRESS_SIZE];
    char csrf[SECRET_TEXT_SIZE]; /* of the caller's session, for the reply */
    unsigned char key[16];       /* Idempotency-Key, zeroes for none; see once.h */

    /* what came of it */
    struct outcome outcome;
    ProtobufCMessage *reply;       /* null: Done */
    char secret[SECRET_TEXT_SIZE]; /* a new session's, for the cookie; "" for none */
    bool signed_out;     /* the cookie is to be dropped, the session's streams are to end */
    bool people_changed; /* what is remembered of sessions may be wrong now */
    struct fact fact;
};

/* Done on the register's thread. */
typedef void people_deed(struct deed *); /* a function, not a struct: spelt once for the tables */

#endif
