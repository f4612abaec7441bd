/* SPDX-License-Identifier: Apache-2.0 */
/* pay.c: taking payment of a bill. */
#include "services/charging/commands.h"
#include "services/charging/say.h"
#include "services/charging/sums.h"

void charging_need_pay(struct turn *turn, const struct call *call)
{
    const Onedoor__Charging__Pay *pay = call->message;

    charging_want_order(turn, pay->case_number);
    turn_want_counter(turn, "receipt");
}

/* RULE L59: each department's part is owed to the treasury under its name. */
static const struct portion *portions_of(struct turn *turn, const struct order_row *order,
                                         size_t *n)
{
    size_t n_lines;
    const struct line_row *lines = charging_order_lines(turn, order, &n_lines);
    struct portion *portions = ARENA_ARRAY(turn->arena, struct portion, n_lines);

    *n = charging_portions(lines, n_lines, portions);
    return portions;
}

static int64_t give_receipt(struct turn *turn, const struct order_row *order, const char *cashier)
{
    const struct receipt_row receipt = {
        .centre = turn->centre,
        .number = turn_count(turn, "receipt"),
        .case_number = order->case_number,
        .amount_fen = order->paid_fen,
        .at_ms = turn->now_ms,
        .cashier = cashier,
    };

    rows_add(turn, &charging_receipt_table, &receipt);
    return receipt.number;
}

static void say_paid(struct turn *turn, const struct order_row *order,
                     const struct portion *portions, size_t n)
{
    Onedoor__Charging__OrderPaid paid = ONEDOOR__CHARGING__ORDER_PAID__INIT;

    paid.order = order->number;
    paid.paid_fen = order->paid_fen;
    paid.receipt = order->receipt;
    paid.method = (Onedoor__Charging__Method)order->method;
    paid.round = order->round;
    paid.n_shares = n;
    paid.shares = charging_shares(portions, n, turn->arena);
    turn_say(turn, order->case_number, &paid.base);
}

/* RULE H3: the whole bill at once.  RULE H8: of exactly the amount the payer was shown. */
struct outcome charging_pay(struct turn *turn, struct call *call)
{
    const Onedoor__Charging__Pay *pay = call->message;
    struct order_row *order = charging_order(turn, pay->case_number);
    int64_t due_fen = charging_due(order);
    const struct move *move =
        charging_move(charging_state(order), ORDER_PAY, due_fen - pay->shown_fen);
    struct outcome outcome = charging_shown(pay, order);
    struct portions portions = {.at_ms = turn->now_ms, .cashier = call->actor->id};

    if (is_ok(outcome))
        outcome = moves_outcome(move);
    if (!is_ok(outcome))
        return outcome;
    rows_touch(turn, &charging_order_table, order);
    order->state = (int16_t)moves_to(move, order->state);
    order->paid_fen = due_fen;
    order->method = (int16_t)pay->method;
    order->paid_ms = turn->now_ms;
    order->receipt = give_receipt(turn, order, call->actor->id);
    portions.list = portions_of(turn, order, &portions.n);
    charging_enter(turn, order, (enum posting_kind)move->then, &portions);
    say_paid(turn, order, portions.list, portions.n);

    Onedoor__Charging__PayReply *reply =
        TURN_REPLY(turn, call, Onedoor__Charging__PayReply, onedoor__charging__pay_reply);
    reply->paid_fen = order->paid_fen;
    reply->receipt = order->receipt;
    reply->order = order->number;
    return OUTCOME_OK;
}
