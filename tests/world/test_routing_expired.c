/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L42.1, L45: a term that is over stays over, whatever is done with the case afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/rows.h"
#include "services/supervision/lamp.h"
#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

enum { SECOND_MS = 1000 };

static const struct watch_row *watch_of(struct world *hall, int64_t number)
{
    return world_row(hall, "supervision", &supervision_watch_table,
                     &(struct watch_row){.centre = 1, .case_number = number, .term = TERM_PROMISE});
}

static int64_t told_due(struct world *hall, int64_t number)
{
    const struct dossier_row *dossier =
        world_row(hall, "reporting", &reporting_dossier_table,
                  &(struct dossier_row){.centre = 1, .case_number = number});
    return dossier->due_ms;
}

/* RULE L42.1, L45: of two cases promised for Thursday the 20th one is paused and extended at the
 * closing, the other a second later: its promise stays broken, while the law's term is longer. */
static void an_expired_promise_is_not_mended_by_a_pause_or_an_extension(void **state)
{
    struct world *hall = *state;
    int64_t kept = take_in(hall, &SAN_CLERK, "SAN-02");
    int64_t over = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 20, 17, 0));
    assert_done(pause_case(hall, "SAN", kept, HEARING));
    world_clock(hall, at(1, 20, 17, 0) + SECOND_MS);
    assert_done(pause_case(hall, "SAN", over, HEARING));
    assert_done(extend(hall, "SAN", kept, 5));
    assert_done(extend(hall, "SAN", over, 5));

    world_clock(hall, at(1, 24, 10, 0));
    assert_done(resume_case(hall, "SAN", kept, HEARING));
    assert_done(resume_case(hall, "SAN", over, HEARING));
    world_settle(hall);
    assert_int_equal(at(1, 29, 17, 0), told_due(hall, kept));
    assert_int_equal(at(1, 20, 17, 0), told_due(hall, over));
    assert_int_equal(LAMP_RED, watch_of(hall, over)->level);
    assert_int_equal(flow_of(hall, kept)->statutory.budget_min,
                     flow_of(hall, over)->statutory.budget_min);
    assert_state(IN_APPROVAL, stored(hall, over));
}

/* RULE L42.1, L45: the law allows twenty days for the item, to 16 February. */
static void an_expired_term_of_the_law_is_neither_extended_nor_paused(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    world_clock(hall, at(2, 16, 17, 0) + SECOND_MS);
    assert_refused(TERM_EXPIRED, extend(hall, "TRA", number, 5));
    assert_refused(TERM_EXPIRED, pause_case(hall, "TRA", number, HEARING));
    world_settle(hall);
    assert_int_equal(0, world_said(hall, "routing.ClockExtended", number));
    assert_int_equal(0, world_said(hall, "routing.ClockPaused", number));
    assert_int_equal(0, flow_of(hall, number)->extended_days);
}

/* RULE L45 */
static void a_branch_over_its_time_is_not_saved_by_a_pause_of_its_case(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02"); /* its branches are due on the 17th */
    assert_done(decide(hall, "CON", number, true, ""));
    world_clock(hall, at(1, 18, 10, 0));
    assert_done(pause_case(hall, "SAN", number, HEARING));
    assert_int_equal(1, flow_of(hall, number)->clock.open_pauses);
    assert_int_equal(at(1, 17, 17, 0), branch_of(hall, number, 1, "TRA")->due_ms);
    assert_done(send_back(hall, "SAN", number, "CON")); /* it has its two days still */
    assert_int_equal(1, branch_of(hall, number, 1, "CON")->clock.open_pauses);

    world_clock(hall, at(1, 20, 10, 0));
    assert_done(resume_case(hall, "SAN", number, HEARING));
    world_settle(hall);
    assert_int_equal(at(1, 24, 17, 0), told_due(hall, number));
    assert_int_equal(at(1, 17, 17, 0), branch_of(hall, number, 1, "TRA")->due_ms);
    assert_int_equal(0, branch_of(hall, number, 1, "TRA")->clock.open_pauses);
    assert_int_equal(at(1, 24, 17, 0), branch_of(hall, number, 1, "CON")->due_ms);
}

/* RULE H5 */
static void a_branch_decided_late_and_sent_back_is_late_still(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 18, 10, 0));
    assert_done(decide(hall, "TRA", number, true, ""));
    world_clock(hall, at(1, 18, 15, 0));
    assert_done(send_back(hall, "SAN", number, "TRA"));
    assert_int_equal(at(1, 17, 17, 0), branch_of(hall, number, 1, "TRA")->due_ms);
}

/* RULE L45: a survey that begins anew after the promised day stops what the law counts, and the
 * promise stays broken. */
static void a_survey_after_the_promised_day_does_not_mend_the_promise(void **state)
{
    struct world *hall = *state;
    char *two[] = {"a1", "a2"};
    const struct actor surveyor = approver_of("CON");
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    world_clock(hall, at(1, 14, 17, 0));
    assert_done(decide_with(hall, &surveyor, number, 2, two));
    world_settle(hall);
    int64_t due_ms = told_due(hall, number);
    assert_int_equal(at(1, 28, 17, 0), due_ms); /* ten days from Monday the 17th */

    world_clock(hall, at(2, 7, 10, 0));
    assert_done(send_back(hall, "CON", number, "CON"));
    world_settle(hall);
    assert_int_equal(1, flow_of(hall, number)->clock.open_pauses);
    assert_state(SUSPENDED, stored(hall, number));
    assert_int_equal(due_ms, told_due(hall, number));
    world_clock(hall, at(2, 8, 10, 0));
    assert_done(decide_with(hall, &surveyor, number, 2, two));
    world_settle(hall);
    assert_int_equal(due_ms, told_due(hall, number));
    assert_state(IN_APPROVAL, stored(hall, number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(an_expired_promise_is_not_mended_by_a_pause_or_an_extension),
        ROUTING_TEST(an_expired_term_of_the_law_is_neither_extended_nor_paused),
        ROUTING_TEST(a_branch_over_its_time_is_not_saved_by_a_pause_of_its_case),
        ROUTING_TEST(a_branch_decided_late_and_sent_back_is_late_still),
        ROUTING_TEST(a_survey_after_the_promised_day_does_not_mend_the_promise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
