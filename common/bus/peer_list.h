/* SPDX-License-Identifier: Apache-2.0 */
/* peer_list.h: the lines of the list of peers (peers.h) that are good, and what became of a peer
 * that an earlier list had. */
#ifndef COMMON_PEER_LIST_H
#define COMMON_PEER_LIST_H

#include <stdio.h>

#include "common/bus/peer.h"

enum { PEERS_MAX = 256 };

struct peer_list {
    struct peer peers[PEERS_MAX];
    int n;
    bool whole; /* its last line ends */
};

/* Reads what is in the file. A line that is not exactly right is left out, and logged with the
 * file's name. */
void peer_list_read(struct peer_list *, FILE *, const char *path);

/* The peer of this key, or null; whether its key is valid is another matter. */
const struct peer *peer_list_find(const struct peer_list *, const unsigned char *key);

enum peer_fate {
    PEER_STAYS,
    PEER_REMOVED,  /* neither its key nor its name is on the list */
    PEER_REPLACED, /* its name is, with another key */
    PEER_EXPIRED,  /* its key is, but its last day is over */
};
/* What became of a peer whose key was valid. Pure. */
enum peer_fate peer_list_fate(const struct peer_list *, const struct peer *, struct day today);

#endif
