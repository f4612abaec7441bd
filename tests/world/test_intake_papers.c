/* SPDX-License-Identifier: Apache-2.0 */
/* Each paper gets a verdict: what is wrong is told once, and what is mended on the spot is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/approvals.h"
#include "tests/world/intake_desk.h"

#define WRONG    ONEDOOR__INTAKE__VERDICT__WRONG
#define ABSENT   ONEDOOR__INTAKE__VERDICT__ABSENT
#define MENDED   ONEDOOR__INTAKE__VERDICT__MENDED
#define RIGHT    ONEDOOR__INTAKE__VERDICT__RIGHT
#define FAULT(x) ONEDOOR__INTAKE__PAPER_FAULT__##x

static const struct actor TRA_LEAD = {"h15", ONEDOOR__ROLE__DEPARTMENT_LEAD, "TRA", 0};

/* RULE L32.4: every fault of every paper in one notice. */
static void a_notice_names_each_fault_of_each_paper_at_once(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "TRA-01", 3);
    find_paper(&application, 1, WRONG, FAULT(NOT_SIGNED), "");
    find_paper(&application, 2, WRONG, FAULT(OTHER_FAULT), "照片与本人不符");
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CORRECTION, reply->state);
    const Onedoor__Intake__CorrectionAsked *asked =
        heard(hall, &onedoor__intake__correction_asked__descriptor, reply->case_number, arena);
    assert_int_equal(3, asked->n_missing); /* two wrong, one not handed in */
    assert_int_equal(FAULT(NOT_SIGNED), asked->missing[0]->fault);
    assert_int_equal(FAULT(OTHER_FAULT), asked->missing[1]->fault);
    assert_string_equal("照片与本人不符", asked->missing[1]->note);
    assert_int_equal(4, asked->missing[2]->seq);
    assert_int_equal(FAULT(PAPER_FAULT_UNSPECIFIED), asked->missing[2]->fault);
    assert_int_equal(1, world_said(hall, "intake.CorrectionAsked", reply->case_number));
    arena_free(&arena);
}

/* RULE L32.4: later it is only found wrong what was not right then. */
static void what_was_right_needs_a_second_person_to_be_asked_for_again(void **state)
{
    struct world *hall = *state;
    struct application application, late, brought;
    Onedoor__Intake__SubmitReply *reply;
    Onedoor__Intake__CheckReply *checked;
    apply_with(hall, &application, "TRA-01", 99);
    find_paper(&application, 1, WRONG, FAULT(NOT_SIGNED), "");
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    int64_t number = reply->case_number;
    find_paper(apply(&late, "TRA-01", 1), 2, WRONG, FAULT(PAST_ITS_DATE), "");
    assert_refused(FOUND_RIGHT, supplement(hall, &TRA_CLERK, number, &late, NULL));

    Onedoor__Intake__AskAgain again = ONEDOOR__INTAKE__ASK_AGAIN__INIT;
    again.case_number = number;
    again.reason = "身份证明已过期";
    again.n_verdicts = 1;
    again.verdicts = late.judged;
    assert_done(world_command(hall, &TRA_CLERK, &again.base, NULL));
    assert_string_equal("2", approval_of(hall, "intake", number, 1)->detail);
    assert_done(agree_to(hall, "intake", &TRA_LEAD, number, 1));
    assert_int_equal(0, stored(hall, number)->materials.data[1]);

    hand_in(apply(&brought, "TRA-01", 1), 1, 1);
    assert_done(supplement(hall, &TRA_CLERK, number, &brought, &checked));
    assert_int_equal(1, checked->n_missing);
    assert_int_equal(FAULT(PAST_ITS_DATE), checked->missing[0]->fault);
    hand_in(apply(&brought, "TRA-01", 1), 2, 1);
    assert_done(supplement(hall, &TRA_CLERK, number, &brought, NULL));
    assert_state(IN_APPROVAL, stored(hall, number));
    assert_null(stored(hall, number)->papers.data);
}

/* What came online is looked at by the hall. */
static void what_is_not_there_or_wrong_is_found_by_the_check(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    Onedoor__Intake__CheckReply *checked;
    apply_with(hall, &application, "TRA-01", 99)->submit.channel = ONEDOOR__INTAKE__CHANNEL__ONLINE;
    find_paper(&application, 1, WRONG, FAULT(NOT_SIGNED), "");
    assert_refused(NOT_ALLOWED, submit(hall, &PUBLIC, &application, &reply));
    application.submit.n_verdicts = 0;
    assert_done(submit(hall, &PUBLIC, &application, &reply));

    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    find_paper(&application, 1, WRONG, FAULT(NOT_LEGIBLE), "");
    find_paper(&application, 3, ABSENT, 0, "");
    check.case_number = reply->case_number;
    check.n_verdicts = application.submit.n_verdicts;
    check.verdicts = application.judged;
    assert_done(world_command(hall, &TRA_CLERK, &check.base, (ProtobufCMessage **)&checked));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CORRECTION, checked->state);
    assert_int_equal(2, checked->n_missing);
    assert_int_equal(3, checked->missing[1]->seq);
}

/* RULE L32.3: recorded with the paper, the fault and the clerk; the case is accepted. */
static void what_is_mended_on_the_spot_is_on_record(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "TRA-01", 99);
    find_paper(&application, 1, MENDED, FAULT(NOT_SIGNED), "当场补签");
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    assert_state(IN_APPROVAL, stored(hall, reply->case_number));
    const struct event *event = world_last(hall, "intake.PaperMended", reply->case_number);
    const Onedoor__Intake__PaperMended *mended =
        heard(hall, &onedoor__intake__paper_mended__descriptor, reply->case_number, arena);
    assert_non_null(event);
    assert_int_equal(1, mended->seq);
    assert_int_equal(FAULT(NOT_SIGNED), mended->fault);
    assert_string_equal("当场补签", mended->note);
    assert_string_equal("t15", event->actor);
    arena_free(&arena);
}

/* RULE L32.3: also in a supplement. */
static void what_is_brought_may_be_mended_too(void **state)
{
    struct world *hall = *state;
    struct application application, brought;
    Onedoor__Intake__SubmitReply *reply;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 3), &reply));
    find_paper(hand_in(apply(&brought, "TRA-01", 1), 4, 9), 4, MENDED, FAULT(NOT_SEALED), "");
    assert_done(supplement(hall, &TRA_CLERK, reply->case_number, &brought, NULL));
    assert_state(IN_APPROVAL, stored(hall, reply->case_number));
    assert_int_equal(1, world_said(hall, "intake.PaperMended", reply->case_number));
}

static void a_verdict_says_what_it_must_and_no_more(void **state)
{
    static const struct {
        int verdict, fault;
        const char *note, *field;
    } cases[] = {
        {WRONG, 0, "", "verdicts[0].fault"},
        {MENDED, 0, "补签", "verdicts[0].fault"},
        {RIGHT, FAULT(NOT_SIGNED), "", "verdicts[0].fault"},
        {ABSENT, FAULT(NOT_SIGNED), "", "verdicts[0].fault"},
        {WRONG, FAULT(OTHER_FAULT), "", "verdicts[0].note"},
        {RIGHT, 0, "好", "verdicts[0].note"},
        {0, 0, "", "verdicts[0].verdict"},
    };
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        apply_with(hall, &application, "TRA-01", 99);
        find_paper(&application, 1, cases[i].verdict, cases[i].fault, cases[i].note);
        assert_string_equal(cases[i].field, submit(hall, &TRA_CLERK, &application, &reply).field);
    }
    apply_with(hall, &application, "TRA-01", 99);
    find_paper(&application, 1, RIGHT, 0, "");
    find_paper(&application, 1, RIGHT, 0, "");
    assert_string_equal("verdicts[1].seq", submit(hall, &TRA_CLERK, &application, &reply).field);
    Onedoor__Intake__Supplement nothing = ONEDOOR__INTAKE__SUPPLEMENT__INIT;
    nothing.case_number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_refused(FIELD_MISSING, world_command(hall, &TRA_CLERK, &nothing.base, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_notice_names_each_fault_of_each_paper_at_once),
        HALL_TEST(what_was_right_needs_a_second_person_to_be_asked_for_again),
        HALL_TEST(what_is_not_there_or_wrong_is_found_by_the_check),
        HALL_TEST(what_is_mended_on_the_spot_is_on_record),
        HALL_TEST(what_is_brought_may_be_mended_too),
        HALL_TEST(a_verdict_says_what_it_must_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
