/* SPDX-License-Identifier: Apache-2.0 */
/* client.h: how a program calls the services: encoding, correlation, timeouts and retries.
 *
 * A request is repeated with the same id until it is answered or its time is up. It has one of
 * three outcomes: OK, REJECTED (by a rule or by validation), UNKNOWN (no answer in time, or a
 * repeat was refused by a service that doubts its clock: ask again with the same id to learn).
 * After BUSY and UNAVAILABLE it is repeated within its time; NOT_YET is an answer, since the
 * service has waited. A client belongs to one thread. */
#ifndef COMMON_CLIENT_H
#define COMMON_CLIENT_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/config.h"
#include "common/base/status.h"
#include "common/bus/ask.h"
#include "common/bus/bus.h"
#include "common/wire/event.h"
#include "common/wire/outcome.h"

struct client;

/* A client with the key pair HOME/keys/<key>/key ("desk", "operator", "gateway"). It uses the
 * settings home, bus and bus_port. */
MUST_USE enum status client_new(struct client **, const struct config *, const char *key);
void client_free(struct client **);

/* The request is sent by the next client_turn or client_send, in one frame with the others asked
 * until then, which wakes the service once. */
void client_ask(struct client *, const struct ask *);
void client_send(struct client *);

/* Requests not yet answered. */
int client_outstanding(const struct client *);

/* Sends, receives, repeats, and gives up what is late; waits at most wait_ms when there is nothing
 * to do. */
void client_turn(struct client *, int wait_ms);

/* For a loop of the caller's: the sockets to poll before client_turn(client, 0), and how many.
 * *wait_ms is shortened to the next timeout. */
enum { CLIENT_POLLS_MAX = 40 };
int client_polls(const struct client *, zmq_pollitem_t polls[CLIENT_POLLS_MAX], int *wait_ms);

/* Asks and waits for the answer, which lives in the arena; `done` is not used. Other outstanding
 * requests are served meanwhile. */
struct answer client_call(struct client *, const struct ask *, struct arena *);

/* Follows a service's journal from its beginning: client_turn calls `heard` once for each event, in
 * order. The hash chain is verified. A broken chain, a gap or a rewound journal is a panic. */
void client_follow(struct client *, const char *stream,
                   void (*heard)(void *context, const struct event *), void *context);

/* Follows it from `last` events (1..1048576) before its present end, or from as many as there are.
 * `began` is called once before the first of them, with the number of the event before it and that
 * of the journal's end. A gap or a rewound journal is a panic. The hash chain is not verified: such
 * events only notify, and nothing is derived from them (follower.h). */
void client_follow_recent(struct client *, const struct following *);

/* While answers arrive, reads the followed journals no more often than this (at first 0: always):
 * reading one that has nothing new costs as much as several answers. */
void client_hear_every(struct client *, int ms);

/* A new UUIDv7. */
void client_new_id(unsigned char id[16]);

#endif
