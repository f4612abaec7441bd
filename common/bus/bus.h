/* SPDX-License-Identifier: Apache-2.0 */
/* bus.h: ZeroMQ as the hall uses it. Every socket is opened here, with CURVE, a ZAP domain that is
 * enforced, bounds and heartbeats; none is ever open without.
 *
 * A service binds three lanes: command (what changes things), journal (Fetch, Health, RetryParked),
 * query (reads). Access is checked twice and fails closed: the ZAP handler lets in only keys on the
 * peers list, and each frame is judged by its sender's name as the list is now (its User-Id). A
 * client-set routing id is never taken for an identity. */
#ifndef COMMON_BUS_H
#define COMMON_BUS_H

#include <zmq.h>

#include "common/base/arena.h"
#include "common/base/config.h"
#include "common/bus/peers.h"
#include "common/wire/bundle.h"
#include "common/wire/outcome.h"

struct request;

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

/* A bound ROUTER, with the frame that is being read and the replies to one peer that wait to be
 * sent. It begins as zeros. */
struct mailbox {
    void *router;
    zmq_msg_t from, frame; /* in hand */
    enum peer_kind kind;   /* what sent it */
    size_t at;             /* so far it is read */
    int n_read;            /* its envelopes so far */
    bool more;             /* it has further ones: receive them before you wait */
    zmq_msg_t to;          /* whose the replies are */
    struct bundle replies;
    int64_t dropped; /* replies that were not taken */
};

/* False (logged): a busy port, a path too long. */
MUST_USE bool bus_bind(struct bus *, const char *service, enum lane, struct mailbox *);
void bus_unbind(struct mailbox *);
/* A DEALER to one endpoint, or null (logged). */
void *bus_connect(struct bus *, const char *service, enum lane);

/* One envelope from a peer, as it stands in its frame, which others may share (both messages to be
 * closed with bus_drop). */
struct letter {
    zmq_msg_t from; /* routing id */
    zmq_msg_t frame;
    size_t at, size; /* the envelope in it; no size: from here on the frame is malformed */
    enum peer_kind kind;
    bool surplus; /* behind ENVELOPES_MAX others */
};

/* The next envelope that waits, in order. STATUS_AGAIN: nothing there. STATUS_LOST: the bus is
 * shut. */
MUST_USE enum status bus_receive(struct bus *, struct mailbox *, struct letter *, int flags);
void bus_drop(struct letter *);

/* What it asks, as edge_open says; one that is surplus is told BUSY, and so asked again. */
struct outcome bus_read(const struct letter *, struct arena *, struct request *);

/* Answer, with what else that peer is answered until bus_flush, or until another is answered. A
 * peer that is gone or does not read is not waited for: it will ask again. */
void bus_reply(struct mailbox *, zmq_msg_t *to, struct bytes reply);
/* False when they were dropped. */
bool bus_flush(struct mailbox *);

/* A DEALER's frame, without waiting; the bundle is empty then in any case. False when it was not
 * taken. */
bool bus_send(void *socket, struct bundle *);

#endif
