/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/readers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/business.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/postgres/pgstore.h"
#include "common/service/aside.h"
#include "common/service/reader.h"
#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

enum { REOPEN_MS = 200, HOLD_MS = 5, LOOK_MS = 5 };

struct readers {
    struct bus *bus;
    const struct service *service;
    const struct config *config;
    const atomic_int *generation;
    int known; /* generation of the memory */
    struct mailbox box;
    int64_t held_ms; /* monotonic: when the first of the replies held back was ready */
    pthread_t thread;
    struct arena *arena, *memory_arena;
    struct pgstore *store; /* null while the database is not reachable ... */
    int64_t try_again_ms;  /* ... and tried again from then on */
    struct reader reader;
    struct aside aside;   /* queries that wait for news */
    struct reach reach;   /* how far the service has heard: a copy of ... */
    struct reach told;    /* ... what the loop told last */
    pthread_mutex_t lock; /* of `told` */
};

/* ---- one request */

static const struct query *query_of(const struct service *service, const char *type)
{
    for (const struct query *query = service->queries; query != NULL && query->message != NULL;
         query++)
        if (strcmp(message_type(query->message), type) == 0)
            return query;
    return NULL;
}

static struct outcome unavailable(void)
{
    return (struct outcome){ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                            "the database is not reachable now", NULL};
}

/* Whether the connection may be at fault, so that the same question can succeed on another one. A
 * statement that the database refuses for what it says will be refused again. */
static bool is_passing(enum status status)
{
    return status != STATUS_OK && status != STATUS_FAILED && status != STATUS_UNSAVEABLE &&
           status != STATUS_REWOUND;
}

static struct outcome failure(enum status status)
{
    if (is_passing(status))
        return unavailable();
    return (struct outcome){ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE,
                            "this could not be answered; the hall's operator is told", NULL};
}

static const struct reach *reach_now(struct readers *readers)
{
    pthread_mutex_lock(&readers->lock);
    if (readers->reach.changes != readers->told.changes)
        readers->reach = readers->told;
    pthread_mutex_unlock(&readers->lock);
    return &readers->reach;
}

/* edge_not_yet: the request waits until more is heard, or until its wait is over. */
static struct outcome answer(struct readers *readers, const struct request *request,
                             enum aside_until *until, ProtobufCMessage **reply)
{
    const struct query *query = query_of(readers->service, request->type);
    void *message = NULL;
    if (query == NULL)
        return (struct outcome){ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE,
                                "no such query here", NULL};
    struct outcome outcome = edge_role(&request->actor, query->roles);
    if (is_ok(outcome))
        outcome =
            edge_body(request, query->message, readers->service->checks, readers->arena, &message);
    if (!is_ok(outcome))
        return outcome;
    if (readers->store == NULL)
        return unavailable();
    *until = ASIDE_HEARD;
    if (request->seen.n > 0 && !reach_heard(reach_now(readers), &request->seen))
        return edge_not_yet;
    struct call call = {.actor = &request->actor, .message = message};
    outcome = query->answer(&readers->reader, &call);
    if (readers->reader.status != STATUS_OK) {
        log_trace(&request->trace);
        log_warn(0, "query.unanswered", "%s", request->type);
        log_trace(NULL);
        return failure(readers->reader.status);
    }
    *until = ASIDE_SETTLED;
    if (!is_ok(outcome) && !reach_settled(&readers->reach, &request->seen))
        return edge_not_yet;
    *reply = call.reply;
    return outcome;
}

static void close_link(struct readers *readers)
{
    pgstore_free(&readers->store);
}

static void open_link(struct readers *readers)
{
    if (readers->store != NULL && readers->known == atomic_load(readers->generation))
        return;
    if (readers->store == NULL && monotonic_ms() < readers->try_again_ms)
        return;
    int generation = atomic_load(readers->generation);
    close_link(readers);
    enum status status = pgstore_open(&readers->store, readers->service, readers->config, false);
    arena_free(&readers->memory_arena);
    readers->memory_arena = arena_new((size_t)config_number(readers->config, "memory_max"));
    if (status == STATUS_OK && readers->service->open != NULL)
        status = readers->service->open(pgstore_store(readers->store), readers->config,
                                        readers->memory_arena, &readers->reader.memory);
    if (status != STATUS_OK) {
        close_link(readers);
        readers->try_again_ms = monotonic_ms() + REOPEN_MS;
        return;
    }
    readers->reader.read = pgstore_read(readers->store);
    readers->known = generation;
}

static void send_reply(struct readers *readers, struct envelope *envelope,
                       const struct request *request, struct outcome outcome,
                       const ProtobufCMessage *reply)
{
    struct bytes out = edge_reply(request->id, outcome, reply, readers->arena);
    if (out.len > MESSAGE_MAX_BYTES)
        out = edge_reply(request->id,
                         invalid(ONEDOOR__REASON__TOO_LARGE, "limit",
                                 "the answer is larger than a frame: ask for less"),
                         NULL, readers->arena);
    mailbox_reply(&readers->box, &envelope->from, out);
}

static bool set_aside(struct readers *readers, const struct envelope *envelope, int64_t arrived_ms,
                      const struct request *request, enum aside_until until)
{
    struct aside_entry entry = {
        *envelope, request->seen, until, arrived_ms,
        aside_give_up_ms(arrived_ms, config_number(readers->config, "seen_wait_ms"), request)};
    return aside_put(&readers->aside, &entry, monotonic_ms());
}

/* Takes the envelope over. */
static void serve_one(struct readers *readers, struct envelope *envelope, int64_t arrived_ms)
{
    struct request request;
    ProtobufCMessage *reply = NULL;
    enum aside_until until = ASIDE_HEARD;
    open_link(readers);
    readers->reader.now_ms = business_ms();
    readers->reader.status = STATUS_OK;
    struct outcome outcome = mailbox_read(envelope, readers->arena, &request);
    if (is_ok(outcome))
        outcome =
            mailbox_allows(&readers->box, envelope, PEER_DESK | PEER_OPERATOR, &request.actor);
    if (is_ok(outcome))
        outcome = answer(readers, &request, &until, &reply);
    if (outcome.reason != ONEDOOR__REASON__NOT_YET ||
        !set_aside(readers, envelope, arrived_ms, &request, until)) {
        send_reply(readers, envelope, &request, outcome, reply);
        mailbox_drop(envelope);
    }
    if (is_passing(readers->reader.status))
        close_link(readers);
    arena_reset(readers->arena);
}

/* Answers those that wait no longer. */
static void look_aside(struct readers *readers)
{
    struct aside_entry entry;
    int64_t now_ms = monotonic_ms();
    while (aside_take(&readers->aside, reach_now(readers), now_ms, &entry))
        serve_one(readers, &entry.envelope, entry.arrived_ms);
}

/* Replies to requests that came together leave together, after HOLD_MS at the latest. The reply to
 * a request that came alone leaves at once. */
static bool held_long_enough(struct readers *readers)
{
    int64_t now_ms = monotonic_ms();
    if (readers->box.replies.n == 1)
        readers->held_ms = now_ms;
    return now_ms - readers->held_ms >= HOLD_MS;
}

/* The next query. While others wait for news, or replies to be sent, it is not waited for. */
static enum status receive(struct readers *readers, struct envelope *envelope)
{
    bool waits = readers->box.replies.n == 0 && readers->aside.n == 0;
    return mailbox_receive(&readers->box, envelope, waits ? 0 : ZMQ_DONTWAIT);
}

static void wait_for_news(struct readers *readers)
{
    zmq_pollitem_t poll = {readers->box.router, 0, ZMQ_POLLIN, 0};
    mailbox_flush(&readers->box);
    zmq_poll(&poll, 1, LOOK_MS);
}

static void *run(void *context)
{
    struct readers *readers = context;
    struct envelope envelope;
    enum status status;
    while ((status = receive(readers, &envelope)) != STATUS_LOST) {
        if (status == STATUS_OK)
            serve_one(readers, &envelope, monotonic_ms());
        else if (readers->aside.n > 0)
            wait_for_news(readers);
        if (readers->aside.n > 0)
            look_aside(readers);
        if (status != STATUS_OK || held_long_enough(readers))
            mailbox_flush(&readers->box);
    }
    aside_release(&readers->aside);
    close_link(readers);
    mailbox_close(&readers->box);
    return NULL;
}

void readers_tell(struct readers *readers, const struct reach *reach)
{
    if (readers->told.changes == reach->changes)
        return;
    pthread_mutex_lock(&readers->lock);
    readers->told = *reach;
    pthread_mutex_unlock(&readers->lock);
}

struct readers *readers_start(struct bus *bus, const struct service *service,
                              const struct config *config, const struct seal *seal,
                              const atomic_int *generation)
{
    struct readers *readers = calloc(1, sizeof *readers);
    must(readers != NULL);
    readers->bus = bus;
    readers->service = service;
    readers->config = config;
    readers->generation = generation;
    pthread_mutex_init(&readers->lock, NULL);
    readers->arena = arena_new((size_t)config_number(config, "memory_max"));
    readers->reader = (struct reader){
        .arena = readers->arena, .seal = seal, .centre = (int16_t)config_number(config, "centre")};
    if (mailbox_open(&readers->box, bus, service->name, LANE_QUERY) &&
        pthread_create(&readers->thread, NULL, run, readers) == 0)
        return readers;
    mailbox_close(&readers->box);
    arena_free(&readers->arena);
    free(readers);
    return NULL;
}

void readers_stop(struct readers **readers)
{
    if (*readers == NULL)
        return;
    pthread_join((*readers)->thread, NULL);
    arena_free(&(*readers)->arena);
    arena_free(&(*readers)->memory_arena);
    free(*readers);
    *readers = NULL;
}
