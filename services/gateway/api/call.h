/* SPDX-License-Identifier: Apache-2.0 */
/* call.h: the state of one call of the API, filled in step by step. It lives in the memory of its
 * exchange. */
#ifndef GATEWAY_CALL_H
#define GATEWAY_CALL_H

#include <sys/queue.h>

#include "common/base/trace.h"
#include "common/bus/ask.h"
#include "common/wire/mark.h"
#include "services/gateway/api/routes.h"
#include "services/gateway/http/exchange.h"

struct api;
struct csv;

struct call {
    struct api *api;
    struct exchange *exchange;
    struct arena *arena;               /* the exchange's */
    struct path_match match;           /* its route and the fields in its path */
    char secret[SECRET_TEXT_SIZE * 2]; /* as the client sent it, "" for none */
    bool secure;                       /* the client came over TLS */
    bool by_cookie;                    /* the secret, and not by an Authorization header */
    struct caller caller;
    ProtobufCMessage *message;     /* the request */
    struct marks seen;             /* by the caller, as his session and his header say */
    bool nobody_sees;              /* it is one of api.nobody_sees */
    unsigned char id[16];          /* of a command; of a job its key, zeroes for none */
    STAILQ_ENTRY(call) next_piece; /* that waits (pieces.h) */
    struct csv *csv;               /* the answer as a table, while its pages are read; else null */
    struct trace trace;            /* of its own span; */
    unsigned char parent[SPAN_BYTES];  /* the caller's, all zero: none; */
    char traceparent[TRACE_TEXT_SIZE]; /* and as it is sent on; "" before it is needed */
};

/* Its request to a service, with the caller's rights; whoever asks sets reply, packed and done. */
struct ask api_ask_of(struct call *);

/* Answers with a message, as JSON. */
void api_answer_message(struct call *, const ProtobufCMessage *);

/* Answers with a refusal of the gateway's own. */
void api_refuse(struct call *, struct outcome);

/* Answers with the refusal, or the timeout, that came instead of a reply. */
void api_refuse_answer(struct call *, const struct answer *);

#endif
