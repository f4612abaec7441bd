/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/moves.h"

enum {
    NONE = FROM(FLOW_NONE),
    RUNNING = FROM(FLOW_RUNNING),
    DECISION = FROM(FLOW_GRANTED) | FROM(FLOW_DENIED),
    OVER = DECISION | FROM(FLOW_CANCELLED),

    UNKNOWN = FROM(TASK_NONE),
    OPEN = FROM(TASK_OPEN),
    DECIDED = FROM(TASK_AGREED) | FROM(TASK_DISAGREED),
    CANCELLED = FROM(TASK_CANCELLED),
};

/* clang-format off */
static const struct move flow_rows[] = {
/*   from     on             only if      to              then                rule */
    {NONE,    ON_ACCEPTED,   ALWAYS,      FLOW_RUNNING,   DO(OPEN_STAGE),     "H2"},
    {NONE,    ON_ENDED,      ALWAYS,      STAYS,          DO(FLOW_UNTOUCHED), ""},

    {RUNNING, ON_DECIDE,     OTHER_STAGE, STAYS,
        REFUSE(WRONG_STATE, "another stage than the one this is meant for is open now"), "H2"},
    {RUNNING, ON_DECIDE,     ALWAYS,      STAYS,          DO(TAKE_OPINION),   "L26"},
    {RUNNING, ON_TAKE,       ALWAYS,      STAYS,          DO(TAKE_BRANCH),    "H12"},
    {RUNNING, ON_STAGE_DONE, DISAGREED,   FLOW_DENIED,    DO(DENY),           "L38"},
    {RUNNING, ON_STAGE_DONE, MORE_STAGES, STAYS,          DO(OPEN_STAGE),     "H2"},
    {RUNNING, ON_STAGE_DONE, ALWAYS,      FLOW_GRANTED,   DO(GRANT),          "L42.1"},
    {RUNNING, ON_SEND_BACK,  ALWAYS,      STAYS,          DO(REOPEN_BRANCH),  "H5"},
    {RUNNING, ON_PAUSE,      EXPIRED,     STAYS,
        REFUSE(TERM_EXPIRED, "the term is over: no procedure can stop it any more"), "L45"},
    {RUNNING, ON_PAUSE,      KIND_OPEN,   STAYS,
        REFUSE(ALREADY_PAUSED, "the case is paused for this procedure already"), "L45"},
    {RUNNING, ON_PAUSE,      ALWAYS,      STAYS,          DO(PAUSE_CASE),     "L45"},
    {RUNNING, ON_RESUME,     KIND_OPEN,   STAYS,          DO(RESUME_CASE),    "L45"},
    {RUNNING, ON_RESUME,     ALWAYS,      STAYS,
        REFUSE(NOT_PAUSED, "the case is not paused for this procedure"), "L45"},
    {RUNNING, ON_EXTEND,     EXTENDED,    STAYS,
        REFUSE(ALREADY_EXTENDED, "the time limit was extended once already"), "L42.1"},
    {RUNNING, ON_EXTEND,     EXPIRED,     STAYS,
        REFUSE(TERM_EXPIRED, "the term is over and cannot be extended any more"), "L42.1"},
    {RUNNING, ON_EXTEND,     TOO_LONG,    STAYS,
        REFUSE(FIELD_INVALID, "at most 10 working days more, 15 for joint handling"), "L42.2"},
    {RUNNING, ON_EXTEND,     ALWAYS,      STAYS,          DO(EXTEND_CASE),    "L42.1"},
    {RUNNING, ON_ENDED,      ALWAYS,      FLOW_CANCELLED, DO(CANCEL_TASKS),   ""},

    {DECISION,  ON_TAKEN_BACK, ALWAYS,    FLOW_RUNNING,   DO(REOPEN),         "H22"},

    /* The withdrawal and the decision crossed on their way: what was decided first holds. */
    {OVER,    ON_ENDED,      ALWAYS,      STAYS,          DO(FLOW_UNTOUCHED), ""},

    {NONE,    ON_ANYTHING,   ALWAYS,      STAYS, NO_SUCH(UNKNOWN_CASE, "no such case in approval"), ""},
    {OVER,    ON_ANYTHING,   ALWAYS,      STAYS, REFUSE(CASE_CLOSED, "the case is decided or ended"), ""},
};

static const struct move task_rows[] = {
/*   from       on           only if         to              then                rule */
    {UNKNOWN,   ON_OPEN,     ALWAYS,         TASK_OPEN,      DO(START_CLOCK),    "H2"},

    {OPEN,      ON_OPINION,  SURVEYED_ALONE, STAYS,
        REFUSE(STAFF_OF_TWO, "a site survey is made by two or more staff"), "L34"},
    {OPEN,      ON_OPINION,  FROM_ELSEWHERE, STAYS,
        REFUSE(STAFF_ELSEWHERE, "who makes a survey is of a department of the case"), "L34"},
    {OPEN,      ON_OPINION,  AGREES,         TASK_AGREED,    DO(STOP_CLOCK),     "L26"},
    {OPEN,      ON_OPINION,  NO_OPINION,     STAYS,
        REFUSE(OPINION_REQUIRED, "who disagrees says why"), "L38"},
    {OPEN,      ON_OPINION,  ALWAYS,         TASK_DISAGREED, DO(STOP_CLOCK),     "L38"},
    {DECIDED,   ON_OPINION,  ALWAYS,         STAYS,
        REFUSE(ALREADY_DECIDED, "this department has decided already"), "L26"},

    {OPEN,      ON_TAKEN,    ALWAYS,         STAYS,          DO(ASSIGN),         "H12"},
    {DECIDED,   ON_TAKEN,    ALWAYS,         STAYS,
        REFUSE(ALREADY_DECIDED, "this department has decided already"), "L26"},

    {OPEN,      ON_LEFT,     ALWAYS,         STAYS,          DO(RELEASE),        "H12"},
    {OPEN,      ON_RETURN,   ALWAYS,         STAYS,
        REFUSE(WRONG_STATE, "this branch is still open"), "H5"},
    {DECIDED,   ON_RETURN,   ALWAYS,         TASK_OPEN,      DO(RESTART_CLOCK),  "H5"},

    {OPEN,      ON_CANCEL,   ALWAYS,         TASK_CANCELLED, DO(STOP_CLOCK),     ""},

    {UNKNOWN,   ON_ANYTHING, ALWAYS,         STAYS,
        REFUSE(NO_SUCH_TASK, "this department has no task on the open stage"), ""},
    {CANCELLED, ON_ANYTHING, ALWAYS,         STAYS,
        REFUSE(CASE_CLOSED, "the case is decided or ended"), ""},
};
/* clang-format on */

static const char *const flow_states[FLOW_STATES] = {
    [FLOW_NONE] = "none",     [FLOW_RUNNING] = "running",     [FLOW_GRANTED] = "granted",
    [FLOW_DENIED] = "denied", [FLOW_CANCELLED] = "cancelled",
};
static const char *const flow_events[FLOW_EVENTS] = {
    [ON_ACCEPTED] = "accepted",     [ON_DECIDE] = "decide", [ON_STAGE_DONE] = "stage done",
    [ON_SEND_BACK] = "send back",   [ON_PAUSE] = "pause",   [ON_RESUME] = "resume",
    [ON_EXTEND] = "extend",         [ON_ENDED] = "ended",   [ON_TAKE] = "take",
    [ON_TAKEN_BACK] = "taken back",
};
static const char *const task_states[TASK_STATES] = {
    [TASK_NONE] = "none",           [TASK_OPEN] = "open",           [TASK_AGREED] = "agreed",
    [TASK_DISAGREED] = "disagreed", [TASK_CANCELLED] = "cancelled",
};
static const char *const task_events[TASK_EVENTS] = {
    [ON_OPEN] = "open", [ON_OPINION] = "opinion", [ON_TAKEN] = "taken",
    [ON_LEFT] = "left", [ON_RETURN] = "return",   [ON_CANCEL] = "cancel",
};
static const char *const flow_thens[FLOW_THENS] = {
    [FLOW_UNTOUCHED] = "nothing",
    [OPEN_STAGE] = "open the stage",
    [GRANT] = "grant",
    [DENY] = "deny",
    [CANCEL_TASKS] = "cancel its tasks",
    [TAKE_OPINION] = "take the opinion",
    [TAKE_BRANCH] = "take the branch",
    [REOPEN_BRANCH] = "reopen the branch",
    [PAUSE_CASE] = "pause the case",
    [RESUME_CASE] = "resume the case",
    [EXTEND_CASE] = "extend the case",
    [REOPEN] = "reopen it",
};
static const char *const task_thens[TASK_THENS] = {
    [TASK_UNTOUCHED] = "nothing",
    [START_CLOCK] = "start the clock",
    [STOP_CLOCK] = "stop the clock",
    [RESTART_CLOCK] = "restart the clock",
    [ASSIGN] = "assign",
    [RELEASE] = "release",
};

const struct moves routing_flow_moves = {
    .rows = flow_rows,
    .n_rows = sizeof flow_rows / sizeof flow_rows[0],
    .states = flow_states,
    .events = flow_events,
    .thens = flow_thens,
    .n_states = FLOW_STATES,
    .n_events = FLOW_EVENTS,
};

const struct moves routing_task_moves = {
    .rows = task_rows,
    .n_rows = sizeof task_rows / sizeof task_rows[0],
    .states = task_states,
    .events = task_events,
    .thens = task_thens,
    .n_states = TASK_STATES,
    .n_events = TASK_EVENTS,
};
