/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/order.h"

#include <stddef.h>

static bool nothing_left(int64_t left_fen)
{
    return left_fen == 0;
}

/* clang-format off */
static const struct order_move moves[] = {
/*   from        on            only if       to                 then          rule */
    {ORDER_NONE, ORDER_RAISE,  nothing_left, ORDER_NOTHING_DUE, POST_NOTHING, "L58"},
    {ORDER_NONE, ORDER_RAISE,  NULL,         ORDER_DUE,         POST_NOTHING, "H3"},
    {ORDER_DUE,  ORDER_PAY,    nothing_left, ORDER_PAID,        POST_PAYMENT, "H8"},
    {ORDER_DUE,  ORDER_WAIVE,  nothing_left, ORDER_WAIVED,      POST_WAIVER,  "L59"},
    {ORDER_DUE,  ORDER_WAIVE,  NULL,         ORDER_DUE,         POST_WAIVER,  "L59"},
    {ORDER_PAID, ORDER_REFUND, NULL,         ORDER_PAID,        POST_REFUND,  "L59"},
};

static const struct {
    Onedoor__Reason reason;
    const char *detail;
} refusals[ORDER_STATES] = {
    [ORDER_NONE]        = {ONEDOOR__REASON__NO_ORDER,        "no payment order was raised for this case"},
    [ORDER_DUE]         = {ONEDOOR__REASON__WRONG_STATE,     "the order is due"},
    [ORDER_PAID]        = {ONEDOOR__REASON__ORDER_PAID,      "the order is paid"},
    [ORDER_NOTHING_DUE] = {ONEDOOR__REASON__WRONG_STATE,     "nothing is due on this order"},
    [ORDER_WAIVED]      = {ONEDOOR__REASON__WRONG_STATE,     "all of the order was waived"},
};
/* clang-format on */

const struct order_move *charging_move(enum order_state from, enum order_event on, int64_t left_fen)
{
    for (const struct order_move *move = moves; move < moves + sizeof moves / sizeof *moves; move++)
        if (move->from == from && move->on == on &&
            (move->only_if == NULL || move->only_if(left_fen)))
            return move;
    return NULL;
}

struct outcome charging_order_refusal(enum order_state state, enum order_event on)
{
    if (state == ORDER_DUE && on == ORDER_PAY)
        return refuse(ONEDOOR__REASON__AMOUNT_DIFFERS,
                      "the payer was shown another amount than the order's");
    if (state == ORDER_NONE)
        return not_found(refusals[state].reason, refusals[state].detail);
    return refuse(refusals[state].reason, refusals[state].detail);
}
