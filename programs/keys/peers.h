/* SPDX-License-Identifier: Apache-2.0 */
/* peers.h: the peers of a hall as files of HOME/keys, which common/bus/peers.h reads. For each NAME
 * there is NAME.key (mode 0600):
 *
 *   public <40 characters of Z85>
 *   secret <40 characters of Z85>
 *
 * and `peers` lists those who are let in, one line a peer:
 *
 *   <name> <public key> <service|desk|operator> <last day valid: YYYY-MM-DD, or ->
 *
 * A failure here ends the program. */
#ifndef KEYS_PEERS_H
#define KEYS_PEERS_H

#include <stdbool.h>

#include "common/bus/key.h"

/* A peer of the command line. Zeroed but for its name, which is borrowed. */
struct peer {
    const char *name;
    char public_key[KEY_TEXT_SIZE];
    bool listed; /* the old list has a line of it that still holds */
};

/* A name becomes a file name and a word of the list. */
bool peer_is_named(const struct peer *);

/* Makes the key of a peer unless it has one, and reads its public half. */
void peer_have_key(struct peer *, const char *home);

/* Writes the list anew. A line of the old one keeps its place, its kind and its term, also when it
 * speaks of none of these peers; the line of one whose key has changed is made anew. */
void peers_list(struct peer *, int n, const char *home);

#endif
