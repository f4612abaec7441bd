/* SPDX-License-Identifier: Apache-2.0 */
/* peer.h: a peer as its line of the list says it: its key, until when it is valid, whom it may name
 * as the actor of a request, and whose journals it may follow.
 *
 *   <name> <public key> <service|desk|operator> <last day> [roles=A,B] [departments=A,B]
 *       [actors=A,B*] [journals=A,B]
 *
 * The key is in Z85, the last day YYYY-MM-DD in UTC, or - for no end. What a line does not name is
 * denied; `any` stands for all. Among the departments, - stands for no department. An actor that
 * ends with * stands for all that begin so. Pure. */
#ifndef COMMON_PEER_H
#define COMMON_PEER_H

#include <stdbool.h>

#include "common/bus/key.h"
#include "common/values/day.h"
#include "common/wire/outcome.h"

enum { PEER_NAME_SIZE = 33, PEER_KEY_BYTES = 32, PEER_LINE_SIZE = 1024, PEER_LIST_SIZE = 256 };

/* What a peer may ask depends on its kind: values of a set. */
enum peer_kind {
    PEER_SERVICE = 1, /* follows journals */
    PEER_DESK = 2, /* vouches for people: gateway, window programs; commands, queries, journals */
    PEER_OPERATOR = 4, /* looks at everything, has parked events tried again */
};

struct peer {
    char name[PEER_NAME_SIZE];
    char public_key[KEY_TEXT_SIZE];
    unsigned char key[PEER_KEY_BYTES]; /* the same, decoded */
    enum peer_kind kind;
    struct day last; /* INT32_MAX: no end */
    unsigned roles;  /* a set of ROLE() */
    char departments[PEER_LIST_SIZE], actors[PEER_LIST_SIZE], journals[PEER_LIST_SIZE];
};

/* Null, or what is wrong with the line: one that is not exactly right is no peer's. */
const char *peer_read(struct peer *, const char *line);

bool peer_is_valid(const struct peer *, struct day today);

/* Whether it may name this actor. */
bool peer_vouches(const struct peer *, const struct actor *);

/* Whether it may read the journal of this service. */
bool peer_follows(const struct peer *, const char *journal);

#endif
