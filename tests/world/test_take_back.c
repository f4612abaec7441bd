/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H22: a decision or a delivery that was pressed by mistake is taken back by two persons, in
 * time, and the whole hall is as it was: approval, clock, bill, watches, figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/take_back.h"

/* ---- at the window */

static void a_grant_at_the_window_is_taken_back_and_given_again(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_settle(hall);
    assert_non_null(watch_of(hall, number, 0, TERM_DELIVERY));
    assert_done(take_back(hall, &FPC_CLERK, &FPC_LEAD, number, DECISION));
    assert_state(ACCEPTED, stored(hall, number));
    assert_int_equal(0, stored(hall, number)->decided_ms);
    assert_int_equal(0, stored(hall, number)->closed_ms);
    assert_null(watch_of(hall, number, 0, TERM_DELIVERY));
    assert_true(watch_of(hall, number, 0, TERM_PROMISE)->immediate);
    assert_int_equal(DOSSIER_ACCEPTED, dossier_of(hall, number)->state);
    assert_int_equal(UNDECIDED, dossier_of(hall, number)->outcome);
    assert_int_equal(0, dossier_of(hall, number)->done_ms);
    figures_are_a_plain_count(hall);

    assert_done(finish(hall, &FPC_CLERK, number, false, "不符合条件"));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(DECISION_DENIED, dossier_of(hall, number)->outcome);
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

static void a_denial_taken_back_may_be_given_again(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, false, "误按"));
    world_settle(hall);
    assert_done(take_back(hall, &FPC_CLERK, &FPC_LEAD, number, DECISION));
    assert_done(finish(hall, &FPC_CLERK, number, false, "不符合条件"));
    world_settle(hall);
    const struct ending_row again = {.centre = 1, .number = number, .round = 1};
    const struct ending_row *row = world_row(hall, "intake", &intake_ending_table, &again);
    assert_string_equal("不符合条件", row->reason);
    assert_string_equal("误按", ending(hall, number)->reason);
    nothing_is_parked(hall);
}

static void two_persons_take_it_back_and_one_of_them_leads_the_department(void **state)
{
    struct world *hall = *state;
    const struct actor other = {"f7", ONEDOOR__ROLE__WINDOW_CLERK, "FPC", 6};
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_settle(hall);
    assert_refused(OTHER_DEPARTMENT, ask(hall, &SAN_LEAD, number, DECISION));
    assert_done(ask(hall, &FPC_CLERK, number, DECISION));
    assert_state(CLOSED, stored(hall, number)); /* it waits */
    assert_refused(ALREADY_ASKED, ask(hall, &other, number, DECISION));
    assert_refused(SAME_PERSON, agree_to(hall, "intake", &FPC_CLERK, number, 1));
    assert_refused(NOT_ALLOWED, agree_to(hall, "intake", &MANAGER, number, 1));
    assert_done(agree_to(hall, "intake", &FPC_LEAD, number, 1));
    assert_state(ACCEPTED, stored(hall, number));
}

static void what_a_lead_asks_the_manager_may_agree_to(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_settle(hall);
    assert_done(take_back(hall, &FPC_LEAD, &MANAGER, number, DECISION));
    assert_state(ACCEPTED, stored(hall, number));
}

static void after_its_days_a_decision_stands(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_clock(hall, at(1, 14, 17, 0)); /* the close of the working day after */
    world_settle(hall);
    assert_done(ask(hall, &FPC_CLERK, number, DECISION));
    world_clock(hall, at(1, 17, 9, 0));
    assert_refused(TAKEN_BACK_TOO_LATE, agree_to(hall, "intake", &FPC_LEAD, number, 1));
    assert_state(CLOSED, stored(hall, number));
}

/* ---- delivery */

static void a_delivery_is_taken_back_and_made_again(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_settle(hall);
    assert_refused(WRONG_STATE, ask(hall, &FPC_CLERK, number, DELIVERY));
    assert_done(deliver(hall, &FPC_CLERK, number));
    world_settle(hall);
    assert_refused(CASE_CLOSED, ask(hall, &FPC_CLERK, number, DECISION));
    assert_done(take_back(hall, &FPC_CLERK, &FPC_LEAD, number, DELIVERY));
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(0, stored(hall, number)->delivery);
    assert_non_null(watch_of(hall, number, 0, TERM_DELIVERY)); /* RULE L44: as before */
    assert_int_equal(DOSSIER_CLOSED, dossier_of(hall, number)->state);
    assert_non_null(world_row(hall, "reporting", &reporting_standing_table,
                              &(struct standing_row){.centre = 1, .case_number = number}));
    figures_are_a_plain_count(hall);
    assert_done(deliver(hall, &FPC_CLERK, number));
    world_settle(hall);
    assert_int_equal(2, world_count(hall, "intake", &intake_collection_table));
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

/* ---- in approval */

static void a_grant_taken_back_opens_the_last_opinion_again(void **state)
{
    struct world *hall = *state;
    int64_t number = through_approval(hall, true);
    assert_state(PAYMENT_DUE, stored(hall, number));
    int16_t tasks = dossier_of(hall, number)->tasks;
    assert_done(take_back(hall, &SAN_CLERK, &SAN_LEAD, number, DECISION));
    assert_state(IN_APPROVAL, stored(hall, number));
    assert_int_equal(FLOW_RUNNING, flow_of(hall, number)->state);
    assert_int_equal(0, flow_of(hall, number)->clock.stopped_ms);
    assert_int_equal(tasks - 1, dossier_of(hall, number)->tasks);
    assert_int_equal(0, dossier_of(hall, number)->done_ms);
    assert_non_null(watch_of(hall, number, 0, TERM_PROMISE));
    assert_int_equal(ORDER_CANCELLED, order_of(hall, number, 1)->state);
    assert_int_equal(0, dossier_of(hall, number)->orders);
    assert_int_equal(0, dossier_of(hall, number)->fee_fen);
    figures_are_a_plain_count(hall);

    assert_done(decide(hall, "SAN", number, true, "同意"));
    world_settle(hall);
    assert_state(PAYMENT_DUE, stored(hall, number));
    assert_int_equal(ORDER_DUE, order_of(hall, number, 2)->state);
    assert_done(pay(hall, number, order_of(hall, number, 2)->total_fen));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

static void a_denial_taken_back_asks_those_again_who_disagreed(void **state)
{
    struct world *hall = *state;
    int64_t number = through_approval(hall, false);
    assert_state(CLOSED, stored(hall, number));
    assert_done(take_back(hall, &SAN_CLERK, &SAN_LEAD, number, DECISION));
    assert_state(IN_APPROVAL, stored(hall, number));
    assert_done(decide(hall, "SAN", number, true, "同意"));
    world_settle(hall);
    assert_state(PAYMENT_DUE, stored(hall, number));
    figures_are_a_plain_count(hall);
    nothing_is_parked(hall);
}

/* RULE L42.1: the hall's mistake costs the applicant nothing: the time has run on. */
static void the_clock_has_run_on(void **state)
{
    struct world *hall = *state;
    int64_t number = through_approval(hall, true);
    int32_t used = flow_of(hall, number)->clock.used_min;
    world_clock(hall, at(1, 14, 15, 0));
    assert_done(take_back(hall, &SAN_CLERK, &SAN_LEAD, number, DECISION));
    const struct clock *clock = &flow_of(hall, number)->clock;
    assert_int_equal(used, clock->used_min);
    assert_true(clock->running_since_ms < world_now(hall));
    assert_int_equal(0, clock->paused_min);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_grant_at_the_window_is_taken_back_and_given_again),
        HALL_TEST(a_denial_taken_back_may_be_given_again),
        HALL_TEST(two_persons_take_it_back_and_one_of_them_leads_the_department),
        HALL_TEST(what_a_lead_asks_the_manager_may_agree_to),
        HALL_TEST(after_its_days_a_decision_stands),
        HALL_TEST(a_delivery_is_taken_back_and_made_again),
        HALL_TEST(a_grant_taken_back_opens_the_last_opinion_again),
        HALL_TEST(a_denial_taken_back_asks_those_again_who_disagreed),
        HALL_TEST(the_clock_has_run_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
