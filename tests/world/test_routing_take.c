/* SPDX-License-Identifier: Apache-2.0 */
/* Who has a task: taking it, taking it over, deciding what a colleague has; and for which stage a
 * decision is meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

static const struct actor ANN = {"ann", ONEDOOR__ROLE__APPROVER, "SAN", 0};
static const struct actor BO = {"bo", ONEDOOR__ROLE__DEPARTMENT_LEAD, "SAN", 0};

static struct outcome take(struct world *hall, const struct actor *actor, int64_t number)
{
    Onedoor__Routing__TakeTask message = ONEDOOR__ROUTING__TAKE_TASK__INIT;
    message.case_number = number;
    return world_command(hall, actor, &message.base, NULL);
}

static struct outcome decide_stage(struct world *hall, const struct actor *actor, int64_t number,
                                   int32_t stage)
{
    Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
    message.case_number = number;
    message.agree = true;
    message.stage = stage;
    return world_command(hall, actor, &message.base, NULL);
}

static const struct watch_row *watch_of(struct world *hall, int64_t number, int16_t task)
{
    return world_row(hall, "supervision", &supervision_watch_table,
                     &(struct watch_row){.centre = 1,
                                         .case_number = number,
                                         .task = task,
                                         .term = task == 0 ? TERM_PROMISE : TERM_STEP});
}

/* ---- taking */

/* RULE H12: late by department and person. */
static void who_takes_a_task_has_it_by_name_here_and_at_supervision(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    const struct task_row *task = branch_of(hall, number, 1, "SAN");
    assert_null(task->assignee);
    assert_null(watch_of(hall, number, task->no)->assignee);

    assert_done(take(hall, &ANN, number));
    world_settle(hall);
    task = branch_of(hall, number, 1, "SAN");
    assert_string_equal("ann", task->assignee);
    assert_string_equal("ann", watch_of(hall, number, task->no)->assignee);
    assert_null(watch_of(hall, number, 0)->assignee); /* the promise is the department's */
    assert_null(branch_of(hall, number, 1, "TRA")->assignee);

    const Onedoor__Routing__TaskTaken *taken =
        heard(hall, &onedoor__routing__task_taken__descriptor, number, arena);
    assert_string_equal("ann", taken->task->assignee);
    assert_int_equal(task->no, taken->task->no);
    assert_string_equal("", taken->from);
    arena_free(&arena);
}

/* A person has left: nobody has his open tasks, and his department sees whose they were. */
static void the_tasks_of_who_has_left_are_released(void **state)
{
    static const struct actor administrator = {"admin", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};
    struct world *hall = *state;
    Onedoor__Routing__ReleaseTasks release = ONEDOOR__ROUTING__RELEASE_TASKS__INIT;
    Onedoor__Routing__ReleaseTasksReply *reply;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02"),
            other = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(take(hall, &ANN, number));
    assert_done(take(hall, &BO, other));
    world_settle(hall);
    release.assignee = "ann";
    assert_refused(NOT_ALLOWED, world_command(hall, &BO, &release.base, NULL));
    assert_done(world_command(hall, &administrator, &release.base, (ProtobufCMessage **)&reply));
    world_settle(hall);
    assert_int_equal(1, reply->tasks);
    const struct task_row *task = branch_of(hall, number, 1, "SAN");
    assert_null(task->assignee);
    assert_string_equal("ann", task->left_by);
    assert_null(watch_of(hall, number, task->no)->assignee);
    assert_string_equal("bo", branch_of(hall, other, 1, "SAN")->assignee);
    assert_done(world_command(hall, &administrator, &release.base, (ProtobufCMessage **)&reply));
    assert_int_equal(0, reply->tasks);

    assert_done(take(hall, &BO, number));
    assert_null(branch_of(hall, number, 1, "SAN")->left_by);
}

static void a_colleague_may_take_a_task_over_and_it_is_said_from_whom(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(take(hall, &ANN, number));
    assert_done(take(hall, &BO, number));
    world_settle(hall);
    const struct task_row *task = branch_of(hall, number, 1, "SAN");
    assert_string_equal("bo", task->assignee);
    assert_string_equal("bo", watch_of(hall, number, task->no)->assignee);
    const Onedoor__Routing__TaskTaken *taken =
        heard(hall, &onedoor__routing__task_taken__descriptor, number, arena);
    assert_string_equal("ann", taken->from);
    arena_free(&arena);
}

static void taking_what_one_has_changes_nothing_and_says_nothing(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(take(hall, &ANN, number));
    assert_done(take(hall, &ANN, number));
    assert_int_equal(1, world_said(hall, "routing.TaskTaken", number));
}

static void a_task_that_is_anothers_decided_or_over_is_not_taken(void **state)
{
    struct world *hall = *state;
    const struct actor con = approver_of("CON"), pln = approver_of("PLN"), city = approver_of(CITY);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-05"); /* SAN and PLN, then SAN */
    assert_refused(NO_SUCH_TASK, take(hall, &con, number));
    assert_refused(NO_SUCH_TASK, take(hall, &CITY_DESK, number));
    assert_refused(NOT_ALLOWED, take(hall, &city, number)); /* RULE H18: the city desk alone */
    assert_refused(UNKNOWN_CASE, take(hall, &ANN, number + 10));
    agree(hall, number, "PLN");
    assert_refused(ALREADY_DECIDED, take(hall, &pln, number));
    agree(hall, number, "SAN", "SAN");
    assert_refused(CASE_CLOSED, take(hall, &ANN, number));
    assert_int_equal(0, world_said(hall, "routing.TaskTaken", number));
}

/* RULE L26: the department decides; who of it did is on record. */
static void a_colleague_may_decide_what_another_has_taken(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(take(hall, &ANN, number));
    assert_done(decide_stage(hall, &BO, number, 0));
    const struct task_row *task = branch_of(hall, number, 1, "SAN");
    assert_string_equal("bo", task->decided_by);
    assert_string_equal("ann", task->assignee);
}

/* RULE H5 */
static void a_branch_sent_back_is_still_his_who_had_taken_it(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(take(hall, &ANN, number));
    assert_done(decide_stage(hall, &ANN, number, 0));
    assert_done(send_back(hall, "SAN", number, "SAN"));
    world_settle(hall);
    const struct task_row *task = branch_of(hall, number, 1, "SAN");
    assert_int_equal(TASK_OPEN, task->state);
    assert_string_equal("ann", task->assignee);
    assert_string_equal("ann", watch_of(hall, number, task->no)->assignee);
}

/* ---- the stage that is meant */

/* RULE H2: who decides a stage that is over by now would speak on the next one unawares. */
static void a_decision_meant_for_another_stage_is_refused(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-05"); /* SAN and PLN, then SAN */
    assert_refused(WRONG_STATE, decide_stage(hall, &ANN, number, 2));
    assert_done(decide_stage(hall, &ANN, number, 1));
    assert_refused(ALREADY_DECIDED, decide_stage(hall, &ANN, number, 1));
    agree(hall, number, "PLN");
    assert_int_equal(2, flow_of(hall, number)->stage);
    assert_refused(WRONG_STATE, decide_stage(hall, &ANN, number, 1));
    assert_refused(FIELD_INVALID, decide_stage(hall, &ANN, number, -1));
    assert_refused(FIELD_INVALID, decide_stage(hall, &ANN, number, 40000));
    assert_int_equal(TASK_OPEN, branch_of(hall, number, 2, "SAN")->state);
    assert_done(decide_stage(hall, &ANN, number, 2));
    assert_int_equal(FLOW_GRANTED, flow_of(hall, number)->state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(who_takes_a_task_has_it_by_name_here_and_at_supervision),
        ROUTING_TEST(a_colleague_may_take_a_task_over_and_it_is_said_from_whom),
        ROUTING_TEST(the_tasks_of_who_has_left_are_released),
        ROUTING_TEST(taking_what_one_has_changes_nothing_and_says_nothing),
        ROUTING_TEST(a_task_that_is_anothers_decided_or_over_is_not_taken),
        ROUTING_TEST(a_colleague_may_decide_what_another_has_taken),
        ROUTING_TEST(a_branch_sent_back_is_still_his_who_had_taken_it),
        ROUTING_TEST(a_decision_meant_for_another_stage_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
