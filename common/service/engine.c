/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/engine.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/wire/message.h"

enum { HELD_FIRST = 64 };

/* ---- opening */

static enum status read_head(struct engine *engine, struct arena *arena)
{
    struct journal_head_row *rows;
    size_t n;
    enum status status = store_all(engine->store, &journal_head_table, arena, (void **)&rows, &n);
    if (status != STATUS_OK)
        return status;
    engine->head = (struct position){.epoch = 1};
    for (size_t i = 0; i < n; i++)
        if (rows[i].centre == engine->centre) {
            engine->head.epoch = rows[i].epoch;
            engine->head.seq = rows[i].seq;
            memcpy(engine->head.hash, rows[i].hash.data, HASH_BYTES);
        }
    return STATUS_OK;
}

/* Business time goes on from the last event of the journal, even when the clock was set back before
 * a restart. */
static enum status read_last(struct engine *engine, struct arena *arena)
{
    struct event *events;
    size_t n = 0;
    if (engine->head.seq == 0)
        return STATUS_OK;
    enum status status =
        engine->store->ops->events(engine->store, engine->head.seq - 1, 1, arena, &events, &n);
    if (status == STATUS_OK && n == 1 && events[0].at_ms > engine->last_ms)
        engine->last_ms = events[0].at_ms;
    return status;
}

int engine_follow(const struct service *service, const char *stream)
{
    for (int i = 0; service->follows != NULL && service->follows[i].stream != NULL; i++)
        if (strcmp(service->follows[i].stream, stream) == 0)
            return i;
    return -1;
}

static enum status read_cursors(struct engine *engine, struct arena *arena)
{
    struct cursor_row *rows;
    size_t n;
    enum status status = store_all(engine->store, &cursor_table, arena, (void **)&rows, &n);
    if (status != STATUS_OK)
        return status;
    engine->n_follows = 0;
    while (engine->service->follows != NULL &&
           engine->service->follows[engine->n_follows].stream != NULL)
        engine->n_follows++;
    must(engine->n_follows <= FOLLOWS_MAX);
    memset(engine->cursors, 0, sizeof engine->cursors);
    for (size_t i = 0; i < n; i++) {
        int follow = engine_follow(engine->service, rows[i].stream);
        if (follow < 0 || rows[i].centre != engine->centre)
            continue;
        engine->cursors[follow].epoch = rows[i].epoch;
        engine->cursors[follow].seq = rows[i].seq;
        memcpy(engine->cursors[follow].hash, rows[i].hash.data, HASH_BYTES);
    }
    return STATUS_OK;
}

bool engine_holds(const struct engine *engine, int64_t case_number)
{
    for (size_t i = 0; i < engine->n_held; i++)
        if (engine->held[i] == case_number)
            return true;
    return false;
}

void engine_hold(struct engine *engine, int64_t case_number)
{
    if (case_number == 0 || engine_holds(engine, case_number))
        return;
    if (engine->n_held == engine->held_room) {
        engine->held_room = engine->held_room == 0 ? HELD_FIRST : engine->held_room * 2;
        engine->held = reallocarray(engine->held, engine->held_room, sizeof *engine->held);
        must(engine->held != NULL);
    }
    engine->held[engine->n_held++] = case_number;
}

enum status engine_read_parked(struct engine *engine, struct arena *arena)
{
    struct held_case *cases;
    size_t n;
    enum status status = engine->store->ops->held(engine->store, arena, &cases, &n);
    if (status != STATUS_OK)
        return status;
    engine->n_held = 0;
    engine->tally.parked = 0;
    for (size_t i = 0; i < n; i++) {
        engine_hold(engine, cases[i].case_number);
        engine->tally.parked += cases[i].events;
    }
    return STATUS_OK;
}

enum status engine_read_memory(struct engine *engine)
{
    struct arena *arena = arena_new((size_t)config_number(engine->config, "memory_max"));
    void *memory = NULL;
    enum status status = engine->service->open == NULL
                             ? STATUS_OK
                             : engine->service->open(engine->store, engine->config, arena, &memory);
    if (status != STATUS_OK) {
        arena_free(&arena);
        return status;
    }
    arena_free(&engine->memory_arena);
    engine->memory_arena = arena;
    engine->memory = memory;
    atomic_fetch_add(&engine->generation, 1);
    return STATUS_OK;
}

enum status engine_open(struct engine *engine, const struct service *service, struct store *store,
                        const struct config *config)
{
    engine->state = ENGINE_CLOSED;
    engine->service = service;
    engine->store = store;
    engine->config = config;
    engine->centre = store->centre;
    engine->wake_ms = INT64_MIN; /* tick at once; that says when the next one is due */
    struct arena *arena = arena_new((size_t)config_number(config, "memory_max"));
    enum status status = read_head(engine, arena);
    if (status == STATUS_OK)
        status = read_last(engine, arena);
    if (status == STATUS_OK)
        status = read_cursors(engine, arena);
    if (status == STATUS_OK)
        status = engine_read_parked(engine, arena);
    if (status == STATUS_OK)
        status = engine_read_memory(engine);
    if (status == STATUS_OK)
        status = sealing_open(&engine->sealing, engine->seal, store);
    if (status == STATUS_OK)
        status = walking_open(&engine->walking, store, config);
    arena_free(&arena);
    if (status == STATUS_OK) {
        engine->state = ENGINE_OPEN;
        engine_move(engine);
    }
    return status;
}

/* ---- how far it has heard */

struct mark engine_mark(const struct engine *engine, size_t said)
{
    return mark_of(engine->service->name, engine->head.epoch, engine->head.seq + (int64_t)said);
}

void engine_move(struct engine *engine)
{
    struct marks own = {.n = 1, .at = {engine_mark(engine, 0)}};
    for (int i = 0; i < engine->n_follows; i++) {
        const struct position *cursor = &engine->cursors[i];
        own.at[own.n++] = mark_of(engine->service->follows[i].stream,
                                  cursor->epoch < 1 ? 1 : cursor->epoch, cursor->seq);
    }
    reach_move(&engine->reach, &own);
}

void engine_learn(struct engine *engine, int follow, const struct marks *heard)
{
    reach_learn(&engine->reach, follow, heard);
}

void engine_lose(struct engine *engine)
{
    engine->state = ENGINE_CLOSED;
    engine->store = NULL;
}

void engine_close(struct engine *engine)
{
    engine_lose(engine);
    arena_free(&engine->memory_arena);
    sealing_close(&engine->sealing);
    walking_close(&engine->walking);
    engine->memory = NULL;
    free(engine->held);
    engine->held = NULL;
    engine->n_held = engine->held_room = 0;
}

/* ---- items */

struct outcome engine_admit(const struct service *service, const struct request *request,
                            struct arena *arena, struct item *item)
{
    const struct route *route = service->routes;
    while (route != NULL && route->message != NULL &&
           strcmp(message_type(route->message), request->type) != 0)
        route++;
    if (route == NULL || route->message == NULL)
        return (struct outcome){ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE,
                                "no such command here", NULL};
    struct outcome outcome = edge_role(&request->actor, route->roles);
    void *message = NULL;
    if (is_ok(outcome))
        outcome = edge_body(request, route->message, service->checks, arena, &message);
    if (!is_ok(outcome))
        return outcome;
    *item = (struct item){.kind = ITEM_COMMAND,
                          .trace = request->trace,
                          .request = *request,
                          .route = route,
                          .message = message};
    edge_digest(request, item->digest);
    return OUTCOME_OK;
}

void engine_hear(const struct engine *engine, int follow, const struct event *event,
                 struct item *item)
{
    const struct hearing *hearing = engine->service->follows[follow].hears;
    while (hearing->message != NULL && strcmp(message_type(hearing->message), event->type) != 0)
        hearing++;
    *item = (struct item){.kind = ITEM_EVENT,
                          .trace = event->trace,
                          .follow = follow,
                          .event = *event,
                          .hearing = hearing->message == NULL ? NULL : hearing};
}

void engine_refused(struct engine *engine, Onedoor__Reason reason)
{
    must((unsigned)reason < REASONS_MAX);
    engine->tally.refused[reason]++;
}
