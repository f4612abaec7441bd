/* SPDX-License-Identifier: Apache-2.0 */
/* A command says what it was decided on: what has changed since is not decided on unseen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/calendar_table.h"
#include "common/rows/year_days.h"
#include "common/wire/revision.h"
#include "services/charging/commands.h"
#include "services/intake/say.h"
#include "tests/world/charging_counter.h"
#include "tests/world/item_desk.h"

static const struct actor OTHER_MANAGER = {"m2", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0};

/* ---- items */

static struct outcome publish(struct world *hall, const struct actor *manager, int64_t shown)
{
    Onedoor__Intake__ItemMaterial material = ONEDOOR__INTAKE__ITEM_MATERIAL__INIT;
    struct item_form form;
    material.seq = material.copies = 1;
    material.name_zh = material.name_en = "new";
    material.form = "original";
    material.required = true;
    item_ask_for(item_as_it_is(hall, "FPC-02", &form), &material, 1);
    form.message.shown_revision = shown;
    return world_command(hall, manager, &form.message.base, NULL);
}

/* RULE L32.4: a list that nobody showed makes no binding notice. */
static void a_new_version_is_not_decided_on_by_the_list_of_the_old_one(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99)->submit.shown_revision = 1;
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    assert_done(publish(hall, &MANAGER, 1));
    size_t before = world_count(hall, "intake", &intake_case_table);
    assert_refused(CHANGED_MEANWHILE, submit(hall, &FPC_CLERK, &application, &reply));
    assert_int_equal(before, world_count(hall, "intake", &intake_case_table));
    application.submit.shown_revision = 2;
    application.submit.n_materials = 1;
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
}

static void of_two_managers_versions_the_second_is_not_published_unseen(void **state)
{
    struct world *hall = *state;
    assert_done(publish(hall, &MANAGER, 1));
    assert_refused(CHANGED_MEANWHILE, publish(hall, &OTHER_MANAGER, 1));
    assert_int_equal(1, world_said(hall, "intake.ItemPublished", 0));
    assert_done(publish(hall, &OTHER_MANAGER, 2));
    assert_done(publish(hall, &OTHER_MANAGER, 0)); /* a program that does not say */
}

/* ---- windows, the calendar */

static struct outcome set_window(struct world *hall, const char *name, int64_t shown)
{
    Onedoor__Intake__SetWindow message = ONEDOOR__INTAKE__SET_WINDOW__INIT;
    message.window = 40;
    message.department = "FPC";
    message.name_zh = message.name_en = (char *)name;
    message.open = true;
    message.shown_revision = shown;
    return world_command(hall, &MANAGER, &message.base, NULL);
}

static int64_t window_revision(struct world *hall)
{
    struct arena *arena = arena_new(1 << 16);
    const struct window_row *row = world_row(hall, "intake", &intake_window_table,
                                             &(struct window_row){.centre = 1, .number = 40});
    int64_t revision = row == NULL ? REVISION_NONE : intake_window_message(row, arena)->revision;
    arena_free(&arena);
    return revision;
}

static void a_window_is_changed_as_it_was_shown(void **state)
{
    struct world *hall = *state;
    assert_done(set_window(hall, "first", window_revision(hall)));
    assert_refused(CHANGED_MEANWHILE, set_window(hall, "second", REVISION_NONE));
    int64_t shown = window_revision(hall);
    assert_done(set_window(hall, "second", shown));
    assert_refused(CHANGED_MEANWHILE, set_window(hall, "third", shown));
}

/* The published days of 2026, its first with this name, as they were shown. */
static struct outcome publish_year(struct world *hall, const char *name, int64_t shown,
                                   int64_t *revision)
{
    Onedoor__CalendarDay *list[CALENDAR_DAYS_MAX];
    Onedoor__Intake__PublishCalendar message = ONEDOOR__INTAKE__PUBLISH_CALENDAR__INIT;
    struct arena *arena = arena_new(1 << 20);
    message.year = 2026;
    message.days = list;
    message.shown_revision = shown;
    for (size_t i = 0; i < world_count(hall, "intake", &calendar_table); i++) {
        const struct calendar_day_row *row = world_row_at(hall, "intake", &calendar_table, i);
        if (row->day >= day_from_ymd(2026, 1, 1).n && row->day < day_from_ymd(2027, 1, 1).n)
            list[message.n_days++] = intake_day_message(row, arena);
    }
    if (name != NULL)
        list[0]->name_en = (char *)name;
    *revision = year_days_revision(list, message.n_days, arena);
    struct outcome outcome = world_command(hall, &MANAGER, &message.base, NULL);
    arena_free(&arena);
    return outcome;
}

static void a_year_is_published_over_the_list_that_was_shown(void **state)
{
    struct world *hall = *state;
    int64_t first, second, third;
    assert_done(publish_year(hall, NULL, 0, &first));
    assert_done(publish_year(hall, "second", first, &second));
    assert_refused(CHANGED_MEANWHILE, publish_year(hall, "third", first, &third));
    assert_refused(CHANGED_MEANWHILE, publish_year(hall, "third", REVISION_NONE, &third));
    assert_done(publish_year(hall, "third", second, &third));
    assert_int_not_equal(second, third);
}

/* ---- a case */

static void a_case_is_dealt_with_as_it_was_shown(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02"),
            shown = intake_case_revision(stored(hall, number));
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    Onedoor__Intake__MaterialIn one = ONEDOOR__INTAKE__MATERIAL_IN__INIT, *list[] = {&one};
    Onedoor__Intake__Supplement supplement = ONEDOOR__INTAKE__SUPPLEMENT__INIT;
    Onedoor__Intake__Refuse refuse = ONEDOOR__INTAKE__REFUSE__INIT;
    Onedoor__Intake__Finish finishing = ONEDOOR__INTAKE__FINISH__INIT;
    Onedoor__Intake__Withdraw withdrawal = ONEDOOR__INTAKE__WITHDRAW__INIT;
    Onedoor__Intake__Terminate terminate = ONEDOOR__INTAKE__TERMINATE__INIT;
    Onedoor__Intake__Deliver delivery = ONEDOOR__INTAKE__DELIVER__INIT;
    one.seq = one.copies = 1;
    supplement.materials = list;
    supplement.n_materials = 1;
    refuse.ground = ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_ELIGIBLE;
    refuse.reason = terminate.reason = "不符";
    finishing.granted = true;
    delivery.how = ONEDOOR__INTAKE__DELIVERY__HANDED_OVER;
    delivery.collector = ONEDOOR__INTAKE__COLLECTOR__THE_APPLICANT;
    delivery.document = CITIZEN;
    check.case_number = supplement.case_number = refuse.case_number = finishing.case_number =
        withdrawal.case_number = terminate.case_number = delivery.case_number = number;
    finishing.shown_revision = shown;
    assert_done(world_command(hall, &FPC_CLERK, &finishing.base, NULL));
    check.shown_revision = supplement.shown_revision = refuse.shown_revision =
        withdrawal.shown_revision = terminate.shown_revision = delivery.shown_revision = shown;
    const ProtobufCMessage *late[] = {&check.base,     &supplement.base, &refuse.base,
                                      &finishing.base, &withdrawal.base, &delivery.base};
    for (size_t i = 0; i < sizeof late / sizeof late[0]; i++)
        assert_refused(CHANGED_MEANWHILE, world_command(hall, &FPC_CLERK, late[i], NULL));
    assert_refused(CHANGED_MEANWHILE, world_command(hall, &MANAGER, &terminate.base, NULL));
    delivery.shown_revision = intake_case_revision(stored(hall, number));
    assert_done(world_command(hall, &FPC_CLERK, &delivery.base, NULL));
}

/* ---- a bill */

static void a_bill_is_paid_as_it_was_shown(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_trees(hall), shown = charging_revision(order_of(hall, number));
    Onedoor__Charging__Pay pay = payment(number, ONEDOOR__CHARGING__METHOD__CARD, 59000);
    pay.shown_revision = shown;
    assert_done(waive(hall, number, 1));
    assert_refused(CHANGED_MEANWHILE, world_command(hall, &CASHIER, &pay.base, NULL));
    pay.shown_revision = charging_revision(order_of(hall, number));
    pay.shown_fen = charging_due(order_of(hall, number));
    assert_done(world_command(hall, &CASHIER, &pay.base, NULL));
}

/* When it is asked: a second person agrees to what he reads, whatever else was agreed to before. */
static void a_waiver_and_a_refund_are_asked_for_on_the_bill_as_it_was_shown(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_trees(hall), shown = charging_revision(order_of(hall, number));
    Onedoor__Charging__Waive first = waiver(number, 1), second = waiver(number, 2);
    first.shown_revision = second.shown_revision = shown;
    assert_done(world_command(hall, &CASHIER, &first.base, NULL));
    assert_done(world_command(hall, &CASHIER, &second.base, NULL));
    assert_done(agree_to(hall, "charging", &MANAGER, number, 1));
    assert_done(agree_to(hall, "charging", &MANAGER, number, 2));
    Onedoor__Charging__Waive third = waiver(number, 3);
    third.shown_revision = shown;
    assert_refused(CHANGED_MEANWHILE, world_command(hall, &CASHIER, &third.base, NULL));
    assert_null(approval_of(hall, "charging", number, 3));

    shown = charging_revision(order_of(hall, number));
    assert_done(pay(hall, number, charging_due(order_of(hall, number))));
    Onedoor__Charging__Refund refund = ONEDOOR__CHARGING__REFUND__INIT;
    refund.case_number = number;
    refund.line = 3;
    refund.amount_fen = 1;
    refund.reason = "多收";
    refund.shown_revision = shown;
    assert_refused(CHANGED_MEANWHILE, world_command(hall, &CASHIER, &refund.base, NULL));
    refund.shown_revision = charging_revision(order_of(hall, number));
    assert_done(world_command(hall, &CASHIER, &refund.base, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_new_version_is_not_decided_on_by_the_list_of_the_old_one),
        HALL_TEST(of_two_managers_versions_the_second_is_not_published_unseen),
        HALL_TEST(a_window_is_changed_as_it_was_shown),
        HALL_TEST(a_year_is_published_over_the_list_that_was_shown),
        HALL_TEST(a_case_is_dealt_with_as_it_was_shown),
        HALL_TEST(a_bill_is_paid_as_it_was_shown),
        HALL_TEST(a_waiver_and_a_refund_are_asked_for_on_the_bill_as_it_was_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
