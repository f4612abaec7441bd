/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/journal_lane.h"

#include <string.h>
#include <sys/resource.h>

#include "common/base/heartbeat.h"
#include "common/base/wallclock.h"
#include "common/service/batch.h"

enum { COUNTERS_MAX = 24, LETTERS_A_TURN = 64 };

/* ---- Health */

static void add_counter(Onedoor__HealthReply *reply, const char *name, int64_t value,
                        struct arena *arena)
{
    Onedoor__Counter *counter = ARENA_NEW(arena, Onedoor__Counter);
    onedoor__counter__init(counter);
    counter->name = (char *)name;
    counter->value = value;
    reply->counters[reply->n_counters++] = counter;
}

static void put_counters(const struct loop *loop, Onedoor__HealthReply *reply, struct arena *arena)
{
    const struct tally *tally = &loop->engine.tally;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    reply->counters = ARENA_ARRAY(arena, Onedoor__Counter *, COUNTERS_MAX);
    add_counter(reply, "batches", tally->batches, arena);
    add_counter(reply, "largest_batch", tally->largest_batch, arena);
    add_counter(reply, "halved", tally->halved, arena);
    add_counter(reply, "commands", tally->commands, arena);
    add_counter(reply, "repeats", tally->repeats, arena);
    add_counter(reply, "refusals", tally->refusals, arena);
    add_counter(reply, "events", tally->events, arena);
    add_counter(reply, "said", tally->said, arena);
    add_counter(reply, "rows", tally->saved_rows, arena);
    add_counter(reply, "statements",
                loop->statements_before +
                    (loop_state_is_open(loop->state) ? pgstore_statements(loop->store) : 0),
                arena);
    add_counter(reply, "busy", loop->busy, arena);
    add_counter(reply, "late", loop->late, arena);
    add_counter(reply, "dropped", loop->command.dropped, arena);
    add_counter(reply, "rss_kib", usage.ru_maxrss, arena);
    add_counter(reply, "cpu_ms",
                usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000 +
                    usage.ru_stime.tv_sec * 1000 + usage.ru_stime.tv_usec / 1000,
                arena);
}

static void answer_health(struct loop *loop, struct sender *from, const struct request *request)
{
    Onedoor__HealthReply reply = ONEDOOR__HEALTH_REPLY__INIT;
    const struct engine *engine = &loop->engine;
    reply.service = (char *)loop->service->name;
    reply.state = (char *)heartbeat_current();
    reply.now_ms = business_ms();
    reply.epoch = (uint32_t)engine->head.epoch;
    reply.head_seq = engine->head.seq;
    reply.cursors = ARENA_ARRAY(loop->inbox, Onedoor__Mark *, FOLLOWS_MAX);
    for (int i = 0; i < engine->n_follows; i++) {
        Onedoor__Mark *cursor = reply.cursors[reply.n_cursors++] =
            ARENA_NEW(loop->inbox, Onedoor__Mark);
        onedoor__mark__init(cursor);
        cursor->stream = (char *)loop->service->follows[i].stream;
        cursor->epoch = (uint32_t)engine->cursors[i].epoch;
        cursor->seq = engine->cursors[i].seq;
    }
    /* Without a tick that is due, all due work is done up to now. */
    reply.ticked_ms = loop->service->tick == NULL || engine->wake_ms > reply.now_ms
                          ? reply.now_ms
                          : engine->ticked_ms;
    reply.parked = engine->tally.parked;
    put_counters(loop, &reply, loop->inbox);
    mailbox_reply(&loop->journal, from,
                  edge_reply(request->id, OUTCOME_OK, &reply.base, loop->inbox));
}

/* ---- one request */

static const struct outcome away = {ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                                    "the database is not reachable now", NULL};
static const struct outcome unsaveable = {
    ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE,
    "the database refuses their effect: the events stay parked", NULL};

/* The status is the batch's. UNSAVEABLE is an answer: the events stay parked, and the loop goes on.
 */
static enum status retry_parked(struct loop *loop, const Onedoor__RetryParked *ask,
                                struct outcome *outcome)
{
    if (!loop_state_is_open(loop->state)) {
        *outcome = away;
        return STATUS_OK;
    }
    enum status status = batch_retry(&loop->engine, ask->case_number, business_ms(), loop->arena);
    arena_reset(loop->arena);
    if (status == STATUS_UNSAVEABLE) {
        *outcome = unsaveable;
        return STATUS_OK;
    }
    *outcome = status == STATUS_OK ? OUTCOME_OK : away;
    return status;
}

static enum status serve_retry(struct loop *loop, const struct envelope *envelope,
                               const struct request *request, struct outcome *outcome)
{
    void *message = NULL;
    *outcome = mailbox_allows(&loop->journal, envelope, PEER_OPERATOR, &request->actor);
    if (is_ok(*outcome))
        *outcome =
            edge_body(request, &onedoor__retry_parked__descriptor, NULL, loop->inbox, &message);
    return is_ok(*outcome) ? retry_parked(loop, message, outcome) : STATUS_OK;
}

/* OK: it has its reply, or will have it. */
static struct outcome serve_fetch(struct loop *loop, struct envelope *envelope,
                                  const struct request *request)
{
    void *message = NULL;
    struct outcome outcome = mailbox_lends(&loop->journal, envelope, loop->service->name);
    if (is_ok(outcome))
        outcome = edge_body(request, &onedoor__fetch__descriptor, NULL, loop->inbox, &message);
    if (is_ok(outcome))
        feed_fetch(loop->feed, &loop->journal, &envelope->from, request, message, loop->inbox);
    return outcome;
}

static enum status serve_journal(struct loop *loop, struct envelope *envelope)
{
    enum status status = STATUS_OK;
    struct request request;
    struct outcome outcome = mailbox_read(envelope, loop->inbox, &request);
    if (is_ok(outcome) && strcmp(request.type, "Health") == 0) {
        answer_health(loop, &envelope->from, &request);
        return STATUS_OK;
    }
    if (is_ok(outcome) && strcmp(request.type, "Fetch") == 0) {
        outcome = serve_fetch(loop, envelope, &request);
        if (is_ok(outcome))
            return STATUS_OK;
    } else if (is_ok(outcome) && strcmp(request.type, "RetryParked") == 0) {
        status = serve_retry(loop, envelope, &request, &outcome);
    } else if (is_ok(outcome)) {
        outcome = (struct outcome){ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE,
                                   "no such message on the journal lane", NULL};
    }
    mailbox_reply(&loop->journal, &envelope->from,
                  edge_reply(request.id, outcome, NULL, loop->inbox));
    return status;
}

enum status journal_lane_drain(struct loop *loop)
{
    enum status status = STATUS_OK;
    struct envelope envelope;
    for (int i = 0; i < LETTERS_A_TURN && status == STATUS_OK &&
                    mailbox_receive(&loop->journal, &envelope, ZMQ_DONTWAIT) == STATUS_OK;
         i++) {
        status = serve_journal(loop, &envelope);
        mailbox_drop(&envelope);
    }
    mailbox_flush(&loop->journal);
    return status;
}
