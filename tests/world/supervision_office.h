/* SPDX-License-Identifier: Apache-2.0 */
/* supervision_office.h: supervision alone, fed the events of intake and routing about one case. In
 * January 2022 the 10th and the 17th are Mondays; the hall is open 9-12 and 13-17. Include after
 * cmocka.h.
 */
#ifndef TESTS_SUPERVISION_OFFICE_H
#define TESTS_SUPERVISION_OFFICE_H

#include "common/rows/clock_message.h"
#include "common/rows/corridor.h"
#include "common/values/case_number.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/supervision/moves.h"
#include "services/supervision/rows.h"
#include "services/supervision/supervision.h"
#include "tests/world/solo.h"

#define CASE case_number_make(22, 1, 10, 42)
enum { SECOND = 1000, TASKS_MAX = 4 };

static inline int open_office(void **state)
{
    static struct solo office;

    solo_open(&office, &supervision_service, reference_supervision);
    *state = &office;
    solo_clock(&office, at(1, 10, 9, 0));
    return 0;
}

static inline int shut_office(void **state)
{
    solo_close(*state);
    return 0;
}

/* ---- what is there */

static inline const struct calendar *calendar_of(const struct solo *office)
{
    return &((const struct supervision *)office->engine.memory)->calendar;
}

static inline const struct card_row *card(struct solo *office, int64_t number, int16_t task,
                                          enum lamp level)
{
    return memstore_row(office->mem, &supervision_card_table,
                        &(struct card_row){.centre = 1,
                                           .case_number = number,
                                           .task = task,
                                           .term = task == 0 ? TERM_PROMISE : TERM_STEP,
                                           .level = (int16_t)level});
}

static inline size_t cards(struct solo *office)
{
    return memstore_count(office->mem, &supervision_card_table);
}

static inline size_t watches(struct solo *office)
{
    return memstore_count(office->mem, &supervision_watch_table);
}

/* ---- what the others say */

static inline struct clock started(struct solo *office, int64_t at_ms, int32_t days)
{
    struct clock clock = {0};

    clock_start(&clock, calendar_of(office), at_ms, days);
    return clock;
}

static inline Onedoor__Clock *clock_said(struct solo *office, const struct clock *clock)
{
    Onedoor__Clock *message = ARENA_NEW(office->arena, Onedoor__Clock);

    onedoor__clock__init(message);
    clock_message_write(clock, calendar_of(office), message);
    return message;
}

static inline Onedoor__Routing__Task *task_said(struct solo *office, int32_t no,
                                                const char *department, const struct clock *clock)
{
    Onedoor__Routing__Task *task = ARENA_NEW(office->arena, Onedoor__Routing__Task);

    onedoor__routing__task__init(task);
    task->stage = 1;
    task->no = no;
    task->department = (char *)department;
    task->clock = clock_said(office, clock);
    return task;
}

/* The first stage of a case of SAN, with one task a department, all on like clocks. */
static inline void open_stage(struct solo *office, int64_t number, int64_t at_ms,
                              const struct clock *promise, const struct clock *branch, int n)
{
    static const char *const departments[TASKS_MAX] = {"SAN", "CON", "TRA", "ENV"};
    Onedoor__Routing__StageOpened stage = ONEDOOR__ROUTING__STAGE_OPENED__INIT;
    Onedoor__Routing__Task *tasks[TASKS_MAX];

    for (int i = 0; i < n; i++)
        tasks[i] = task_said(office, i + 1, departments[i], branch);
    stage.stage = 1;
    stage.n_tasks = (size_t)n;
    stage.tasks = tasks;
    stage.clock = clock_said(office, promise);
    stage.item = "SAN-02";
    stage.department = "SAN";
    solo_hear(office, "routing", number, at_ms, &stage.base);
}

/* Accepted on Monday at ten, to be decided within five working days: by Monday the 17th at five;
 * one task, for which there is time enough. */
static inline void open_five_days(struct solo *office, int64_t number)
{
    const struct clock promise = started(office, at(1, 10, 10, 0), 5),
                       branch = started(office, at(1, 10, 10, 0), 90);

    open_stage(office, number, at(1, 10, 10, 0), &promise, &branch, 1);
}

static inline void grant(struct solo *office, int64_t number, int64_t at_ms)
{
    Onedoor__Routing__FlowGranted granted = ONEDOOR__ROUTING__FLOW_GRANTED__INIT;

    solo_hear(office, "routing", number, at_ms, &granted.base);
}

static inline void decide_task(struct solo *office, int32_t no, int64_t at_ms,
                               const struct clock *promise)
{
    Onedoor__Routing__TaskDecided decided = ONEDOOR__ROUTING__TASK_DECIDED__INIT;

    decided.task = task_said(office, no, "SAN", &(struct clock){0});
    decided.clock = clock_said(office, promise);
    solo_hear(office, "routing", CASE, at_ms, &decided.base);
}

static inline void pause_all(struct solo *office, int64_t at_ms, struct clock *promise,
                             struct clock *branch)
{
    Onedoor__Routing__ClockPaused paused = ONEDOOR__ROUTING__CLOCK_PAUSED__INIT;

    clock_pause(promise, calendar_of(office), at_ms);
    clock_pause(branch, calendar_of(office), at_ms);
    Onedoor__Routing__Task *task = task_said(office, 1, "SAN", branch);
    paused.clock = clock_said(office, promise);
    paused.n_tasks = 1;
    paused.tasks = &task;
    solo_hear(office, "routing", CASE, at_ms, &paused.base);
}

static inline void resume_all(struct solo *office, int64_t at_ms, struct clock *promise,
                              struct clock *branch)
{
    Onedoor__Routing__ClockResumed resumed = ONEDOOR__ROUTING__CLOCK_RESUMED__INIT;

    clock_resume(promise, calendar_of(office), at_ms);
    clock_resume(branch, calendar_of(office), at_ms);
    Onedoor__Routing__Task *task = task_said(office, 1, "SAN", branch);
    resumed.clock = clock_said(office, promise);
    resumed.n_tasks = 1;
    resumed.tasks = &task;
    solo_hear(office, "routing", CASE, at_ms, &resumed.base);
}

static inline void accept_immediate(struct solo *office, int64_t at_ms)
{
    Onedoor__Intake__CaseAccepted accepted = ONEDOOR__INTAKE__CASE_ACCEPTED__INIT;

    accepted.item = "FPC-01";
    accepted.department = "FPC";
    accepted.immediate = true;
    accepted.accepted_ms = at_ms;
    solo_hear(office, "intake", CASE, at_ms, &accepted.base);
}

static inline void grant_at_window(struct solo *office, int64_t number, int64_t at_ms)
{
    Onedoor__Intake__CaseGranted granted = ONEDOOR__INTAKE__CASE_GRANTED__INIT;

    solo_hear(office, "intake", number, at_ms, &granted.base);
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, open_office, shut_office)

#endif
