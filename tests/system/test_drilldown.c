/* SPDX-License-Identifier: Apache-2.0 */
/* After a simulated year: behind every figure stand the very cases it counts, and the board shows
 * what the dossiers say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/values/day.h"
#include "onedoor/reporting.pb-c.h"
#include "tests/system/desk.h"
#include "tests/system/running.h"
#include "tests/system/simulation.h"

enum {
    PAGE = 25,
    ANSWER_BYTES = 1 << 22,
    SHOWN = 12,
    COUNTED = ONEDOOR__REPORTING__FIGURE__REFUNDED,
};

static int spend_a_year(void **state)
{
    char result[RESULT_BYTES];
    (void)state;
    simulation_hall(&hall);
    running_connect();
    return simulation_run(&hall, "--cases 100 --seed 7", result);
}

static int clear_away(void **state)
{
    (void)state;
    running_disconnect();
    simulation_destroy(&hall);
    return 0;
}

static const void *ask(const ProtobufCMessage *message, const ProtobufCMessageDescriptor *reply)
{
    const struct ask asked = {.lane = LANE_QUERY,
                              .message = message,
                              .reply = reply,
                              .actor = {"reader", ONEDOOR__ROLE__REPORT_READER, "", 0},
                              .timeout_ms = 30000};
    struct answer answer = client_call(client, &asked, arena);
    if (answer.kind != ANSWER_OK)
        fail_msg("%s: %s", message->descriptor->short_name, answer.detail);
    return answer.message;
}

/* ---- figures */

/* As a rollup has it. */
static int64_t figure_of(const Onedoor__Reporting__Figures *f, int figure)
{
    const int64_t n[COUNTED + 1] = {0,
                                    f->received,
                                    f->accepted,
                                    f->corrected,
                                    f->refused,
                                    f->withdrawn,
                                    f->terminated,
                                    f->granted,
                                    f->denied,
                                    f->decided,
                                    f->on_time,
                                    f->closed,
                                    f->delivered,
                                    f->tasks,
                                    f->orders,
                                    f->fee_fen,
                                    f->paid_fen,
                                    f->yellow,
                                    f->red,
                                    f->waived_fen,
                                    f->refunded_fen};
    if (figure == ONEDOOR__REPORTING__FIGURE__LATE)
        return f->decided - f->on_time;
    if (figure == ONEDOOR__REPORTING__FIGURE__NET)
        return f->paid_fen - f->refunded_fen;
    return n[figure];
}

/* Figures that count a case once or not at all; once less where a decision is taken back. */
static bool counts_cases(int figure)
{
    switch (figure) {
    case ONEDOOR__REPORTING__FIGURE__TASKS:
    case ONEDOOR__REPORTING__FIGURE__FEE:
    case ONEDOOR__REPORTING__FIGURE__PAID:
    case ONEDOOR__REPORTING__FIGURE__WAIVED:
    case ONEDOOR__REPORTING__FIGURE__REFUNDED:
    case ONEDOOR__REPORTING__FIGURE__NET:
    case ONEDOOR__REPORTING__FIGURE__YELLOW:
    case ONEDOOR__REPORTING__FIGURE__RED:
        return false;
    default:
        return true;
    }
}

struct found {
    int64_t cases, counted;
    int64_t once; /* cases that count once, or once less */
};

/* Page by page. */
static struct found search(Onedoor__Reporting__Search search)
{
    struct found found = {0};
    char after[64] = "";
    search.limit = PAGE;
    do {
        search.after = after;
        const Onedoor__Reporting__SearchReply *reply =
            ask(&search.base, &onedoor__reporting__search_reply__descriptor);
        assert_int_equal(reply->n_dossiers, reply->n_counted);
        for (size_t i = 0; i < reply->n_counted; i++) {
            assert_int_not_equal(0, reply->counted[i]);
            found.counted += reply->counted[i];
            found.once += llabs(reply->counted[i]) == 1;
        }
        found.cases += (int64_t)reply->n_dossiers;
        snprintf(after, sizeof after, "%s", reply->next);
        arena_reset(arena);
    } while (after[0] != '\0');
    return found;
}

static void assert_cases_behind(const Onedoor__Reporting__Figures *figures,
                                Onedoor__Reporting__Search *which, const char *key)
{
    const ProtobufCEnumDescriptor *all = &onedoor__reporting__figure__descriptor;
    for (unsigned i = 1; i < all->n_values; i++) {
        int figure = all->values[i].value;
        which->figure = (Onedoor__Reporting__Figure)figure;
        struct found found = search(*which);
        int64_t expected = figure_of(figures, figure);
        if (found.counted != expected || (counts_cases(figure) && found.cases != found.once))
            fail_msg("%s, figure %d: %lld in %lld cases, the rollup has %lld", key, figure,
                     (long long)found.counted, (long long)found.cases, (long long)expected);
    }
}

static int32_t day_of(const char *text)
{
    int year, month, day;
    assert_int_equal(3, sscanf(text, "%4d-%2d-%2d", &year, &month, &day));
    return day_from_ymd(year, month, day).n;
}

/* What the search has to ask for to find the cases of a line. */
static void narrow(Onedoor__Reporting__Search *which, Onedoor__Reporting__By by, char *key)
{
    if (by == ONEDOOR__REPORTING__BY__BY_DAY)
        which->from_day = which->to_day = day_of(key);
    else if (by == ONEDOOR__REPORTING__BY__BY_ITEM)
        which->item = key;
    else if (by == ONEDOOR__REPORTING__BY__BY_DEPARTMENT)
        which->department = key;
    else
        which->window = atoi(key);
    /* by letter and online cases come in at window 0, and 0 alone asks for every window */
    which->no_window = by == ONEDOOR__REPORTING__BY__BY_WINDOW && which->window == 0;
}

static void compare_lines(Onedoor__Reporting__By by, int32_t from_day, int32_t to_day)
{
    struct arena *lines = arena_new(ANSWER_BYTES), *answers = arena;
    Onedoor__Reporting__Rollup rollup = ONEDOOR__REPORTING__ROLLUP__INIT;
    rollup.by = by;
    rollup.from_day = from_day;
    rollup.to_day = to_day;
    arena = lines; /* which are needed while their cases are searched for */
    const Onedoor__Reporting__RollupReply *reply =
        ask(&rollup.base, &onedoor__reporting__rollup_reply__descriptor);
    arena = answers;
    assert_true(reply->n_lines > 0);
    for (size_t i = 0; i < reply->n_lines; i++) {
        Onedoor__Reporting__Search which = ONEDOOR__REPORTING__SEARCH__INIT;
        which.from_day = from_day;
        which.to_day = to_day;
        narrow(&which, by, reply->lines[i]->key);
        assert_cases_behind(reply->lines[i]->figures, &which, reply->lines[i]->key);
    }
    arena_free(&lines);
}

/* RULE H16: a reader who doubts a figure is shown its cases. */
static void behind_every_figure_stand_the_cases_it_counts(void **state)
{
    (void)state;
    compare_lines(ONEDOOR__REPORTING__BY__BY_ITEM, 0, 0);
    compare_lines(ONEDOOR__REPORTING__BY__BY_DEPARTMENT, 0, 0);
    compare_lines(ONEDOOR__REPORTING__BY__BY_WINDOW, 0, 0);
    compare_lines(ONEDOOR__REPORTING__BY__BY_DAY, 0, 0);
}

static void a_month_has_the_cases_of_its_days_alone(void **state)
{
    (void)state;
    int32_t day = (int32_t)hall_number(
        admin, "select max(day) - date '1970-01-01' from reporting.rollup where received > 0");
    compare_lines(ONEDOOR__REPORTING__BY__BY_ITEM, day - 30, day);
    compare_lines(ONEDOOR__REPORTING__BY__BY_DEPARTMENT, day - 30, day);
}

/* Whenever they were closed: so no share of them is above the whole, and the search finds them. */
static void of_the_cases_received_in_a_month_none_is_counted_twice(void **state)
{
    const int64_t day_ms = INT64_C(86400000), offset_ms = INT64_C(8) * 3600000;
    struct arena *lines = arena_new(ANSWER_BYTES), *answers = arena;
    Onedoor__Reporting__Rollup rollup = ONEDOOR__REPORTING__ROLLUP__INIT;
    (void)state;
    rollup.to_day = (int32_t)hall_number(
        admin, "select max(cohort) - date '1970-01-01' from reporting.rollup where closed > 0");
    rollup.from_day = rollup.to_day - 30;
    rollup.by = ONEDOOR__REPORTING__BY__BY_ITEM;
    rollup.of_received = true;
    arena = lines; /* which are needed while their cases are searched for */
    const Onedoor__Reporting__RollupReply *reply =
        ask(&rollup.base, &onedoor__reporting__rollup_reply__descriptor);
    arena = answers;
    assert_true(reply->n_lines > 0);
    for (size_t i = 0; i < reply->n_lines; i++) {
        const Onedoor__Reporting__Figures *figures = reply->lines[i]->figures;
        Onedoor__Reporting__Search which = ONEDOOR__REPORTING__SEARCH__INIT;
        assert_true(figures->closed <= figures->accepted);
        assert_true(figures->accepted <= figures->received);
        which.item = reply->lines[i]->key;
        which.figure = ONEDOOR__REPORTING__FIGURE__CLOSED;
        which.from_ms = rollup.from_day * day_ms - offset_ms;
        which.to_ms = (rollup.to_day + 1) * day_ms - offset_ms;
        assert_int_equal(figures->closed, search(which).cases);
    }
    arena_free(&lines);
}

/* One more, from home: the simulation's people come to windows, but for what a department begins.
 */
static void cases_that_came_in_at_no_window_are_found(void **state)
{
    Onedoor__Reporting__Search which = ONEDOOR__REPORTING__SEARCH__INIT;
    Onedoor__Intake__Submit *submit = desk_application(client, "CUL-01", arena);
    (void)state;
    which.figure = ONEDOOR__REPORTING__FIGURE__RECEIVED;
    which.no_window = true;
    int64_t before = search(which).cases;
    submit->channel = ONEDOOR__INTAKE__CHANNEL__ONLINE;
    submit->check = false;
    assert_non_null(desk_until(client, &public, &submit->base,
                               &onedoor__intake__submit_reply__descriptor, arena));
    hall_await_number(admin,
                      "select sum(received) from reporting.rollup where span = 1 and window_no = 0",
                      before + 1);
    assert_int_equal(before + 1, search(which).cases);
    which.no_window = false;
    assert_true(search(which).cases > 1);
    compare_lines(ONEDOOR__REPORTING__BY__BY_WINDOW, 0, 0);
}

/* Some are found by their tally, some among those that stand, some in the order of receipt. */
static void in_every_state_are_the_cases_that_the_dossiers_say(void **state)
{
    static const char *const names[] = {
        "",        "received", "correction",  "refused", "accepted",  "in approval", "suspended",
        "granted", "denied",   "payment due", "closed",  "delivered", "withdrawn",   "terminated"};
    char sql[200];
    (void)state;
    for (int in = 1; in < (int)(sizeof names / sizeof names[0]); in++) {
        Onedoor__Reporting__Search which = ONEDOOR__REPORTING__SEARCH__INIT;
        which.limit = 200;
        which.state = (char *)names[in];
        const Onedoor__Reporting__SearchReply *reply =
            ask(&which.base, &onedoor__reporting__search_reply__descriptor);
        snprintf(sql, sizeof sql,
                 "select count(*) from reporting.dossier"
                 " where case when state = 5 and paused then 6 else state end = %d",
                 in);
        assert_int_equal(hall_number(admin, sql), reply->n_dossiers);
        assert_int_equal(0, reply->n_counted);
    }
}

static void what_no_case_can_be_is_refused(void **state)
{
    static const Onedoor__Reporting__Search proper = ONEDOOR__REPORTING__SEARCH__INIT;
    Onedoor__Reporting__Search bad[5] = {proper, proper, proper, proper, proper};
    (void)state;
    bad[0].from_day = 19000;
    bad[1].figure = bad[2].figure = ONEDOOR__REPORTING__FIGURE__LATE;
    bad[1].from_day = 19000;
    bad[1].to_day = 18999;
    bad[2].to_day = INT32_MAX;
    bad[3].window = 12;
    bad[3].no_window = true;
    bad[4].window = -1;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bad[i].limit = PAGE;
        const struct ask asked = {.lane = LANE_QUERY,
                                  .message = &bad[i].base,
                                  .reply = &onedoor__reporting__search_reply__descriptor,
                                  .actor = {"reader", ONEDOOR__ROLE__REPORT_READER, "", 0},
                                  .timeout_ms = 30000};
        struct answer answer = client_call(client, &asked, arena);
        assert_int_equal(ANSWER_REJECTED, answer.kind);
        assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, answer.code);
    }
}

/* ---- the board */

/* The cases in a state whose last move there was told last. */
static void assert_shown(const Onedoor__Reporting__Calls *calls, int state)
{
    char sql[400];
    size_t n = calls->n_latest;
    snprintf(sql, sizeof sql, "select count(*) from reporting.dossier where state = %d", state);
    assert_int_equal(hall_number(admin, sql), calls->all);
    snprintf(sql, sizeof sql, "select least(count(*), %d) from reporting.dossier where state = %d",
             SHOWN, state);
    assert_int_equal(hall_number(admin, sql), n);
    for (size_t i = 0; i < n; i++) {
        snprintf(sql, sizeof sql,
                 "select case_number from (select case_number, (select max(at) from"
                 " intake.journal j where j.case_number = d.case_number and j.type in"
                 " ('intake.CaseClosed', 'intake.CaseGranted', 'intake.CorrectionAsked')) as at"
                 " from reporting.dossier d where state = %d) s"
                 " order by at desc, case_number desc offset %zu limit 1",
                 state, i);
        assert_int_equal(hall_number(admin, sql), calls->latest[i]->case_number);
    }
}

/* RULE H17 */
static void the_board_shows_what_the_dossiers_say(void **state)
{
    Onedoor__Reporting__Board board = ONEDOOR__REPORTING__BOARD__INIT;
    (void)state;
    const Onedoor__Reporting__BoardReply *reply =
        ask(&board.base, &onedoor__reporting__board_reply__descriptor);
    assert_int_equal(hall_number(admin, "select count(*) from reporting.dossier"
                                        " where state in (1, 2, 4, 5, 7, 8, 9)"),
                     reply->handling);
    assert_shown(reply->ready, 10);
    assert_shown(reply->to_pay, 9);
    assert_shown(reply->to_correct, 2);
    for (size_t i = 0; i < reply->to_pay->n_latest; i++)
        assert_int_equal(31, reply->to_pay->latest[i]->window); /* the one that charges */
    assert_true(reply->now_ms > 0 && reply->now_ms < INT64_C(4102444800000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(behind_every_figure_stand_the_cases_it_counts),
        cmocka_unit_test(a_month_has_the_cases_of_its_days_alone),
        cmocka_unit_test(of_the_cases_received_in_a_month_none_is_counted_twice),
        cmocka_unit_test(what_no_case_can_be_is_refused),
        cmocka_unit_test(the_board_shows_what_the_dossiers_say),
        cmocka_unit_test(cases_that_came_in_at_no_window_are_found),
        cmocka_unit_test(in_every_state_are_the_cases_that_the_dossiers_say),
    };
    return cmocka_run_group_tests(tests, spend_a_year, clear_away);
}
