/* SPDX-License-Identifier: Apache-2.0 */
/* hears_routing.c: the terms and steps of cases in approval, as routing says. */
#include "onedoor/routing.pb-c.h"
#include "services/supervision/calendar.h"
#include "services/supervision/hears.h"

/* The case's own, by one of its terms. */
static struct watched of_case(const struct heard *heard, enum term term)
{
    return (struct watched){heard->case_number, 0, term};
}

static struct watched of_task(const struct heard *heard, int32_t task)
{
    return (struct watched){heard->case_number, (int16_t)task, TERM_STEP};
}

static void set_watch(struct turn *turn, const struct watched *watched, const Onedoor__Clock *clock)
{
    struct watch_row *watch = supervision_watch_find(turn, watched);

    if (watch != NULL)
        supervision_watch_set(turn, watch, clock);
}

/* The clocks of a case as an event says them: that of its promise, and its other terms. */
struct said {
    const Onedoor__Clock *clock;
    Onedoor__TermClock *const *terms;
    size_t n_terms;
};
#define SAID(event)                                                                                \
    &(const struct said)                                                                           \
    {                                                                                              \
        (event)->clock, (event)->terms, (event)->n_terms                                           \
    }

static void set_case(struct turn *turn, const struct heard *heard, const struct said *said)
{
    const struct watched promise = of_case(heard, TERM_PROMISE);

    set_watch(turn, &promise, said->clock);
    for (size_t i = 0; i < said->n_terms; i++) {
        const struct watched other = of_case(heard, (enum term)said->terms[i]->term);
        set_watch(turn, &other, said->terms[i]->clock);
    }
}

static const char *assignee_of(const Onedoor__Routing__Task *task)
{
    return task->assignee[0] == '\0' ? NULL : task->assignee;
}

static void open_task(struct turn *turn, const struct heard *heard,
                      const Onedoor__Routing__Task *task, const char *item)
{
    struct watch_row watch = supervision_watch_of(turn, heard);

    watch.task = (int16_t)task->no;
    watch.term = TERM_STEP;
    watch.department = task->department;
    watch.item = item;
    watch.assignee = assignee_of(task);
    supervision_watch_take(&watch, task->clock);
    supervision_watch_open(turn, &watch);
}

/* Whose case it is, as an event says it that begins or reopens its approval. */
struct owner {
    const char *department, *item;
};

static void open_term(struct turn *turn, const struct heard *heard, const struct owner *owner,
                      enum term term, const Onedoor__Clock *clock)
{
    struct watch_row watch = supervision_watch_of(turn, heard);

    watch.term = (int16_t)term;
    watch.department = owner->department;
    watch.item = owner->item;
    supervision_watch_take(&watch, clock);
    supervision_watch_open(turn, &watch);
}

/* RULE L42.1, L42.2: the case is watched by the hall's promise and by what the law allows. */
static struct outcome open_case(struct turn *turn, const struct heard *heard,
                                const struct owner *owner, const struct said *said)
{
    for (size_t i = 0; i < said->n_terms; i++)
        if (said->terms[i]->term != ONEDOOR__TERM__STATUTORY &&
            said->terms[i]->term != ONEDOOR__TERM__PARALLEL)
            return refuse(ONEDOOR__REASON__FIELD_INVALID, "that is no term of a case in approval");
    open_term(turn, heard, owner, TERM_PROMISE, said->clock);
    for (size_t i = 0; i < said->n_terms; i++)
        open_term(turn, heard, owner, (enum term)said->terms[i]->term, said->terms[i]->clock);
    return OUTCOME_OK;
}

static bool is_watched(struct turn *turn, const struct heard *heard,
                       const Onedoor__Routing__StageOpened *stage)
{
    for (size_t i = 0; i < stage->n_tasks; i++) {
        const struct watched step = of_task(heard, stage->tasks[i]->no);
        if (supervision_watch_find(turn, &step) != NULL)
            return true;
    }
    return false;
}

/* The first stage begins the case's terms, every stage its tasks. */
static struct outcome hear_stage_opened(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__StageOpened *stage = heard->message;
    const struct watched promise = of_case(heard, TERM_PROMISE);
    struct outcome outcome = OUTCOME_OK;

    if (is_watched(turn, heard, stage))
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the task is watched already");
    supervision_watches_settle(turn, heard, false);
    if (supervision_watch_find(turn, &promise) == NULL)
        outcome = open_case(turn, heard, &(const struct owner){stage->department, stage->item},
                            SAID(stage));
    else
        set_case(turn, heard, SAID(stage));
    if (!is_ok(outcome))
        return outcome;
    for (size_t i = 0; i < stage->n_tasks; i++)
        open_task(turn, heard, stage->tasks[i], stage->item);
    return OUTCOME_OK;
}

static struct outcome hear_task_decided(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskDecided *decided = heard->message;

    if (decided->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    const struct watched step = of_task(heard, decided->task->no);
    struct watch_row *watch = supervision_watch_find(turn, &step);

    supervision_watches_settle(turn, heard, false);
    set_case(turn, heard, SAID(decided));
    if (watch != NULL)
        rows_remove(turn, &supervision_watch_table, watch);
    return OUTCOME_OK;
}

/* RULE H12: what is late is late by department and person. */
static struct outcome set_assignee(struct turn *turn, const struct heard *heard,
                                   const Onedoor__Routing__Task *task)
{
    if (task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    const struct watched step = of_task(heard, task->no);
    struct watch_row *watch = supervision_watch_find(turn, &step);

    supervision_watches_settle(turn, heard, false);
    if (watch != NULL)
        ((struct watch_row *)rows_touch(turn, &supervision_watch_table, watch))->assignee =
            assignee_of(task);
    return OUTCOME_OK;
}

static struct outcome hear_task_taken(struct turn *turn, const struct heard *heard)
{
    return set_assignee(turn, heard, ((const Onedoor__Routing__TaskTaken *)heard->message)->task);
}

static struct outcome hear_task_released(struct turn *turn, const struct heard *heard)
{
    return set_assignee(turn, heard,
                        ((const Onedoor__Routing__TaskReleased *)heard->message)->task);
}

/* The branch is open again, with the cards it had: none of them is issued twice. */
static struct outcome hear_task_returned(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskReturned *returned = heard->message;
    const struct watched promise = of_case(heard, TERM_PROMISE);
    const struct watch_row *whole = supervision_watch_find(turn, &promise);

    if (returned->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    const struct watched step = of_task(heard, returned->task->no);
    if (whole == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "the case is not watched");
    if (supervision_watch_find(turn, &step) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the task is watched already");
    supervision_watches_settle(turn, heard, false);
    set_case(turn, heard, SAID(returned));
    open_task(turn, heard, returned->task, whole->item);
    return OUTCOME_OK;
}

/* The decision was taken back: what was watched is again, with the cards it had. */
static struct outcome hear_flow_reopened(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__FlowReopened *reopened = heard->message;
    const struct owner owner = {reopened->department, reopened->item};
    const struct watched promise = of_case(heard, TERM_PROMISE);

    if (supervision_watch_find(turn, &promise) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the case is watched already");
    struct outcome outcome = open_case(turn, heard, &owner, SAID(reopened));
    if (!is_ok(outcome))
        return outcome;
    for (size_t i = 0; i < reopened->n_tasks; i++)
        open_task(turn, heard, reopened->tasks[i], reopened->item);
    return OUTCOME_OK;
}

/* RULE L45: while a procedure runs nothing comes due, of the case or of its branches; afterwards
 * each clock goes on where it stood. */
static void set_branches(struct turn *turn, const struct heard *heard,
                         Onedoor__Routing__Task *const *tasks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct watched step = of_task(heard, tasks[i]->no);
        set_watch(turn, &step, tasks[i]->clock);
    }
}

static struct watched of_procedure(const struct heard *heard, int32_t no)
{
    return (struct watched){heard->case_number, (int16_t)no, TERM_PROCEDURE};
}

/* RULE L45: the applicant was told how long it takes, so its planned end is watched. A department's
 * own survey or review is watched as its step. */
static void open_procedure(struct turn *turn, const struct heard *heard,
                           const Onedoor__Routing__ClockPaused *paused)
{
    const struct watched promise = of_case(heard, TERM_PROMISE);
    const struct watched procedure = of_procedure(heard, paused->no);
    const struct watch_row *whole = supervision_watch_find(turn, &promise);
    struct watch_row watch = supervision_watch_of(turn, heard);

    if (paused->department[0] != '\0' || paused->planned_days == 0 || whole == NULL ||
        supervision_watch_find(turn, &procedure) != NULL)
        return;
    watch.task = (int16_t)paused->no;
    watch.term = TERM_PROCEDURE;
    watch.department = whole->department;
    watch.item = whole->item;
    supervision_watch_start(turn, &watch, heard->at_ms, (int16_t)paused->planned_days);
    supervision_watch_open(turn, &watch);
}

static struct outcome hear_clock_paused(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockPaused *paused = heard->message;

    supervision_watches_settle(turn, heard, false);
    set_case(turn, heard, SAID(paused));
    set_branches(turn, heard, paused->tasks, paused->n_tasks);
    open_procedure(turn, heard, paused);
    return OUTCOME_OK;
}

static struct outcome hear_clock_resumed(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockResumed *resumed = heard->message;
    const struct watched procedure = of_procedure(heard, resumed->no);
    struct watch_row *watch = supervision_watch_find(turn, &procedure);

    supervision_watches_settle(turn, heard, false);
    set_case(turn, heard, SAID(resumed));
    set_branches(turn, heard, resumed->tasks, resumed->n_tasks);
    if (watch != NULL)
        rows_remove(turn, &supervision_watch_table, watch);
    return OUTCOME_OK;
}

/* RULE L42.1, L42.2 */
static struct outcome hear_clock_extended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockExtended *extended = heard->message;

    supervision_watches_settle(turn, heard, false);
    set_case(turn, heard, SAID(extended));
    return OUTCOME_OK;
}

/* RULE L82: by a published calendar. Of a corrected day the clock before was wrong, so nothing is
 * settled by it. */
static struct outcome hear_deadline_moved(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__DeadlineMoved *moved = heard->message;
    const struct watched watched = {heard->case_number, (int16_t)moved->task,
                                    (enum term)moved->term};
    struct watch_row *watch = supervision_watch_find(turn, &watched);

    if (moved->corrected == NULL)
        supervision_watches_settle(turn, heard, false);
    set_watch(turn, &watched, moved->clock);
    if (moved->corrected != NULL && watch != NULL)
        supervision_watch_doubt(turn, watch, moved->corrected, heard->at_ms);
    if (watch != NULL)
        supervision_watch_schedule(turn, watch);
    return OUTCOME_OK;
}

static struct outcome hear_flow_over(struct turn *turn, const struct heard *heard)
{
    supervision_watches_end(turn, heard, false);
    return OUTCOME_OK;
}

const struct hearing supervision_hears_routing[] = {
    {&onedoor__routing__stage_opened__descriptor, supervision_need_watches, hear_stage_opened},
    {&onedoor__routing__task_decided__descriptor, supervision_need_watches, hear_task_decided},
    {&onedoor__routing__task_taken__descriptor, supervision_need_watches, hear_task_taken},
    {&onedoor__routing__task_released__descriptor, supervision_need_watches, hear_task_released},
    {&onedoor__routing__task_returned__descriptor, supervision_need_reopened, hear_task_returned},
    {&onedoor__routing__clock_paused__descriptor, supervision_need_watches, hear_clock_paused},
    {&onedoor__routing__clock_resumed__descriptor, supervision_need_watches, hear_clock_resumed},
    {&onedoor__routing__clock_extended__descriptor, supervision_need_watches, hear_clock_extended},
    {&onedoor__routing__deadline_moved__descriptor, supervision_need_reopened, hear_deadline_moved},
    {&onedoor__routing__flow_reopened__descriptor, supervision_need_reopened, hear_flow_reopened},
    {&onedoor__routing__flow_granted__descriptor, supervision_need_watches, hear_flow_over},
    {&onedoor__routing__flow_denied__descriptor, supervision_need_watches, hear_flow_over},
    {&onedoor__routing__flow_cancelled__descriptor, supervision_need_watches, hear_flow_over},
    {NULL, NULL, NULL},
};
