/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/link.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/values/log.h"

enum {
    LOOK_MS = 100,
    GRACE_MS = 1000, /* libzmq tries again within this, or never */
    DELAY_MS = 250,
    JOURNAL_SILENT_MS = 7000, /* beyond what a request may be held for */
    SILENT_MS = 20000,        /* a service may wait for its database */
    DELAY_MAX_MS = 4000,
    CONNECTED = ZMQ_EVENT_HANDSHAKE_SUCCEEDED,
    UNDER_WAY = ZMQ_EVENT_CONNECTED | ZMQ_EVENT_CONNECT_DELAYED | ZMQ_EVENT_CONNECT_RETRIED,
    ENDED = ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
            ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH,
};

/* ---- the socket */

static bool connect_link(struct link *link)
{
    struct peer peer;
    link->down_ms = link->asked_ms = 0;
    link->socket = bus_connect(link->bus, link->service, link->lane, CONNECTED | UNDER_WAY | ENDED,
                               &link->monitor);
    if (link->socket == NULL)
        return false;
    if (peers_by_name(link->bus->peers, link->service, &peer))
        memcpy(link->key, peer.public_key, sizeof link->key);
    return true;
}

static void disconnect(struct link *link)
{
    const int at_once = 0;
    if (link->socket == NULL)
        return;
    zmq_socket_monitor(link->socket, NULL, 0);
    zmq_close(link->monitor);
    zmq_setsockopt(link->socket, ZMQ_LINGER, &at_once, sizeof at_once);
    zmq_close(link->socket);
    link->socket = link->monitor = NULL;
}

bool link_open(struct link *link, struct bus *bus, const char *service, enum lane lane)
{
    *link = (struct link){.bus = bus, .service = service, .lane = lane, .delay_ms = DELAY_MS};
    return connect_link(link);
}

void link_close(struct link *link)
{
    disconnect(link);
}

/* ---- what happens to it */

/* 0: nothing more happened. */
static int next_event(void *monitor)
{
    zmq_msg_t frame;
    uint16_t event = 0;
    zmq_msg_init(&frame);
    if (zmq_msg_recv(&frame, monitor, ZMQ_DONTWAIT) >= (int)sizeof event) {
        memcpy(&event, zmq_msg_data(&frame), sizeof event);
        while (zmq_msg_more(&frame))
            zmq_msg_recv(&frame, monitor, ZMQ_DONTWAIT);
    }
    zmq_msg_close(&frame);
    return event;
}

static void back(struct link *link)
{
    link->delay_ms = DELAY_MS;
    link->down_ms = 0;
    if (link->is_told)
        log_info(0, "link.back", "%s is connected again", link->service);
    link->is_told = false;
}

static void read_events(struct link *link, int64_t now_ms)
{
    for (int event; (event = next_event(link->monitor)) != 0;) {
        if ((event & ENDED) != 0 && link->down_ms == 0)
            link->down_ms = now_ms;
        else if ((event & UNDER_WAY) != 0)
            link->down_ms = 0;
        else if (event == CONNECTED)
            back(link);
    }
}

static void give_up(struct link *link, const char *why, int64_t now_ms)
{
    if (!link->is_told)
        log_warn(0, "link.ended", "%s: %s; it is connected to anew", link->service, why);
    link->is_told = true;
    link->renewed++;
    disconnect(link);
    link->again_ms = now_ms + link->delay_ms / 2 + randombytes_uniform((uint32_t)link->delay_ms);
    link->delay_ms = link->delay_ms * 2 > DELAY_MAX_MS ? DELAY_MAX_MS : link->delay_ms * 2;
}

/* Has nothing come for long, and is nothing there to be read either? */
static bool is_silent(const struct link *link, int64_t now_ms)
{
    int64_t silent_ms = link->lane == LANE_JOURNAL
                            ? JOURNAL_SILENT_MS + config_number(link->bus->config, "page_wait_ms")
                            : SILENT_MS;
    int events = 0;
    size_t size = sizeof events;
    if (link->asked_ms == 0 || now_ms - link->asked_ms < silent_ms)
        return false;
    zmq_getsockopt(link->socket, ZMQ_EVENTS, &events, &size);
    return (events & ZMQ_POLLIN) == 0;
}

/* Why the socket is of no more use; null: it is. */
static const char *is_over(struct link *link, int64_t now_ms)
{
    struct peer peer;
    if (!peers_by_name(link->bus->peers, link->service, &peer))
        return "it is not on the list of peers";
    if (strcmp(peer.public_key, link->key) != 0)
        return "it has another key";
    read_events(link, now_ms);
    if (link->down_ms != 0 && now_ms - link->down_ms >= GRACE_MS)
        return "the connection ended";
    return is_silent(link, now_ms) ? "it does not answer" : NULL;
}

bool link_is_down(const struct link *link)
{
    return link->is_told;
}

void link_asked(struct link *link)
{
    if (link->asked_ms == 0)
        link->asked_ms = monotonic_ms();
}

void link_heard(struct link *link)
{
    link->asked_ms = 0;
}

static bool is_listed(const struct link *link)
{
    struct peer peer;
    return peers_by_name(link->bus->peers, link->service, &peer);
}

bool link_look(struct link *link)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms - link->looked_ms < LOOK_MS)
        return false;
    link->looked_ms = now_ms;
    if (link->socket != NULL) {
        const char *why = is_over(link, now_ms);
        if (why != NULL)
            give_up(link, why, now_ms);
        return why != NULL;
    }
    return now_ms >= link->again_ms && is_listed(link) && connect_link(link);
}
