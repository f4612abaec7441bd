/* SPDX-License-Identifier: Apache-2.0 */
/* peers.h: the peers of a hall as files in HOME/keys, which common/bus/peers.h reads. Each NAME has
 * a file NAME.key (mode 0600):
 *
 *   public <40 characters of Z85>
 *   secret <40 characters of Z85>
 *
 * and `peers` lists those that may connect, one line a peer:
 *
 *   <name> <public key> <service|desk|operator> <last day valid: YYYY-MM-DD, or ->
 *
 * A failure here ends the program. */
#ifndef KEYS_PEERS_H
#define KEYS_PEERS_H

#include <stdbool.h>

#include "common/bus/key.h"

/* A peer named on the command line. Zeroed but for its name, which is borrowed. */
struct peer {
    const char *name;
    char public_key[KEY_TEXT_SIZE];
    bool listed; /* the old list has a valid line for it */
};

/* Is the name fit to be a file name and a word of the list? */
bool peer_is_named(const struct peer *);

/* Makes the key of a peer unless it has one, and reads the public half. */
void peer_have_key(struct peer *, const char *home);

/* Writes the list again. A line of the old one keeps its place, kind and last day, also when it is
 * about none of these peers; a peer whose key has changed gets a new line. */
void peers_list(struct peer *, int n, const char *home);

#endif
