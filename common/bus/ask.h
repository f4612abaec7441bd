/* SPDX-License-Identifier: Apache-2.0 */
/* ask.h: what a client is asked to do: a request with its answer, or a journal to follow. */
#ifndef COMMON_ASK_H
#define COMMON_ASK_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/bus/bus.h"
#include "common/wire/event.h"
#include "common/wire/mark.h"
#include "common/wire/outcome.h"

enum answer_kind { ANSWER_OK, ANSWER_REJECTED, ANSWER_UNKNOWN };

struct answer {
    enum answer_kind kind;
    Onedoor__Code code;
    Onedoor__Reason reason;
    const char *detail; /* "" when there is none */
    const char *field;
    const void *message; /* when OK: the reply, of type ask.reply; null when that was null */
    struct bytes packed; /* with ask.packed instead: the reply as it came, never null */
    struct mark mark;    /* of a command: where the service's journal ended; stream "": not said */
    double took_ms;      /* from client_ask to the answer */
};

/* A request. The service follows from the message ("onedoor.intake.Submit" goes to intake) unless
 * `service` names one (Health). Everything is copied. */
struct ask {
    enum lane lane; /* Health, Fetch and an operator's always go by the journal lane */
    const char *service;
    const ProtobufCMessage *message;
    const ProtobufCMessageDescriptor *reply; /* null: the reply's content does not matter */
    bool packed;                             /* do not decode the reply */
    struct actor actor;
    const char *trace;        /* W3C traceparent, for the services' log lines; "" or null: none */
    const struct marks *seen; /* what the service is to have heard of; null: nothing */
    int timeout_ms;           /* 1..600000 */
    unsigned char id[16];     /* all zero: one is made */
    /* Called from client_turn. The answer lives until it returns. It may ask again. */
    void (*done)(void *context, const struct answer *);
    void *context;
};

/* A journal, from `last` events before its present end (client_follow_recent). */
struct following {
    const char *stream;
    int64_t last;
    void (*began)(void *context, int64_t seq, int64_t end_seq);
    void (*heard)(void *context, const struct event *);
    void *context;
};

#endif
