/* SPDX-License-Identifier: Apache-2.0 */
/* batch_desk.h: the corridor between core and store, with a little service of our own on the memory
 * store: a desk that counts visits a case. Messages of intake serve as its commands and events:
 *
 *   Check               a visit more (its row, a CaseDelivered, a gapless ticket)
 *   Withdraw            always refused
 *   Terminate           changes something and then refuses: a bug
 *   PublishItem         writes a reference row
 *   CaseClosed (heard)  a visit more
 *   CaseDenied (heard)  refused until the case has a visit
 *
 * Case 666 is poison: the store refuses its rows. Include after cmocka.h. */
#ifndef UNIT_BATCH_DESK_H
#define UNIT_BATCH_DESK_H

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/memstore.h"
#include "common/rows/rowset.h"
#include "common/service/batch.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"

#include <string.h>

enum { POISON = 666, START_MS = 1000000, DUE_LIMIT = 2 };

/* ---- the service */

struct visits_row {
    int16_t centre;
    int64_t case_number;
    int64_t visits;
    int64_t ticket;
    int64_t due_ms;
};

static const struct column visits_columns[] = {
    COLUMN(visits_row, centre, I16, COLUMN_KEY),
    COLUMN(visits_row, case_number, I64, COLUMN_KEY),
    COLUMN(visits_row, visits, I64, COLUMN_GUARD),
    COLUMN(visits_row, ticket, I64, 0),
    COLUMN_AS(visits_row, due_ms, "due_at", TIME, COLUMN_DUE),
};
static const struct table visits_table = TABLE("visits", visits_row, visits_columns, 2);

struct sign_row {
    int16_t centre;
    const char *name;
};

static const struct column sign_columns[] = {
    COLUMN(sign_row, centre, I16, COLUMN_KEY),
    COLUMN(sign_row, name, TEXT, COLUMN_KEY),
};
static const struct table sign_table = REFERENCE("sign", sign_row, sign_columns, 1);

static const struct table *const desk_tables[] = {&visits_table, &sign_table, NULL};

static struct {
    int opened;        /* how often the reference tables were read */
    int64_t signs;     /* how many there were */
    int64_t heard[32]; /* cases of the events that were digested, in order */
    int n_heard;
    int64_t ticked[32]; /* cases the tick worked on, in order */
    int n_ticked, n_ticks;
} seen;

static inline enum status desk_open(struct store *store, const struct config *config,
                                    struct arena *arena, void **memory)
{
    size_t n;
    (void)config;
    enum status status = store_all(store, &sign_table, arena, memory, &n);
    seen.opened++;
    seen.signs = (int64_t)n;
    return status;
}

static inline struct visits_row *visits_of(struct turn *turn, int64_t case_number)
{
    struct visits_row probe = {.centre = turn->centre, .case_number = case_number};
    return rows_find(turn, &visits_table, &probe);
}

static inline void need_visits(struct turn *turn, int64_t case_number)
{
    rows_want(turn, &visits_table,
              &(struct visits_row){.centre = turn->centre, .case_number = case_number});
    turn_want_counter(turn, "ticket");
}

static inline void visit(struct turn *turn, int64_t case_number)
{
    Onedoor__Intake__CaseDelivered delivered = ONEDOOR__INTAKE__CASE_DELIVERED__INIT;
    struct visits_row *row = visits_of(turn, case_number);
    if (row == NULL)
        row = rows_add(turn, &visits_table,
                       &(struct visits_row){.centre = turn->centre, .case_number = case_number});
    else
        rows_touch(turn, &visits_table, row);
    row->visits++;
    row->ticket = turn_count(turn, "ticket");
    delivered.how = ONEDOOR__INTAKE__DELIVERY__POSTED;
    turn_say(turn, case_number, &delivered.base);
}

static inline void need_check(struct turn *turn, const struct call *call)
{
    need_visits(turn, ((const Onedoor__Intake__Check *)call->message)->case_number);
}

static inline struct outcome handle_check(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Check *check = call->message;
    visit(turn, check->case_number);
    Onedoor__Intake__CheckReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__CheckReply, onedoor__intake__check_reply);
    reply->due_ms = visits_of(turn, check->case_number)->ticket;
    return OUTCOME_OK;
}

static inline struct outcome handle_withdraw(struct turn *turn, struct call *call)
{
    (void)turn;
    (void)call;
    return refuse(ONEDOOR__REASON__WRONG_STATE, "nothing is withdrawn here");
}

static inline struct outcome handle_terminate(struct turn *turn, struct call *call)
{
    visit(turn, ((const Onedoor__Intake__Terminate *)call->message)->case_number);
    return refuse(ONEDOOR__REASON__WRONG_STATE, "too late");
}

static inline struct outcome handle_publish(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__PublishItem *publish = call->message;
    rows_add(turn, &sign_table,
             &(struct sign_row){turn->centre, arena_strdup(turn->arena, publish->item)});
    return OUTCOME_OK;
}

static inline struct outcome check_case(const void *message)
{
    return ((const Onedoor__Intake__Check *)message)->case_number > 0
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, "case_number", "must be positive");
}

static const struct route desk_routes[] = {
    {&onedoor__intake__check__descriptor, ROLE(WINDOW_CLERK), check_case, need_check, handle_check},
    {&onedoor__intake__withdraw__descriptor, ANY_ROLE, NULL, NULL, handle_withdraw},
    {&onedoor__intake__terminate__descriptor, ANY_ROLE, NULL, need_check, handle_terminate},
    {&onedoor__intake__publish_item__descriptor, ANY_ROLE, NULL, NULL, handle_publish},
    {NULL, 0, NULL, NULL, NULL},
};

static inline void need_heard(struct turn *turn, const struct heard *heard)
{
    need_visits(turn, heard->case_number);
}

static inline struct outcome hear_closed(struct turn *turn, const struct heard *heard)
{
    seen.heard[seen.n_heard++] = heard->case_number;
    visit(turn, heard->case_number);
    return OUTCOME_OK;
}

static inline struct outcome hear_denied(struct turn *turn, const struct heard *heard)
{
    if (visits_of(turn, heard->case_number) == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "never heard of this case");
    visit(turn, heard->case_number);
    return OUTCOME_OK;
}

static const struct hearing desk_hears[] = {
    {&onedoor__intake__case_closed__descriptor, need_heard, hear_closed},
    {&onedoor__intake__case_denied__descriptor, need_heard, hear_denied},
    {NULL, NULL, NULL},
};
static const struct follow desk_follows[] = {
    {"intake", desk_hears},
    {NULL, NULL},
};

static inline void desk_tick_need(struct turn *turn)
{
    rows_want_due(turn, &visits_table, DUE_LIMIT);
}

static inline void desk_tick(struct turn *turn)
{
    struct visits_row *row;
    seen.n_ticks++;
    for (size_t place = 0; (row = rows_each(turn, &visits_table, &place)) != NULL;) {
        if (row->due_ms == 0 || row->due_ms > turn->now_ms)
            continue;
        seen.ticked[seen.n_ticked++] = row->case_number;
        ((struct visits_row *)rows_touch(turn, &visits_table, row))->due_ms = 0;
    }
}

static const struct service desk_service = {
    .name = "desk",
    .tables = desk_tables,
    .routes = desk_routes,
    .follows = desk_follows,
    .open = desk_open,
    .tick_need = desk_tick_need,
    .tick = desk_tick,
};

/* ---- a memory store that refuses poison, as a database would, and can be away */

static struct {
    struct store store;
    struct store *inner;
    bool lost;
    int saves;
} spiked;

static inline enum status spiked_all(struct store *store, const struct table *table,
                                     struct arena *arena, void **rows, size_t *n)
{
    (void)store;
    return spiked.inner->ops->all(spiked.inner, table, arena, rows, n);
}

static inline enum status spiked_load(struct store *store, struct turn *turn)
{
    (void)store;
    return spiked.inner->ops->load(spiked.inner, turn);
}

static inline bool has_poison(struct turn *turn)
{
    const struct rowset *set = rowset_of(turn, &visits_table);
    for (size_t i = 0; i < set->n_rows; i++)
        if (((struct visits_row *)set->rows[i]->data)->case_number == POISON &&
            set->rows[i]->state != ROW_LOADED)
            return true;
    return false;
}

static inline enum status spiked_save(struct store *store, struct turn *turn)
{
    (void)store;
    spiked.saves++;
    if (spiked.lost)
        return STATUS_LOST;
    return has_poison(turn) ? STATUS_UNSAVEABLE : spiked.inner->ops->save(spiked.inner, turn);
}

static inline enum status spiked_events(struct store *store, int64_t from_seq, size_t max,
                                        struct arena *arena, struct event **events, size_t *n)
{
    (void)store;
    return spiked.inner->ops->events(spiked.inner, from_seq, max, arena, events, n);
}

static const struct store_ops spiked_ops = {
    .all = spiked_all, .load = spiked_load, .save = spiked_save, .events = spiked_events};

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
    struct bytes frame = edge_envelope(&(struct heading){key, 1000, &actor, NULL}, message, inbox);
    assert_true(is_ok(edge_open(frame, inbox, &request)));
    assert_true(is_ok(engine_admit(&desk_service, &request, inbox, item)));
    return item;
}

static inline struct item *check_with(unsigned char id, int64_t case_number)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    check.case_number = case_number;
    return command_as(id, ONEDOOR__ROLE__WINDOW_CLERK, &check.base);
}

static inline struct item *check(int64_t case_number)
{
    return check_with(++next_id, case_number);
}

/* The neighbour says something; it is put into the batch. */
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

/* A row that falls due. */
static inline void put_due(int64_t case_number, int64_t due_ms)
{
    memstore_put(mem, &visits_table,
                 &(struct visits_row){.centre = 1, .case_number = case_number, .due_ms = due_ms});
}

#endif
