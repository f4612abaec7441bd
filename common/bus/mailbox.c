/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/mailbox.h"

#include <errno.h>
#include <string.h>

#include "common/values/log.h"
#include "common/wire/edge.h"

bool mailbox_open(struct mailbox *box, struct bus *bus, const char *service, enum lane lane)
{
    *box = (struct mailbox){.peers = bus->peers, .router = bus_bind(bus, service, lane)};
    if (box->router == NULL)
        return false;
    zmq_msg_init(&box->from);
    zmq_msg_init(&box->frame);
    zmq_msg_init(&box->to);
    return true;
}

void mailbox_close(struct mailbox *box)
{
    if (box->router == NULL)
        return;
    mailbox_flush(box);
    bundle_release(&box->replies);
    zmq_msg_close(&box->from);
    zmq_msg_close(&box->frame);
    zmq_msg_close(&box->to);
    zmq_close(box->router);
    box->router = NULL;
}

/* ---- receiving */

/* A message is [routing id][frame] and arrives whole or not at all. Further frames are ignored. */
static enum status receive_frame(struct mailbox *box, int flags)
{
    if (zmq_msg_recv(&box->from, box->router, flags) < 0)
        return errno == ETERM ? STATUS_LOST : STATUS_AGAIN;
    if (zmq_msg_recv(&box->frame, box->router, 0) < 0)
        return STATUS_LOST;
    int further = 0;
    for (int more = zmq_msg_more(&box->frame); more; further++) {
        zmq_msg_t frame;
        zmq_msg_init(&frame);
        more = zmq_msg_recv(&frame, box->router, 0) >= 0 && zmq_msg_more(&frame);
        zmq_msg_close(&frame);
    }
    if (further > 0)
        log_warn(0, "bus.frames", "%d frames after the first of a message are ignored", further);
    return STATUS_OK;
}

/* The next frame from a peer on the list. */
static enum status open_frame(struct mailbox *box, int flags)
{
    for (;;) {
        enum status status = receive_frame(box, flags);
        if (status != STATUS_OK)
            return status;
        const char *name = zmq_msg_gets(&box->frame, "User-Id");
        box->kind = name == NULL ? PEER_UNKNOWN : peers_by_name(box->peers, name);
        box->at = 0;
        box->n_read = 0;
        if (box->kind != PEER_UNKNOWN)
            return STATUS_OK;
        log_warn(0, "bus.refused", "a message of %s, who is not on the list of peers",
                 name == NULL ? "(nobody)" : name);
    }
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
                                  .kind = box->kind,
                                  .surplus = ++box->n_read > ENVELOPES_MAX};
    zmq_msg_init(&envelope->from);
    zmq_msg_init(&envelope->frame);
    zmq_msg_copy(&envelope->from, &box->from);
    zmq_msg_copy(&envelope->frame, &box->frame);
    box->at = envelope->at + envelope->size;
    box->more = rest.len > 0;
    return STATUS_OK;
}

void mailbox_drop(struct envelope *envelope)
{
    zmq_msg_close(&envelope->from);
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

/* ---- sending */

/* When the routing id is accepted, so is the frame after it. */
bool mailbox_flush(struct mailbox *box)
{
    int n = box->replies.n;
    if (n == 0)
        return true;
    bool taken = zmq_msg_send(&box->to, box->router, ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0 &&
                 bus_send(box->router, &box->replies);
    bundle_empty(&box->replies);
    box->dropped += taken ? 0 : n;
    return taken;
}

static bool same_peer(zmq_msg_t *a, zmq_msg_t *b)
{
    size_t size = zmq_msg_size(a);
    return size == zmq_msg_size(b) && memcmp(zmq_msg_data(a), zmq_msg_data(b), size) == 0;
}

void mailbox_reply(struct mailbox *box, zmq_msg_t *to, struct bytes reply)
{
    if (box->replies.n > 0 && !same_peer(&box->to, to))
        mailbox_flush(box);
    if (!bundle_put(&box->replies, reply)) {
        mailbox_flush(box);
        bundle_put(&box->replies, reply);
    }
    if (box->replies.n == 1)
        zmq_msg_copy(&box->to, to);
}
