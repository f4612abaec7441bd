/* SPDX-License-Identifier: Apache-2.0 */
/* A case from submission to acceptance or refusal: checks, corrections and events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/calendar.h"
#include "common/values/case_number.h"
#include "services/intake/cases.h"
#include "tests/world/intake_desk.h"

enum { UNPUBLISHED = 2035 };

/* ---- accepted */

/* RULE L32.5, H4: in the same visit; RULE L82: due when the hall shuts. */
static void a_complete_immediate_case_is_accepted_in_the_same_visit(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    assert_done(submit(hall, &FPC_CLERK, apply_with(hall, &application, "FPC-01", 99), &reply));
    assert_true(case_number_valid(reply->case_number));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__ACCEPTED, reply->state);
    assert_int_equal(0, reply->n_missing);
    assert_int_equal(at(1, 13, 17, 0), reply->due_ms);
    assert_int_equal(1, world_said(hall, "intake.CaseReceived", reply->case_number));

    struct arena *arena = arena_new(1 << 20);
    const Onedoor__Intake__CaseAccepted *accepted =
        heard(hall, &onedoor__intake__case_accepted__descriptor, reply->case_number, arena);
    assert_true(accepted->immediate && accepted->has_fee && !accepted->deemed);
    assert_int_equal(world_now(hall), accepted->accepted_ms);
    assert_int_equal(world_now(hall), accepted->clock->started_ms);
    arena_free(&arena);
}

/* RULE L26, L32.5 */
static void a_complete_promised_case_goes_into_approval(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 99), &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL, reply->state);
    assert_int_equal(at(1, 20, 17, 0),
                     reply->due_ms); /* five working days, the day of acceptance not counted */
    assert_int_equal(world_now(hall), stored(hall, reply->case_number)->accepted_ms);
}

static void what_need_not_be_brought_is_not_missed(void **state)
{
    struct world *hall = *state;
    const struct actor clerk = {"u12", ONEDOOR__ROLE__WINDOW_CLERK, "CUL", 12};
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    assert_done(submit(hall, &clerk, apply_with(hall, &application, "CUL-01", 3), &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__ACCEPTED, reply->state);
}

/* RULE H9: half the time, rounded up. */
static void the_fast_lane_has_half_the_time(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    struct arena *arena = arena_new(1 << 20);
    apply_with(hall, &application, "SAN-02", 99)->submit.fast_lane = true;
    assert_done(submit(hall, &SAN_CLERK, &application, &reply));
    const Onedoor__Intake__CaseAccepted *accepted =
        heard(hall, &onedoor__intake__case_accepted__descriptor, reply->case_number, arena);
    assert_int_equal(3, accepted->promised_days); /* of 5 */
    assert_true(accepted->fast_lane);
    assert_int_equal(at(1, 18, 17, 0), reply->due_ms); /* Friday, Monday, Tuesday */
    arena_free(&arena);
}

static void numbers_count_from_one_each_day(void **state)
{
    struct world *hall = *state;
    assert_int_equal(case_number_make(22, 1, 13, 1), take_in(hall, &FPC_CLERK, "FPC-02"));
    assert_int_equal(case_number_make(22, 1, 13, 2), take_in(hall, &TRA_CLERK, "TRA-01"));
    world_clock(hall, at(1, 14, 0, 0)); /* the hall's own midnight */
    assert_int_equal(case_number_make(22, 1, 14, 1), take_in(hall, &FPC_CLERK, "FPC-02"));
}

/* RULE L82: what rests on a year whose holidays are not published says so. */
static void a_promise_into_an_unpublished_year_says_that_it_is_provisional(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    Onedoor__Intake__CheckReply *checked;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 99), &reply));
    assert_false(reply->due_provisional);
    world_clock(hall, ((day_from_ymd(UNPUBLISHED, 3, 1).n * INT64_C(24) + 2) * 60) * 60000);
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 99), &reply));
    assert_true(reply->due_ms > 0 && reply->due_provisional);
    apply_with(hall, &application, "TRA-01", 99)->submit.check = false;
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    assert_false(reply->due_provisional); /* nothing is promised yet */
    assert_done(check_case(hall, &TRA_CLERK, reply->case_number, &checked));
    assert_true(checked->due_provisional);
}

/* ---- incomplete */

/* RULE L32.4 */
static void an_incomplete_case_is_told_everything_at_once(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply(&application, "CON-02", ONEDOOR__INTAKE__APPLICANT_KIND__PERSON);
    declare_nothing(hall, &application);
    hand_in(&application, 1, 1);
    hand_in(&application, 3, 1);
    assert_done(submit(hall, &CON_CLERK, &application, &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CORRECTION, reply->state);
    assert_int_equal(0, reply->due_ms);
    assert_int_equal(3, reply->n_missing);
    assert_int_equal(2, reply->missing[0]->seq);
    assert_string_equal("申请人身份证明", reply->missing[0]->name_zh);
    assert_int_equal(1, reply->missing[0]->copies);
    assert_int_equal(3, reply->missing[1]->seq); /* one plan of two */
    assert_int_equal(1, reply->missing[1]->copies);
    assert_int_equal(4, reply->missing[2]->seq);

    struct arena *arena = arena_new(1 << 20);
    const Onedoor__Intake__CorrectionAsked *asked =
        heard(hall, &onedoor__intake__correction_asked__descriptor, reply->case_number, arena);
    assert_int_equal(3, asked->n_missing);
    assert_int_equal(at(2, 8, 17, 0),
                     asked->due_ms); /* fifteen working days, over the Spring Festival */
    arena_free(&arena);
}

/* RULE L32.4: once; RULE L32.5: corrected as asked, accepted. */
static void a_correction_is_asked_for_once_however_often_it_falls_short(void **state)
{
    struct world *hall = *state;
    struct application application, more;
    Onedoor__Intake__SubmitReply *reply;
    Onedoor__Intake__CheckReply *checked;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 1), &reply));
    int64_t number = reply->case_number;
    hand_in(apply(&more, "TRA-01", 1), 3, 1);
    assert_done(supplement(hall, &TRA_CLERK, number, &more, &checked));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CORRECTION, checked->state);
    assert_int_equal(2, checked->n_missing);
    assert_int_equal(2, checked->missing[0]->seq);
    assert_int_equal(4, checked->missing[1]->seq);
    assert_done(check_case(hall, &TRA_CLERK, number, &checked));
    assert_int_equal(2, checked->n_missing);
    assert_int_equal(1, world_said(hall, "intake.CorrectionAsked", number));

    hand_in(apply(&more, "TRA-01", 1), 2, 1);
    hand_in(&more, 4, 1);
    world_clock(hall, at(1, 14, 10, 0));
    assert_done(supplement(hall, &TRA_CLERK, number, &more, &checked));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL, checked->state);
    assert_int_equal(0, checked->n_missing);
    assert_int_equal(at(1, 14, 10, 0), stored(hall, number)->accepted_ms);
    assert_int_equal(1, world_said(hall, "intake.CaseAccepted", number));
}

/* RULE L31 */
static void only_listed_materials_are_taken_in(void **state)
{
    struct world *hall = *state;
    struct application application, more;
    Onedoor__Intake__SubmitReply *reply;
    hand_in(apply_with(hall, &application, "TRA-01", 99), 5, 1);
    struct outcome outcome = submit(hall, &TRA_CLERK, &application, NULL);
    assert_refused(UNKNOWN_MATERIAL, outcome);
    assert_string_equal("materials[4].seq", outcome.field);
    assert_int_equal(0, world_said(hall, "intake.CaseReceived", 0));

    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 3), &reply));
    hand_in(hand_in(apply(&more, "TRA-01", 1), 4, 1), 5, 1);
    assert_refused(UNKNOWN_MATERIAL, supplement(hall, &TRA_CLERK, reply->case_number, &more, NULL));
    assert_state(CORRECTION, stored(hall, reply->case_number));
    assert_int_equal(0, stored(hall, reply->case_number)->materials.data[3]);
}

/* ---- silence */

/* RULE L32.4, L82: five working days over the National Day holiday: 30 September, 8 to 11 October.
 */
static void silence_for_five_working_days_accepts_as_of_the_day_of_receipt(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    struct arena *arena = arena_new(1 << 20);
    world_clock(hall, at(9, 29, 10, 0));
    apply_with(hall, &application, "TRA-01", 1)->submit.check = false;
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__RECEIVED, reply->state);
    world_settle(hall);
    world_clock(hall, at(10, 11, 16, 59));
    world_settle(hall);
    assert_state(RECEIVED, stored(hall, reply->case_number));

    world_clock(hall, at(10, 11, 17, 0));
    world_settle(hall);
    assert_state(IN_APPROVAL, stored(hall, reply->case_number));
    assert_int_equal(at(9, 29, 10, 0), stored(hall, reply->case_number)->accepted_ms);
    const Onedoor__Intake__CaseAccepted *accepted =
        heard(hall, &onedoor__intake__case_accepted__descriptor, reply->case_number, arena);
    assert_true(accepted->deemed);
    assert_int_equal(at(9, 29, 10, 0), accepted->accepted_ms);
    world_clock(hall, at(11, 11, 17, 0));
    world_settle(hall);
    assert_int_equal(1, world_said(hall, "intake.CaseAccepted", reply->case_number));
    arena_free(&arena);
}

/* RULE L32.4: a correction asked for, a refusal or a withdrawal is an answer. */
static void whatever_is_said_in_time_ends_the_silence(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *asked, *refused, *called_off;
    apply_with(hall, &application, "TRA-01", 1)->submit.check = false;
    assert_done(submit(hall, &TRA_CLERK, &application, &asked));
    assert_done(submit(hall, &TRA_CLERK, &application, &refused));
    assert_done(submit(hall, &TRA_CLERK, &application, &called_off));
    world_clock(hall, at(1, 20, 16, 0));
    assert_done(check_case(hall, &TRA_CLERK, asked->case_number, NULL));
    assert_done(refuse_case(hall, &TRA_CLERK, refused->case_number,
                            ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_ELIGIBLE, "车辆已报废", ""));
    assert_done(withdraw(hall, &TRA_CLERK, called_off->case_number));
    world_clock(hall, at(1, 21, 17, 0));
    world_settle(hall);
    assert_state(CORRECTION, stored(hall, asked->case_number));
    assert_state(REFUSED, stored(hall, refused->case_number));
    assert_state(WITHDRAWN, stored(hall, called_off->case_number));
    assert_int_equal(0, world_said(hall, "intake.CaseAccepted", 0));
}

/* ---- refused */

/* RULE L32.2, L32.6, L38: in writing, with ground and reason; the right authority is named. */
static void a_refusal_has_its_ground_and_names_the_right_authority(void **state)
{
    struct world *hall = *state;
    const int elsewhere = ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_THIS_AUTHORITY;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "TRA-01", 99)->submit.check = false;
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    int64_t number = reply->case_number;
    assert_refused(REASON_REQUIRED,
                   refuse_case(hall, &TRA_CLERK, number, elsewhere, "", "市交通局"));
    assert_refused(FIELD_MISSING, refuse_case(hall, &TRA_CLERK, number, elsewhere, "跨区经营", ""));
    assert_refused(FIELD_MISSING, refuse_case(hall, &TRA_CLERK, number, 0, "跨区经营", ""));
    assert_done(refuse_case(hall, &TRA_CLERK, number, elsewhere, "跨区经营", "市交通局"));
    assert_state(REFUSED, stored(hall, number));
    assert_int_equal(elsewhere, ending(hall, number)->ground);
    assert_string_equal("跨区经营", ending(hall, number)->reason);
    assert_string_equal("市交通局", ending(hall, number)->right_authority);

    struct arena *arena = arena_new(1 << 20);
    const Onedoor__Intake__CaseRefused *refused =
        heard(hall, &onedoor__intake__case_refused__descriptor, number, arena);
    assert_string_equal("市交通局", refused->right_authority);
    arena_free(&arena);
    assert_refused(WRONG_STATE, check_case(hall, &TRA_CLERK, number, NULL));
}

/* RULE L32.1: said at once, and there is no other authority to name. */
static void who_needs_no_licence_is_told_so_at_once(void **state)
{
    struct world *hall = *state;
    const int ground = ONEDOOR__INTAKE__REFUSAL_GROUND__NO_LICENCE_NEEDED;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "TRA-01", 1)->submit.check = false;
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    assert_done(refuse_case(hall, &TRA_CLERK, reply->case_number, ground, "此事项无需许可", ""));
    assert_state(REFUSED, stored(hall, reply->case_number));
    assert_int_equal(ground, ending(hall, reply->case_number)->ground);
    assert_null(ending(hall, reply->case_number)->right_authority);
}

/* RULE L32.4: not before the time is over that was given to bring what was missing. */
static void want_of_materials_refuses_only_when_the_time_to_bring_them_is_over(void **state)
{
    struct world *hall = *state;
    const int ground = ONEDOOR__INTAKE__REFUSAL_GROUND__NEVER_CORRECTED;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 1), &reply));
    world_clock(hall, at(2, 8, 17, 0));
    assert_refused(WRONG_STATE,
                   refuse_case(hall, &TRA_CLERK, reply->case_number, ground, "逾期未补正", ""));
    world_clock(hall, at(2, 9, 9, 0));
    assert_done(refuse_case(hall, &TRA_CLERK, reply->case_number, ground, "逾期未补正", ""));
    assert_state(REFUSED, stored(hall, reply->case_number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_complete_immediate_case_is_accepted_in_the_same_visit),
        HALL_TEST(a_complete_promised_case_goes_into_approval),
        HALL_TEST(what_need_not_be_brought_is_not_missed),
        HALL_TEST(the_fast_lane_has_half_the_time),
        HALL_TEST(numbers_count_from_one_each_day),
        HALL_TEST(a_promise_into_an_unpublished_year_says_that_it_is_provisional),
        HALL_TEST(an_incomplete_case_is_told_everything_at_once),
        HALL_TEST(a_correction_is_asked_for_once_however_often_it_falls_short),
        HALL_TEST(only_listed_materials_are_taken_in),
        HALL_TEST(silence_for_five_working_days_accepts_as_of_the_day_of_receipt),
        HALL_TEST(whatever_is_said_in_time_ends_the_silence),
        HALL_TEST(a_refusal_has_its_ground_and_names_the_right_authority),
        HALL_TEST(who_needs_no_licence_is_told_so_at_once),
        HALL_TEST(want_of_materials_refuses_only_when_the_time_to_bring_them_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
