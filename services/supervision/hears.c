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

/* The case's own, by one of its terms. */
static struct watched of_case(const struct heard *heard, enum term term)
{
    return (struct watched){heard->case_number, 0, term};
}

static struct watched of_task(const struct heard *heard, int32_t task)
{
    return (struct watched){heard->case_number, (int16_t)task, TERM_STEP};
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
    const struct watched promise = of_case(heard, TERM_PROMISE);
    if (supervision_watch_find(turn, &promise) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the case is watched already");
    watch.term = TERM_PROMISE;
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
    struct watch_row watch = probe_of(turn, heard);
    const struct watched step = of_task(heard, task->no);
    const struct card_row *card = supervision_card_highest(turn, &step);

    watch.task = (int16_t)task->no;
    watch.term = TERM_STEP;
    watch.department = task->department;
    watch.item = item;
    watch.assignee = assignee_of(task);
    watch.level = card == NULL ? LAMP_GREEN : card->level;
    watch.level_ms = card == NULL ? 0 : card->issued_ms;
    take_clock(&watch, task->clock);
    supervision_watch_open(turn, &watch);
}

static void open_term(struct turn *turn, const struct heard *heard,
                      const Onedoor__Routing__StageOpened *stage, enum term term,
                      const Onedoor__Clock *clock)
{
    struct watch_row watch = probe_of(turn, heard);

    watch.term = (int16_t)term;
    watch.department = stage->department;
    watch.item = stage->item;
    take_clock(&watch, clock);
    supervision_watch_open(turn, &watch);
}

/* RULE L42.1, L42.2: the case is watched by the hall's promise and by what the law allows. */
static struct outcome open_case(struct turn *turn, const struct heard *heard,
                                const Onedoor__Routing__StageOpened *stage)
{
    for (size_t i = 0; i < stage->n_terms; i++)
        if (stage->terms[i]->term != ONEDOOR__TERM__STATUTORY &&
            stage->terms[i]->term != ONEDOOR__TERM__PARALLEL)
            return refuse(ONEDOOR__REASON__FIELD_INVALID, "that is no term of a case in approval");
    open_term(turn, heard, stage, TERM_PROMISE, stage->clock);
    for (size_t i = 0; i < stage->n_terms; i++)
        open_term(turn, heard, stage, (enum term)stage->terms[i]->term, stage->terms[i]->clock);
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
    settle_watches(turn, heard, false);
    if (supervision_watch_find(turn, &promise) == NULL)
        outcome = open_case(turn, heard, stage);
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

    settle_watches(turn, heard, false);
    set_case(turn, heard, SAID(decided));
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
    const struct watched step = of_task(heard, taken->task->no);
    struct watch_row *watch = supervision_watch_find(turn, &step);

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
    const struct watched promise = of_case(heard, TERM_PROMISE);
    const struct watch_row *whole = supervision_watch_find(turn, &promise);

    if (returned->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    const struct watched step = of_task(heard, returned->task->no);
    if (whole == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "the case is not watched");
    if (supervision_watch_find(turn, &step) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the task is watched already");
    settle_watches(turn, heard, false);
    set_case(turn, heard, SAID(returned));
    open_task(turn, heard, returned->task, whole->item);
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

static struct outcome hear_clock_paused(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockPaused *paused = heard->message;

    settle_watches(turn, heard, false);
    set_case(turn, heard, SAID(paused));
    set_branches(turn, heard, paused->tasks, paused->n_tasks);
    return OUTCOME_OK;
}

static struct outcome hear_clock_resumed(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockResumed *resumed = heard->message;

    settle_watches(turn, heard, false);
    set_case(turn, heard, SAID(resumed));
    set_branches(turn, heard, resumed->tasks, resumed->n_tasks);
    return OUTCOME_OK;
}

/* RULE L42.1, L42.2 */
static struct outcome hear_clock_extended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockExtended *extended = heard->message;

    settle_watches(turn, heard, false);
    set_case(turn, heard, SAID(extended));
    return OUTCOME_OK;
}

/* RULE L82: by a published calendar. */
static struct outcome hear_deadline_moved(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__DeadlineMoved *moved = heard->message;
    const struct watched watched = {heard->case_number, (int16_t)moved->task,
                                    (enum term)moved->term};

    settle_watches(turn, heard, false);
    set_watch(turn, &watched, moved->clock);
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
