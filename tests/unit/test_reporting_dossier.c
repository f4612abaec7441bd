/* SPDX-License-Identifier: Apache-2.0 */
/* What a dossier brings to the figures, and how its state is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "common/values/case_number.h"
#include "common/values/day.h"
#include "onedoor/intake.pb-c.h"
#include "services/reporting/dossier.h"

enum { NOON = 43200000, LATER = NOON + 1 };

static void every_measure_has_the_name_of_its_column_and_a_meaning(void **state)
{
    const struct table *table = &reporting_rollup_table;

    (void)state;
    for (int i = 0; i < FIGURES; i++) {
        const struct column *column = &table->columns[table_key_columns(table) + i];
        assert_string_equal(column->name, reporting_measures[i].name);
        assert_int_equal(offsetof(struct rollup_row, figures) + sizeof(int64_t) * (size_t)i,
                         column->offset);
        assert_true(strlen(reporting_measures[i].counts) > 0 &&
                    strlen(reporting_measures[i].on) > 0);
    }
    assert_int_equal(table_key_columns(table) + FIGURES + 1, table->n_columns);
    assert_string_equal("taken_back", table->columns[table->n_columns - 1].name);
}

static void a_case_counts_once_for_each_thing_that_befell_it(void **state)
{
    const struct dossier_row paid = {
        .state = DOSSIER_DELIVERED,
        .outcome = DECISION_GRANTED,
        .corrections = 1,
        .received_ms = NOON,
        .accepted_ms = NOON,
        .decided_ms = NOON,
        .closed_ms = NOON,
        .delivered_ms = NOON,
        .due_ms = NOON,
        .done_ms = NOON,
        .tasks = 3,
        .orders = 1,
        .fee_fen = 35000,
        .paid_fen = 35000,
        .yellow = 2,
        .red = 1,
    };
    const struct figures expected = {{
        [FIGURE_RECEIVED] = 1,
        [FIGURE_ACCEPTED] = 1,
        [FIGURE_CORRECTED] = 1,
        [FIGURE_GRANTED] = 1,
        [FIGURE_DECIDED] = 1,
        [FIGURE_ON_TIME] = 1,
        [FIGURE_CLOSED] = 1,
        [FIGURE_DELIVERED] = 1,
        [FIGURE_TASKS] = 3,
        [FIGURE_ORDERS] = 1,
        [FIGURE_FEE_FEN] = 35000,
        [FIGURE_PAID_FEN] = 35000,
        [FIGURE_YELLOW] = 2,
        [FIGURE_RED] = 1,
    }};
    const struct figures figures = reporting_figures(&paid);

    (void)state;
    assert_memory_equal(&expected, &figures, sizeof figures);
}

static void a_case_that_ended_otherwise_counts_as_such(void **state)
{
    static const struct {
        enum dossier_state state;
        enum figure figure;
    } cases[] = {
        {DOSSIER_REFUSED, FIGURE_REFUSED},
        {DOSSIER_WITHDRAWN, FIGURE_WITHDRAWN},
        {DOSSIER_TERMINATED, FIGURE_TERMINATED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct dossier_row dossier = {.state = (int16_t)cases[i].state, .received_ms = NOON};
        struct figures figures = reporting_figures(&dossier);
        assert_int_equal(1, figures.n[cases[i].figure]);
        assert_int_equal(1, figures.n[FIGURE_RECEIVED]);
        figures.n[cases[i].figure] = figures.n[FIGURE_RECEIVED] = 0;
        assert_true(reporting_is_zero(&figures));
    }
}

/* RULE L42.1: decided at the very instant of the deadline is in time. */
static void on_time_is_not_after_the_deadline(void **state)
{
    static const struct {
        int64_t due_ms, done_ms;
        int on_time;
    } cases[] = {
        {NOON, NOON, 1},
        {NOON, NOON - 1, 1},
        {NOON, LATER, 0},
        {NOON, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct dossier_row dossier = {.due_ms = cases[i].due_ms, .done_ms = cases[i].done_ms};
        assert_int_equal(cases[i].on_time, reporting_figures(&dossier).n[FIGURE_ON_TIME]);
    }
}

static void overdue_is_open_past_the_deadline_or_decided_after_it(void **state)
{
    static const struct {
        struct dossier_row dossier;
        bool overdue;
    } cases[] = {
        {{.state = DOSSIER_IN_APPROVAL, .due_ms = NOON}, true},
        {{.state = DOSSIER_ACCEPTED, .due_ms = NOON}, true},
        {{.state = DOSSIER_IN_APPROVAL, .due_ms = LATER}, false},
        {{.state = DOSSIER_IN_APPROVAL, .paused = true}, false},
        {{.state = DOSSIER_WITHDRAWN, .due_ms = NOON}, false},
        {{.state = DOSSIER_CLOSED, .due_ms = NOON, .done_ms = LATER}, true},
        {{.state = DOSSIER_CLOSED, .due_ms = NOON, .done_ms = NOON}, false},
        {{.state = DOSSIER_RECEIVED}, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(cases[i].overdue, reporting_is_overdue(&cases[i].dossier, LATER));
}

static void a_state_has_a_name_and_the_name_a_state(void **state)
{
    (void)state;
    for (int i = DOSSIER_RECEIVED; i <= DOSSIER_TERMINATED; i++) {
        const struct dossier_row dossier = {.state = (int16_t)i};
        assert_int_equal(i, reporting_state_named(reporting_state_name(&dossier)));
    }
    assert_string_equal("suspended", reporting_state_name(&(struct dossier_row){
                                         .state = DOSSIER_IN_APPROVAL, .paused = true}));
    assert_int_equal(DOSSIER_UNHEARD, reporting_state_named(""));
    assert_int_equal(DOSSIER_UNHEARD, reporting_state_named("lost"));
    assert_int_equal((int)ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE, (int)DOSSIER_PAYMENT_DUE);
    assert_int_equal((int)ONEDOOR__INTAKE__CASE_STATE__TERMINATED, (int)DOSSIER_TERMINATED);
}

static void the_day_of_receipt_stands_in_the_number(void **state)
{
    (void)state;
    assert_int_equal(day_from_ymd(2022, 1, 13).n, reporting_cohort(case_number_make(22, 1, 13, 1)));
    assert_int_equal(day_from_ymd(2022, 12, 31).n,
                     reporting_cohort(case_number_make(22, 12, 31, CASE_SERIAL_MAX)));
    assert_int_equal(0, reporting_cohort(0));
    assert_int_equal(0, reporting_cohort(-2201130000017));
    assert_int_equal(0, reporting_cohort(220113));
    assert_int_equal(0, reporting_cohort(INT64_C(2213130000011)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_measure_has_the_name_of_its_column_and_a_meaning),
        cmocka_unit_test(a_case_counts_once_for_each_thing_that_befell_it),
        cmocka_unit_test(a_case_that_ended_otherwise_counts_as_such),
        cmocka_unit_test(on_time_is_not_after_the_deadline),
        cmocka_unit_test(overdue_is_open_past_the_deadline_or_decided_after_it),
        cmocka_unit_test(a_state_has_a_name_and_the_name_a_state),
        cmocka_unit_test(the_day_of_receipt_stands_in_the_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
