/* SPDX-License-Identifier: Apache-2.0 */
/* The figures are right: what reporting counts from the journals equals the rows of the other four
 * services. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/charging/rows.h"
#include "services/reporting/dossier.h"
#include "services/routing/rows.h"
#include "services/supervision/lamp.h"
#include "services/supervision/rows.h"
#include "tests/world/intake_desk.h"

enum {
    TASK_IS_OPEN = 1,
    TASK_AGREES = 2,
    TASK_DISAGREES = 3,
    FLOW_IS_GRANTED = 2,
    FLOW_IS_DENIED = 3,
    ORDER_IS_DUE = 1
};

/* ---- a month of the hall: every item in every way a case can go */

static struct actor clerk_of(struct world *hall, const struct item_row *item)
{
    const struct window_row *window;

    for (size_t i = 0; (window = world_row_at(hall, "intake", &intake_window_table, i)) != NULL;
         i++)
        if (strcmp(window->department, item->department) == 0)
            return (struct actor){"w1", ONEDOOR__ROLE__WINDOW_CLERK, item->department,
                                  window->number};
    return DESK;
}

/* With its first `n` materials. */
static int64_t come_in(struct world *hall, const struct item_row *item, int n)
{
    struct actor clerk = clerk_of(hall, item);
    struct application application;
    Onedoor__Intake__SubmitReply *reply;

    apply_with(hall, &application, item->code, n);
    if (item->by_department) { /* nobody applies */
        clerk = (struct actor){"a1", ONEDOOR__ROLE__APPROVER, item->department, 0};
        application.submit.channel = ONEDOOR__INTAKE__CHANNEL__BY_DEPARTMENT;
    }
    if (item->applicant == FOR_ORGANISATIONS) {
        application.applicant.kind = ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION;
        application.applicant.document = ORGANISATION;
        application.applicant.legal_representative = "李四";
    }
    assert_done(submit(hall, &clerk, &application, &reply));
    world_settle(hall);
    return reply->case_number;
}

static void a_morning(struct world *hall)
{
    const struct item_row *item;

    for (size_t i = 0; (item = world_row_at(hall, "intake", &intake_item_table, i)) != NULL; i++) {
        const struct actor clerk = clerk_of(hall, item);
        int64_t whole = come_in(hall, item, 99), lacking = come_in(hall, item, 0),
                left = come_in(hall, item, 99);
        assert_done(withdraw(hall, &clerk, left));
        if (i % 3 == 0)
            assert_done(refuse_case(hall, &clerk, lacking,
                                    ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_ELIGIBLE, "不符合条件",
                                    ""));
        if (item->immediate)
            assert_done(finish(hall, &clerk, whole, i % 2 == 0, "不符合条件"));
    }
    world_settle(hall);
}

/* Every department works off what is open, but for every `leave`th task; every fourth case meets
 * with disagreement. */
static void decide_what_is_open(struct world *hall, size_t leave)
{
    size_t n = world_count(hall, "routing", &routing_task_table);
    for (size_t i = 0; i < n; i++) {
        const struct task_row *task = world_row_at(hall, "routing", &routing_task_table, i);
        char *of = (char *)task->department, *staff[] = {"a1", "a2"}, *from[] = {of, of};
        bool city = strcmp(task->department, "CITY") == 0;
        const struct actor approver = {
            "a1", city ? ONEDOOR__ROLE__CITY_DESK : ONEDOOR__ROLE__APPROVER, task->department, 0};
        Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
        if (task->state != TASK_IS_OPEN || i % leave == 0)
            continue;
        message.case_number = task->case_number;
        message.agree = task->case_number % 4 != 0;
        message.opinion = "看过";
        message.n_staff = message.n_staff_departments = 2;
        message.staff = staff;
        message.staff_departments = from;
        assert_done(world_command(hall, &approver, &message.base, NULL));
    }
    world_settle(hall);
}

static void pay_and_deliver(struct world *hall)
{
    const struct order_row *order;
    const struct case_row *row;

    for (size_t i = 0; (order = world_row_at(hall, "charging", &charging_order_table, i)) != NULL;
         i++)
        if (order->state == ORDER_IS_DUE && i % 5 != 0)
            assert_done(pay(hall, order->case_number, order->total_fen));
    world_settle(hall);
    for (size_t i = 0; (row = world_row_at(hall, "intake", &intake_case_table, i)) != NULL; i++) {
        const struct item_row probe = {
            .centre = 1, .code = row->item, .version = row->item_version};
        const struct actor clerk =
            clerk_of(hall, world_row(hall, "intake", &intake_item_table, &probe));
        if (row->state == CASE_CLOSED && i % 2 == 0)
            assert_done(deliver(hall, &clerk, row->number));
    }
    world_settle(hall);
}

static int spend_a_month(void **state)
{
    struct world *hall = world_new(at(1, 13, 9, 30));

    *state = hall;
    a_morning(hall);
    for (int stage = 0; stage < 4; stage++)
        decide_what_is_open(hall, 3);
    world_clock(hall, at(2, 28, 10, 0)); /* cards for whatever was left lying over the New Year */
    world_settle(hall);
    for (int stage = 0; stage < 4; stage++)
        decide_what_is_open(hall, 17);
    pay_and_deliver(hall);
    return 0;
}

/* ---- counts over the rows of the others */

static void count_cases(struct world *hall, struct figures *sum)
{
    const struct case_row *row;

    for (size_t i = 0; (row = world_row_at(hall, "intake", &intake_case_table, i)) != NULL; i++) {
        sum->n[FIGURE_RECEIVED]++;
        sum->n[FIGURE_ACCEPTED] += row->accepted_ms != 0;
        sum->n[FIGURE_CORRECTED] += row->asked_ms != 0;
        sum->n[FIGURE_REFUSED] += row->state == CASE_REFUSED;
        sum->n[FIGURE_WITHDRAWN] += row->state == CASE_WITHDRAWN;
        sum->n[FIGURE_TERMINATED] += row->state == CASE_TERMINATED;
        sum->n[FIGURE_GRANTED] += row->decided_ms != 0 && row->granted;
        sum->n[FIGURE_DENIED] += row->decided_ms != 0 && !row->granted;
        sum->n[FIGURE_CLOSED] += row->closed_ms != 0;
        sum->n[FIGURE_DELIVERED] += row->delivered_ms != 0;
    }
}

static void count_work(struct world *hall, struct figures *sum)
{
    const struct task_row *task;

    for (size_t i = 0; (task = world_row_at(hall, "routing", &routing_task_table, i)) != NULL; i++)
        sum->n[FIGURE_TASKS] += task->state == TASK_AGREES || task->state == TASK_DISAGREES;
}

static void count_money(struct world *hall, struct figures *sum)
{
    const struct order_row *order;

    for (size_t i = 0; (order = world_row_at(hall, "charging", &charging_order_table, i)) != NULL;
         i++) {
        sum->n[FIGURE_ORDERS]++;
        sum->n[FIGURE_FEE_FEN] += order->total_fen;
        sum->n[FIGURE_PAID_FEN] += order->paid_fen;
        sum->n[FIGURE_WAIVED_FEN] += order->waived_fen;
        sum->n[FIGURE_REFUNDED_FEN] += order->refunded_fen;
    }
}

static void count_cards(struct world *hall, struct figures *sum)
{
    const struct card_row *card;

    for (size_t i = 0;
         (card = world_row_at(hall, "supervision", &supervision_card_table, i)) != NULL; i++)
        sum->n[card->level == LAMP_RED ? FIGURE_RED : FIGURE_YELLOW]++;
}

/* By the ledger of the clocks: of flows, and of what was finished at a window. */
static void count_decisions(struct world *hall, struct figures *sum)
{
    const struct flow_row *flow;

    for (size_t i = 0; (flow = world_row_at(hall, "routing", &routing_flow_table, i)) != NULL;
         i++) {
        if (flow->state != FLOW_IS_GRANTED && flow->state != FLOW_IS_DENIED)
            continue;
        sum->n[FIGURE_DECIDED]++;
        sum->n[FIGURE_ON_TIME] += flow->clock.used_min <= flow->clock.budget_min;
    }
}

/* At a window; -1: at all. */
static struct figures rolled_up_at(struct world *hall, int32_t window)
{
    struct figures sum = {{0}};
    const struct rollup_row *row;
    for (size_t i = 0; (row = world_row_at(hall, "reporting", &reporting_rollup_table, i)) != NULL;
         i++)
        if (row->span == SPAN_DAY && (window == -1 || row->window == window))
            reporting_add(&sum, &row->figures);
    return sum;
}

static struct figures rolled_up(struct world *hall)
{
    return rolled_up_at(hall, -1);
}

static void the_figures_are_what_the_services_have_in_their_rows(void **state)
{
    struct world *hall = *state;
    struct figures counted = {{0}};
    const struct figures figures = rolled_up(hall);

    count_cases(hall, &counted);
    count_work(hall, &counted);
    count_money(hall, &counted);
    count_cards(hall, &counted);
    for (int i = 0; i < FIGURES; i++) {
        if (i == FIGURE_DECIDED || i == FIGURE_ON_TIME)
            continue;
        if (counted.n[i] != figures.n[i])
            fail_msg("%s: %lld, expected %lld", reporting_measures[i].name, (long long)figures.n[i],
                     (long long)counted.n[i]);
        assert_true(figures.n[i] > 0 || i == FIGURE_TERMINATED || i >= FIGURE_WAIVED_FEN);
    }
}

static void decided_in_time_is_what_the_clocks_say(void **state)
{
    struct world *hall = *state;
    struct figures counted = {{0}};
    const struct figures figures = rolled_up(hall);
    const struct item_row *item;
    int64_t at_window = 0;

    count_decisions(hall, &counted);
    for (size_t i = 0; (item = world_row_at(hall, "intake", &intake_item_table, i)) != NULL; i++)
        at_window += item->immediate; /* one of each was finished, in its first morning */
    assert_int_equal(counted.n[FIGURE_DECIDED] + at_window, figures.n[FIGURE_DECIDED]);
    assert_int_equal(counted.n[FIGURE_ON_TIME] + at_window, figures.n[FIGURE_ON_TIME]);
    assert_int_equal(figures.n[FIGURE_GRANTED] + figures.n[FIGURE_DENIED],
                     figures.n[FIGURE_DECIDED]);
    assert_true(counted.n[FIGURE_ON_TIME] < counted.n[FIGURE_DECIDED]);
}

/* Invariant 8: rollups equal counts over the dossiers. */
static void the_rollups_are_the_sum_of_the_dossiers(void **state)
{
    struct world *hall = *state;
    struct figures counted = {{0}};
    const struct figures figures = rolled_up(hall);
    const struct dossier_row *row;

    for (size_t i = 0; (row = world_row_at(hall, "reporting", &reporting_dossier_table, i)) != NULL;
         i++) {
        const struct figures one = reporting_figures(row);
        reporting_add(&counted, &one);
    }
    assert_memory_equal(&counted, &figures, sizeof figures);
    assert_int_equal(0, world_parked(hall, "reporting"));
    assert_int_equal(0, world_parked(hall, "supervision"));
}

static void a_dossier_has_the_state_intake_gives_the_case(void **state)
{
    struct world *hall = *state;
    const struct case_row *row;

    for (size_t i = 0; (row = world_row_at(hall, "intake", &intake_case_table, i)) != NULL; i++) {
        const struct dossier_row *dossier =
            world_row(hall, "reporting", &reporting_dossier_table,
                      &(struct dossier_row){.centre = 1, .case_number = row->number});
        assert_non_null(dossier);
        assert_string_equal(intake_moves.states[row->state], reporting_state_name(dossier));
        assert_int_equal(row->window, dossier->window);
    }
}

/* RULE H16: a figure names the very cases it counts. */
static void the_rollups_are_the_sum_of_the_tally(void **state)
{
    struct world *hall = *state;
    struct figures tallied = {{0}};
    const struct figures figures = rolled_up(hall);
    const struct tally_row *noted;

    for (size_t i = 0; (noted = world_row_at(hall, "reporting", &reporting_tally_table, i)) != NULL;
         i++) {
        assert_int_not_equal(0, noted->n);
        tallied.n[noted->figure - 1] += noted->n;
    }
    assert_memory_equal(&tallied, &figures, sizeof figures);
}

/* RULE H17 */
static void what_stands_is_what_is_open_or_not_fetched(void **state)
{
    struct world *hall = *state;
    const struct case_row *row;
    size_t standing = 0;

    for (size_t i = 0; (row = world_row_at(hall, "intake", &intake_case_table, i)) != NULL; i++) {
        const struct standing_row *where =
            world_row(hall, "reporting", &reporting_standing_table,
                      &(struct standing_row){.centre = 1, .case_number = row->number});
        bool over = row->state == CASE_REFUSED || row->state == CASE_WITHDRAWN ||
                    row->state == CASE_TERMINATED || row->state == CASE_DELIVERED;
        assert_int_equal(over, where == NULL);
        standing += !over;
    }
    assert_true(standing > 0);
    assert_int_equal(standing, world_count(hall, "reporting", &reporting_standing_table));
}

/* RULE H19: what came in is told by window, every window is known, and those that took nothing in
 * stand out. */
static void windows_with_no_business_stand_out(void **state)
{
    struct world *hall = *state;
    const struct hall_window_row *window;
    int64_t received = 0;
    size_t idle = 0;
    for (size_t i = 0;
         (window = world_row_at(hall, "reporting", &reporting_window_table, i)) != NULL; i++) {
        int64_t here = rolled_up_at(hall, window->number).n[FIGURE_RECEIVED];
        assert_true(here == 0 || strcmp(window->status, "open") == 0);
        received += here;
        idle += here == 0;
    }
    int64_t at_none = rolled_up_at(hall, 0).n[FIGURE_RECEIVED];
    assert_true(at_none > 0); /* begun by a department */
    assert_int_equal(rolled_up(hall).n[FIGURE_RECEIVED], received + at_none);
    assert_true(idle > 0 && idle < world_count(hall, "reporting", &reporting_window_table));
}

static size_t undelivered(struct world *hall)
{
    const struct case_row *row;
    size_t n = 0;
    for (size_t i = 0; (row = world_row_at(hall, "intake", &intake_case_table, i)) != NULL; i++)
        n += row->granted && row->delivered_ms == 0;
    return n;
}

/* RULE H12: nothing is watched but what is open. */
static void every_open_piece_of_work_is_watched_and_nothing_else(void **state)
{
    struct world *hall = *state;
    const struct task_row *task;
    const struct flow_row *flow;
    size_t open = 0;

    for (size_t i = 0; (task = world_row_at(hall, "routing", &routing_task_table, i)) != NULL;
         i++) {
        const struct watch_row probe = {
            .centre = 1, .case_number = task->case_number, .task = task->no, .term = TERM_STEP};
        assert_int_equal(task->state == TASK_IS_OPEN,
                         world_row(hall, "supervision", &supervision_watch_table, &probe) != NULL);
        open += task->state == TASK_IS_OPEN;
    }
    for (size_t i = 0; (flow = world_row_at(hall, "routing", &routing_flow_table, i)) != NULL; i++)
        if (flow->state == 1) /* its promise, what the law allows, and what it allows several */
            open += flow->parallel.budget_min > 0 ? 3 : 2;
    open += undelivered(hall); /* RULE L44 */
    assert_int_equal(open, world_count(hall, "supervision", &supervision_watch_table));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_figures_are_what_the_services_have_in_their_rows),
        cmocka_unit_test(decided_in_time_is_what_the_clocks_say),
        cmocka_unit_test(the_rollups_are_the_sum_of_the_dossiers),
        cmocka_unit_test(the_rollups_are_the_sum_of_the_tally),
        cmocka_unit_test(what_stands_is_what_is_open_or_not_fetched),
        cmocka_unit_test(a_dossier_has_the_state_intake_gives_the_case),
        cmocka_unit_test(windows_with_no_business_stand_out),
        cmocka_unit_test(every_open_piece_of_work_is_watched_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, spend_a_month, shut_hall);
}
