/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/world.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/seal.h"
#include "common/rows/corridor.h"
#include "common/rows/memstore.h"
#include "common/service/batch.h"
#include "common/values/log.h"
#include "common/wire/message.h"
#include "services/charging/charging.h"
#include "services/intake/intake.h"
#include "services/reporting/reporting.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"

enum { HOUSE = 5, PAGE = 64, WORLD_BYTES = 1 << 30, TURN_BYTES = 1 << 26 };

struct resident {
    const struct service *service;
    void (*reference)(struct memstore *, const char *folder);
    struct memstore *mem;
    struct engine engine;
};

struct world {
    struct arena *arena;
    struct resident residents[HOUSE];
    int64_t now_ms;
    uint64_t next_id;
    bool sees;         /* world_sees */
    struct marks seen; /* then: of the replies so far */
};

static const struct {
    const struct service *service;
    void (*reference)(struct memstore *, const char *folder);
} house[HOUSE] = {
    {&intake_service, reference_intake},       {&routing_service, reference_routing},
    {&charging_service, reference_charging},   {&supervision_service, reference_supervision},
    {&reporting_service, reference_reporting},
};

static struct resident *resident_of(struct world *world, const char *name, size_t length)
{
    for (int i = 0; i < HOUSE; i++)
        if (strlen(world->residents[i].service->name) == length &&
            strncmp(world->residents[i].service->name, name, length) == 0)
            return &world->residents[i];
    panic("there is no service %.*s", (int)length, name);
}

static struct resident *by_name(struct world *world, const char *name)
{
    return resident_of(world, name, strlen(name));
}

/* "intake.Submit" is intake's. */
static struct resident *by_type(struct world *world, const char *type)
{
    return resident_of(world, type, strcspn(type, "."));
}

const struct seal *world_seal(void)
{
    static const unsigned char secret[SEAL_SECRET_BYTES] = "of the hall in memory",
                               key[SEAL_SECRET_BYTES] = "its first key";
    static struct seal seal;
    if (seal.n == 0) {
        seal_set_secret(&seal, secret);
        must(seal_add_key(&seal, 1, key));
    }
    return &seal;
}

enum status world_restart_intake(struct world *world, const struct seal *seal)
{
    struct resident *resident = by_name(world, "intake");
    const struct config *config = resident->engine.config;
    engine_close(&resident->engine);
    resident->engine.seal = seal;
    return engine_open(&resident->engine, resident->service, memstore_store(resident->mem), config);
}

struct arena *world_arena(struct world *world)
{
    return world->arena;
}

static struct config *config_of(struct world *world, const struct resident *resident)
{
    const struct setting *tables[] = {common_settings, resident->service->settings, NULL};
    return config_defaults(tables, world->arena);
}

static void move_in(struct world *world, struct resident *resident)
{
    struct config *config = config_of(world, resident);
    resident->mem = memstore_new(resident->service, 1);
    resident->reference(resident->mem, REFERENCE_DIR);
    if (resident->service->personal != NULL)
        resident->engine.seal = world_seal();
    enum status status =
        engine_open(&resident->engine, resident->service, memstore_store(resident->mem), config);
    if (status != STATUS_OK)
        panic("%s does not open: %s", resident->service->name, status_name(status));
}

struct world *world_new(int64_t now_ms)
{
    struct world *world = calloc(1, sizeof *world);
    must(world != NULL);
    world->arena = arena_new(WORLD_BYTES);
    world->now_ms = now_ms;
    for (int i = 0; i < HOUSE; i++) {
        world->residents[i].service = house[i].service;
        world->residents[i].reference = house[i].reference;
        move_in(world, &world->residents[i]);
    }
    world_settle(world);
    return world;
}

void world_free(struct world **world)
{
    if (*world == NULL)
        return;
    for (int i = 0; i < HOUSE; i++) {
        engine_close(&(*world)->residents[i].engine);
        memstore_free(&(*world)->residents[i].mem);
    }
    arena_free(&(*world)->arena);
    free(*world);
    *world = NULL;
}

void world_clock(struct world *world, int64_t now_ms)
{
    must(now_ms >= world->now_ms);
    world->now_ms = now_ms;
}

int64_t world_now(const struct world *world)
{
    return world->now_ms;
}

/* ---- commands */

static void run(struct world *world, struct resident *resident, struct item *items, size_t n)
{
    struct arena *arena = arena_new(TURN_BYTES);
    enum status status = batch_run(&resident->engine, items, n, world->now_ms, arena);
    if (status != STATUS_OK)
        panic("%s: a batch ended with: %s", resident->service->name, status_name(status));
    for (size_t i = 0; i < n; i++)
        items[i].reply = arena_bytes(world->arena, items[i].reply);
    arena_free(&arena);
}

static const ProtobufCMessageDescriptor *descriptor_of(const char *type)
{
    extern const ProtobufCMessageDescriptor *const world_replies[];
    for (size_t i = 0; world_replies[i] != NULL; i++)
        if (strcmp(message_type(world_replies[i]), type) == 0)
            return world_replies[i];
    panic("world.c does not know the reply %s", type);
}

static struct outcome read_reply(struct world *world, struct bytes frame,
                                 ProtobufCMessage **message)
{
    Onedoor__Reply *reply = message_unpack(&onedoor__reply__descriptor, frame, world->arena);
    must(reply != NULL);
    if (world->sees && reply->mark != NULL) {
        struct mark mark =
            mark_of(reply->mark->stream, (int32_t)reply->mark->epoch, reply->mark->seq);
        marks_advance(&world->seen, &mark);
    }
    if (message != NULL)
        *message = NULL;
    if (reply->code == ONEDOOR__CODE__OK && message != NULL)
        *message = message_unpack(descriptor_of(reply->type),
                                  (struct bytes){reply->body.data, reply->body.len}, world->arena);
    return (struct outcome){reply->code, reply->reason, reply->detail,
                            reply->field[0] == '\0' ? NULL : reply->field};
}

void world_sees(struct world *world)
{
    world->sees = true;
}

static struct outcome command(struct world *world, struct resident *resident,
                              const unsigned char id[16], const struct actor *actor,
                              const ProtobufCMessage *message, ProtobufCMessage **reply)
{
    struct request request;
    struct item item;
    if (reply != NULL)
        *reply = NULL;
    struct outcome outcome =
        edge_open(edge_envelope(&(struct heading){id, 1000, actor, NULL, &world->seen}, message,
                                world->arena),
                  world->arena, &request);
    if (is_ok(outcome))
        outcome = engine_admit(resident->service, &request, world->arena, &item);
    if (!is_ok(outcome))
        return outcome;
    if (!reach_heard(&resident->engine.reach, &request.seen))
        return edge_not_yet;
    run(world, resident, &item, 1);
    return read_reply(world, item.reply, reply);
}

struct outcome world_command_id(struct world *world, const unsigned char id[16],
                                const struct actor *actor, const ProtobufCMessage *message,
                                ProtobufCMessage **reply)
{
    struct resident *resident = by_type(world, message_type(message->descriptor));
    return command(world, resident, id, actor, message, reply);
}

struct outcome world_command_to(struct world *world, const char *service, const struct actor *actor,
                                const ProtobufCMessage *message, ProtobufCMessage **reply)
{
    unsigned char id[16] = {0};
    world->next_id++;
    memcpy(id, &world->next_id, sizeof world->next_id);
    return command(world, by_name(world, service), id, actor, message, reply);
}

struct outcome world_command(struct world *world, const struct actor *actor,
                             const ProtobufCMessage *message, ProtobufCMessage **reply)
{
    const char *type = message_type(message->descriptor);
    return world_command_to(world, by_type(world, type)->service->name, actor, message, reply);
}

/* ---- following */

/* What a page tells that ends where its journal does; 1 when it was news. */
static size_t learn(struct resident *resident, int index, const struct resident *owner)
{
    uint32_t version = resident->engine.reach.version;
    if (resident->engine.cursors[index].seq == owner->engine.head.seq)
        engine_learn(&resident->engine, index, &owner->engine.reach.all);
    return resident->engine.reach.version != version;
}

static size_t follow(struct world *world, struct resident *resident, int index)
{
    struct resident *owner = by_name(world, resident->service->follows[index].stream);
    struct arena *arena = arena_new(TURN_BYTES);
    struct event *events;
    struct item items[PAGE];
    size_t n;
    struct store *store = memstore_store(owner->mem);
    enum status status =
        store->ops->events(store, resident->engine.cursors[index].seq, PAGE, arena, &events, &n);
    must(status == STATUS_OK);
    for (size_t i = 0; i < n; i++)
        engine_hear(&resident->engine, index, &events[i], &items[i]);
    if (n > 0)
        run(world, resident, items, n);
    arena_free(&arena);
    return n + learn(resident, index, owner);
}

static size_t tick(struct world *world, struct resident *resident)
{
    if (resident->service->tick == NULL || resident->engine.wake_ms > world->now_ms)
        return 0;
    struct item item = {.kind = ITEM_TICK};
    run(world, resident, &item, 1);
    return resident->engine.wake_ms <= world->now_ms ? 1 : 0;
}

void world_settle(struct world *world)
{
    for (size_t moved = 1; moved > 0;) {
        moved = 0;
        for (int i = 0; i < HOUSE; i++) {
            for (int f = 0; f < world->residents[i].engine.n_follows; f++)
                moved += follow(world, &world->residents[i], f);
            moved += tick(world, &world->residents[i]);
        }
    }
}

void world_turn(struct world *world, const char *service)
{
    struct resident *resident = by_name(world, service);
    for (int f = 0; f < resident->engine.n_follows; f++)
        follow(world, resident, f);
    tick(world, resident);
}

void world_restart(struct world *world, const char *service, const char *setting, const char *value)
{
    struct resident *resident = by_name(world, service);
    struct config *config = config_of(world, resident);
    config_set(config, setting, value);
    engine_close(&resident->engine);
    must(engine_open(&resident->engine, resident->service, memstore_store(resident->mem), config) ==
         STATUS_OK);
}

/* ---- looking */

void *world_row(struct world *world, const char *service, const struct table *table,
                const void *probe)
{
    return memstore_row(by_name(world, service)->mem, table, probe);
}

size_t world_count(struct world *world, const char *service, const struct table *table)
{
    return memstore_count(by_name(world, service)->mem, table);
}

void *world_row_at(struct world *world, const char *service, const struct table *table,
                   size_t index)
{
    return memstore_row_at(by_name(world, service)->mem, table, index);
}

static const struct event *scan(struct world *world, struct resident *resident, const char *type,
                                int64_t case_number, int *count)
{
    struct store *store = memstore_store(resident->mem);
    struct event *events;
    const struct event *last = NULL;
    size_t n;
    enum status status =
        store->ops->events(store, 0, world_count(world, store->service->name, &journal_table),
                           world->arena, &events, &n);
    must(status == STATUS_OK);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(events[i].type, type) == 0 &&
            (case_number == 0 || events[i].case_number == case_number)) {
            last = &events[i];
            (*count)++;
        }
    return last;
}

int world_said(struct world *world, const char *type, int64_t case_number)
{
    int count;
    scan(world, by_type(world, type), type, case_number, &count);
    return count;
}

int world_said_by(struct world *world, const char *service, const char *type, int64_t case_number)
{
    int count;
    scan(world, by_name(world, service), type, case_number, &count);
    return count;
}

const struct event *world_last(struct world *world, const char *type, int64_t case_number)
{
    int count;
    return scan(world, by_type(world, type), type, case_number, &count);
}

size_t world_parked(struct world *world, const char *service)
{
    return memstore_count(by_name(world, service)->mem, &parked_table);
}
