/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/command_lane.h"

#include "common/base/monotonic.h"
#include "common/service/batch.h"
#include "common/service/loop_clock.h"
#include "common/service/traced.h"
#include "common/values/log.h"

enum { LOGGED_A_BATCH = 8, FAULT_EVERY_MS = 100 };

static const struct outcome busy = {ONEDOOR__CODE__RESOURCE_EXHAUSTED, ONEDOOR__REASON__BUSY,
                                    "too many are waiting: ask again shortly", NULL};
static const struct outcome away = {ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                                    "the database is not reachable now", NULL};
static const struct outcome late = {ONEDOOR__CODE__DEADLINE_EXCEEDED, ONEDOOR__REASON__LATE,
                                    "its time was up before work began", NULL};

/* Answer without work. The envelope is opened for its id alone. */
static void turn_away(struct loop *loop, struct envelope *envelope, struct outcome why)
{
    struct request request;
    struct outcome outcome = mailbox_read(envelope, loop->inbox, &request);
    mailbox_reply(&loop->command, &envelope->from,
                  edge_reply(request.id, is_ok(outcome) ? why : outcome, NULL, loop->inbox));
}

void command_lane_drain(struct loop *loop)
{
    bool open = loop_state_is_open(loop->state);
    for (size_t i = 0; i < loop->batch_max * 2; i++) {
        struct envelope envelope;
        if (mailbox_receive(&loop->command, &envelope, ZMQ_DONTWAIT) != STATUS_OK)
            break;
        if (open && queue_push(loop->queue, &envelope, monotonic_ms()))
            continue;
        loop->busy++;
        turn_away(loop, &envelope, open ? busy : away);
        mailbox_drop(&envelope);
    }
    mailbox_flush(&loop->command);
}

/* The sending program is at fault: it is of another version, or has not the right. What a person
 * got wrong is an answer and not logged. Such a program must not fill the disk with our log either.
 */
static void log_fault(struct loop *loop, const struct request *request, struct outcome outcome,
                      int64_t now_ms)
{
    if (outcome.code != ONEDOOR__CODE__UNIMPLEMENTED &&
        outcome.code != ONEDOOR__CODE__PERMISSION_DENIED)
        return;
    if (now_ms - loop->fault_logged_ms < FAULT_EVERY_MS)
        return;
    loop->fault_logged_ms = now_ms;
    log_trace(&request->trace);
    log_warn(0, "command.refused", "%s: %s", request->type, outcome.detail);
    log_trace(NULL);
}

/* Have it wait until more is heard, or until its wait is over. */
static bool set_aside(struct loop *loop, struct waiting *waiting, const struct request *request,
                      enum aside_until until)
{
    struct aside_entry entry = {waiting->envelope, request->seen, until, waiting->arrived_ms,
                                aside_give_up_ms(waiting->arrived_ms,
                                                 config_number(loop->config, "seen_wait_ms"),
                                                 request)};
    if (!aside_put(loop->aside, &entry, monotonic_ms()))
        return false;
    queue_left(waiting);
    return true;
}

/* One waiting command into the batch or aside, or its refusal out. One that may not be done, for
 * the reason `unless_done` or as it is late, goes into the batch too: it may have been done before.
 */
static void admit(struct loop *loop, struct waiting *waiting, int64_t now_ms,
                  const struct outcome *unless_done)
{
    struct request request;
    struct item *item = &loop->items[loop->n_items];
    struct envelope *envelope = &waiting->envelope;
    struct outcome outcome = mailbox_read(envelope, loop->inbox, &request);
    if (is_ok(outcome))
        outcome = mailbox_allows(&loop->command, envelope, PEER_DESK, &request.actor);
    if (is_ok(outcome) && now_ms - waiting->arrived_ms >= (int64_t)request.remaining_ms) {
        loop->late++;
        unless_done = &late;
    }
    if (is_ok(outcome) && unless_done == NULL && !reach_heard(&loop->engine.reach, &request.seen)) {
        if (set_aside(loop, waiting, &request, ASIDE_HEARD))
            return;
        outcome = edge_not_yet;
    }
    bool is_role_judged = is_ok(outcome);
    if (is_role_judged)
        outcome = engine_admit(loop->service, &request, loop->inbox, item);
    if (is_ok(outcome)) {
        traced_begin(loop, item);
        item->origin = waiting;
        item->unless_done = unless_done;
        loop->n_items++;
        return;
    }
    engine_refused(&loop->engine, outcome.reason);
    if (is_role_judged)
        mailbox_note_refusal(&loop->command, envelope, &request, outcome.reason);
    log_fault(loop, &request, outcome, now_ms);
    mailbox_reply(&loop->command, &envelope->from,
                  edge_reply(request.id, outcome, NULL, loop->inbox));
    queue_done(waiting);
}

void command_lane_wake(struct loop *loop)
{
    struct aside_entry entry;
    while (queue_has_room(loop->queue) &&
           aside_take(loop->aside, &loop->engine.reach, monotonic_ms(), &entry))
        queue_push(loop->queue, &entry.envelope, entry.arrived_ms);
}

static void take(struct loop *loop, const struct outcome *unless_done)
{
    int64_t now_ms = monotonic_ms();
    size_t room = (size_t)config_number(loop->config, "memory_max") / 2;
    struct waiting *waiting;
    while (loop->n_items < loop->batch_max && arena_used(loop->inbox) < room &&
           (waiting = queue_take(loop->queue)) != NULL)
        admit(loop, waiting, now_ms, unless_done);
    mailbox_flush(&loop->command); /* the refusals: they need not wait for the database */
}

void command_lane_take(struct loop *loop)
{
    take(loop, NULL);
}

enum status command_lane_refuse(struct loop *loop)
{
    const struct outcome why = loop_clock_doubted(loop, loop->inbox);
    enum status status = STATUS_OK;
    loop->n_items = 0;
    take(loop, &why);
    if (loop->n_items > 0) {
        status = batch_look_up(&loop->engine, loop->items, loop->n_items, loop->arena);
        command_lane_answer(loop, status);
        arena_reset(loop->arena);
    }
    loop->n_items = 0;
    return status;
}

/* Which commands of a batch were answered with UNAVAILABLE: the first few, since a database that is
 * away for long fails batch after batch. */
static void log_unsaved(const struct loop *loop, enum status status)
{
    int logged = 0;
    for (size_t i = 0; i < loop->n_items && logged < LOGGED_A_BATCH; i++) {
        const struct item *item = &loop->items[i];
        if (item->kind != ITEM_COMMAND)
            continue;
        log_trace(&item->trace);
        log_warn(0, "command.unsaved", "%s: %s", item->request.type, status_name(status));
        log_trace(NULL);
        logged++;
    }
}

void command_lane_answer(struct loop *loop, enum status status)
{
    int64_t now_ms = monotonic_ms();
    if (status != STATUS_OK)
        log_unsaved(loop, status);
    for (size_t i = 0; i < loop->n_items; i++) {
        struct item *item = &loop->items[i];
        if (item->kind != ITEM_COMMAND)
            continue;
        struct waiting *waiting = item->origin;
        if (status == STATUS_OK && item->early &&
            set_aside(loop, waiting, &item->request, ASIDE_SETTLED))
            continue;
        /* UNAVAILABLE: it may or may not be saved. The caller asks again with the same id. */
        struct bytes reply = status == STATUS_OK
                                 ? item->reply
                                 : edge_reply(item->request.id, away, NULL, loop->inbox);
        if (status == STATUS_OK)
            mailbox_note_refusal(&loop->command, &waiting->envelope, &item->request, item->refused);
        mailbox_reply(&loop->command, &waiting->envelope.from, reply);
        histogram_add(&loop->commands, now_ms - waiting->arrived_ms);
        traced_command(loop, item, waiting->arrived_ms, status != STATUS_OK);
        queue_done(waiting);
    }
    mailbox_flush(&loop->command);
}
