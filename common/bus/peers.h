/* SPDX-License-Identifier: Apache-2.0 */
/* peers.h: the list of peers that are let onto the bus: HOME/keys/peers, a peer a line (peer.h);
 * lines that begin with # are comments. A name may stand twice, with two keys, while one replaces
 * the other; a key may not.
 *
 * The list is read again when it changes, and every message is judged by it, so a key that is taken
 * off is not answered a second later, whatever connections it holds. A line that is not exactly
 * right is refused and logged. A list that is away, unfinished or without a single good line is
 * logged, and the one before it holds for `peers_kept_ms`; then nobody is let in until it is back.
 */
#ifndef COMMON_PEERS_H
#define COMMON_PEERS_H

#include "common/base/config.h"
#include "common/base/status.h"
#include "common/bus/denied.h"
#include "common/bus/peer.h"

/* A changed list holds after so long at most, with the next message. */
enum { PEERS_CHECK_MS = 500 };

struct peers;

/* Without a list, a failure, logged: deny by default. The config lives longer. */
MUST_USE enum status peers_open(struct peers **, const struct config *);
void peers_free(struct peers **);

/* Safe from any thread: the peer of this key, or the first of this name. False: none is on the list
 * today, or the key is shut out. */
bool peers_by_key(struct peers *, const unsigned char key[PEER_KEY_BYTES], struct peer *);
bool peers_by_name(struct peers *, const char *name, struct peer *);

/* Counts a frame that came under the key; beyond its quota (`peer_frames_s`, `peer_bytes_s`) the
 * key is shut out for `peer_out_s`, which is logged. */
enum peers_count { PEERS_WITHIN, PEERS_BEYOND, PEERS_OUT /* it was shut out before */ };
enum peers_count peers_count(struct peers *, const unsigned char key[PEER_KEY_BYTES], size_t bytes);
/* Likewise, for what no program of ours sends. */
void peers_shut_out(struct peers *, const unsigned char key[PEER_KEY_BYTES], const char *why);

/* A key was let in, from an address as libzmq says it. */
void peers_met(struct peers *, const unsigned char key[PEER_KEY_BYTES], const char *address);
/* A connection was ended that sent without end. Its key is shut out when it is known: when no other
 * key was met at its address. */
void peers_endless(struct peers *, int fd);

/* Puts on record that the peer of this key was denied what he asked; `what`: as in struct denied.
 */
void peers_deny(struct peers *, Onedoor__BusDenialKind, const unsigned char key[PEER_KEY_BYTES],
                const char *what);
/* Likewise, that a key was not let in which peers_by_key does not find: it has no line, its last
 * day is over, or it is shut out. Keys that end are put on record when the list is read. */
void peers_deny_key(struct peers *, const unsigned char key[PEER_KEY_BYTES], const char *address);
/* Forgets what was denied so far: the test of the access check. */
void peers_begin_record(struct peers *);
/* What is on record, copied. */
struct denied_list peers_denied(struct peers *);

#endif
