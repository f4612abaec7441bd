/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h: what is done at the charging window (pay.c, adjust.c), and what those commands share
 * (commands.c). */
#ifndef CHARGING_COMMANDS_H
#define CHARGING_COMMANDS_H

#include "onedoor/charging.pb-c.h"
#include "services/charging/charging.h"
#include "services/charging/moves.h"

/* The bill of a case, its latest order: null when it has none; a line of it, null when it has no
 * such line. */
struct order_row *charging_order(struct turn *, int64_t case_number);
struct line_row *charging_line(struct turn *, int64_t case_number, int32_t no);

/* Want the order, its lines, and a posting number. */
void charging_want_order(struct turn *, int64_t case_number);

/* ORDER_NONE for null. */
enum order_state charging_state(const struct order_row *);

/* What the payer owes by the standard, less what was waived; 0 for null. */
int64_t charging_due(const struct order_row *);
/* Of the order and its lines, which change together. */
int64_t charging_revision(const struct order_row *);
/* Refused when the order is not as it was shown; null: there is none, which the moves refuse. */
struct outcome charging_shown(const void *message, const struct order_row *);

/* The lines of an order by number, in the arena. */
const struct line_row *charging_order_lines(struct turn *, const struct order_row *, size_t *n);

/* What is posted by department, when, and by whom if it is money. */
struct portions {
    const struct portion *list;
    size_t n;
    int64_t at_ms; /* now, or an event's time */
    const char *cashier;
};

/* Enter a posting into the books; gives its number. */
int64_t charging_enter(struct turn *, const struct order_row *, enum posting_kind,
                       const struct portions *);

void charging_need_pay(struct turn *, const struct call *);
struct outcome charging_pay(struct turn *, struct call *);

void charging_need_waive(struct turn *, const struct call *);
struct outcome charging_waive(struct turn *, struct call *);

void charging_need_refund(struct turn *, const struct call *);
struct outcome charging_refund(struct turn *, struct call *);

#endif
