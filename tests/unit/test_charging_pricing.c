/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "services/charging/schedule.h"

enum { BUDGET = 1 << 20, TODAY = 19000 };

/* 0-10 at 20.00, 10-50 at 15.00, from 50 at 10.00. */
static const struct fee_tier bands[] = {{0, 10, {2000}}, {10, 50, {1500}}, {50, 0, {1000}}};

/* clang-format off */
static const struct fee_standard
    fixed    = {.code = "F", .kind = FEE_FIXED,     .price = {5000}, .unit = "visit"},
    quantity = {.code = "Q", .kind = FEE_QUANTITY,  .price = {3000}, .unit = "tree"},
    area     = {.code = "A", .kind = FEE_AREA,      .price = {800},  .unit = "m2", .free_units = 2},
    capped   = {.code = "C", .kind = FEE_AREA,      .price = {4000}, .unit = "m2", .cap = {5000000}},
    by_day   = {.code = "D", .kind = FEE_AREA_DAYS, .price = {100},  .unit = "m2·day"},
    tiered   = {.code = "T", .kind = FEE_TIERED,    .unit = "m2", .tiers = bands, .n_tiers = 3},
    tiered5  = {.code = "U", .kind = FEE_TIERED,    .unit = "m2", .tiers = bands, .n_tiers = 3, .free_units = 5},
    dear     = {.code = "X", .kind = FEE_AREA_DAYS, .price = {INT64_C(1000000000)}, .unit = "m2·day"};

static const struct {
    const struct fee_standard *standard;
    int64_t units;
    int32_t days;
    int64_t fen;
    const char *working;
} cases[] = {
    /* a fixed fee is one unit, whatever is declared */
    {&fixed,    0,       0,  5000,     "1 visit x 50.00 = 50.00"},
    {&fixed,    7,       3,  5000,     "1 visit x 50.00 = 50.00"},
    {&quantity, 1,       0,  3000,     "1 tree x 30.00 = 30.00"},
    {&quantity, 8,       0,  24000,    "8 tree x 30.00 = 240.00"},
    {&quantity, 1000000, 0,  INT64_C(3000000000), "1000000 tree x 30.00 = 30,000,000.00"},
    /* free units come off first, never below nothing */
    {&area,     1,       0,  0,        "(1 - 1 free) m2 x 8.00 = 0.00"},
    {&area,     2,       0,  0,        "(2 - 2 free) m2 x 8.00 = 0.00"},
    {&area,     3,       0,  800,      "(3 - 2 free) m2 x 8.00 = 8.00"},
    {&area,     12,      0,  8000,     "(12 - 2 free) m2 x 8.00 = 80.00"},
    /* area by the day */
    {&by_day,   30,      10, 30000,    "30 m2 x 10 days x 1.00 = 300.00"},
    {&by_day,   1,       1,  100,      "1 m2 x 1 days x 1.00 = 1.00"},
    /* a cap bounds the line */
    {&capped,   1249,    0,  4996000,  "1249 m2 x 40.00 = 49,960.00"},
    {&capped,   1250,    0,  5000000,  "1250 m2 x 40.00 = 50,000.00"},
    {&capped,   1251,    0,  5000000,  "1251 m2 x 40.00 = 50,040.00, at most 50,000.00"},
    /* tiers: at, below and above each edge */
    {&tiered,   1,       0,  2000,     "1 m2: 1 x 20.00 = 20.00"},
    {&tiered,   9,       0,  18000,    "9 m2: 9 x 20.00 = 180.00"},
    {&tiered,   10,      0,  20000,    "10 m2: 10 x 20.00 = 200.00"},
    {&tiered,   11,      0,  21500,    "11 m2: 10 x 20.00 + 1 x 15.00 = 215.00"},
    {&tiered,   50,      0,  80000,    "50 m2: 10 x 20.00 + 40 x 15.00 = 800.00"},
    {&tiered,   51,      0,  81000,    "51 m2: 10 x 20.00 + 40 x 15.00 + 1 x 10.00 = 810.00"},
    {&tiered5,  5,       0,  0,        "(5 - 5 free) m2 = 0.00"},
    {&tiered5,  15,      0,  20000,    "(15 - 5 free) m2: 10 x 20.00 = 200.00"},
    {&tiered5,  20,      0,  27500,    "(20 - 5 free) m2: 10 x 20.00 + 5 x 15.00 = 275.00"},
    /* what is not declared makes nothing due, and says so */
    {&quantity, 0,       0,  0,        "no tree declared: 0.00"},
    {&tiered,   0,       0,  0,        "no m2 declared: 0.00"},
    {&by_day,   0,       10, 0,        "no m2 declared: 0.00"},
    {&by_day,   30,      0,  0,        "no days declared: 0.00"},
};
/* clang-format on */

/* RULE H8, L59: the amount follows from standard and facts. */
static void a_fee_follows_from_the_standard_and_the_facts(void **state)
{
    struct arena *arena = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct fee_fact fact = {cases[i].standard->code, cases[i].units, cases[i].days};
        struct fee_charge charge;
        assert_true(charging_price(cases[i].standard, &fact, arena, &charge));
        assert_string_equal(cases[i].working, charge.working);
        assert_int_equal(cases[i].fen, charge.amount.fen);
        assert_ptr_equal(cases[i].standard, charge.standard);
    }
}

static void a_missing_fact_makes_nothing_due_but_a_fixed_fee_needs_none(void **state)
{
    struct fee_charge charge;

    assert_true(charging_price(&quantity, NULL, *state, &charge));
    assert_int_equal(0, charge.amount.fen);
    assert_string_equal("no tree declared: 0.00", charge.working);
    assert_true(charging_price(&fixed, NULL, *state, &charge));
    assert_int_equal(5000, charge.amount.fen);
}

static void facts_and_amounts_beyond_the_bounds_are_refused(void **state)
{
    static const struct {
        const struct fee_standard *standard;
        int64_t units;
        int32_t days;
    } beyond[] = {
        {&quantity, -1, 0},        {&quantity, 1000001, 0}, {&quantity, INT64_MAX, 0},
        {&quantity, INT64_MIN, 0}, {&by_day, 1, -1},        {&by_day, 1, 3661},
        {&dear, 1000000, 3660}, /* in bounds each, but not their product */
        {&dear, 1000000, 2},
    };

    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
        const struct fee_fact fact = {"", beyond[i].units, beyond[i].days};
        struct fee_charge charge = {.amount = {-7}};
        assert_false(charging_price(beyond[i].standard, &fact, *state, &charge));
        assert_int_equal(-7, charge.amount.fen); /* nothing was priced */
    }
}

/* ---- the schedule */

static struct standard_row row_of(const char *code, const char *item, const char *kind, int64_t fen)
{
    return (struct standard_row){
        .code = code,
        .from_day = 10957,
        .item = item,
        .department = "SAN",
        .name_zh = "费",
        .name_en = "Fee",
        .kind = kind,
        .unit_fen = fen,
        .unit = "m2",
        .basis = "sample",
    };
}

static void a_bill_has_a_line_for_each_standard_in_force_that_day(void **state)
{
    struct standard_row rows[] = {
        row_of("FEE-2", "CON-02", "quantity", 3000), row_of("FEE-1", "CON-02", "fixed", 5000),
        row_of("FEE-1", "CON-02", "fixed", 6000),    row_of("FEE-9", "SAN-01", "fixed", 1000),
        row_of("FEE-0", "CON-01", "fixed", 1),
    };
    const struct fee_fact facts[] = {
        {"FEE-2", 2, 0}, {"FEE-9", 5, 0} /* of another item: passed over */
    };
    struct fee_schedule schedule;
    struct fee_bill bill;

    rows[1].to_day = TODAY; /* until yesterday */
    rows[2].from_day = TODAY;
    assert_int_equal(STATUS_OK, charging_schedule_make(&schedule, rows, 5, NULL, 0, *state));
    assert_true(
        charging_bill(&schedule, &(struct fee_case){"CON-02", TODAY, facts, 2}, *state, &bill));
    assert_int_equal(2, bill.n);
    assert_string_equal("FEE-1", bill.charges[0].standard->code);
    assert_int_equal(6000, bill.charges[0].amount.fen);
    assert_string_equal("FEE-2", bill.charges[1].standard->code);
    assert_int_equal(6000, bill.charges[1].amount.fen);
    assert_int_equal(12000, bill.total.fen);
    assert_true(
        charging_bill(&schedule, &(struct fee_case){"CON-02", TODAY - 1, facts, 2}, *state, &bill));
    assert_int_equal(11000, bill.total.fen);
}

/* RULE L58: no published standard, no fee. */
static void an_item_without_a_standard_costs_nothing(void **state)
{
    const struct standard_row row = row_of("FEE-9", "SAN-01", "fixed", 1000);
    struct fee_schedule schedule;
    struct fee_bill bill;

    assert_int_equal(STATUS_OK, charging_schedule_make(&schedule, &row, 1, NULL, 0, *state));
    assert_true(
        charging_bill(&schedule, &(struct fee_case){"SAN-06", TODAY, NULL, 0}, *state, &bill));
    assert_int_equal(0, bill.n);
    assert_int_equal(0, bill.total.fen);
    assert_true(charging_bill(&schedule, &(struct fee_case){"SAN-01", 1, NULL, 0}, *state, &bill));
    assert_int_equal(0, bill.n); /* not in force yet */
}

static void a_schedule_that_cannot_be_right_is_refused(void **state)
{
    static const struct {
        const char *kind;
        int64_t unit_fen;
        size_t n_tiers;
        struct tier_row tiers[2];
    } wrong[] = {
        {"by_weight", 100, 0, {{0}}},                             /* no such kind */
        {"fixed", -1, 0, {{0}}},                                  /* pays the applicant */
        {"tiered", 0, 0, {{0}}},                                  /* no bands */
        {"tiered", 0, 1, {{.from_units = 1}}},                    /* does not begin at 0 */
        {"tiered", 0, 1, {{.to_units = 10}}},                     /* ends */
        {"tiered", 0, 2, {{.to_units = 10}, {.from_units = 12}}}, /* gap */
        {"tiered", 0, 2, {{.to_units = 10}, {.from_units = 8}}},  /* overlap */
        {"tiered", 0, 2, {{.to_units = 10}, {.from_units = 10, .unit_fen = -1}}},
        {"fixed", 100, 1, {{0}}}, /* bands of no use */
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct standard_row row = row_of("FEE", "SAN-01", wrong[i].kind, wrong[i].unit_fen);
        struct fee_schedule schedule;
        struct tier_row tiers[2];
        memcpy(tiers, wrong[i].tiers, sizeof tiers);
        for (size_t k = 0; k < wrong[i].n_tiers; k++) {
            tiers[k].fee = "FEE";
            tiers[k].from_day = row.from_day;
        }
        assert_int_equal(STATUS_INVALID, charging_schedule_make(&schedule, &row, 1, tiers,
                                                                wrong[i].n_tiers, *state));
    }
}

static int arena_up(void **state)
{
    *state = arena_new(BUDGET);
    return 0;
}

static int arena_down(void **state)
{
    arena_free((struct arena **)state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_fee_follows_from_the_standard_and_the_facts, arena_up,
                                        arena_down),
        cmocka_unit_test_setup_teardown(a_missing_fact_makes_nothing_due_but_a_fixed_fee_needs_none,
                                        arena_up, arena_down),
        cmocka_unit_test_setup_teardown(facts_and_amounts_beyond_the_bounds_are_refused, arena_up,
                                        arena_down),
        cmocka_unit_test_setup_teardown(a_bill_has_a_line_for_each_standard_in_force_that_day,
                                        arena_up, arena_down),
        cmocka_unit_test_setup_teardown(an_item_without_a_standard_costs_nothing, arena_up,
                                        arena_down),
        cmocka_unit_test_setup_teardown(a_schedule_that_cannot_be_right_is_refused, arena_up,
                                        arena_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
