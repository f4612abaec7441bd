/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L45: which procedures stop the clock, how the applicant is told of them, and that their end
 * is watched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/case_number.h"
#include "services/supervision/lamp.h"
#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

static const struct watch_row *watch_of(struct world *hall, int64_t number, int16_t procedure)
{
    return world_row(
        hall, "supervision", &supervision_watch_table,
        &(struct watch_row){
            .centre = 1, .case_number = number, .task = procedure, .term = TERM_PROCEDURE});
}

static const struct card_row *red_card_of(struct world *hall, int64_t number, int16_t procedure)
{
    return world_row(hall, "supervision", &supervision_card_table,
                     &(struct card_row){.centre = 1,
                                        .case_number = number,
                                        .task = procedure,
                                        .term = TERM_PROCEDURE,
                                        .level = LAMP_RED});
}

/* PLN-01: its survey is none of the kinds that the law names. */
static void a_survey_that_the_item_does_not_name_runs_inside_the_term(void **state)
{
    struct world *hall = *state;
    const struct actor clerk = {"p2", ONEDOOR__ROLE__WINDOW_CLERK, "PLN", 2};
    int64_t number = take_in(hall, &clerk, "PLN-01");
    assert_int_equal(SITE_SURVEY, branch_of(hall, number, 1, "PLN")->action);
    assert_true(branch_of(hall, number, 1, "PLN")->counts);
    assert_int_equal(0, flow_of(hall, number)->clock.open_pauses);
    assert_null(pause_of(hall, number, 1));
    assert_state(IN_APPROVAL, stored(hall, number));
}

static void a_survey_that_stops_the_clock_has_a_written_notice(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    char text[CASE_NUMBER_TEXT_SIZE];
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    const Onedoor__Routing__ClockPaused *paused =
        heard(hall, &onedoor__routing__clock_paused__descriptor, number, arena);
    assert_string_equal(arena_printf(arena, "%s/1", case_number_format(number, text)),
                        paused->notice);
    assert_string_equal(paused->notice, pause_of(hall, number, 1)->notice);
    assert_int_equal(ONEDOOR__ROUTING__PAUSE_KIND__APPRAISAL, paused->kind);
    assert_string_equal("CON", paused->department);
    assert_int_equal(5, paused->planned_days);
    assert_int_equal(at(1, 20, 17, 0), paused->planned->due_ms);
    assert_null(watch_of(hall, number, 1)); /* its step is watched */
    arena_free(&arena);
}

static void the_planned_end_of_a_hearing_is_watched(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(pause_case(hall, "SAN", number, HEARING)); /* ten days */
    world_settle(hall);
    assert_int_equal(at(1, 27, 17, 0), watch_of(hall, number, 1)->due_ms);
    world_clock(hall, at(1, 27, 17, 1));
    world_settle(hall);
    const struct card_row *red = red_card_of(hall, number, 1);
    assert_non_null(red);
    assert_string_equal("L45", red->rule);
    assert_string_equal("SAN", red->department);
    assert_done(resume_case(hall, "SAN", number, HEARING));
    world_settle(hall);
    assert_null(watch_of(hall, number, 1));
    assert_int_equal(0, world_parked(hall, "supervision"));
}

static void a_hearing_that_ends_in_time_draws_no_card(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(pause_case(hall, "SAN", number, HEARING));
    world_clock(hall, at(1, 27, 17, 0));
    assert_done(resume_case(hall, "SAN", number, HEARING));
    world_clock(hall, at(1, 27, 18, 0));
    world_settle(hall);
    assert_null(red_card_of(hall, number, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_survey_that_the_item_does_not_name_runs_inside_the_term),
        ROUTING_TEST(a_survey_that_stops_the_clock_has_a_written_notice),
        ROUTING_TEST(the_planned_end_of_a_hearing_is_watched),
        ROUTING_TEST(a_hearing_that_ends_in_time_draws_no_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
