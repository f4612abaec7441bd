/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/say.h"

#include "common/rows/clock_message.h"
#include "common/rows/fill.h"
#include "common/rows/turn.h"
#include "common/wire/numbers.h"
#include "services/routing/terms.h"

SAME_NUMBER(FLOW_RUNNING, ONEDOOR__ROUTING__FLOW_STATE__RUNNING);
SAME_NUMBER(FLOW_GRANTED, ONEDOOR__ROUTING__FLOW_STATE__FLOW_GRANTED);
SAME_NUMBER(FLOW_DENIED, ONEDOOR__ROUTING__FLOW_STATE__FLOW_DENIED);
SAME_NUMBER(FLOW_CANCELLED, ONEDOOR__ROUTING__FLOW_STATE__FLOW_CANCELLED);
SAME_NUMBER(TASK_OPEN, ONEDOOR__ROUTING__TASK_STATE__OPEN);
SAME_NUMBER(TASK_AGREED, ONEDOOR__ROUTING__TASK_STATE__AGREED);
SAME_NUMBER(TASK_DISAGREED, ONEDOOR__ROUTING__TASK_STATE__DISAGREED);
SAME_NUMBER(TASK_CANCELLED, ONEDOOR__ROUTING__TASK_STATE__CANCELLED);
SAME_NUMBER(REVIEW, ONEDOOR__ROUTING__ACTION__REVIEW);
SAME_NUMBER(CONSULT, ONEDOOR__ROUTING__ACTION__CONSULT);
SAME_NUMBER(COUNTERSIGN, ONEDOOR__ROUTING__ACTION__COUNTERSIGN);
SAME_NUMBER(SITE_SURVEY, ONEDOOR__ROUTING__ACTION__SITE_SURVEY);
SAME_NUMBER(EXPERT_REVIEW, ONEDOOR__ROUTING__ACTION__EXPERT_REVIEW);
SAME_NUMBER(DECIDE_CASE, ONEDOOR__ROUTING__ACTION__DECIDE_CASE);
SAME_NUMBER(CITY_DECISION, ONEDOOR__ROUTING__ACTION__CITY_DECISION);
SAME_NUMBER(HEARING, ONEDOOR__ROUTING__PAUSE_KIND__HEARING);
SAME_NUMBER(BIDDING, ONEDOOR__ROUTING__PAUSE_KIND__BIDDING);
SAME_NUMBER(AUCTION, ONEDOOR__ROUTING__PAUSE_KIND__AUCTION);
SAME_NUMBER(INSPECTION, ONEDOOR__ROUTING__PAUSE_KIND__INSPECTION);
SAME_NUMBER(TESTING, ONEDOOR__ROUTING__PAUSE_KIND__TESTING);
SAME_NUMBER(QUARANTINE, ONEDOOR__ROUTING__PAUSE_KIND__QUARANTINE);
SAME_NUMBER(APPRAISAL, ONEDOOR__ROUTING__PAUSE_KIND__APPRAISAL);
SAME_NUMBER(EXPERTS, ONEDOOR__ROUTING__PAUSE_KIND__EXPERTS);
SAME_NUMBER(SURVEY, ONEDOOR__ROUTING__PAUSE_KIND__SURVEY);
SAME_NUMBER(TERM_PROMISE, ONEDOOR__TERM__PROMISE);
SAME_NUMBER(TERM_STATUTORY, ONEDOOR__TERM__STATUTORY);
SAME_NUMBER(TERM_PARALLEL, ONEDOOR__TERM__PARALLEL);
SAME_NUMBER(TERM_DELIVERY, ONEDOOR__TERM__DELIVERY);
SAME_NUMBER(TERM_PROCEDURE, ONEDOOR__TERM__PROCEDURE);
SAME_NUMBER(TERM_STEP, ONEDOOR__TERM__STEP);

Onedoor__Clock *routing_clock_message(const struct clock *clock, const struct calendar *cal,
                                      struct arena *arena)
{
    Onedoor__Clock *message = ARENA_NEW(arena, Onedoor__Clock);
    onedoor__clock__init(message);
    clock_message_write(clock, cal, message);
    return message;
}

static char *text(const char *value)
{
    return (char *)(value == NULL ? "" : value);
}

Onedoor__Routing__Task *routing_task_message(const struct task_row *task,
                                             const struct calendar *cal, struct arena *arena)
{
    bool decided = task->state == TASK_AGREED || task->state == TASK_DISAGREED;
    Onedoor__Routing__Task *message =
        FILLED(arena, Onedoor__Routing__Task, onedoor__routing__task, &routing_task_table, task);

    message->clock = routing_clock_message(&task->clock, cal, arena);
    message->decided_ms = decided ? task->clock.stopped_ms : 0;
    return message;
}

/* RULE L45: the days that the applicant was told of. */
static struct clock planned_of(const struct pause_row *pause, const struct calendar *cal)
{
    struct clock clock = {0};
    clock_start(&clock, cal, pause->from_ms, pause->planned_days);
    return clock;
}

Onedoor__Routing__PauseLine *routing_pause_message(const struct pause_row *pause,
                                                   const struct calendar *cal, struct arena *arena)
{
    const struct clock planned = planned_of(pause, cal);
    Onedoor__Routing__PauseLine *line = ARENA_NEW(arena, Onedoor__Routing__PauseLine);
    onedoor__routing__pause_line__init(line);
    line->kind = (Onedoor__Routing__PauseKind)pause->kind;
    line->notice = (char *)pause->notice;
    line->planned_days = pause->planned_days;
    line->from_ms = pause->from_ms;
    line->to_ms = pause->to_ms;
    line->department = (char *)pause->department;
    line->planned_end_ms = clock_due(&planned, cal);
    line->no = pause->no;
    return line;
}

Onedoor__TermClock *routing_term_message(const struct flow_row *flow, enum term term,
                                         const struct calendar *cal, struct arena *arena)
{
    const struct clock clock = routing_terms_clock(flow, term);
    Onedoor__TermClock *message = ARENA_NEW(arena, Onedoor__TermClock);

    onedoor__term_clock__init(message);
    message->term = (Onedoor__Term)term;
    message->clock = routing_clock_message(&clock, cal, arena);
    return message;
}

/* The terms of the case beside its promise. */
static Onedoor__TermClock **terms_of(const struct work *work, size_t *n)
{
    Onedoor__TermClock **terms =
        ARENA_ARRAY(work->turn->arena, Onedoor__TermClock *, TERM_PARALLEL);
    *n = 0;
    for (enum term term = TERM_STATUTORY; term <= TERM_PARALLEL; term++)
        if (routing_terms_has(work->flow, term))
            terms[(*n)++] =
                routing_term_message(work->flow, term, &work->memory->calendar, work->turn->arena);
    return terms;
}

static Onedoor__Clock *clock_of(const struct work *work)
{
    return routing_clock_message(&work->flow->clock, &work->memory->calendar, work->turn->arena);
}

static Onedoor__Routing__Task *task_message(const struct work *work, const struct task_row *task)
{
    return routing_task_message(task, &work->memory->calendar, work->turn->arena);
}

/* The open tasks of the case; all of them are of its open stage. */
static Onedoor__Routing__Task **open_tasks(const struct work *work, size_t *n)
{
    int room = routing_open_branches(work);
    Onedoor__Routing__Task **tasks =
        ARENA_ARRAY(work->turn->arena, Onedoor__Routing__Task *, room + 1);
    const struct task_row *task;
    *n = 0;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        if (task->state == TASK_OPEN)
            tasks[(*n)++] = task_message(work, task);
    return tasks;
}

static void say(const struct work *work, const ProtobufCMessage *message)
{
    turn_say(work->turn, work->case_number, message);
}

void routing_say_stage_opened(const struct work *work)
{
    Onedoor__Routing__StageOpened event = ONEDOOR__ROUTING__STAGE_OPENED__INIT;
    event.stage = work->flow->stage;
    event.tasks = open_tasks(work, &event.n_tasks);
    event.clock = clock_of(work);
    event.terms = terms_of(work, &event.n_terms);
    event.item = text(work->flow->item);
    event.department = text(work->flow->department);
    event.fast_lane = work->flow->fast_lane;
    say(work, &event.base);
}

void routing_say_decided(const struct work *work, bool case_resumed)
{
    Onedoor__Routing__TaskDecided event = ONEDOOR__ROUTING__TASK_DECIDED__INIT;
    event.task = task_message(work, work->task);
    event.clock = clock_of(work);
    event.terms = terms_of(work, &event.n_terms);
    event.case_resumed = case_resumed;
    event.n_staff = work->ask.n_staff;
    event.staff = (char **)work->ask.staff;
    say(work, &event.base);
}

void routing_say_taken(const struct work *work, const char *from)
{
    Onedoor__Routing__TaskTaken event = ONEDOOR__ROUTING__TASK_TAKEN__INIT;
    event.task = task_message(work, work->task);
    event.from = text(from);
    say(work, &event.base);
}

void routing_say_released(const struct work *work)
{
    Onedoor__Routing__TaskReleased event = ONEDOOR__ROUTING__TASK_RELEASED__INIT;
    event.task = task_message(work, work->task);
    event.from = text(work->task->left_by);
    say(work, &event.base);
}

void routing_say_returned(const struct work *work)
{
    Onedoor__Routing__TaskReturned event = ONEDOOR__ROUTING__TASK_RETURNED__INIT;
    event.task = task_message(work, work->task);
    event.reason = text(work->ask.reason);
    event.clock = clock_of(work);
    event.terms = terms_of(work, &event.n_terms);
    say(work, &event.base);
}

void routing_say_reopened(const struct work *work)
{
    Onedoor__Routing__FlowReopened event = ONEDOOR__ROUTING__FLOW_REOPENED__INIT;
    event.tasks = open_tasks(work, &event.n_tasks);
    event.clock = clock_of(work);
    event.terms = terms_of(work, &event.n_terms);
    event.item = text(work->flow->item);
    event.department = text(work->flow->department);
    event.reason = text(work->ask.reason);
    say(work, &event.base);
}

void routing_say_paused(const struct work *work, const struct pause_row *pause)
{
    Onedoor__Routing__ClockPaused event = ONEDOOR__ROUTING__CLOCK_PAUSED__INIT;
    event.kind = (Onedoor__Routing__PauseKind)pause->kind;
    event.notice = text(pause->notice);
    event.planned_days = pause->planned_days;
    const struct clock planned = planned_of(pause, &work->memory->calendar);
    event.department = text(pause->department);
    event.clock = clock_of(work);
    event.terms = terms_of(work, &event.n_terms);
    event.tasks = open_tasks(work, &event.n_tasks);
    event.no = pause->no;
    event.planned = routing_clock_message(&planned, &work->memory->calendar, work->turn->arena);
    say(work, &event.base);
}

void routing_say_resumed(const struct work *work, const struct pause_row *pause)
{
    Onedoor__Routing__ClockResumed event = ONEDOOR__ROUTING__CLOCK_RESUMED__INIT;
    event.kind = (Onedoor__Routing__PauseKind)pause->kind;
    event.department = text(pause->department);
    event.clock = clock_of(work);
    event.terms = terms_of(work, &event.n_terms);
    event.tasks = open_tasks(work, &event.n_tasks);
    event.no = pause->no;
    say(work, &event.base);
}

/* RULE L42.1: the head's approval and the reason, which the applicant is told, are on record. */
void routing_say_extended(const struct work *work)
{
    Onedoor__Routing__ClockExtended event = ONEDOOR__ROUTING__CLOCK_EXTENDED__INIT;
    event.days = work->ask.days;
    event.reason = text(work->ask.reason);
    event.approved_by = text(work->ask.approved_by);
    event.clock = clock_of(work);
    event.terms = terms_of(work, &event.n_terms);
    say(work, &event.base);
}

void routing_say_granted(const struct work *work)
{
    Onedoor__Routing__FlowGranted event = ONEDOOR__ROUTING__FLOW_GRANTED__INIT;
    event.clock = clock_of(work);
    say(work, &event.base);
}

void routing_say_denied(const struct work *work, const char *reason)
{
    Onedoor__Routing__FlowDenied event = ONEDOOR__ROUTING__FLOW_DENIED__INIT;
    event.reason = text(reason);
    event.clock = clock_of(work);
    say(work, &event.base);
}

void routing_say_cancelled(const struct work *work)
{
    Onedoor__Routing__FlowCancelled event = ONEDOOR__ROUTING__FLOW_CANCELLED__INIT;
    event.clock = clock_of(work);
    say(work, &event.base);
}

void routing_say_moved(struct turn *turn, const struct calendar *cal, const struct moved *moved)
{
    Onedoor__Routing__DeadlineMoved event = ONEDOOR__ROUTING__DEADLINE_MOVED__INIT;
    event.task = moved->task;
    event.term = (Onedoor__Term)moved->term;
    event.clock = routing_clock_message(moved->clock, cal, turn->arena);
    event.from_ms = moved->from_ms;
    event.corrected = moved->corrected;
    turn_say(turn, moved->case_number, &event.base);
}
