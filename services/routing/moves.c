/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/moves.h"

#define REFUSED(reason) THEN_NOTHING, ONEDOOR__REASON__##reason
#define MAKE(then)      then, ONEDOOR__REASON__REASON_UNSPECIFIED

/* clang-format off */
static const struct routing_move flow_moves[] = {
/*   from            on             only if      to              then                       rule */
    {FLOW_NONE,      ON_ACCEPTED,   ALWAYS,      FLOW_RUNNING,   MAKE(OPEN_STAGE),            "H2"},
    {FLOW_NONE,      ON_ENDED,      ALWAYS,      FLOW_NONE,      MAKE(THEN_NOTHING),          ""},

    {FLOW_RUNNING,   ON_DECIDE,     OTHER_STAGE, FLOW_RUNNING,   REFUSED(WRONG_STATE),      "H2"},
    {FLOW_RUNNING,   ON_DECIDE,     ALWAYS,      FLOW_RUNNING,   MAKE(TAKE_OPINION),          "L26"},
    {FLOW_RUNNING,   ON_TAKE,       ALWAYS,      FLOW_RUNNING,   MAKE(TAKE_BRANCH),           "H12"},
    {FLOW_RUNNING,   ON_STAGE_DONE, DISAGREED,   FLOW_DENIED,    MAKE(DENY),                  "L38"},
    {FLOW_RUNNING,   ON_STAGE_DONE, MORE_STAGES, FLOW_RUNNING,   MAKE(OPEN_STAGE),            "H2"},
    {FLOW_RUNNING,   ON_STAGE_DONE, ALWAYS,      FLOW_GRANTED,   MAKE(GRANT),                 "L42.1"},
    {FLOW_RUNNING,   ON_SEND_BACK,  ALWAYS,      FLOW_RUNNING,   MAKE(REOPEN_BRANCH),         "H5"},
    {FLOW_RUNNING,   ON_PAUSE,      KIND_OPEN,   FLOW_RUNNING,   REFUSED(ALREADY_PAUSED),   "L45"},
    {FLOW_RUNNING,   ON_PAUSE,      ALWAYS,      FLOW_RUNNING,   MAKE(STAND_STILL),           "L45"},
    {FLOW_RUNNING,   ON_RESUME,     KIND_OPEN,   FLOW_RUNNING,   MAKE(GO_ON),                 "L45"},
    {FLOW_RUNNING,   ON_RESUME,     ALWAYS,      FLOW_RUNNING,   REFUSED(NOT_PAUSED),       "L45"},
    {FLOW_RUNNING,   ON_EXTEND,     EXTENDED,    FLOW_RUNNING,   REFUSED(ALREADY_EXTENDED), "L42.1"},
    {FLOW_RUNNING,   ON_EXTEND,     TOO_LONG,    FLOW_RUNNING,   REFUSED(FIELD_INVALID),    "L42.2"},
    {FLOW_RUNNING,   ON_EXTEND,     ALWAYS,      FLOW_RUNNING,   MAKE(LENGTHEN),              "L42.1"},
    {FLOW_RUNNING,   ON_ENDED,      ALWAYS,      FLOW_CANCELLED, MAKE(CANCEL_TASKS),          ""},

    /* The withdrawal and the decision crossed on their way: what was decided first holds. */
    {FLOW_GRANTED,   ON_ENDED,      ALWAYS,      FLOW_GRANTED,   MAKE(THEN_NOTHING),          ""},
    {FLOW_DENIED,    ON_ENDED,      ALWAYS,      FLOW_DENIED,    MAKE(THEN_NOTHING),          ""},
    {FLOW_CANCELLED, ON_ENDED,      ALWAYS,      FLOW_CANCELLED, MAKE(THEN_NOTHING),          ""},
};

static const struct routing_move task_moves[] = {
/*   from            on          only if         to              then                       rule */
    {TASK_NONE,      ON_OPEN,    ALWAYS,         TASK_OPEN,      MAKE(START_CLOCK),           "H2"},

    {TASK_OPEN,      ON_OPINION, SURVEYED_ALONE, TASK_OPEN,      REFUSED(STAFF_OF_TWO),     "L34"},
    {TASK_OPEN,      ON_OPINION, AGREES,         TASK_AGREED,    MAKE(STOP_CLOCK),            "L26"},
    {TASK_OPEN,      ON_OPINION, NO_OPINION,     TASK_OPEN,      REFUSED(OPINION_REQUIRED), "L38"},
    {TASK_OPEN,      ON_OPINION, ALWAYS,         TASK_DISAGREED, MAKE(STOP_CLOCK),            "L38"},
    {TASK_AGREED,    ON_OPINION, ALWAYS,         TASK_AGREED,    REFUSED(ALREADY_DECIDED),  "L26"},
    {TASK_DISAGREED, ON_OPINION, ALWAYS,         TASK_DISAGREED, REFUSED(ALREADY_DECIDED),  "L26"},

    {TASK_OPEN,      ON_TAKEN,   ALWAYS,         TASK_OPEN,      MAKE(ASSIGN),                "H12"},
    {TASK_AGREED,    ON_TAKEN,   ALWAYS,         TASK_AGREED,    REFUSED(ALREADY_DECIDED),  "L26"},
    {TASK_DISAGREED, ON_TAKEN,   ALWAYS,         TASK_DISAGREED, REFUSED(ALREADY_DECIDED),  "L26"},

    {TASK_OPEN,      ON_RETURN,  ALWAYS,         TASK_OPEN,      REFUSED(WRONG_STATE),      "H5"},
    {TASK_AGREED,    ON_RETURN,  ALWAYS,         TASK_OPEN,      MAKE(RESTART_CLOCK),         "H5"},
    {TASK_DISAGREED, ON_RETURN,  ALWAYS,         TASK_OPEN,      MAKE(RESTART_CLOCK),         "H5"},

    {TASK_OPEN,      ON_CANCEL,  ALWAYS,         TASK_CANCELLED, MAKE(STOP_CLOCK),            ""},
};
/* clang-format on */

static const struct routing_move *first_match(const struct routing_move *moves, size_t n,
                                              const struct routing_move *want)
{
    for (const struct routing_move *move = moves; move < moves + n; move++)
        if (move->from == want->from && move->on == want->on &&
            (move->only_if & want->only_if) == move->only_if)
            return move;
    return NULL;
}

const struct routing_move *routing_flow_move(int from, enum flow_event on, unsigned facts)
{
    return first_match(flow_moves, sizeof flow_moves / sizeof *flow_moves,
                       &(struct routing_move){.from = from, .on = (int)on, .only_if = facts});
}

const struct routing_move *routing_task_move(int from, enum task_event on, unsigned facts)
{
    return first_match(task_moves, sizeof task_moves / sizeof *task_moves,
                       &(struct routing_move){.from = from, .on = (int)on, .only_if = facts});
}

static const char *sentence(const struct routing_move *move)
{
    if (move->only_if == OTHER_STAGE)
        return "another stage than the one this is meant for is open now";
    switch (move->refusal) {
    case ONEDOOR__REASON__ALREADY_PAUSED:
        return "the case stands still for this procedure already";
    case ONEDOOR__REASON__NOT_PAUSED:
        return "the case does not stand still for this procedure";
    case ONEDOOR__REASON__ALREADY_EXTENDED:
        return "the time limit was extended once already";
    case ONEDOOR__REASON__FIELD_INVALID:
        return "at most 10 working days more, 15 for joint handling";
    case ONEDOOR__REASON__STAFF_OF_TWO:
        return "a site survey is made by two or more staff";
    case ONEDOOR__REASON__OPINION_REQUIRED:
        return "who disagrees says why";
    case ONEDOOR__REASON__ALREADY_DECIDED:
        return "this department has decided already";
    default:
        return "this branch is still open";
    }
}

struct outcome routing_may(const struct routing_move *move, int state)
{
    if (move != NULL)
        return move->refusal == 0 ? OUTCOME_OK : refuse(move->refusal, sentence(move));
    if (state == FLOW_NONE)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "no such case in approval");
    return refuse(ONEDOOR__REASON__CASE_CLOSED, "the case is decided or ended");
}
