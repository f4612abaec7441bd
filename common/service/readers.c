/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/readers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/postgres/pgstore.h"
#include "common/service/reader.h"
#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

enum { REOPEN_MS = 200, HOLD_MS = 5 };

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

static struct outcome answer(struct readers *readers, const struct request *request,
                             ProtobufCMessage **reply)
{
    const struct query *query = query_of(readers->service, request->type);
    void *message = NULL;
    if (query == NULL)
        return (struct outcome){ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE,
                                "no such query here", NULL};
    struct outcome outcome = edge_role(&request->actor, query->roles);
    if (is_ok(outcome))
        outcome = edge_body(request, query->message, readers->service->checks, readers->arena,
                            &message);
    if (!is_ok(outcome))
        return outcome;
    if (readers->store == NULL)
        return unavailable();
    struct call call = {&request->actor, message, NULL};
    outcome = query->answer(&readers->reader, &call);
    if (readers->reader.status != STATUS_OK) {
        log_warn(0, "query.unanswered", "trace=%s %s", edge_trace(request), request->type);
        return failure(readers->reader.status);
    }
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

static void serve_one(struct readers *readers, struct envelope *envelope)
{
    struct request request;
    ProtobufCMessage *reply = NULL;
    open_link(readers);
    readers->reader.now_ms = business_ms();
    readers->reader.status = STATUS_OK;
    struct outcome outcome = bus_read(envelope, readers->arena, &request);
    if (is_ok(outcome) && (envelope->kind & (PEER_DESK | PEER_OPERATOR)) == 0)
        outcome = deny(ONEDOOR__REASON__NOT_ALLOWED, "this caller may not ask this");
    if (is_ok(outcome))
        outcome = answer(readers, &request, &reply);
    struct bytes out = edge_reply(request.id, outcome, reply, readers->arena);
    if (out.len > MESSAGE_MAX_BYTES)
        out = edge_reply(request.id,
                         invalid(ONEDOOR__REASON__TOO_LARGE, "limit",
                                 "the answer is larger than a frame: ask for less"),
                         NULL, readers->arena);
    bus_reply(&readers->box, &envelope->from, out);
    if (is_passing(readers->reader.status))
        close_link(readers);
    arena_reset(readers->arena);
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

static void *run(void *context)
{
    struct readers *readers = context;
    struct envelope envelope;
    enum status status;
    while ((status = bus_receive(readers->bus, &readers->box, &envelope,
                                 readers->box.replies.n > 0 ? ZMQ_DONTWAIT : 0)) != STATUS_LOST) {
        if (status == STATUS_OK) {
            serve_one(readers, &envelope);
            bus_drop(&envelope);
        }
        if (status != STATUS_OK || held_long_enough(readers))
            bus_flush(&readers->box);
    }
    close_link(readers);
    bus_unbind(&readers->box);
    return NULL;
}

struct readers *readers_start(struct bus *bus, const struct service *service,
                              const struct config *config, const atomic_int *generation)
{
    struct readers *readers = calloc(1, sizeof *readers);
    must(readers != NULL);
    readers->bus = bus;
    readers->service = service;
    readers->config = config;
    readers->generation = generation;
    readers->arena = arena_new((size_t)config_number(config, "memory_max"));
    readers->reader = (struct reader){.arena = readers->arena,
                                      .centre = (int16_t)config_number(config, "centre")};
    if (bus_bind(bus, service->name, LANE_QUERY, &readers->box) &&
        pthread_create(&readers->thread, NULL, run, readers) == 0)
        return readers;
    bus_unbind(&readers->box);
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
