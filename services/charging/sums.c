/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/sums.h"

#include <string.h>

struct order_sums charging_order_sums(const struct line_row *lines, size_t n, bool paid)
{
    struct order_sums sums = {0};

    for (const struct line_row *line = lines; line < lines + n; line++) {
        sums.charged += line->amount_fen;
        sums.waived += line->waived_fen;
        sums.refunded += line->refunded_fen;
    }
    *(paid ? &sums.paid : &sums.due) = sums.charged - sums.waived;
    sums.net = sums.paid - sums.refunded;
    return sums;
}

size_t charging_portions(const struct line_row *lines, size_t n, struct portion *portions)
{
    size_t n_portions = 0;

    for (const struct line_row *line = lines; line < lines + n; line++)
        if (line->amount_fen > line->waived_fen)
            portions[n_portions++] =
                (struct portion){line->department, line->amount_fen - line->waived_fen};
    return n_portions;
}

static struct takings *of_department(struct takings_sums *sums, const char *department)
{
    size_t i = 0;

    while (i < sums->n_departments && strcmp(sums->departments[i].department, department) != 0)
        i++;
    if (i == sums->n_departments)
        sums->departments[sums->n_departments++] =
            (struct department_takings){.department = department};
    return &sums->departments[i].takings;
}

static struct cashier_takings *of_cashier(struct takings_sums *sums, const char *cashier)
{
    size_t i = 0;

    while (i < sums->n_cashiers && strcmp(sums->cashiers[i].cashier, cashier) != 0)
        i++;
    if (i == sums->n_cashiers)
        sums->cashiers[sums->n_cashiers++] = (struct cashier_takings){.cashier = cashier};
    return &sums->cashiers[i];
}

static void add_money(struct takings *takings, const struct account_sums *books)
{
    takings->paid += books->debit_fen;
    takings->refunded += books->credit_fen;
}

/* Every posting has one side by method or in all, and the other by department: each is counted
 * from its own side, and the two must agree. */
static void add_one(struct takings_sums *sums, const struct account_sums *books)
{
    switch ((enum account)books->account) {
    case ACCOUNT_CASH:
    case ACCOUNT_CARD:
    case ACCOUNT_TRANSFER:
    case ACCOUNT_MOBILE_PAY:
        add_money(&sums->methods[books->account], books);
        add_money(&sums->all, books);
        add_money(&of_cashier(sums, books->cashier)->all, books);
        add_money(&of_cashier(sums, books->cashier)->methods[books->account], books);
        break;
    case ACCOUNT_TREASURY:
        of_department(sums, books->department)->paid += books->credit_fen;
        of_department(sums, books->department)->refunded += books->debit_fen;
        break;
    case ACCOUNT_WAIVED:
        sums->all.waived += books->debit_fen - books->credit_fen;
        break;
    case ACCOUNT_FORGONE:
        of_department(sums, books->department)->waived += books->credit_fen - books->debit_fen;
        break;
    }
}

void charging_takings_add(struct takings_sums *sums, const struct account_sums *books, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_one(sums, &books[i]);
}
