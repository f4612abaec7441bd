/* SPDX-License-Identifier: Apache-2.0 */
/* Watches and cards: what draws one, when, and what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/supervision_office.h"

/* ---- cards */

/* RULE H12, L42.1 */
static void a_case_left_lying_draws_a_yellow_card_and_then_a_red_one(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    solo_clock(office, at(1, 14, 16, 59));
    assert_int_equal(0, cards(office));
    solo_clock(office, at(1, 14, 17, 1));
    const struct card_row *yellow = card(office, CASE, 0, LAMP_YELLOW);
    assert_non_null(yellow);
    assert_string_equal("H12", yellow->rule);
    assert_string_equal("SAN", yellow->department);
    assert_int_equal(at(1, 14, 17, 0), yellow->issued_ms);
    assert_int_equal(at(1, 17, 17, 0), yellow->due_ms);
    assert_int_equal(5 * 420, yellow->budget_min);
    assert_int_equal(4 * 420, yellow->used_min);
    solo_clock(office, at(1, 17, 17, 1));
    const struct card_row *red = card(office, CASE, 0, LAMP_RED);
    assert_non_null(red);
    assert_int_equal(at(1, 17, 17, 0), red->issued_ms);
    assert_int_equal(2, cards(office));
}

static void an_overdue_case_is_not_warned_of_again_at_every_run(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    for (int32_t day = 11; day < 31; day++) {
        struct item run = {.kind = ITEM_TICK};
        solo_clock(office, at(1, day, 18, 0));
        solo_run(office, &run);
    }
    assert_int_equal(2, cards(office));
    assert_int_equal(2, office->engine.tally.said);
}

static void a_card_bears_the_instant_it_was_due_however_late_the_tick(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    solo_clock(office, at(3, 1, 9, 0));
    assert_int_equal(at(1, 14, 17, 0), card(office, CASE, 0, LAMP_YELLOW)->issued_ms);
    assert_int_equal(at(1, 17, 17, 0), card(office, CASE, 0, LAMP_RED)->issued_ms);
}

/* RULE L82: due on Monday, warned of by Friday evening; the weekend brings nothing. */
static void a_weekend_brings_no_warning(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    solo_clock(office, at(1, 14, 17, 1));
    assert_int_equal(1, cards(office));
    solo_clock(office, at(1, 16, 23, 59));
    assert_int_equal(1, cards(office));
}

static void a_step_over_its_time_draws_a_card_though_the_whole_is_in_time(void **state)
{
    struct solo *office = *state;
    const struct clock promise = started(office, at(1, 10, 10, 0), 60),
                       branch = started(office, at(1, 10, 10, 0), 2);

    open_stage(office, CASE, at(1, 10, 10, 0), &promise, &branch, 2);
    solo_clock(office, at(1, 12, 17, 1));
    assert_null(card(office, CASE, 0, LAMP_YELLOW));
    assert_string_equal("CON", card(office, CASE, 2, LAMP_RED)->department);
    assert_string_equal("H12", card(office, CASE, 2, LAMP_RED)->rule);
    assert_int_equal(4, cards(office));
}

/* RULE L45 */
static void a_resumed_case_does_not_fire_the_timers_of_its_pause(void **state)
{
    struct solo *office = *state;
    struct clock promise = started(office, at(1, 10, 10, 0), 5), branch = promise;

    open_stage(office, CASE, at(1, 10, 10, 0), &promise, &branch, 1);
    pause_all(office, at(1, 12, 9, 0), &promise, &branch);
    solo_clock(office, at(6, 1, 9, 0));
    assert_int_equal(0, cards(office));
    resume_all(office, at(6, 6, 9, 0), &promise, &branch);
    solo_clock(office, at(6, 6, 17, 0));
    assert_int_equal(0, cards(office));
    solo_clock(office, at(6, 8, 17, 1)); /* four fifths of what counts */
    assert_int_equal(at(6, 8, 17, 0), card(office, CASE, 0, LAMP_YELLOW)->issued_ms);
    assert_int_equal(2, cards(office)); /* the case, and its one task */
    assert_true(card(office, CASE, 1, LAMP_YELLOW)->paused_min > 0);
}

static void nothing_fires_on_what_is_closed(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    grant(office, CASE, at(1, 13, 9, 0));
    assert_int_equal(0, watches(office));
    solo_clock(office, at(12, 1, 9, 0));
    assert_int_equal(0, cards(office));
}

static void what_was_late_when_decided_has_its_cards_though_no_tick_came_between(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    grant(office, CASE, at(1, 19, 9, 0));
    assert_int_equal(at(1, 14, 17, 0), card(office, CASE, 0, LAMP_YELLOW)->issued_ms);
    assert_int_equal(at(1, 17, 17, 0), card(office, CASE, 0, LAMP_RED)->issued_ms);
    assert_int_equal(0, watches(office));
}

static void work_done_at_its_deadline_is_in_time(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    grant(office, CASE, at(1, 17, 17, 0));
    assert_non_null(card(office, CASE, 0, LAMP_YELLOW));
    assert_null(card(office, CASE, 0, LAMP_RED));
}

static void news_under_way_at_the_deadline_is_waited_for(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    solo_clock(office, at(1, 17, 17, 0) + SECOND);
    grant(office, CASE, at(1, 17, 16, 59));
    solo_clock(office, at(1, 17, 18, 0));
    assert_null(card(office, CASE, 0, LAMP_RED));
}

/* RULE L42.1 */
static void an_extension_puts_the_red_card_off(void **state)
{
    struct solo *office = *state;
    struct clock promise = started(office, at(1, 10, 10, 0), 5);
    Onedoor__Routing__ClockExtended extended = ONEDOOR__ROUTING__CLOCK_EXTENDED__INIT;

    open_five_days(office, CASE);
    solo_clock(office, at(1, 14, 17, 1));
    clock_extend(&promise, calendar_of(office), at(1, 17, 10, 0), 10);
    extended.clock = clock_said(office, &promise);
    solo_hear(office, "routing", CASE, at(1, 17, 10, 0), &extended.base);
    solo_clock(office, at(1, 29, 17, 0)); /* a make-up working Saturday */
    assert_null(card(office, CASE, 0, LAMP_RED));
    solo_clock(office, at(1, 29, 17, 1));
    assert_int_equal(at(1, 29, 17, 0), card(office, CASE, 0, LAMP_RED)->issued_ms);
}

static void a_decided_task_is_watched_no_more_and_the_others_are(void **state)
{
    struct solo *office = *state;
    const struct clock promise = started(office, at(1, 10, 10, 0), 60),
                       branch = started(office, at(1, 10, 10, 0), 2);

    open_stage(office, CASE, at(1, 10, 10, 0), &promise, &branch, 3);
    decide_task(office, 1, at(1, 11, 10, 0), &promise);
    solo_clock(office, at(1, 20, 9, 0));
    assert_int_equal(3, watches(office)); /* the case, and two tasks */
    assert_null(card(office, CASE, 1, LAMP_YELLOW));
    assert_non_null(card(office, CASE, 2, LAMP_RED));
    assert_non_null(card(office, CASE, 3, LAMP_RED));
}

static void a_branch_sent_back_is_watched_again_and_its_cards_are_not_repeated(void **state)
{
    struct solo *office = *state;
    const struct clock promise = started(office, at(1, 10, 10, 0), 60),
                       branch = started(office, at(1, 10, 10, 0), 2);
    Onedoor__Routing__TaskReturned returned = ONEDOOR__ROUTING__TASK_RETURNED__INIT;

    open_stage(office, CASE, at(1, 10, 10, 0), &promise, &branch, 2);
    solo_clock(office, at(1, 12, 16, 0)); /* yellow for both tasks */
    assert_int_equal(2, cards(office));
    decide_task(office, 1, at(1, 12, 16, 10), &promise);
    returned.task = task_said(office, 1, "SAN", &branch);
    returned.clock = clock_said(office, &promise);
    solo_hear(office, "routing", CASE, at(1, 12, 16, 20), &returned.base);
    assert_int_equal(3, watches(office));
    solo_clock(office, at(1, 12, 16, 40));
    assert_int_equal(2, cards(office));
    solo_clock(office, at(1, 13, 9, 0));
    assert_int_equal(4, cards(office));
    assert_non_null(card(office, CASE, 1, LAMP_RED));
}

/* ---- immediate cases (RULE H4) */

static void an_immediate_case_is_watched_until_it_is_finished(void **state)
{
    struct solo *office = *state;

    accept_immediate(office, at(1, 10, 10, 0));
    assert_int_equal(1, watches(office));
    grant_at_window(office, CASE, at(1, 10, 10, 5));
    assert_int_equal(1, watches(office)); /* RULE L44: its delivery */
    solo_clock(office, at(1, 12, 9, 0));
    assert_int_equal(0, cards(office));
}

static void an_immediate_case_not_finished_by_closing_is_red(void **state)
{
    struct solo *office = *state;

    accept_immediate(office, at(1, 10, 10, 0));
    solo_clock(office, at(1, 11, 9, 0));
    assert_string_equal("H4", card(office, CASE, 0, LAMP_RED)->rule);
    assert_int_equal(at(1, 10, 17, 0), card(office, CASE, 0, LAMP_RED)->issued_ms);
}

/* What intake says of a case in approval is heard before, or after, all that routing says of it:
 * the same remains. */
static void the_order_of_the_two_journals_does_not_matter(void **state)
{
    struct solo *office = *state;
    Onedoor__Intake__CaseWithdrawn withdrawn = ONEDOOR__INTAKE__CASE_WITHDRAWN__INIT;
    Onedoor__Routing__FlowCancelled cancelled = ONEDOOR__ROUTING__FLOW_CANCELLED__INIT;

    solo_hear(office, "intake", CASE, at(1, 12, 9, 0), &withdrawn.base);
    open_five_days(office, CASE);
    assert_int_equal(2, watches(office));
    solo_hear(office, "routing", CASE, at(1, 12, 9, 0), &cancelled.base);
    assert_int_equal(0, watches(office));

    open_five_days(office, CASE + 1);
    solo_hear(office, "intake", CASE + 1, at(1, 12, 9, 0), &withdrawn.base);
    assert_int_equal(2, watches(office)); /* routing has not said so yet */
    solo_hear(office, "routing", CASE + 1, at(1, 12, 9, 0), &cancelled.base);
    assert_int_equal(0, watches(office));
    solo_clock(office, at(3, 1, 9, 0));
    assert_int_equal(0, cards(office));
    assert_int_equal(0, memstore_count(office->mem, &parked_table));
}

/* Intake's event that a case is in approval may arrive before routing's that its clock is paused:
 * no card is issued because of that. */
static void news_of_intake_settles_nothing_that_routing_speaks_of(void **state)
{
    struct solo *office = *state;
    struct clock promise = started(office, at(1, 10, 10, 0), 5), branch = promise;

    open_stage(office, CASE, at(1, 10, 10, 0), &promise, &branch, 1);
    grant_at_window(office, CASE, at(1, 20, 9, 0));
    pause_all(office, at(1, 12, 9, 0), &promise, &branch);
    solo_clock(office, at(1, 20, 9, 0));
    assert_int_equal(0, cards(office));
}

static void a_crowd_that_is_due_at_once_is_taken_turn_by_turn(void **state)
{
    struct solo *office = *state;
    enum { CROWD = 600 };

    for (int64_t number = 1; number <= CROWD; number++)
        open_five_days(office, number);
    int64_t batches = office->engine.tally.batches;
    solo_clock(office, at(1, 14, 17, 1));
    assert_int_equal(CROWD, cards(office));
    assert_true(office->engine.tally.batches - batches >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_case_left_lying_draws_a_yellow_card_and_then_a_red_one),
        OFFICE_TEST(an_overdue_case_is_not_warned_of_again_at_every_run),
        OFFICE_TEST(a_card_bears_the_instant_it_was_due_however_late_the_tick),
        OFFICE_TEST(a_weekend_brings_no_warning),
        OFFICE_TEST(a_step_over_its_time_draws_a_card_though_the_whole_is_in_time),
        OFFICE_TEST(a_resumed_case_does_not_fire_the_timers_of_its_pause),
        OFFICE_TEST(nothing_fires_on_what_is_closed),
        OFFICE_TEST(what_was_late_when_decided_has_its_cards_though_no_tick_came_between),
        OFFICE_TEST(work_done_at_its_deadline_is_in_time),
        OFFICE_TEST(news_under_way_at_the_deadline_is_waited_for),
        OFFICE_TEST(an_extension_puts_the_red_card_off),
        OFFICE_TEST(a_decided_task_is_watched_no_more_and_the_others_are),
        OFFICE_TEST(a_branch_sent_back_is_watched_again_and_its_cards_are_not_repeated),
        OFFICE_TEST(an_immediate_case_is_watched_until_it_is_finished),
        OFFICE_TEST(an_immediate_case_not_finished_by_closing_is_red),
        OFFICE_TEST(the_order_of_the_two_journals_does_not_matter),
        OFFICE_TEST(news_of_intake_settles_nothing_that_routing_speaks_of),
        OFFICE_TEST(a_crowd_that_is_due_at_once_is_taken_turn_by_turn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
