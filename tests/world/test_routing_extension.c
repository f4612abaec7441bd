/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L42.1, L42.2: the one extension of a term: how long, and who must agree to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/routing_desk.h"

enum { DAY = 420 };

/* RULE L42.2 */
static void a_joint_case_is_extended_once_by_fifteen_days_at_most(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_refused(NOT_LEAD, extend(hall, "TRA", number, 5)); /* RULE H5 */
    assert_refused(FIELD_INVALID, extend(hall, "SAN", number, 16));
    assert_refused(FIELD_MISSING, extend(hall, "SAN", number, 0));
    assert_done(extend(hall, "SAN", number, 15));
    assert_int_equal((5 + 15) * DAY, flow_of(hall, number)->clock.budget_min);
    assert_refused(ALREADY_EXTENDED, extend(hall, "SAN", number, 1));
    assert_int_equal((5 + 15) * DAY, flow_of(hall, number)->clock.budget_min);

    const Onedoor__Routing__ClockExtended *extended =
        heard(hall, &onedoor__routing__clock_extended__descriptor, number, arena);
    assert_string_equal("head", extended->approved_by);
    assert_string_equal("情况复杂", extended->reason);
    arena_free(&arena);
}

/* RULE L42.1 */
static void a_case_of_one_department_is_extended_by_ten_days_at_most(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_refused(FIELD_INVALID, extend(hall, "TRA", number, 11));
    assert_done(extend(hall, "TRA", number, 10));
    assert_int_equal((5 + 10) * DAY, flow_of(hall, number)->clock.budget_min);
}

static struct outcome ask_extension(struct world *hall, const struct actor *asker, int64_t number,
                                    int32_t days)
{
    Onedoor__Routing__Extend message = ONEDOOR__ROUTING__EXTEND__INIT;
    message.case_number = number;
    message.days = days;
    message.reason = "情况复杂";
    return world_command(hall, asker, &message.base, NULL);
}

/* RULE L42.1, L42.2: ten days are for the department's head to grant, more for the government's,
 * and nobody grants what he asks for himself. */
static void an_extension_is_agreed_to_by_the_head_whose_it_is_to_grant(void **state)
{
    struct world *hall = *state;
    const struct actor lead = approver_of("SAN"), head = head_of("SAN");
    const struct actor other = {"h2", ONEDOOR__ROLE__DEPARTMENT_LEAD, "TRA", 0};
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(ask_extension(hall, &head, number, 10));
    assert_int_equal(5 * DAY, flow_of(hall, number)->clock.budget_min); /* nothing is done yet */
    assert_refused(SAME_PERSON, agree_to(hall, "routing", &head, number, 1));
    assert_refused(NOT_ALLOWED, agree_to(hall, "routing", &lead, number, 1));
    assert_refused(NOT_ALLOWED, agree_to(hall, "routing", &other, number, 1));
    assert_refused(NOT_ALLOWED, agree_to(hall, "routing", &HEAD, number, 1));
    assert_done(disagree_with(hall, "routing", &head, number, ""));

    assert_done(ask_extension(hall, &lead, number, 11));
    assert_refused(NOT_ALLOWED, agree_to(hall, "routing", &head, number, 2));
    assert_done(agree_to(hall, "routing", &HEAD, number, 2));
    assert_int_equal((5 + 11) * DAY, flow_of(hall, number)->clock.budget_min);
}

/* What changed while the head was asked holds. */
static void an_extension_agreed_to_after_the_decision_is_refused(void **state)
{
    struct world *hall = *state;
    const struct actor lead = approver_of("TRA"), head = head_of("TRA");
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_done(ask_extension(hall, &lead, number, 5));
    assert_done(decide(hall, "TRA", number, false, "不符合条件"));
    assert_refused(CASE_CLOSED, agree_to(hall, "routing", &head, number, 1));
    assert_int_equal(0, flow_of(hall, number)->extended_days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_joint_case_is_extended_once_by_fifteen_days_at_most),
        ROUTING_TEST(a_case_of_one_department_is_extended_by_ten_days_at_most),
        ROUTING_TEST(an_extension_is_agreed_to_by_the_head_whose_it_is_to_grant),
        ROUTING_TEST(an_extension_agreed_to_after_the_decision_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
