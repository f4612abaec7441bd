/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/calendar.h"

#include "common/base/panic.h"
#include "common/rows/year_days.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/routing/rows.h"
#include "services/routing/say.h"
#include "services/routing/terms.h"

/* ---- the event */

void routing_need_calendar(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    year_days_want(turn);
    walk_want(turn);
}

/* The published year, and the days of all years as they stand before. */
static struct bytes subject_of(struct turn *turn, int32_t year)
{
    Onedoor__Intake__CalendarPublished before = ONEDOOR__INTAKE__CALENDAR_PUBLISHED__INIT;
    before.year = year;
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
    walk_start(turn, "calendar", subject_of(turn, published->year));
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
            any |= is_moved(change, &(struct moved){flow->case_number, 0, term, &clock, from_ms});
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
                                             task->due_ms})) {
            rows_touch(change->turn, &routing_task_table, task);
            task->due_ms = clock_due(&task->clock, change->now);
            n++;
        }
    return n;
}

static void need_tasks(struct turn *turn, const void *row)
{
    const struct flow_row *flow = row;
    rows_want(turn, &routing_task_table,
              &(struct task_row){.centre = flow->centre, .case_number = flow->case_number});
}

/* What was accepted since began by the new calendar. */
static void step(struct turn *turn, struct walk_row *walk, void *shared, void *row)
{
    const struct flow_row *flow = row;
    (void)turn;
    if (flow->accepted_ms > walk->begun_ms)
        return;
    walk->changed += move_case(shared, flow);
    walk->changed_parts += move_tasks(shared, flow);
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
    {"calendar", &routing_flow_table, need_tasks, open_change, step, done},
    {.name = NULL},
};
