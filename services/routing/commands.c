/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c: what departments do: take, decide, send back, pause, resume, extend. Each looks at
 * the tables of moves, and acts when they let it. */
#include <string.h>

#include "common/rows/approval.h"
#include "common/wire/revision.h"
#include "onedoor/approval.pb-c.h"
#include "services/routing/routing.h"
#include "services/routing/say.h"

/* ---- what all of them share */

/* Every command of routing begins with the number of its case. */
#define NEED(name, type)                                                                           \
    static void need_##name(struct turn *turn, const struct call *call)                            \
    {                                                                                              \
        routing_need(turn, ((const type *)call->message)->case_number);                            \
    }
NEED(decide, Onedoor__Routing__Decide)
NEED(take, Onedoor__Routing__TakeTask)
NEED(return, Onedoor__Routing__ReturnBranch)
NEED(pause, Onedoor__Routing__Pause)
NEED(resume, Onedoor__Routing__Resume)
NEED(extend, Onedoor__Routing__Extend)

static struct outcome may(const struct work *work, enum flow_event on)
{
    return moves_outcome(routing_find_move(work, on));
}

/* RULE H5: the lead answers for the case, and nobody else steers it. */
static bool is_lead(const struct work *work, const struct actor *actor)
{
    return work->flow == NULL || strcmp(actor->department, work->flow->department) == 0;
}

/* He steers the case as it was shown. What a second person agrees to was asked on it then, and he
 * reads what was asked: only the rules hold when it is done. */
static struct outcome may_lead(const struct work *work, const struct call *call, enum flow_event on)
{
    if (!is_lead(work, call->actor))
        return deny(ONEDOOR__REASON__NOT_LEAD, "only the lead department of the case may do this");
    struct outcome outcome = work->flow == NULL || call->second != NULL
                                 ? OUTCOME_OK
                                 : revision_check(call->message, routing_revision(work));
    return is_ok(outcome) ? may(work, on) : outcome;
}

static struct outcome may_branch(const struct work *work, enum task_event on)
{
    return moves_outcome(routing_find_branch_move(work, work->task, on));
}

static struct outcome do_if(struct outcome outcome, struct work *work, enum flow_event on)
{
    if (is_ok(outcome))
        routing_make_move(work, routing_find_move(work, on));
    return outcome;
}

/* ---- decide, take */

/* RULE H18: the city's step is worked by the city desk, and by it alone. */
static bool is_out_of_place(const struct actor *actor)
{
    return (actor->role == ONEDOOR__ROLE__CITY_DESK) != (strcmp(actor->department, CITY) == 0);
}

static void reply_decided(struct turn *turn, struct call *call, const struct work *work,
                          int16_t stage_before)
{
    Onedoor__Routing__DecideReply *reply =
        TURN_REPLY(turn, call, Onedoor__Routing__DecideReply, onedoor__routing__decide_reply);
    reply->flow = (Onedoor__Routing__FlowState)work->flow->state;
    reply->stage = work->flow->stage;
    reply->open_tasks = routing_open_branches(work);
    reply->stage_opened = work->flow->stage != stage_before;
}

static struct outcome handle_decide(struct turn *turn, struct call *call)
{
    const Onedoor__Routing__Decide *decide = call->message;
    struct work work = routing_work(turn, decide->case_number, turn->now_ms);
    work.ask = (struct ask){
        .by = call->actor->id,
        .agree = decide->agree,
        .opinion = decide->opinion,
        .stage = decide->stage,
        .staff = decide->staff,
        .n_staff = decide->n_staff,
        .staff_departments = decide->staff_departments,
        .n_staff_departments = decide->n_staff_departments,
    };
    if (is_out_of_place(call->actor))
        return deny(ONEDOOR__REASON__NOT_ALLOWED, "what the city decides, the city desk enters");
    struct outcome outcome = may(&work, ON_DECIDE);
    if (!is_ok(outcome))
        return outcome;
    work.task = routing_branch_of(&work, call->actor->department);
    outcome = may_branch(&work, ON_OPINION);
    if (!is_ok(outcome))
        return outcome;
    int16_t stage = work.flow->stage;
    routing_make_move(&work, routing_find_move(&work, ON_DECIDE));
    reply_decided(turn, call, &work, stage);
    return OUTCOME_OK;
}

/* RULE L26: the task stays the department's: any colleague may take it over, and decide it. */
static struct outcome handle_take(struct turn *turn, struct call *call)
{
    const Onedoor__Routing__TakeTask *take = call->message;
    struct work work = routing_work(turn, take->case_number, turn->now_ms);
    work.ask = (struct ask){.by = call->actor->id};
    if (is_out_of_place(call->actor))
        return deny(ONEDOOR__REASON__NOT_ALLOWED, "what the city decides, the city desk takes");
    struct outcome outcome = may(&work, ON_TAKE);
    if (!is_ok(outcome))
        return outcome;
    work.task = routing_branch_of(&work, call->actor->department);
    return do_if(may_branch(&work, ON_TAKEN), &work, ON_TAKE);
}

/* ---- a person has left */

static void need_release(struct turn *turn, const struct call *call)
{
    const Onedoor__Routing__ReleaseTasks *release = call->message;
    rows_want_owned(turn, &routing_task_table,
                    &(struct task_row){.centre = turn->centre, .assignee = release->assignee});
}

static struct outcome handle_release(struct turn *turn, struct call *call)
{
    const Onedoor__Routing__ReleaseTasks *release = call->message;
    Onedoor__Routing__ReleaseTasksReply *reply = TURN_REPLY(
        turn, call, Onedoor__Routing__ReleaseTasksReply, onedoor__routing__release_tasks_reply);
    struct task_row *task;
    for (size_t place = 0; (task = rows_each(turn, &routing_task_table, &place)) != NULL;) {
        bool has = task->state == TASK_OPEN && task->assignee != NULL &&
                   strcmp(task->assignee, release->assignee) == 0;
        struct work work = routing_work(turn, task->case_number, turn->now_ms);
        work.task = task;
        if (!has)
            continue;
        routing_release_branch(&work);
        reply->tasks++;
    }
    return OUTCOME_OK;
}

/* ---- the lead's */

static struct outcome handle_return(struct turn *turn, struct call *call)
{
    const Onedoor__Routing__ReturnBranch *ask = call->message;
    struct work work = routing_work(turn, ask->case_number, turn->now_ms);
    work.ask = (struct ask){.by = call->actor->id, .reason = ask->reason};
    struct outcome outcome = may_lead(&work, call, ON_SEND_BACK);
    if (!is_ok(outcome))
        return outcome;
    work.task = routing_branch_of(&work, ask->department);
    return do_if(may_branch(&work, ON_RETURN), &work, ON_SEND_BACK);
}

static struct outcome handle_pause(struct turn *turn, struct call *call)
{
    const Onedoor__Routing__Pause *ask = call->message;
    struct work work = routing_work(turn, ask->case_number, turn->now_ms);
    work.ask = (struct ask){
        .kind = (enum pause_kind)ask->kind, .notice = ask->notice, .days = ask->planned_days};
    return do_if(may_lead(&work, call, ON_PAUSE), &work, ON_PAUSE);
}

static struct outcome handle_resume(struct turn *turn, struct call *call)
{
    const Onedoor__Routing__Resume *ask = call->message;
    struct work work = routing_work(turn, ask->case_number, turn->now_ms);
    work.ask = (struct ask){.kind = (enum pause_kind)ask->kind};
    return do_if(may_lead(&work, call, ON_RESUME), &work, ON_RESUME);
}

/* RULE L42.1: ten days are for the department's head to grant. RULE L42.2: more are for the
 * government's. */
static unsigned may_extend(int32_t days)
{
    enum { OF_THE_DEPARTMENT = 10 };
    return days <= OF_THE_DEPARTMENT ? ROLE(DEPARTMENT_LEAD) : ROLE(GOVERNMENT_HEAD);
}

static struct outcome handle_extend(struct turn *turn, struct call *call)
{
    const Onedoor__Routing__Extend *ask = call->message;
    struct work work = routing_work(turn, ask->case_number, turn->now_ms);
    work.ask = (struct ask){.days = ask->days, .reason = ask->reason};
    struct outcome outcome = may_lead(&work, call, ON_EXTEND);
    if (!is_ok(outcome))
        return outcome;
    if (call->second == NULL)
        return approval_ask(turn, call,
                            &(struct approval){.roles = may_extend(ask->days),
                                               .reason = ask->reason,
                                               .days = ask->days});
    work.ask.approved_by = call->second->id;
    return do_if(outcome, &work, ON_EXTEND);
}

enum {
    DECIDERS = ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CITY_DESK),
    LEADERS = ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD),
};

const struct route routing_routes[] = {
    {&onedoor__routing__decide__descriptor, DECIDERS, need_decide, handle_decide},
    {&onedoor__routing__take_task__descriptor, DECIDERS, need_take, handle_take},
    {&onedoor__routing__release_tasks__descriptor, ROLE(ADMINISTRATOR), need_release,
     handle_release},
    {&onedoor__routing__return_branch__descriptor, LEADERS, need_return, handle_return},
    {&onedoor__routing__pause__descriptor, LEADERS, need_pause, handle_pause},
    {&onedoor__routing__resume__descriptor, LEADERS, need_resume, handle_resume},
    {&onedoor__routing__extend__descriptor, LEADERS, need_extend, handle_extend},
    APPROVAL_ROUTES,
    {NULL, 0, NULL, NULL},
};

/* RULE H22 */
const struct seconded routing_seconded[] = {
    {&onedoor__routing__extend__descriptor, ROLE(DEPARTMENT_LEAD) | ROLE(GOVERNMENT_HEAD)},
    {NULL, 0},
};
