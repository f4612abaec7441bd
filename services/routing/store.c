/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/rows.h"

/* The columns of a struct clock inside a row. */
#define CLOCK_COLUMNS(row, budget_flag)                                                            \
    COLUMN_AS(row, clock.budget_min, "budget_min", I32, budget_flag),                              \
        COLUMN_AS(row, clock.used_min, "used_min", I32, 0),                                        \
        COLUMN_AS(row, clock.paused_min, "paused_min", I32, 0),                                    \
        COLUMN_AS(row, clock.open_pauses, "open_pauses", I16, 0),                                  \
        COLUMN_AS(row, clock.started_ms, "started_at", TIME, COLUMN_FIXED),                        \
        COLUMN_AS(row, clock.running_since_ms, "running_since", TIME, COLUMN_TIMED),               \
        COLUMN_AS(row, clock.paused_since_ms, "paused_since", TIME, 0),                            \
        COLUMN_AS(row, clock.stopped_ms, "stopped_at", TIME, 0)

static const struct column flow_columns[] = {
    COLUMN(flow_row, centre, I16, COLUMN_KEY),
    COLUMN(flow_row, case_number, I64, COLUMN_KEY),
    COLUMN(flow_row, item, TEXT, COLUMN_FIXED),
    COLUMN(flow_row, item_version, I32, COLUMN_FIXED),
    COLUMN(flow_row, department, TEXT, COLUMN_FIXED),
    COLUMN(flow_row, fast_lane, BOOL, COLUMN_FIXED),
    COLUMN_AS(flow_row, accepted_ms, "accepted_at", TIME, COLUMN_FIXED),
    COLUMN(flow_row, stages, I16, COLUMN_FIXED),
    COLUMN(flow_row, stage, I16, 0),
    COLUMN(flow_row, state, I16, 0),
    COLUMN(flow_row, extended_days, I16, 0),
    CLOCK_COLUMNS(flow_row, 0),
};
const struct table routing_flow_table = TABLE("flow", flow_row, flow_columns, 2);

static const struct column task_columns[] = {
    COLUMN(task_row, centre, I16, COLUMN_KEY),
    COLUMN(task_row, case_number, I64, COLUMN_KEY),
    COLUMN(task_row, no, I16, COLUMN_KEY),
    COLUMN(task_row, stage, I16, COLUMN_FIXED),
    COLUMN(task_row, department, TEXT, COLUMN_FIXED),
    COLUMN(task_row, action, I16, COLUMN_FIXED),
    COLUMN(task_row, lead, BOOL, COLUMN_FIXED),
    COLUMN(task_row, counts, BOOL, COLUMN_FIXED),
    COLUMN(task_row, lane, I16, COLUMN_FIXED),
    COLUMN(task_row, state, I16, 0),
    CLOCK_COLUMNS(task_row, COLUMN_FIXED),
    COLUMN_AS(task_row, due_ms, "due_at", TIME, 0),
    COLUMN_AS(task_row, opened_ms, "opened_at", TIME, COLUMN_FIXED),
    COLUMN(task_row, opinion, TEXT, 0),
    COLUMN(task_row, decided_by, TEXT, 0),
    COLUMN(task_row, assignee, TEXT, 0),
};
const struct table routing_task_table = TABLE("task", task_row, task_columns, 2);

static const struct column pause_columns[] = {
    COLUMN(pause_row, centre, I16, COLUMN_KEY),
    COLUMN(pause_row, case_number, I64, COLUMN_KEY),
    COLUMN(pause_row, no, I16, COLUMN_KEY),
    COLUMN(pause_row, kind, I16, COLUMN_FIXED),
    COLUMN(pause_row, department, TEXT, COLUMN_FIXED),
    COLUMN(pause_row, notice, TEXT, COLUMN_FIXED),
    COLUMN(pause_row, planned_days, I16, COLUMN_FIXED),
    COLUMN_AS(pause_row, from_ms, "from_at", TIME, COLUMN_FIXED),
    COLUMN_AS(pause_row, to_ms, "to_at", TIME, 0),
};
const struct table routing_pause_table = TABLE("pause", pause_row, pause_columns, 2);

static const struct column step_columns[] = {
    COLUMN(step_row, centre, I16, COLUMN_KEY),
    COLUMN(step_row, item, TEXT, COLUMN_KEY),
    COLUMN(step_row, version, I32, COLUMN_KEY),
    COLUMN(step_row, stage, I16, COLUMN_KEY),
    COLUMN(step_row, department, TEXT, COLUMN_KEY),
    COLUMN(step_row, action, I16, 0),
    COLUMN(step_row, lead, BOOL, 0),
    COLUMN(step_row, days, I16, 0),
    COLUMN(step_row, counts, BOOL, 0),
};
const struct table routing_step_table = REFERENCE("flow_step", step_row, step_columns, 3);
