/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <strings.h>

#include "common/base/panic.h"
#include "common/rows/turn.h"
#include "services/routing/say.h"
#include "services/routing/terms.h"
#include "services/routing/work.h"

/* RULE L34: the same person twice is one person. */
static bool is_surveyed_alone(const struct task_row *task, const struct ask *ask)
{
    if (task->action != SITE_SURVEY)
        return false;
    for (size_t i = 1; i < ask->n_staff; i++)
        if (strcasecmp(ask->staff[i], ask->staff[0]) != 0)
            return false;
    return true;
}

static bool is_concerned(const struct work *work, const char *department)
{
    const struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        if (strcmp(task->department, department) == 0)
            return true;
    return false;
}

/* RULE L34: each is of a department of the case, as the desk says that vouches for them. */
static bool is_surveyed_from_elsewhere(const struct work *work, const struct task_row *task)
{
    const struct ask *ask = &work->ask;
    if (task->action != SITE_SURVEY)
        return false;
    if (ask->n_staff_departments != ask->n_staff)
        return true;
    for (size_t i = 0; i < ask->n_staff; i++)
        if (!is_concerned(work, ask->staff_departments[i]))
            return true;
    return false;
}

static unsigned facts_of(const struct work *work, const struct task_row *task)
{
    unsigned facts = ALWAYS;
    if (work->ask.agree)
        facts |= AGREES;
    if (work->ask.opinion == NULL || work->ask.opinion[0] == '\0')
        facts |= NO_OPINION;
    if (is_surveyed_alone(task, &work->ask))
        facts |= SURVEYED_ALONE;
    if (is_surveyed_from_elsewhere(work, task))
        facts |= FROM_ELSEWHERE;
    return facts;
}

const struct move *routing_find_branch_move(const struct work *work, const struct task_row *task,
                                            enum task_event on)
{
    int state = task == NULL ? TASK_NONE : task->state;
    unsigned facts = task == NULL ? ALWAYS : facts_of(work, task);
    return moves_find(&routing_task_moves, state, (int)on, facts);
}

/* RULE H5: a branch sent back resumes where its clock stopped: the time between its decision and
 * its return counts as paused, unless it was decided after its deadline. */
static void restart_clock(struct work *work, struct task_row *task)
{
    const struct calendar *cal = &work->memory->calendar;
    struct clock *clock = &task->clock;
    int64_t from_ms = clock->stopped_ms > clock->started_ms ? clock->stopped_ms : clock->started_ms;
    routing_note_return(work, task, from_ms);
    clock->running_since_ms = from_ms;
    clock->stopped_ms = 0;
    clock_pause(clock, cal, from_ms);
    clock_resume(clock, cal, work->at_ms);
}

static void share_case_pauses(struct work *work, struct task_row *task)
{
    for (int n = routing_case_pauses(work); n > 0; n--)
        clock_pause(&task->clock, &work->memory->calendar, work->at_ms);
}

/* RULE L45: while a survey or review is open, the case is paused, unless its terms are over. */
static void pause_case_for(struct work *work, const struct task_row *task, int16_t planned_days)
{
    if (task->counts || routing_terms_all_over(work->flow, &work->memory->calendar, work->at_ms))
        return;
    routing_begin_pause(work, &(struct pause_row){
                                  .kind = (int16_t)routing_kind_of(work, task),
                                  .department = task->department,
                                  .notice = "",
                                  .planned_days = planned_days,
                              });
}

static void resume_case_after(struct work *work, const struct task_row *task)
{
    struct pause_row *pause =
        task->counts ? NULL
                     : routing_open_pause(work, routing_kind_of(work, task), task->department);
    if (pause != NULL)
        routing_end_pause(work, pause);
}

/* A branch that has just opened, or opened again. */
static void begin(struct work *work, struct task_row *task, int16_t planned_days)
{
    share_case_pauses(work, task);
    task->due_ms = clock_due(&task->clock, &work->memory->calendar);
    pause_case_for(work, task, planned_days);
}

/* `days` are those planned of a branch that opens. */
static void make_move(struct work *work, struct task_row *task, enum task_event on, int16_t days)
{
    const struct calendar *cal = &work->memory->calendar;
    const struct move *move = routing_find_branch_move(work, task, on);
    must(is_ok(moves_outcome(move)));
    task->state = (int16_t)moves_to(move, task->state);
    switch (move->then) {
    case START_CLOCK:
        clock_start(&task->clock, cal, work->at_ms, days);
        begin(work, task, days);
        break;
    case STOP_CLOCK:
        clock_stop(&task->clock, cal, work->at_ms);
        break;
    case RESTART_CLOCK:
        restart_clock(work, task);
        begin(work, task, (int16_t)(task->clock.budget_min / calendar_day_minutes(cal)));
        break;
    case ASSIGN:
        task->assignee = work->ask.by;
        task->left_by = NULL;
        break;
    case RELEASE:
        task->left_by = task->assignee;
        task->assignee = NULL;
        break;
    default:
        panic("routing: a branch does not do %d", move->then);
    }
}

/* RULE L45: a survey stands outside the term only where the item says it is one of the procedures
 * that the law names. */
static bool is_in_term(const struct flow_row *flow, const struct step_row *step)
{
    return step->action == SITE_SURVEY ? flow->survey == PAUSE_NONE : step->counts;
}

/* RULE H7: a task is opened only where the published flow has a step. */
void routing_open_branch(struct work *work, const struct step_row *step)
{
    const struct flow_row *flow = work->flow;
    struct task_row row = {
        .centre = flow->centre,
        .case_number = flow->case_number,
        .no = 1,
        .stage = step->stage,
        .department = step->department,
        .action = step->action,
        .lead = step->lead,
        .counts = is_in_term(flow, step),
        .lane = flow->fast_lane ? 0 : 1, /* RULE H9: first in every queue */
        .opened_ms = work->at_ms,
    };
    while (routing_task(work, row.no) != NULL)
        row.no++;
    make_move(work, rows_add(work->turn, &routing_task_table, &row), ON_OPEN, step->days);
}

void routing_decide_branch(struct work *work)
{
    struct task_row *task = routing_touch_task(work, work->task);
    make_move(work, task, ON_OPINION, 0);
    task->opinion = work->ask.opinion;
    task->decided_by = work->ask.by;
    bool was_paused = work->flow->clock.open_pauses > 0;
    resume_case_after(work, task);
    routing_say_decided(work, was_paused && work->flow->clock.open_pauses == 0);
}

/* RULE H12: late work is late by department and person. Who has it already takes nothing. */
void routing_take_branch(struct work *work)
{
    const char *from = work->task->assignee;
    if (from != NULL && strcmp(from, work->ask.by) == 0)
        return;
    make_move(work, routing_touch_task(work, work->task), ON_TAKEN, 0);
    routing_say_taken(work, from);
}

/* RULE H12: nobody answers for it by name until somebody takes it; its department does. */
void routing_release_branch(struct work *work)
{
    make_move(work, routing_touch_task(work, work->task), ON_LEFT, 0);
    routing_say_released(work);
}

/* The earlier opinion stays in the journal. */
void routing_reopen_branch(struct work *work, struct task_row *task)
{
    make_move(work, routing_touch_task(work, task), ON_RETURN, 0);
    task->opinion = NULL;
    task->decided_by = NULL;
}

void routing_return_branch(struct work *work)
{
    routing_reopen_branch(work, work->task);
    routing_say_returned(work);
    routing_say_own_pauses(work);
}

void routing_cancel_branch(struct work *work, struct task_row *task)
{
    make_move(work, routing_touch_task(work, task), ON_CANCEL, 0);
}
