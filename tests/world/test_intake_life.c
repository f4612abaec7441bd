/* SPDX-License-Identifier: Apache-2.0 */
/* A case after acceptance: finished, approved, withdrawn, paid, delivered; and what does not
 * change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/intake_desk.h"
#include "tests/world/item_desk.h"

/* ---- at the window */

/* RULE H4, L44 */
static void an_immediate_case_without_a_fee_is_closed_and_delivered_in_one_visit(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_refused(WRONG_STATE,
                   deliver(hall, &FPC_CLERK, number)); /* only what is closed is delivered */
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    assert_state(CLOSED, stored(hall, number));
    assert_true(stored(hall, number)->granted);
    assert_int_equal(1, world_said(hall, "intake.CaseGranted", number));
    assert_int_equal(1, world_said(hall, "intake.CaseClosed", number));
    world_settle(hall);
    assert_int_equal(0, world_said(hall, "charging.OrderRaised", number)); /* RULE L58 */

    assert_done(deliver(hall, &FPC_CLERK, number));
    assert_state(DELIVERED, stored(hall, number));
    assert_string_equal("S-1", stored(hall, number)->delivery_receipt);
    assert_int_equal(1, world_said(hall, "intake.CaseDelivered", number));
}

/* RULE H3, H4 */
static void an_immediate_case_with_a_fee_is_closed_when_it_is_paid(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-01");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    assert_state(PAYMENT_DUE, stored(hall, number));
    assert_int_equal(0, world_said(hall, "intake.CaseClosed", number));
    world_settle(hall);
    assert_refused(WRONG_STATE, deliver(hall, &FPC_CLERK, number));
    assert_done(pay(hall, number, 500));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(1, world_said(hall, "intake.CaseClosed", number));
    assert_done(deliver(hall, &FPC_CLERK, number));
}

/* RULE L38: with its reason, in writing, and it reaches the applicant. */
static void a_denial_needs_its_reason_and_closes_the_case(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-01");
    assert_refused(REASON_REQUIRED, finish(hall, &FPC_CLERK, number, false, ""));
    assert_done(finish(hall, &FPC_CLERK, number, false, "不符合条件"));
    assert_state(CLOSED, stored(hall, number)); /* a denial costs nothing */
    assert_false(stored(hall, number)->granted);
    assert_int_equal(world_now(hall), stored(hall, number)->decided_ms);
    assert_string_equal("不符合条件", ending(hall, number)->reason);
    const Onedoor__Intake__CaseClosed *closed =
        heard(hall, &onedoor__intake__case_closed__descriptor, number, arena);
    assert_false(closed->granted);
    assert_int_equal(1, world_said(hall, "intake.CaseDenied", number));
    assert_done(deliver(hall, &FPC_CLERK, number));
    arena_free(&arena);
}

/* RULE H4: only what a window may finish alone. */
static void a_promised_case_is_not_finished_at_the_window(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_refused(NOT_IMMEDIATE, finish(hall, &TRA_CLERK, number, true, ""));
    assert_state(IN_APPROVAL, stored(hall, number));
}

static void another_departments_case_is_left_alone(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_refused(OTHER_DEPARTMENT, check_case(hall, &SAN_CLERK, number, NULL));
    assert_refused(OTHER_DEPARTMENT, finish(hall, &SAN_CLERK, number, true, ""));
    assert_refused(OTHER_DEPARTMENT, finish(hall, &DESK, number, true, ""));
    assert_refused(OTHER_DEPARTMENT, refuse_case(hall, &SAN_CLERK, number, 3, "不符", ""));
    assert_refused(OTHER_DEPARTMENT, withdraw(hall, &SAN_CLERK, number));
    assert_refused(OTHER_DEPARTMENT, deliver(hall, &SAN_CLERK, number));
    assert_refused(NOT_ALLOWED, terminate(hall, &FPC_CLERK, number));
    assert_state(ACCEPTED, stored(hall, number));
}

/* ---- through the departments */

/* RULE H2, L45: suspended while the survey is open; RULE H8: the facts go on to charging. */
static void a_parallel_case_is_suspended_by_its_survey_granted_and_billed(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    struct arena *arena = arena_new(1 << 20);
    declare(apply_with(hall, &application, "CON-02", 99), "FEE-CON-02B", 2, 0);
    assert_done(submit(hall, &CON_CLERK, &application, &reply));
    int64_t number = reply->case_number;
    world_settle(hall);
    assert_state(SUSPENDED, stored(hall, number));
    assert_done(decide(hall, "PLN", number, true, ""));
    world_settle(hall);
    assert_state(SUSPENDED, stored(hall, number));
    assert_done(decide(hall, "CON", number, true, ""));
    world_settle(hall);
    assert_state(IN_APPROVAL, stored(hall, number));
    assert_done(decide(hall, "SAN", number, true, ""));
    world_settle(hall);
    world_clock(hall, at(1, 14, 10, 0));
    assert_done(decide(hall, "CON", number, true, ""));
    world_clock(hall, at(1, 14, 11, 0));
    world_settle(hall);
    assert_state(PAYMENT_DUE, stored(hall, number));
    assert_int_equal(
        at(1, 14, 10, 0),
        stored(hall, number)->decided_ms); /* when it was decided, not when it was heard */
    const Onedoor__Intake__CaseGranted *granted =
        heard(hall, &onedoor__intake__case_granted__descriptor, number, arena);
    assert_int_equal(2, granted->n_facts);
    assert_string_equal("FEE-CON-02B", granted->facts[1]->fee);
    assert_int_equal(2, granted->facts[1]->units);

    const Onedoor__Charging__OrderRaised *order =
        heard(hall, &onedoor__charging__order_raised__descriptor, number, arena);
    assert_done(pay(hall, number, order->total_fen));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_int_equal(0, world_parked(hall, "intake"));
    arena_free(&arena);
}

/* RULE L38 */
static void a_case_denied_by_a_department_is_closed_with_its_reason(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_done(decide(hall, "TRA", number, false, "车辆技术等级不合格"));
    world_settle(hall);
    assert_state(CLOSED, stored(hall, number));
    assert_false(stored(hall, number)->granted);
    assert_non_null(strstr(ending(hall, number)->reason, "车辆技术等级不合格"));
    assert_int_equal(0, world_said(hall, "charging.OrderRaised", number));
}

/* ---- called off */

/* The departments had granted it already, but had not been heard: the withdrawal holds. */
static void what_routing_decides_of_a_withdrawn_case_is_passed_over(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_done(decide(hall, "TRA", number, true, ""));
    world_settle(hall);
    assert_done(decide(hall, "TRA", number, true, ""));
    assert_int_equal(1, world_said(hall, "routing.FlowGranted", number));
    assert_done(withdraw(hall, &TRA_CLERK, number));
    world_settle(hall);
    assert_state(WITHDRAWN, stored(hall, number));
    assert_string_equal("不再需要", ending(hall, number)->reason);
    assert_int_equal(0, world_said(hall, "intake.CaseGranted", number));
    assert_int_equal(0, world_parked(hall, "intake"));
    assert_int_equal(0, world_parked(hall, "routing"));
}

static void a_case_is_called_off_until_the_decision_and_not_after(void **state)
{
    struct world *hall = *state;
    int64_t waiting = take_in(hall, &CON_CLERK, "CON-02"),
            decided = take_in(hall, &FPC_CLERK, "FPC-01");
    assert_state(SUSPENDED, stored(hall, waiting));
    assert_done(terminate(hall, &MANAGER, waiting));
    world_settle(hall);
    assert_state(TERMINATED, stored(hall, waiting));
    assert_int_equal(1, world_said(hall, "routing.FlowCancelled", waiting));
    assert_refused(WRONG_STATE, withdraw(hall, &CON_CLERK, waiting));

    assert_done(finish(hall, &FPC_CLERK, decided, true, ""));
    assert_refused(WRONG_STATE, withdraw(hall, &FPC_CLERK, decided));
    assert_state(PAYMENT_DUE, stored(hall, decided));
}

/* A closed case never changes but by delivery. */
static void a_closed_case_never_changes(void **state)
{
    struct world *hall = *state;
    struct application more;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    hand_in(apply(&more, "FPC-02", 1), 1, 1);
    for (int delivered = 0; delivered < 2; delivered++) {
        const struct case_row before = *stored(hall, number);
        assert_refused(CASE_CLOSED, check_case(hall, &FPC_CLERK, number, NULL));
        assert_refused(CASE_CLOSED, supplement(hall, &FPC_CLERK, number, &more, NULL));
        assert_refused(CASE_CLOSED, refuse_case(hall, &FPC_CLERK, number, 3, "不符", ""));
        assert_refused(CASE_CLOSED, finish(hall, &FPC_CLERK, number, false, "反悔"));
        assert_refused(CASE_CLOSED, withdraw(hall, &FPC_CLERK, number));
        assert_refused(CASE_CLOSED, terminate(hall, &MANAGER, number));
        const struct case_row after = *stored(hall, number);
        assert_memory_equal(&before, &after, sizeof after);
        if (delivered == 0)
            assert_done(deliver(hall, &FPC_CLERK, number));
    }
    assert_refused(CASE_CLOSED, deliver(hall, &FPC_CLERK, number));
}

/* ---- versions */

static struct outcome publish(struct world *hall, const struct actor *actor, const char *item,
                              bool offered, Onedoor__Intake__PublishItemReply **reply)
{
    Onedoor__Intake__ItemMaterial list = ONEDOOR__INTAKE__ITEM_MATERIAL__INIT;
    struct item_form form;
    list.seq = 1;
    list.name_zh = "申请表";
    list.name_en = "Application form";
    list.form = "original";
    list.copies = 3;
    list.required = true;
    item_ask_for(item_as_it_is(hall, "TRA-01", &form), &list, 1);
    form.message.item = (char *)item;
    form.message.statutory_days = 20;
    form.message.promised_days = 2;
    form.message.offered = offered;
    form.message.conditions = (char *)"有停车场地\n车辆检验合格";
    return world_command(hall, actor, &form.message.base, (ProtobufCMessage **)reply);
}

/* RULE H11 */
static void a_case_keeps_the_version_it_began_under(void **state)
{
    struct world *hall = *state;
    struct application application, rest;
    Onedoor__Intake__SubmitReply *old, *new;
    Onedoor__Intake__PublishItemReply *published;
    Onedoor__Intake__CheckReply *checked;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 3), &old));
    assert_refused(NOT_ALLOWED, publish(hall, &TRA_CLERK, "TRA-01", true, NULL));
    assert_done(publish(hall, &MANAGER, "TRA-01", true, &published));
    assert_int_equal(2, published->version);
    assert_int_equal(1, world_said(hall, "intake.ItemPublished", 0));

    /* the old one still needs the fourth material of the old list, and has the old promise */
    hand_in(apply(&rest, "TRA-01", 1), 4, 1);
    assert_done(supplement(hall, &TRA_CLERK, old->case_number, &rest, &checked));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL, checked->state);
    assert_int_equal(at(1, 20, 17, 0), checked->due_ms);
    assert_int_equal(1, stored(hall, old->case_number)->item_version);

    /* the new one is begun under the new list */
    hand_in(apply(&application, "TRA-01", 1), 1, 1);
    assert_done(submit(hall, &TRA_CLERK, &application, &new));
    assert_int_equal(2, stored(hall, new->case_number)->item_version);
    assert_int_equal(1, new->n_missing);
    assert_int_equal(2, new->missing[0]->copies);
    hand_in(apply(&rest, "TRA-01", 1), 1, 2);
    assert_done(supplement(hall, &TRA_CLERK, new->case_number, &rest, &checked));
    assert_int_equal(at(1, 17, 17, 0), checked->due_ms);
}

/* RULE L30: of what is given, and of nothing else. What is published is no sample any more. */
static void an_item_says_on_which_conditions_it_is_granted(void **state)
{
    struct world *hall = *state;
    struct item_row key = {.centre = 1, .code = "TRA-01", .version = 1};
    const struct item_row *item = world_row(hall, "intake", &intake_item_table, &key);
    assert_null(item->conditions);
    assert_int_equal(ONEDOOR__INTAKE__SOURCE__SAMPLE, item->source);
    assert_done(publish(hall, &MANAGER, "TRA-01", true, NULL));
    key.version = 2;
    item = world_row(hall, "intake", &intake_item_table, &key);
    assert_string_equal("有停车场地\n车辆检验合格", item->conditions);
    assert_null(item->basis);
    assert_int_equal(0, item->source);
}

/* RULE H11 */
static void an_item_that_has_left_takes_no_new_cases(void **state)
{
    struct world *hall = *state;
    struct application application;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_refused(UNKNOWN_ITEM, publish(hall, &MANAGER, "TRA-99", false, NULL));
    assert_done(publish(hall, &MANAGER, "TRA-01", false, NULL));
    assert_refused(ITEM_NOT_OFFERED,
                   submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 99), NULL));
    assert_done(decide(hall, "TRA", number, true, "")); /* the one begun goes on */
    world_settle(hall);
    assert_done(publish(hall, &MANAGER, "TRA-01", true, NULL));
    assert_done(submit(hall, &TRA_CLERK, apply(&application, "TRA-01", 1), NULL));
}

/* ---- persons */

static struct outcome view(struct world *hall, const struct actor *actor, int64_t number,
                           const char *purpose, Onedoor__Intake__ViewApplicantReply **reply)
{
    Onedoor__Intake__ViewApplicant message = ONEDOOR__INTAKE__VIEW_APPLICANT__INIT;
    message.case_number = number;
    message.purpose = (char *)purpose;
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

/* RULE H21 */
static void every_look_at_an_applicant_is_on_record(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__ViewApplicantReply *reply;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_refused(FIELD_MISSING, view(hall, &FPC_CLERK, number, "", &reply));
    assert_refused(OTHER_DEPARTMENT, view(hall, &SAN_CLERK, number, "好奇", &reply));
    assert_refused(OTHER_DEPARTMENT, view(hall, &DESK, number, "好奇", &reply));
    assert_refused(NOT_ALLOWED, view(hall, &PUBLIC, number, "好奇", &reply));
    assert_int_equal(0, world_count(hall, "intake", &intake_look_table));

    assert_done(view(hall, &FPC_CLERK, number, "核对身份", &reply));
    assert_string_equal("张三", reply->applicant->name);
    assert_string_equal(CITIZEN, reply->applicant->document);
    assert_string_equal("", reply->applicant->agent_name);
    assert_done(view(hall, &FPC_CLERK, number, "送达", &reply));
    assert_int_equal(2, world_count(hall, "intake", &intake_look_table));
    const struct look_row *look =
        world_row(hall, "intake", &intake_look_table,
                  &(struct look_row){.centre = 1, .number = number, .no = 1});
    assert_string_equal("f6", look->actor);
    assert_string_equal("核对身份", look->purpose);
    assert_int_equal(world_now(hall), look->at_ms);
}

/* RULE H21: personal data stands in no event. */
static void nothing_that_is_said_names_the_applicant(void **state)
{
    static const char *const types[] = {"intake.CaseReceived", "intake.CaseAccepted",
                                        "intake.CaseGranted", "intake.CaseClosed"};
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct bytes payload = world_last(hall, types[i], number)->payload;
        assert_null(memmem(payload.data, payload.len, "张三", strlen("张三")));
        assert_null(memmem(payload.data, payload.len, CITIZEN, strlen(CITIZEN)));
        assert_null(memmem(payload.data, payload.len, "13900000000", strlen("13900000000")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(an_immediate_case_without_a_fee_is_closed_and_delivered_in_one_visit),
        HALL_TEST(an_immediate_case_with_a_fee_is_closed_when_it_is_paid),
        HALL_TEST(a_denial_needs_its_reason_and_closes_the_case),
        HALL_TEST(a_promised_case_is_not_finished_at_the_window),
        HALL_TEST(another_departments_case_is_left_alone),
        HALL_TEST(a_parallel_case_is_suspended_by_its_survey_granted_and_billed),
        HALL_TEST(a_case_denied_by_a_department_is_closed_with_its_reason),
        HALL_TEST(what_routing_decides_of_a_withdrawn_case_is_passed_over),
        HALL_TEST(a_case_is_called_off_until_the_decision_and_not_after),
        HALL_TEST(a_closed_case_never_changes),
        HALL_TEST(a_case_keeps_the_version_it_began_under),
        HALL_TEST(an_item_says_on_which_conditions_it_is_granted),
        HALL_TEST(an_item_that_has_left_takes_no_new_cases),
        HALL_TEST(every_look_at_an_applicant_is_on_record),
        HALL_TEST(nothing_that_is_said_names_the_applicant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
