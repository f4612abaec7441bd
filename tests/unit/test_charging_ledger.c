/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dies.h"
#include "services/charging/ledger.h"

enum { MOST = 4 };

static const struct portion three[] = {{"CON", 30000}, {"SAN", 24000}, {"PLN", 5000}};

static struct posting posting_of(enum posting_kind kind, size_t n)
{
    return (struct posting){
        .centre = 1,
        .number = 42,
        .case_number = 2201130000427,
        .day = 19005,
        .at_ms = 1642046400000,
        .kind = kind,
        .money = ACCOUNT_CARD,
        .portions = three,
        .n_portions = n,
    };
}

/* clang-format off */
static const struct {
    enum posting_kind kind;
    size_t n;
    struct { enum account account; const char *department; int64_t debit_fen, credit_fen; } entries[MOST];
} cases[] = {
    {POST_PAYMENT, 3, {{ACCOUNT_CARD,     NULL,  59000, 0},
                       {ACCOUNT_TREASURY, "CON", 0,     30000},
                       {ACCOUNT_TREASURY, "SAN", 0,     24000},
                       {ACCOUNT_TREASURY, "PLN", 0,     5000}}},
    {POST_PAYMENT, 1, {{ACCOUNT_CARD,     NULL,  30000, 0},
                       {ACCOUNT_TREASURY, "CON", 0,     30000}}},
    {POST_WAIVER,  1, {{ACCOUNT_WAIVED,   NULL,  30000, 0},
                       {ACCOUNT_FORGONE,  "CON", 0,     30000}}},
    {POST_REFUND,  1, {{ACCOUNT_TREASURY, "CON", 30000, 0},
                       {ACCOUNT_CARD,     NULL,  0,     30000}}},
    {POST_REFUND,  3, {{ACCOUNT_TREASURY, "CON", 30000, 0},
                       {ACCOUNT_TREASURY, "SAN", 24000, 0},
                       {ACCOUNT_TREASURY, "PLN", 5000,  0},
                       {ACCOUNT_CARD,     NULL,  0,     59000}}},
};
/* clang-format on */

/* RULE L59: what is taken is the treasury's at once; a waiver never touches that account. */
static void a_posting_has_one_entry_for_the_sum_and_one_for_each_department(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct posting posting = posting_of(cases[i].kind, cases[i].n);
        struct entry_row entries[MOST];
        charging_post(&posting, entries);
        for (size_t k = 0; k <= cases[i].n; k++) {
            assert_int_equal(1, entries[k].centre);
            assert_int_equal(42, entries[k].posting);
            assert_int_equal(k + 1, entries[k].no);
            assert_int_equal(2201130000427, entries[k].case_number);
            assert_int_equal(19005, entries[k].day);
            assert_int_equal(1642046400000, entries[k].at_ms);
            assert_int_equal(cases[i].entries[k].account, entries[k].account);
            assert_int_equal(cases[i].entries[k].debit_fen, entries[k].debit_fen);
            assert_int_equal(cases[i].entries[k].credit_fen, entries[k].credit_fen);
            if (cases[i].entries[k].department == NULL)
                assert_null(entries[k].department);
            else
                assert_string_equal(cases[i].entries[k].department, entries[k].department);
        }
        assert_true(charging_balances(entries, cases[i].n + 1));
    }
}

static void a_refund_leaves_the_accounts_as_before_the_payment(void **state)
{
    const struct posting payment = posting_of(POST_PAYMENT, 3), refund = posting_of(POST_REFUND, 3);
    struct entry_row paid[MOST], back[MOST];
    int64_t balance[ACCOUNT_FORGONE + 1] = {0};

    (void)state;
    charging_post(&payment, paid);
    charging_post(&refund, back);
    for (int i = 0; i < MOST; i++) {
        balance[paid[i].account] += paid[i].debit_fen - paid[i].credit_fen;
        balance[back[i].account] += back[i].debit_fen - back[i].credit_fen;
    }
    for (int account = 0; account <= ACCOUNT_FORGONE; account++)
        assert_int_equal(0, balance[account]);
}

static void entries_that_do_not_balance_are_seen(void **state)
{
    const struct entry_row more_debit[] = {{.debit_fen = 2}, {.credit_fen = 1}};
    const struct entry_row both_sides[] = {{.debit_fen = 1, .credit_fen = 1}};
    const struct entry_row no_side[] = {{.debit_fen = 0}};
    const struct entry_row negative[] = {{.debit_fen = -1}, {.credit_fen = -1}};

    (void)state;
    assert_false(charging_balances(more_debit, 2));
    assert_false(charging_balances(both_sides, 1));
    assert_false(charging_balances(no_side, 1));
    assert_false(charging_balances(negative, 2));
}

static void post_nothing(void)
{
    const struct posting posting = posting_of(POST_PAYMENT, 0);
    struct entry_row entries[1];
    charging_post(&posting, entries);
}

static void post_zero(void)
{
    const struct portion zero = {"CON", 0};
    struct posting posting = posting_of(POST_PAYMENT, 1);
    struct entry_row entries[2];
    posting.portions = &zero;
    charging_post(&posting, entries);
}

static void an_empty_posting_is_a_bug(void **state)
{
    (void)state;
    assert_true(dies(post_nothing));
    assert_true(dies(post_zero));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_posting_has_one_entry_for_the_sum_and_one_for_each_department),
        cmocka_unit_test(a_refund_leaves_the_accounts_as_before_the_payment),
        cmocka_unit_test(entries_that_do_not_balance_are_seen),
        cmocka_unit_test(an_empty_posting_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
