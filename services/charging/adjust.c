/* SPDX-License-Identifier: Apache-2.0 */
/* adjust.c: waivers of what is due and refunds of what was paid: on a stated ground, by two
 * persons (RULE H22). */
#include "common/rows/approval.h"
#include "services/charging/commands.h"

/* A waiver or refund of a line: its rows, its move and its reason. */
struct change {
    struct order_row *order;
    struct line_row *line; /* null: the order has no such line */
    const struct move *move;
    struct adjustment_row adjustment;
};

/* Whether it may be made; `most_fen` can be adjusted on the line. What the bill was when it was
 * asked counts then, and not when it is agreed to: the second person reads what was asked. */
static struct outcome may_change(const struct call *call, const struct change *change,
                                 int64_t most_fen)
{
    struct outcome outcome =
        call->second == NULL ? charging_shown(call->message, change->order) : OUTCOME_OK;

    if (is_ok(outcome))
        outcome = moves_outcome(change->move);
    if (!is_ok(outcome))
        return outcome;
    if (change->line == NULL)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "line", "the order has no such line");
    if (change->adjustment.amount_fen == 0 || change->adjustment.amount_fen > most_fen)
        return refuse(ONEDOOR__REASON__OVER_LINES, "the line does not hold that much");
    return OUTCOME_OK;
}

/* Have a second person asked. */
static struct outcome ask(const struct turn *turn, struct call *call, const struct change *change)
{
    return approval_ask(turn, call,
                        &(struct approval){.subject = change->line->fee,
                                           .reason = change->adjustment.ground,
                                           .fen = change->adjustment.amount_fen});
}

/* Touch the rows, move the order, post, and keep why. */
static void make_change(struct turn *turn, struct change *change)
{
    struct adjustment_row *adjustment = &change->adjustment;
    const struct portion portion = {change->line->department, adjustment->amount_fen};
    const struct portions portions = {&portion, 1, turn->now_ms, adjustment->actor};

    rows_touch(turn, &charging_order_table, change->order);
    rows_touch(turn, &charging_line_table, change->line);
    change->order->state = (int16_t)moves_to(change->move, change->order->state);
    adjustment->centre = turn->centre;
    adjustment->posting =
        charging_enter(turn, change->order, (enum posting_kind)change->move->then, &portions);
    adjustment->case_number = change->line->case_number;
    adjustment->line = change->line->no;
    adjustment->at_ms = turn->now_ms;
    rows_add(turn, &charging_adjustment_table, adjustment);
}

/* ---- waive */

void charging_need_waive(struct turn *turn, const struct call *call)
{
    const Onedoor__Charging__Waive *waive = call->message;
    charging_want_order(turn, waive->case_number);
}

static void say_waived(struct turn *turn, const struct change *change)
{
    Onedoor__Charging__OrderWaived waived = ONEDOOR__CHARGING__ORDER_WAIVED__INIT;

    waived.order = change->order->number;
    waived.line = change->line->no;
    waived.waived_fen = change->adjustment.amount_fen;
    waived.settled = change->order->state == ORDER_WAIVED;
    waived.basis = (char *)change->adjustment.ground;
    waived.department = (char *)change->line->department;
    waived.round = change->order->round;
    waived.approved_by = (char *)change->adjustment.approved_by;
    turn_say(turn, change->order->case_number, &waived.base);
}

/* RULE L59: the published standard says whether the fee may be waived. */
static bool is_reducible(const struct turn *turn, const struct line_row *line)
{
    const struct charging *charging = turn->memory;
    const struct fee_standard *standard =
        line == NULL ? NULL : charging_schedule_fee(&charging->schedule, line->fee);
    return standard == NULL || standard->reducible;
}

/* RULE H8: a line is waived whole or not at all; a share of a fee would be an amount that somebody
 * chose. */
struct outcome charging_waive(struct turn *turn, struct call *call)
{
    const Onedoor__Charging__Waive *waive = call->message;
    struct order_row *order = charging_order(turn, waive->case_number);
    struct line_row *line = charging_line(turn, waive->case_number, waive->line);
    int64_t fen = line == NULL ? 0 : line->amount_fen - line->waived_fen;
    struct change change = {
        .order = order,
        .line = line,
        .move = charging_move(charging_state(order), ORDER_WAIVE, charging_due(order) - fen),
        .adjustment = {.kind = ADJUSTMENT_WAIVER,
                       .amount_fen = fen,
                       .ground = waive->basis,
                       .actor = call->actor->id},
    };
    struct outcome outcome = may_change(call, &change, fen);

    if (is_ok(outcome) && !is_reducible(turn, line))
        outcome = refuse(ONEDOOR__REASON__NOT_REDUCIBLE,
                         "the published standard does not let this fee be waived");
    if (!is_ok(outcome))
        return outcome;
    if (call->second == NULL)
        return ask(turn, call, &change);
    change.adjustment.approved_by = call->second->id;
    make_change(turn, &change);
    order->waived_fen += fen;
    line->waived_fen += fen;
    say_waived(turn, &change);
    return OUTCOME_OK;
}

/* ---- refund */

void charging_need_refund(struct turn *turn, const struct call *call)
{
    const Onedoor__Charging__Refund *refund = call->message;
    charging_want_order(turn, refund->case_number);
}

static void say_refunded(struct turn *turn, const struct change *change)
{
    Onedoor__Charging__OrderRefunded refunded = ONEDOOR__CHARGING__ORDER_REFUNDED__INIT;

    refunded.order = change->order->number;
    refunded.line = change->line->no;
    refunded.refunded_fen = change->adjustment.amount_fen;
    refunded.department = (char *)change->line->department;
    refunded.method = (Onedoor__Charging__Method)change->order->method;
    refunded.reason = (char *)change->adjustment.ground;
    refunded.kept_fen = change->order->paid_fen - change->order->refunded_fen;
    refunded.approved_by = (char *)change->adjustment.approved_by;
    turn_say(turn, change->order->case_number, &refunded.base);
}

/* Money goes back the way it came, and never more than was paid on the line. */
struct outcome charging_refund(struct turn *turn, struct call *call)
{
    const Onedoor__Charging__Refund *refund = call->message;
    struct order_row *order = charging_order(turn, refund->case_number);
    struct line_row *line = charging_line(turn, refund->case_number, refund->line);
    int64_t kept_fen = line == NULL ? 0 : line->amount_fen - line->waived_fen - line->refunded_fen;
    struct change change = {
        .order = order,
        .line = line,
        .move = charging_move(charging_state(order), ORDER_REFUND, 0),
        .adjustment = {.kind = ADJUSTMENT_REFUND,
                       .amount_fen = refund->amount_fen,
                       .ground = refund->reason,
                       .actor = call->actor->id},
    };
    struct outcome outcome = may_change(call, &change, kept_fen);

    if (!is_ok(outcome))
        return outcome;
    if (call->second == NULL)
        return ask(turn, call, &change);
    change.adjustment.approved_by = call->second->id;
    make_change(turn, &change);
    order->refunded_fen += refund->amount_fen;
    line->refunded_fen += refund->amount_fen;
    if (order->refunded_fen == order->paid_fen)
        order->to_refund_ms = 0;
    say_refunded(turn, &change);
    return OUTCOME_OK;
}
