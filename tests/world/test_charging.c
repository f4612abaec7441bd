/* SPDX-License-Identifier: Apache-2.0 */
/* The charging window: one bill a case, paid, waived and given back, and the books that say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/charging/ledger.h"
#include "services/charging/order.h"
#include "tests/world/intake_desk.h"

enum { TODAY = 19005, DAYS_MAX = 8 }; /* 2022-01-13 */

/* ---- cases that come to the window */

/* An immediate case with a fixed fee of 10.00, granted. */
static int64_t granted_permit(struct world *hall)
{
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-01");

    assert_done(finish(hall, &SAN_CLERK, number, true, ""));
    world_settle(hall);
    return number;
}

static void decide_in_turn(struct world *hall, int64_t number, const char *const *departments)
{
    for (; *departments != NULL; departments++) {
        assert_done(decide(hall, *departments, number, true, ""));
        world_settle(hall);
    }
}

static int64_t granted_with_facts(struct world *hall, const struct actor *clerk, const char *item,
                                  const Onedoor__FeeFact *facts, size_t n_facts,
                                  const char *const *departments)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    Onedoor__FeeFact *list[2] = {(Onedoor__FeeFact *)&facts[0], (Onedoor__FeeFact *)&facts[1]};

    apply_with(hall, &application, item, 99)->submit.n_facts = n_facts;
    application.submit.facts = list;
    assert_done(submit(hall, clerk, &application, &reply));
    world_settle(hall);
    decide_in_turn(hall, reply->case_number, departments);
    return reply->case_number;
}

/* Green space (CON) 30 m2 for 10 days, removal (SAN) of 8 trees, marking out (PLN): 300.00 + 240.00
 * + 50.00. */
static int64_t granted_trees(struct world *hall)
{
    static const char *const departments[] = {"PLN", "CON", "SAN", "CON", NULL};
    Onedoor__FeeFact facts[2] = {ONEDOOR__FEE_FACT__INIT, ONEDOOR__FEE_FACT__INIT};

    facts[0].fee = "FEE-CON-02A";
    facts[0].units = 30;
    facts[0].days = 10;
    facts[1].fee = "FEE-CON-02B";
    facts[1].units = 8;
    return granted_with_facts(hall, &CON_CLERK, "CON-02", facts, 2, departments);
}

/* Outdoor advertising on `units` m2, of which five are free. */
static int64_t granted_sign(struct world *hall, int64_t units)
{
    static const char *const departments[] = {"SAN", "PLN", "CUL", "SAN", NULL};
    Onedoor__FeeFact facts[2] = {ONEDOOR__FEE_FACT__INIT, ONEDOOR__FEE_FACT__INIT};

    facts[0].fee = "FEE-SAN-03";
    facts[0].units = units;
    return granted_with_facts(hall, &SAN_CLERK, "SAN-03", facts, units == 0 ? 0 : 1, departments);
}

/* ---- what is in the books */

static const struct order_row *order_of(struct world *hall, int64_t number)
{
    return world_row(hall, "charging", &charging_order_table,
                     &(struct order_row){.centre = 1, .case_number = number});
}

static const struct line_row *line_of(struct world *hall, int64_t number, int16_t no)
{
    return world_row(hall, "charging", &charging_line_table,
                     &(struct line_row){.centre = 1, .case_number = number, .no = no});
}

static const struct entry_row *entry_of(struct world *hall, int64_t posting, int16_t no)
{
    return world_row(hall, "charging", &charging_entry_table,
                     &(struct entry_row){.centre = 1, .posting = posting, .no = no});
}

static const struct receipt_row *receipt_of(struct world *hall, int64_t number)
{
    return world_row(hall, "charging", &charging_receipt_table,
                     &(struct receipt_row){.centre = 1, .number = number});
}

static const struct adjustment_row *adjustment_of(struct world *hall, int64_t posting)
{
    return world_row(hall, "charging", &charging_adjustment_table,
                     &(struct adjustment_row){.centre = 1, .posting = posting});
}

static size_t entries(struct world *hall)
{
    return world_count(hall, "charging", &charging_entry_table);
}

static size_t receipts(struct world *hall)
{
    return world_count(hall, "charging", &charging_receipt_table);
}

static int64_t balance(struct world *hall, enum account account)
{
    int64_t fen = 0;

    for (size_t i = 0; i < entries(hall); i++) {
        const struct entry_row *entry = world_row_at(hall, "charging", &charging_entry_table, i);
        if (entry->account == (int16_t)account)
            fen += entry->debit_fen - entry->credit_fen;
    }
    return fen;
}

#define assert_line(row, of_department, fen, how)                                                  \
    do {                                                                                           \
        const struct line_row *line_ = (row);                                                      \
        assert_non_null(line_);                                                                    \
        assert_string_equal(of_department, line_->department);                                     \
        assert_int_equal(fen, line_->amount_fen);                                                  \
        assert_string_equal(how, line_->working);                                                  \
    } while (0)

#define assert_entry(row, on, of_department, debit, credit)                                        \
    do {                                                                                           \
        const struct entry_row *entry_ = (row);                                                    \
        const char *department_ = (of_department);                                                 \
        assert_non_null(entry_);                                                                   \
        assert_int_equal(on, entry_->account);                                                     \
        assert_string_equal(department_ == NULL ? "" : department_,                                \
                            entry_->department == NULL ? "" : entry_->department);                 \
        assert_int_equal(debit, entry_->debit_fen);                                                \
        assert_int_equal(credit, entry_->credit_fen);                                              \
    } while (0)

/* ---- what the cashier does */

static Onedoor__Charging__Pay payment(int64_t number, int method, int64_t shown_fen)
{
    Onedoor__Charging__Pay pay = ONEDOOR__CHARGING__PAY__INIT;

    pay.case_number = number;
    pay.method = (Onedoor__Charging__Method)method;
    pay.shown_fen = shown_fen;
    return pay;
}

static struct outcome pay_by_card(struct world *hall, int64_t number, int64_t shown_fen,
                                  Onedoor__Charging__PayReply **reply)
{
    const Onedoor__Charging__Pay pay = payment(number, ONEDOOR__CHARGING__METHOD__CARD, shown_fen);
    return world_command(hall, &CASHIER, &pay.base, (ProtobufCMessage **)reply);
}

static struct outcome waive(struct world *hall, int64_t number, int32_t line,
                            Onedoor__Charging__WaiveReply **reply)
{
    Onedoor__Charging__Waive waive = ONEDOOR__CHARGING__WAIVE__INIT;

    waive.case_number = number;
    waive.line = line;
    waive.basis = "残疾人保障法第五十条";
    waive.approved_by = "m1";
    return world_command(hall, &CASHIER, &waive.base, (ProtobufCMessage **)reply);
}

static struct outcome refund(struct world *hall, int64_t number, int32_t line, int64_t fen)
{
    Onedoor__Charging__Refund refund = ONEDOOR__CHARGING__REFUND__INIT;

    refund.case_number = number;
    refund.line = line;
    refund.amount_fen = fen;
    refund.reason = "计量有误";
    refund.approved_by = "m1";
    return world_command(hall, &CASHIER, &refund.base, NULL);
}

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
    assert_refused(NO_ORDER, pay(hall, number + 1, 1000));
}

/* ---- waiving */

static void a_waiver_names_its_basis_and_a_second_person(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    Onedoor__Charging__Waive bare = ONEDOOR__CHARGING__WAIVE__INIT;

    bare.case_number = number;
    bare.line = 1;
    bare.approved_by = "m1";
    assert_refused(BASIS_REQUIRED, world_command(hall, &CASHIER, &bare.base, NULL));
    bare.basis = "残疾人保障法第五十条";
    bare.approved_by = "";
    assert_refused(FIELD_MISSING, world_command(hall, &CASHIER, &bare.base, NULL));
    bare.approved_by = "k31"; /* the cashier herself */
    assert_refused(NOT_ALLOWED, world_command(hall, &CASHIER, &bare.base, NULL));
    bare.approved_by = "m1";
    assert_refused(NOT_ALLOWED, world_command(hall, &MANAGER, &bare.base, NULL));
    assert_refused(NOT_ALLOWED, world_command(hall, &SAN_CLERK, &bare.base, NULL));
    assert_int_equal(ORDER_DUE, order_of(hall, number)->state);
    assert_int_equal(0, entries(hall));
}

static void a_waived_line_is_not_paid(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_trees(hall);
    Onedoor__Charging__WaiveReply *reply;

    assert_done(waive(hall, number, 1, &reply));
    assert_int_equal(29000, reply->due_fen);
    assert_int_equal(ONEDOOR__CHARGING__ORDER_STATE__DUE, reply->state);
    assert_entry(entry_of(hall, 1, 1), ACCOUNT_WAIVED, NULL, 30000, 0);
    assert_entry(entry_of(hall, 1, 2), ACCOUNT_FORGONE, "CON", 0, 30000);
    assert_refused(OVER_LINES, waive(hall, number, 1, NULL));
    assert_refused(FIELD_INVALID, waive(hall, number, 4, NULL));
    assert_refused(FIELD_INVALID, waive(hall, number, 65537, NULL)); /* 1 in sixteen bits */
    assert_refused(AMOUNT_DIFFERS, pay(hall, number, 59000));

    assert_done(pay(hall, number, 29000));
    assert_int_equal(2 + 3, entries(hall)); /* the money, and two departments */
    assert_int_equal(-29000, balance(hall, ACCOUNT_TREASURY));
    assert_refused(ORDER_PAID, waive(hall, number, 2, NULL));
    assert_refused(OVER_LINES, refund(hall, number, 1, 1)); /* what was waived was never paid */
}

/* RULE L59: a waiver moves no money. */
static void waiving_all_of_it_settles_the_case(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    struct arena *arena = arena_new(1 << 20);
    Onedoor__Charging__WaiveReply *reply;

    assert_done(waive(hall, number, 1, &reply));
    assert_int_equal(0, reply->due_fen);
    assert_int_equal(ONEDOOR__CHARGING__ORDER_STATE__WAIVED, reply->state);
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    const Onedoor__Charging__OrderWaived *waived =
        heard(hall, &onedoor__charging__order_waived__descriptor, number, arena);
    assert_true(waived->settled);
    assert_int_equal(1000, waived->waived_fen);
    assert_refused(WRONG_STATE, pay(hall, number, 1000));
    assert_refused(WRONG_STATE, refund(hall, number, 1, 1000));
    assert_int_equal(0, balance(hall, ACCOUNT_CASH));
    assert_int_equal(0, balance(hall, ACCOUNT_TREASURY));
    assert_int_equal(0, receipts(hall));

    const struct adjustment_row *why = adjustment_of(hall, 1);
    assert_int_equal(ADJUSTMENT_WAIVER, why->kind);
    assert_string_equal("残疾人保障法第五十条", why->ground);
    assert_string_equal("k31", why->actor);
    assert_string_equal("m1", why->approved_by);
    assert_int_equal(1000, why->amount_fen);
    arena_free(&arena);
}

/* ---- giving back */

static void a_refund_reverses_entries_and_never_exceeds_what_was_paid(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_trees(hall);

    assert_refused(WRONG_STATE, refund(hall, number, 2, 24000)); /* nothing was paid yet */
    assert_done(pay_by_card(hall, number, 59000, NULL));
    world_clock(hall, at(1, 14, 10, 0));
    assert_refused(OVER_LINES, refund(hall, number, 2, 24001));
    assert_done(refund(hall, number, 2, 20000));
    assert_refused(OVER_LINES, refund(hall, number, 2, 4001));
    assert_done(refund(hall, number, 2, 4000));
    assert_refused(OVER_LINES, refund(hall, number, 2, 1));
    assert_refused(FIELD_INVALID, refund(hall, number, 4, 1));
    assert_refused(FIELD_INVALID, refund(hall, number, 1, 0));
    assert_refused(FIELD_INVALID, refund(hall, number, 1, -1));

    assert_entry(entry_of(hall, 1, 1), ACCOUNT_CARD, NULL, 59000, 0); /* as it was */
    assert_entry(entry_of(hall, 2, 1), ACCOUNT_TREASURY, "SAN", 20000, 0);
    assert_entry(entry_of(hall, 2, 2), ACCOUNT_CARD, NULL, 0, 20000); /* the way it came */
    assert_int_equal(TODAY, entry_of(hall, 1, 1)->day);
    assert_int_equal(TODAY + 1, entry_of(hall, 2, 1)->day);
    assert_int_equal(35000, balance(hall, ACCOUNT_CARD));
    assert_int_equal(24000, order_of(hall, number)->refunded_fen);
    assert_int_equal(24000, line_of(hall, number, 2)->refunded_fen);
    assert_int_equal(ORDER_PAID, order_of(hall, number)->state);
    assert_int_equal(2, world_said(hall, "charging.OrderRefunded", number));
    assert_int_equal(ADJUSTMENT_REFUND, adjustment_of(hall, 2)->kind);
    assert_int_equal(1, receipts(hall));
}

static void a_refund_has_its_reason_and_a_second_person(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    Onedoor__Charging__Refund bare = ONEDOOR__CHARGING__REFUND__INIT;

    assert_done(pay(hall, number, 1000));
    bare.case_number = number;
    bare.line = 1;
    bare.amount_fen = 1000;
    bare.approved_by = "m1";
    assert_refused(REASON_REQUIRED, world_command(hall, &CASHIER, &bare.base, NULL));
    bare.reason = "计量有误";
    assert_refused(NOT_ALLOWED, world_command(hall, &MANAGER, &bare.base, NULL));
    assert_int_equal(2, entries(hall));
    assert_done(world_command(hall, &CASHIER, &bare.base, NULL));
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
        assert_done(waive(hall, trees, 3, NULL));
        assert_done(pay_by_card(hall, trees, 54000, NULL));
        assert_done(waive(hall, poor, 1, NULL));
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
        HALL_TEST(an_item_without_a_fee_never_sees_the_counter),
        HALL_TEST(a_case_denied_or_withdrawn_is_never_billed),
        HALL_TEST(payment_closes_the_case_and_gives_a_receipt),
        HALL_TEST(a_second_payment_is_refused),
        HALL_TEST(the_same_key_pays_once_and_is_answered_alike),
        HALL_TEST(a_payment_of_another_amount_is_refused),
        HALL_TEST(a_payment_that_is_not_whole_is_refused_at_the_edge),
        HALL_TEST(a_waiver_names_its_basis_and_a_second_person),
        HALL_TEST(a_waived_line_is_not_paid),
        HALL_TEST(waiving_all_of_it_settles_the_case),
        HALL_TEST(a_refund_reverses_entries_and_never_exceeds_what_was_paid),
        HALL_TEST(a_refund_has_its_reason_and_a_second_person),
        HALL_TEST(receipts_postings_and_orders_are_numbered_without_a_gap),
        HALL_TEST(debits_equal_credits_on_every_day),
        HALL_TEST(a_business_day_is_the_halls_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
