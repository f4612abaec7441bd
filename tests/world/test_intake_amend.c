/* SPDX-License-Identifier: Apache-2.0 */
/* What a case says of its applicant and of what its fee counts is put right after acceptance, with
 * a reason; what it said before is kept, and no event tells it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/rows.h"
#include "tests/world/intake_desk.h"

static Onedoor__Intake__Amend amendment(int64_t number)
{
    Onedoor__Intake__Amend amend = ONEDOOR__INTAKE__AMEND__INIT;
    amend.case_number = number;
    amend.reason = "录入有误";
    return amend;
}

static struct outcome put_right(struct world *hall, const Onedoor__Intake__Amend *amend)
{
    return world_command(hall, &FPC_CLERK, &amend->base, NULL);
}

static const struct amendment_row *amendment_of(struct world *hall, int64_t number, int16_t no)
{
    return world_row(hall, "intake", &intake_amendment_table,
                     &(struct amendment_row){.centre = 1, .number = number, .no = no});
}

static void a_name_is_put_right_and_what_it_was_is_kept(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 16);
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    Onedoor__Intake__Amend amend = amendment(number);
    amend.name = "章三";
    amend.address = "西山区茭菱路1号";
    assert_done(put_right(hall, &amend));
    assert_string_equal("章三", applicant(hall, number)->name);
    assert_string_equal("西山区茭菱路1号", applicant(hall, number)->address);
    assert_string_equal("13900000000", applicant(hall, number)->phone);
    assert_state(ACCEPTED, stored(hall, number));

    const struct amendment_row *row = amendment_of(hall, number, 1);
    struct bytes opened_before;
    assert_true(sealed_open(world_seal(), &intake_amendment_table, row, row->before, arena,
                            &opened_before));
    const Onedoor__Intake__Amend *before =
        message_unpack(&onedoor__intake__amend__descriptor, opened_before, arena);
    assert_true(row->name && row->address && !row->phone && !row->facts);
    assert_string_equal("张三", before->name);
    assert_string_equal("", before->phone);
    assert_string_equal("f6", row->actor);
    arena_free(&arena);
}

static void the_dossier_says_what_was_put_right_and_not_what_it_was(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    Onedoor__Intake__Amend amend = amendment(number);
    amend.phone = "13911112222";
    assert_done(put_right(hall, &amend));
    world_settle(hall);
    const struct event *event = world_last(hall, "intake.CaseAmended", number);
    const struct timeline_row probe = {
        .centre = 1, .case_number = number, .stream = 1, .seq = event->seq};
    const struct timeline_row *line =
        world_row(hall, "reporting", &reporting_timeline_table, &probe);
    assert_string_equal("phone: 录入有误", line->text);
    assert_null(memmem(event->payload.data, event->payload.len, "139", 3));
}

static void facts_are_put_right_until_the_decision(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "SAN-03", 99);
    declare(&application, "FEE-SAN-03", 6, 0);
    assert_done(submit(hall, &SAN_CLERK, &application, &reply));
    world_settle(hall);
    Onedoor__FeeFact fact = ONEDOOR__FEE_FACT__INIT, *facts[] = {&fact};
    Onedoor__Intake__Amend amend = amendment(reply->case_number);
    fact.fee = "FEE-SAN-03";
    fact.units = 7;
    amend.facts = facts;
    amend.n_facts = 1;
    assert_done(world_command(hall, &SAN_CLERK, &amend.base, NULL));
    assert_true(amendment_of(hall, reply->case_number, 1)->facts);
    fact.fee = "FEE-NONE";
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT,
                     world_command(hall, &SAN_CLERK, &amend.base, NULL).code);
}

static void what_stands_there_already_is_no_correction(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    Onedoor__Intake__Amend amend = amendment(number);
    assert_refused(FIELD_MISSING, put_right(hall, &amend));
    amend.name = "张三";
    assert_refused(NOTHING_CHANGES, put_right(hall, &amend));
    amend.name = "章三";
    amend.reason = "";
    assert_refused(REASON_REQUIRED, put_right(hall, &amend));
    assert_string_equal("张三", applicant(hall, number)->name);
}

static void only_its_department_puts_it_right_and_nobody_after_delivery(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    Onedoor__Intake__Amend amend = amendment(number);
    amend.name = "章三";
    assert_refused(OTHER_DEPARTMENT, world_command(hall, &CON_CLERK, &amend.base, NULL));
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_settle(hall);
    assert_done(put_right(hall, &amend)); /* the name on the certificate to be handed over */
    assert_done(deliver(hall, &FPC_CLERK, number));
    amend.name = "张珊";
    assert_refused(CASE_CLOSED, put_right(hall, &amend));
}

static void two_clerks_do_not_overwrite_each_other(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    Onedoor__Intake__Amend amend = amendment(number);
    amend.name = "章三";
    amend.shown_revision = 1;
    assert_refused(CHANGED_MEANWHILE, put_right(hall, &amend));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_name_is_put_right_and_what_it_was_is_kept),
        HALL_TEST(the_dossier_says_what_was_put_right_and_not_what_it_was),
        HALL_TEST(facts_are_put_right_until_the_decision),
        HALL_TEST(what_stands_there_already_is_no_correction),
        HALL_TEST(only_its_department_puts_it_right_and_nobody_after_delivery),
        HALL_TEST(two_clerks_do_not_overwrite_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
