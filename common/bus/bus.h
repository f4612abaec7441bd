/* SPDX-License-Identifier: Apache-2.0 */
/* bus.h: ZeroMQ as the hall uses it. Every socket is opened here, with CURVE, an enforced ZAP
 * domain, bounds and heartbeats.
 *
 * A service binds three lanes: command (what changes things), journal (Fetch, Health, RetryParked),
 * query (reads). Access is checked twice and fails closed: the ZAP handler accepts only keys on the
 * list of peers, and each frame's sender (its User-Id) is looked up in the list as it is now. A
 * routing id, which the client sets, is never taken for an identity. */
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

/* Opens the bus under the key pair `name`. */
MUST_USE enum status bus_open(struct bus *, const struct config *, const char *name);

/* Starts the access check and tests it: a throw-away key must be refused. Call before any bind. */
MUST_USE enum status bus_guard(struct bus *);

/* Interrupts what blocks in other threads (ETERM). Then close the sockets, join the threads, and
 * call bus_close. */
void bus_shut(struct bus *);
void bus_close(struct bus *);

/* A bound ROUTER, with the frame being read and the replies that wait to be sent to one peer.
 * Zeroed at first. */
struct mailbox {
    void *router;
    zmq_msg_t from, frame; /* being read */
    enum peer_kind kind;   /* of the frame's sender */
    size_t at;             /* where its next envelope begins */
    int n_read;            /* envelopes read from it */
    bool more;             /* it has further ones: receive them before polling */
    zmq_msg_t to;          /* routing id that the replies go to */
    struct bundle replies;
    int64_t dropped; /* replies that could not be sent */
};

/* False (logged): a busy port, a path too long. */
MUST_USE bool bus_bind(struct bus *, const char *service, enum lane, struct mailbox *);
void bus_unbind(struct mailbox *);
/* A DEALER to one endpoint, or null (logged). */
void *bus_connect(struct bus *, const char *service, enum lane);

/* One envelope from a peer, within its frame, which others may share. Both messages are closed by
 * bus_drop. */
struct envelope {
    zmq_msg_t from; /* routing id */
    zmq_msg_t frame;
    size_t at, size; /* of the envelope in the frame; size 0: the frame is malformed from here on */
    enum peer_kind kind;
    bool surplus; /* beyond ENVELOPES_MAX in its frame */
};

/* The next envelope, in order. STATUS_AGAIN: there is none. STATUS_LOST: the bus is shut. */
MUST_USE enum status bus_receive(struct bus *, struct mailbox *, struct envelope *, int flags);
void bus_drop(struct envelope *);

/* Opens the envelope (edge_open). A surplus one is refused as BUSY, so the client repeats it. */
struct outcome bus_read(const struct envelope *, struct arena *, struct request *);

/* Adds a reply to those for this peer, which are sent together by bus_flush or when another peer is
 * replied to. A peer that is gone or does not read is not waited for: it will ask again. */
void bus_reply(struct mailbox *, zmq_msg_t *to, struct bytes reply);
/* False when the replies were dropped. */
bool bus_flush(struct mailbox *);

/* Sends a DEALER's frame without waiting, and empties the bundle. False when it was not sent. */
bool bus_send(void *socket, struct bundle *);

#endif
