/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: what opens work, moves its clock and ends it.
 *
 * An immediate case is watched by what intake says of it, every other by what routing says, and
 * neither touches the watches of the other: so it does not matter in which order the two journals
 * are read. Every hearing of a case begins by settling its watches (watch.h). */
#include "common/rows/clock_message.h"
#include "common/rows/year_days.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/supervision/supervision.h"
#include "services/supervision/watch.h"

static void need_watches(struct turn *turn, const struct heard *heard)
{
    supervision_want_watches(turn, heard->case_number);
}

static struct watch_row probe_of(const struct turn *turn, const struct heard *heard)
{
    return (struct watch_row){.centre = turn->centre, .case_number = heard->case_number};
}

/* Settles the watches of the journal that the event is from; an earlier event of the other journal
 * may still be on its way. */
static void settle_watches(struct turn *turn, const struct heard *heard, bool immediate)
{
    const struct watch_row probe = probe_of(turn, heard);

    for (struct watch_row *w = NULL;
         (w = rows_next(turn, &supervision_watch_table, &probe, w)) != NULL;)
        if (w->immediate == immediate)
            supervision_watch_settle(turn, w, heard->at_ms);
}

/* Nothing fires on what is closed: the watches go, the cards stay. */
static void end_watches(struct turn *turn, const struct heard *heard, bool immediate)
{
    const struct watch_row probe = probe_of(turn, heard);

    settle_watches(turn, heard, immediate);
    for (struct watch_row *w = NULL;
         (w = rows_next(turn, &supervision_watch_table, &probe, w)) != NULL;)
        if (w->immediate == immediate)
            rows_remove(turn, &supervision_watch_table, w);
}

static void take_clock(struct watch_row *watch, const Onedoor__Clock *said)
{
    clock_message_read(said, &watch->clock);
    watch->due_ms = said == NULL ? 0 : said->due_ms;
}

/* ---- intake: immediate items (RULE H4) */

static void need_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;

    if (accepted->immediate)
        need_watches(turn, heard);
}

static struct outcome hear_case_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;
    struct watch_row watch = probe_of(turn, heard);

    if (!accepted->immediate)
        return OUTCOME_OK;
    if (supervision_watch_find(turn, heard->case_number, 0) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the case is watched already");
    watch.department = accepted->department;
    watch.item = accepted->item;
    watch.immediate = true;
    take_clock(&watch, accepted->clock);
    supervision_watch_open(turn, &watch);
    return OUTCOME_OK;
}

static struct outcome hear_case_over(struct turn *turn, const struct heard *heard)
{
    end_watches(turn, heard, true);
    return OUTCOME_OK;
}

/* ---- intake: the calendar (RULE L82) */

static void need_calendar(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    year_days_want(turn);
    rows_want_timed(turn, &supervision_watch_table);
}

/* What was reached before stays reached, for the past stays as it was counted; what is still to
 * come is looked for anew. */
static struct outcome hear_calendar(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CalendarPublished *published = heard->message;
    const struct year_days list = {published->year, published->days, published->n_days};
    const struct supervision *before = turn->memory;
    struct outcome outcome = year_days_check(&list);
    struct watch_row *watch;

    if (!is_ok(outcome))
        return outcome;
    struct supervision *now = ARENA_NEW(turn->arena, struct supervision);
    *now = *before;
    now->calendar = year_days_replace(turn, &before->calendar.hours, &list);
    now->scale.calendar = &now->calendar;
    turn_remember(turn, now);
    for (size_t place = 0; (watch = rows_each(turn, &supervision_watch_table, &place)) != NULL;)
        supervision_watch_schedule(turn, watch);
    return OUTCOME_OK;
}

/* ---- routing: everything else */

static void set_case(struct turn *turn, const struct heard *heard, const Onedoor__Clock *message)
{
    struct watch_row *watch = supervision_watch_find(turn, heard->case_number, 0);

    if (watch != NULL)
        supervision_watch_set(turn, watch, message);
}

static const char *assignee_of(const Onedoor__Routing__Task *task)
{
    return task->assignee[0] == '\0' ? NULL : task->assignee;
}

static void open_task(struct turn *turn, const struct heard *heard,
                      const Onedoor__Routing__Task *task, const char *item)
{
    struct watch_row watch = probe_of(turn, heard);
    const struct card_row *card =
        supervision_card_highest(turn, heard->case_number, (int16_t)task->no);

    watch.task = (int16_t)task->no;
    watch.department = task->department;
    watch.item = item;
    watch.assignee = assignee_of(task);
    watch.level = card == NULL ? LAMP_GREEN : card->level;
    watch.level_ms = card == NULL ? 0 : card->issued_ms;
    take_clock(&watch, task->clock);
    supervision_watch_open(turn, &watch);
}

static void open_case(struct turn *turn, const struct heard *heard,
                      const Onedoor__Routing__StageOpened *stage)
{
    struct watch_row watch = probe_of(turn, heard);

    watch.department = stage->department;
    watch.item = stage->item;
    take_clock(&watch, stage->clock);
    supervision_watch_open(turn, &watch);
}

/* The first stage begins the case's promise, every stage its tasks. */
static struct outcome hear_stage_opened(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__StageOpened *stage = heard->message;

    for (size_t i = 0; i < stage->n_tasks; i++)
        if (supervision_watch_find(turn, heard->case_number, (int16_t)stage->tasks[i]->no) != NULL)
            return refuse(ONEDOOR__REASON__WRONG_STATE, "the task is watched already");
    settle_watches(turn, heard, false);
    if (supervision_watch_find(turn, heard->case_number, 0) == NULL)
        open_case(turn, heard, stage);
    else
        set_case(turn, heard, stage->clock);
    for (size_t i = 0; i < stage->n_tasks; i++)
        open_task(turn, heard, stage->tasks[i], stage->item);
    return OUTCOME_OK;
}

static struct outcome hear_task_decided(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskDecided *decided = heard->message;

    if (decided->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    struct watch_row *watch =
        supervision_watch_find(turn, heard->case_number, (int16_t)decided->task->no);

    settle_watches(turn, heard, false);
    set_case(turn, heard, decided->clock);
    if (watch != NULL)
        rows_remove(turn, &supervision_watch_table, watch);
    return OUTCOME_OK;
}

/* RULE H12: what is late is late by department and person. */
static struct outcome hear_task_taken(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskTaken *taken = heard->message;

    if (taken->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    struct watch_row *watch =
        supervision_watch_find(turn, heard->case_number, (int16_t)taken->task->no);

    settle_watches(turn, heard, false);
    if (watch != NULL)
        ((struct watch_row *)rows_touch(turn, &supervision_watch_table, watch))->assignee =
            assignee_of(taken->task);
    return OUTCOME_OK;
}

static void need_returned(struct turn *turn, const struct heard *heard)
{
    need_watches(turn, heard);
    supervision_want_cards(turn, heard->case_number);
}

/* The branch is open again, with the cards it had: none of them is issued twice. */
static struct outcome hear_task_returned(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskReturned *returned = heard->message;
    const struct watch_row *whole = supervision_watch_find(turn, heard->case_number, 0);

    if (returned->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    if (whole == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "the case is not watched");
    if (supervision_watch_find(turn, heard->case_number, (int16_t)returned->task->no) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the task is watched already");
    settle_watches(turn, heard, false);
    set_case(turn, heard, returned->clock);
    open_task(turn, heard, returned->task, whole->item);
    return OUTCOME_OK;
}

/* RULE L45: while a procedure runs nothing comes due, of the case or of its branches; afterwards
 * each clock goes on where it stood. */
static void set_branches(struct turn *turn, const struct heard *heard,
                         Onedoor__Routing__Task *const *tasks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct watch_row *watch =
            supervision_watch_find(turn, heard->case_number, (int16_t)tasks[i]->no);
        if (watch != NULL)
            supervision_watch_set(turn, watch, tasks[i]->clock);
    }
}

static struct outcome hear_clock_paused(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockPaused *paused = heard->message;

    settle_watches(turn, heard, false);
    set_case(turn, heard, paused->clock);
    set_branches(turn, heard, paused->tasks, paused->n_tasks);
    return OUTCOME_OK;
}

static struct outcome hear_clock_resumed(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockResumed *resumed = heard->message;

    settle_watches(turn, heard, false);
    set_case(turn, heard, resumed->clock);
    set_branches(turn, heard, resumed->tasks, resumed->n_tasks);
    return OUTCOME_OK;
}

/* RULE L42.1, L42.2 */
static struct outcome hear_clock_extended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockExtended *extended = heard->message;

    settle_watches(turn, heard, false);
    set_case(turn, heard, extended->clock);
    return OUTCOME_OK;
}

/* RULE L82: by a published calendar. */
static struct outcome hear_deadline_moved(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__DeadlineMoved *moved = heard->message;
    struct watch_row *watch =
        supervision_watch_find(turn, heard->case_number, (int16_t)moved->task);

    settle_watches(turn, heard, false);
    if (watch != NULL)
        supervision_watch_set(turn, watch, moved->clock);
    return OUTCOME_OK;
}

static struct outcome hear_flow_over(struct turn *turn, const struct heard *heard)
{
    end_watches(turn, heard, false);
    return OUTCOME_OK;
}

static const struct hearing intake_hearings[] = {
    {&onedoor__intake__case_accepted__descriptor, need_accepted, hear_case_accepted},
    {&onedoor__intake__case_granted__descriptor, need_watches, hear_case_over},
    {&onedoor__intake__case_denied__descriptor, need_watches, hear_case_over},
    {&onedoor__intake__case_withdrawn__descriptor, need_watches, hear_case_over},
    {&onedoor__intake__case_terminated__descriptor, need_watches, hear_case_over},
    {&onedoor__intake__calendar_published__descriptor, need_calendar, hear_calendar},
    {NULL, NULL, NULL},
};

static const struct hearing routing_hearings[] = {
    {&onedoor__routing__stage_opened__descriptor, need_watches, hear_stage_opened},
    {&onedoor__routing__task_decided__descriptor, need_watches, hear_task_decided},
    {&onedoor__routing__task_taken__descriptor, need_watches, hear_task_taken},
    {&onedoor__routing__task_returned__descriptor, need_returned, hear_task_returned},
    {&onedoor__routing__clock_paused__descriptor, need_watches, hear_clock_paused},
    {&onedoor__routing__clock_resumed__descriptor, need_watches, hear_clock_resumed},
    {&onedoor__routing__clock_extended__descriptor, need_watches, hear_clock_extended},
    {&onedoor__routing__deadline_moved__descriptor, need_watches, hear_deadline_moved},
    {&onedoor__routing__flow_granted__descriptor, need_watches, hear_flow_over},
    {&onedoor__routing__flow_denied__descriptor, need_watches, hear_flow_over},
    {&onedoor__routing__flow_cancelled__descriptor, need_watches, hear_flow_over},
    {NULL, NULL, NULL},
};

const struct follow supervision_follows[] = {
    {"intake", intake_hearings},
    {"routing", routing_hearings},
    {NULL, NULL},
};
