/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/calendar.h"

#include "common/base/panic.h"
#include "common/rows/year_days.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/routing/recount.h"
#include "services/routing/say.h"
#include "services/routing/terms.h"

/* ---- the event */

void routing_need_calendar(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    year_days_want(turn);
    walk_want(turn);
}

/* The published year, the corrected day, and the days of all years as they stand before. */
static struct bytes subject_of(struct turn *turn,
                               const Onedoor__Intake__CalendarPublished *published)
{
    Onedoor__Intake__CalendarPublished before = ONEDOOR__INTAKE__CALENDAR_PUBLISHED__INIT;
    before.year = published->year;
    before.correction = published->correction;
    before.days = year_days_all(turn, &before.n_days);
    return message_pack(&before.base, turn->arena);
}

struct outcome routing_hear_calendar(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CalendarPublished *published = heard->message;
    const struct year_days list = {published->year, published->days, published->n_days};
    const struct routing_memory *before = turn->memory;
    struct outcome outcome = year_days_check(&list, turn->arena);
    if (!is_ok(outcome))
        return outcome;
    struct routing_memory *now = ARENA_NEW(turn->arena, struct routing_memory);
    walk_start(turn, "calendar", subject_of(turn, published));
    *now = *before;
    now->calendar = year_days_replace(turn, &before->calendar.hours, &list);
    turn_remember(turn, now);
    return OUTCOME_OK;
}

/* ---- the walk */

/* From one calendar to the other. */
struct change {
    struct turn *turn;
    struct calendar before;
    const struct calendar *now;
    Onedoor__CorrectedDay *corrected; /* null: only days to come have changed */
};

static const Onedoor__Intake__CalendarPublished *read_subject(struct turn *turn,
                                                              const struct walk_row *walk)
{
    const Onedoor__Intake__CalendarPublished *subject = message_unpack(
        &onedoor__intake__calendar_published__descriptor, walk->subject, turn->arena);
    must(subject != NULL);
    return subject;
}

static void *open_change(struct turn *turn, const struct walk_row *walk)
{
    const Onedoor__Intake__CalendarPublished *subject = read_subject(turn, walk);
    const struct routing_memory *memory = turn->memory;
    struct change *change = ARENA_NEW(turn->arena, struct change);
    change->turn = turn;
    change->before =
        year_days_calendar(subject->days, subject->n_days, &memory->calendar.hours, turn->arena);
    change->now = &memory->calendar;
    change->corrected = subject->correction;
    return change;
}

/* Whether the deadline is at another instant now, which is then said. A paused clock has none, and
 * a stopped or expired one keeps the deadline it was measured against. */
static bool is_moved(const struct change *change, const struct moved *moved)
{
    if (moved->clock->running_since_ms == 0 ||
        moved->from_ms == clock_due(moved->clock, change->now))
        return false;
    routing_say_moved(change->turn, change->now, moved);
    return true;
}

/* Whether a term of the case has moved. */
static bool move_case(const struct change *change, const struct flow_row *flow)
{
    bool any = false;
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++) {
        const struct clock clock = routing_terms_clock(flow, term);
        const int64_t from_ms = clock_due(&clock, &change->before);
        if (routing_terms_has(flow, term))
            any |= is_moved(change,
                            &(struct moved){flow->case_number, 0, term, &clock, from_ms, NULL});
    }
    return any;
}

static int64_t move_tasks(const struct change *change, const struct flow_row *flow)
{
    const struct task_row probe = {.centre = flow->centre, .case_number = flow->case_number};
    int64_t n = 0;
    for (struct task_row *task = NULL;
         (task = rows_next(change->turn, &routing_task_table, &probe, task)) != NULL;)
        if (is_moved(change, &(struct moved){task->case_number, task->no, TERM_STEP, &task->clock,
                                             task->due_ms, NULL})) {
            rows_touch(change->turn, &routing_task_table, task);
            task->due_ms = clock_due(&task->clock, change->now);
            n++;
        }
    return n;
}

/* ---- a corrected day: the clocks of open work are counted again (recount.h) */

static bool is_same(const struct clock *a, const struct clock *b)
{
    return a->budget_min == b->budget_min && a->used_min == b->used_min &&
           a->paused_min == b->paused_min && a->started_ms == b->started_ms &&
           a->running_since_ms == b->running_since_ms && a->paused_since_ms == b->paused_since_ms &&
           a->over_ms == b->over_ms;
}

/* Whether the clock or its deadline is another one now, which is then said. */
static bool say_corrected(const struct change *change, const struct clock *before,
                          const struct moved *moved)
{
    if (is_same(before, moved->clock) && moved->from_ms == clock_due(moved->clock, change->now))
        return false;
    routing_say_moved(change->turn, change->now, moved);
    return true;
}

static bool correct_case(const struct change *change, struct flow_row *flow,
                         const struct facts *facts)
{
    struct flow_row now = *flow;
    bool any = false;
    routing_recount_case(&now, facts, change->now, change->turn->arena);
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++) {
        const struct clock was = routing_terms_clock(flow, term);
        const struct clock is = routing_terms_clock(&now, term);
        const struct moved moved = {
            flow->case_number, 0, term, &is, clock_due(&was, &change->before), change->corrected};
        if (routing_terms_has(flow, term))
            any |= say_corrected(change, &was, &moved);
    }
    if (any)
        *(struct flow_row *)rows_touch(change->turn, &routing_flow_table, flow) = now;
    return any;
}

static int64_t correct_tasks(const struct change *change, const struct flow_row *flow,
                             const struct facts *facts)
{
    const struct task_row probe = {.centre = flow->centre, .case_number = flow->case_number};
    int64_t n = 0;
    for (struct task_row *task = NULL;
         (task = rows_next(change->turn, &routing_task_table, &probe, task)) != NULL;) {
        struct task_row now = *task;
        if (task->state != TASK_OPEN)
            continue;
        routing_recount_branch(&now, facts, change->now, change->turn->arena);
        const struct moved moved = {task->case_number, task->no,     TERM_STEP,
                                    &now.clock,        task->due_ms, change->corrected};
        if (!say_corrected(change, &task->clock, &moved))
            continue;
        *(struct task_row *)rows_touch(change->turn, &routing_task_table, task) = now;
        n++;
    }
    return n;
}

static struct facts facts_of(const struct change *change, const struct flow_row *flow)
{
    const struct routing_memory *memory = change->turn->memory;
    const struct pause_row probe = {.centre = flow->centre, .case_number = flow->case_number};
    struct pause_row *pauses = NULL;
    size_t n = 0;
    for (const struct pause_row *pause = NULL;
         (pause = rows_next(change->turn, &routing_pause_table, &probe, pause)) != NULL;) {
        pauses = arena_grow(change->turn->arena, pauses, n, n + 1, sizeof *pauses);
        pauses[n++] = *pause;
    }
    return (struct facts){routing_flows_find(&memory->flows, flow->item, flow->item_version),
                          pauses, n};
}

/* What began after the day has nothing of it. */
static void correct(const struct change *change, struct walk_row *walk, struct flow_row *flow)
{
    if (calendar_day(change->now, flow->accepted_ms).n > change->corrected->day)
        return;
    const struct facts facts = facts_of(change, flow);
    walk->changed += correct_case(change, flow, &facts);
    walk->changed_parts += correct_tasks(change, flow, &facts);
}

static void need_parts(struct turn *turn, const void *row)
{
    const struct flow_row *flow = row;
    rows_want(turn, &routing_task_table,
              &(struct task_row){.centre = flow->centre, .case_number = flow->case_number});
    rows_want(turn, &routing_pause_table,
              &(struct pause_row){.centre = flow->centre, .case_number = flow->case_number});
}

/* What was accepted since began by the new calendar; what a command of this batch has ended stands
 * as it was counted. */
static void step(struct turn *turn, struct walk_row *walk, void *shared, void *row)
{
    const struct change *change = shared;
    struct flow_row *flow = row;
    (void)turn;
    if (flow->accepted_ms > walk->begun_ms)
        return;
    if (change->corrected == NULL) {
        walk->changed += move_case(change, flow);
        walk->changed_parts += move_tasks(change, flow);
    } else if (flow->state == FLOW_RUNNING) {
        correct(change, walk, flow);
    }
}

static void done(struct turn *turn, const struct walk_row *walk)
{
    Onedoor__Routing__CalendarFollowed followed = ONEDOOR__ROUTING__CALENDAR_FOLLOWED__INIT;
    followed.year = read_subject(turn, walk)->year;
    followed.cases = walk->changed;
    followed.tasks = walk->changed_parts;
    turn_say(turn, 0, &followed.base);
}

const struct walk routing_walks[] = {
    {"calendar", &routing_flow_table, need_parts, open_change, step, done},
    {.name = NULL},
};
