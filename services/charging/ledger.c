/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/ledger.h"

#include "common/base/panic.h"
#include "common/values/money.h"

/* One entry for the sum stands against one a department. */
static const struct recipe {
    enum account sum; /* 0: the money account of the payment */
    enum account parts;
    bool sum_is_debit;
} recipes[] = {
    [POST_PAYMENT] = {0, ACCOUNT_TREASURY, true},
    [POST_WAIVER] = {ACCOUNT_WAIVED, ACCOUNT_FORGONE, true},
    [POST_WAIVER_BACK] = {ACCOUNT_WAIVED, ACCOUNT_FORGONE, false},
    [POST_REFUND] = {0, ACCOUNT_TREASURY, false}, /* the payment, the other way round */
};

static struct entry_row entry_of(const struct posting *posting, enum account account, bool debit,
                                 int64_t fen)
{
    return (struct entry_row){
        .centre = posting->centre,
        .posting = posting->number,
        .case_number = posting->case_number,
        .account = (int16_t)account,
        .debit_fen = debit ? fen : 0,
        .credit_fen = debit ? 0 : fen,
        .day = posting->day,
        .at_ms = posting->at_ms,
    };
}

void charging_post(const struct posting *posting, struct entry_row *entries)
{
    must(posting->kind != POST_NOTHING && posting->n_portions > 0);
    const struct recipe *recipe = &recipes[posting->kind];
    size_t n = posting->n_portions, first_part = recipe->sum_is_debit ? 1 : 0;
    struct money sum = {0};

    for (size_t i = 0; i < n; i++) {
        const struct portion *portion = &posting->portions[i];
        entries[first_part + i] =
            entry_of(posting, recipe->parts, !recipe->sum_is_debit, portion->fen);
        entries[first_part + i].department = portion->department;
        sum = money_add(sum, (struct money){portion->fen});
    }
    enum account account = recipe->sum != 0 ? recipe->sum : posting->money;
    struct entry_row *whole = &entries[recipe->sum_is_debit ? 0 : n];
    *whole = entry_of(posting, account, recipe->sum_is_debit, sum.fen);
    if (recipe->sum == 0)
        whole->cashier = posting->cashier;
    for (size_t i = 0; i <= n; i++)
        entries[i].no = (int16_t)(i + 1);
    must(charging_balances(entries, n + 1));
}

bool charging_balances(const struct entry_row *entries, size_t n)
{
    struct money balance = {0};

    for (const struct entry_row *entry = entries; entry < entries + n; entry++) {
        bool one_side = (entry->debit_fen == 0) != (entry->credit_fen == 0);
        if (!one_side || entry->debit_fen < 0 || entry->credit_fen < 0)
            return false;
        balance = money_add(balance, (struct money){entry->debit_fen - entry->credit_fen});
    }
    return money_is_zero(balance);
}
