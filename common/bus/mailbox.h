/* SPDX-License-Identifier: Apache-2.0 */
/* mailbox.h: a lane as the service sees it: a bound ROUTER, whose frames are taken apart into
 * envelopes and whose replies are put together into frames.
 *
 * A frame's sender is the key that its connection proved (its User-Id), never the routing id, which
 * the client sets. The key is looked up in the list of peers when a frame comes, when an envelope
 * is judged, and when its reply leaves, so what is under way for a key that was taken off the list
 * is not answered. */
#ifndef COMMON_MAILBOX_H
#define COMMON_MAILBOX_H

#include "common/base/arena.h"
#include "common/bus/bus.h"
#include "common/wire/outcome.h"

struct request;

/* Where a message came from, and where its reply goes. */
struct sender {
    zmq_msg_t routing_id;
    unsigned char key[PEER_KEY_BYTES];
};

/* The frame being read, and the replies that wait to be sent to one peer. */
struct mailbox {
    struct peers *peers;
    void *router;
    struct sender from; /* of the frame being read */
    zmq_msg_t frame;
    size_t at;        /* where its next envelope begins */
    int n_read;       /* envelopes read from it */
    bool more;        /* it has further ones: receive them before polling */
    struct sender to; /* of the replies */
    struct bundle replies;
    int64_t dropped;           /* replies that could not be sent, or not any more */
    int64_t refused_logged_ms; /* when a refused message was logged last */
};

/* False (logged): a busy port, a path too long. */
MUST_USE bool mailbox_open(struct mailbox *, struct bus *, const char *service, enum lane);
void mailbox_close(struct mailbox *);

/* One envelope from a peer, within its frame, which others may share. mailbox_drop closes it. */
struct envelope {
    struct sender from;
    zmq_msg_t frame;
    size_t at, size; /* of the envelope in the frame; size 0: the frame is malformed from here on */
    bool surplus;    /* beyond ENVELOPES_MAX in its frame */
};

/* The next envelope, in order. STATUS_AGAIN: there is none. STATUS_LOST: the bus is shut. */
MUST_USE enum status mailbox_receive(struct mailbox *, struct envelope *, int flags);
void mailbox_drop(struct envelope *);

/* Opens the envelope (edge_open). A surplus one is refused as BUSY, so the client repeats it. */
struct outcome mailbox_read(const struct envelope *, struct arena *, struct request *);

/* Refused unless its sender, by the list as it is now, is of one of these kinds (a set) and may
 * name the actor; may follow the journal. */
struct outcome mailbox_allows(const struct mailbox *, const struct envelope *, unsigned kinds,
                              const struct actor *);
struct outcome mailbox_lends(const struct mailbox *, const struct envelope *, const char *journal);

/* A request is refused for this reason. If the person for whom the peer vouched has not the right,
 * that is put on record. */
void mailbox_note_refusal(const struct mailbox *, const struct envelope *, const struct request *,
                          Onedoor__Reason);

/* Adds a reply to those for this peer, which are sent together by mailbox_flush or when another
 * peer is replied to. A peer that is gone or does not read is not waited for: it will ask again. */
void mailbox_reply(struct mailbox *, struct sender *to, struct bytes reply);
/* False when the replies were dropped. */
bool mailbox_flush(struct mailbox *);

#endif
