/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/journal_lane.h"

#include <string.h>

#include "common/base/business.h"
#include "common/service/batch.h"
#include "common/service/health.h"
#include "common/service/loop_clock.h"

enum { LETTERS_A_TURN = 64 };

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
    if (!loop_state_is_open(loop->state) || !loop_clock_trusted(loop)) {
        *outcome = loop_clock_trusted(loop) ? away : loop_clock_doubted(loop, loop->inbox);
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

static enum status serve_accept(struct loop *loop, const struct envelope *envelope,
                                const struct request *request, struct outcome *outcome)
{
    void *message = NULL;
    *outcome = mailbox_allows(&loop->journal, envelope, PEER_OPERATOR, &request->actor);
    if (is_ok(*outcome))
        *outcome =
            edge_body(request, &onedoor__accept_clock__descriptor, NULL, loop->inbox, &message);
    if (is_ok(*outcome) && !loop_state_is_open(loop->state))
        *outcome = away;
    return is_ok(*outcome) ? loop_clock_accept(loop, &request->actor, message, outcome) : STATUS_OK;
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
        feed_fetch(loop->feed, &loop->journal, &envelope->from, request, message);
    return outcome;
}

static enum status serve_journal(struct loop *loop, struct envelope *envelope)
{
    enum status status = STATUS_OK;
    struct request request;
    struct outcome outcome = mailbox_read(envelope, loop->inbox, &request);
    if (is_ok(outcome) && strcmp(request.type, "Health") == 0) {
        mailbox_reply(&loop->journal, &envelope->from,
                      edge_reply(request.id, OUTCOME_OK, health_reply(loop), loop->inbox));
        return STATUS_OK;
    }
    if (is_ok(outcome) && strcmp(request.type, "Fetch") == 0) {
        outcome = serve_fetch(loop, envelope, &request);
        if (is_ok(outcome))
            return STATUS_OK;
    } else if (is_ok(outcome) && strcmp(request.type, "RetryParked") == 0) {
        status = serve_retry(loop, envelope, &request, &outcome);
    } else if (is_ok(outcome) && strcmp(request.type, "AcceptClock") == 0) {
        status = serve_accept(loop, envelope, &request, &outcome);
    } else if (is_ok(outcome)) {
        outcome = (struct outcome){ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE,
                                   "no such message on the journal lane", NULL};
    }
    mailbox_reply(&loop->journal, &envelope->from,
                  edge_reply(request.id, outcome, NULL, loop->inbox));
    return status;
}

/* What does not fit into this turn's memory waits in the socket for the next. */
enum status journal_lane_drain(struct loop *loop)
{
    enum status status = STATUS_OK;
    size_t room = (size_t)config_number(loop->config, "memory_max") / 2;
    struct envelope envelope;
    for (int i = 0; i < LETTERS_A_TURN && status == STATUS_OK && arena_used(loop->inbox) < room &&
                    mailbox_receive(&loop->journal, &envelope, ZMQ_DONTWAIT) == STATUS_OK;
         i++) {
        status = serve_journal(loop, &envelope);
        mailbox_drop(&envelope);
    }
    mailbox_flush(&loop->journal);
    return status;
}
