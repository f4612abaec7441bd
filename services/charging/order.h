/* SPDX-License-Identifier: Apache-2.0 */
/* order.h: the way of an order, as a table: from, on, only if, to, then, rule.
 *
 * The first row that matches moves the order; no row, no move, and charging_order_refusal says why.
 * Pure. */
#ifndef CHARGING_ORDER_H
#define CHARGING_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/wire/outcome.h"
#include "services/charging/ledger.h"

/* The numbers are those of the wire and of the database. */
enum order_state {
    ORDER_NONE = 0, /* the case has no order */
    ORDER_DUE = 1,
    ORDER_PAID = 2,
    ORDER_NOTHING_DUE = 3,
    ORDER_WAIVED = 4,
    ORDER_STATES,
};

enum order_event { ORDER_RAISE, ORDER_PAY, ORDER_WAIVE, ORDER_REFUND, ORDER_EVENTS };

struct order_move {
    enum order_state from;
    enum order_event on;
    bool (*only_if)(int64_t left_fen); /* null: always */
    enum order_state to;
    enum posting_kind then; /* what the ledger is told */
    const char *rule;
};

/* The move for an event which leaves `left_fen` of the order unpaid (below 0: pays too much); null
 * when there is none. */
const struct order_move *charging_move(enum order_state from, enum order_event on,
                                       int64_t left_fen);

/* Why there is none: NO_ORDER, ORDER_PAID, AMOUNT_DIFFERS or WRONG_STATE. */
struct outcome charging_order_refusal(enum order_state, enum order_event on);

#endif
