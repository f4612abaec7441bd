/* SPDX-License-Identifier: Apache-2.0 */
/* client.h: how a program asks the services. Encoding, correlation, deadlines and retries are
 * written once, here.
 *
 * One DEALER an endpoint. A request is repeated with the same key until it is answered or its time
 * is up, so that there are three outcomes and never a fourth: OK, REJECTED (a rule or the edge said
 * no), UNKNOWN (no answer in time: ask again with the same id to learn). BUSY and UNAVAILABLE are
 * waited out within the time given. A client belongs to one thread. */
#ifndef COMMON_CLIENT_H
#define COMMON_CLIENT_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/config.h"
#include "common/base/status.h"
#include "common/bus/bus.h"
#include "common/wire/event.h"
#include "common/wire/outcome.h"

struct client;

/* A client with the CURVE key HOME/keys/<key>.key ("desk", "operator", "gateway"). Settings used:
 * home, bus, bus_port. */
MUST_USE enum status client_new(struct client **, const struct config *, const char *key);
void client_free(struct client **);

enum answer_kind { ANSWER_OK, ANSWER_REJECTED, ANSWER_UNKNOWN };

struct answer {
    enum answer_kind kind;
    Onedoor__Code code;
    Onedoor__Reason reason;
    const char *detail; /* "" when there is none */
    const char *field;
    const void *message; /* the reply when OK, of the type asked for; null when that was null */
    struct bytes packed; /* or, where that was asked for, as it came (never null then) */
    double took_ms;      /* from client_ask to the answer */
};

/* What is asked. The service follows from the message ("onedoor.intake.Submit" goes to intake)
 * unless `service` names one (Health). Everything is copied. */
struct ask {
    enum lane lane; /* Health, RetryParked and Fetch always go by the journal lane */
    const char *service;
    const ProtobufCMessage *message;
    const ProtobufCMessageDescriptor *reply; /* null: the reply's content does not matter */
    bool packed;                             /* leave the reply as it comes */
    struct actor actor;
    const char *trace;    /* W3C traceparent, for the services' log lines; "" or null: none */
    int timeout_ms;       /* 1..600000 */
    unsigned char id[16]; /* all zero: one is made */
    /* Called from client_turn; the answer lives until it returns. It may ask again. */
    void (*done)(void *context, const struct answer *);
    void *context;
};

/* It is sent by the next client_turn or client_send, together with what else was asked meanwhile:
 * what goes out in one go wakes the other side once. */
void client_ask(struct client *, const struct ask *);
void client_send(struct client *);

/* Requests not yet answered. */
int client_outstanding(const struct client *);

/* Receive, repeat, give up; wait at most wait_ms (0 does not wait) when there is nothing to do. */
void client_turn(struct client *, int wait_ms);

/* For a loop of one's own: what to poll for reading before client_turn(client, 0). Gives how many;
 * *wait_ms is shortened to when something is due. */
enum { CLIENT_POLLS_MAX = 40 };
int client_polls(const struct client *, zmq_pollitem_t polls[CLIENT_POLLS_MAX], int *wait_ms);

/* Ask and wait for the answer (its memory in the arena; `done` is not used). Other outstanding
 * requests go on meanwhile. */
struct answer client_call(struct client *, const struct ask *, struct arena *);

/* Follow a service's journal from its beginning; `heard` is called from client_turn, in order, once
 * for each event, for ever. The chain is verified; a broken one, a gap or a rewound log ends the
 * program with a sentence. */
void client_follow(struct client *, const char *stream,
                   void (*heard)(void *context, const struct event *), void *context);

/* Follow it from `last` events (1..1048576) before its present end, or from as many as there are.
 * `began` is called once, before the first of them, with the event before it and the end as it was
 * then. A gap or a rewound log ends the program likewise; the chain is not verified: what is heard
 * so is a sign that something happened, and nothing to act on (follower.h). */
struct following {
    const char *stream;
    int64_t last;
    void (*began)(void *context, int64_t seq, int64_t end_seq);
    void (*heard)(void *context, const struct event *);
    void *context;
};
void client_follow_recent(struct client *, const struct following *);

/* While answers come, look into the journals followed no more often than this (0, as it begins:
 * always): to look into those that say nothing costs as much as some answers. */
void client_hear_every(struct client *, int ms);

/* A new UUIDv7. */
void client_new_id(unsigned char id[16]);

#endif
