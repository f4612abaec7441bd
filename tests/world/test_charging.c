/* SPDX-License-Identifier: Apache-2.0 */
/* The charging window: one bill a case, paid, waived and given back, and the books that say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/case_number.h"
#include "tests/world/charging_counter.h"

/* ---- the bill */

/* RULE H3, H8, L59: one bill, priced by the standard, each department's part under its name. */
static void one_bill_is_made_for_three_departments_and_paid_at_once(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_trees(hall);
    Onedoor__Charging__PayReply *reply;

    assert_int_equal(1, world_said(hall, "charging.OrderRaised", number));
    assert_int_equal(1, world_count(hall, "charging", &charging_order_table));
    assert_int_equal(59000, order_of(hall, number)->total_fen);
    assert_int_equal(ORDER_DUE, order_of(hall, number)->state);
    assert_line(line_of(hall, number, 1), "CON", 30000, "30 m2 x 10 days x 1.00 = 300.00");
    assert_line(line_of(hall, number, 2), "SAN", 24000, "8 tree x 30.00 = 240.00");
    assert_line(line_of(hall, number, 3), "PLN", 5000, "1 visit x 50.00 = 50.00");

    assert_done(pay_by_card(hall, number, 59000, &reply));
    assert_int_equal(59000, reply->paid_fen);
    assert_int_equal(1, reply->receipt);
    assert_int_equal(order_of(hall, number)->number, reply->order);
    assert_int_equal(4, entries(hall));
    assert_entry(entry_of(hall, 1, 1), ACCOUNT_CARD, NULL, 59000, 0);
    assert_entry(entry_of(hall, 1, 2), ACCOUNT_TREASURY, "CON", 0, 30000);
    assert_entry(entry_of(hall, 1, 3), ACCOUNT_TREASURY, "SAN", 0, 24000);
    assert_entry(entry_of(hall, 1, 4), ACCOUNT_TREASURY, "PLN", 0, 5000);
    assert_int_equal(0, world_parked(hall, "charging"));
}

/* RULE L59: a standard that gives nothing takes nothing. */
static void a_bill_of_nothing_is_not_asked_for_and_the_case_is_closed(void **state)
{
    struct world *hall = *state;
    int64_t within_the_free_units = granted_sign(hall, 5), not_declared = granted_sign(hall, 0);

    assert_line(line_of(hall, within_the_free_units, 1), "SAN", 0, "(5 - 5 free) m2 = 0.00");
    assert_line(line_of(hall, not_declared, 1), "SAN", 0, "no m2 declared: 0.00");
    assert_int_equal(ORDER_NOTHING_DUE, order_of(hall, not_declared)->state);
    assert_int_equal(1, world_said(hall, "charging.OrderNothingDue", within_the_free_units));
    assert_int_equal(0, world_said(hall, "charging.OrderRaised", 0));
    assert_state(CLOSED, stored(hall, within_the_free_units));
    assert_state(CLOSED, stored(hall, not_declared));
    assert_refused(WRONG_STATE, pay(hall, not_declared, 1));
    assert_int_equal(0, entries(hall));
    assert_int_equal(0, receipts(hall));
}

static void tiers_are_priced_beyond_the_free_units(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_sign(hall, 20);

    assert_line(line_of(hall, number, 1), "SAN", 27500,
                "(20 - 5 free) m2: 10 x 20.00 + 5 x 15.00 = 275.00");
    assert_done(pay(hall, number, 27500));
}

/* RULE H8, L59: a fact under the code of no fee would change the bill without a word. */
static void a_case_is_not_taken_in_unless_its_fees_can_be_priced(void **state)
{
    static const struct {
        const char *fee;
        int64_t units;
        int32_t days;
        Onedoor__Reason reason;
        const char *field;
    } cases[] = {
        {"FEE-PLN-5B", 100, 0, ONEDOOR__REASON__FIELD_INVALID, "facts[0].fee"},
        {"FEE-PLN-05A", 1, 0, ONEDOOR__REASON__FIELD_INVALID, "facts[0].fee"}, /* counts nothing */
        {"FEE-PLN-05B", 100, 3, ONEDOOR__REASON__FIELD_INVALID, "facts[0].days"},
        {NULL, 0, 0, ONEDOOR__REASON__FACTS_MISSING, "facts"},
        {"FEE-PLN-05B", 0, 0, ONEDOOR__REASON__REASON_UNSPECIFIED, NULL},
        {"FEE-PLN-05B", 100, 0, ONEDOOR__REASON__REASON_UNSPECIFIED, NULL},
    };
    static const struct actor clerk = {"p1", ONEDOOR__ROLE__WINDOW_CLERK, "PLN", 0};
    struct world *hall = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct application application;
        apply_with(hall, &application, "PLN-05", 99)->submit.n_facts = 0;
        if (cases[i].fee != NULL)
            declare(&application, cases[i].fee, cases[i].units, cases[i].days);
        struct outcome outcome = submit(hall, &clerk, &application, NULL);
        assert_int_equal(cases[i].reason, outcome.reason);
        if (cases[i].field != NULL)
            assert_string_equal(cases[i].field, outcome.field);
    }
}

/* RULE L58: no published standard, no fee. */
static void an_item_without_a_fee_never_sees_the_counter(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");

    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(0, world_count(hall, "charging", &charging_order_table));
    assert_refused(NO_ORDER, pay(hall, number, 100));
}

static void a_case_denied_or_withdrawn_is_never_billed(void **state)
{
    struct world *hall = *state;
    int64_t denied = take_in(hall, &SAN_CLERK, "SAN-01"),
            withdrawn = take_in(hall, &SAN_CLERK, "SAN-01");

    assert_done(finish(hall, &SAN_CLERK, denied, false, "不符合条件"));
    assert_done(withdraw(hall, &SAN_CLERK, withdrawn));
    world_settle(hall);
    assert_int_equal(0, world_count(hall, "charging", &charging_order_table));
}

/* ---- paying */

static void payment_closes_the_case_and_gives_a_receipt(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);

    assert_state(PAYMENT_DUE, stored(hall, number));
    world_clock(hall, at(1, 13, 10, 0));
    assert_done(pay(hall, number, 1000));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(ORDER_PAID, order_of(hall, number)->state);
    assert_int_equal(at(1, 13, 10, 0), order_of(hall, number)->paid_ms);
    assert_int_equal(1, order_of(hall, number)->receipt);
    assert_int_equal(number, receipt_of(hall, 1)->case_number);
    assert_int_equal(1000, receipt_of(hall, 1)->amount_fen);
    assert_string_equal("k31", receipt_of(hall, 1)->cashier);
    assert_int_equal(1, world_said(hall, "charging.OrderPaid", number));
}

static void a_second_payment_is_refused(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);

    assert_done(pay(hall, number, 1000));
    assert_refused(ORDER_PAID, pay(hall, number, 1000));
    world_settle(hall);
    assert_refused(ORDER_PAID, pay(hall, number, 1000));
    assert_int_equal(1, receipts(hall));
    assert_int_equal(2, entries(hall));
}

static void the_same_key_pays_once_and_is_answered_alike(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const unsigned char key[16] = {1, 2, 3};
    const Onedoor__Charging__Pay pay = payment(number, ONEDOOR__CHARGING__METHOD__CASH, 1000);
    const Onedoor__Charging__Pay other = payment(number, ONEDOOR__CHARGING__METHOD__CARD, 1000);
    Onedoor__Charging__PayReply *first, *again;

    assert_done(world_command_id(hall, key, &CASHIER, &pay.base, (ProtobufCMessage **)&first));
    world_settle(hall);
    assert_done(world_command_id(hall, key, &CASHIER, &pay.base, (ProtobufCMessage **)&again));
    assert_int_equal(first->receipt, again->receipt);
    assert_int_equal(first->paid_fen, again->paid_fen);
    assert_int_equal(1, receipts(hall));
    assert_int_equal(1, world_said(hall, "charging.OrderPaid", number));
    assert_refused(KEY_REUSED, world_command_id(hall, key, &CASHIER, &other.base, NULL));
}

/* RULE H8: nobody types an amount; what the payer was shown must be the order's. */
static void a_payment_of_another_amount_is_refused(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);

    assert_refused(AMOUNT_DIFFERS, pay(hall, number, 999));
    assert_refused(AMOUNT_DIFFERS, pay(hall, number, 1001));
    assert_refused(AMOUNT_DIFFERS, pay(hall, number, INT64_MAX));
    assert_int_equal(ORDER_DUE, order_of(hall, number)->state);
    assert_int_equal(0, entries(hall));
    assert_done(pay(hall, number, 1000));
    assert_int_equal(1, receipt_of(hall, 1)->number); /* a refusal uses up no receipt */
}

static void a_payment_that_is_not_whole_is_refused_at_the_edge(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const struct {
        Onedoor__Charging__Pay pay;
        const char *field;
    } cases[] = {
        {payment(number, ONEDOOR__CHARGING__METHOD__METHOD_UNSPECIFIED, 1000), "method"},
        {payment(number, 99, 1000), "method"},
        {payment(number, ONEDOOR__CHARGING__METHOD__CASH, 0), "shown_fen"},
        {payment(number, ONEDOOR__CHARGING__METHOD__CASH, -1000), "shown_fen"},
        {payment(0, ONEDOOR__CHARGING__METHOD__CASH, 1000), "case_number"},
    };

    const Onedoor__Charging__Pay right = payment(number, ONEDOOR__CHARGING__METHOD__CASH, 1000);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome = world_command(hall, &CASHIER, &cases[i].pay.base, NULL);
        assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, outcome.code);
        assert_string_equal(cases[i].field, outcome.field);
    }
    assert_refused(NOT_ALLOWED, world_command(hall, &SAN_CLERK, &right.base, NULL));
    assert_refused(NOT_ALLOWED, world_command(hall, &PUBLIC, &right.base, NULL));
    assert_refused(NO_ORDER, pay(hall, case_number_make(22, 1, 13, 999), 1000));
    assert_refused(UNKNOWN_CASE, pay(hall, number + 1, 1000)); /* a wrong check digit */
}

/* ---- the books as a whole */

/* Some days of business: bills paid, differing, paid twice, waived and given back. */
static void do_business(struct world *hall, int days)
{
    for (int day = 0; day < days; day++) {
        world_clock(hall, at(1, 13 + day, 9, 30));
        int64_t permit = granted_permit(hall), trees = granted_trees(hall),
                poor = granted_permit(hall);
        assert_refused(AMOUNT_DIFFERS, pay(hall, permit, 1));
        assert_done(pay(hall, permit, 1000));
        assert_refused(ORDER_PAID, pay(hall, permit, 1000));
        assert_done(waive(hall, trees, 3));
        assert_done(pay_by_card(hall, trees, 54000, NULL));
        assert_done(waive(hall, poor, 1));
        assert_done(refund(hall, trees, 1, 100 + day));
    }
}

static void receipts_postings_and_orders_are_numbered_without_a_gap(void **state)
{
    struct world *hall = *state;

    do_business(hall, 2);
    assert_int_equal(4, receipts(hall));
    for (int64_t number = 1; number <= 4; number++)
        assert_non_null(receipt_of(hall, number));
    for (int64_t posting = 1; posting <= 10; posting++)
        assert_non_null(entry_of(hall, posting, 1));
    assert_null(entry_of(hall, 11, 1));
    bool seen[7] = {false};
    for (size_t i = 0; i < 6; i++) {
        const struct order_row *order = world_row_at(hall, "charging", &charging_order_table, i);
        assert_in_range(order->number, 1, 6);
        assert_false(seen[order->number]);
        seen[order->number] = true;
    }
}

/* RULE L59: and the treasury is owed all that was taken, less what was given back. */
static void debits_equal_credits_on_every_day(void **state)
{
    struct world *hall = *state;
    int64_t debit_fen[DAYS_MAX] = {0}, credit_fen[DAYS_MAX] = {0};

    do_business(hall, 2);
    for (size_t i = 0; i < entries(hall); i++) {
        const struct entry_row *entry = world_row_at(hall, "charging", &charging_entry_table, i);
        assert_in_range(entry->day, TODAY, TODAY + 1);
        debit_fen[entry->day - TODAY] += entry->debit_fen;
        credit_fen[entry->day - TODAY] += entry->credit_fen;
    }
    for (int day = 0; day < 2; day++) {
        assert_int_equal(1000 + 54000 + 5000 + 1000 + 100 + day, debit_fen[day]);
        assert_int_equal(debit_fen[day], credit_fen[day]);
    }
    assert_int_equal(2 * 1000, balance(hall, ACCOUNT_CASH));
    assert_int_equal(2 * 54000 - 201, balance(hall, ACCOUNT_CARD));
    assert_int_equal(balance(hall, ACCOUNT_CASH) + balance(hall, ACCOUNT_CARD),
                     -balance(hall, ACCOUNT_TREASURY));
    assert_int_equal(0, world_parked(hall, "charging") + world_parked(hall, "intake") +
                            world_parked(hall, "reporting"));
}

/* Half past seven in the hall is still yesterday in UTC. */
static void a_business_day_is_the_halls_own(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);

    world_clock(hall, at(1, 14, 7, 30));
    assert_done(pay(hall, number, 1000));
    assert_int_equal(TODAY + 1, entry_of(hall, 1, 1)->day);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(one_bill_is_made_for_three_departments_and_paid_at_once),
        HALL_TEST(a_bill_of_nothing_is_not_asked_for_and_the_case_is_closed),
        HALL_TEST(tiers_are_priced_beyond_the_free_units),
        HALL_TEST(a_case_is_not_taken_in_unless_its_fees_can_be_priced),
        HALL_TEST(an_item_without_a_fee_never_sees_the_counter),
        HALL_TEST(a_case_denied_or_withdrawn_is_never_billed),
        HALL_TEST(payment_closes_the_case_and_gives_a_receipt),
        HALL_TEST(a_second_payment_is_refused),
        HALL_TEST(the_same_key_pays_once_and_is_answered_alike),
        HALL_TEST(a_payment_of_another_amount_is_refused),
        HALL_TEST(a_payment_that_is_not_whole_is_refused_at_the_edge),
        HALL_TEST(receipts_postings_and_orders_are_numbered_without_a_gap),
        HALL_TEST(debits_equal_credits_on_every_day),
        HALL_TEST(a_business_day_is_the_halls_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
