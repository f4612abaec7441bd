/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/loop.h"

#include <poll.h>

#include "common/base/business.h"
#include "common/base/heartbeat.h"
#include "common/base/monotonic.h"
#include "common/service/batch.h"
#include "common/service/command_lane.h"
#include "common/service/journal_lane.h"
#include "common/service/loop_clock.h"
#include "common/service/traced.h"
#include "common/values/log.h"

enum { STANDBY_MS = 500 };

static void move(struct loop *loop, enum loop_event event)
{
    enum loop_state before = loop->state;
    loop->state = loop_state_after(before, event);
    const char *text = loop_state_text(loop->state);
    if (text != NULL)
        heartbeat_state(text);
    if (before == LOOP_OPENED && loop->state == LOOP_READY)
        log_info(0, "service.ready", "journal at %lld", (long long)loop->engine.head.seq);
}

/* ---- the database */

static void publish(void *context, const struct event *events, size_t n)
{
    feed_append(((struct loop *)context)->feed, events, n);
}

static void close_store(struct loop *loop)
{
    if (loop->engine.state == ENGINE_OPEN) {
        loop->statements_before += pgstore_statements(loop->store);
        loop->waited_before_ms += pgstore_waited_ms(loop->store);
    }
    pgstore_free(&loop->store);
    engine_lose(&loop->engine);
}

static enum loop_event event_of(enum status opening)
{
    switch (opening) {
    case STATUS_OK:
        return LOOP_ON_OPENED;
    case STATUS_DENIED:
        return LOOP_ON_DENIED;
    case STATUS_FAILED:
    case STATUS_INVALID:
        return LOOP_ON_UNFIT;
    default:
        return LOOP_ON_UNREACHABLE;
    }
}

/* Head, cursors and the feed begin anew from what the tables hold. */
static void open_store(struct loop *loop)
{
    enum status status = pgstore_open(&loop->store, loop->service, loop->config, true);
    if (status == STATUS_OK)
        status =
            engine_open(&loop->engine, loop->service, pgstore_store(loop->store), loop->config);
    if (status == STATUS_OK) {
        loop->clock_compared_ms = 0;
        loop->engine.on_commit = publish;
        loop->engine.context = loop;
        feed_reset(loop->feed);
        pace_opened(&loop->pace);
    } else {
        close_store(loop);
    }
    move(loop, event_of(status));
}

void loop_follow(struct loop *loop)
{
    for (int i = 0; i < loop->engine.n_follows; i++)
        follower_seek(loop->followers[i], &loop->engine.cursors[i]);
}

static void reopen(struct loop *loop)
{
    if (!pace_may_reopen(&loop->pace, monotonic_ms()))
        return;
    open_store(loop);
    if (loop->state == LOOP_OPENED) {
        loop_follow(loop);
        return;
    }
    pace_lost(&loop->pace, monotonic_ms());
    if (pace_displaced(&loop->pace, monotonic_ms(), loop->state == LOOP_DISPLACED)) {
        log_error(0, "service.stops", "another process is the writer");
        move(loop, LOOP_ON_OVERDUE);
    }
}

static bool told_to_stop(const struct loop *loop, int wait_ms)
{
    struct pollfd fd = {loop->signals, POLLIN, 0};
    heartbeat_beat();
    return poll(&fd, 1, wait_ms) > 0;
}

void loop_become_writer(struct loop *loop)
{
    for (;;) {
        open_store(loop);
        if (loop->state == LOOP_OPENED || loop->state == LOOP_FAILED)
            return;
        if (told_to_stop(loop, loop->state == LOOP_STANDBY ? STANDBY_MS : PACE_REOPEN_MIN_MS)) {
            move(loop, LOOP_ON_STOP);
            return;
        }
    }
}

/* ---- a turn */

static void take_events(struct loop *loop)
{
    for (int i = 0; i < loop->engine.n_follows; i++) {
        size_t n;
        const struct event *events = follower_events(loop->followers[i], &n);
        for (size_t e = 0; e < n; e++) {
            engine_hear(&loop->engine, i, &events[e], &loop->items[loop->n_items]);
            traced_begin(loop, &loop->items[loop->n_items++]);
        }
    }
}

static bool is_behind(const struct loop *loop)
{
    for (int i = 0; i < loop->engine.n_follows; i++)
        if (follower_behind(loop->followers[i]))
            return true;
    return false;
}

static enum status collect(struct loop *loop, enum pace_scope scope)
{
    loop->n_items = 0;
    for (int i = 0; i < loop->engine.n_follows && scope == PACE_ALL; i++)
        if (follower_turn(loop->followers[i]) != STATUS_OK)
            return STATUS_REWOUND;
    command_lane_take(loop);
    if (scope == PACE_ALL)
        take_events(loop);
    pace_took(&loop->pace, monotonic_ms(), scope, loop->n_items, is_behind(loop));
    if (loop->service->tick != NULL && loop->engine.wake_ms <= business_ms())
        loop->items[loop->n_items++] = (struct item){.kind = ITEM_TICK};
    return STATUS_OK;
}

/* What the owners of the followed journals tell: it holds once their events are saved. */
static void learn(struct loop *loop)
{
    for (int i = 0; i < loop->engine.n_follows; i++) {
        const struct marks *heard = follower_heard(loop->followers[i]);
        if (heard != NULL)
            engine_learn(&loop->engine, i, heard);
    }
}

static enum status run_batch(struct loop *loop, enum pace_scope scope)
{
    int64_t began_ms = monotonic_ms();
    enum status status =
        batch_run(&loop->engine, loop->items, loop->n_items, business_ms(), loop->arena);
    bool ticked = loop->items[loop->n_items - 1].kind == ITEM_TICK;
    walking_took(&loop->engine.walking, ticked, monotonic_ms() - began_ms);
    histogram_add(&loop->batches, monotonic_ms() - began_ms);
    if (status == STATUS_OK)
        traced_events(loop, began_ms);
    command_lane_answer(loop, status);
    for (int i = 0; i < loop->engine.n_follows && scope == PACE_ALL && status == STATUS_OK; i++)
        follower_done(loop->followers[i]);
    arena_reset(loop->arena);
    return status;
}

/* Keys and replies are kept for a stated time. */
static enum status prune(struct loop *loop)
{
    if (!pace_prunes(&loop->pace, monotonic_ms()))
        return STATUS_OK;
    return pgstore_prune(loop->store,
                         business_ms() - config_number(loop->config, "keys_kept_days") * 86400000);
}

static enum status wait_for_clock(struct loop *loop)
{
    enum status status = command_lane_refuse(loop);
    if (status != STATUS_OK)
        return status;
    return pgstore_alive(loop->store) ? STATUS_OK : STATUS_LOST;
}

static enum status work(struct loop *loop, enum pace_scope scope)
{
    enum status status = loop_clock_look(loop);
    if (status == STATUS_OK && !loop_clock_trusted(loop))
        return wait_for_clock(loop);
    if (status == STATUS_OK)
        status = collect(loop, scope);
    if (status == STATUS_OK && loop->n_items > 0)
        status = run_batch(loop, scope);
    else if (status == STATUS_OK && !pgstore_alive(loop->store))
        status =
            STATUS_LOST; /* and the right to write with it: notice it before the next command */
    if (status == STATUS_OK && scope == PACE_ALL)
        learn(loop);
    return status == STATUS_OK ? prune(loop) : status;
}

static void conclude(struct loop *loop, enum status status)
{
    switch (status) {
    case STATUS_OK:
        if (loop->n_items > 0)
            pace_saved(&loop->pace);
        move(loop, loop_clock_trusted(loop) ? LOOP_ON_WORKED : LOOP_ON_DOUBT);
        return;
    case STATUS_REWOUND:
    case STATUS_FAILED:
    case STATUS_INVALID:
        log_error(0, "service.stops", "%s", status_name(status));
        move(loop, LOOP_ON_BROKEN);
        return;
    default:
        close_store(loop);
        pace_lost(&loop->pace, monotonic_ms());
        move(loop, LOOP_ON_LOST);
    }
}

static void turn(struct loop *loop)
{
    enum status status = journal_lane_drain(loop);
    enum pace_scope scope = pace_scope(&loop->pace, monotonic_ms());
    if (status != STATUS_OK) {
        conclude(loop, status);
    } else if (scope != PACE_JOURNAL) {
        command_lane_drain(loop);
        if (loop_state_is_open(loop->state))
            conclude(loop, work(loop, scope));
        else
            reopen(loop);
    }
    readers_tell(loop->readers, &loop->engine.reach);
    command_lane_wake(loop);
    feed_answer(loop->feed, &loop->journal);
}

/* ---- waiting for something to do */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static bool works(const struct loop *loop)
{
    return loop_state_is_open(loop->state) && loop_clock_trusted(loop);
}

static int wait_ms(const struct loop *loop, int64_t now_ms)
{
    struct pace_demand demand = {
        .open = loop_state_is_open(loop->state),
        .doubted = !loop_clock_trusted(loop),
        .journal_unread = loop->journal.more,
        .command_unread = loop->command.more,
        .queued = queue_length(loop->queue),
        .held_ms = least(feed_wait_ms(loop->feed, now_ms), aside_wait_ms(loop->aside, now_ms)),
        .tick_ms = PACE_NEVER,
    };
    if (loop->service->tick != NULL && loop->engine.wake_ms != INT64_MAX)
        demand.tick_ms =
            loop->engine.wake_ms == INT64_MIN ? 0 : loop->engine.wake_ms - business_ms();
    return pace_wait_ms(&loop->pace, now_ms, &demand);
}

static void wait_for_work(struct loop *loop)
{
    zmq_pollitem_t polls[3 + FOLLOWS_MAX] = {{NULL, loop->signals, ZMQ_POLLIN, 0},
                                             {loop->journal.router, 0, ZMQ_POLLIN, 0},
                                             {loop->command.router, 0, ZMQ_POLLIN, 0}};
    static const int n_polls[] = {[PACE_JOURNAL] = 2, [PACE_COMMANDS] = 3, [PACE_ALL] = 3};
    int64_t now_ms = monotonic_ms();
    enum pace_scope scope = pace_polls(&loop->pace, now_ms, works(loop));
    int n = n_polls[scope];
    for (int i = 0; i < loop->engine.n_follows && scope == PACE_ALL; i++) {
        void *socket = follower_socket(loop->followers[i]); /* null while its link is down */
        if (socket != NULL)
            polls[n++] = (zmq_pollitem_t){socket, 0, ZMQ_POLLIN, 0};
    }
    zmq_poll(polls, n, wait_ms(loop, now_ms));
    if ((polls[0].revents & ZMQ_POLLIN) == 0)
        return;
    log_info(0, "service.stops", "as it was told");
    move(loop, LOOP_ON_STOP);
}

void loop_run(struct loop *loop)
{
    while (!loop_state_is_over(loop->state)) {
        heartbeat_beat();
        arena_reset(loop->inbox);
        turn(loop);
        if (!loop_state_is_over(loop->state))
            wait_for_work(loop);
    }
}
