/* SPDX-License-Identifier: Apache-2.0 */
/* A decision taken back, or facts put right: the bill that rested on them goes, and what was paid
 * is neither lost nor taken twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/take_back.h"

static int64_t balance(struct world *hall, int16_t account)
{
    int64_t fen = 0;
    for (size_t i = 0; i < world_count(hall, "charging", &charging_entry_table); i++) {
        const struct entry_row *entry = world_row_at(hall, "charging", &charging_entry_table, i);
        if (entry->account == account)
            fen += entry->debit_fen - entry->credit_fen;
    }
    return fen;
}

/* ---- money */

static void what_was_paid_is_given_back_first(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &CUL_CLERK, "CUL-01");
    assert_done(finish(hall, &CUL_CLERK, number, true, ""));
    world_settle(hall);
    assert_done(pay(hall, number, 1000));
    world_settle(hall);
    assert_refused(REFUND_FIRST, ask(hall, &CUL_CLERK, number, DECISION));
    Onedoor__Charging__Refund refund = ONEDOOR__CHARGING__REFUND__INIT;
    refund.case_number = number;
    refund.line = 1;
    refund.amount_fen = 1000;
    refund.reason = "误操作";
    assert_done(ask_and_agree(hall, &CASHIER, &refund.base, "charging", &MANAGER));
    world_settle(hall);
    assert_done(take_back(hall, &CUL_CLERK, &CUL_LEAD, number, DECISION));
    assert_int_equal(ORDER_CANCELLED, order_of(hall, number, 1)->state);
    assert_done(finish(hall, &CUL_CLERK, number, true, ""));
    world_settle(hall);
    assert_done(pay(hall, number, 1000));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(1000, balance(hall, ACCOUNT_CASH));
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

static void a_waiver_goes_with_its_bill(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &CUL_CLERK, "CUL-01");
    assert_done(finish(hall, &CUL_CLERK, number, true, ""));
    world_settle(hall);
    Onedoor__Charging__Waive waive = ONEDOOR__CHARGING__WAIVE__INIT;
    waive.case_number = number;
    waive.line = 1;
    waive.basis = "财综〔2022〕1号";
    assert_done(ask_and_agree(hall, &CASHIER, &waive.base, "charging", &MANAGER));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_done(take_back(hall, &CUL_CLERK, &CUL_LEAD, number, DECISION));
    assert_int_equal(0, balance(hall, ACCOUNT_WAIVED));
    assert_int_equal(0, dossier_of(hall, number)->waived_fen);
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

/* The payment and the taking back crossed on their way: the money counts for the next grant. */
static void a_payment_that_crossed_counts_for_the_next_grant(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &CUL_CLERK, "CUL-01");
    Onedoor__Intake__TakeBack back = mistake(number, DECISION);
    assert_done(finish(hall, &CUL_CLERK, number, true, ""));
    world_settle(hall);
    assert_done(pay(hall, number, 1000)); /* intake has not heard of it */
    assert_done(ask_and_agree(hall, &CUL_CLERK, &back.base, "intake", &CUL_LEAD));
    world_settle(hall);
    assert_state(ACCEPTED, stored(hall, number));
    assert_true(stored(hall, number)->fee_paid);
    assert_int_equal(ORDER_PAID, order_of(hall, number, 1)->state);
    assert_done(finish(hall, &CUL_CLERK, number, true, ""));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(1, world_said(hall, "charging.OrderKept", number));
    assert_int_equal(1000, balance(hall, ACCOUNT_CASH));
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

/* A grant is taken back while the payment is on its way, and the case is denied then. */
static int64_t paid_and_denied(struct world *hall)
{
    int64_t number = take_in(hall, &CUL_CLERK, "CUL-01");
    Onedoor__Intake__TakeBack back = mistake(number, DECISION);
    assert_done(finish(hall, &CUL_CLERK, number, true, ""));
    world_settle(hall);
    assert_done(pay(hall, number, 1000)); /* intake has not heard of it */
    assert_done(ask_and_agree(hall, &CUL_CLERK, &back.base, "intake", &CUL_LEAD));
    world_settle(hall);
    assert_int_equal(0, order_of(hall, number, 1)->to_refund_ms);
    assert_done(finish(hall, &CUL_CLERK, number, false, "不符合条件"));
    world_settle(hall);
    return number;
}

static struct outcome give_back(struct world *hall, int64_t number, int64_t fen)
{
    Onedoor__Charging__Refund refund = ONEDOOR__CHARGING__REFUND__INIT;
    refund.case_number = number;
    refund.line = 1;
    refund.amount_fen = fen;
    refund.reason = "不予许可";
    struct outcome outcome = ask_and_agree(hall, &CASHIER, &refund.base, "charging", &MANAGER);
    world_settle(hall);
    return outcome;
}

/* RULE L59 */
static void who_paid_and_is_denied_is_to_get_it_back(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = paid_and_denied(hall);
    assert_int_equal(world_now(hall), order_of(hall, number, 1)->to_refund_ms);
    const Onedoor__Charging__OrderToRefund *said =
        heard(hall, &onedoor__charging__order_to_refund__descriptor, number, arena);
    assert_int_equal(1000, said->kept_fen);
    assert_string_equal("不符合条件", said->reason);
    assert_done(give_back(hall, number, 400));
    assert_int_not_equal(0, order_of(hall, number, 1)->to_refund_ms);
    assert_done(give_back(hall, number, 600));
    assert_int_equal(0, order_of(hall, number, 1)->to_refund_ms);
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
    arena_free(&arena);
}

static void a_denial_is_not_taken_back_over_money_that_is_to_be_given_back(void **state)
{
    struct world *hall = *state;
    int64_t number = paid_and_denied(hall);
    assert_refused(REFUND_FIRST, ask(hall, &CUL_CLERK, number, DECISION));
    assert_done(give_back(hall, number, 1000));
    assert_done(take_back(hall, &CUL_CLERK, &CUL_LEAD, number, DECISION));
    assert_int_equal(1, world_said(hall, "charging.OrderToRefund", number));
    assert_done(finish(hall, &CUL_CLERK, number, true, ""));
    world_settle(hall);
    assert_done(pay(hall, number, 1000));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(1000, balance(hall, ACCOUNT_CASH));
    nothing_is_parked(hall);
}

static void who_never_paid_has_nothing_to_get_back(void **state)
{
    struct world *hall = *state;
    int64_t number = through_approval(hall, false);
    assert_int_equal(0, world_said(hall, "charging.OrderToRefund", number));
}

/* ---- facts that the fee counts */

static void facts_put_right_make_a_new_bill_until_it_is_paid(void **state)
{
    struct world *hall = *state;
    int64_t number = through_approval(hall, true);
    Onedoor__FeeFact area = ONEDOOR__FEE_FACT__INIT, deposit = ONEDOOR__FEE_FACT__INIT;
    Onedoor__FeeFact *facts[] = {&area, &deposit};
    Onedoor__Intake__Amend amend = ONEDOOR__INTAKE__AMEND__INIT;
    int64_t before_fen = order_of(hall, number, 1)->total_fen;
    area.fee = "FEE-SAN-02A";
    area.units = 20;
    area.days = 10;
    deposit.fee = "FEE-SAN-02B";
    deposit.units = 12;
    amend.case_number = number;
    amend.facts = facts;
    amend.n_facts = 2;
    amend.reason = "面积有误";
    assert_done(world_command(hall, &SAN_CLERK, &amend.base, NULL));
    world_settle(hall);
    assert_int_equal(ORDER_CANCELLED, order_of(hall, number, 1)->state);
    assert_string_equal("面积有误", order_of(hall, number, 1)->cancelled_for);
    assert_int_equal(before_fen - 5000, order_of(hall, number, 2)->total_fen);
    assert_refused(AMOUNT_DIFFERS, pay(hall, number, before_fen));
    assert_done(pay(hall, number, before_fen - 5000));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    area.units = 10;
    assert_refused(CASE_CLOSED, world_command(hall, &SAN_CLERK, &amend.base, NULL));
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(what_was_paid_is_given_back_first),
        HALL_TEST(a_waiver_goes_with_its_bill),
        HALL_TEST(a_payment_that_crossed_counts_for_the_next_grant),
        HALL_TEST(who_paid_and_is_denied_is_to_get_it_back),
        HALL_TEST(a_denial_is_not_taken_back_over_money_that_is_to_be_given_back),
        HALL_TEST(who_never_paid_has_nothing_to_get_back),
        HALL_TEST(facts_put_right_make_a_new_bill_until_it_is_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
