/* SPDX-License-Identifier: Apache-2.0 */
/* batch_desk.h: runs batches of the service of batch_service.h: its commands, its events, its rows
 * afterwards. Include after cmocka.h. */
#ifndef UNIT_BATCH_DESK_H
#define UNIT_BATCH_DESK_H

#include "batch_service.h"

/* ---- a desk at work */

enum { BATCH = 64 };

static struct memstore *mem;
static struct engine engine;
static struct arena *settings, *inbox, *turn_arena;
static struct config *config;
static struct item items[BATCH];
static size_t n_items;
static unsigned char next_id;
static struct event stream[BATCH]; /* what the neighbour has said */
static size_t n_stream;
static size_t n_spoken;

static inline void hear_spoken(void *context, const struct event *events, size_t n)
{
    (void)context;
    (void)events;
    n_spoken += n;
}

static inline void open_engine(void)
{
    assert_int_equal(STATUS_OK, engine_open(&engine, &desk_service, &spiked.store, config));
    engine.on_commit = hear_spoken;
}

static inline int start(void **state)
{
    static const struct setting *const tables[] = {common_settings, NULL};
    (void)state;
    settings = arena_new(1 << 20);
    inbox = arena_new(16 << 20);
    turn_arena = arena_new(64 << 20);
    config = config_defaults(tables, settings);
    mem = memstore_new(&desk_service, 1);
    memset(&spiked, 0, sizeof spiked);
    spiked.inner = memstore_store(mem);
    spiked.store = (struct store){&spiked_ops, &desk_service, 1};
    memset(&seen, 0, sizeof seen);
    memset(&engine, 0, sizeof engine);
    n_items = n_stream = n_spoken = 0;
    next_id = 0;
    open_engine();
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    engine_close(&engine);
    memstore_free(&mem);
    arena_free(&turn_arena);
    arena_free(&inbox);
    arena_free(&settings);
    return 0;
}

static inline struct item *command_as(unsigned char id, Onedoor__Role role,
                                      const ProtobufCMessage *message)
{
    struct item *item = &items[n_items++];
    struct actor actor = {"c4", role, "CON", 4};
    struct request request;
    unsigned char key[16] = {id};
    struct bytes frame =
        edge_envelope(&(struct heading){key, 1000, &actor, NULL, NULL}, message, inbox);
    assert_true(is_ok(edge_open(frame, inbox, &request)));
    assert_true(is_ok(engine_admit(&desk_service, &request, inbox, item)));
    return item;
}

static inline struct item *check_with(unsigned char id, int64_t serial)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    check.case_number = case_of(serial);
    return command_as(id, ONEDOOR__ROLE__WINDOW_CLERK, &check.base);
}

static inline struct item *check(int64_t serial)
{
    return check_with(++next_id, serial);
}

static inline struct item *set_window(const char *name)
{
    Onedoor__Intake__SetWindow set = ONEDOOR__INTAKE__SET_WINDOW__INIT;
    set.window = 1;
    set.name_zh = set.name_en = (char *)name;
    return command_as(++next_id, ONEDOOR__ROLE__ADMINISTRATOR, &set.base);
}

/* Put an event of the followed service into the batch. */
static inline struct item *hear(const ProtobufCMessage *message, int64_t case_number)
{
    static const unsigned char none[HASH_BYTES];
    struct event *event = &stream[n_stream];
    *event = (struct event){.epoch = 1,
                            .seq = (int64_t)n_stream + 1,
                            .version = 1,
                            .type = message_type(message->descriptor),
                            .case_number = case_number,
                            .at_ms = START_MS,
                            .actor = "c4",
                            .payload = message_pack(message, inbox)};
    event_hash(event, n_stream == 0 ? none : stream[n_stream - 1].hash, event->hash);
    n_stream++;
    struct item *item = &items[n_items++];
    engine_hear(&engine, 0, event, item);
    return item;
}

static inline struct item *closed(int64_t case_number)
{
    Onedoor__Intake__CaseClosed message = ONEDOOR__INTAKE__CASE_CLOSED__INIT;
    return hear(&message.base, case_number);
}

static inline struct item *denied(int64_t case_number)
{
    Onedoor__Intake__CaseDenied message = ONEDOOR__INTAKE__CASE_DENIED__INIT;
    return hear(&message.base, case_number);
}

static inline void tick(void)
{
    items[n_items++] = (struct item){.kind = ITEM_TICK};
}

static inline enum status run_at(int64_t now_ms)
{
    enum status status = batch_run(&engine, items, n_items, now_ms, turn_arena);
    n_items = 0;
    return status;
}

static inline void run(void)
{
    assert_int_equal(STATUS_OK, run_at(START_MS));
}

static inline const Onedoor__Reply *reply_of(const struct item *item)
{
    const Onedoor__Reply *reply = message_unpack(&onedoor__reply__descriptor, item->reply, inbox);
    assert_non_null(reply);
    assert_memory_equal(item->request.id, reply->id.data, 16);
    return reply;
}

#define assert_replied(item, expected) assert_int_equal(expected, reply_of(item)->code)

static inline int64_t visits(int64_t case_number)
{
    const struct visits_row *row = memstore_row(
        mem, &visits_table, &(struct visits_row){.centre = 1, .case_number = case_number});
    return row == NULL ? 0 : row->visits;
}

static inline int64_t due(int64_t case_number)
{
    const struct visits_row *row = memstore_row(
        mem, &visits_table, &(struct visits_row){.centre = 1, .case_number = case_number});
    assert_non_null(row);
    return row->due_ms;
}

static inline int64_t counter(void)
{
    const struct counter_row *row =
        memstore_row(mem, &counter_table, &(struct counter_row){.centre = 1, .name = "ticket"});
    return row == NULL ? 0 : row->value;
}

static inline int64_t cursor(void)
{
    const struct cursor_row *row =
        memstore_row(mem, &cursor_table, &(struct cursor_row){.centre = 1, .stream = "intake"});
    return row == NULL ? 0 : row->seq;
}

static inline size_t parked(void)
{
    return memstore_count(mem, &parked_table);
}

/* Invariant 2 of the journal: 1, 2, 3, ... and each hash after the one before; returns how many. */
static inline int64_t proven_journal(void)
{
    unsigned char hash[HASH_BYTES] = {0};
    struct event *events;
    size_t n;
    int64_t last_ms = 0;
    assert_int_equal(STATUS_OK,
                     spiked.inner->ops->events(spiked.inner, 0, 1000, inbox, &events, &n));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(i + 1, events[i].seq);
        event_hash(&events[i], hash, hash);
        assert_memory_equal(hash, events[i].hash, HASH_BYTES);
        assert_true(events[i].at_ms >= last_ms);
        last_ms = events[i].at_ms;
    }
    assert_int_equal(n, engine.head.seq);
    assert_int_equal(n, memstore_count(mem, &journal_table));
    assert_memory_equal(hash, engine.head.hash, HASH_BYTES);
    return (int64_t)n;
}

/* Add a row that comes due then. */
static inline void put_due(int64_t case_number, int64_t due_ms)
{
    memstore_put(mem, &visits_table,
                 &(struct visits_row){.centre = 1, .case_number = case_number, .due_ms = due_ms});
}

#endif
