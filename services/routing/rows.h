/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: what routing keeps. A flow is a case on its way through the departments; a task is one
 * branch of one stage; a pause is a stretch that the case's clock does not count; a step is a line
 * of the published flow of an item.
 *
 * The columns of a row stand below its struct; store.c makes the tables of them. */
#ifndef ROUTING_ROWS_H
#define ROUTING_ROWS_H

#include "common/rows/table.h"
#include "common/values/clock.h"

/* The columns of a struct clock inside a row. */
#define CLOCK_COLUMNS(row)                                                                         \
    COLUMN_AS(row, clock.budget_min, "budget_min", I32, 0),                                        \
        COLUMN_AS(row, clock.used_min, "used_min", I32, 0),                                        \
        COLUMN_AS(row, clock.paused_min, "paused_min", I32, 0),                                    \
        COLUMN_AS(row, clock.open_pauses, "open_pauses", I16, 0),                                  \
        COLUMN_AS(row, clock.started_ms, "started_at", TIME, 0),                                   \
        COLUMN_AS(row, clock.running_since_ms, "running_since", TIME, 0),                          \
        COLUMN_AS(row, clock.paused_since_ms, "paused_since", TIME, 0),                            \
        COLUMN_AS(row, clock.stopped_ms, "stopped_at", TIME, COLUMN_DONE),                         \
        COLUMN_AS(row, clock.over_ms, "over_at", TIME, 0)

/* What a term has of its own beside the clock of the promise (terms.h). */
struct limit {
    int32_t budget_min; /* 0: there is no such limit */
    int64_t over_ms;    /* as in struct clock */
};

/* One a case that routing has heard of as accepted. Its key is the case's. */
struct flow_row {
    int16_t centre;
    int64_t case_number;
    const char *item;
    int32_t item_version;   /* RULE H11: the version the case began under */
    const char *department; /* RULE H5: the lead, which answers for the case */
    bool fast_lane;         /* RULE H9 */
    int64_t accepted_ms;    /* from which the case's clock was started */
    int16_t stages;
    int16_t stage;         /* the open one, from 1; the last one opened once the flow is over */
    int16_t state;         /* enum flow_state */
    int16_t survey;        /* RULE L45: enum pause_kind of its site survey; 0: it stops no clock */
    int16_t extended_days; /* RULE L42.1, L42.2: 0 until the one extension */
    int64_t extended_ms;   /* when that was granted; 0 until then */
    int16_t promised_days; /* what its terms began with, to count them again */
    int16_t statutory_days;
    struct limit statutory, parallel; /* RULE L42.1, L42.2 */
    struct clock clock;               /* of the promise */
};
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
    COLUMN(flow_row, survey, I16, COLUMN_FIXED),
    COLUMN(flow_row, extended_days, I16, 0),
    COLUMN_AS(flow_row, extended_ms, "extended_at", TIME, 0),
    COLUMN(flow_row, promised_days, I16, COLUMN_FIXED),
    COLUMN(flow_row, statutory_days, I16, COLUMN_FIXED),
    COLUMN_AS(flow_row, statutory.budget_min, "statutory_min", I32, 0),
    COLUMN_AS(flow_row, statutory.over_ms, "statutory_over_at", TIME, 0),
    COLUMN_AS(flow_row, parallel.budget_min, "parallel_min", I32, 0),
    COLUMN_AS(flow_row, parallel.over_ms, "parallel_over_at", TIME, 0),
    CLOCK_COLUMNS(flow_row),
};

/* One branch: what one department does in one stage. A branch sent back is the same row, open
 * again. */
struct task_row {
    int16_t centre;
    int64_t case_number;
    int16_t no; /* within the case, from 1 */
    int16_t stage;
    const char *department; /* "CITY": worked by the city desk (RULE H18) */
    int16_t action;         /* enum task_action */
    bool lead;
    bool counts; /* false: special procedure, the case is paused while it is open */
    int16_t
        lane; /* RULE H9: 0 the fast lane, 1 the rest; a copy of the flow's, for the work list */
    int16_t state;      /* enum task_state */
    struct clock clock; /* stopped when decided or cancelled */
    int64_t due_ms; /* derived from the clock at every change of it, for the order of the work list;
                       0 while paused */
    int64_t opened_ms;
    const char *opinion;    /* null until decided */
    const char *decided_by; /* staff id; null until decided */
    const char *assignee;   /* staff id of who has taken it; null: nobody yet */
    const char *left_by;    /* staff id of who had it and has left; null once it is taken again */
};
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
    CLOCK_COLUMNS(task_row),
    COLUMN_AS(task_row, due_ms, "due_at", TIME, 0),
    COLUMN_AS(task_row, opened_ms, "opened_at", TIME, COLUMN_FIXED),
    COLUMN(task_row, opinion, TEXT, 0),
    COLUMN(task_row, decided_by, TEXT, 0),
    COLUMN(task_row, assignee, TEXT, COLUMN_OWNER),
    COLUMN(task_row, left_by, TEXT, 0),
};

/* RULE L45: a period in which the case's clock is paused. Or, with a task, the time from the
 * decision of a branch to its return, of which the branch counts nothing (RULE H5). */
struct pause_row {
    int16_t centre;
    int64_t case_number;
    int16_t no;             /* within the case, from 1 */
    int16_t task;           /* the branch that was sent back; 0: a procedure */
    int16_t kind;           /* enum pause_kind */
    const char *department; /* whose survey, review or branch; "" when asked for the whole case */
    const char *notice;     /* number of the written notice to the applicant */
    int16_t planned_days;
    int64_t from_ms;
    int64_t to_ms; /* 0 while open */
};
static const struct column pause_columns[] = {
    COLUMN(pause_row, centre, I16, COLUMN_KEY),
    COLUMN(pause_row, case_number, I64, COLUMN_KEY),
    COLUMN(pause_row, no, I16, COLUMN_KEY),
    COLUMN(pause_row, task, I16, COLUMN_FIXED),
    COLUMN(pause_row, kind, I16, COLUMN_FIXED),
    COLUMN(pause_row, department, TEXT, COLUMN_FIXED),
    COLUMN(pause_row, notice, TEXT, COLUMN_FIXED),
    COLUMN(pause_row, planned_days, I16, COLUMN_FIXED),
    COLUMN_AS(pause_row, from_ms, "from_at", TIME, COLUMN_FIXED),
    COLUMN_AS(pause_row, to_ms, "to_at", TIME, 0),
};

/* Reference: one line of an item's published flow. Lines of one stage run in parallel (RULE H2). */
struct step_row {
    int16_t centre;
    const char *item;
    int32_t
        version; /* a case follows the greatest version that is not above its item's (RULE H11) */
    int16_t stage;
    const char *department;
    int16_t action; /* enum task_action */
    bool lead;
    int16_t days; /* planned working days of the branch */
    bool counts;
};
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

extern const struct table routing_flow_table;
extern const struct table routing_task_table;
extern const struct table routing_pause_table;
extern const struct table routing_step_table;

#endif
