/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: what routing follows: cases that intake accepted for approval, those that ended there,
 * and the calendar it publishes. */
#include "onedoor/intake.pb-c.h"
#include "services/routing/calendar.h"
#include "services/routing/published.h"
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
        .promised_days = (int16_t)accepted->promised_days,
        .statutory_days = (int16_t)accepted->statutory_days,
        .state = FLOW_NONE,
    };
    routing_terms_start(&row, &work->memory->calendar, published->joint);
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

static const struct hearing intake_hears[] = {
    {&onedoor__intake__case_accepted__descriptor, need_accepted, hear_accepted},
    {&onedoor__intake__case_withdrawn__descriptor, need_ended, hear_ended},
    {&onedoor__intake__case_terminated__descriptor, need_ended, hear_ended},
    {&onedoor__intake__decision_taken_back__descriptor, need_taken_back, hear_taken_back},
    {&onedoor__intake__item_published__descriptor, published_need, published_hear},
    {&onedoor__intake__calendar_published__descriptor, routing_need_calendar,
     routing_hear_calendar},
    {NULL, NULL, NULL},
};

const struct follow routing_follows[] = {
    {"intake", intake_hears},
    {NULL, NULL},
};
