/* SPDX-License-Identifier: Apache-2.0 */
/* The way through the departments: stages, branches, joint decisions, and who may do what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/routing_desk.h"

#define assert_flow(what, hall, number) assert_int_equal(FLOW_##what, flow_of(hall, number)->state)

/* ---- stages */

/* RULE H2 */
static void a_parallel_stage_opens_all_its_tasks_at_once(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_flow(RUNNING, hall, number);
    assert_int_equal(3, tasks_in(hall, number, 1, TASK_OPEN));
    assert_null(task_of(hall, number, 4));
    for (int no = 1; no <= 3; no++)
        assert_int_equal(world_now(hall), task_of(hall, number, no)->opened_ms);

    const Onedoor__Routing__StageOpened *opened =
        heard(hall, &onedoor__routing__stage_opened__descriptor, number, arena);
    assert_int_equal(1, opened->stage);
    assert_int_equal(3, opened->n_tasks);
    assert_string_equal("SAN-02", opened->item);
    assert_string_equal("SAN", opened->department); /* RULE H5 */
    arena_free(&arena);
}

/* RULE L26, H2 */
static void the_next_stage_opens_only_when_all_have_decided(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    agree(hall, number, "TRA", "SAN");
    assert_int_equal(1, flow_of(hall, number)->stage);
    assert_int_equal(1, world_said(hall, "routing.StageOpened", number));

    agree(hall, number, "CON");
    assert_int_equal(2, flow_of(hall, number)->stage);
    assert_int_equal(2, world_said(hall, "routing.StageOpened", number));
    assert_int_equal(1, tasks_in(hall, number, 2, TASK_OPEN));
    assert_flow(RUNNING, hall, number);

    agree(hall, number, "SAN");
    assert_flow(GRANTED, hall, number);
    assert_int_equal(world_now(hall), flow_of(hall, number)->clock.stopped_ms);
    assert_int_equal(1, world_said(hall, "routing.FlowGranted", number));
    assert_int_equal(1, world_said(hall, "intake.CaseGranted", number));
}

static void the_answer_to_a_decision_says_where_the_case_stands(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-05"); /* SAN and PLN, then SAN */
    static const struct {
        const char *department;
        int flow, stage, open;
        bool opened;
    } steps[] = {
        {"PLN", FLOW_RUNNING, 1, 1, false},
        {"SAN", FLOW_RUNNING, 2, 1, true},
        {"SAN", FLOW_GRANTED, 2, 0, false},
    };
    for (size_t i = 0; i < 3; i++) {
        const struct actor actor = approver_of(steps[i].department);
        Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
        Onedoor__Routing__DecideReply *reply;
        message.case_number = number;
        message.agree = true;
        assert_done(world_command(hall, &actor, &message.base, (ProtobufCMessage **)&reply));
        assert_int_equal(steps[i].flow, reply->flow);
        assert_int_equal(steps[i].stage, reply->stage);
        assert_int_equal(steps[i].open, reply->open_tasks);
        assert_int_equal(steps[i].opened, reply->stage_opened);
    }
}

/* RULE H4: what the window finishes alone is sent to nobody. */
static void an_immediate_case_never_comes_to_routing(void **state)
{
    struct world *hall = *state;
    take_in(hall, &FPC_CLERK, "FPC-01");
    assert_int_equal(0, world_count(hall, "routing", &routing_flow_table));
    assert_int_equal(0, world_count(hall, "routing", &routing_task_table));
}

/* RULE H7 */
static void what_one_department_can_decide_is_sent_to_no_other(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    agree(hall, number, "TRA", "TRA");
    assert_flow(GRANTED, hall, number);
    assert_int_equal(2, world_count(hall, "routing", &routing_task_table));
    for (int no = 1; no <= 2; no++)
        assert_string_equal("TRA", task_of(hall, number, no)->department);
}

/* RULE H9: first in every queue. */
static void tasks_of_a_fast_lane_case_stand_in_the_fast_lane(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "SAN-02", 99)->submit.fast_lane = true;
    assert_done(submit(hall, &SAN_CLERK, &application, &reply));
    world_settle(hall);
    for (int no = 1; no <= 3; no++)
        assert_int_equal(0, task_of(hall, reply->case_number, no)->lane);
    assert_int_equal(
        3 * 420,
        flow_of(hall, reply->case_number)->clock.budget_min); /* half of five days, rounded up */
    assert_int_equal(1, task_of(hall, take_in(hall, &SAN_CLERK, "SAN-02"), 1)->lane);
}

/* ---- denied */

/* RULE L26, L38: the applicant hears of all reasons at once. */
static void one_department_of_three_denies_after_all_have_spoken(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(decide(hall, "TRA", number, false, "占道影响公交站"));
    world_settle(hall);
    assert_flow(RUNNING, hall, number);
    assert_int_equal(2, tasks_in(hall, number, 1, TASK_OPEN));
    assert_int_equal(0, world_said(hall, "routing.FlowDenied", number));

    agree(hall, number, "SAN", "CON");
    assert_flow(DENIED, hall, number);
    const Onedoor__Routing__FlowDenied *denied =
        heard(hall, &onedoor__routing__flow_denied__descriptor, number, arena);
    assert_string_equal("TRA: 占道影响公交站", denied->reason);
    assert_int_equal(1, world_said(hall, "intake.CaseDenied", number));
    assert_int_equal(1, world_said(hall, "routing.StageOpened", number));
    assert_int_equal(0, world_said(hall, "routing.FlowGranted", number));
    arena_free(&arena);
}

/* RULE L38 */
static void a_denial_joins_the_reasons_of_all_who_disagreed(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(decide(hall, "TRA", number, false, "影响公交站"));
    assert_done(decide(hall, "SAN", number, true, ""));
    assert_done(decide(hall, "CON", number, false, "管线施工"));
    const Onedoor__Routing__FlowDenied *denied =
        heard(hall, &onedoor__routing__flow_denied__descriptor, number, arena);
    assert_string_equal("CON: 管线施工; TRA: 影响公交站", denied->reason);
    arena_free(&arena);
}

/* RULE L38 */
static void who_disagrees_says_why(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_refused(OPINION_REQUIRED, decide(hall, "TRA", number, false, ""));
    assert_int_equal(TASK_OPEN, branch_of(hall, number, 1, "TRA")->state);
    assert_done(decide(hall, "TRA", number, false, "影响公交站"));
    assert_int_equal(TASK_DISAGREED, branch_of(hall, number, 1, "TRA")->state);
    assert_string_equal("影响公交站", branch_of(hall, number, 1, "TRA")->opinion);
}

/* ---- sent back */

/* RULE H5 */
static void a_branch_sent_back_opens_again_and_its_siblings_keep_their_decisions(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(decide(hall, "TRA", number, true, "同意"));
    assert_done(decide(hall, "CON", number, false, "管线施工"));
    assert_done(send_back(hall, "SAN", number, "CON"));
    world_settle(hall);

    assert_int_equal(TASK_OPEN, branch_of(hall, number, 1, "CON")->state);
    assert_int_equal(0, branch_of(hall, number, 1, "CON")->clock.stopped_ms);
    assert_int_equal(TASK_AGREED, branch_of(hall, number, 1, "TRA")->state);
    assert_string_equal("同意", branch_of(hall, number, 1, "TRA")->opinion);
    assert_int_equal(1, world_said(hall, "routing.TaskReturned", number));

    agree(hall, number, "SAN", "CON", "SAN");
    assert_flow(GRANTED, hall, number);
}

/* RULE H5: its clock continues from where it was; the time between its decision and its return is
 * not charged to its department. */
static void a_branch_sent_back_goes_on_where_it_stood(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02"); /* a Thursday */
    world_clock(hall, at(1, 14, 11, 0));
    assert_done(decide(hall, "CON", number, true, ""));
    world_clock(hall, at(1, 14, 15, 0));
    assert_done(send_back(hall, "SAN", number, "CON"));

    const struct task_row *task = branch_of(hall, number, 1, "CON");
    assert_int_equal(120, task->clock.used_min);
    assert_int_equal(180, task->clock.paused_min);
    /* Two days' time, less two hours used, from Friday three o'clock: it runs out at noon. */
    assert_int_equal(at(1, 18, 17, 0), task->due_ms);
}

static void only_a_decided_branch_of_the_open_stage_is_sent_back(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_refused(WRONG_STATE, send_back(hall, "SAN", number, "CON"));
    assert_refused(NO_SUCH_TASK, send_back(hall, "SAN", number, "LND"));
    assert_refused(NOT_LEAD, send_back(hall, "TRA", number, "CON")); /* RULE H5 */
    agree(hall, number, "SAN", "TRA", "CON");
    assert_refused(NO_SUCH_TASK, send_back(hall, "SAN", number, "CON"));
}

/* ---- who may decide what */

static void a_department_without_a_task_decides_nothing(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_refused(NO_SUCH_TASK, decide(hall, "LND", number, true, ""));
    assert_refused(NOT_ALLOWED, decide_with(hall, &SAN_CLERK, number, 0,
                                            NULL)); /* a window clerk approves nothing */
    assert_int_equal(3, tasks_in(hall, number, 1, TASK_OPEN));
    assert_int_equal(0, world_said(hall, "routing.TaskDecided", number));
}

static void a_department_decides_once(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(decide(hall, "TRA", number, true, ""));
    assert_refused(ALREADY_DECIDED, decide(hall, "TRA", number, false, "反悔"));
    assert_int_equal(TASK_AGREED, branch_of(hall, number, 1, "TRA")->state);
    assert_int_equal(1, world_said(hall, "routing.TaskDecided", number));
}

static void a_repeated_decision_with_the_same_key_is_done_once(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    const struct actor actor = approver_of("SAN");
    const unsigned char id[16] = "one and the same";
    Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
    message.case_number = number;
    message.agree = true;
    agree(hall, number, "TRA", "CON");
    assert_done(
        world_command_id(hall, id, &actor, &message.base, NULL)); /* SAN has the next stage too */
    assert_done(world_command_id(hall, id, &actor, &message.base, NULL));
    assert_int_equal(3, world_said(hall, "routing.TaskDecided", number));
    assert_int_equal(1, tasks_in(hall, number, 2, TASK_OPEN));
}

/* RULE H18 */
static void the_city_desk_decides_the_citys_step_and_nobody_else(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &PLN_CLERK, "PLN-02");
    assert_refused(NO_SUCH_TASK,
                   decide_with(hall, &CITY_DESK, number, 0, NULL)); /* not yet its turn */
    agree(hall, number, "PLN", "LND", "PLN");
    assert_int_equal(CITY_DECISION, branch_of(hall, number, 3, CITY)->action);

    const struct actor pretender = approver_of(CITY);
    const struct actor stray = {"city", ONEDOOR__ROLE__CITY_DESK, "PLN", 0};
    assert_refused(NOT_ALLOWED, decide_with(hall, &pretender, number, 0, NULL));
    assert_refused(NOT_ALLOWED, decide_with(hall, &stray, number, 0, NULL));
    assert_refused(NO_SUCH_TASK, decide(hall, "PLN", number, true, ""));
    assert_done(decide_with(hall, &CITY_DESK, number, 0, NULL));
    assert_flow(GRANTED, hall, number);
}

/* ---- over */

static void a_case_nobody_knows_is_not_decided(void **state)
{
    struct world *hall = *state;
    assert_refused(UNKNOWN_CASE, decide(hall, "SAN", 2201130000017, true, ""));
    assert_refused(UNKNOWN_CASE, pause_case(hall, "SAN", 2201130000017, HEARING));
    assert_refused(FIELD_MISSING, decide(hall, "SAN", 0, true, ""));
}

static void a_withdrawn_case_is_taken_off_every_desk(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(decide(hall, "TRA", number, true, ""));
    assert_done(withdraw(hall, &SAN_CLERK, number));
    world_settle(hall);
    assert_flow(CANCELLED, hall, number);
    assert_int_equal(2, tasks_in(hall, number, 1, TASK_CANCELLED));
    assert_int_equal(1, tasks_in(hall, number, 1, TASK_AGREED)); /* what was decided stays */
    assert_int_equal(1, world_said(hall, "routing.FlowCancelled", number));
    assert_refused(CASE_CLOSED, decide(hall, "SAN", number, true, ""));
    assert_refused(CASE_CLOSED, send_back(hall, "SAN", number, "TRA"));
}

static void a_decided_case_changes_no_more(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    agree(hall, number, "TRA", "TRA");
    assert_flow(GRANTED, hall, number);
    assert_refused(CASE_CLOSED, decide(hall, "TRA", number, true, ""));
    assert_refused(CASE_CLOSED, pause_case(hall, "TRA", number, HEARING));
    assert_refused(CASE_CLOSED, resume_case(hall, "TRA", number, HEARING));
    assert_refused(CASE_CLOSED, extend(hall, "TRA", number, 5));
}

/* The decision and the withdrawal cross: each was right where it was made, and what routing decided
 * first holds. */
static void a_withdrawal_that_crosses_the_decision_is_passed_over(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_done(decide(hall, "TRA", number, true, ""));
    assert_done(decide(hall, "TRA", number, true, ""));
    assert_done(withdraw(hall, &TRA_CLERK, number)); /* intake has not heard yet */
    world_settle(hall);
    assert_flow(GRANTED, hall, number);
    assert_int_equal(0, world_said(hall, "routing.FlowCancelled", number));
    assert_int_equal(0, world_parked(hall, "intake"));
    assert_state(WITHDRAWN, stored(hall, number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_parallel_stage_opens_all_its_tasks_at_once),
        ROUTING_TEST(the_next_stage_opens_only_when_all_have_decided),
        ROUTING_TEST(the_answer_to_a_decision_says_where_the_case_stands),
        ROUTING_TEST(an_immediate_case_never_comes_to_routing),
        ROUTING_TEST(what_one_department_can_decide_is_sent_to_no_other),
        ROUTING_TEST(tasks_of_a_fast_lane_case_stand_in_the_fast_lane),
        ROUTING_TEST(one_department_of_three_denies_after_all_have_spoken),
        ROUTING_TEST(a_denial_joins_the_reasons_of_all_who_disagreed),
        ROUTING_TEST(who_disagrees_says_why),
        ROUTING_TEST(a_branch_sent_back_opens_again_and_its_siblings_keep_their_decisions),
        ROUTING_TEST(a_branch_sent_back_goes_on_where_it_stood),
        ROUTING_TEST(only_a_decided_branch_of_the_open_stage_is_sent_back),
        ROUTING_TEST(a_department_without_a_task_decides_nothing),
        ROUTING_TEST(a_department_decides_once),
        ROUTING_TEST(a_repeated_decision_with_the_same_key_is_done_once),
        ROUTING_TEST(the_city_desk_decides_the_citys_step_and_nobody_else),
        ROUTING_TEST(a_case_nobody_knows_is_not_decided),
        ROUTING_TEST(a_withdrawn_case_is_taken_off_every_desk),
        ROUTING_TEST(a_decided_case_changes_no_more),
        ROUTING_TEST(a_withdrawal_that_crosses_the_decision_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
