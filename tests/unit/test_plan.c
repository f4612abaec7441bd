/* SPDX-License-Identifier: Apache-2.0 */
/* The plans of a simulated year: that they are the same again, of every kind, and such as a hall
 * could get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "programs/simulate/almanac.h"
#include "programs/simulate/plan.h"
#include "services/intake/identity.h"
#include "tests/unit/calendar_2022.h"

enum { YEAR = 2936, STEPS = 312 };

/* A certificate done on the spot, and an approval of three departments with a site survey and three
 * fees. */
static const struct catalogue catalogue = {
    .n_items = 2,
    .items = {{
                  .code = "FPC-01",
                  .department = "FPC",
                  .for_persons = true,
                  .immediate = true,
                  .has_fee = true,
                  .n_materials = 2,
                  .materials = {{1, 1, true}, {2, 2, true}},
                  .n_fees = 1,
                  .fees = {{.code = "BOOKLET", .form = FORM_FIXED, .unit_fen = 500}},
              },
              {
                  .code = "CON-02",
                  .department = "CON",
                  .for_persons = true,
                  .for_organisations = true,
                  .has_fee = true,
                  .stages = 2,
                  .n_materials = 4,
                  .materials = {{1, 1, true}, {2, 1, true}, {3, 2, true}, {4, 1, false}},
                  .n_steps = 4,
                  .steps = {{1, "CON", true, 5},
                            {1, "PLN", false, 5},
                            {1, "SAN", false, 5},
                            {2, "CON", false, 3}},
                  .n_fees = 2,
                  .fees = {{.code = "GREEN", .form = FORM_AREA_DAYS, .unit_fen = 100},
                           {.code = "VISIT", .form = FORM_FIXED, .unit_fen = 5000}},
              }},
};

static const struct plan_order year = {YEAR, 7, STEPS};

static void the_same_seed_plans_the_same_year(void **state)
{
    (void)state;
    const struct plan_order other = {YEAR, 8, STEPS};
    int differ = 0;
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan a, b, c;
        memset(&a, 1, sizeof a);
        memset(&b, 2, sizeof b);
        plan_make(&a, &catalogue, &year, i);
        plan_make(&b, &catalogue, &year, i);
        plan_make(&c, &catalogue, &other, i);
        assert_int_equal(a.item, b.item);
        assert_int_equal(a.end, b.end);
        assert_int_equal(a.missing, b.missing);
        assert_int_equal(a.due_fen, b.due_fen);
        assert_memory_equal(a.delays, b.delays, sizeof a.delays);
        assert_string_equal(a.applicant.document, b.applicant.document);
        differ += a.end != c.end || a.missing != c.missing ||
                  strcmp(a.applicant.document, c.applicant.document) != 0;
    }
    assert_true(differ > YEAR / 2);
}

static void a_year_has_cases_of_every_item_and_end(void **state)
{
    (void)state;
    int items[2] = {0}, ends[PLAN_ENDS] = {0}, late = 0, fast = 0, incomplete = 0, unfetched = 0;
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan plan;
        plan_make(&plan, &catalogue, &year, i);
        items[plan.item]++;
        ends[plan.end]++;
        late += plan.late_line >= 0 || plan.finished_after > 0;
        fast += plan.fast_lane;
        incomplete += plan.missing != 0;
        unfetched += plan.delivered_after < 0;
    }
    assert_true(items[0] > items[1] && items[1] > 0);
    for (int end = 0; end < PLAN_ENDS; end++)
        assert_true(ends[end] > 0);
    assert_true(late > 0 && fast > 0 && incomplete > 0 && unfetched > 0);
}

/* So that each way of a visit, each amendment and each act of two persons is tried. */
static void a_year_has_every_twist(void **state)
{
    (void)state;
    int visits[VISIT_WAYS] = {0}, amendments[AMEND_FACTS_LATE + 1] = {0}, acts[SECOND_ACTS] = {0};
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan plan;
        plan_make(&plan, &catalogue, &year, i);
        visits[plan.twist.first_visit]++;
        amendments[plan.twist.amendment]++;
        acts[plan.twist.second]++;
    }
    for (int way = 0; way < VISIT_WAYS; way++)
        assert_true(visits[way] > 0);
    for (int amendment = 0; amendment <= AMEND_FACTS_LATE; amendment++)
        assert_true(amendments[amendment] > 0);
    for (int act = 0; act < SECOND_ACTS; act++)
        assert_true(acts[act] > 0);
}

/* RULE L42.1: an extension is agreed to before anybody decides; a decision is taken back within
 * days. */
static void two_persons_act_in_time(void **state)
{
    (void)state;
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan plan;
        plan_make(&plan, &catalogue, &year, i);
        for (int line = 0; line < catalogue.items[plan.item].n_steps; line++)
            assert_true(plan.twist.second != SECOND_EXTENSION || plan.delays[line] > 1);
        if (plan.twist.second == SECOND_PAID_BACK)
            assert_int_equal(1, plan.paid_after);
        if (plan.twist.amendment == AMEND_FACTS_LATE)
            assert_true(plan.due_fen > 0 && plan.wrong_due_fen > 0);
    }
}

static void cases_arrive_in_order_within_the_year(void **state)
{
    (void)state;
    int32_t last = 0;
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan plan;
        plan_make(&plan, &catalogue, &year, i);
        assert_true(plan.arrives >= last && plan.arrives < STEPS);
        last = plan.arrives;
    }
    assert_true(last > STEPS - 3);
}

/* RULE L32.4: what is missing can be asked for, so it must be required. */
static void only_required_materials_are_left_at_home(void **state)
{
    (void)state;
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan plan;
        plan_make(&plan, &catalogue, &year, i);
        for (int m = 0; m < 32; m++)
            if ((plan.missing >> m & 1) != 0)
                assert_true(m < catalogue.items[plan.item].n_materials &&
                            catalogue.items[plan.item].materials[m].required);
        if (plan.end == END_WITHDRAWN_UNCORRECTED)
            assert_true(plan_missing(&plan) > 0);
    }
}

static void nobody_decides_before_the_applicant_gives_up(void **state)
{
    (void)state;
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan plan;
        plan_make(&plan, &catalogue, &year, i);
        if (plan.end != END_WITHDRAWN_IN_APPROVAL)
            continue;
        for (int line = 0; line < catalogue.items[plan.item].n_steps; line++)
            assert_true(plan.delays[line] > plan.withdrawn_after);
    }
}

static void applicants_have_documents_that_intake_accepts(void **state)
{
    (void)state;
    const struct day today = day_from_ymd(2022, 1, 13);
    for (int32_t i = 0; i < YEAR; i++) {
        struct plan plan;
        char kept[IDENTITY_SIZE];
        plan_make(&plan, &catalogue, &year, i);
        const struct applicant *who = &plan.applicant;
        enum document_kind kind = identity_usual(who->organisation, who->document);
        assert_int_equal(IDENTITY_OK, identity_check(kind, who->document, today, kept));
        if (who->agent_name[0] != '\0')
            assert_int_equal(IDENTITY_OK, identity_check(DOCUMENT_IDENTITY_CARD,
                                                         who->agent_document, today, kept));
        assert_true(catalogue.items[plan.item].for_organisations || !who->organisation);
    }
}

/* RULE H8 */
static void a_bill_is_what_the_published_standards_make_of_the_facts(void **state)
{
    (void)state;
    const struct fee tiered = {.form = FORM_TIERED,
                               .free_units = 5,
                               .n_tiers = 3,
                               .tiers = {{0, 10, 2000}, {10, 50, 1500}, {50, 0, 1000}}};
    const struct fee capped = {.form = FORM_AREA, .unit_fen = 4000, .cap_fen = 5000000};
    assert_int_equal(0, fee_amount(&tiered, 5, 0));
    assert_int_equal(10 * 2000 + 2 * 1500, fee_amount(&tiered, 17, 0));
    assert_int_equal(10 * 2000 + 40 * 1500 + 25 * 1000, fee_amount(&tiered, 80, 0));
    assert_int_equal(4000 * 10, fee_amount(&capped, 10, 0));
    assert_int_equal(5000000, fee_amount(&capped, 1251, 0));
    assert_int_equal(30 * 10 * 100, fee_amount(&catalogue.items[1].fees[0], 30, 10));
    assert_int_equal(5000, fee_amount(&catalogue.items[1].fees[1], 99, 0));
}

/* RULE L82: the year of the reference hall has the Spring Festival in it. */
static void a_simulated_year_steps_over_rest_days(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct calendar calendar = calendar_2022(arena);
    struct almanac almanac;
    almanac_begin(&almanac, &calendar,
                  day_from_ymd(2022, 1, 29)); /* a Saturday, made a working day */
    const struct day expected[] = {day_from_ymd(2022, 1, 29), day_from_ymd(2022, 1, 30),
                                   day_from_ymd(2022, 2, 7), day_from_ymd(2022, 2, 8)};
    for (size_t i = 0; i < 4; i++) {
        int64_t midnight = calendar_midnight(&calendar, expected[i]);
        assert_int_equal(midnight + MORNING_MIN * 60000, almanac_next(&almanac));
        assert_int_equal(midnight + AFTERNOON_MIN * 60000, almanac_next(&almanac));
    }
    assert_int_equal(8,
                     almanac_steps(&calendar, day_from_ymd(2022, 1, 29), day_from_ymd(2022, 2, 8)));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_plans_the_same_year),
        cmocka_unit_test(a_year_has_cases_of_every_item_and_end),
        cmocka_unit_test(a_year_has_every_twist),
        cmocka_unit_test(two_persons_act_in_time),
        cmocka_unit_test(cases_arrive_in_order_within_the_year),
        cmocka_unit_test(only_required_materials_are_left_at_home),
        cmocka_unit_test(nobody_decides_before_the_applicant_gives_up),
        cmocka_unit_test(applicants_have_documents_that_intake_accepts),
        cmocka_unit_test(a_bill_is_what_the_published_standards_make_of_the_facts),
        cmocka_unit_test(a_simulated_year_steps_over_rest_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
