/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/batch.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/rowset.h"
#include "common/service/decide.h"
#include "common/service/journal.h"
#include "common/values/log.h"

/* ---- one transaction */

/* Each due index was read up to its first row in the future: tick at that instant, or at once when
 * more is due than was asked for. */
static void wake_for_due(struct turn *turn)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++) {
        int due = 0;
        for (size_t i = 0; set->due_limit > 0 && i < set->n_rows; i++) {
            size_t offset = set->table->columns[table_due_column(set->table)].offset;
            int64_t at_ms = *(const int64_t *)((const char *)set->rows[i]->data + offset);
            if (at_ms > turn->now_ms - set->late_ms)
                turn_wake(turn, at_ms + set->late_ms);
            else if (at_ms > 0)
                due++;
        }
        if (set->due_limit > 0 && due >= set->due_limit)
            turn_wake(turn, turn->now_ms);
    }
}

/* What deciding moves on, to be set back when the batch is not saved. */
struct snapshot {
    struct position head, cursors[FOLLOWS_MAX];
    size_t n_held;
    struct tally tally;
};

static void take_snapshot(const struct engine *engine, struct snapshot *snapshot)
{
    snapshot->head = engine->head;
    memcpy(snapshot->cursors, engine->cursors, sizeof snapshot->cursors);
    snapshot->n_held = engine->n_held;
    snapshot->tally = engine->tally;
}

static void restore(struct engine *engine, const struct snapshot *snapshot)
{
    engine->head = snapshot->head;
    memcpy(engine->cursors, snapshot->cursors, sizeof snapshot->cursors);
    engine->n_held = snapshot->n_held;
    engine->tally = snapshot->tally;
}

static void count_rows(struct engine *engine, struct turn *turn)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++)
        for (size_t i = 0; i < set->n_rows; i++)
            engine->tally.saved_rows +=
                set->rows[i]->state != ROW_LOADED && set->rows[i]->state != ROW_DROPPED;
}

static bool reference_changed(struct turn *turn)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++)
        for (size_t i = 0; set->table->reference && i < set->n_rows; i++)
            if (set->rows[i]->state != ROW_LOADED)
                return true;
    return false;
}

static enum status settle(struct engine *engine, struct turn *turn, const struct event *events,
                          bool ticked)
{
    engine->tally.batches++;
    engine->tally.said += (int64_t)turn->n_said;
    count_rows(engine, turn);
    engine->last_ms = turn->now_ms;
    engine_move(engine);
    if (ticked) {
        engine->ticked_ms = turn->now_ms;
        sealing_saved(&engine->sealing);
    }
    walking_saved(&engine->walking, turn);
    engine->wake_ms = ticked || turn->wake_ms < engine->wake_ms ? turn->wake_ms : engine->wake_ms;
    if (engine->on_commit != NULL && turn->n_said > 0)
        engine->on_commit(engine->context, events, turn->n_said);
    return reference_changed(turn) ? engine_read_memory(engine) : STATUS_OK;
}

static enum status run_once(struct engine *engine, struct item *items, size_t n, int64_t now_ms,
                            struct arena *arena)
{
    struct turn turn = {.service = engine->service,
                        .arena = arena,
                        .seal = engine->seal,
                        .memory = engine->memory,
                        .centre = engine->centre,
                        .now_ms = now_ms < engine->last_ms ? engine->last_ms : now_ms,
                        .wake_ms = INT64_MAX};
    struct snapshot before;
    take_snapshot(engine, &before);
    rowset_open(&turn);
    journal_bring(engine, &turn);
    decide_need(engine, &turn, items, n);
    enum status status = engine->store->ops->load(engine->store, &turn);
    if (status == STATUS_OK && decide_need_more(engine, &turn, items, n))
        status = engine->store->ops->load(engine->store, &turn);
    if (status != STATUS_OK)
        return status;
    wake_for_due(&turn);
    decide_all(engine, &turn, items, n);
    struct event *events = journal_write(engine, &turn);
    status = engine->store->ops->save(engine->store, &turn);
    if (status != STATUS_OK) {
        restore(engine, &before);
        return status;
    }
    return settle(engine, &turn, events, n > 0 && items[n - 1].kind == ITEM_TICK);
}

enum status batch_look_up(struct engine *engine, struct item *items, size_t n, struct arena *arena)
{
    struct turn turn = {.service = engine->service,
                        .arena = arena,
                        .seal = engine->seal,
                        .memory = engine->memory,
                        .centre = engine->centre,
                        .now_ms = engine->last_ms,
                        .wake_ms = INT64_MAX};
    rowset_open(&turn);
    decide_need(engine, &turn, items, n);
    enum status status = engine->store->ops->load(engine->store, &turn);
    if (status == STATUS_OK)
        decide_all(engine, &turn, items, n);
    must(turn.changes == 0);
    return status;
}

/* ---- halves of it */

/* The database refuses this item even alone: a command is answered with an error, an event is
 * parked. A tick or a parked event that cannot be saved is a bug. */
static enum status give_up(struct engine *engine, struct item *item, int64_t now_ms,
                           struct arena *arena)
{
    if (item->kind == ITEM_COMMAND) {
        struct outcome outcome = {ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE,
                                  "this could not be stored; the hall's operator is told", NULL};
        item->reply = edge_reply(item->request.id, outcome, NULL, arena);
        log_trace(&item->trace);
        log_error(0, "command.unsaveable", "%s", item->request.type);
        log_trace(NULL);
        return STATUS_OK;
    }
    enum status status = STATUS_UNSAVEABLE;
    if (item->kind == ITEM_EVENT && item->hearing != NULL) {
        item->poison = true;
        status = run_once(engine, item, 1, now_ms, arena);
    }
    if (status == STATUS_UNSAVEABLE)
        panic("%s: the database refuses a tick or a parked event", engine->service->name);
    return status;
}

enum status batch_run(struct engine *engine, struct item *items, size_t n, int64_t now_ms,
                      struct arena *arena)
{
    enum status status = run_once(engine, items, n, now_ms, arena);
    if ((int64_t)n > engine->tally.largest_batch)
        engine->tally.largest_batch = (int64_t)n;
    if (status != STATUS_UNSAVEABLE)
        return status;
    if (n == 1)
        return give_up(engine, &items[0], now_ms, arena);
    engine->tally.halved++;
    log_warn(0, "batch.halved", "the database refuses %zu items together", n);
    status = batch_run(engine, items, n / 2, now_ms, arena);
    return status != STATUS_OK ? status
                               : batch_run(engine, items + n / 2, n - n / 2, now_ms, arena);
}

/* ---- parked events, tried again */

enum { RETRY_MAX = 256 }; /* of up to 64 KiB each */

enum status batch_retry(struct engine *engine, int64_t case_number, int64_t now_ms,
                        struct arena *arena)
{
    struct parked_row *rows;
    size_t n, wanted = 0;
    enum status status =
        engine->store->ops->parked(engine->store, case_number, RETRY_MAX, arena, &rows, &n);
    if (status != STATUS_OK)
        return status;
    struct item *items = ARENA_ARRAY(arena, struct item, n + 1);
    for (size_t i = 0; i < n; i++) {
        int follow = engine_follow(engine->service, rows[i].stream);
        if (follow < 0)
            continue;
        struct event event = {.seq = rows[i].seq,
                              .type = rows[i].type,
                              .version = 1,
                              .case_number = case_number,
                              .at_ms = rows[i].at_ms,
                              .actor = rows[i].actor,
                              .payload = rows[i].payload};
        engine_hear(engine, follow, &event, &items[wanted]);
        items[wanted++].kind = ITEM_RETRY;
    }
    if (wanted == 0)
        return STATUS_OK;
    status = run_once(engine, items, wanted, now_ms, arena);
    return status != STATUS_OK ? status : engine_read_parked(engine, arena);
}

/* ---- a note */

enum status batch_note(struct engine *engine, const char *actor, const ProtobufCMessage *message,
                       int64_t now_ms, struct arena *arena)
{
    struct item item = {.kind = ITEM_NOTE, .request.actor.id = actor, .message = message};
    int64_t last_ms = engine->last_ms;
    engine->last_ms = now_ms;
    enum status status = run_once(engine, &item, 1, now_ms, arena);
    if (status != STATUS_OK)
        engine->last_ms = last_ms;
    return status;
}
