/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/bus.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/service_names.h"
#include "common/bus/inflow.h"
#include "common/bus/zap.h"
#include "common/values/log.h"
#include "common/wire/message.h"

/* Stable in the library, but named only in its draft header. */
#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93
#endif

enum {
    ENDPOINT_BYTES = 4400,
    IPC_PATH_MAX = 100,
    HIGH_WATER = 1000, /* messages of FRAME_MAX that one peer may have waiting */
    LINGER_MS = 500,
    KEEPALIVE_IDLE_S = 4,
    KEEPALIVE_EVERY_S = 2,
    KEEPALIVE_TRIES = 2,
    UNACKNOWLEDGED_MS = 8000,
    HANDSHAKE_MS = 3000,
    RECONNECT_MS = 50,
    RECONNECT_MAX_MS = 2000,
    SOCKETS_MAX = 8192,
    CONNECTIONS_IN_MEMORY = 16, /* how many could fill bus_memory_max, each with one message */
    FRAME_MAX = MESSAGE_MAX_BYTES + 1024, /* encrypted: CURVE adds 33 bytes to a bundle */
};

static const char *const lanes[] = {"command", "query", "journal"};

enum status bus_open(struct bus *bus, const struct config *config, const char *name)
{
    *bus = (struct bus){.config = config};
    enum status status = key_pair_read(config_text(config, "home"), name, &bus->own);
    if (status == STATUS_OK)
        status = peers_open(&bus->peers, config);
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
    if (bus->is_bounded)
        inflow_bound(0, NULL, NULL);
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

/* The kernel finds out that the other machine is gone. ZeroMQ's own heartbeats are left out: when
 * what a peer sent is not read in time and his connection ends, their timer aborts the program
 * (libzmq 4.3.4, "Assertion failed: !_io_error"). */
static void keep_alive(void *socket)
{
    set_int(socket, ZMQ_TCP_KEEPALIVE, 1);
    set_int(socket, ZMQ_TCP_KEEPALIVE_IDLE, KEEPALIVE_IDLE_S);
    set_int(socket, ZMQ_TCP_KEEPALIVE_INTVL, KEEPALIVE_EVERY_S);
    set_int(socket, ZMQ_TCP_KEEPALIVE_CNT, KEEPALIVE_TRIES);
    set_int(socket, ZMQ_TCP_MAXRT, UNACKNOWLEDGED_MS);
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
    keep_alive(socket);
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

void *bus_bind(struct bus *bus, const char *service, enum lane lane)
{
    char endpoint[ENDPOINT_BYTES];
    const char *bind = config_text(bus->config, "bus_bind");
    fill(bus->config, bind[0] != '\0' ? bind : config_text(bus->config, "bus"), service, lane,
         endpoint);
    if (strncmp(endpoint, "ipc://", 6) == 0 && strlen(endpoint + 6) > IPC_PATH_MAX) {
        log_error(0, "bus.path", "%s is too long for a Unix socket: choose a shorter home",
                  endpoint + 6);
        return NULL;
    }
    void *router = new_server(bus);
    if (zmq_bind(router, endpoint) == 0)
        return router;
    log_error(0, "bus.bind", "cannot listen on %s: %s", endpoint, zmq_strerror(errno));
    zmq_close(router);
    return NULL;
}

/* Before the socket is connected, so that nothing happens unseen. */
static void *watch(struct bus *bus, void *socket, int events)
{
    const int no_limit = 0; /* a full one would block libzmq's own thread */
    char name[64];
    void *monitor = zmq_socket(bus->zmq, ZMQ_PAIR);
    must(monitor != NULL);
    snprintf(name, sizeof name, "inproc://watch-%p", socket);
    zmq_setsockopt(monitor, ZMQ_RCVHWM, &no_limit, sizeof no_limit);
    must(zmq_socket_monitor(socket, name, events) == 0 && zmq_connect(monitor, name) == 0);
    return monitor;
}

static void unwatch(void *socket, void **monitor)
{
    zmq_socket_monitor(socket, NULL, 0);
    zmq_close(*monitor);
    *monitor = NULL;
}

void *bus_connect(struct bus *bus, const char *service, enum lane lane, int events, void **monitor)
{
    char endpoint[ENDPOINT_BYTES];
    struct peer peer;
    fill(bus->config, config_text(bus->config, "bus"), service, lane, endpoint);
    if (!peers_by_name(bus->peers, service, &peer)) {
        log_error(0, "bus.peer", "%s is not on the list of peers", service);
        return NULL;
    }
    void *socket = new_client(bus, &bus->own, peer.public_key);
    if (events != 0)
        *monitor = watch(bus, socket, events);
    if (zmq_connect(socket, endpoint) == 0)
        return socket;
    log_error(0, "bus.connect", "cannot connect to %s: %s", endpoint, zmq_strerror(errno));
    if (events != 0)
        unwatch(socket, monitor);
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

static void endless(void *peers, int fd)
{
    peers_endless(peers, fd);
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
    peers_begin_record(bus->peers);
    inflow_bound(config_number(bus->config, "bus_memory_max") / CONNECTIONS_IN_MEMORY, endless,
                 bus->peers);
    bus->is_bounded = true;
    return STATUS_OK;
}

bool bus_send(void *socket, struct bundle *bundle)
{
    bool taken = zmq_send(socket, bundle->data, bundle->len, ZMQ_DONTWAIT) >= 0;
    bundle_empty(bundle);
    return taken;
}
