/* SPDX-License-Identifier: Apache-2.0 */
/* Waiving and giving back: what a second person must agree to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/charging_counter.h"

static const struct actor OTHER_MANAGER = {"m2", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0};

/* ---- waiving */

static void a_waiver_names_its_basis_and_is_done_once_another_person_agrees(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    Onedoor__Charging__Waive bare = waiver(number, 1);
    Onedoor__Approval__Waiting *waiting;

    bare.basis = "";
    assert_refused(BASIS_REQUIRED, world_command(hall, &CASHIER, &bare.base, NULL));
    bare = waiver(number, 1);
    assert_refused(NOT_ALLOWED, world_command(hall, &SAN_CLERK, &bare.base, NULL));
    assert_done(world_command(hall, &CASHIER, &bare.base, (ProtobufCMessage **)&waiting));
    assert_int_equal(1, waiting->no);
    assert_int_equal(world_now(hall) + INT64_C(72) * 3600000, waiting->lapses_ms);
    assert_int_equal(ORDER_DUE, order_of(hall, number)->state); /* nothing is done yet */
    assert_int_equal(0, entries(hall));
    assert_int_equal(1, world_said_by(hall, "charging", "approval.Asked", number));

    assert_done(agree_to(hall, "charging", &MANAGER, number, 1));
    assert_int_equal(ORDER_WAIVED, order_of(hall, number)->state);
    assert_int_equal(1, world_said_by(hall, "charging", "approval.Answered", number));
    assert_string_equal("m1", approval_of(hall, "charging", number, 1)->answerer);
    assert_string_equal("k31", world_last(hall, "charging.OrderWaived", number)->actor);
}

static void a_waived_line_is_not_paid(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_trees(hall);

    assert_done(waive(hall, number, 1));
    assert_int_equal(ORDER_DUE, order_of(hall, number)->state);
    assert_entry(entry_of(hall, 1, 1), ACCOUNT_WAIVED, NULL, 30000, 0);
    assert_entry(entry_of(hall, 1, 2), ACCOUNT_FORGONE, "CON", 0, 30000);
    assert_refused(OVER_LINES, waive(hall, number, 1));
    assert_refused(FIELD_INVALID, waive(hall, number, 4));
    assert_refused(FIELD_INVALID, waive(hall, number, 65537)); /* 1 in sixteen bits */
    assert_refused(AMOUNT_DIFFERS, pay(hall, number, 59000));

    assert_done(pay(hall, number, 29000));
    assert_int_equal(2 + 3, entries(hall)); /* the money, and two departments */
    assert_int_equal(-29000, balance(hall, ACCOUNT_TREASURY));
    assert_refused(ORDER_PAID, waive(hall, number, 2));
    assert_refused(OVER_LINES, refund(hall, number, 1, 1)); /* what was waived was never paid */
}

/* RULE L59: a waiver moves no money. */
static void waiving_all_of_it_settles_the_case(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    struct arena *arena = arena_new(1 << 20);

    assert_done(waive(hall, number, 1));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    const Onedoor__Charging__OrderWaived *waived =
        heard(hall, &onedoor__charging__order_waived__descriptor, number, arena);
    assert_true(waived->settled);
    assert_int_equal(1000, waived->waived_fen);
    assert_string_equal("m1", waived->approved_by);
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
    assert_refused(FIELD_MISSING, refund(hall, number, 1, 0));
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
    assert_refused(REASON_REQUIRED, world_command(hall, &CASHIER, &bare.base, NULL));
    bare.reason = "计量有误";
    assert_done(world_command(hall, &MANAGER, &bare.base, NULL));
    assert_refused(SAME_PERSON, agree_to(hall, "charging", &MANAGER, number, 1));
    assert_int_equal(2, entries(hall));
    assert_done(agree_to(hall, "charging", &OTHER_MANAGER, number, 1));
    assert_int_equal(4, entries(hall));
}

/* ---- the second person (RULE H22) */

/* Whoever asks cannot agree, however he spells his name; nor can another cashier, nor a clerk. */
static void only_another_person_of_the_right_role_agrees(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const Onedoor__Charging__Waive asked = waiver(number, 1);
    const struct actor spelt = {"K31", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0};
    const struct actor other = {"k32", ONEDOOR__ROLE__CASHIER, "", 31};

    assert_done(world_command(hall, &CASHIER, &asked.base, NULL));
    assert_refused(SAME_PERSON, agree_to(hall, "charging", &CASHIER, number, 1));
    assert_refused(SAME_PERSON, agree_to(hall, "charging", &spelt, number, 1));
    assert_refused(NOT_ALLOWED, agree_to(hall, "charging", &other, number, 1));
    assert_refused(NOT_ALLOWED, agree_to(hall, "charging", &SAN_CLERK, number, 1));
    assert_refused(NOT_ALLOWED, agree_to(hall, "charging", &PUBLIC, number, 1));
    assert_refused(NO_APPROVAL, agree_to(hall, "charging", &MANAGER, number, 2));
    assert_refused(UNKNOWN_CASE, agree_to(hall, "charging", &MANAGER, number + 1, 1));
    assert_int_equal(APPROVAL_ASKED, approval_of(hall, "charging", number, 1)->state);
    assert_int_equal(0, entries(hall));
}

static void what_is_refused_is_not_done_and_says_why(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const Onedoor__Charging__Waive asked = waiver(number, 1);

    assert_done(world_command(hall, &CASHIER, &asked.base, NULL));
    assert_refused(ALREADY_ASKED, world_command(hall, &CASHIER, &asked.base, NULL));
    assert_refused(REASON_REQUIRED, disagree_with(hall, "charging", &MANAGER, number, ""));
    assert_done(disagree_with(hall, "charging", &MANAGER, number, "依据不符"));
    assert_int_equal(APPROVAL_REFUSED, approval_of(hall, "charging", number, 1)->state);
    assert_string_equal("依据不符", approval_of(hall, "charging", number, 1)->answer);
    assert_refused(APPROVAL_OVER, agree_to(hall, "charging", &MANAGER, number, 1));
    assert_done(world_command(hall, &CASHIER, &asked.base, NULL)); /* asked anew */
    assert_done(agree_to(hall, "charging", &MANAGER, number, 2));
    assert_int_equal(ORDER_WAIVED, order_of(hall, number)->state);
}

static void whoever_asked_takes_it_back(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const Onedoor__Charging__Waive asked = waiver(number, 1);

    assert_done(world_command(hall, &CASHIER, &asked.base, NULL));
    assert_done(disagree_with(hall, "charging", &CASHIER, number, ""));
    assert_int_equal(APPROVAL_WITHDRAWN, approval_of(hall, "charging", number, 1)->state);
    assert_refused(APPROVAL_OVER, agree_to(hall, "charging", &MANAGER, number, 1));
    assert_int_equal(0, entries(hall));
}

static void an_answer_is_dismissed_by_whoever_asked_and_nobody_else(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const Onedoor__Charging__Waive asked = waiver(number, 1);

    assert_refused(NO_APPROVAL, dismiss(hall, "charging", &CASHIER, number));
    assert_done(world_command(hall, &CASHIER, &asked.base, NULL));
    assert_refused(WRONG_STATE, dismiss(hall, "charging", &CASHIER, number));
    assert_done(disagree_with(hall, "charging", &MANAGER, number, "依据不符"));
    assert_int_equal(0, approval_of(hall, "charging", number, 1)->dismissed_ms);
    assert_refused(NOT_ALLOWED, dismiss(hall, "charging", &MANAGER, number));
    assert_done(dismiss(hall, "charging", &CASHIER, number));
    assert_int_equal(world_now(hall), approval_of(hall, "charging", number, 1)->dismissed_ms);
    assert_int_equal(APPROVAL_REFUSED, approval_of(hall, "charging", number, 1)->state);
}

/* The case may have changed while it waited: the rules hold when it is done. */
static void what_has_changed_meanwhile_is_refused_and_waits_on(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const Onedoor__Charging__Waive asked = waiver(number, 1);

    assert_done(world_command(hall, &CASHIER, &asked.base, NULL));
    assert_done(pay(hall, number, 1000));
    assert_refused(ORDER_PAID, agree_to(hall, "charging", &MANAGER, number, 1));
    assert_int_equal(APPROVAL_ASKED, approval_of(hall, "charging", number, 1)->state);
    assert_int_equal(2, entries(hall)); /* the payment's */
    assert_done(disagree_with(hall, "charging", &MANAGER, number, "已缴费"));
}

static void what_nobody_answers_lapses(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_permit(hall);
    const Onedoor__Charging__Waive asked = waiver(number, 1);

    assert_done(world_command(hall, &CASHIER, &asked.base, NULL));
    world_clock(hall, at(1, 16, 9, 30)); /* 72 hours later */
    assert_refused(APPROVAL_OVER,
                   agree_to(hall, "charging", &MANAGER, number, 1)); /* no tick yet */
    world_settle(hall);
    assert_int_equal(APPROVAL_LAPSED, approval_of(hall, "charging", number, 1)->state);
    assert_int_equal(1, world_said_by(hall, "charging", "approval.Answered", number));
    assert_done(waive(hall, number, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_waiver_names_its_basis_and_is_done_once_another_person_agrees),
        HALL_TEST(a_waived_line_is_not_paid),
        HALL_TEST(waiving_all_of_it_settles_the_case),
        HALL_TEST(a_refund_reverses_entries_and_never_exceeds_what_was_paid),
        HALL_TEST(a_refund_has_its_reason_and_a_second_person),
        HALL_TEST(only_another_person_of_the_right_role_agrees),
        HALL_TEST(what_is_refused_is_not_done_and_says_why),
        HALL_TEST(whoever_asked_takes_it_back),
        HALL_TEST(an_answer_is_dismissed_by_whoever_asked_and_nobody_else),
        HALL_TEST(what_has_changed_meanwhile_is_refused_and_waits_on),
        HALL_TEST(what_nobody_answers_lapses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
