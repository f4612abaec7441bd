/* SPDX-License-Identifier: Apache-2.0 */
/* bus.h: ZeroMQ as the hall uses it. Every socket is opened here, with CURVE, an enforced ZAP
 * domain, bounds and keepalives.
 *
 * A service binds three lanes: command (what changes things), journal (Fetch, Health, an
 * operator's), query (reads). Access is checked twice and fails closed: the ZAP handler accepts
 * only keys on the list of peers, and the mailbox judges each message (mailbox.h). */
#ifndef COMMON_BUS_H
#define COMMON_BUS_H

#include <zmq.h>

#include "common/base/config.h"
#include "common/bus/peers.h"
#include "common/wire/bundle.h"

enum lane { LANE_COMMAND, LANE_QUERY, LANE_JOURNAL };

struct bus {
    void *zmq; /* context */
    const struct config *config;
    struct key_pair own;
    struct peers *peers;
    void *zap;       /* the access check's thread; only where something is bound */
    bool is_bounded; /* what a connection sends without a whole message (inflow.h); there too */
};

/* Opens the bus under the key pair `name`. */
MUST_USE enum status bus_open(struct bus *, const struct config *, const char *name);

/* Starts the access check and tests it: a throw-away key must be refused. Call before any bind; a
 * process has one such bus. */
MUST_USE enum status bus_guard(struct bus *);

/* Interrupts what blocks in other threads (ETERM). Then close the sockets, join the threads, and
 * call bus_close. */
void bus_shut(struct bus *);
void bus_close(struct bus *);

/* A bound ROUTER, or null (logged): a busy port, a path too long. */
void *bus_bind(struct bus *, const char *service, enum lane);
/* A DEALER to one endpoint, or null (logged). With `events` (ZMQ_EVENT_...), *monitor becomes a
 * PAIR that gets them from the first on: the connection may have ended for good before this
 * returns. Stop it with zmq_socket_monitor before both are closed. */
void *bus_connect(struct bus *, const char *service, enum lane, int events, void **monitor);

/* Sends a DEALER's frame without waiting, and empties the bundle. False when it was not sent. */
bool bus_send(void *socket, struct bundle *);

#endif
