/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: what routing follows: cases that intake accepted for approval, and those that ended
 * there. */
#include "onedoor/intake.pb-c.h"
#include "services/routing/routing.h"
#include "services/routing/work.h"

enum { PROMISED_DAYS_MAX = 3660 };

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
                                 int16_t stages)
{
    struct flow_row row = {
        .centre = work->turn->centre,
        .case_number = work->case_number,
        .item = accepted->item,
        .item_version = accepted->item_version,
        .department = accepted->department,
        .fast_lane = accepted->fast_lane,
        .accepted_ms = accepted->deemed ? accepted->accepted_ms : work->at_ms,
        .stages = stages,
        .state = FLOW_NONE,
    };
    clock_start(&row.clock, &work->memory->calendar, row.accepted_ms, accepted->promised_days);
    return rows_add(work->turn, &routing_flow_table, &row);
}

static struct outcome hear_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;
    struct work work = routing_work(turn, heard->case_number, heard->at_ms);
    if (accepted->immediate)
        return OUTCOME_OK;
    const struct routing_move *move = routing_find_move(&work, ON_ACCEPTED);
    struct outcome outcome = routing_may(move, routing_state(&work));
    if (!is_ok(outcome))
        return outcome;
    const struct item_flow *published =
        routing_flows_find(&work.memory->flows, accepted->item, accepted->item_version);
    if (published == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "no flow is published for this item");
    if (accepted->promised_days < 0 || accepted->promised_days > PROMISED_DAYS_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "promised_days",
                       "cannot be kept by a clock");
    work.flow = add_flow(&work, accepted, published->stages);
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
    const struct routing_move *move = routing_find_move(&work, ON_ENDED);
    struct outcome outcome = routing_may(move, routing_state(&work));
    if (is_ok(outcome))
        routing_make_move(&work, move);
    return outcome;
}

static const struct hearing intake_hears[] = {
    {&onedoor__intake__case_accepted__descriptor, need_accepted, hear_accepted},
    {&onedoor__intake__case_withdrawn__descriptor, need_ended, hear_ended},
    {&onedoor__intake__case_terminated__descriptor, need_ended, hear_ended},
    {NULL, NULL, NULL},
};

const struct follow routing_follows[] = {
    {"intake", intake_hears},
    {NULL, NULL},
};
