/* SPDX-License-Identifier: Apache-2.0 */
/* bus.h: ZeroMQ as the hall uses it. Every socket is opened here, with CURVE, a ZAP domain that is
 * enforced, bounds and heartbeats; none is ever open without.
 *
 * A service binds three lanes: command (what changes things), journal (Fetch, Health, RetryParked),
 * query (reads). Access is checked twice and fails closed: the ZAP handler lets in only keys on the
 * peers list, and each message is judged by its sender's name as the list is now (User-Id of the
 * last frame). A client-set routing id is never taken for an identity. */
#ifndef COMMON_BUS_H
#define COMMON_BUS_H

#include <zmq.h>

#include "common/arena.h"
#include "common/config.h"
#include "common/keys.h"

enum lane { LANE_COMMAND, LANE_QUERY, LANE_JOURNAL };

struct bus {
    void *zmq; /* context */
    const struct config *config;
    struct key_pair own;
    struct peers *peers;
    void *zap; /* the access check's thread; only where something is bound */
};

/* A program's way onto the bus, as `name`. */
MUST_USE enum status bus_open(struct bus *, const struct config *, const char *name);

/* Start the access check and prove it: a throw-away key must be refused. Before any bind. */
MUST_USE enum status bus_guard(struct bus *);

/* Ends what blocks in other threads (ETERM); then close your sockets, join them, and bus_close. */
void bus_shut(struct bus *);
void bus_close(struct bus *);

/* A bound ROUTER, or null (logged: a busy port, a path too long). */
void *bus_bind(struct bus *, const char *service, enum lane);
/* A DEALER to one endpoint, or null (logged). */
void *bus_connect(struct bus *, const char *service, enum lane);

/* One message from a peer: routing id and content (both to be closed with bus_drop), and what the
 * peer is. Messages of another shape are dropped. STATUS_AGAIN: nothing there. STATUS_LOST: the bus
 * is shut. */
struct letter {
    zmq_msg_t from;
    zmq_msg_t content;
    enum peer_kind kind;
};

MUST_USE enum status bus_receive(struct bus *, void *router, struct letter *, int flags);
void bus_drop(struct letter *);

/* Answer; a peer that is gone or does not read is not waited for: it will ask again. False when it
 * was dropped. */
bool bus_reply(void *router, zmq_msg_t *from, struct bytes content);

#endif
