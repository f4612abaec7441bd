/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H11: items and departments enter, change, are suspended and leave by decision, from a day
 * on; their flow and fees travel with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/intake_desk.h"
#include "tests/world/item_desk.h"

enum { TODAY = 19005 /* 2022-01-13, on which the hall in memory begins */, FIRST_OF_MARCH = 19052 };

static struct outcome publish(struct world *hall, struct item_form *form)
{
    return world_command(hall, &MANAGER, &form->message.base, NULL);
}

static struct outcome begin(struct world *hall, const char *item, int64_t *number)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply = NULL;
    struct outcome outcome =
        submit(hall, &TRA_CLERK, apply_with(hall, &application, item, 99), &reply);
    if (reply != NULL)
        *number = reply->case_number;
    return outcome;
}

/* An item of TRA that nobody has heard of, as TRA-02 is. */
static struct item_form *new_item(struct world *hall, struct item_form *form)
{
    item_as_it_is(hall, "TRA-02", form)->message.item = (char *)"TRA-77";
    form->message.source = ONEDOOR__INTAKE__SOURCE__SOURCE_UNSPECIFIED;
    return form;
}

static void a_new_item_is_run_by_the_flow_it_was_published_with(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    int64_t number = 0;
    new_item(hall, &form);
    form.message.applicant = (char *)"any";
    form.message.n_steps = 1;
    form.steps[0].action = ONEDOOR__INTAKE__STEP_ACTION__DECIDE_CASE;
    assert_refused(UNKNOWN_ITEM, begin(hall, "TRA-77", &number));
    assert_done(publish(hall, &form));
    form.message.is_new = true;
    assert_refused(CHANGED_MEANWHILE, publish(hall, &form)); /* somebody else was first */
    assert_done(begin(hall, "TRA-77", &number)); /* at once, before routing has heard of it */
    world_settle(hall);
    assert_done(decide(hall, "TRA", number, true, ""));
    world_settle(hall);
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CLOSED, stored(hall, number)->state);
    assert_int_equal(0, world_parked(hall, "routing"));
}

static void a_version_comes_into_force_on_its_day(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    int64_t before = 0, after = 0;
    item_as_it_is(hall, "TRA-01", &form);
    form.message.from_day = FIRST_OF_MARCH;
    form.message.name_zh = (char *)"三月起";
    assert_done(publish(hall, &form));
    assert_done(begin(hall, "TRA-01", &before));
    assert_int_equal(1, stored(hall, before)->item_version);
    world_clock(hall, at(3, 1, 9, 0));
    assert_done(begin(hall, "TRA-01", &after));
    assert_int_equal(2, stored(hall, after)->item_version);
    assert_int_equal(1, stored(hall, before)->item_version);
}

static void an_item_changes_by_a_decision_from_today_on_and_in_order(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    item_as_it_is(hall, "TRA-01", &form)->message.decision = (char *)"";
    assert_refused(FIELD_MISSING, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->message.decision_day = TODAY + 1;
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->message.from_day = TODAY - 1;
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->message.from_day = FIRST_OF_MARCH;
    assert_done(publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->message.from_day = FIRST_OF_MARCH - 1;
    assert_refused(FIELD_INVALID, publish(hall, &form));
    assert_int_equal(1, world_said(hall, "intake.ItemPublished", 0));
}

static void a_suspended_item_takes_nothing_in_until_it_is_resumed(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    int64_t number = 0;
    item_as_it_is(hall, "TRA-01", &form)->message.suspended = true;
    assert_done(publish(hall, &form));
    assert_refused(ITEM_NOT_OFFERED, begin(hall, "TRA-01", &number));
    assert_done(publish(hall, item_as_it_is(hall, "TRA-01", &form)));
    assert_done(begin(hall, "TRA-01", &number));
}

static void a_flow_that_the_hall_cannot_run_is_not_published(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    item_as_it_is(hall, "TRA-01", &form)->steps[0].stage = 2;
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->steps[0].counts = false;
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->steps[0].department = (char *)"XYZ";
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->steps[0].department = (char *)"IND"; /* has left */
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->message.department = (char *)"SAN"; /* RULE H5 */
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->message.n_steps = 0;
    assert_refused(FIELD_MISSING, publish(hall, &form));
}

/* ---- fees */

static struct standard_row *standard(struct world *hall, const char *code, int32_t from_day)
{
    return world_row(hall, "charging", &charging_standard_table,
                     &(struct standard_row){.centre = 1, .code = code, .from_day = from_day});
}

static int64_t billed(struct world *hall, int64_t number)
{
    world_settle(hall);
    assert_done(decide(hall, "TRA", number, true, ""));
    world_settle(hall);
    if (stored(hall, number)->state == ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL)
        assert_done(decide(hall, "TRA", number, true, ""));
    world_settle(hall);
    for (size_t i = 0; i < world_count(hall, "charging", &charging_order_table); i++) {
        const struct order_row *row = world_row_at(hall, "charging", &charging_order_table, i);
        if (row->case_number == number)
            return row->total_fen;
    }
    return -1;
}

/* RULE L58 */
static void a_fee_is_charged_from_the_day_of_its_version(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    int64_t before = 0, after = 0;
    item_as_it_is(hall, "TRA-01", &form)->fees[0].unit_fen = 2500;
    form.message.from_day = FIRST_OF_MARCH;
    assert_done(publish(hall, &form));
    assert_done(begin(hall, "TRA-01", &before));
    assert_int_equal(1000, billed(hall, before));
    assert_int_equal(FIRST_OF_MARCH, standard(hall, "FEE-TRA-01", 10957)->to_day);
    assert_int_equal(0, standard(hall, "FEE-TRA-01", FIRST_OF_MARCH)->to_day);
    world_clock(hall, at(3, 1, 9, 0));
    assert_done(begin(hall, "TRA-01", &after));
    assert_int_equal(2500, billed(hall, after));
    assert_int_equal(0, world_parked(hall, "charging"));
}

static void without_a_standard_nothing_is_charged(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    int64_t number = 0;
    item_as_it_is(hall, "TRA-01", &form)->message.n_fees = 0;
    assert_done(publish(hall, &form));
    assert_done(begin(hall, "TRA-01", &number));
    assert_int_equal(-1, billed(hall, number));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CLOSED, stored(hall, number)->state);
}

/* Of two versions with one day of effect the later one counts. */
static void a_fee_is_put_right_before_it_is_in_force(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    int64_t number = 0;
    Onedoor__Intake__FeeTier low = ONEDOOR__INTAKE__FEE_TIER__INIT, high = low,
                             *tiers[] = {&low, &high};
    low.to_units = high.from_units = 10;
    low.unit_fen = 100;
    high.unit_fen = 50;
    item_as_it_is(hall, "TRA-01", &form)->fees[0].kind = (char *)"tiered";
    form.fees[0].unit_fen = 0;
    form.fees[0].tiers = tiers;
    form.fees[0].n_tiers = 2;
    assert_done(publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form);
    form.fees[0].kind = (char *)"fixed";
    form.fees[0].unit_fen = 700;
    assert_done(publish(hall, &form));
    world_settle(hall);
    assert_string_equal("fixed", standard(hall, "FEE-TRA-01", TODAY)->kind);
    assert_done(begin(hall, "TRA-01", &number));
    assert_int_equal(700, billed(hall, number));
}

/* RULE L58, H8 */
static void a_standard_is_whole_or_it_is_not_published(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    item_as_it_is(hall, "TRA-01", &form)->fees[0].kind = (char *)"tiered";
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->fees[0].basis = (char *)"";
    assert_refused(BASIS_REQUIRED, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->fees[0].code = (char *)"FEE-SAN-01";
    assert_refused(FIELD_INVALID, publish(hall, &form));
    item_as_it_is(hall, "TRA-01", &form)->fees[0].unit_fen = 0;
    assert_refused(FIELD_INVALID, publish(hall, &form));
}

static struct outcome waive(struct world *hall, int64_t number)
{
    Onedoor__Charging__Waive message = ONEDOOR__CHARGING__WAIVE__INIT;
    message.case_number = number;
    message.line = 1;
    message.basis = (char *)"困难家庭";
    return world_command(hall, &CASHIER, &message.base, NULL);
}

/* RULE L59 */
static void what_the_standard_does_not_let_be_waived_is_not_waived(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    int64_t reducible = 0, irreducible = 0;
    assert_done(begin(hall, "TRA-01", &reducible));
    assert_int_equal(1000, billed(hall, reducible));
    assert_done(waive(hall, reducible)); /* a second person is asked */
    item_as_it_is(hall, "TRA-01", &form)->fees[0].reducible = false;
    assert_done(publish(hall, &form));
    assert_done(begin(hall, "TRA-01", &irreducible));
    assert_int_equal(1000, billed(hall, irreducible));
    assert_refused(NOT_REDUCIBLE, waive(hall, irreducible));
}

/* ---- departments */

static struct outcome set_department(struct world *hall, const char *code, const char *presence)
{
    Onedoor__Intake__SetDepartment message = ONEDOOR__INTAKE__SET_DEPARTMENT__INIT;
    message.department = (char *)code;
    message.name_zh = (char *)"行政审批局";
    message.name_en = (char *)"Administrative Approval Bureau";
    message.presence = (char *)presence;
    message.floor = 2;
    message.decision = (char *)"管委会〔2022〕1号";
    message.decision_day = TODAY;
    return world_command(hall, &MANAGER, &message.base, NULL);
}

static void a_department_enters_and_gets_an_item(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    new_item(hall, &form)->message.department = (char *)"AAB";
    for (size_t i = 0; i < form.message.n_steps; i++)
        form.steps[i].lead = false; /* TRA's */
    assert_refused(FIELD_INVALID, publish(hall, &form));
    assert_done(set_department(hall, "AAB", "stationed"));
    assert_done(publish(hall, &form));
    assert_int_equal(1, world_said(hall, "intake.DepartmentSet", 0));
}

static void a_department_that_answers_for_an_item_does_not_leave(void **state)
{
    struct world *hall = *state;
    struct item_form form;
    assert_refused(FIELD_INVALID, set_department(hall, "CITY", "stationed"));
    assert_refused(FIELD_INVALID, set_department(hall, "TRA", "away"));
    assert_refused(FIELD_INVALID, set_department(hall, "TRA", "withdrawn"));
    static const char *const items[] = {"TRA-01", "TRA-02"};
    for (size_t i = 0; i < 2; i++) {
        item_as_it_is(hall, items[i], &form)->message.offered = false;
        assert_done(publish(hall, &form));
    }
    assert_done(set_department(hall, "TRA", "withdrawn"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_new_item_is_run_by_the_flow_it_was_published_with),
        HALL_TEST(a_version_comes_into_force_on_its_day),
        HALL_TEST(an_item_changes_by_a_decision_from_today_on_and_in_order),
        HALL_TEST(a_suspended_item_takes_nothing_in_until_it_is_resumed),
        HALL_TEST(a_flow_that_the_hall_cannot_run_is_not_published),
        HALL_TEST(a_fee_is_charged_from_the_day_of_its_version),
        HALL_TEST(without_a_standard_nothing_is_charged),
        HALL_TEST(a_fee_is_put_right_before_it_is_in_force),
        HALL_TEST(a_standard_is_whole_or_it_is_not_published),
        HALL_TEST(what_the_standard_does_not_let_be_waived_is_not_waived),
        HALL_TEST(a_department_enters_and_gets_an_item),
        HALL_TEST(a_department_that_answers_for_an_item_does_not_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
