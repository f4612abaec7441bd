/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: a case granted, with a fee, gets its order.
 *
 * Nothing else of intake's journal is charging's business. A case may be withdrawn or terminated
 * only until the decision, and an order is raised only by the decision: so no order ever has to be
 * cancelled, and CaseWithdrawn and CaseTerminated are passed over. */
#include "onedoor/intake.pb-c.h"
#include "services/charging/commands.h"
#include "services/charging/say.h"

static void say_raised(struct turn *turn, const struct order_row *order,
                       const struct fee_bill *bill)
{
    Onedoor__Charging__OrderRaised raised = ONEDOOR__CHARGING__ORDER_RAISED__INIT;

    raised.order = order->number;
    raised.item = (char *)order->item;
    raised.total_fen = order->total_fen;
    raised.n_lines = bill->n;
    raised.lines = charging_lines(bill, turn->arena);
    turn_say(turn, order->case_number, &raised.base);
}

static void say_nothing_due(struct turn *turn, const struct order_row *order)
{
    Onedoor__Charging__OrderNothingDue nothing_due = ONEDOOR__CHARGING__ORDER_NOTHING_DUE__INIT;

    nothing_due.order = order->number;
    turn_say(turn, order->case_number, &nothing_due.base);
}

static void add_lines(struct turn *turn, int64_t case_number, const struct fee_bill *bill)
{
    for (size_t i = 0; i < bill->n; i++) {
        const struct fee_charge *charge = &bill->charges[i];
        rows_add(turn, &charging_line_table,
                 &(struct line_row){
                     .centre = turn->centre,
                     .case_number = case_number,
                     .no = (int16_t)(i + 1),
                     .fee = charge->standard->code,
                     .department = charge->standard->department,
                     .units = charge->units,
                     .days = charge->days,
                     .amount_fen = charge->amount.fen,
                     .working = charge->working,
                 });
    }
}

static void need_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;

    if (!granted->has_fee)
        return;
    rows_want(turn, &charging_order_table,
              &(struct order_row){.centre = turn->centre, .case_number = heard->case_number});
    turn_want_counter(turn, "order");
}

static const struct order_row *add_order(struct turn *turn, const struct heard *heard,
                                         const struct fee_bill *bill, enum order_state state)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;
    const struct order_row order = {
        .centre = turn->centre,
        .case_number = heard->case_number,
        .number = turn_count(turn, "order"),
        .item = granted->item,
        .department = granted->department,
        .state = (int16_t)state,
        .total_fen = bill->total.fen,
        .raised_ms = heard->at_ms,
    };
    return rows_add(turn, &charging_order_table, &order);
}

static struct outcome raise_order(struct turn *turn, const struct heard *heard,
                                  const struct fee_bill *bill)
{
    const struct order_row *order = charging_order(turn, heard->case_number);
    const struct move *move = charging_move(charging_state(order), ORDER_RAISE, bill->total.fen);
    struct outcome outcome = moves_outcome(move);

    if (!is_ok(outcome))
        return outcome;
    order = add_order(turn, heard, bill, (enum order_state)move->to);
    add_lines(turn, heard->case_number, bill);
    if (move->to == ORDER_NOTHING_DUE)
        say_nothing_due(turn, order);
    else
        say_raised(turn, order, bill);
    return OUTCOME_OK;
}

/* RULE H8, L58, L59: priced by the standard in force when the case was granted, and by the facts of
 * the case. */
static struct outcome hear_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;
    const struct charging *charging = turn->memory;
    const struct fee_case facts = {
        .item = granted->item,
        .day = charging_day(charging, heard->at_ms),
        .facts = charging_facts(granted->facts, granted->n_facts, turn->arena),
        .n_facts = granted->n_facts,
    };
    struct fee_bill bill;

    if (!granted->has_fee)
        return OUTCOME_OK;
    if (!charging_bill(&charging->schedule, &facts, turn->arena, &bill))
        return refuse(ONEDOOR__REASON__FIELD_INVALID,
                      "the facts make an amount beyond what a hall deals with");
    return raise_order(turn, heard, &bill);
}

static const struct hearing intake_hearings[] = {
    {&onedoor__intake__case_granted__descriptor, need_granted, hear_granted},
    {NULL},
};

const struct follow charging_follows[] = {
    {"intake", intake_hearings},
    {NULL},
};
