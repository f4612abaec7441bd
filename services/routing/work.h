/* SPDX-License-Identifier: Apache-2.0 */
/* work.h: one case on the table: its rows of this turn, and what can be done with them.
 *
 * A handler first finds the move (routing_find_move) and whether it may be made (moves_outcome),
 * then makes it (routing_make_move): nothing below refuses. Every instant comes from `at_ms`: of a
 * command the turn's time, of an event the time it was said. */
#ifndef ROUTING_WORK_H
#define ROUTING_WORK_H

#include "common/values/calendar.h"
#include "services/routing/flows.h"
#include "services/routing/moves.h"

struct turn;

/* RULE L45: the procedures that do not count. The numbers are those of the wire and of the
 * database. */
enum pause_kind {
    PAUSE_NONE,
    HEARING, /* RULE L36: of the applicant, or of a third party whose vital interest is touched */
    BIDDING,
    AUCTION,
    INSPECTION,
    TESTING,
    QUARANTINE,
    APPRAISAL,
    EXPERTS,
    SURVEY,
    PAUSE_KINDS
};

/* What the service remembers: made by open(), read only. */
struct routing_memory {
    struct calendar calendar;
    struct flows flows;
};

/* What a command asks, in the words of the core. Each command sets what concerns it. Borrowed. */
struct ask {
    const char *by; /* staff id */
    bool agree;
    const char *opinion;
    int32_t stage;      /* the one a decision is meant for; 0: the open one */
    char *const *staff; /* of a site survey */
    size_t n_staff;
    char *const *staff_departments; /* of each of them */
    size_t n_staff_departments;
    enum pause_kind kind;
    const char *notice;
    int32_t days; /* planned of a pause; added by an extension */
    const char *reason;
    const char *approved_by;
};

struct work {
    struct turn *turn;
    const struct routing_memory *memory;
    int64_t at_ms;
    int64_t case_number;
    struct flow_row *flow; /* null: routing does not know the case */
    struct task_row *task; /* the branch it is about; null: the whole case */
    struct ask ask;
};

/* ---- the rows (work.c) */

void routing_need(struct turn *, int64_t case_number);
struct work routing_work(struct turn *, int64_t case_number, int64_t at_ms);
int routing_state(const struct work *); /* enum flow_state; FLOW_NONE when unknown */
const struct item_flow *routing_item_flow(const struct work *);

/* Task and pause by number; null beyond the last. */
struct task_row *routing_task(const struct work *, int no);
struct pause_row *routing_pause(const struct work *, int no);

/* The revision of the flow as it is shown: of its own row, with each of its tasks (revision_with).
 */
int64_t routing_flow_revision(const struct flow_row *);
int64_t routing_task_revision(const struct task_row *);
int64_t routing_revision(const struct work *); /* of both; the flow is known */

/* The task of a department on the open stage, or null. */
struct task_row *routing_branch_of(const struct work *, const char *department);
int routing_open_branches(const struct work *); /* of the open stage */

/* The open pause of this kind of a department, or ("") of the whole case; null when there is none.
 */
struct pause_row *routing_open_pause(const struct work *, enum pause_kind, const char *department);

/* Move the flow or a task's row into the turn's changes. */
struct flow_row *routing_touch_flow(const struct work *);
struct task_row *routing_touch_task(const struct work *, struct task_row *);

/* ---- moves of the flow (flow.c) */

const struct move *routing_find_move(const struct work *, enum flow_event);
void routing_make_move(struct work *, const struct move *);

/* ---- one branch (branch.c) */

/* Of a task; null: the department has none, and the move is refused. */
const struct move *routing_find_branch_move(const struct work *, const struct task_row *,
                                            enum task_event);
void routing_open_branch(struct work *, const struct step_row *);
void routing_decide_branch(struct work *); /* work->task, as asked */
void routing_take_branch(struct work *);
void routing_release_branch(struct work *);
void routing_return_branch(struct work *);
void routing_reopen_branch(struct work *, struct task_row *);
void routing_cancel_branch(struct work *, struct task_row *);

/* ---- pauses (pause.c) */

/* Begin a pause: of a department's own procedure, or ("") of the case and its open branches. */
struct pause_row *routing_begin_pause(struct work *, const struct pause_row *draft);
void routing_end_pause(struct work *, struct pause_row *);
/* RULE H5: a branch decided at `from_ms` was sent back: it counts nothing of the time between. */
void routing_note_return(struct work *, const struct task_row *, int64_t from_ms);
/* The flow is over, and every pause with it. */
void routing_close_pauses(struct work *);
/* How many pauses of the whole case are open now: a branch that opens meanwhile is paused too. */
int routing_case_pauses(const struct work *);
/* The kind under which a task that does not count pauses the case. */
enum pause_kind routing_kind_of(const struct work *, const struct task_row *);
/* Say each procedure of a department that has just begun with its branch. */
void routing_say_own_pauses(struct work *);

#endif
