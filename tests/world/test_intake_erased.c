/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: years after a case is over, what is known of its applicant is erased; the case stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/rows.h"
#include "tests/world/intake_desk.h"

#define YEARS(n) (INT64_C(86400000) * 366 * (n))

enum { KEPT_YEARS = 30 }; /* as the setting says */

static struct outcome view(struct world *hall, int64_t number)
{
    Onedoor__Intake__ViewApplicant message = ONEDOOR__INTAKE__VIEW_APPLICANT__INIT;
    message.case_number = number;
    message.purpose = "核对身份";
    return world_command(hall, &FPC_CLERK, &message.base, NULL);
}

static void print_slip(struct world *hall, int64_t number)
{
    Onedoor__Intake__SlipLine line = ONEDOOR__INTAKE__SLIP_LINE__INIT, *lines[] = {&line};
    Onedoor__Intake__PrintSlip message = ONEDOOR__INTAKE__PRINT_SLIP__INIT;
    line.text = "张三";
    message.case_number = number;
    message.slip = ONEDOOR__INTAKE__SLIP__ACCEPTANCE_NOTICE;
    message.lines = lines;
    message.n_lines = 1;
    assert_done(world_command(hall, &FPC_CLERK, &message.base, NULL));
}

static void put_right(struct world *hall, int64_t number)
{
    Onedoor__Intake__Amend message = ONEDOOR__INTAKE__AMEND__INIT;
    message.case_number = number;
    message.phone = "13711112222";
    message.reason = "录入有误";
    assert_done(world_command(hall, &FPC_CLERK, &message.base, NULL));
}

/* Served to the end: printed, put right and collected. */
static int64_t served(struct world *hall)
{
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    print_slip(hall, number);
    put_right(hall, number);
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    assert_done(deliver(hall, &FPC_CLERK, number));
    world_settle(hall);
    return number;
}

static void later(struct world *hall, int64_t ms)
{
    world_clock(hall, world_now(hall) + ms);
    world_settle(hall);
}

static size_t count(struct world *hall, const struct table *table)
{
    return world_count(hall, "intake", table);
}

static void nothing_is_known_of_an_applicant_after_his_time(void **state)
{
    struct world *hall = *state;
    int64_t number = served(hall);
    later(hall, YEARS(KEPT_YEARS - 1));
    assert_done(view(hall, number));
    assert_int_equal(0, count(hall, &intake_erasure_table));
    later(hall, YEARS(1));
    assert_refused(ERASED, view(hall, number));
    assert_int_equal(0, count(hall, &intake_applicant_table));
    assert_int_equal(0, count(hall, &intake_known_applicant_table));
    assert_int_equal(0, count(hall, &intake_print_table));
    assert_int_equal(0, count(hall, &intake_amendment_table));
    assert_int_equal(0, count(hall, &intake_collection_table));
}

static void it_is_on_record_what_was_erased_and_the_case_stays(void **state)
{
    struct world *hall = *state;
    int64_t number = served(hall);
    later(hall, YEARS(KEPT_YEARS));
    const struct erasure_row *erasure =
        world_row(hall, "intake", &intake_erasure_table,
                  &(struct erasure_row){.centre = 1, .number = number});
    assert_non_null(erasure);
    assert_int_equal(KEPT_YEARS, erasure->years);
    assert_int_equal(world_now(hall), erasure->at_ms);
    assert_state(DELIVERED, stored(hall, number));
    const struct dossier_row *dossier =
        world_row(hall, "reporting", &reporting_dossier_table,
                  &(struct dossier_row){.centre = 1, .case_number = number});
    assert_non_null(dossier); /* so it stays in the figures, which count dossiers */
}

static void it_counts_from_the_end_of_the_case(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    later(hall, YEARS(KEPT_YEARS + 1)); /* open all the time */
    assert_non_null(applicant(hall, number));
    assert_done(withdraw(hall, &CON_CLERK, number));
    later(hall, YEARS(KEPT_YEARS - 1));
    assert_non_null(applicant(hall, number));
    later(hall, YEARS(1));
    assert_null(applicant(hall, number));
}

static void who_came_again_is_still_known(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__RecallApplicant message = ONEDOOR__INTAKE__RECALL_APPLICANT__INIT;
    Onedoor__Intake__RecallApplicantReply *reply;
    int64_t first = served(hall);
    later(hall, YEARS(KEPT_YEARS - 1));
    int64_t second = served(hall);
    later(hall, YEARS(1));
    assert_null(applicant(hall, first));
    assert_non_null(applicant(hall, second));
    message.document = CITIZEN;
    assert_done(world_command(hall, &FPC_CLERK, &message.base, (ProtobufCMessage **)&reply));
    assert_true(reply->found);
}

static void a_search_is_erased_as_late(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__SearchCases message = ONEDOOR__INTAKE__SEARCH_CASES__INIT;
    message.name = "张三";
    message.purpose = "回执遗失";
    assert_done(world_command(hall, &FPC_CLERK, &message.base, NULL));
    later(hall, YEARS(KEPT_YEARS - 1));
    assert_int_equal(1, count(hall, &intake_search_table));
    later(hall, YEARS(1));
    assert_int_equal(0, count(hall, &intake_search_table));
}

enum { MANY = 70 }; /* more than are erased at once */

static void many_are_erased_in_slices(void **state)
{
    struct world *hall = *state;
    for (int i = 0; i < MANY; i++)
        assert_done(withdraw(hall, &FPC_CLERK, take_in(hall, &FPC_CLERK, "FPC-02")));
    later(hall, YEARS(KEPT_YEARS));
    assert_int_equal(MANY, count(hall, &intake_erasure_table));
    assert_int_equal(0, count(hall, &intake_applicant_table));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(nothing_is_known_of_an_applicant_after_his_time),
        HALL_TEST(it_is_on_record_what_was_erased_and_the_case_stays),
        HALL_TEST(it_counts_from_the_end_of_the_case),
        HALL_TEST(who_came_again_is_still_known),
        HALL_TEST(a_search_is_erased_as_late),
        HALL_TEST(many_are_erased_in_slices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
