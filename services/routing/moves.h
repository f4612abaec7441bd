/* SPDX-License-Identifier: Apache-2.0 */
/* moves.h: what may happen to a flow and to a task: their states, events and facts, and their two
 * tables (moves.c). */
#ifndef ROUTING_MOVES_H
#define ROUTING_MOVES_H

#include "common/rows/moves.h"

/* The numbers are those of the wire (FlowState, TaskState) and of the database. */
enum flow_state { FLOW_NONE, FLOW_RUNNING, FLOW_GRANTED, FLOW_DENIED, FLOW_CANCELLED, FLOW_STATES };
enum task_state { TASK_NONE, TASK_OPEN, TASK_AGREED, TASK_DISAGREED, TASK_CANCELLED, TASK_STATES };

enum flow_event {
    ON_ACCEPTED,   /* intake accepted the case for approval */
    ON_DECIDE,     /* a department decides its task */
    ON_TAKE,       /* somebody of a department takes its task */
    ON_STAGE_DONE, /* that was the last open task of the stage */
    ON_SEND_BACK,  /* the lead sends a decided branch back */
    ON_PAUSE,
    ON_RESUME,
    ON_EXTEND,
    ON_TAKEN_BACK, /* intake took the decision back */
    ON_ENDED,      /* withdrawn or terminated at intake */
    FLOW_EVENTS
};

enum task_event {
    ON_OPEN,
    ON_OPINION, /* its department says what it thinks */
    ON_TAKEN,   /* one of its department answers for it from now on */
    ON_LEFT,    /* who has it has left */
    ON_RETURN,
    ON_CANCEL,
    TASK_EVENTS
};

/* What a row may ask about, as a set. */
enum routing_fact {
    DISAGREED = 1 << 0, /* a branch of the stage disagreed */
    MORE_STAGES = 1 << 1,
    KIND_OPEN = 1 << 2, /* the whole case is paused for this kind already */
    EXTENDED = 1 << 3,
    TOO_LONG = 1 << 4, /* more days than the law allows */
    AGREES = 1 << 5,
    NO_OPINION = 1 << 6,
    SURVEYED_ALONE = 1 << 7,  /* a site survey by fewer than two */
    OTHER_STAGE = 1 << 8,     /* the decision is meant for a stage that is not the open one */
    EXPIRED = 1 << 9,         /* the term of the case is over */
    FROM_ELSEWHERE = 1 << 10, /* a site survey by somebody of no department of the case */
};

/* What is done on the way: to a flow, and to a task. */
enum flow_then {
    FLOW_UNTOUCHED = 0,
    OPEN_STAGE,
    GRANT,
    DENY,
    CANCEL_TASKS,
    TAKE_OPINION,
    TAKE_BRANCH,
    REOPEN_BRANCH,
    PAUSE_CASE,
    RESUME_CASE,
    EXTEND_CASE,
    REOPEN,
    FLOW_THENS
};

enum task_then {
    TASK_UNTOUCHED = 0,
    START_CLOCK,
    STOP_CLOCK,
    RESTART_CLOCK,
    ASSIGN,
    RELEASE,
    TASK_THENS
};

extern const struct moves routing_flow_moves, routing_task_moves;

#endif
