/* SPDX-License-Identifier: Apache-2.0 */
/* The published flows: which one a case follows, and which are not to be published. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/routing/flows.h"

static const struct step_row published[] = {
    {1, "CON-02", 1, 1, "CON", SITE_SURVEY, true, 5, false},
    {1, "CON-02", 1, 1, "PLN", REVIEW, false, 5, true},
    {1, "CON-02", 1, 2, "CON", DECIDE_CASE, true, 3, true},
    {1, "CON-02", 4, 1, "CON", DECIDE_CASE, true, 3, true},
    {1, "STA-05", 2, 1, "STA", REVIEW, true, 20, true},
    {1, "STA-05", 2, 2, "STA", DECIDE_CASE, true, 10, true},
};
enum { N_PUBLISHED = sizeof published / sizeof *published };

static int publish(void **state)
{
    *state = arena_new(1 << 16);
    return 0;
}

static int withdraw(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

/* RULE H11 */
static void a_case_follows_the_greatest_version_that_is_not_above_its_items(void **state)
{
    static const struct {
        const char *item;
        int32_t asked, found; /* 0: none */
    } cases[] = {
        {"CON-02", 1, 1}, {"CON-02", 3, 1}, {"CON-02", 4, 4}, {"CON-02", INT32_MAX, 4},
        {"CON-02", 0, 0}, {"STA-05", 1, 0}, {"STA-05", 2, 2}, {"AAA-01", 1, 0},
        {"CON-03", 1, 0}, {"TRA-01", 1, 0},
    };
    struct flows flows;
    assert_int_equal(STATUS_OK, routing_flows_init(&flows, published, N_PUBLISHED, *state));
    assert_int_equal(3, flows.n);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct item_flow *flow = routing_flows_find(&flows, cases[i].item, cases[i].asked);
        assert_int_equal(cases[i].found, flow == NULL ? 0 : flow->version);
    }
}

/* RULE L26, L42.2 */
static void a_flow_is_joint_when_several_departments_act(void **state)
{
    struct flows flows;
    assert_int_equal(STATUS_OK, routing_flows_init(&flows, published, N_PUBLISHED, *state));
    const struct item_flow *joint = routing_flows_find(&flows, "CON-02", 1);
    const struct item_flow *single = routing_flows_find(&flows, "STA-05", 2);
    assert_true(joint->joint);
    assert_int_equal(2, joint->stages);
    assert_int_equal(3, joint->n_steps);
    assert_false(single->joint);
    assert_int_equal(2, single->stages);
}

static void what_breaks_a_rule_is_not_published(void **state)
{
    static const struct {
        const char *what;
        struct step_row steps[3];
        size_t n;
        enum status status;
    } cases[] = {
        {"a flow that begins at stage 2",
         {{1, "A", 1, 2, "CON", REVIEW, true, 5, true}},
         1,
         STATUS_INVALID},
        {"a gap between stages",
         {{1, "A", 1, 1, "CON", REVIEW, true, 5, true},
          {1, "A", 1, 3, "CON", DECIDE_CASE, true, 5, true}},
         2,
         STATUS_INVALID},
        {"an action that is none",
         {{1, "A", 1, 1, "CON", ACTION_NONE, true, 5, true}},
         1,
         STATUS_INVALID},
        {"a limit below zero", {{1, "A", 1, 1, "CON", REVIEW, true, -1, true}}, 1, STATUS_INVALID},
        {"RULE L45: a review outside the clock",
         {{1, "A", 1, 1, "CON", REVIEW, true, 5, false}},
         1,
         STATUS_INVALID},
        {"RULE H18: a city decision by a department",
         {{1, "A", 1, 1, "CON", CITY_DECISION, true, 5, true}},
         1,
         STATUS_INVALID},
        {"RULE H18: the city reviewing",
         {{1, "A", 1, 1, CITY, REVIEW, false, 5, true}},
         1,
         STATUS_INVALID},
        {"RULE L43: 21 days before the city",
         {{1, "A", 1, 1, "CON", REVIEW, true, 12, true},
          {1, "A", 1, 2, "CON", REVIEW, true, 9, true},
          {1, "A", 1, 3, CITY, CITY_DECISION, false, 2, true}},
         3,
         STATUS_INVALID},
        {"RULE L43: 20 days in parallel before the city",
         {{1, "A", 1, 1, "CON", REVIEW, true, 20, true},
          {1, "A", 1, 1, "PLN", REVIEW, false, 15, true},
          {1, "A", 1, 2, CITY, CITY_DECISION, false, 30, true}},
         3,
         STATUS_OK},
        {"RULE L43, L45: a long survey before the city",
         {{1, "A", 1, 1, "CON", SITE_SURVEY, true, 40, false},
          {1, "A", 1, 2, CITY, CITY_DECISION, false, 2, true}},
         2,
         STATUS_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct flows flows;
        if (routing_flows_init(&flows, cases[i].steps, cases[i].n, *state) != cases[i].status)
            fail_msg("%s", cases[i].what);
    }
}

/* The store's order of text is not the search's. */
static void the_order_of_items_in_the_table_does_not_matter(void **state)
{
    static const struct step_row mixed[] = {
        {1, "b-1", 1, 1, "CON", REVIEW, true, 5, true},
        {1, "B-2", 1, 1, "CON", REVIEW, true, 5, true},
        {1, "a-3", 1, 1, "CON", REVIEW, true, 5, true},
    };
    struct flows flows;
    assert_int_equal(STATUS_OK, routing_flows_init(&flows, mixed, 3, *state));
    for (size_t i = 0; i < 3; i++) {
        const struct item_flow *flow = routing_flows_find(&flows, mixed[i].item, 1);
        assert_non_null(flow);
        assert_string_equal(mixed[i].item, flow->item);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_case_follows_the_greatest_version_that_is_not_above_its_items, publish, withdraw),
        cmocka_unit_test_setup_teardown(a_flow_is_joint_when_several_departments_act, publish,
                                        withdraw),
        cmocka_unit_test_setup_teardown(what_breaks_a_rule_is_not_published, publish, withdraw),
        cmocka_unit_test_setup_teardown(the_order_of_items_in_the_table_does_not_matter, publish,
                                        withdraw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
