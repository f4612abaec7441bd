/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/batch.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/rowset.h"
#include "common/rows/said.h"
#include "common/service/engine_inside.h"
#include "common/values/log.h"
#include "common/wire/message.h"

/* ---- load: what each item needs */

static struct heard heard_of(const struct engine *engine, const struct item *item)
{
    return (struct heard){
        .stream = engine->service->follows[item->follow].stream,
        .type = item->event.type,
        .seq = item->event.seq,
        .case_number = item->event.case_number,
        .at_ms = item->event.at_ms,
        .actor = item->event.actor,
        .message = item->message,
    };
}

static void need_command(struct turn *turn, struct item *item)
{
    struct command_row key = {.centre = turn->centre};
    memcpy(key.id, item->request.id, sizeof key.id);
    rows_want(turn, &command_table, &key);
    if (item->route->need != NULL)
        item->route->need(turn, &(struct call){&item->request.actor, item->message, NULL});
}

static void need_event(const struct engine *engine, struct turn *turn, struct item *item)
{
    if (item->kind == ITEM_RETRY)
        rows_want(
            turn, &parked_table,
            &(struct parked_row){.centre = turn->centre, .case_number = item->event.case_number});
    if (item->hearing == NULL || item->poison ||
        (item->kind == ITEM_EVENT && engine_holds(engine, item->event.case_number)))
        return;
    item->message = message_unpack(item->hearing->message, item->event.payload, turn->arena);
    struct heard heard = heard_of(engine, item);
    if (item->message != NULL && item->hearing->need != NULL)
        item->hearing->need(turn, &heard);
}

static void need_all(struct engine *engine, struct turn *turn, struct item *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].kind == ITEM_COMMAND)
            need_command(turn, &items[i]);
        else if (items[i].kind != ITEM_TICK)
            need_event(engine, turn, &items[i]);
        else if (engine->service->tick_need != NULL)
            engine->service->tick_need(turn);
    }
}

/* ---- decide */

static void decide_command(struct engine *engine, struct turn *turn, struct item *item)
{
    struct command_row key = {.centre = turn->centre, .done_ms = turn->now_ms};
    memcpy(key.id, item->request.id, sizeof key.id);
    const struct command_row *done = rows_find(turn, &command_table, &key);
    if (done != NULL) {
        bool same = done->digest.len == sizeof item->digest &&
                    memcmp(done->digest.data, item->digest, sizeof item->digest) == 0;
        struct outcome reused = {ONEDOOR__CODE__ALREADY_EXISTS, ONEDOOR__REASON__KEY_REUSED,
                                 "this id was used for another request", NULL};
        item->reply = same ? done->reply : edge_reply(item->request.id, reused, NULL, turn->arena);
        engine->tally.repeats++;
        return;
    }
    struct call call = {&item->request.actor, item->message, NULL};
    size_t changes = turn->changes;
    turn->speaker = item->request.actor.id;
    struct outcome outcome = item->route->handle(turn, &call);
    if (!is_ok(outcome)) {
        if (turn->changes != changes)
            panic("%s was refused after it had changed something", item->request.type);
        engine->tally.refusals++;
    }
    item->reply = edge_reply(item->request.id, outcome, call.reply, turn->arena);
    key.digest = (struct bytes){item->digest, sizeof item->digest};
    key.reply = item->reply;
    rows_add(turn, &command_table, &key);
    engine->tally.commands++;
}

/* A poison event must not stop its stream: it waits with its reason, and with it what comes later
 * for the same case. */
static void park(struct engine *engine, struct turn *turn, const struct item *item,
                 const char *reason)
{
    const struct event *event = &item->event;
    const char *stream = engine->service->follows[item->follow].stream;
    rows_add(turn, &parked_table,
             &(struct parked_row){turn->centre, event->case_number, stream, event->seq, event->type,
                                  event->at_ms, event->actor, event->payload, reason});
    engine_hold(engine, event->case_number);
    engine->tally.parked++;
    log_warn(event->case_number, "event.parked", "%s %lld %s: %s", stream, (long long)event->seq,
             event->type, reason);
}

static const char *digest_event(const struct engine *engine, struct turn *turn, struct item *item)
{
    if (item->message == NULL)
        return "cannot be decoded";
    struct heard heard = heard_of(engine, item);
    size_t changes = turn->changes;
    turn->speaker = "system";
    struct outcome outcome = item->hearing->handle(turn, &heard);
    if (is_ok(outcome))
        return NULL;
    if (turn->changes != changes)
        panic("%s was refused after it had changed something", item->event.type);
    return outcome.detail == NULL ? "refused" : outcome.detail;
}

static void decide_event(struct engine *engine, struct turn *turn, struct item *item)
{
    struct position *cursor = &engine->cursors[item->follow];
    must(item->event.seq == cursor->seq + 1);
    cursor->epoch = item->event.epoch;
    cursor->seq = item->event.seq;
    memcpy(cursor->hash, item->event.hash, HASH_BYTES);
    engine->tally.events++;
    if (item->hearing == NULL)
        return;
    const char *reason = item->poison ? "the database refuses its effect"
                         : engine_holds(engine, item->event.case_number)
                             ? "held: an earlier event of the case is parked"
                             : digest_event(engine, turn, item);
    if (reason != NULL)
        park(engine, turn, item, reason);
}

/* False when it is refused again and the later events of its case must wait on; those of no case do
 * not wait for each other. */
static bool decide_retry(struct engine *engine, struct turn *turn, struct item *item)
{
    struct parked_row probe = {.centre = turn->centre,
                               .case_number = item->event.case_number,
                               .stream = engine->service->follows[item->follow].stream,
                               .seq = item->event.seq};
    struct parked_row *parked = rows_find(turn, &parked_table, &probe);
    if (item->hearing != NULL && digest_event(engine, turn, item) != NULL)
        return item->event.case_number == 0;
    rows_remove(turn, &parked_table, parked);
    return true;
}

static void decide_all(struct engine *engine, struct turn *turn, struct item *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].kind == ITEM_COMMAND)
            decide_command(engine, turn, &items[i]);
        else if (items[i].kind == ITEM_EVENT)
            decide_event(engine, turn, &items[i]);
        else if (items[i].kind == ITEM_RETRY) {
            if (!decide_retry(engine, turn, &items[i]))
                return;
        } else {
            turn->speaker = "system";
            engine->service->tick(turn);
        }
    }
}

/* ---- save: journal and cursors beside the rows */

static struct event *number_events(struct engine *engine, struct turn *turn)
{
    struct event *events = ARENA_ARRAY(turn->arena, struct event, turn->n_said + 1);
    for (size_t i = 0; i < turn->n_said; i++) {
        const struct said *said = &turn->said[i];
        events[i] = (struct event){.epoch = engine->head.epoch,
                                   .seq = engine->head.seq + 1,
                                   .type = said->type,
                                   .version = 1,
                                   .case_number = said->case_number,
                                   .at_ms = turn->now_ms,
                                   .actor = said->actor,
                                   .payload = said->payload};
        event_hash(&events[i], engine->head.hash, events[i].hash);
        engine->head.seq++;
        memcpy(engine->head.hash, events[i].hash, HASH_BYTES);
        rows_add(turn, &journal_table,
                 &(struct journal_row){turn->centre,
                                       events[i].seq,
                                       events[i].epoch,
                                       said->type,
                                       1,
                                       said->case_number,
                                       turn->now_ms,
                                       said->actor,
                                       said->payload,
                                       {events[i].hash, HASH_BYTES}});
    }
    return events;
}

static struct journal_head_row row_of_head(const struct engine *engine, const struct turn *turn)
{
    return (struct journal_head_row){
        turn->centre, engine->head.epoch, engine->head.seq, {engine->head.hash, HASH_BYTES}};
}

static struct cursor_row row_of_cursor(const struct engine *engine, const struct turn *turn,
                                       int follow)
{
    const struct position *at = &engine->cursors[follow];
    return (struct cursor_row){turn->centre,
                               engine->service->follows[follow].stream,
                               at->epoch,
                               at->seq,
                               {at->hash, HASH_BYTES}};
}

static void write_head(const struct engine *engine, struct turn *turn)
{
    struct journal_head_row row = row_of_head(engine, turn);
    struct journal_head_row *head = rows_find(turn, &journal_head_table, &row);
    if (head == NULL)
        rows_add(turn, &journal_head_table, &row);
    else
        *(struct journal_head_row *)rows_touch(turn, &journal_head_table, head) = row;
}

static void write_cursors(const struct engine *engine, struct turn *turn)
{
    for (int i = 0; i < engine->n_follows; i++) {
        struct cursor_row row = row_of_cursor(engine, turn, i);
        struct cursor_row *cursor = rows_find(turn, &cursor_table, &row);
        if (cursor == NULL && row.seq > 0)
            rows_add(turn, &cursor_table, &row);
        else if (cursor != NULL && cursor->seq != row.seq)
            *(struct cursor_row *)rows_touch(turn, &cursor_table, cursor) = row;
    }
}

static bool reference_changed(struct turn *turn)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++)
        for (size_t i = 0; set->table->reference && i < set->n_rows; i++)
            if (set->rows[i]->state != ROW_LOADED)
                return true;
    return false;
}

/* ---- the next wake: what the due index showed beyond what was taken */

static void wake_for_due(struct turn *turn)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++) {
        int due = 0;
        for (size_t i = 0; set->due_limit > 0 && i < set->n_rows; i++) {
            size_t offset = set->table->columns[table_due_column(set->table)].offset;
            int64_t at_ms = *(const int64_t *)((const char *)set->rows[i]->data + offset);
            if (at_ms > turn->now_ms)
                turn_wake(turn, at_ms);
            else if (at_ms > 0)
                due++;
        }
        if (set->due_limit > 0 && due >= set->due_limit)
            turn_wake(turn, turn->now_ms);
    }
}

/* ---- one try */

struct
try {
    struct position head, cursors[FOLLOWS_MAX];
    size_t n_held;
    struct tally tally;
};

static void remember(const struct engine *engine, struct try *try)
{
    try->head = engine->head;
    memcpy(try->cursors, engine->cursors, sizeof try->cursors);
    try->n_held = engine->n_held;
    try->tally = engine->tally;
}

static void forget(struct engine *engine, const struct try *try)
{
    engine->head = try->head;
    memcpy(engine->cursors, try->cursors, sizeof try->cursors);
    engine->n_held = try->n_held;
    engine->tally = try->tally;
}

static void count_rows(struct engine *engine, struct turn *turn)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++)
        for (size_t i = 0; i < set->n_rows; i++)
            engine->tally.saved_rows +=
                set->rows[i]->state != ROW_LOADED && set->rows[i]->state != ROW_DROPPED;
}

static enum status settle(struct engine *engine, struct turn *turn, const struct event *events,
                          bool ticked)
{
    engine->tally.batches++;
    engine->tally.said += (int64_t)turn->n_said;
    count_rows(engine, turn);
    engine->last_ms = turn->now_ms;
    if (ticked)
        engine->ticked_ms = turn->now_ms;
    engine->wake_ms = ticked || turn->wake_ms < engine->wake_ms ? turn->wake_ms : engine->wake_ms;
    if (engine->spoken != NULL && turn->n_said > 0)
        engine->spoken(engine->context, events, turn->n_said);
    return reference_changed(turn) ? engine_read_memory(engine) : STATUS_OK;
}

/* The writer is alone, so its head and cursors need not be loaded: it remembers them. They are
 * guarded: were they not what is stored, because of a second hand in the tables, the save would
 * change nothing and say STATUS_REWOUND. */
static void bring_own(const struct engine *engine, struct turn *turn)
{
    if (engine->head.seq > 0) {
        struct journal_head_row *head = ARENA_NEW(turn->arena, struct journal_head_row);
        *head = row_of_head(engine, turn);
        rowset_bring(turn, rowset_of(turn, &journal_head_table), head);
    }
    for (int i = 0; i < engine->n_follows; i++)
        if (engine->cursors[i].seq > 0) {
            struct cursor_row *cursor = ARENA_NEW(turn->arena, struct cursor_row);
            *cursor = row_of_cursor(engine, turn, i);
            rowset_bring(turn, rowset_of(turn, &cursor_table), cursor);
        }
}

static enum status run_once(struct engine *engine, struct item *items, size_t n, int64_t now_ms,
                            struct arena *arena)
{
    struct turn turn = {.service = engine->service,
                        .arena = arena,
                        .memory = engine->memory,
                        .centre = engine->centre,
                        .now_ms = now_ms < engine->last_ms ? engine->last_ms : now_ms,
                        .wake_ms = INT64_MAX};
    struct try before;
    remember(engine, &before);
    rowset_open(&turn);
    bring_own(engine, &turn);
    need_all(engine, &turn, items, n);
    enum status status = engine->store->ops->load(engine->store, &turn);
    if (status != STATUS_OK)
        return status;
    wake_for_due(&turn);
    decide_all(engine, &turn, items, n);
    struct event *events = number_events(engine, &turn);
    if (turn.n_said > 0)
        write_head(engine, &turn);
    write_cursors(engine, &turn);
    status = engine->store->ops->save(engine->store, &turn);
    if (status != STATUS_OK) {
        forget(engine, &before);
        return status;
    }
    return settle(engine, &turn, events, n > 0 && items[n - 1].kind == ITEM_TICK);
}

/* What the database refuses even alone: answered with an error, or parked. A tick that cannot be
 * saved is a bug. */
static enum status give_up(struct engine *engine, struct item *item, int64_t now_ms,
                           struct arena *arena)
{
    if (item->kind == ITEM_COMMAND) {
        struct outcome outcome = {ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE,
                                  "this could not be stored; the hall's operator is told", NULL};
        item->reply = edge_reply(item->request.id, outcome, NULL, arena);
        log_error(0, "command.unsaveable", "%s", item->request.type);
        return STATUS_OK;
    }
    if (item->kind != ITEM_EVENT || item->poison || item->hearing == NULL)
        panic("%s: a batch of its own making cannot be saved", engine->service->name);
    item->poison = true;
    return run_once(engine, item, 1, now_ms, arena);
}

enum status engine_run(struct engine *engine, struct item *items, size_t n, int64_t now_ms,
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
    status = engine_run(engine, items, n / 2, now_ms, arena);
    return status != STATUS_OK ? status
                               : engine_run(engine, items + n / 2, n - n / 2, now_ms, arena);
}

/* ---- parked events, again */

enum status engine_retry(struct engine *engine, int64_t case_number, int64_t now_ms,
                         struct arena *arena)
{
    struct parked_row *rows;
    size_t n, wanted = 0;
    enum status status = store_all(engine->store, &parked_table, arena, (void **)&rows, &n);
    if (status != STATUS_OK)
        return status;
    struct item *items = ARENA_ARRAY(arena, struct item, n + 1);
    for (size_t i = 0; i < n; i++) {
        int follow = engine_follow(engine->service, rows[i].stream);
        if (rows[i].centre != engine->centre || rows[i].case_number != case_number || follow < 0)
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
