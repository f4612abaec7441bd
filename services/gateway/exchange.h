/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.h: one HTTP request and its answer. While somebody else is asked the exchange is on the
 * gateway's list; it is answered exactly once, from the loop. Meanwhile its connection is
 * suspended, or, while many are under way, looked at again for some turns before it is: to suspend
 * one and to resume it costs as much as a whole request. */
#ifndef GATEWAY_EXCHANGE_H
#define GATEWAY_EXCHANGE_H

#include <jansson.h>
#include <netinet/in.h>

#include "services/gateway/api/reasons.h"
#include "services/gateway/api/routes.h"
#include "services/gateway/gateway.h"

enum exchange_state { EXCHANGE_READING, EXCHANGE_WAITING, EXCHANGE_ANSWERED };

struct exchange {
    struct gateway *gateway;
    struct MHD_Connection *connection;
    struct exchange *next, **link; /* while waiting */
    enum exchange_state state;
    bool suspended;
    int looks; /* turns it has waited through without being suspended */
    struct arena *arena;
    enum language language;
    struct in_addr address;

    char *body;
    size_t n_body, room;
    bool body_too_large;

    /* of the API (api.c) */
    struct path_match match;
    struct caller caller;
    char secret[SECRET_TEXT_SIZE * 2]; /* as shown, "" for none */
    bool by_cookie;
    ProtobufCMessage *message;
    unsigned char id[16]; /* of a command; of a job its key, zeroes for none */

    /* the answer */
    int status;
    char *text; /* of the heap */
    size_t n_text;
    const char *content_type;
    const char *set_cookie; /* null: none */
    bool stream;            /* live events instead of a text */
};

struct exchange *exchange_new(struct gateway *, struct MHD_Connection *);
void exchange_free(struct exchange *);

/* Its connection is at an end. One that waits is freed when its answer has come. */
void exchange_leave(struct exchange *);

/* A header of the request; null when it is not there. */
const char *exchange_header(const struct exchange *, const char *name);

/* Take the next piece of the body; beyond the limit it is remembered that there was too much. */
void exchange_read(struct exchange *, const char *data, size_t size);

/* Nothing more to do for now: the answer comes later, by exchange_answer or exchange_refuse. */
void exchange_wait(struct exchange *);

/* The answer; the object is taken over. */
void exchange_answer(struct exchange *, int status, json_t *);
/* The answer is JSON already; it is of the heap, and taken over. */
void exchange_answer_text(struct exchange *, int status, char *text, size_t size);
/* The answer as RFC 9457 problem details. */
void exchange_refuse(struct exchange *, struct outcome);
void exchange_refuse_as(struct exchange *, Onedoor__Code, int reason, const char *detail);

/* Give the answer to the connection. */
enum MHD_Result exchange_send(struct exchange *);

/* The problem as an object, as it is sent. */
json_t *problem_of(struct outcome, enum language, struct arena *);

/* api.c: answer a request below /api, or wait for who can. */
void api_begin(struct exchange *, const char *method, const char *path);

#endif
