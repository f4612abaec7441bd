/* SPDX-License-Identifier: Apache-2.0 */
/* sums.h: what money comes to: of one order, by its lines; and of a time, by the books.
 *
 * Bill, receipt, counter and the events that reports are made of take their figures from here, so
 * that one payment is the same sum everywhere (RULE L59). Pure. */
#ifndef CHARGING_SUMS_H
#define CHARGING_SUMS_H

#include "services/charging/ledger.h"

/* Of an order, in fen: charged = waived + paid + due; net = paid - refunded. */
struct order_sums {
    int64_t charged; /* by the standard */
    int64_t waived;  /* before payment */
    int64_t due;     /* still to pay */
    int64_t paid;
    int64_t refunded;
    int64_t net; /* what the hall holds of it */
};

struct order_sums charging_order_sums(const struct line_row *lines, size_t n, bool paid);

/* What is to pay on each line that is not waived, n at most: the portions of the payment. */
size_t charging_portions(const struct line_row *lines, size_t n, struct portion *);

/* ---- of a time */

enum { METHODS = ACCOUNT_MOBILE_PAY + 1 };

/* Money in and out, in fen; waived is neither. */
struct takings {
    int64_t paid, refunded, waived;
};

struct department_takings {
    const char *department;
    struct takings takings;
};

/* Who took money or gave it back. */
struct cashier_takings {
    const char *cashier;
    struct takings all;
    struct takings methods[METHODS];
};

/* Over a time: paid, refunded and waived in all, by department, by method, by cashier. By method
 * and by cashier nothing is waived. */
struct takings_sums {
    struct takings all;
    struct takings methods[METHODS]; /* by number of the method; 0 is none */
    struct department_takings *departments;
    size_t n_departments;
    struct cashier_takings *cashiers;
    size_t n_cashiers;
};

/* Debits and credits of an account, for one department where it has departments, for one cashier
 * where it holds money: any part of the books, at best summed up. */
struct account_sums {
    int16_t account; /* enum account */
    const char *department;
    const char *cashier;
    int64_t debit_fen;
    int64_t credit_fen;
};

/* `departments` and `cashiers` have room for `n` more; they come in the order in which they are
 * first met. */
void charging_takings_add(struct takings_sums *, const struct account_sums *, size_t n);

#endif
