/* SPDX-License-Identifier: Apache-2.0 */
/* routing_desk.h: takes a case through the departments, for the tests of routing. Include after
 * cmocka.h. */
#ifndef TESTS_ROUTING_DESK_H
#define TESTS_ROUTING_DESK_H

#include "common/rows/calendar_table.h"
#include "services/routing/work.h"
#include "tests/world/approvals.h"
#include "tests/world/intake_desk.h"

static const struct actor PLN_CLERK = {"p2", ONEDOOR__ROLE__WINDOW_CLERK, "PLN", 2};
static const struct actor HEAD = {"head", ONEDOOR__ROLE__GOVERNMENT_HEAD, "", 0};
static const struct actor CITY_DESK = {"city", ONEDOOR__ROLE__CITY_DESK, CITY, 0};

static inline struct actor approver_of(const char *department)
{
    return (struct actor){"approver", ONEDOOR__ROLE__APPROVER, department, 0};
}

/* ---- what routing keeps */

static inline const struct flow_row *flow_of(struct world *hall, int64_t number)
{
    const struct flow_row *flow = world_row(hall, "routing", &routing_flow_table,
                                            &(struct flow_row){.centre = 1, .case_number = number});
    assert_non_null(flow);
    return flow;
}

static inline const struct task_row *task_of(struct world *hall, int64_t number, int no)
{
    return world_row(hall, "routing", &routing_task_table,
                     &(struct task_row){.centre = 1, .case_number = number, .no = (int16_t)no});
}

static inline const struct pause_row *pause_of(struct world *hall, int64_t number, int no)
{
    return world_row(hall, "routing", &routing_pause_table,
                     &(struct pause_row){.centre = 1, .case_number = number, .no = (int16_t)no});
}

/* The task of a department in a stage. */
static inline const struct task_row *branch_of(struct world *hall, int64_t number, int stage,
                                               const char *department)
{
    const struct task_row *task;
    for (int no = 1; (task = task_of(hall, number, no)) != NULL; no++)
        if (task->stage == stage && strcmp(task->department, department) == 0)
            return task;
    fail_msg("no task of %s in stage %d", department, stage);
    return NULL;
}

static inline int tasks_in(struct world *hall, int64_t number, int stage, enum task_state state)
{
    int n = 0;
    const struct task_row *task;
    for (int no = 1; (task = task_of(hall, number, no)) != NULL; no++)
        n += task->stage == stage && task->state == (int16_t)state;
    return n;
}

/* ---- what departments do */

enum { SURVEYORS = 8 };

/* With the staff of a site survey, all of the actor's department. */
static inline struct outcome decide_with(struct world *hall, const struct actor *actor,
                                         int64_t number, size_t n_staff, char **staff)
{
    char *departments[SURVEYORS];
    Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
    for (size_t i = 0; i < n_staff; i++)
        departments[i] = (char *)actor->department;
    message.n_staff_departments = n_staff;
    message.staff_departments = departments;
    message.case_number = number;
    message.agree = true;
    message.n_staff = n_staff;
    message.staff = staff;
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome send_back(struct world *hall, const char *lead, int64_t number,
                                       const char *department)
{
    const struct actor actor = approver_of(lead);
    Onedoor__Routing__ReturnBranch message = ONEDOOR__ROUTING__RETURN_BRANCH__INIT;
    message.case_number = number;
    message.department = (char *)department;
    message.reason = "意见不完整";
    return world_command(hall, &actor, &message.base, NULL);
}

static inline struct outcome pause_case(struct world *hall, const char *lead, int64_t number,
                                        enum pause_kind kind)
{
    const struct actor actor = approver_of(lead);
    Onedoor__Routing__Pause message = ONEDOOR__ROUTING__PAUSE__INIT;
    message.case_number = number;
    message.kind = (Onedoor__Routing__PauseKind)kind;
    message.notice = "T-2022-7";
    message.planned_days = 10;
    return world_command(hall, &actor, &message.base, NULL);
}

static inline struct outcome resume_case(struct world *hall, const char *lead, int64_t number,
                                         enum pause_kind kind)
{
    const struct actor actor = approver_of(lead);
    Onedoor__Routing__Resume message = ONEDOOR__ROUTING__RESUME__INIT;
    message.case_number = number;
    message.kind = (Onedoor__Routing__PauseKind)kind;
    return world_command(hall, &actor, &message.base, NULL);
}

static inline struct actor head_of(const char *department)
{
    return (struct actor){"h1", ONEDOOR__ROLE__DEPARTMENT_LEAD, department, 0};
}

/* An approver asks, and the head who may agrees. */
static inline struct outcome extend(struct world *hall, const char *lead, int64_t number,
                                    int32_t days)
{
    const struct actor actor = approver_of(lead);
    Onedoor__Routing__Extend message = ONEDOOR__ROUTING__EXTEND__INIT;
    message.case_number = number;
    message.days = days;
    message.reason = "情况复杂";
    const struct actor head = days > 10 ? HEAD : head_of(lead);
    return ask_and_agree(hall, &actor, &message.base, "routing", &head);
}

/* Everyone named agrees, in order. */
static inline void all_agree(struct world *hall, int64_t number, const char *const *departments)
{
    for (; *departments != NULL; departments++)
        assert_done(decide(hall, *departments, number, true, ""));
    world_settle(hall);
}
#define agree(hall, number, ...) all_agree(hall, number, (const char *const[]){__VA_ARGS__, NULL})

/* ---- the ledger */

static inline struct calendar calendar_of(struct world *hall, struct arena *arena)
{
    size_t n = world_count(hall, "routing", &calendar_table);
    struct calendar_exception *days = ARENA_ARRAY(arena, struct calendar_exception, n);
    struct hall_hours hours = {
        .utc_offset_min = 8 * 60, .n_spans = 2, .spans = {{9 * 60, 12 * 60}, {13 * 60, 17 * 60}}};
    struct calendar cal;
    for (size_t i = 0; i < n; i++) {
        const struct calendar_day_row *row = world_row_at(hall, "routing", &calendar_table, i);
        days[i] = calendar_table_exception(row);
    }
    assert_int_equal(STATUS_OK, calendar_init(&cal, &hours, days, n, arena));
    return cal;
}

static inline void assert_adds_up(const struct clock *clock, const struct calendar *cal,
                                  int64_t now_ms)
{
    int64_t end_ms = clock->stopped_ms != 0 ? clock->stopped_ms : now_ms;
    int64_t worked =
        end_ms > clock->started_ms ? calendar_worked(cal, clock->started_ms, end_ms) : 0;
    assert_int_equal(worked, clock_used(clock, cal, now_ms) + clock_paused(clock, cal, now_ms));
}

/* Invariant: used + paused + non-working = elapsed, for every clock there is. */
static inline void assert_every_clock_adds_up(struct world *hall)
{
    struct arena *arena = arena_new(1 << 20);
    struct calendar cal = calendar_of(hall, arena);
    for (size_t i = 0; i < world_count(hall, "routing", &routing_flow_table); i++)
        assert_adds_up(
            &((struct flow_row *)world_row_at(hall, "routing", &routing_flow_table, i))->clock,
            &cal, world_now(hall));
    for (size_t i = 0; i < world_count(hall, "routing", &routing_task_table); i++)
        assert_adds_up(
            &((struct task_row *)world_row_at(hall, "routing", &routing_task_table, i))->clock,
            &cal, world_now(hall));
    arena_free(&arena);
}

/* Every test of routing ends with this: nothing is parked, and every clock adds up. */
static inline int shut_and_audit(void **state)
{
    struct world *hall = *state;
    world_settle(hall);
    assert_int_equal(0, world_parked(hall, "routing"));
    assert_every_clock_adds_up(hall);
    return shut_hall(state);
}

#define ROUTING_TEST(test) cmocka_unit_test_setup_teardown(test, open_hall, shut_and_audit)

#endif
