/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/mailbox.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "common/base/cut.h"
#include "common/base/monotonic.h"
#include "common/bus/inflow.h"
#include "common/values/log.h"
#include "common/wire/edge.h"

/* Frames refused at a stretch: then the service does its other work. */
enum { REFUSED_MAX = 64, LOG_EVERY_MS = 1000 };
/* Of who was refused what: as much as fits into DENIED_WHAT_SIZE together. */
enum { TYPE_SHOWN = 41, ID_SHOWN = 35 };

bool mailbox_open(struct mailbox *box, struct bus *bus, const char *service, enum lane lane)
{
    *box = (struct mailbox){.peers = bus->peers, .router = bus_bind(bus, service, lane)};
    if (box->router == NULL)
        return false;
    zmq_msg_init(&box->from.routing_id);
    zmq_msg_init(&box->frame);
    zmq_msg_init(&box->to.routing_id);
    return true;
}

void mailbox_close(struct mailbox *box)
{
    if (box->router == NULL)
        return;
    mailbox_flush(box);
    bundle_release(&box->replies);
    zmq_msg_close(&box->from.routing_id);
    zmq_msg_close(&box->frame);
    zmq_msg_close(&box->to.routing_id);
    zmq_close(box->router);
    box->router = NULL;
}

/* ---- receiving */

/* A message is [routing id][frame] and arrives whole or not at all. Gives how many frames follow.
 */
static enum status receive_frame(struct mailbox *box, int flags, int *further)
{
    *further = 0;
    if (zmq_msg_recv(&box->from.routing_id, box->router, flags) < 0)
        return errno == ETERM ? STATUS_LOST : STATUS_AGAIN;
    if (zmq_msg_recv(&box->frame, box->router, 0) < 0)
        return STATUS_LOST;
    for (int more = zmq_msg_more(&box->frame); more; ++*further) {
        zmq_msg_t frame;
        zmq_msg_init(&frame);
        more = zmq_msg_recv(&frame, box->router, 0) >= 0 && zmq_msg_more(&frame);
        zmq_msg_close(&frame);
    }
    inflow_whole(&box->frame);
    return STATUS_OK;
}

/* A client may send without end, so not every refusal is logged. */
static void log_refused(struct mailbox *box, const char *key)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms - box->refused_logged_ms < LOG_EVERY_MS)
        return;
    box->refused_logged_ms = now_ms;
    log_warn(0, "bus.refused", "a message under the key %s, which is not on the list of peers",
             key == NULL ? "(none)" : key);
}

/* Ends the connection that the frame came by: what its peer goes on sending is not even read, and
 * whoever is shut out cannot make another. Once only: later frames may wait here still, and by then
 * the number may be another connection's. */
static void cut(zmq_msg_t *frame)
{
    int fd = zmq_msg_get(frame, ZMQ_SRCFD);
    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
}

/* Whether its sender may send so much, and messages like this one. */
static bool is_moderate(struct mailbox *box, int further)
{
    enum peers_count count = peers_count(box->peers, box->from.key, zmq_msg_size(&box->frame));
    bool is_multiple = count == PEERS_WITHIN && further > 0;
    if (is_multiple)
        peers_shut_out(box->peers, box->from.key, "a message of several frames");
    if (is_multiple || count == PEERS_BEYOND)
        cut(&box->frame);
    return count == PEERS_WITHIN && !is_multiple;
}

/* Whether the frame comes from a peer that is on the list now. */
static bool is_listed(struct mailbox *box, int further)
{
    struct peer peer;
    const char *key = zmq_msg_gets(&box->frame, "User-Id");
    if (key != NULL && zmq_z85_decode(box->from.key, key) != NULL) {
        if (!is_moderate(box, further))
            return false;
        if (peers_by_key(box->peers, box->from.key, &peer))
            return true;
        peers_deny_key(box->peers, box->from.key, "");
    }
    log_refused(box, key);
    return false;
}

/* The next frame from a peer on the list. */
static enum status open_frame(struct mailbox *box, int flags)
{
    box->at = 0;
    box->n_read = 0;
    for (int i = 0; i < REFUSED_MAX; i++) {
        int further;
        enum status status = receive_frame(box, flags, &further);
        if (status != STATUS_OK || is_listed(box, further))
            return status;
    }
    return STATUS_AGAIN;
}

static void copy_sender(struct sender *to, struct sender *from)
{
    zmq_msg_copy(&to->routing_id, &from->routing_id);
    memcpy(to->key, from->key, sizeof to->key);
}

enum status mailbox_receive(struct mailbox *box, struct envelope *envelope, int flags)
{
    enum status status = box->more ? STATUS_OK : open_frame(box, flags);
    if (status != STATUS_OK)
        return status;
    const unsigned char *frame = zmq_msg_data(&box->frame);
    struct bytes rest = {frame + box->at, zmq_msg_size(&box->frame) - box->at}, packed;
    if (!bundle_next(&rest, &packed))
        rest = packed = (struct bytes){frame, 0};
    *envelope = (struct envelope){.at = (size_t)(packed.data - frame),
                                  .size = packed.len,
                                  .surplus = ++box->n_read > ENVELOPES_MAX};
    zmq_msg_init(&envelope->from.routing_id);
    zmq_msg_init(&envelope->frame);
    copy_sender(&envelope->from, &box->from);
    zmq_msg_copy(&envelope->frame, &box->frame);
    box->at = envelope->at + envelope->size;
    box->more = rest.len > 0;
    return STATUS_OK;
}

void mailbox_drop(struct envelope *envelope)
{
    zmq_msg_close(&envelope->from.routing_id);
    zmq_msg_close(&envelope->frame);
}

struct outcome mailbox_read(const struct envelope *envelope, struct arena *arena,
                            struct request *request)
{
    const unsigned char *frame = zmq_msg_data((zmq_msg_t *)&envelope->frame);
    struct outcome outcome =
        edge_open((struct bytes){frame + envelope->at, envelope->size}, arena, request);
    if (envelope->size == 0)
        outcome = invalid(ONEDOOR__REASON__MALFORMED, "Envelope",
                          "the length before it is 0, malformed, or beyond the frame's end");
    if (is_ok(outcome) && envelope->surplus)
        outcome = (struct outcome){ONEDOOR__CODE__RESOURCE_EXHAUSTED, ONEDOOR__REASON__BUSY,
                                   "too many envelopes in one frame: ask again with fewer", NULL};
    return outcome;
}

static struct outcome deny_peer(const struct mailbox *box, const struct envelope *envelope,
                                const char *detail)
{
    peers_deny(box->peers, ONEDOOR__BUS_DENIAL_KIND__BUS_NO_RIGHT, envelope->from.key, "");
    return deny(ONEDOOR__REASON__NOT_ALLOWED, detail);
}

struct outcome mailbox_allows(const struct mailbox *box, const struct envelope *envelope,
                              unsigned kinds, const struct actor *actor)
{
    struct peer peer;
    if (!peers_by_key(box->peers, envelope->from.key, &peer) || (peer.kind & kinds) == 0)
        return deny_peer(box, envelope, "this caller may not ask this");
    if (!peer_vouches(&peer, actor))
        return deny_peer(box, envelope, "this caller may not ask in this name");
    return OUTCOME_OK;
}

struct outcome mailbox_lends(const struct mailbox *box, const struct envelope *envelope,
                             const char *journal)
{
    struct peer peer;
    if (!peers_by_key(box->peers, envelope->from.key, &peer) || !peer_follows(&peer, journal))
        return deny_peer(box, envelope, "this caller may not follow this journal");
    return OUTCOME_OK;
}

void mailbox_note_refusal(const struct mailbox *box, const struct envelope *envelope,
                          const struct request *request, Onedoor__Reason reason)
{
    char type[TYPE_SHOWN], id[ID_SHOWN], what[DENIED_WHAT_SIZE];
    if (reason != ONEDOOR__REASON__NOT_ALLOWED && reason != ONEDOOR__REASON__OTHER_DEPARTMENT &&
        reason != ONEDOOR__REASON__NOT_LEAD)
        return;
    cut_copy(type, sizeof type, request->type);
    cut_copy(id, sizeof id, request->actor.id);
    snprintf(what, sizeof what, "%s by %s", type, id);
    peers_deny(box->peers, ONEDOOR__BUS_DENIAL_KIND__BUS_REFUSED, envelope->from.key, what);
}

/* ---- sending */

/* When the routing id is accepted, so is the frame after it. */
bool mailbox_flush(struct mailbox *box)
{
    int n = box->replies.n;
    struct peer peer;
    if (n == 0)
        return true;
    bool taken = peers_by_key(box->peers, box->to.key, &peer) &&
                 zmq_msg_send(&box->to.routing_id, box->router, ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0 &&
                 bus_send(box->router, &box->replies);
    bundle_empty(&box->replies);
    box->dropped += taken ? 0 : n;
    return taken;
}

static bool is_same(const struct sender *a, const struct sender *b)
{
    zmq_msg_t *one = (zmq_msg_t *)&a->routing_id, *other = (zmq_msg_t *)&b->routing_id;
    size_t size = zmq_msg_size(one);
    return size == zmq_msg_size(other) && memcmp(zmq_msg_data(one), zmq_msg_data(other), size) == 0;
}

void mailbox_reply(struct mailbox *box, struct sender *to, struct bytes reply)
{
    if (box->replies.n > 0 && !is_same(&box->to, to))
        mailbox_flush(box);
    if (!bundle_put(&box->replies, reply)) {
        mailbox_flush(box);
        bundle_put(&box->replies, reply);
    }
    if (box->replies.n == 1)
        copy_sender(&box->to, to);
}
