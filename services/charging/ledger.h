/* SPDX-License-Identifier: Apache-2.0 */
/* ledger.h: the books, by double entry.
 *
 * Every posting has equal debits and credits; entries are never changed, a refund posts the
 * payment's entries the other way round.
 *
 * RULE L59: all that is taken is owed to the treasury the moment it is taken, and the account says
 * for whose fee. A waiver moves no money and so never touches the treasury's account: it stands
 * between two accounts of its own, so that what was given up is in the books by department and day
 * like what was taken; when its bill is cancelled, so is the waiver.
 *
 * Bills raised are not posted: what is owed to the hall stands in the orders, what it has taken
 * stands here. Pure. */
#ifndef CHARGING_LEDGER_H
#define CHARGING_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

#include "services/charging/rows.h"

/* The chart of accounts. Money accounts have the numbers of the wire's Method. */
enum account {
    ACCOUNT_CASH = 1, /* in the drawer of the charging window */
    ACCOUNT_CARD = 2, /* on its way through the bank, by how it was paid */
    ACCOUNT_TRANSFER = 3,
    ACCOUNT_MOBILE_PAY = 4,
    ACCOUNT_TREASURY = 5, /* owed to the treasury, by department */
    ACCOUNT_WAIVED = 6,   /* given up on a legal basis */
    ACCOUNT_FORGONE = 7,  /* what the departments' standards would have brought, by department */
};

enum posting_kind { POST_NOTHING, POST_PAYMENT, POST_WAIVER, POST_REFUND, POST_WAIVER_BACK };

/* A department's part in a posting. */
struct portion {
    const char *department;
    int64_t fen; /* above 0 */
};

/* What is to be posted. */
struct posting {
    int16_t centre;
    int64_t number;
    int64_t case_number;
    int32_t day;
    int64_t at_ms;
    enum posting_kind kind;
    enum account money;  /* the account of the payment's method; of no account in a waiver */
    const char *cashier; /* who takes or gives back the money; not used of a waiver */
    const struct portion *portions;
    size_t n_portions; /* at least 1 */
};

/* The entries of a posting: one for the sum and one for each portion, n_portions + 1 in all, debits
 * first. */
void charging_post(const struct posting *, struct entry_row *entries);

/* Whether debits equal credits and each entry is on one side only. */
bool charging_balances(const struct entry_row *entries, size_t n);

#endif
