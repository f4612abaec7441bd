/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "common/base/panic.h"
#include "common/rows/turn.h"
#include "services/routing/say.h"
#include "services/routing/terms.h"
#include "services/routing/work.h"

/* RULE L42.1, L42.2: ten working days more, fifteen where departments act jointly. */
enum { EXTENSION_DAYS = 10, EXTENSION_DAYS_JOINT = 15 };

/* ---- which move */

static bool is_disagreed(const struct work *work)
{
    const struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        if (task->stage == work->flow->stage && task->state == TASK_DISAGREED)
            return true;
    return false;
}

static unsigned decision_facts(const struct work *work)
{
    return work->ask.stage != 0 && work->ask.stage != work->flow->stage ? OTHER_STAGE : 0u;
}

static unsigned stage_facts(const struct work *work)
{
    return (is_disagreed(work) ? DISAGREED : 0u) |
           (work->flow->stage < work->flow->stages ? MORE_STAGES : 0u);
}

/* A procedure stops what is not over. */
static unsigned pause_facts(const struct work *work)
{
    bool expired = routing_terms_all_over(work->flow, &work->memory->calendar, work->at_ms);
    return (expired ? EXPIRED : 0u) |
           (routing_open_pause(work, work->ask.kind, "") != NULL ? KIND_OPEN : 0u);
}

/* RULE L42.1, L42.2: the law's terms are extended before they are over. */
static unsigned extension_facts(const struct work *work)
{
    int32_t most = routing_item_flow(work)->joint ? EXTENSION_DAYS_JOINT : EXTENSION_DAYS;
    bool expired = routing_terms_law_over(work->flow, &work->memory->calendar, work->at_ms);
    return (expired ? EXPIRED : 0u) | (work->flow->extended_days > 0 ? EXTENDED : 0u) |
           (work->ask.days > most ? TOO_LONG : 0u);
}

static unsigned facts_of(const struct work *work, enum flow_event on)
{
    if (work->flow == NULL)
        return ALWAYS;
    switch (on) {
    case ON_DECIDE:
        return decision_facts(work);
    case ON_STAGE_DONE:
        return stage_facts(work);
    case ON_PAUSE:
    case ON_RESUME:
        return pause_facts(work);
    case ON_EXTEND:
        return extension_facts(work);
    default:
        return ALWAYS;
    }
}

const struct move *routing_find_move(const struct work *work, enum flow_event on)
{
    return moves_find(&routing_flow_moves, routing_state(work), (int)on, facts_of(work, on));
}

/* ---- making it */

/* RULE H2: all departments of a stage begin at once. */
static void open_stage(struct work *work)
{
    const struct item_flow *published = routing_item_flow(work);
    routing_touch_flow(work)->stage++;
    for (size_t i = 0; i < published->n_steps; i++)
        if (published->steps[i].stage == work->flow->stage)
            routing_open_branch(work, &published->steps[i]);
    routing_say_stage_opened(work);
    routing_say_own_pauses(work);
}

static void stop(struct work *work)
{
    routing_terms_change(routing_touch_flow(work), &work->memory->calendar, work->at_ms,
                         clock_stop);
    routing_close_pauses(work);
}

static void grant(struct work *work)
{
    stop(work);
    routing_say_granted(work);
}

/* RULE L26, L38: denied once all departments of the stage have spoken, with the reasons of each
 * that disagreed. */
static const char *joint_reason(const struct work *work)
{
    const char *reason = "";
    const struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        if (task->stage == work->flow->stage && task->state == TASK_DISAGREED)
            reason = arena_printf(work->turn->arena, "%s%s%s: %s", reason,
                                  reason[0] == '\0' ? "" : "; ", task->department, task->opinion);
    return reason;
}

static void deny_case(struct work *work)
{
    stop(work);
    routing_say_denied(work, joint_reason(work));
}

static void cancel_tasks(struct work *work)
{
    struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        if (task->state == TASK_OPEN)
            routing_cancel_branch(work, task);
    stop(work);
    routing_say_cancelled(work);
}

/* A stage is done when, and only when, all its tasks are. */
static void take_opinion(struct work *work)
{
    routing_decide_branch(work);
    if (routing_open_branches(work) == 0)
        routing_make_move(work, routing_find_move(work, ON_STAGE_DONE));
}

/* RULE L45: the applicant is told in writing, and how long. */
static void pause_case(struct work *work)
{
    const struct pause_row *pause =
        routing_begin_pause(work, &(struct pause_row){
                                      .kind = (int16_t)work->ask.kind,
                                      .department = "",
                                      .notice = work->ask.notice,
                                      .planned_days = (int16_t)work->ask.days,
                                  });
    routing_say_paused(work, pause);
}

static void resume_case(struct work *work)
{
    struct pause_row *pause = routing_open_pause(work, work->ask.kind, "");
    routing_end_pause(work, pause);
    routing_say_resumed(work, pause);
}

static void extend_case(struct work *work)
{
    struct flow_row *flow = routing_touch_flow(work);
    flow->extended_days = (int16_t)work->ask.days;
    flow->extended_ms = work->at_ms;
    routing_terms_extend(flow, &work->memory->calendar, work->at_ms, work->ask.days);
    routing_say_extended(work);
}

/* A denial rests on those who disagreed; a grant on the lead of the last stage, or, where the lead
 * has no task on it, on all of them. */
static bool is_to_reopen(const struct work *work, const struct task_row *task, bool denied)
{
    const struct task_row *lead = routing_branch_of(work, work->flow->department);
    if (task->stage != work->flow->stage)
        return false;
    if (denied)
        return task->state == TASK_DISAGREED;
    return lead == NULL || task == lead;
}

/* RULE L42.1: the case's time has run on meanwhile, for the mistake was the hall's. */
static void reopen(struct work *work)
{
    bool denied = is_disagreed(work);
    struct task_row *task;
    clock_restart(&routing_touch_flow(work)->clock);
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        if (is_to_reopen(work, task, denied))
            routing_reopen_branch(work, task);
    routing_say_reopened(work);
    routing_say_own_pauses(work);
}

static void (*const actions[FLOW_THENS])(struct work *) = {
    [OPEN_STAGE] = open_stage,
    [GRANT] = grant,
    [DENY] = deny_case,
    [CANCEL_TASKS] = cancel_tasks,
    [TAKE_OPINION] = take_opinion,
    [TAKE_BRANCH] = routing_take_branch,
    [REOPEN_BRANCH] = routing_return_branch,
    [PAUSE_CASE] = pause_case,
    [RESUME_CASE] = resume_case,
    [EXTEND_CASE] = extend_case,
    [REOPEN] = reopen,
};

void routing_make_move(struct work *work, const struct move *move)
{
    must(is_ok(moves_outcome(move)));
    int state = moves_to(move, routing_state(work));
    if (state != routing_state(work))
        routing_touch_flow(work)->state = (int16_t)state;
    if (move->then == FLOW_UNTOUCHED)
        return;
    must(move->then > 0 && move->then < FLOW_THENS && actions[move->then] != NULL);
    actions[move->then](work);
}
