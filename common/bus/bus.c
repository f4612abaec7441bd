/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/bus.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/service_names.h"
#include "common/bus/zap.h"
#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

/* Stable in the library, but named only in its draft header. */
#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93
#endif

enum {
    ENDPOINT_BYTES = 4400,
    IPC_PATH_MAX = 100,
    HIGH_WATER = 20000, /* a safety margin: the limit is the service's own queue */
    LINGER_MS = 500,
    HEARTBEAT_MS = 2000,
    HEARTBEAT_TIMEOUT_MS = 8000,
    HANDSHAKE_MS = 3000,
    RECONNECT_MS = 50,
    RECONNECT_MAX_MS = 2000,
    SOCKETS_MAX = 8192,
    FRAME_MAX = MESSAGE_MAX_BYTES + 1024, /* encrypted: CURVE adds 33 bytes to a bundle */
};

static const char *const lanes[] = {"command", "query", "journal"};

enum status bus_open(struct bus *bus, const struct config *config, const char *name)
{
    *bus = (struct bus){.config = config};
    enum status status = key_pair_read(config_text(config, "home"), name, &bus->own);
    if (status == STATUS_OK)
        status = peers_open(&bus->peers, config_text(config, "home"));
    if (status != STATUS_OK)
        return status;
    bus->zmq = zmq_ctx_new();
    must(bus->zmq != NULL);
    zmq_ctx_set(bus->zmq, ZMQ_MAX_SOCKETS, SOCKETS_MAX);
    return STATUS_OK;
}

void bus_shut(struct bus *bus)
{
    zmq_ctx_shutdown(bus->zmq);
}

void bus_close(struct bus *bus)
{
    if (bus->zmq != NULL)
        zmq_ctx_shutdown(bus->zmq);
    zap_stop(&bus->zap);
    if (bus->zmq != NULL)
        zmq_ctx_term(bus->zmq);
    bus->zmq = NULL;
    peers_free(&bus->peers);
}

/* ---- addresses */

static int port_of(const struct config *config, const char *service, enum lane lane)
{
    int index = service_names_index(service);
    if (index < 0)
        panic("no such service: %s", service);
    return (int)config_number(config, "bus_port") + index * 3 + (int)lane;
}

static void fill(const struct config *config, const char *pattern, const char *service,
                 enum lane lane, char *endpoint)
{
    size_t used = 0;
    char port[8];
    snprintf(port, sizeof port, "%d", port_of(config, service, lane));
    const struct {
        const char *name, *value;
    } parts[] = {{"{service}", service},
                 {"{lane}", lanes[lane]},
                 {"{port}", port},
                 {"{home}", config_text(config, "home")}};
    for (const char *p = pattern; *p != '\0' && used < ENDPOINT_BYTES - 1;) {
        const char *value = NULL;
        for (size_t i = 0; i < sizeof parts / sizeof parts[0] && value == NULL; i++)
            if (strncmp(p, parts[i].name, strlen(parts[i].name)) == 0) {
                value = parts[i].value;
                p += strlen(parts[i].name);
            }
        if (value == NULL)
            endpoint[used++] = *p++;
        else
            used += (size_t)snprintf(endpoint + used, ENDPOINT_BYTES - used, "%s", value);
    }
    endpoint[used < ENDPOINT_BYTES ? used : ENDPOINT_BYTES - 1] = '\0';
}

/* ---- sockets */

static void set_int(void *socket, int option, int value)
{
    if (zmq_setsockopt(socket, option, &value, sizeof value) != 0)
        panic("socket option %d: %s", option, zmq_strerror(errno));
}

static void set_text(void *socket, int option, const char *value)
{
    if (zmq_setsockopt(socket, option, value, strlen(value)) != 0)
        panic("socket option %d: %s", option, zmq_strerror(errno));
}

static void *new_socket(struct bus *bus, int type)
{
    void *socket = zmq_socket(bus->zmq, type);
    if (socket == NULL)
        panic("no socket: %s", zmq_strerror(errno));
    int64_t largest = FRAME_MAX;
    zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &largest, sizeof largest);
    set_int(socket, ZMQ_SNDHWM, HIGH_WATER);
    set_int(socket, ZMQ_RCVHWM, HIGH_WATER);
    set_int(socket, ZMQ_LINGER, LINGER_MS);
    set_int(socket, ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS);
    set_int(socket, ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT_MS);
    set_int(socket, ZMQ_HEARTBEAT_TTL, HEARTBEAT_TIMEOUT_MS);
    set_int(socket, ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS);
    set_int(socket, ZMQ_RECONNECT_IVL, RECONNECT_MS);
    set_int(socket, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS);
    set_text(socket, ZMQ_ZAP_DOMAIN, ZAP_DOMAIN);
    set_int(socket, ZMQ_ZAP_ENFORCE_DOMAIN, 1);
    return socket;
}

/* CURVE's server side. Without the access check any key would be accepted. */
static void *new_server(struct bus *bus)
{
    void *socket = new_socket(bus, ZMQ_ROUTER);
    must(bus->zap != NULL);
    set_int(socket, ZMQ_ROUTER_MANDATORY, 1);
    set_int(socket, ZMQ_CURVE_SERVER, 1);
    set_text(socket, ZMQ_CURVE_SECRETKEY, bus->own.secret_key);
    return socket;
}

static void *new_client(struct bus *bus, const struct key_pair *own, const char *server_key)
{
    void *socket = new_socket(bus, ZMQ_DEALER);
    set_int(socket, ZMQ_IMMEDIATE, 1);
    set_text(socket, ZMQ_CURVE_SERVERKEY, server_key);
    set_text(socket, ZMQ_CURVE_PUBLICKEY, own->public_key);
    set_text(socket, ZMQ_CURVE_SECRETKEY, own->secret_key);
    return socket;
}

bool bus_bind(struct bus *bus, const char *service, enum lane lane, struct mailbox *box)
{
    char endpoint[ENDPOINT_BYTES];
    const char *bind = config_text(bus->config, "bus_bind");
    fill(bus->config, bind[0] != '\0' ? bind : config_text(bus->config, "bus"), service, lane,
         endpoint);
    if (strncmp(endpoint, "ipc://", 6) == 0 && strlen(endpoint + 6) > IPC_PATH_MAX) {
        log_error(0, "bus.path", "%s is too long for a Unix socket: choose a shorter home",
                  endpoint + 6);
        return false;
    }
    box->router = new_server(bus);
    zmq_msg_init(&box->from);
    zmq_msg_init(&box->frame);
    zmq_msg_init(&box->to);
    if (zmq_bind(box->router, endpoint) == 0)
        return true;
    log_error(0, "bus.bind", "cannot listen on %s: %s", endpoint, zmq_strerror(errno));
    bus_unbind(box);
    return false;
}

void bus_unbind(struct mailbox *box)
{
    if (box->router == NULL)
        return;
    bus_flush(box);
    bundle_release(&box->replies);
    zmq_msg_close(&box->from);
    zmq_msg_close(&box->frame);
    zmq_msg_close(&box->to);
    zmq_close(box->router);
    box->router = NULL;
}

void *bus_connect(struct bus *bus, const char *service, enum lane lane)
{
    char endpoint[ENDPOINT_BYTES], key[KEY_TEXT_SIZE];
    fill(bus->config, config_text(bus->config, "bus"), service, lane, endpoint);
    if (!peers_key_of(bus->peers, service, key)) {
        log_error(0, "bus.peer", "%s is not on the list of peers", service);
        return NULL;
    }
    void *socket = new_client(bus, &bus->own, key);
    if (zmq_connect(socket, endpoint) == 0)
        return socket;
    log_error(0, "bus.connect", "cannot connect to %s: %s", endpoint, zmq_strerror(errno));
    zmq_close(socket);
    return NULL;
}

/* ---- the access check is tested */

static bool refused(void *monitor)
{
    for (;;) {
        zmq_msg_t event;
        zmq_msg_init(&event);
        if (zmq_msg_recv(&event, monitor, 0) < 0)
            return false;
        uint16_t what;
        memcpy(&what, zmq_msg_data(&event), sizeof what);
        while (zmq_msg_more(&event))
            zmq_msg_recv(&event, monitor, 0);
        zmq_msg_close(&event);
        if (what == ZMQ_EVENT_HANDSHAKE_SUCCEEDED || what == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)
            return what == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;
    }
}

static bool unknown_key_is_refused(struct bus *bus)
{
    struct key_pair unknown;
    char endpoint[256];
    size_t size = sizeof endpoint;
    void *server = new_server(bus), *monitor = zmq_socket(bus->zmq, ZMQ_PAIR);
    must(zmq_curve_keypair(unknown.public_key, unknown.secret_key) == 0);
    must(zmq_bind(server, "tcp://127.0.0.1:*") == 0 &&
         zmq_getsockopt(server, ZMQ_LAST_ENDPOINT, endpoint, &size) == 0);
    void *client = new_client(bus, &unknown, bus->own.public_key);
    set_int(monitor, ZMQ_RCVTIMEO, HANDSHAKE_MS);
    must(zmq_socket_monitor(client, "inproc://self-test",
                            ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) == 0);
    must(zmq_connect(monitor, "inproc://self-test") == 0 && zmq_connect(client, endpoint) == 0);
    bool safe = refused(monitor);
    zmq_socket_monitor(client, NULL, 0);
    set_int(client, ZMQ_LINGER, 0);
    zmq_close(client);
    zmq_close(monitor);
    zmq_close(server);
    return safe;
}

enum status bus_guard(struct bus *bus)
{
    if (zmq_has("curve") != 1) {
        log_error(0, "bus.curve", "this libzmq has no CURVE");
        return STATUS_DENIED;
    }
    bus->zap = zap_start(bus->zmq, bus->peers);
    if (bus->zap == NULL || !unknown_key_is_refused(bus)) {
        log_error(0, "bus.open", "the access check accepted an unknown key: refusing to run");
        return STATUS_DENIED;
    }
    return STATUS_OK;
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
static enum status open_frame(struct bus *bus, struct mailbox *box, int flags)
{
    for (;;) {
        enum status status = receive_frame(box, flags);
        if (status != STATUS_OK)
            return status;
        const char *name = zmq_msg_gets(&box->frame, "User-Id");
        box->kind = name == NULL ? PEER_UNKNOWN : peers_by_name(bus->peers, name);
        box->at = 0;
        box->n_read = 0;
        if (box->kind != PEER_UNKNOWN)
            return STATUS_OK;
        log_warn(0, "bus.refused", "a message of %s, who is not on the list of peers",
                 name == NULL ? "(nobody)" : name);
    }
}

enum status bus_receive(struct bus *bus, struct mailbox *box, struct envelope *envelope, int flags)
{
    enum status status = box->more ? STATUS_OK : open_frame(bus, box, flags);
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

void bus_drop(struct envelope *envelope)
{
    zmq_msg_close(&envelope->from);
    zmq_msg_close(&envelope->frame);
}

struct outcome bus_read(const struct envelope *envelope, struct arena *arena,
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

bool bus_send(void *socket, struct bundle *bundle)
{
    bool taken = zmq_send(socket, bundle->data, bundle->len, ZMQ_DONTWAIT) >= 0;
    bundle_empty(bundle);
    return taken;
}

/* When the routing id is accepted, so is the frame after it. */
bool bus_flush(struct mailbox *box)
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

void bus_reply(struct mailbox *box, zmq_msg_t *to, struct bytes reply)
{
    if (box->replies.n > 0 && !same_peer(&box->to, to))
        bus_flush(box);
    if (!bundle_put(&box->replies, reply)) {
        bus_flush(box);
        bundle_put(&box->replies, reply);
    }
    if (box->replies.n == 1)
        zmq_msg_copy(&box->to, to);
}
