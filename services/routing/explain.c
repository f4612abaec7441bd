/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/explain.h"

#include "services/routing/work.h"

static const char *const kind_names[PAUSE_KINDS] = {
    [PAUSE_NONE] = "sent back",  [HEARING] = "hearing",       [BIDDING] = "bidding",
    [AUCTION] = "auction",       [INSPECTION] = "inspection", [TESTING] = "testing",
    [QUARANTINE] = "quarantine", [APPRAISAL] = "appraisal",   [EXPERTS] = "expert review",
    [SURVEY] = "site survey",
};

static const char *const day_names[] = {
    [CLOCK_COUNTED] = "counted", [CLOCK_MAKEUP] = "make-up",  [CLOCK_PAUSED] = "paused",
    [CLOCK_HOLIDAY] = "holiday", [CLOCK_WEEKEND] = "weekend", [CLOCK_NOT_COUNTED] = "not counted",
};

/* RULE L45: the written notice, or whose survey or review it is. */
static const char *reason_of(const struct pause_row *pause, struct arena *arena)
{
    const char *kind =
        pause->kind >= PAUSE_NONE && pause->kind < PAUSE_KINDS ? kind_names[pause->kind] : "";
    return arena_printf(arena, "%s %s", kind,
                        pause->notice[0] != '\0' ? pause->notice : pause->department);
}

static const struct clock_pause *pauses_of(const struct explained *explained, struct arena *arena)
{
    struct clock_pause *pauses = ARENA_ARRAY(arena, struct clock_pause, explained->n_pauses + 1);
    for (size_t i = 0; i < explained->n_pauses; i++) {
        const struct pause_row *pause = &explained->pauses[i];
        pauses[i] = (struct clock_pause){pause->from_ms, pause->to_ms, reason_of(pause, arena)};
    }
    return pauses;
}

static int64_t until(const struct explained *explained, const struct calendar *cal)
{
    int64_t due_ms = clock_due(&explained->clock, cal);

    if (explained->clock.stopped_ms != 0)
        return explained->clock.stopped_ms;
    return due_ms != 0 ? due_ms : explained->now_ms;
}

static Onedoor__Routing__ExplainedDay *day_message(const struct clock_day *row, struct arena *arena)
{
    Onedoor__Routing__ExplainedDay *day = ARENA_NEW(arena, Onedoor__Routing__ExplainedDay);
    onedoor__routing__explained_day__init(day);
    day->day = row->day.n;
    day->kind = (char *)day_names[row->kind];
    day->why = (char *)row->reason;
    day->counted_min = row->counted_min;
    day->paused_min = row->paused_min;
    day->provisional = row->provisional;
    return day;
}

/* RULE L82: counted, holiday, weekend, make-up working day, paused: each day says which. */
ProtobufCMessage *routing_explain(const struct explained *explained, const struct calendar *cal,
                                  struct arena *arena)
{
    const struct clock_history history = {
        .accepted_ms = explained->accepted_ms,
        .until_ms = until(explained, cal),
        .pauses = pauses_of(explained, arena),
        .n_pauses = explained->n_pauses,
    };
    struct clock_days days = clock_explain(&explained->clock, cal, &history, arena);
    Onedoor__Routing__ExplainDeadlineReply *reply =
        ARENA_NEW(arena, Onedoor__Routing__ExplainDeadlineReply);
    onedoor__routing__explain_deadline_reply__init(reply);
    reply->due_ms = clock_due(&explained->clock, cal);
    reply->term = (Onedoor__Term)explained->term;
    reply->days = ARENA_ARRAY(arena, Onedoor__Routing__ExplainedDay *, days.n + 1);
    for (size_t i = 0; i < days.n && i < EXPLAINED_DAYS_MAX; i++) {
        reply->days[reply->n_days++] = day_message(&days.rows[i], arena);
        reply->provisional |= days.rows[i].provisional;
    }
    return &reply->base;
}
