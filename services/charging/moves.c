/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/moves.h"

enum {
    NONE = FROM(ORDER_NONE),
    DUE = FROM(ORDER_DUE),
    PAID = FROM(ORDER_PAID),
    NOTHING_DUE = FROM(ORDER_NOTHING_DUE),
    WAIVED = FROM(ORDER_WAIVED),
    CANCELLED = FROM(ORDER_CANCELLED),
    NO_BILL = NONE | CANCELLED,
};

/* clang-format off */
static const struct move rows[] = {
/*   from         on            only if       to                 then              rule */
    {NO_BILL,     ORDER_RAISE,  NOTHING_LEFT, ORDER_NOTHING_DUE, DO(POST_NOTHING), "L58"},
    {NO_BILL,     ORDER_RAISE,  ALWAYS,       ORDER_DUE,         DO(POST_NOTHING), "H3"},
    {DUE,         ORDER_PAY,    NOTHING_LEFT, ORDER_PAID,        DO(POST_PAYMENT), "H8"},
    {DUE,         ORDER_PAY,    ALWAYS,       STAYS,
        REFUSE(AMOUNT_DIFFERS, "the payer was shown another amount than the order's"), "H8"},
    {DUE,         ORDER_WAIVE,  NOTHING_LEFT, ORDER_WAIVED,      DO(POST_WAIVER),  "L59"},
    {DUE,         ORDER_WAIVE,  ALWAYS,       STAYS,             DO(POST_WAIVER),  "L59"},
    {PAID,        ORDER_REFUND, ALWAYS,       STAYS,             DO(POST_REFUND),  "L59"},

    /* what was paid is kept until somebody gives it back: it counts for the next bill */
    {PAID,        ORDER_RAISE,  ALWAYS,       STAYS,             DO(POST_NOTHING), "H3"},
    {PAID,        ORDER_CANCEL, NOTHING_LEFT, ORDER_CANCELLED,   DO(POST_WAIVER_BACK), "L59"},
    {PAID,        ORDER_CANCEL, ALWAYS,       STAYS,             DO(POST_NOTHING), "L59"},
    {DUE | NOTHING_DUE | WAIVED, ORDER_CANCEL, ALWAYS, ORDER_CANCELLED, DO(POST_WAIVER_BACK), "H22"},

    {NONE,        ON_ANYTHING, ALWAYS, STAYS, NO_SUCH(NO_ORDER, "no payment order was raised for this case"), ""},
    {DUE,         ON_ANYTHING, ALWAYS, STAYS, REFUSE(WRONG_STATE, "the order is due"), ""},
    {PAID,        ON_ANYTHING, ALWAYS, STAYS, REFUSE(ORDER_PAID, "the order is paid"), ""},
    {NOTHING_DUE, ON_ANYTHING, ALWAYS, STAYS, REFUSE(WRONG_STATE, "nothing is due on this order"), ""},
    {WAIVED,      ON_ANYTHING, ALWAYS, STAYS, REFUSE(WRONG_STATE, "all of the order was waived"), ""},
    {CANCELLED,   ON_ANYTHING, ALWAYS, STAYS, REFUSE(ORDER_CANCELLED, "the order is cancelled"), ""},
};
/* clang-format on */

static const char *const states[ORDER_STATES] = {
    [ORDER_NONE] = "none",     [ORDER_DUE] = "due",
    [ORDER_PAID] = "paid",     [ORDER_NOTHING_DUE] = "nothing due",
    [ORDER_WAIVED] = "waived", [ORDER_CANCELLED] = "cancelled",
};

static const char *const events[ORDER_EVENTS] = {
    [ORDER_RAISE] = "raise",   [ORDER_PAY] = "pay",       [ORDER_WAIVE] = "waive",
    [ORDER_REFUND] = "refund", [ORDER_CANCEL] = "cancel",
};

static const char *const postings[] = {
    [POST_NOTHING] = "post nothing",
    [POST_PAYMENT] = "post payment",
    [POST_WAIVER] = "post waiver",
    [POST_REFUND] = "post refund",
    [POST_WAIVER_BACK] = "post the waivers back",
};

const struct moves charging_moves = {
    .rows = rows,
    .n_rows = sizeof rows / sizeof rows[0],
    .states = states,
    .events = events,
    .thens = postings,
    .n_states = ORDER_STATES,
    .n_events = ORDER_EVENTS,
};

const struct move *charging_move(enum order_state from, enum order_event on, int64_t left_fen)
{
    return moves_find(&charging_moves, from, on, left_fen == 0 ? NOTHING_LEFT : ALWAYS);
}
