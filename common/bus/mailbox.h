/* SPDX-License-Identifier: Apache-2.0 */
/* mailbox.h: a lane as the service sees it: a bound ROUTER, whose frames are taken apart into
 * envelopes and whose replies are put together into frames.
 *
 * Each frame's sender (its User-Id) is looked up in the list of peers as it is now. A routing id,
 * which the client sets, is never taken for an identity. */
#ifndef COMMON_MAILBOX_H
#define COMMON_MAILBOX_H

#include "common/base/arena.h"
#include "common/bus/bus.h"
#include "common/wire/outcome.h"

struct request;

/* The frame being read and the replies that wait to be sent to one peer.
 * Zeroed at first. */
struct mailbox {
    struct peers *peers;
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
MUST_USE bool mailbox_open(struct mailbox *, struct bus *, const char *service, enum lane);
void mailbox_close(struct mailbox *);
/* One envelope from a peer, within its frame, which others may share. Both messages are closed by
 * mailbox_drop. */
struct envelope {
    zmq_msg_t from; /* routing id */
    zmq_msg_t frame;
    size_t at, size; /* of the envelope in the frame; size 0: the frame is malformed from here on */
    enum peer_kind kind;
    bool surplus; /* beyond ENVELOPES_MAX in its frame */
};

/* The next envelope, in order. STATUS_AGAIN: there is none. STATUS_LOST: the bus is shut. */
MUST_USE enum status mailbox_receive(struct mailbox *, struct envelope *, int flags);
void mailbox_drop(struct envelope *);

/* Opens the envelope (edge_open). A surplus one is refused as BUSY, so the client repeats it. */
struct outcome mailbox_read(const struct envelope *, struct arena *, struct request *);

/* Adds a reply to those for this peer, which are sent together by mailbox_flush or when another
 * peer is replied to. A peer that is gone or does not read is not waited for: it will ask again. */
void mailbox_reply(struct mailbox *, zmq_msg_t *to, struct bytes reply);
/* False when the replies were dropped. */
bool mailbox_flush(struct mailbox *);

#endif
