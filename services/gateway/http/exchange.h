/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.h: one HTTP request and its answer. A request that has been read is handed to the
 * handler, which answers it at once or later, from the loop; exactly once in any case.
 *
 * An exchange whose connection has ended lives until its answer has come. */
#ifndef GATEWAY_EXCHANGE_H
#define GATEWAY_EXCHANGE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "common/base/arena.h"
#include "common/spans/spans.h"
#include "common/wire/outcome.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/http/traffic.h"

struct exchange;
struct connection;
struct request;
struct stream;

/* Who answers. */
struct exchange_handler {
    /* A request has been read: answer it, now or later. */
    void (*handle)(void *context, struct exchange *, const char *method, const char *path);
    /* Answer with a refusal. */
    void (*refuse)(struct exchange *, struct outcome);
    void *context;
    struct spans *spans; /* of whom is told what was answered (exchange.span); null: nobody */
};

enum { SPARE_ARENAS = 64, EXCHANGE_COOKIES_MAX = 2, RETRY_AFTER_S = 2, DATE_SIZE = 32 };

LIST_HEAD(exchange_list, exchange);

/* The exchanges under way. */
struct exchanges {
    const struct exchange_handler *handler;
    void (*wake)(struct connection *); /* its answer has come, or more of it */
    bool secure;                       /* by TLS: browsers are told to come by nothing else */
    struct exchange_list waiting;      /* for their answer */
    int n_waiting;
    struct exchange_list over; /* to be freed at the end of the turn */
    int n_moved;               /* begun to wait or answered in this turn */
    struct arena *spare[SPARE_ARENAS];
    int n_spare;
    struct traffic traffic;
    char date[DATE_SIZE]; /* as a header says it, of the second `date_s` */
    int64_t date_s;
};

void exchanges_release(struct exchanges *);
/* Frees what is over. */
void exchanges_sweep(struct exchanges *);

enum exchange_state {
    EXCHANGE_NONE,
    EXCHANGE_READING,  /* the request is coming in */
    EXCHANGE_WAITING,  /* handed over */
    EXCHANGE_LEFT,     /* handed over; its connection has ended */
    EXCHANGE_ANSWERED, /* the connection sends the answer */
    EXCHANGE_OVER,     /* nobody needs it any more */
    EXCHANGE_STATES
};

/* The handler reads what it needs, may set the headers of the answer, and changes nothing
 * else. */
struct exchange {
    struct exchanges *all;
    struct connection *connection; /* null once it has ended */
    const struct request *request; /* null when it could not be read, or the connection has ended */
    LIST_ENTRY(exchange) link;     /* in one of the two lists */
    enum exchange_state state;
    int64_t began_ms;  /* monotonic */
    struct span *span; /* of the arena: to be told when it is answered; null: nobody traces it */
    struct arena *arena;
    struct in_addr address;
    bool closes; /* the connection ends with this answer */

    char *body;
    size_t n_body, room;

    const char *set_cookies[EXCHANGE_COOKIES_MAX]; /* headers of the answer; null: none */
    const char *allow;
    const char *seen;        /* Onedoor-Seen */
    const char *language;    /* a tag; null: the client's choice, of a refusal alone */
    const char *policy;      /* Content-Security-Policy; null: nothing may be loaded */
    const char *disposition; /* Content-Disposition; null: none */
    int retry_after_s;       /* of a 429 or 503; 0: two seconds */

    /* the answer */
    int status;
    char *head; /* of the arena, without the blank line at its end before it is finished */
    size_t n_head, head_room;
    const char *content;
    size_t n_content;
    char *owned;           /* the content, when it is freed with the exchange; else null */
    struct stream *stream; /* instead of a content; null: none */
    void (*drop_stream)(struct stream **);
};

/* ---- for the handler */

/* The client has left: nothing of the request can be read any more, and nobody reads the answer. */
bool exchange_is_left(const struct exchange *);
/* Whether it can be answered with a stream. */
bool exchange_takes_streams(const struct exchange *);

/* A header, or a cookie, of the request; null when it is not there. A cookie is of the arena. */
const char *exchange_header(const struct exchange *, const char *name);
const char *exchange_cookie(const struct exchange *, const char *name);

/* A parameter of the request's query, of the arena. The value is null when there is no "=". */
struct exchange_parameter {
    const char *name, *value;
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

struct exchange *exchange_new(struct exchanges *, struct connection *, struct in_addr);

/* The next piece of the body. */
void exchange_read(struct exchange *, const char *data, size_t size);

/* The whole request is there: the handler gets it. */
void exchange_hand_over(struct exchange *);

/* An answer piece by piece: its status and those headers that every answer has; further headers;
 * and the content, which must outlive the exchange, or a stream. */
void exchange_begin(struct exchange *, int status);
void exchange_put(struct exchange *, const char *name, const char *value);
void exchange_finish(struct exchange *, const char *content, size_t size);
void exchange_finish_stream(struct exchange *, struct stream *, void (*drop)(struct stream **));

/* Its connection has ended, or has sent the answer. */
void exchange_leave(struct exchange *);

#endif
