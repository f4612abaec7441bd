/* SPDX-License-Identifier: Apache-2.0 */
/* peers.h: the list of peers that are let onto the bus: HOME/keys/peers, one a line: name, public
 * key, kind, last day valid (YYYY-MM-DD in UTC, or -).
 *
 * The list is read again when it changes, and every frame is checked against it: a name taken off
 * the list is refused within a second, whatever connections it holds. */
#ifndef COMMON_PEERS_H
#define COMMON_PEERS_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/bus/key.h"

enum { PEER_NAME_SIZE = 33 };

/* What a peer may ask depends on its kind. */
enum peer_kind {
    PEER_UNKNOWN = 0,
    PEER_SERVICE = 1, /* follows journals */
    PEER_DESK = 2, /* vouches for people: gateway, window programs; commands, queries, journals */
    PEER_OPERATOR = 4, /* looks at everything, has parked events tried again */
};

struct peers;

/* Without a list, a failure, logged: deny by default. */
MUST_USE enum status peers_open(struct peers **, const char *home);
void peers_free(struct peers **);

/* Safe from any thread. By public key (32 bytes): gives the peer's name too. */
enum peer_kind peers_by_key(struct peers *, const unsigned char key[32], char name[PEER_NAME_SIZE]);
enum peer_kind peers_by_name(struct peers *, const char *name);
/* The public key of a peer, to connect to it. False: not on the list. */
bool peers_key_of(struct peers *, const char *name, char public_key[KEY_TEXT_SIZE]);

#endif
