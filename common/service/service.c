/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/service.h"

#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/heartbeat.h"
#include "common/base/panic.h"
#include "common/base/program.h"
#include "common/base/wallclock.h"
#include "common/service/service_inside.h"
#include "common/values/log.h"

enum {
    REOPEN_MIN_MS = 100,
    REOPEN_MAX_MS = 2000,
    STANDBY_MS = 500,
    DENIED_MS = 20000,
    IDLE_MS = 500,
    DRIVEN_IDLE_MS = 2,
    PRUNE_MS = 3600000,
    BUSY_ITEMS = 16
};

/* ---- the database: there, away, or another's */

static void spoken(void *context, const struct event *events, size_t n)
{
    feed_append(((struct loop *)context)->feed, events, n);
}

static void close_store(struct loop *loop)
{
    if (loop->store != NULL)
        loop->statements_before += pgstore_statements(loop->store);
    pgstore_free(&loop->store);
    engine_lose(&loop->engine);
    loop->reopen_ms = monotonic_ms() + loop->reopen_wait_ms;
    loop->reopen_wait_ms =
        loop->reopen_wait_ms * 2 > REOPEN_MAX_MS ? REOPEN_MAX_MS : loop->reopen_wait_ms * 2;
    loop->ready = false;
    heartbeat_state("waiting for the database");
}

/* After a reconnect the tables are the truth: head, cursors and ring begin again from them. */
static enum status open_store(struct loop *loop)
{
    enum status status = pgstore_open(&loop->store, loop->service, loop->config, true);
    if (status == STATUS_OK)
        status =
            engine_open(&loop->engine, loop->service, pgstore_store(loop->store), loop->config);
    if (status != STATUS_OK) {
        pgstore_free(&loop->store);
        return status;
    }
    loop->engine.on_commit = spoken;
    loop->engine.context = loop;
    feed_reset(loop->feed);
    for (int i = 0; i < loop->engine.n_follows; i++)
        if (loop->followers[i] != NULL)
            follower_seek(loop->followers[i], &loop->engine.cursors[i]);
    loop->denied_since_ms = 0;
    atomic_fetch_add(&loop->generation, 1);
    return STATUS_OK;
}

/* True while there is no use in going on: another process writes, or the database is unfit. */
static bool reopen(struct loop *loop)
{
    if (monotonic_ms() < loop->reopen_ms)
        return false;
    enum status status = open_store(loop);
    if (status == STATUS_OK)
        return false;
    if (status == STATUS_DENIED && loop->denied_since_ms == 0)
        loop->denied_since_ms = monotonic_ms();
    close_store(loop);
    return status == STATUS_FAILED ||
           (status == STATUS_DENIED && monotonic_ms() - loop->denied_since_ms > DENIED_MS);
}

/* A turn went well. Being let in is not enough: a database whose disk is full lets everybody in and
 * saves nothing. So who has saved nothing since comes back ever more slowly. */
static void went_well(struct loop *loop)
{
    if (loop->n_items > 0)
        loop->reopen_wait_ms = REOPEN_MIN_MS;
    if (loop->ready)
        return;
    loop->ready = true;
    heartbeat_state("ready");
    log_info(0, "service.ready", "journal at %lld", (long long)loop->engine.head.seq);
}

/* ---- the command lane */

static const struct outcome busy = {ONEDOOR__CODE__RESOURCE_EXHAUSTED, ONEDOOR__REASON__BUSY,
                                    "too many are waiting: ask again shortly", NULL};
static const struct outcome away = {ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                                    "the database is not reachable now", NULL};
static const struct outcome late = {ONEDOOR__CODE__DEADLINE_EXCEEDED, ONEDOOR__REASON__LATE,
                                    "its time was up before work began", NULL};

/* Answer without work. The id is found by opening the envelope. */
static void turn_away(struct loop *loop, struct letter *letter, struct outcome why)
{
    struct request request;
    struct outcome outcome = bus_read(letter, loop->inbox, &request);
    bus_reply(&loop->command, &letter->from,
              edge_reply(request.id, is_ok(outcome) ? why : outcome, NULL, loop->inbox));
}

static void drain_commands(struct loop *loop)
{
    for (size_t i = 0; i < loop->batch_max * 2; i++) {
        struct letter letter;
        if (bus_receive(&loop->bus, &loop->command, &letter, ZMQ_DONTWAIT) != STATUS_OK)
            break;
        if (loop->store != NULL && queue_push(loop->queue, &letter, monotonic_ms()))
            continue;
        loop->busy++;
        turn_away(loop, &letter, loop->store == NULL ? away : busy);
        bus_drop(&letter);
    }
    bus_flush(&loop->command);
}

/* One waiting command into the batch, or its refusal out. */
static void admit(struct loop *loop, struct waiting *waiting, int64_t now_ms)
{
    struct request request;
    struct item *item = &loop->items[loop->n_items];
    struct letter *letter = &waiting->letter;
    struct outcome outcome = bus_read(letter, loop->inbox, &request);
    if (is_ok(outcome) && (letter->kind & PEER_DESK) == 0)
        outcome = deny(ONEDOOR__REASON__NOT_ALLOWED, "this caller may not ask this");
    if (is_ok(outcome) && now_ms - waiting->arrived_ms >= (int64_t)request.remaining_ms) {
        loop->late++;
        outcome = late;
    }
    if (is_ok(outcome))
        outcome = engine_admit(loop->service, &request, loop->inbox, item);
    if (is_ok(outcome)) {
        item->origin = waiting;
        loop->n_items++;
        return;
    }
    bus_reply(&loop->command, &letter->from, edge_reply(request.id, outcome, NULL, loop->inbox));
    queue_done(loop->queue, waiting);
}

/* ---- a turn */

/* Small batches cost as many statements as large ones: while it is busy, a service lets work gather
 * for a moment, and looks at nothing but its own journal's followers. */
static bool gathering(const struct loop *loop)
{
    return loop->store != NULL && monotonic_ms() < loop->gather_until_ms;
}

/* Nobody stands at a window for what the other services have said: it gathers for longer. */
static bool events_wait(const struct loop *loop)
{
    return loop->store != NULL && loop->pressed && monotonic_ms() < loop->events_until_ms;
}

static void take_commands(struct loop *loop)
{
    int64_t now_ms = monotonic_ms();
    size_t room = (size_t)config_number(loop->config, "memory_max") / 2;
    struct waiting *waiting;
    while (loop->n_items < loop->batch_max && arena_used(loop->inbox) < room &&
           (waiting = queue_take(loop->queue)) != NULL)
        admit(loop, waiting, now_ms);
    bus_flush(&loop->command); /* the refusals: they need not wait for the database */
}

static void take_events(struct loop *loop)
{
    for (int i = 0; i < loop->engine.n_follows; i++) {
        size_t n;
        const struct event *events = follower_events(loop->followers[i], &n);
        for (size_t e = 0; e < n; e++)
            engine_hear(&loop->engine, i, &events[e], &loop->items[loop->n_items++]);
    }
}

/* Who is behind has enough to do without waiting for more. */
static bool is_behind(const struct loop *loop)
{
    for (int i = 0; i < loop->engine.n_follows; i++)
        if (follower_behind(loop->followers[i]))
            return true;
    return false;
}

/* It is busy when much was done from one look at the journals to the next. */
static void pace(struct loop *loop)
{
    int64_t now_ms = monotonic_ms();
    loop->lately += loop->n_items;
    if (loop->hears) {
        loop->pressed = loop->lately >= BUSY_ITEMS && !is_behind(loop);
        loop->lately = 0;
        loop->events_until_ms = now_ms + config_number(loop->config, "gather_events_ms");
    }
    if (loop->pressed && loop->n_items > 0)
        loop->gather_until_ms = now_ms + config_number(loop->config, "gather_ms");
}

static enum status collect(struct loop *loop)
{
    loop->n_items = 0;
    loop->hears = !events_wait(loop);
    for (int i = 0; i < loop->engine.n_follows && loop->hears; i++)
        if (follower_turn(loop->followers[i]) != STATUS_OK)
            return STATUS_REWOUND;
    take_commands(loop);
    if (loop->hears)
        take_events(loop);
    pace(loop);
    if (loop->service->tick != NULL && loop->engine.wake_ms <= business_ms())
        loop->items[loop->n_items++] = (struct item){.kind = ITEM_TICK};
    return STATUS_OK;
}

static void speak_all(struct loop *loop, enum status status)
{
    for (size_t i = 0; i < loop->n_items; i++) {
        struct waiting *waiting = loop->items[i].origin;
        if (waiting == NULL)
            continue;
        /* Not known to be done: the same key, asked again, will tell. */
        struct bytes reply = status == STATUS_OK
                                 ? loop->items[i].reply
                                 : edge_reply(loop->items[i].request.id, away, NULL, loop->inbox);
        bus_reply(&loop->command, &waiting->letter.from, reply);
        queue_done(loop->queue, waiting);
    }
    bus_flush(&loop->command);
}

static enum status work(struct loop *loop)
{
    const void *memory = loop->engine.memory;
    enum status status =
        batch_run(&loop->engine, loop->items, loop->n_items, business_ms(), loop->arena);
    speak_all(loop, status);
    if (loop->engine.memory != memory)
        atomic_fetch_add(&loop->generation, 1);
    for (int i = 0; i < loop->engine.n_follows && loop->hears && status == STATUS_OK; i++)
        follower_done(loop->followers[i]);
    arena_reset(loop->arena);
    return status;
}

/* Keys and replies are kept for a stated time. */
static enum status prune(struct loop *loop)
{
    if (monotonic_ms() < loop->prune_ms)
        return STATUS_OK;
    loop->prune_ms = monotonic_ms() + PRUNE_MS;
    return pgstore_prune(loop->store,
                         business_ms() - config_number(loop->config, "keys_kept_days") * 86400000);
}

/* False: end the process (its launcher starts it again). */
static bool turn(struct loop *loop)
{
    journal_lane_drain(loop);
    if (gathering(loop)) {
        feed_answer(loop->feed, &loop->journal, loop->inbox);
        return true;
    }
    drain_commands(loop);
    if (loop->store == NULL)
        return !reopen(loop);
    enum status status = collect(loop);
    if (status == STATUS_OK && loop->n_items > 0)
        status = work(loop);
    else if (status == STATUS_OK && !pgstore_alive(loop->store))
        status = STATUS_LOST; /* and with it the right to write: better known now than at the next
                                 command */
    feed_answer(loop->feed, &loop->journal, loop->inbox);
    if (status == STATUS_OK)
        status = prune(loop);
    if (status == STATUS_REWOUND || status == STATUS_FAILED || status == STATUS_INVALID) {
        log_error(0, "service.stops", "%s", status_name(status));
        return false;
    }
    if (status != STATUS_OK) {
        close_store(loop);
        return true;
    }
    went_well(loop);
    return true;
}

/* ---- waiting for something to do */

static int idle_ms(const struct loop *loop)
{
    if (loop->journal.more || (loop->command.more && !gathering(loop)))
        return 0; /* of a frame that is half read no socket tells */
    /* A driven clock jumps without telling: whoever waits for an instant looks again and again. */
    int64_t wait = loop->driven && loop->service->tick != NULL ? DRIVEN_IDLE_MS : IDLE_MS;
    int held = feed_wait_ms(loop->feed);
    if (held >= 0 && held < wait)
        wait = held;
    if (loop->store == NULL)
        return (int)(wait < REOPEN_MIN_MS ? wait : REOPEN_MIN_MS);
    int64_t gather = loop->gather_until_ms - monotonic_ms();
    if (gather > 0)
        return (int)(gather < wait ? gather : wait);
    if (queue_length(loop->queue) > 0)
        return 0;
    int64_t events = loop->events_until_ms - monotonic_ms();
    if (loop->pressed && events > 0 && events < wait)
        wait = events;
    int64_t now_ms = business_ms(), wake_ms = loop->engine.wake_ms;
    if (loop->service->tick != NULL && wake_ms < now_ms + wait)
        wait = wake_ms > now_ms ? wake_ms - now_ms : 0;
    return (int)wait;
}

static bool wait_for_work(struct loop *loop)
{
    zmq_pollitem_t polls[3 + FOLLOWS_MAX] = {{NULL, loop->signals, ZMQ_POLLIN, 0},
                                             {loop->journal.router, 0, ZMQ_POLLIN, 0},
                                             {loop->command.router, 0, ZMQ_POLLIN, 0}};
    int n = 3;
    for (int i = 0; i < loop->engine.n_follows; i++)
        polls[n++] = (zmq_pollitem_t){follower_socket(loop->followers[i]), 0, ZMQ_POLLIN, 0};
    int wait_ms = idle_ms(loop); /* before the next line: nothing begins to gather in between */
    zmq_poll(polls, gathering(loop) ? 2 : events_wait(loop) ? 3 : n, wait_ms);
    return (polls[0].revents & ZMQ_POLLIN) == 0;
}

/* ---- from start to stop */

static bool open_bus(struct loop *loop)
{
    if (!bus_bind(&loop->bus, loop->service->name, LANE_COMMAND, &loop->command) ||
        !bus_bind(&loop->bus, loop->service->name, LANE_JOURNAL, &loop->journal))
        return false;
    for (int i = 0; i < loop->engine.n_follows; i++) {
        loop->followers[i] =
            follower_new(&loop->bus, loop->service->follows[i].stream, loop->service->name);
        if (loop->followers[i] == NULL)
            return false;
        follower_seek(loop->followers[i], &loop->engine.cursors[i]);
    }
    loop->readers = readers_start(&loop->bus, loop->service, loop->config, &loop->generation);
    return loop->readers != NULL;
}

static bool told_to_stop(const struct loop *loop, int wait_ms)
{
    struct pollfd fd = {loop->signals, POLLIN, 0};
    heartbeat_beat();
    return poll(&fd, 1, wait_ms) > 0;
}

/* Wait for the right to write. One that waits binds nothing. */
static enum status become_writer(struct loop *loop)
{
    for (;;) {
        enum status status = open_store(loop);
        if (status == STATUS_OK || status == STATUS_FAILED || status == STATUS_INVALID)
            return status;
        heartbeat_state(status == STATUS_DENIED ? "standby" : "waiting for the database");
        if (told_to_stop(loop, status == STATUS_DENIED ? STANDBY_MS : REOPEN_MIN_MS))
            return STATUS_AGAIN;
    }
}

/* A simulation's clock may be driven, a working hall's never. */
static enum status drive_clock(struct loop *loop)
{
    const char *path = config_text(loop->config, "clock_file"), *kind = "";
    loop->driven = path[0] != '\0';
    if (!loop->driven)
        return STATUS_OK;
    enum status status = pgstore_kind(loop->store, loop->arena, &kind);
    if (status == STATUS_OK && strcmp(kind, "working") != 0)
        status = business_drive(path);
    else if (status == STATUS_OK)
        status = STATUS_DENIED;
    if (status != STATUS_OK)
        log_error(0, "clock.refused", "clock_file is for a simulated hall; this one is %s: %s",
                  kind[0] == '\0' ? "of no known kind" : kind, status_name(status));
    return status;
}

static int serve(struct loop *loop)
{
    enum status status = become_writer(loop);
    if (status == STATUS_OK)
        status = drive_clock(loop);
    if (status == STATUS_AGAIN)
        return PROGRAM_OK;
    if (status != STATUS_OK || bus_guard(&loop->bus) != STATUS_OK || !open_bus(loop))
        return PROGRAM_FAILED;
    do {
        heartbeat_beat();
        arena_reset(loop->inbox);
        if (!turn(loop))
            return PROGRAM_FAILED;
    } while (wait_for_work(loop));
    log_info(0, "service.stops", "as it was told");
    return PROGRAM_OK;
}

static void close_all(struct loop *loop)
{
    for (int i = 0; i < FOLLOWS_MAX; i++)
        follower_free(&loop->followers[i]);
    feed_free(&loop->feed);
    queue_free(&loop->queue);
    bus_unbind(&loop->command);
    bus_unbind(&loop->journal);
    if (loop->bus.zmq != NULL)
        bus_shut(&loop->bus);
    readers_stop(&loop->readers);
    bus_close(&loop->bus);
    pgstore_free(&loop->store);
    engine_close(&loop->engine);
    free(loop->items);
    arena_free(&loop->inbox);
    arena_free(&loop->arena);
}

static void prepare(struct loop *loop)
{
    size_t memory = (size_t)config_number(loop->config, "memory_max");
    loop->reopen_wait_ms = REOPEN_MIN_MS;
    loop->batch_max = (size_t)config_number(loop->config, "batch_max");
    loop->inbox = arena_new(memory);
    loop->arena = arena_new(memory);
    loop->items = calloc(loop->batch_max + FOLLOWS_MAX * FOLLOWER_EVENTS + 1, sizeof *loop->items);
    must(loop->items != NULL);
    loop->queue = queue_new((size_t)config_number(loop->config, "queue_max"));
    loop->feed = feed_new(loop->config, &loop->engine);
}

static int run(const struct invocation *invocation)
{
    static struct loop loop;
    loop.service = invocation->context;
    loop.config = invocation->config;
    loop.signals = invocation->stop_fd;
    must(sodium_init() >= 0);
    heartbeat_open();
    prepare(&loop);
    int code = bus_open(&loop.bus, loop.config, loop.service->name) == STATUS_OK ? serve(&loop)
                                                                                 : PROGRAM_FAILED;
    close_all(&loop);
    return code;
}

int service_main(int argc, char **argv, const struct service *service)
{
    static const struct setting none[] = {{.name = NULL}};
    const struct setting *const tables[] = {service->settings == NULL ? none : service->settings,
                                            common_settings, NULL};
    const struct program program = {.name = service->name,
                                    .purpose = "One of the services of a hall.",
                                    .settings = tables,
                                    .stops = true,
                                    .run = run,
                                    .context = service};
    return program_main(argc, argv, &program);
}
