/* SPDX-License-Identifier: Apache-2.0 */
/* What is missing is asked for a second time: by two persons, and never a third time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/approvals.h"
#include "tests/world/intake_desk.h"

static const struct actor TRA_LEAD = {"h15", ONEDOOR__ROLE__DEPARTMENT_LEAD, "TRA", 0};
static const struct actor FPC_LEAD = {"h6", ONEDOOR__ROLE__DEPARTMENT_LEAD, "FPC", 0};

/* A case with its first material of four, for whose others the hall has asked. */
static int64_t corrected(struct world *hall)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 1), &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CORRECTION, reply->state);
    return reply->case_number;
}

static struct outcome ask_again(struct world *hall, const struct actor *actor, int64_t number,
                                const char *reason, int32_t again)
{
    Onedoor__Intake__AskAgain message = ONEDOOR__INTAKE__ASK_AGAIN__INIT;
    message.case_number = number;
    message.reason = (char *)reason;
    message.n_again = again == 0 ? 0 : 1;
    message.again = &again;
    return world_command(hall, actor, &message.base, NULL);
}

static const struct asked_again_row *second_request(struct world *hall, int64_t number)
{
    return world_row(hall, "intake", &intake_asked_again_table,
                     &(struct asked_again_row){.centre = 1, .number = number});
}

/* RULE L32.4, H22 */
static void a_second_request_is_made_once_the_head_of_the_department_agrees(void **state)
{
    struct world *hall = *state;
    int64_t number = corrected(hall);
    int64_t first_ms = stored(hall, number)->asked_ms;
    world_clock(hall, at(1, 14, 10, 0));
    assert_refused(REASON_REQUIRED, ask_again(hall, &TRA_CLERK, number, "", 1));
    assert_done(ask_again(hall, &TRA_CLERK, number, "身份证明已过期", 1));
    assert_int_equal(first_ms, stored(hall, number)->asked_ms); /* nothing is done yet */
    assert_int_equal(1, world_said_by(hall, "intake", "approval.Asked", number));
    assert_refused(ALREADY_ASKED, ask_again(hall, &TRA_CLERK, number, "再说一次", 0));
    assert_string_equal("1", approval_of(hall, "intake", number, 1)->detail);

    assert_refused(NOT_ALLOWED, agree_to(hall, "intake", &FPC_LEAD, number, 1));
    assert_done(agree_to(hall, "intake", &TRA_LEAD, number, 1));
    assert_state(CORRECTION, stored(hall, number));
    assert_int_equal(at(1, 14, 10, 0), stored(hall, number)->asked_ms);
    assert_int_equal(0, stored(hall, number)->materials.data[0]); /* it is brought anew */
    assert_string_equal("t15", second_request(hall, number)->actor);
    assert_string_equal("h15", second_request(hall, number)->approved_by);
    assert_string_equal("身份证明已过期", second_request(hall, number)->reason);
}

/* RULE L32.4: whoever is asked again has the whole time again, and is told everything. */
static void a_second_request_tells_everything_and_gives_the_whole_time_again(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    const int ground = ONEDOOR__INTAKE__REFUSAL_GROUND__NEVER_CORRECTED;
    int64_t number = corrected(hall);
    world_clock(hall, at(1, 14, 10, 0));
    assert_done(ask_again(hall, &TRA_CLERK, number, "图纸比例不符", 1));
    assert_done(agree_to(hall, "intake", &TRA_LEAD, number, 1));
    const Onedoor__Intake__CorrectionAsked *asked =
        heard(hall, &onedoor__intake__correction_asked__descriptor, number, arena);
    assert_int_equal(2, world_said(hall, "intake.CorrectionAsked", number));
    assert_int_equal(4, asked->n_missing);
    assert_string_equal("h15", asked->approved_by);
    assert_string_equal("图纸比例不符", asked->reason);
    assert_int_equal(at(2, 9, 17, 0), asked->due_ms);
    world_clock(hall, at(2, 9, 9, 0)); /* the time given first is over */
    assert_refused(WRONG_STATE, refuse_case(hall, &TRA_CLERK, number, ground, "逾期未补正", ""));
    world_clock(hall, at(2, 10, 9, 0));
    assert_done(refuse_case(hall, &TRA_CLERK, number, ground, "逾期未补正", ""));
    arena_free(&arena);
}

static void there_is_no_third_request(void **state)
{
    struct world *hall = *state;
    int64_t number = corrected(hall);
    assert_done(ask_again(hall, &TRA_CLERK, number, "漏列一项", 0));
    assert_done(agree_to(hall, "intake", &TRA_LEAD, number, 1));
    assert_refused(ASKED_TWICE, ask_again(hall, &TRA_CLERK, number, "又漏一项", 0));
}

static void only_what_waits_for_a_correction_is_asked_for_again(void **state)
{
    struct world *hall = *state;
    struct application application, more;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "TRA-01", 1)->submit.check = false;
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    assert_refused(WRONG_STATE, ask_again(hall, &TRA_CLERK, reply->case_number, "漏列", 0));

    int64_t number = corrected(hall);
    assert_refused(OTHER_DEPARTMENT, ask_again(hall, &FPC_CLERK, number, "漏列", 0));
    assert_refused(OTHER_DEPARTMENT, ask_again(hall, &DESK, number, "漏列", 0));
    assert_refused(UNKNOWN_MATERIAL, ask_again(hall, &TRA_CLERK, number, "漏列", 5));

    /* the applicant was faster than the head: what was asked for is refused, and waits on */
    assert_done(ask_again(hall, &TRA_CLERK, number, "漏列", 0));
    hand_in(apply(&more, "TRA-01", 1), 2, 1);
    hand_in(hand_in(&more, 3, 1), 4, 1);
    assert_done(supplement(hall, &TRA_CLERK, number, &more, NULL));
    assert_state(IN_APPROVAL, stored(hall, number));
    assert_refused(WRONG_STATE, agree_to(hall, "intake", &TRA_LEAD, number, 1));
    assert_int_equal(APPROVAL_ASKED, approval_of(hall, "intake", number, 1)->state);
    world_clock(hall, at(1, 17, 9, 30));
    world_settle(hall);
    assert_int_equal(APPROVAL_LAPSED, approval_of(hall, "intake", number, 1)->state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_second_request_is_made_once_the_head_of_the_department_agrees),
        HALL_TEST(a_second_request_tells_everything_and_gives_the_whole_time_again),
        HALL_TEST(there_is_no_third_request),
        HALL_TEST(only_what_waits_for_a_correction_is_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
