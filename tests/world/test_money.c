/* SPDX-License-Identifier: Apache-2.0 */
/* Money adds up: whatever happens to bills in a week of random lives, bill, receipt, counter,
 * ledger and reports say the same of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/charging/sums.h"
#include "services/reporting/rows.h"
#include "tests/world/charging_counter.h"

enum { DAYS = 5, LIVES_A_DAY = 8, CORRECTIONS = 6, DEPARTMENTS_MAX = 8, CASHIERS_MAX = 4 };

static const struct actor cashiers[] = {{"cas1", ONEDOOR__ROLE__CASHIER, "", 0},
                                        {"cas2", ONEDOOR__ROLE__CASHIER, "", 0},
                                        {"cas3", ONEDOOR__ROLE__CASHIER, "", 0}};

/* ---- random lives */

struct lives {
    struct world *hall;
    uint64_t seed;
};

static int64_t any(struct lives *lives, int64_t n)
{
    lives->seed = lives->seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((lives->seed >> 33) % (uint64_t)n);
}

static int64_t granted_somehow(struct lives *lives)
{
    switch (any(lives, 3)) {
    case 0:
        return granted_permit(lives->hall);
    case 1:
        return granted_sign(lives->hall, 6 + any(lives, 60));
    default:
        return granted_trees(lives->hall);
    }
}

static void pay_somehow(struct lives *lives, int64_t number)
{
    const struct order_row *order = order_of(lives->hall, number);
    const Onedoor__Charging__Pay pay =
        payment(number, 1 + (int)any(lives, 4), order->total_fen - order->waived_fen);

    if (order->state == ORDER_DUE)
        assert_done(world_command(lives->hall, &cashiers[any(lives, 3)], &pay.base, NULL));
}

/* Most of these are refused; whatever is not must add up. */
static void correct_somehow(struct lives *lives)
{
    struct world *hall = lives->hall;
    size_t n = world_count(hall, "charging", &charging_line_table);
    const struct line_row *line =
        world_row_at(hall, "charging", &charging_line_table, (size_t)any(lives, (int64_t)n));

    if (any(lives, 2) == 0)
        (void)waive(hall, line->case_number, line->no);
    else
        (void)refund(hall, line->case_number, line->no, 1 + any(lives, line->amount_fen + 100));
}

static void live_a_day(struct lives *lives)
{
    for (int i = 0; i < LIVES_A_DAY; i++) {
        int64_t number = granted_somehow(lives);
        if (any(lives, 4) == 0)
            (void)correct_somehow(lives);
        if (any(lives, 5) > 0)
            pay_somehow(lives, number);
    }
    for (int i = 0; i < CORRECTIONS; i++)
        correct_somehow(lives);
    world_settle(lives->hall);
}

/* ---- what each says */

/* The entries of a day, as the counter reads them; day 0: of all days. */
static struct takings_sums counter(struct world *hall, int32_t day)
{
    struct arena *arena = world_arena(hall);
    struct takings_sums sums = {
        .departments = ARENA_ARRAY(arena, struct department_takings, DEPARTMENTS_MAX),
        .cashiers = ARENA_ARRAY(arena, struct cashier_takings, CASHIERS_MAX)};

    for (size_t i = 0; i < entries(hall); i++) {
        const struct entry_row *entry = world_row_at(hall, "charging", &charging_entry_table, i);
        const struct account_sums side = {entry->account, entry->department, entry->cashier,
                                          entry->debit_fen, entry->credit_fen};
        if (day == 0 || entry->day == day)
            charging_takings_add(&sums, &side, 1);
    }
    return sums;
}

static struct takings reports(struct world *hall, int32_t day, const char *department)
{
    struct takings sum = {0};
    const struct rollup_row *row;

    for (size_t i = 0; (row = world_row_at(hall, "reporting", &reporting_rollup_table, i)) != NULL;
         i++) {
        if (row->span != SPAN_DAY || row->day != day ||
            (department != NULL && strcmp(row->department, department) != 0))
            continue;
        sum.paid += row->figures.n[FIGURE_PAID_FEN];
        sum.refunded += row->figures.n[FIGURE_REFUNDED_FEN];
        sum.waived += row->figures.n[FIGURE_WAIVED_FEN];
    }
    return sum;
}

/* Null: of every cashier. */
static int64_t on_receipts(struct world *hall, int32_t day, const char *cashier)
{
    int64_t sum = 0;

    for (int64_t number = 1; receipt_of(hall, number) != NULL; number++)
        if ((receipt_of(hall, number)->at_ms + INT64_C(8) * 3600000) / 86400000 == day &&
            (cashier == NULL || strcmp(receipt_of(hall, number)->cashier, cashier) == 0))
            sum += receipt_of(hall, number)->amount_fen;
    return sum;
}

static void assert_same(const struct takings *expected, const struct takings *found)
{
    assert_int_equal(expected->paid, found->paid);
    assert_int_equal(expected->refunded, found->refunded);
    assert_int_equal(expected->waived, found->waived);
}

/* Each cashier's receipts and methods are his takings, and all of theirs are the day's. */
static void assert_cashiers(struct world *hall, int32_t day, const struct takings_sums *said)
{
    struct takings all = {0};

    for (size_t i = 0; i < said->n_cashiers; i++) {
        const struct cashier_takings *of = &said->cashiers[i];
        struct takings by_method = {0};
        for (int method = 0; method < METHODS; method++) {
            by_method.paid += of->methods[method].paid;
            by_method.refunded += of->methods[method].refunded;
        }
        assert_same(&of->all, &by_method);
        assert_int_equal(of->all.paid, on_receipts(hall, day, of->cashier));
        all.paid += of->all.paid;
        all.refunded += of->all.refunded;
    }
    assert_int_equal(said->all.paid, all.paid);
    assert_int_equal(said->all.refunded, all.refunded);
}

/* RULE L59: counter = receipts = ledger = reports, each day, in all and for each department. */
static void assert_day(struct world *hall, int32_t day)
{
    const struct takings_sums said = counter(hall, day);
    struct takings in_reports = reports(hall, day, NULL), by_department = {0}, by_method = {0};

    assert_same(&said.all, &in_reports);
    assert_int_equal(said.all.paid, on_receipts(hall, day, NULL));
    assert_cashiers(hall, day, &said);
    for (size_t i = 0; i < said.n_departments; i++) {
        const struct takings *of = &said.departments[i].takings;
        in_reports = reports(hall, day, said.departments[i].department);
        assert_same(of, &in_reports);
        by_department.paid += of->paid;
        by_department.refunded += of->refunded;
        by_department.waived += of->waived;
    }
    assert_same(&said.all, &by_department);
    for (int method = 0; method < METHODS; method++) {
        by_method.paid += said.methods[method].paid;
        by_method.refunded += said.methods[method].refunded;
    }
    assert_int_equal(said.all.paid, by_method.paid);
    assert_int_equal(said.all.refunded, by_method.refunded);
}

/* The bill of each case, by its lines, is what its order and its dossier say. */
static struct takings assert_bills(struct world *hall)
{
    struct takings all = {0};
    const struct order_row *order;

    for (size_t i = 0; (order = world_row_at(hall, "charging", &charging_order_table, i)) != NULL;
         i++) {
        struct line_row lines[3];
        size_t n = 0;
        for (const struct line_row *line;
             n < 3 && (line = line_of(hall, order->case_number, (int16_t)(n + 1))) != NULL;)
            lines[n++] = *line;
        const struct order_sums bill = charging_order_sums(lines, n, order->state == ORDER_PAID);
        const struct dossier_row *dossier =
            world_row(hall, "reporting", &reporting_dossier_table,
                      &(struct dossier_row){.centre = 1, .case_number = order->case_number});
        assert_int_equal(bill.charged, bill.waived + bill.paid + bill.due);
        assert_true(bill.net >= 0 && bill.net <= bill.paid);
        assert_int_equal(bill.charged, order->total_fen);
        assert_int_equal(bill.waived, order->waived_fen);
        assert_int_equal(bill.paid, order->paid_fen);
        assert_int_equal(bill.refunded, order->refunded_fen);
        assert_int_equal(bill.charged, dossier->fee_fen);
        assert_int_equal(bill.waived, dossier->waived_fen);
        assert_int_equal(bill.paid, dossier->paid_fen);
        assert_int_equal(bill.refunded, dossier->refunded_fen);
        all.paid += bill.paid;
        all.refunded += bill.refunded;
        all.waived += bill.waived;
    }
    return all;
}

static void bill_receipt_counter_ledger_and_reports_say_the_same(void **state)
{
    struct lives lives = {.hall = *state};

    for (uint64_t seed = 1; seed <= 3; seed++) {
        lives.seed = seed;
        for (int day = 0; day < DAYS; day++) {
            live_a_day(&lives);
            world_clock(lives.hall, world_now(lives.hall) + INT64_C(86400000));
        }
    }
    const struct takings_sums said = counter(lives.hall, 0);
    const struct takings bills = assert_bills(lives.hall);
    assert_same(&said.all, &bills);
    assert_true(bills.paid > 0 && bills.refunded > 0 && bills.waived > 0);
    for (int day = 0; day < 3 * DAYS; day++)
        assert_day(lives.hall, TODAY + day);
    assert_int_equal(0, world_parked(lives.hall, "reporting"));
}

/* RULE L59: whose fee it is, not whose item: counter and reports gave 490 yuan of one bill to
 * different departments. */
static void each_department_is_given_the_money_of_its_own_fees(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_trees(hall);

    assert_done(pay(hall, number, 59000));
    world_settle(hall);
    assert_int_equal(30000, reports(hall, TODAY, "CON").paid);
    assert_int_equal(24000, reports(hall, TODAY, "SAN").paid);
    assert_int_equal(5000, reports(hall, TODAY, "PLN").paid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(bill_receipt_counter_ledger_and_reports_say_the_same),
        HALL_TEST(each_department_is_given_the_money_of_its_own_fees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
