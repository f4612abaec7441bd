/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/loop_clock.h"

#include <stdlib.h>

#include "common/base/business.h"
#include "common/base/monotonic.h"
#include "common/service/batch.h"
#include "common/values/log.h"

/* Between two questions to PostgreSQL: while the clock is trusted, and while it is not. */
enum { COMPARE_MS = 10000, COMPARE_DOUBTED_MS = 1000 };

static enum status compare(struct loop *loop, int64_t counted_ms)
{
    int64_t there_ms;
    enum status status = pgstore_now(loop->store, loop->arena, &there_ms);
    arena_reset(loop->arena);
    if (status == STATUS_OK) {
        timekeeper_compare(&loop->clock, business_ms() - there_ms);
        loop->clock_compared_ms = counted_ms;
    }
    return status;
}

static bool compares(const struct loop *loop, int64_t counted_ms)
{
    int64_t wait_ms = loop_clock_trusted(loop) ? COMPARE_MS : COMPARE_DOUBTED_MS;
    return loop->clock.step_max_ms != 0 && counted_ms - loop->clock_compared_ms >= wait_ms;
}

static void log_change(const struct loop *loop, enum clock_doubt before)
{
    char text[TIMEKEEPER_TEXT];
    timekeeper_text(&loop->clock, text);
    if (loop->clock.doubt == before)
        return;
    if (loop->clock.doubt == CLOCK_TRUSTED)
        log_info(0, "clock.trusted", "work goes on");
    else
        log_error(0, "clock.doubted", "%s: no work is done; see ./onedoor clock", text);
}

enum status loop_clock_look(struct loop *loop)
{
    enum clock_doubt before = loop->clock.doubt;
    int64_t counted_ms = boottime_ms();
    enum status status = compares(loop, counted_ms) ? compare(loop, counted_ms) : STATUS_OK;
    timekeeper_look(&loop->clock, business_ms(), counted_ms, loop->engine.last_ms);
    log_change(loop, before);
    return status;
}

bool loop_clock_trusted(const struct loop *loop)
{
    return loop->clock.doubt == CLOCK_TRUSTED;
}

struct outcome loop_clock_doubted(const struct loop *loop, struct arena *arena)
{
    char text[TIMEKEEPER_TEXT];
    timekeeper_text(&loop->clock, text);
    return (struct outcome){ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__CLOCK_DOUBTED,
                            arena_printf(arena, "%s: the hall's operator must look at it", text),
                            NULL};
}

/* Says that the clock was accepted, as the first event by it. */
static enum status record(struct loop *loop, const struct actor *actor,
                          const Onedoor__AcceptClock *ask, int64_t now_ms)
{
    char text[TIMEKEEPER_TEXT];
    Onedoor__ClockAccepted accepted = ONEDOOR__CLOCK_ACCEPTED__INIT;
    timekeeper_text(&loop->clock, text);
    accepted.from_ms = now_ms - loop->clock.off_ms;
    accepted.to_ms = now_ms;
    accepted.doubt = text;
    accepted.reason = ask->reason;
    enum status status = batch_note(&loop->engine, actor->id, &accepted.base, now_ms, loop->arena);
    arena_reset(loop->arena);
    return status;
}

enum status loop_clock_accept(struct loop *loop, const struct actor *actor,
                              const Onedoor__AcceptClock *ask, struct outcome *outcome)
{
    int64_t now_ms = business_ms();
    if (loop_clock_trusted(loop)) {
        *outcome = refuse(ONEDOOR__REASON__NOTHING_CHANGES, "the clock is trusted");
        return STATUS_OK;
    }
    if (llabs(ask->now_ms - now_ms) > loop->clock.step_max_ms) {
        *outcome = refuse(ONEDOOR__REASON__CHANGED_MEANWHILE, "the clock says something else");
        return STATUS_OK;
    }
    enum status status = compare(loop, boottime_ms());
    if (status == STATUS_OK)
        status = record(loop, actor, ask, now_ms);
    if (status != STATUS_OK)
        return status;
    timekeeper_accept(&loop->clock, now_ms, boottime_ms());
    log_warn(0, "clock.accepted", "by %s: %s", actor->id, ask->reason);
    *outcome = OUTCOME_OK;
    return STATUS_OK;
}
