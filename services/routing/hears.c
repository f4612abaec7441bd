/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: what routing follows: cases that intake accepted for approval, those that ended there,
 * and the calendar it publishes. */
#include "common/rows/year_days.h"
#include "onedoor/intake.pb-c.h"
#include "services/routing/routing.h"
#include "services/routing/say.h"
#include "services/routing/terms.h"

enum { TERM_DAYS_MAX = 3660 };

/* ---- accepted */

/* RULE H4: what the window finishes alone never comes here. */
static void need_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;
    if (!accepted->immediate)
        rows_want(turn, &routing_flow_table,
                  &(struct flow_row){.centre = turn->centre, .case_number = heard->case_number});
}

/* RULE L42.1: the case's time runs from acceptance; RULE L32.4: when it is deemed accepted, from
 * the day of receipt. */
static struct flow_row *add_flow(struct work *work, const Onedoor__Intake__CaseAccepted *accepted,
                                 const struct item_flow *published)
{
    struct flow_row row = {
        .centre = work->turn->centre,
        .case_number = work->case_number,
        .item = accepted->item,
        .item_version = accepted->item_version,
        .department = accepted->department,
        .fast_lane = accepted->fast_lane,
        .accepted_ms = accepted->deemed ? accepted->accepted_ms : work->at_ms,
        .stages = published->stages,
        .survey = (int16_t)accepted->survey,
        .state = FLOW_NONE,
    };
    const struct term_days days = {accepted->promised_days, accepted->statutory_days,
                                   published->joint};
    routing_terms_start(&row, &work->memory->calendar, &days);
    return rows_add(work->turn, &routing_flow_table, &row);
}

static bool is_term(int32_t days)
{
    return days >= 0 && days <= TERM_DAYS_MAX;
}

static struct outcome hear_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;
    struct work work = routing_work(turn, heard->case_number, heard->at_ms);
    if (accepted->immediate)
        return OUTCOME_OK;
    const struct move *move = routing_find_move(&work, ON_ACCEPTED);
    struct outcome outcome = moves_outcome(move);
    if (!is_ok(outcome))
        return outcome;
    const struct item_flow *published =
        routing_flows_find(&work.memory->flows, accepted->item, accepted->item_version);
    if (published == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "no flow is published for this item");
    if (!is_term(accepted->promised_days) || !is_term(accepted->statutory_days))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "promised_days",
                       "cannot be kept by a clock");
    if (accepted->survey < 0 || (int)accepted->survey > APPRAISAL)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "survey", "is no procedure of RULE L45");
    work.flow = add_flow(&work, accepted, published);
    routing_make_move(&work, move);
    return OUTCOME_OK;
}

/* ---- withdrawn, terminated */

static void need_ended(struct turn *turn, const struct heard *heard)
{
    routing_need(turn, heard->case_number);
}

static struct outcome hear_ended(struct turn *turn, const struct heard *heard)
{
    struct work work = routing_work(turn, heard->case_number, heard->at_ms);
    const struct move *move = routing_find_move(&work, ON_ENDED);
    struct outcome outcome = moves_outcome(move);
    if (is_ok(outcome))
        routing_make_move(&work, move);
    return outcome;
}

/* ---- taken back */

/* What the window decided alone never came here. */
static void need_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DecisionTakenBack *back = heard->message;
    if (!back->immediate)
        routing_need(turn, heard->case_number);
}

static struct outcome hear_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DecisionTakenBack *back = heard->message;
    if (back->immediate)
        return OUTCOME_OK;
    struct work work = routing_work(turn, heard->case_number, heard->at_ms);
    work.ask.reason = back->reason;
    const struct move *move = routing_find_move(&work, ON_TAKEN_BACK);
    struct outcome outcome = moves_outcome(move);
    if (is_ok(outcome))
        routing_make_move(&work, move);
    return outcome;
}

/* ---- the calendar (RULE L82) */

static void need_calendar(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    year_days_want(turn);
    rows_want_timed(turn, &routing_flow_table);
    rows_want_timed(turn, &routing_task_table);
}

/* From one calendar to the other. */
struct change {
    struct turn *turn;
    const struct calendar *before, *now;
};

/* Whether the deadline is at another instant now, which is then said. A paused clock has none, and
 * a stopped or expired one keeps the deadline it was measured against. */
static bool is_moved(const struct change *change, const struct moved *moved)
{
    struct moved said = *moved;
    said.from_ms = clock_due(moved->clock, change->before);
    if (moved->clock->running_since_ms == 0 || said.from_ms == clock_due(moved->clock, change->now))
        return false;
    routing_say_moved(change->turn, change->now, &said);
    return true;
}

/* Whether a term of the case has moved. */
static bool move_case(const struct change *change, const struct flow_row *flow)
{
    bool any = false;
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++) {
        const struct clock clock = routing_terms_clock(flow, term);
        if (routing_terms_has(flow, term))
            any |= is_moved(change, &(struct moved){flow->case_number, 0, term, &clock, 0});
    }
    return any;
}

static int64_t move_cases(const struct change *change)
{
    int64_t n = 0;
    const struct flow_row *flow;
    for (size_t place = 0; (flow = rows_each(change->turn, &routing_flow_table, &place)) != NULL;)
        n += move_case(change, flow);
    return n;
}

static int64_t move_tasks(const struct change *change)
{
    int64_t n = 0;
    struct task_row *task;
    for (size_t place = 0; (task = rows_each(change->turn, &routing_task_table, &place)) != NULL;)
        if (is_moved(change,
                     &(struct moved){task->case_number, task->no, TERM_STEP, &task->clock, 0})) {
            rows_touch(change->turn, &routing_task_table, task);
            task->due_ms = clock_due(&task->clock, change->now);
            n++;
        }
    return n;
}

static struct outcome hear_calendar(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CalendarPublished *published = heard->message;
    const struct year_days list = {published->year, published->days, published->n_days};
    const struct routing_memory *before = turn->memory;
    Onedoor__Routing__CalendarFollowed followed = ONEDOOR__ROUTING__CALENDAR_FOLLOWED__INIT;
    struct outcome outcome = year_days_check(&list, turn->arena);
    if (!is_ok(outcome))
        return outcome;
    struct routing_memory *now = ARENA_NEW(turn->arena, struct routing_memory);
    *now = *before;
    now->calendar = year_days_replace(turn, &before->calendar.hours, &list);
    turn_remember(turn, now);
    const struct change change = {turn, &before->calendar, &now->calendar};
    followed.year = published->year;
    followed.cases = move_cases(&change);
    followed.tasks = move_tasks(&change);
    turn_say(turn, 0, &followed.base);
    return OUTCOME_OK;
}

static const struct hearing intake_hears[] = {
    {&onedoor__intake__case_accepted__descriptor, need_accepted, hear_accepted},
    {&onedoor__intake__case_withdrawn__descriptor, need_ended, hear_ended},
    {&onedoor__intake__case_terminated__descriptor, need_ended, hear_ended},
    {&onedoor__intake__decision_taken_back__descriptor, need_taken_back, hear_taken_back},
    {&onedoor__intake__calendar_published__descriptor, need_calendar, hear_calendar},
    {NULL, NULL, NULL},
};

const struct follow routing_follows[] = {
    {"intake", intake_hears},
    {NULL, NULL},
};
