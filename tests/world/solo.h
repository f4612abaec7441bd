/* SPDX-License-Identifier: Apache-2.0 */
/* solo.h: one service alone on a memory store; a test feeds it the events of the others in any
 * order. Include after cmocka.h. */
#ifndef TESTS_SOLO_H
#define TESTS_SOLO_H

#include <string.h>

#include "common/rows/memstore.h"
#include "common/service/batch.h"
#include "common/values/day.h"
#include "common/wire/message.h"
#include "tests/world/world.h"

struct solo {
    struct arena *arena;
    struct memstore *mem;
    struct engine engine;
    int64_t now_ms; /* business time of the service: never behind what it hears */
};

/* A wall clock in the hall in 2022. */
static inline int64_t at(int32_t month, int32_t day, int32_t hour, int32_t minute)
{
    return ((day_from_ymd(2022, month, day).n * INT64_C(24) + hour - 8) * 60 + minute) * 60000;
}

static inline void solo_open(struct solo *solo, const struct service *service,
                             void (*reference)(struct memstore *, const char *))
{
    const struct setting *tables[] = {common_settings, service->settings, NULL};

    memset(solo, 0, sizeof *solo);
    solo->arena = arena_new(1 << 28);
    solo->mem = memstore_new(service, 1);
    reference(solo->mem, REFERENCE_DIR);
    assert_int_equal(STATUS_OK, engine_open(&solo->engine, service, memstore_store(solo->mem),
                                            config_defaults(tables, solo->arena)));
}

static inline void solo_close(struct solo *solo)
{
    engine_close(&solo->engine);
    memstore_free(&solo->mem);
    arena_free(&solo->arena);
}

static inline void solo_run(struct solo *solo, struct item *item)
{
    assert_int_equal(STATUS_OK, batch_run(&solo->engine, item, 1, solo->now_ms, solo->arena));
}

/* The next event of a followed journal. */
static inline void solo_hear(struct solo *solo, const char *stream, int64_t case_number,
                             int64_t at_ms, const ProtobufCMessage *message)
{
    struct item item;
    int follow = 0;

    while (strcmp(solo->engine.service->follows[follow].stream, stream) != 0)
        follow++;
    const struct event event = {
        .epoch = 1,
        .seq = solo->engine.cursors[follow].seq + 1,
        .type = message_type(message->descriptor),
        .version = 1,
        .case_number = case_number,
        .at_ms = at_ms,
        .actor = "a1",
        .payload = message_pack(message, solo->arena),
    };
    if (solo->now_ms < at_ms)
        solo->now_ms = at_ms;
    engine_hear(&solo->engine, follow, &event, &item);
    solo_run(solo, &item);
}

/* Turn the clock; the tick runs if it has asked for it, as often as it asks. */
static inline void solo_clock(struct solo *solo, int64_t now_ms)
{
    solo->now_ms = now_ms;
    for (int turns = 0; solo->engine.wake_ms <= now_ms; turns++) {
        struct item item = {.kind = ITEM_TICK};
        assert_true(turns < 1000);
        solo_run(solo, &item);
    }
}

/* One command of an actor's, past the edge as in life. */
static inline struct outcome solo_command(struct solo *solo, const struct actor *actor,
                                          const ProtobufCMessage *message)
{
    struct request request;
    struct item item;
    unsigned char id[16] = {0};
    int64_t n = solo->engine.tally.commands + 1;

    memcpy(id, &n, sizeof n);
    struct outcome outcome = edge_open(
        edge_envelope(&(struct heading){id, 1000, actor, NULL, NULL}, message, solo->arena),
        solo->arena, &request);
    if (is_ok(outcome))
        outcome = engine_admit(solo->engine.service, &request, solo->arena, &item);
    if (!is_ok(outcome))
        return outcome;
    solo_run(solo, &item);
    Onedoor__Reply *reply = message_unpack(&onedoor__reply__descriptor, item.reply, solo->arena);
    assert_non_null(reply);
    return (struct outcome){reply->code, reply->reason, reply->detail, reply->field};
}

#endif
