/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/decide.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/approval.h"
#include "common/rows/corridor.h"
#include "common/rows/sealed.h"
#include "common/values/log.h"
#include "common/wire/message.h"

/* ---- which rows each item needs */

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
    if (item->unless_done != NULL)
        return;
    if (approval_second(turn->service, item->route->message) != 0)
        approval_need(turn, item->message);
    if (item->route->need != NULL)
        item->route->need(turn,
                          &(struct call){.actor = &item->request.actor, .message = item->message});
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

static void need_tick(const struct engine *engine, struct turn *turn)
{
    if (engine->service->tick_need != NULL)
        engine->service->tick_need(turn);
    sealing_need(&engine->sealing, turn);
    walking_need(&engine->walking, turn);
}

void decide_need(struct engine *engine, struct turn *turn, struct item *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].kind == ITEM_COMMAND)
            need_command(turn, &items[i]);
        else if (items[i].kind == ITEM_TICK)
            need_tick(engine, turn);
        else if (items[i].kind != ITEM_NOTE)
            need_event(engine, turn, &items[i]);
    }
}

static bool tick_needs_more(const struct engine *engine, struct turn *turn)
{
    bool more = walking_need_more(&engine->walking, turn);
    return (turn->service->tick_need_more != NULL && turn->service->tick_need_more(turn)) || more;
}

static bool command_needs_more(struct turn *turn, const struct item *item)
{
    const struct call call = {.actor = &item->request.actor, .message = item->message};
    if (item->route->handle == approval_answer) {
        approval_need_more(turn, &call);
        return true;
    }
    return turn->service->need_more != NULL && turn->service->need_more(turn, &call);
}

bool decide_need_more(struct engine *engine, struct turn *turn, struct item *items, size_t n)
{
    bool more = false;
    for (size_t i = 0; i < n; i++)
        if (items[i].kind == ITEM_COMMAND && items[i].unless_done == NULL)
            more = command_needs_more(turn, &items[i]) || more;
        else if (items[i].kind == ITEM_TICK)
            more = tick_needs_more(engine, turn) || more;
    return more;
}

/* ---- deciding */

/* RULE H21: a reply with personal data is kept sealed. */
static struct bytes reply_to_keep(const struct turn *turn, const struct item *item,
                                  const struct command_row *row)
{
    if (!sealed_command(turn->service, item->route->message))
        return item->reply;
    return seal_close(turn->seal, SEAL_BRIEF, sealed_place(&command_table, row, turn->arena),
                      item->reply, turn->arena);
}

static struct bytes kept_reply(const struct turn *turn, const struct item *item,
                               const struct command_row *row)
{
    struct bytes reply = row->reply;
    if (sealed_command(turn->service, item->route->message) &&
        !sealed_open(turn->seal, &command_table, row, row->reply, turn->arena, &reply))
        reply = edge_reply(item->request.id, sealed_broken, NULL, turn->arena);
    return reply;
}

/* A service that seals hashes the digest with its secret: a plain hash of a request that names a
 * person could be found by trying. */
static struct bytes digest_to_keep(const struct turn *turn, const struct item *item)
{
    unsigned char *digest = arena_alloc(turn->arena, sizeof item->digest);
    memcpy(digest, item->digest, sizeof item->digest);
    if (turn->seal != NULL)
        seal_digest(turn->seal, digest);
    return (struct bytes){digest, sizeof item->digest};
}

/* The reply to a request whose id was used before. */
static struct bytes repeated(struct turn *turn, const struct item *item,
                             const struct command_row *done)
{
    static const struct outcome reused = {ONEDOOR__CODE__ALREADY_EXISTS,
                                          ONEDOOR__REASON__KEY_REUSED,
                                          "this id was used for another request", NULL};
    struct bytes digest = digest_to_keep(turn, item);
    if (done->digest.len == digest.len && memcmp(done->digest.data, digest.data, digest.len) == 0)
        return kept_reply(turn, item, done);
    return edge_reply(item->request.id, reused, NULL, turn->arena);
}

/* It is refused from what may be stale: nothing is recorded, and it may be decided again. */
static void put_off(struct item *item, struct arena *arena)
{
    item->early = true;
    item->reply = edge_reply(item->request.id, edge_not_yet, NULL, arena);
}

/* RULE H22: what needs a second person is checked, and kept for him. */
static struct outcome handle(const struct engine *engine, struct turn *turn,
                             const struct item *item, struct call *call)
{
    size_t changes = turn->changes;
    struct outcome outcome = item->route->handle(turn, call);
    if (!is_ok(outcome) || approval_second(turn->service, item->route->message) == 0)
        return outcome;
    if (turn->changes != changes)
        panic("%s was done before anybody had agreed", item->request.type);
    int64_t wait_ms = config_number(engine->config, "approval_hours") * 3600000;
    return approval_keep(turn, call, turn->now_ms + wait_ms);
}

/* It may not be done now. That is not kept under its key: asked again later, it may be done. */
static void turn_away(struct engine *engine, struct item *item, struct arena *arena)
{
    item->refused = item->unless_done->reason;
    engine_refused(engine, item->refused);
    item->reply = edge_reply(item->request.id, *item->unless_done, NULL, arena);
}

static void decide_command(struct engine *engine, struct turn *turn, struct item *item)
{
    struct command_row key = {.centre = turn->centre, .done_ms = turn->now_ms};
    memcpy(key.id, item->request.id, sizeof key.id);
    const struct command_row *done = rows_find(turn, &command_table, &key);
    item->early = false;
    item->refused = ONEDOOR__REASON__REASON_UNSPECIFIED;
    if (done != NULL) {
        item->reply = repeated(turn, item, done);
        engine->tally.repeats++;
        return;
    }
    if (item->unless_done != NULL) {
        turn_away(engine, item, turn->arena);
        return;
    }
    struct call call = {.actor = &item->request.actor, .message = item->message};
    size_t changes = turn->changes;
    turn->speaker = item->request.actor.id;
    turn->trace = item->trace;
    struct outcome outcome = handle(engine, turn, item, &call);
    if (!is_ok(outcome)) {
        if (turn->changes != changes)
            panic("%s was refused after it had changed something", item->request.type);
        if (!reach_settled(&engine->reach, &item->request.seen)) {
            put_off(item, turn->arena);
            return;
        }
        engine->tally.refusals++;
        item->refused = outcome.reason;
        engine_refused(engine, outcome.reason);
    }
    struct mark mark = engine_mark(engine, turn->n_said);
    item->reply = edge_reply_at(item->request.id, outcome, call.reply, &mark, turn->arena);
    key.digest = digest_to_keep(turn, item);
    key.reply = reply_to_keep(turn, item, &key);
    rows_add(turn, &command_table, &key);
    engine->tally.commands++;
}

/* An event that cannot be handled must not stop its stream: it is parked with the reason, and the
 * later events of its case are parked behind it. */
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
    turn->trace = item->trace;
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

/* False when it is refused again and the later events of its case stay parked. Events of no case
 * do not wait for each other. */
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

void decide_all(struct engine *engine, struct turn *turn, struct item *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        log_trace(&items[i].trace);
        if (items[i].kind == ITEM_COMMAND)
            decide_command(engine, turn, &items[i]);
        else if (items[i].kind == ITEM_EVENT)
            decide_event(engine, turn, &items[i]);
        else if (items[i].kind == ITEM_RETRY) {
            if (!decide_retry(engine, turn, &items[i]))
                break;
        } else if (items[i].kind == ITEM_NOTE) {
            turn->speaker = items[i].request.actor.id;
            turn_say(turn, 0, items[i].message);
        } else {
            turn->speaker = "system";
            turn->trace = (struct trace){0};
            engine->service->tick(turn);
            sealing_tick(&engine->sealing, turn);
            walking_tick(&engine->walking, turn);
        }
    }
    log_trace(NULL);
}
