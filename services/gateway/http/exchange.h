/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.h: one HTTP request and its answer. A request that has been read is handed to the
 * handler, which answers it at once or later, from the loop; exactly once in any case.
 *
 * While an answer is awaited the connection is suspended or, while many requests are under way,
 * first looked at again for some turns: to suspend and resume one costs as much as a whole request.
 * An exchange whose connection has ended lives until its answer has come. */
#ifndef GATEWAY_EXCHANGE_H
#define GATEWAY_EXCHANGE_H

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/http/traffic.h"

struct exchange;
struct streams;

/* Who answers. */
struct exchange_handler {
    /* A request has been read: answer it, now or later. */
    void (*handle)(void *context, struct exchange *, const char *method, const char *path);
    /* Answer with a refusal. */
    void (*refuse)(struct exchange *, struct outcome);
    void *context;
};

enum { SPARE_ARENAS = 64, EXCHANGE_COOKIES_MAX = 2, RETRY_AFTER_S = 2 };

LIST_HEAD(exchange_list, exchange);

/* The exchanges under way. */
struct exchanges {
    const struct exchange_handler *handler;
    struct streams *streams;
    size_t body_max;              /* bytes of a request's body */
    struct exchange_list waiting; /* for their answer */
    int n_waiting;
    struct exchange_list over; /* to be freed at the end of the turn */
    int n_moved;               /* begun to wait or answered in this turn */
    struct arena *spare[SPARE_ARENAS];
    int n_spare;
    struct traffic traffic;
};

void exchanges_release(struct exchanges *);
/* Frees what is over. */
void exchanges_sweep(struct exchanges *);

enum exchange_state {
    EXCHANGE_NONE,
    EXCHANGE_READING,   /* the request is coming in */
    EXCHANGE_WAITING,   /* handed over; its connection is looked at each turn */
    EXCHANGE_SUSPENDED, /* handed over; its connection is suspended */
    EXCHANGE_LEFT,      /* handed over; its connection has ended */
    EXCHANGE_ANSWERED,  /* the response is made */
    EXCHANGE_SENT,      /* the response is the library's */
    EXCHANGE_OVER,      /* nobody needs it any more */
    EXCHANGE_STATES
};

/* The handler reads what it needs, may set the headers of the answer, and changes nothing
 * else. */
struct exchange {
    struct exchanges *all;
    struct MHD_Connection *connection; /* null once it has ended */
    LIST_ENTRY(exchange) link;         /* in one of the two lists */
    enum exchange_state state;
    int64_t began_ms; /* monotonic */
    int looks;        /* turns it was looked at while waiting */
    struct arena *arena;
    struct in_addr address;

    char *body;
    size_t n_body, room;
    bool body_too_large;

    const char *set_cookies[EXCHANGE_COOKIES_MAX]; /* headers of the answer; null: none */
    const char *allow;
    const char *seen;     /* Onedoor-Seen */
    const char *language; /* a tag; null: the client's choice, of a refusal alone */
    const char *policy;   /* Content-Security-Policy of a page */
    int retry_after_s;    /* of a 429 or 503; 0: two seconds */
    int status;
    struct MHD_Response *response; /* from ANSWERED to SENT */
};

/* ---- for the handler */

/* A header, or a cookie, of the request; null when it is not there. */
const char *exchange_header(const struct exchange *, const char *name);
const char *exchange_cookie(const struct exchange *, const char *name);

/* A parameter of the request's query; it may hold NUL bytes. The value is null when there is no
 * "=". */
struct exchange_parameter {
    const char *name, *value;
    size_t name_size, value_size;
};
/* Calls `visit` for each until it returns false. */
void exchange_parameters(const struct exchange *,
                         bool (*visit)(void *context, const struct exchange_parameter *),
                         void *context);

/* The answer. The text is of the heap, and taken over. */
void exchange_answer(struct exchange *, int status, const char *content_type, char *text,
                     size_t size);
/* The answer by the handler's `refuse`. */
void exchange_refuse(struct exchange *, Onedoor__Code, Onedoor__Gateway__Refusal,
                     const char *detail);

/* ---- within http/ */

struct exchange *exchange_new(struct exchanges *, struct MHD_Connection *);

/* The next piece of the body. Beyond the limit nothing is kept but body_too_large. */
void exchange_read(struct exchange *, const char *data, size_t size);

/* The whole request is there: the handler gets it. */
void exchange_hand_over(struct exchange *, const char *method, const char *path);

/* Suspend the connection until the answer comes. */
void exchange_suspend(struct exchange *);

/* The answer is this response, which is taken over. */
void exchange_respond(struct exchange *, int status, struct MHD_Response *);

/* Give the answer to the library. */
enum MHD_Result exchange_send(struct exchange *);

/* Its connection has ended. */
void exchange_leave(struct exchange *);

#endif
