/* SPDX-License-Identifier: Apache-2.0 */
/* keys.h: who is who on the bus. HOME/keys/<name>.key holds a program's own CURVE pair ("public
 * <z85>", "secret <z85>"); HOME/keys/peers lists whom to let in, one a line: name, public key,
 * kind, last day valid (YYYY-MM-DD, or -). The list is read again when it changes, and every
 * message is judged by it as it is now: a name taken off the list is refused from the next second
 * on, whatever connections it holds. */
#ifndef COMMON_KEYS_H
#define COMMON_KEYS_H

#include <stdbool.h>

#include "common/base/status.h"

enum { KEY_TEXT_SIZE = 41, PEER_NAME_SIZE = 33 };

struct key_pair {
    char public_key[KEY_TEXT_SIZE];
    char secret_key[KEY_TEXT_SIZE];
};

/* Logged when it fails; the secret never is. */
MUST_USE enum status key_pair_read(const char *home, const char *name, struct key_pair *);

/* What a peer is decides what it may ask. */
enum peer_kind {
    PEER_UNKNOWN = 0,
    PEER_SERVICE = 1, /* follows journals */
    PEER_DESK = 2, /* vouches for people: gateway, window programs; commands, queries, journals */
    PEER_OPERATOR = 4, /* looks at everything, mends parked events */
};

struct peers;

/* Fails, logged, when there is no list: deny by default. */
MUST_USE enum status peers_open(struct peers **, const char *home);
void peers_free(struct peers **);

/* Safe from any thread. By public key (32 bytes): the peer's name too. */
enum peer_kind peers_by_key(struct peers *, const unsigned char key[32], char name[PEER_NAME_SIZE]);
enum peer_kind peers_by_name(struct peers *, const char *name);
/* The public key of a peer, to connect to it. False: not on the list. */
bool peers_key_of(struct peers *, const char *name, char public_key[KEY_TEXT_SIZE]);

#endif
