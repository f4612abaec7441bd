/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/work.h"

#include <string.h>

#include "common/rows/turn.h"
#include "common/wire/revision.h"

void routing_need(struct turn *turn, int64_t case_number)
{
    rows_want(turn, &routing_flow_table,
              &(struct flow_row){.centre = turn->centre, .case_number = case_number});
    rows_want(turn, &routing_task_table,
              &(struct task_row){.centre = turn->centre, .case_number = case_number});
    rows_want(turn, &routing_pause_table,
              &(struct pause_row){.centre = turn->centre, .case_number = case_number});
}

struct work routing_work(struct turn *turn, int64_t case_number, int64_t at_ms)
{
    struct flow_row probe = {.centre = turn->centre, .case_number = case_number};
    return (struct work){
        .turn = turn,
        .memory = turn->memory,
        .at_ms = at_ms,
        .case_number = case_number,
        .flow = rows_find(turn, &routing_flow_table, &probe),
    };
}

int routing_state(const struct work *work)
{
    return work->flow == NULL ? FLOW_NONE : work->flow->state;
}

const struct item_flow *routing_item_flow(const struct work *work)
{
    return routing_flows_find(&work->memory->flows, work->flow->item, work->flow->item_version);
}

struct task_row *routing_task(const struct work *work, int no)
{
    struct task_row probe = {
        .centre = work->turn->centre, .case_number = work->case_number, .no = (int16_t)no};
    return rows_find(work->turn, &routing_task_table, &probe);
}

struct pause_row *routing_pause(const struct work *work, int no)
{
    struct pause_row probe = {
        .centre = work->turn->centre, .case_number = work->case_number, .no = (int16_t)no};
    return rows_find(work->turn, &routing_pause_table, &probe);
}

static int64_t revision_of_values(const int64_t *values, size_t size)
{
    return revision_of_bytes((struct bytes){(const unsigned char *)values, size});
}

int64_t routing_flow_revision(const struct flow_row *flow)
{
    const int64_t values[] = {flow->case_number,
                              flow->state,
                              flow->stage,
                              flow->extended_days,
                              flow->clock.budget_min,
                              flow->clock.open_pauses,
                              flow->clock.used_min,
                              flow->clock.paused_min};
    return revision_of_values(values, sizeof values);
}

int64_t routing_task_revision(const struct task_row *task)
{
    const int64_t values[] = {task->no, task->state, task->clock.stopped_ms};
    return revision_of_values(values, sizeof values);
}

int64_t routing_revision(const struct work *work)
{
    int64_t revision = routing_flow_revision(work->flow);
    const struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        revision = revision_with(revision, routing_task_revision(task));
    return revision;
}

struct task_row *routing_branch_of(const struct work *work, const char *department)
{
    struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        if (task->stage == work->flow->stage && strcmp(task->department, department) == 0)
            return task;
    return NULL;
}

int routing_open_branches(const struct work *work)
{
    int n = 0;
    struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++)
        n += task->stage == work->flow->stage && task->state == TASK_OPEN;
    return n;
}

struct pause_row *routing_open_pause(const struct work *work, enum pause_kind kind,
                                     const char *department)
{
    struct pause_row *pause;
    for (int no = 1; (pause = routing_pause(work, no)) != NULL; no++)
        if (pause->to_ms == 0 && pause->kind == (int16_t)kind &&
            strcmp(pause->department, department) == 0)
            return pause;
    return NULL;
}

struct flow_row *routing_touch_flow(const struct work *work)
{
    return rows_touch(work->turn, &routing_flow_table, work->flow);
}

struct task_row *routing_touch_task(const struct work *work, struct task_row *task)
{
    return rows_touch(work->turn, &routing_task_table, task);
}
