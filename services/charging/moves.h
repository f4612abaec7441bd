/* SPDX-License-Identifier: Apache-2.0 */
/* moves.h: what may happen to a payment order: its states, events and facts, and their table
 * (moves.c). What is done on the way is the posting that the ledger is given (ledger.h). */
#ifndef CHARGING_MOVES_H
#define CHARGING_MOVES_H

#include "common/rows/moves.h"
#include "services/charging/ledger.h"

/* The numbers are those of the wire (OrderState) and of the database. */
enum order_state {
    ORDER_NONE = 0, /* the case has no order */
    ORDER_DUE = 1,
    ORDER_PAID = 2,
    ORDER_NOTHING_DUE = 3,
    ORDER_WAIVED = 4,
    ORDER_CANCELLED = 5,
    ORDER_STATES,
};

enum order_event {
    ORDER_RAISE,
    ORDER_PAY,
    ORDER_WAIVE,
    ORDER_REFUND,
    ORDER_CANCEL, /* the decision was taken back, or the facts were put right */
    ORDER_EVENTS
};

/* What a row may ask of the order. */
enum order_fact {
    NOTHING_LEFT = 1 /* the event leaves nothing unpaid; of a cancellation: no money is kept */
};

extern const struct moves charging_moves;

/* The row for an event that leaves `left_fen` of the order unpaid (below 0: pays too much); for a
 * cancellation, what is kept of the payment. */
const struct move *charging_move(enum order_state, enum order_event, int64_t left_fen);

#endif
