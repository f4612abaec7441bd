/* SPDX-License-Identifier: Apache-2.0 */
/* take_back.h: mistakes and the two persons who take them back, for the tests of taking back, and
 * what became of the case in the other services. Include after cmocka.h. */
#ifndef TESTS_TAKE_BACK_H
#define TESTS_TAKE_BACK_H

#include "common/values/term.h"
#include "services/charging/moves.h"
#include "services/charging/rows.h"
#include "services/reporting/dossier.h"
#include "services/routing/moves.h"
#include "services/routing/rows.h"
#include "services/supervision/rows.h"
#include "tests/world/approvals.h"
#include "tests/world/intake_desk.h"

static const struct actor FPC_LEAD = {"f-lead", ONEDOOR__ROLE__DEPARTMENT_LEAD, "FPC", 0};
static const struct actor SAN_LEAD = {"s-lead", ONEDOOR__ROLE__DEPARTMENT_LEAD, "SAN", 0};
static const struct actor CUL_CLERK = {"u12", ONEDOOR__ROLE__WINDOW_CLERK, "CUL", 12};
static const struct actor CUL_LEAD = {"u-lead", ONEDOOR__ROLE__DEPARTMENT_LEAD, "CUL", 0};

static const char *const SERVICES[] = {"intake", "routing", "charging", "supervision", "reporting"};

/* ---- asking and agreeing */

static inline Onedoor__Intake__TakeBack mistake(int64_t number, int what)
{
    Onedoor__Intake__TakeBack back = ONEDOOR__INTAKE__TAKE_BACK__INIT;
    back.case_number = number;
    back.what = (Onedoor__Intake__TakenBack)what;
    back.reason = "误操作";
    return back;
}

static inline struct outcome ask(struct world *hall, const struct actor *actor, int64_t number,
                                 int what)
{
    Onedoor__Intake__TakeBack back = mistake(number, what);
    return world_command(hall, actor, &back.base, NULL);
}

static inline struct outcome take_back(struct world *hall, const struct actor *clerk,
                                       const struct actor *lead, int64_t number, int what)
{
    Onedoor__Intake__TakeBack back = mistake(number, what);
    struct outcome outcome = ask_and_agree(hall, clerk, &back.base, "intake", lead);
    world_settle(hall);
    return outcome;
}

#define DECISION ONEDOOR__INTAKE__TAKEN_BACK__DECISION
#define DELIVERY ONEDOOR__INTAKE__TAKEN_BACK__DELIVERY

static inline void nothing_is_parked(struct world *hall)
{
    for (size_t i = 0; i < sizeof SERVICES / sizeof SERVICES[0]; i++)
        assert_int_equal(0, world_parked(hall, SERVICES[i]));
}

/* ---- what became of it elsewhere */

static inline const struct order_row *order_of(struct world *hall, int64_t number, int64_t order)
{
    return world_row(hall, "charging", &charging_order_table,
                     &(struct order_row){.centre = 1, .case_number = number, .number = order});
}

static inline const struct dossier_row *dossier_of(struct world *hall, int64_t number)
{
    return world_row(hall, "reporting", &reporting_dossier_table,
                     &(struct dossier_row){.centre = 1, .case_number = number});
}

static inline const struct flow_row *flow_of(struct world *hall, int64_t number)
{
    return world_row(hall, "routing", &routing_flow_table,
                     &(struct flow_row){.centre = 1, .case_number = number});
}

static inline const struct watch_row *watch_of(struct world *hall, int64_t number, int16_t task,
                                               int term)
{
    return world_row(hall, "supervision", &supervision_watch_table,
                     &(struct watch_row){
                         .centre = 1, .case_number = number, .task = task, .term = (int16_t)term});
}

/* The figures of all days are what the dossiers come to. */
static inline void figures_are_a_plain_count(struct world *hall)
{
    struct figures counted = {{0}}, rolled = {{0}};
    for (size_t i = 0; i < world_count(hall, "reporting", &reporting_dossier_table); i++) {
        const struct figures one =
            reporting_figures(world_row_at(hall, "reporting", &reporting_dossier_table, i));
        reporting_add(&counted, &one);
    }
    for (size_t i = 0; i < world_count(hall, "reporting", &reporting_rollup_table); i++) {
        const struct rollup_row *row = world_row_at(hall, "reporting", &reporting_rollup_table, i);
        if (row->span == SPAN_DAY)
            reporting_add(&rolled, &row->figures);
    }
    assert_memory_equal(&counted, &rolled, sizeof counted);
}

/* A case of the road, agreed to by all departments. */
static inline int64_t through_approval(struct world *hall, bool agree)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "SAN-02", 99);
    declare(&application, "FEE-SAN-02A", 30, 10);
    declare(&application, "FEE-SAN-02B", 12, 0);
    assert_done(submit(hall, &SAN_CLERK, &application, &reply));
    world_settle(hall);
    int64_t number = reply->case_number;
    assert_done(decide(hall, "TRA", number, true, "同意"));
    assert_done(decide(hall, "CON", number, true, "同意"));
    assert_done(decide(hall, "SAN", number, true, "同意"));
    assert_done(decide(hall, "SAN", number, agree, "理由"));
    world_settle(hall);
    return number;
}

#endif
