/* SPDX-License-Identifier: Apache-2.0 */
/* connections.h: all clients' connections, and how long and how many they may be. Whatever depends
 * on the client has a deadline, for the whole of a head, a body or an answer, so that one who is
 * slow on purpose holds a place no longer than others. When all places are taken, the address with
 * the most connections loses its oldest one that nobody here is working for. */
#ifndef GATEWAY_CONNECTIONS_H
#define GATEWAY_CONNECTIONS_H

#include <sys/queue.h>

#include "services/gateway/http/body.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/rate.h"
#include "services/gateway/http/shares.h"
#include "services/gateway/http/transport.h"

/* What a connection has until, from the moment it began. */
enum deadline {
    DEADLINE_IDLE, /* a next request begins */
    DEADLINE_HEAD, /* the whole head is there; of a new connection also the TLS handshake */
    DEADLINE_BODY, /* the whole body is there */
    DEADLINE_SEND, /* the whole answer, or a piece of a stream, is taken */
    DEADLINE_REST, /* a client that was refused takes the answer while it is still sending */
    DEADLINE_NONE, /* nothing: the client waits for us */
    DEADLINES
};

enum { SPARE_BUFFERS = 64 };

TAILQ_HEAD(connection_queue, connection);

enum connection_state {
    CONNECTION_HANDSHAKE,
    CONNECTION_HEAD,
    CONNECTION_BODY,
    CONNECTION_WAITING,   /* for the answer */
    CONNECTION_SENDING,   /* the answer */
    CONNECTION_STREAMING, /* an answer without an end */
    CONNECTION_REST,      /* the answer was the last one: what still comes is dropped */
    CONNECTION_STATES
};

struct connection {
    struct connections *all;
    TAILQ_ENTRY(connection) by_deadline, by_due;
    enum deadline deadline;
    int64_t ends_ms;
    bool is_due;

    struct transport transport;
    struct in_addr address;
    enum connection_state state;
    bool readable; /* there may be more to read */
    bool ended;    /* the client sends no more: the end stands behind what is left to read */
    bool gone;     /* the client does not wait for the answer any more */

    char *in;      /* what was read and is still needed; null: nothing */
    size_t n_in;   /* bytes of it: the head, and what came behind it */
    size_t n_head; /* looked at so far, at last the whole head */
    struct body body;
    struct exchange *exchange;
    size_t sent; /* bytes of the answer */

    struct stream *stream; /* null once it is over */
    char *chunk;           /* of the stream: bytes [chunk_sent .. chunk_size) are to be sent */
    size_t chunk_size, chunk_sent;
};

struct connections {
    /* settings */
    SSL_CTX *tls;         /* null: plain */
    size_t head_max;      /* bytes of a request's line and headers */
    int64_t body_max;     /* bytes of its body */
    int most;             /* connections */
    int most_per_address; /* 0: as many as all */
    int64_t allowed_ms[DEADLINES];
    struct exchanges exchanges;
    struct rate rate;

    /* within http/ */
    int epoll; /* tells of each connection once when it becomes readable or writable */
    struct shares shares;
    int n;
    bool stopping;
    int64_t now_ms;                                 /* when this turn began */
    struct connection_queue by_deadline[DEADLINES]; /* each is in one; the oldest first */
    struct connection_queue due;                    /* those that may go on in this turn */
    int n_due;
    char *spare[SPARE_BUFFERS];
    int n_spare;
};

/* The settings have been filled, the rest is zeroed. */
void connections_init(struct connections *);
/* Ends all. */
void connections_release(struct connections *);

/* An accepted socket, non-blocking, which is taken over. When there is no place it is closed. */
void connections_add(struct connections *, int fd, struct in_addr);

/* For how many ms from now nothing is due; at most `wait_ms`. */
int connections_wait_ms(const struct connections *, int wait_ms, int64_t now_ms);
/* The next one that is due, and then no more; null: none. */
struct connection *connections_next_due(struct connections *);
/* The next one whose deadline is over; null: none. */
struct connection *connections_next_overdue(const struct connections *);

/* ---- one connection */

/* It is over, and freed; its exchange is left. */
void connections_end(struct connection *);

/* It may go on: it is looked at in this turn or the next. */
void connections_due(struct connection *);
void connections_set_deadline(struct connection *, enum deadline);

/* The buffer for what is read, of so many bytes. */
size_t connections_room(const struct connections *);
void connections_take_buffer(struct connection *);
void connections_give_back_buffer(struct connection *);

#endif
