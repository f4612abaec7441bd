/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: a case granted, with a fee, gets its order. When the decision is taken back, or the
 * facts that the fee counts are put right, the order is cancelled, unless it was paid meanwhile:
 * the next bill of the case is a new order, or the paid one again. A case that ends without a grant
 * has a bill only when a grant of it was taken back: what it holds then is to be given back. */
#include "onedoor/intake.pb-c.h"
#include "services/charging/commands.h"
#include "services/charging/say.h"
#include "services/charging/standards.h"

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
    nothing_due.round = order->round;
    turn_say(turn, order->case_number, &nothing_due.base);
}

/* How many lines earlier bills of the case have. */
static size_t lines_before(struct turn *turn, int64_t case_number)
{
    const struct line_row probe = {.centre = turn->centre, .case_number = case_number};
    size_t n = 0;

    for (const struct line_row *line = NULL;
         (line = rows_next(turn, &charging_line_table, &probe, line)) != NULL;)
        n++;
    return n;
}

static void add_lines(struct turn *turn, const struct order_row *order, const struct fee_bill *bill)
{
    size_t before = lines_before(turn, order->case_number);

    for (size_t i = 0; i < bill->n; i++) {
        const struct fee_charge *charge = &bill->charges[i];
        rows_add(turn, &charging_line_table,
                 &(struct line_row){
                     .centre = turn->centre,
                     .case_number = order->case_number,
                     .no = (int16_t)(before + i + 1),
                     .order_number = order->number,
                     .fee = charge->standard->code,
                     .department = charge->standard->department,
                     .units = charge->units,
                     .days = charge->days,
                     .amount_fen = charge->amount.fen,
                     .working = charge->working,
                 });
    }
}

/* ---- a bill is made */

/* What a bill is made of. */
struct billing {
    const char *item;
    const char *department;
    Onedoor__FeeFact *const *facts;
    size_t n_facts;
    int64_t granted_ms; /* RULE L59: by the standard in force then */
    int32_t round;
};

static const struct order_row *add_order(struct turn *turn, const struct heard *heard,
                                         const struct billing *billing, const struct fee_bill *bill)
{
    const struct move *move = charging_move(ORDER_NONE, ORDER_RAISE, bill->total.fen);
    const struct order_row order = {
        .centre = turn->centre,
        .case_number = heard->case_number,
        .number = turn_count(turn, "order"),
        .item = billing->item,
        .department = billing->department,
        .state = (int16_t)move->to,
        .total_fen = bill->total.fen,
        .raised_ms = heard->at_ms,
        .round = billing->round,
    };
    return rows_add(turn, &charging_order_table, &order);
}

/* The payment of an earlier round counts for this one. */
static struct outcome keep_order(struct turn *turn, struct order_row *order, int32_t round)
{
    Onedoor__Charging__OrderKept kept = ONEDOOR__CHARGING__ORDER_KEPT__INIT;

    rows_touch(turn, &charging_order_table, order);
    order->round = round;
    kept.order = order->number;
    kept.round = round;
    turn_say(turn, order->case_number, &kept.base);
    return OUTCOME_OK;
}

static struct outcome raise_order(struct turn *turn, const struct heard *heard,
                                  const struct billing *billing, const struct fee_bill *bill)
{
    struct order_row *paid = charging_order(turn, heard->case_number);
    const struct move *move = charging_move(charging_state(paid), ORDER_RAISE, bill->total.fen);
    struct outcome outcome = moves_outcome(move);

    if (!is_ok(outcome))
        return outcome;
    if (move->to == STAYS)
        return keep_order(turn, paid, billing->round);
    const struct order_row *order = add_order(turn, heard, billing, bill);
    add_lines(turn, order, bill);
    if (move->to == ORDER_NOTHING_DUE)
        say_nothing_due(turn, order);
    else
        say_raised(turn, order, bill);
    return OUTCOME_OK;
}

/* RULE H8, L58, L59: priced by the standard in force when the case was granted, and by the facts of
 * the case. */
static struct outcome make_bill(struct turn *turn, const struct billing *billing,
                                struct fee_bill *bill)
{
    const struct charging *charging = turn->memory;
    const struct fee_case facts = {
        .item = billing->item,
        .day = charging_day(charging, billing->granted_ms),
        .facts = charging_facts(billing->facts, billing->n_facts, turn->arena),
        .n_facts = billing->n_facts,
    };

    return charging_bill(&charging->schedule, &facts, turn->arena, bill)
               ? OUTCOME_OK
               : refuse(ONEDOOR__REASON__FIELD_INVALID,
                        "the facts make an amount beyond what a hall deals with");
}

/* ---- a bill is cancelled */

/* What was given up on it is not any more. */
static void take_waivers_back(struct turn *turn, const struct heard *heard,
                              const struct order_row *order, const struct line_row *lines, size_t n)
{
    struct portion *portions = ARENA_ARRAY(turn->arena, struct portion, n);
    struct portions waived = {portions, 0, heard->at_ms, NULL};

    for (const struct line_row *line = lines; line < lines + n; line++)
        if (line->waived_fen > 0)
            portions[waived.n++] = (struct portion){line->department, line->waived_fen};
    if (waived.n > 0)
        charging_enter(turn, order, POST_WAIVER_BACK, &waived);
}

static void say_cancelled(struct turn *turn, const struct order_row *order,
                          const struct line_row *lines, size_t n)
{
    const struct charging *charging = turn->memory;
    Onedoor__Charging__OrderCancelled cancelled = ONEDOOR__CHARGING__ORDER_CANCELLED__INIT;

    cancelled.order = order->number;
    cancelled.total_fen = order->total_fen;
    cancelled.reason = (char *)order->cancelled_for;
    cancelled.n_lines = n;
    cancelled.lines = ARENA_ARRAY(turn->arena, Onedoor__Charging__Line *, n);
    for (size_t i = 0; i < n; i++)
        cancelled.lines[i] = charging_line_message(&charging->schedule, &lines[i], turn->arena);
    turn_say(turn, order->case_number, &cancelled.base);
}

/* Of a case that has a bill; one that was paid stays. */
static struct outcome cancel_order(struct turn *turn, const struct heard *heard, const char *reason)
{
    struct order_row *order = charging_order(turn, heard->case_number);
    int64_t kept_fen = order == NULL ? 0 : order->paid_fen - order->refunded_fen;
    const struct move *move = charging_move(charging_state(order), ORDER_CANCEL, kept_fen);
    struct outcome outcome = moves_outcome(move);
    size_t n;

    if (!is_ok(outcome) || move->to == STAYS)
        return outcome;
    rows_touch(turn, &charging_order_table, order);
    order->state = (int16_t)move->to;
    order->cancelled_ms = heard->at_ms;
    order->cancelled_for = reason;
    const struct line_row *lines = charging_order_lines(turn, order, &n);
    take_waivers_back(turn, heard, order, lines, n);
    say_cancelled(turn, order, lines, n);
    return OUTCOME_OK;
}

/* ---- intake: granted */

/* Of most cases it is the first bill. */
static void need_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;

    if (!granted->has_fee)
        return;
    if (granted->round > 0)
        charging_want_order(turn, heard->case_number);
    else
        rows_want(turn, &charging_order_table,
                  &(struct order_row){.centre = turn->centre, .case_number = heard->case_number});
    turn_want_counter(turn, "order");
}

static struct outcome hear_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;
    const struct billing billing = {granted->item,    granted->department, granted->facts,
                                    granted->n_facts, heard->at_ms,        granted->round};
    struct order_row *paid = charging_order(turn, heard->case_number);
    struct fee_bill bill;

    if (!granted->has_fee)
        return OUTCOME_OK;
    struct outcome outcome = make_bill(turn, &billing, &bill);
    if (is_ok(outcome) && charging_state(paid) == ORDER_PAID)
        outcome = cancel_order(turn, heard, "all of it was given back");
    return is_ok(outcome) ? raise_order(turn, heard, &billing, &bill) : outcome;
}

/* ---- intake: ended without a grant */

/* The payer need not ask for it. Intake takes no decision back before it is refunded. */
static struct outcome hear_ended(struct turn *turn, const struct heard *heard, const char *reason)
{
    struct order_row *order = charging_order(turn, heard->case_number);
    Onedoor__Charging__OrderToRefund to_refund = ONEDOOR__CHARGING__ORDER_TO_REFUND__INIT;

    if (charging_state(order) != ORDER_PAID || order->paid_fen == order->refunded_fen)
        return OUTCOME_OK;
    rows_touch(turn, &charging_order_table, order);
    order->to_refund_ms = heard->at_ms;
    to_refund.order = order->number;
    to_refund.kept_fen = order->paid_fen - order->refunded_fen;
    to_refund.reason = (char *)reason;
    turn_say(turn, order->case_number, &to_refund.base);
    return OUTCOME_OK;
}

static void need_denied(struct turn *turn, const struct heard *heard)
{
    if (((const Onedoor__Intake__CaseDenied *)heard->message)->round > 0)
        charging_want_order(turn, heard->case_number);
}

static void need_withdrawn(struct turn *turn, const struct heard *heard)
{
    if (((const Onedoor__Intake__CaseWithdrawn *)heard->message)->round > 0)
        charging_want_order(turn, heard->case_number);
}

static void need_terminated(struct turn *turn, const struct heard *heard)
{
    if (((const Onedoor__Intake__CaseTerminated *)heard->message)->round > 0)
        charging_want_order(turn, heard->case_number);
}

static struct outcome hear_denied(struct turn *turn, const struct heard *heard)
{
    return hear_ended(turn, heard, ((const Onedoor__Intake__CaseDenied *)heard->message)->reason);
}

static struct outcome hear_withdrawn(struct turn *turn, const struct heard *heard)
{
    return hear_ended(turn, heard,
                      ((const Onedoor__Intake__CaseWithdrawn *)heard->message)->reason);
}

static struct outcome hear_terminated(struct turn *turn, const struct heard *heard)
{
    return hear_ended(turn, heard,
                      ((const Onedoor__Intake__CaseTerminated *)heard->message)->reason);
}

/* ---- intake: taken back, put right */

static void need_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DecisionTakenBack *back = heard->message;

    if (back->granted && back->has_fee)
        charging_want_order(turn, heard->case_number);
}

static struct outcome hear_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DecisionTakenBack *back = heard->message;

    return back->granted && back->has_fee ? cancel_order(turn, heard, back->reason) : OUTCOME_OK;
}

static void need_amended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAmended *amended = heard->message;

    if (!amended->facts_changed)
        return;
    charging_want_order(turn, heard->case_number);
    turn_want_counter(turn, "order");
}

/* Until the case is granted it has no bill, and its grant will say the facts. */
static struct outcome hear_amended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAmended *amended = heard->message;
    const struct order_row *order =
        amended->facts_changed ? charging_order(turn, heard->case_number) : NULL;
    struct fee_bill bill;

    if (order == NULL || order->state == ORDER_CANCELLED)
        return OUTCOME_OK;
    const struct billing billing = {order->item,      order->department, amended->facts,
                                    amended->n_facts, order->raised_ms,  amended->round};
    struct outcome outcome = make_bill(turn, &billing, &bill);
    if (is_ok(outcome))
        outcome = cancel_order(turn, heard, amended->reason);
    return is_ok(outcome) ? raise_order(turn, heard, &billing, &bill) : outcome;
}

static const struct hearing intake_hearings[] = {
    {&onedoor__intake__item_published__descriptor, standards_need, standards_hear},
    {&onedoor__intake__case_granted__descriptor, need_granted, hear_granted},
    {&onedoor__intake__decision_taken_back__descriptor, need_taken_back, hear_taken_back},
    {&onedoor__intake__case_amended__descriptor, need_amended, hear_amended},
    {&onedoor__intake__case_denied__descriptor, need_denied, hear_denied},
    {&onedoor__intake__case_withdrawn__descriptor, need_withdrawn, hear_withdrawn},
    {&onedoor__intake__case_terminated__descriptor, need_terminated, hear_terminated},
    {NULL},
};

const struct follow charging_follows[] = {
    {"intake", intake_hearings},
    {NULL},
};
