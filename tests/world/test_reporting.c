/* SPDX-License-Identifier: Apache-2.0 */
/* Reporting alone, told what the others say: dossier, timeline and rollups of a case, and that they
 * do not depend on the order in which the journals of the others are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/clockpb.h"
#include "common/corridor.h"
#include "common/number.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/reporting/dossier.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"
#include "tests/world/solo.h"

enum { FEE_FEN = 35000, LIFE_MAX = 32, SERVICES = 4 };

static const char *const services[SERVICES] = {"intake", "routing", "charging", "supervision"};

/* ---- one life, as the four services say it: received on the 10th of January, granted and paid on
 * the 19th, delivered on the 20th */

struct saying {
    const char *stream;
    int64_t at_ms;
    const ProtobufCMessage *message;
};

struct life {
    struct saying sayings[LIFE_MAX];
    size_t n;
};

static void say(struct life *life, const char *stream, int64_t at_ms,
                const ProtobufCMessage *message)
{
    assert_true(life->n < LIFE_MAX);
    life->sayings[life->n++] = (struct saying){stream, at_ms, message};
}

#define MESSAGE(arena, type, prefix)                                                               \
    ({                                                                                             \
        type *message_ = ARENA_NEW(arena, type);                                                   \
        prefix##__init(message_);                                                                  \
        message_;                                                                                  \
    })

static Onedoor__Clock *clock_said(struct arena *arena, const struct calendar *calendar,
                                  const struct clock *clock)
{
    Onedoor__Clock *message = MESSAGE(arena, Onedoor__Clock, onedoor__clock);

    clock_to_message(clock, calendar, message);
    return message;
}

static void say_receipt(struct arena *arena, struct life *life)
{
    Onedoor__Intake__CaseReceived *received =
        MESSAGE(arena, Onedoor__Intake__CaseReceived, onedoor__intake__case_received);
    Onedoor__Intake__CorrectionAsked *asked =
        MESSAGE(arena, Onedoor__Intake__CorrectionAsked, onedoor__intake__correction_asked);
    Onedoor__Intake__CaseAccepted *accepted =
        MESSAGE(arena, Onedoor__Intake__CaseAccepted, onedoor__intake__case_accepted);

    received->item = accepted->item = "SAN-02";
    received->department = accepted->department = "SAN";
    received->window = 10;
    received->channel = ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    received->summary = "占道";
    accepted->promised_days = 5;
    accepted->accepted_ms = at(1, 10, 10, 0);
    say(life, "intake", at(1, 10, 9, 30), &received->base);
    say(life, "intake", at(1, 10, 9, 30), &asked->base);
    say(life, "intake", at(1, 10, 10, 0), &accepted->base);
}

/* One task, decided, sent back and decided again: it stands decided once. Done a day and a half
 * after the deadline. */
static void say_flow(struct arena *arena, struct life *life, const struct calendar *calendar)
{
    Onedoor__Routing__StageOpened *stage =
        MESSAGE(arena, Onedoor__Routing__StageOpened, onedoor__routing__stage_opened);
    Onedoor__Routing__TaskDecided *decided =
        MESSAGE(arena, Onedoor__Routing__TaskDecided, onedoor__routing__task_decided);
    Onedoor__Routing__TaskReturned *returned =
        MESSAGE(arena, Onedoor__Routing__TaskReturned, onedoor__routing__task_returned);
    Onedoor__Routing__FlowGranted *granted =
        MESSAGE(arena, Onedoor__Routing__FlowGranted, onedoor__routing__flow_granted);
    Onedoor__Routing__Task *task = MESSAGE(arena, Onedoor__Routing__Task, onedoor__routing__task);
    struct clock clock = {0};

    clock_start(&clock, calendar, at(1, 10, 10, 0), 5); /* due on the 17th at five */
    task->no = 1;
    task->department = "SAN";
    task->state = ONEDOOR__ROUTING__TASK_STATE__AGREED;
    task->opinion = "同意";
    stage->n_tasks = 1;
    stage->tasks = ARENA_ARRAY(arena, Onedoor__Routing__Task *, 1);
    stage->tasks[0] = task;
    stage->clock = decided->clock = returned->clock = clock_said(arena, calendar, &clock);
    decided->task = returned->task = task;
    returned->reason = "面积有误";
    clock_stop(&clock, calendar, at(1, 19, 10, 0));
    granted->clock = clock_said(arena, calendar, &clock);
    say(life, "routing", at(1, 10, 10, 0), &stage->base);
    say(life, "routing", at(1, 12, 10, 0), &decided->base);
    say(life, "routing", at(1, 13, 10, 0), &returned->base);
    say(life, "routing", at(1, 19, 10, 0), &decided->base);
    say(life, "routing", at(1, 19, 10, 0), &granted->base);
}

static void say_bill(struct arena *arena, struct life *life)
{
    Onedoor__Charging__OrderRaised *raised =
        MESSAGE(arena, Onedoor__Charging__OrderRaised, onedoor__charging__order_raised);
    Onedoor__Charging__OrderPaid *paid =
        MESSAGE(arena, Onedoor__Charging__OrderPaid, onedoor__charging__order_paid);

    raised->total_fen = paid->paid_fen = FEE_FEN;
    paid->receipt = 7;
    paid->method = ONEDOOR__CHARGING__METHOD__CASH;
    say(life, "charging", at(1, 19, 10, 1), &raised->base);
    say(life, "charging", at(1, 19, 11, 0), &paid->base);
}

static void say_end(struct arena *arena, struct life *life)
{
    Onedoor__Intake__CaseGranted *granted =
        MESSAGE(arena, Onedoor__Intake__CaseGranted, onedoor__intake__case_granted);
    Onedoor__Intake__CaseClosed *closed =
        MESSAGE(arena, Onedoor__Intake__CaseClosed, onedoor__intake__case_closed);
    Onedoor__Intake__CaseDelivered *delivered =
        MESSAGE(arena, Onedoor__Intake__CaseDelivered, onedoor__intake__case_delivered);

    granted->has_fee = true;
    closed->granted = true;
    delivered->how = ONEDOOR__INTAKE__DELIVERY__POSTED;
    say(life, "intake", at(1, 19, 10, 1), &granted->base);
    say(life, "intake", at(1, 19, 11, 1), &closed->base);
    say(life, "intake", at(1, 20, 9, 0), &delivered->base);
}

/* Noticed late, on the 18th; reached on the 14th and on the 17th. */
static void say_cards(struct arena *arena, struct life *life)
{
    static const struct {
        Onedoor__Supervision__Level level;
        int32_t day;
    } cards[] = {
        {ONEDOOR__SUPERVISION__LEVEL__YELLOW, 14},
        {ONEDOOR__SUPERVISION__LEVEL__RED, 17},
    };

    for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++) {
        Onedoor__Supervision__CardIssued *issued =
            MESSAGE(arena, Onedoor__Supervision__CardIssued, onedoor__supervision__card_issued);
        issued->card = MESSAGE(arena, Onedoor__Supervision__Card, onedoor__supervision__card);
        issued->card->level = cards[i].level;
        issued->card->issued_ms = at(1, cards[i].day, 17, 0);
        say(life, "supervision", at(1, 18, 9, 0), &issued->base);
    }
}

static struct life whole_life(struct arena *arena, const struct calendar *calendar)
{
    struct life life = {.n = 0};

    say_receipt(arena, &life);
    say_flow(arena, &life, calendar);
    say_bill(arena, &life);
    say_end(arena, &life);
    say_cards(arena, &life);
    return life;
}

/* ---- the office */

struct office {
    struct solo solo;
    struct life life;
    int64_t number;
};

static int open_office(void **state)
{
    static struct office office;

    solo_open(&office.solo, &reporting_service, reference_reporting);
    office.number = case_number_make(22, 1, 10, 1);
    office.life = whole_life(office.solo.arena,
                             &((const struct reporting *)office.solo.engine.memory)->calendar);
    *state = &office;
    return 0;
}

static int shut_office(void **state)
{
    solo_close(&((struct office *)*state)->solo);
    return 0;
}

static void hear_stream(struct office *office, const char *stream, int64_t number)
{
    for (size_t i = 0; i < office->life.n; i++)
        if (strcmp(office->life.sayings[i].stream, stream) == 0)
            solo_hear(&office->solo, stream, number, office->life.sayings[i].at_ms,
                      office->life.sayings[i].message);
}

/* Each journal as a whole, one after the other. */
static void hear_in_order(struct office *office, const int order[SERVICES], int64_t number)
{
    for (int i = 0; i < SERVICES; i++)
        hear_stream(office, services[order[i]], number);
}

static const struct dossier_row *dossier(struct office *office, int64_t number)
{
    return memstore_row(office->solo.mem, &reporting_dossier_table,
                        &(struct dossier_row){.centre = 1, .case_number = number});
}

/* The figures of a day, over all cohorts, items, departments and windows; day 0: of all days. */
static struct figures figures_of_day(struct office *office, int32_t day)
{
    struct figures sum = {{0}};
    const struct rollup_row *row;

    for (size_t i = 0;
         (row = memstore_row_at(office->solo.mem, &reporting_rollup_table, i)) != NULL; i++)
        if (day == 0 || row->day == day)
            reporting_add(&sum, &row->figures);
    return sum;
}

static int32_t january(int32_t day)
{
    return day_from_ymd(2022, 1, day).n;
}

static void assert_figures(const struct figures *expected, const struct figures *figures)
{
    for (int i = 0; i < FIGURES; i++)
        if (expected->n[i] != figures->n[i])
            fail_msg("%s: %lld, expected %lld", reporting_measures[i].name,
                     (long long)figures->n[i], (long long)expected->n[i]);
}

/* What the life comes to, day by day, in whatever order it is heard. */
static void assert_days(struct office *office)
{
    static const struct {
        int32_t day;
        struct figures figures;
    } days[] = {
        {10, {{[FIGURE_RECEIVED] = 1, [FIGURE_CORRECTED] = 1, [FIGURE_ACCEPTED] = 1}}},
        {12, {{[FIGURE_TASKS] = 1}}},
        {13, {{[FIGURE_TASKS] = -1}}},
        {14, {{[FIGURE_YELLOW] = 1}}},
        {17, {{[FIGURE_RED] = 1}}},
        {18, {{0}}},
        {19,
         {{[FIGURE_TASKS] = 1,
           [FIGURE_DECIDED] = 1,
           [FIGURE_GRANTED] = 1,
           [FIGURE_CLOSED] = 1,
           [FIGURE_ORDERS] = 1,
           [FIGURE_FEE_FEN] = FEE_FEN,
           [FIGURE_PAID_FEN] = FEE_FEN}}},
        {20, {{[FIGURE_DELIVERED] = 1}}},
    };

    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        const struct figures figures = figures_of_day(office, january(days[i].day));
        assert_figures(&days[i].figures, &figures);
    }
}

/* What the cases have added to a figure in the day, item, department and window of a rollup. */
static int64_t tallied(struct office *office, const struct rollup_row *rollup, int figure)
{
    const struct tally_row *noted;
    int64_t sum = 0;

    for (size_t i = 0;
         (noted = memstore_row_at(office->solo.mem, &reporting_tally_table, i)) != NULL; i++) {
        const struct dossier_row *of = dossier(office, noted->case_number);
        if (noted->figure == figure + 1 && noted->day == rollup->day &&
            reporting_cohort(noted->case_number) == rollup->cohort && of->item != NULL &&
            strcmp(of->item, rollup->item) == 0 &&
            strcmp(of->department, rollup->department) == 0 && of->window == rollup->window)
            sum += noted->n;
    }
    return sum;
}

/* So that the cases behind a figure can be listed. */
static void assert_tallies(struct office *office)
{
    const struct rollup_row *row;
    struct figures sum = {{0}}, noted_sum = {{0}};
    const struct tally_row *noted;

    for (size_t i = 0;
         (row = memstore_row_at(office->solo.mem, &reporting_rollup_table, i)) != NULL; i++) {
        reporting_add(&sum, &row->figures);
        for (int figure = 0; figure < FIGURES; figure++)
            assert_int_equal(row->figures.n[figure], tallied(office, row, figure));
    }
    for (size_t i = 0;
         (noted = memstore_row_at(office->solo.mem, &reporting_tally_table, i)) != NULL; i++)
        noted_sum.n[noted->figure - 1] += noted->n;
    assert_figures(&sum, &noted_sum); /* and none is in no rollup */
}

/* Invariant 8 of the design: rollups equal counts over the dossiers. */
static void assert_sums(struct office *office)
{
    struct figures counted = {{0}};
    const struct figures rolled = figures_of_day(office, 0);
    const struct dossier_row *row;

    for (size_t i = 0;
         (row = memstore_row_at(office->solo.mem, &reporting_dossier_table, i)) != NULL; i++) {
        const struct figures figures = reporting_figures(row);
        reporting_add(&counted, &figures);
    }
    assert_figures(&counted, &rolled);
    assert_tallies(office);
}

static void assert_settled(struct office *office)
{
    assert_int_equal(0, memstore_count(office->solo.mem, &parked_table));
}

/* ---- */

static void a_life_is_told_in_its_dossier(void **state)
{
    struct office *office = *state;

    hear_in_order(office, (const int[]){0, 1, 2, 3}, office->number);
    const struct dossier_row *row = dossier(office, office->number);
    assert_string_equal("SAN-02", row->item);
    assert_int_equal(10, row->window);
    assert_string_equal("delivered", reporting_state_name(row));
    assert_int_equal(at(1, 17, 17, 0), row->due_ms);
    assert_int_equal(at(1, 19, 10, 0), row->done_ms);
    assert_true(reporting_is_overdue(row, at(2, 1, 9, 0)));
    assert_int_equal(1, row->tasks);
    assert_string_equal("SAN", row->involved);
    assert_int_equal(FEE_FEN, row->paid_fen);
    assert_int_equal(1, row->yellow);
    assert_int_equal(1, row->red);
}

/* RULE H16: so that a week or a month once reported stays as it was. */
static void every_event_counts_on_its_own_day(void **state)
{
    struct office *office = *state;

    hear_in_order(office, (const int[]){0, 1, 2, 3}, office->number);
    assert_days(office);
    assert_sums(office);
    assert_settled(office);
}

static void the_order_of_the_journals_does_not_matter(void **state)
{
    struct office *office = *state;
    int heard = 0;

    for (int a = 0; a < SERVICES; a++)
        for (int b = 0; b < SERVICES; b++)
            for (int c = 0; c < SERVICES; c++) {
                int d = 6 - a - b - c;
                if (a == b || a == c || b == c)
                    continue;
                shut_office(state);
                open_office(state);
                hear_in_order(office, (const int[]){a, b, c, d}, office->number);
                assert_days(office);
                assert_sums(office);
                assert_settled(office);
                assert_string_equal("delivered",
                                    reporting_state_name(dossier(office, office->number)));
                assert_int_equal(at(1, 19, 10, 0), dossier(office, office->number)->done_ms);
                heard++;
            }
    assert_int_equal(24, heard);
}

static void what_is_heard_before_the_receipt_waits_and_is_not_counted(void **state)
{
    struct office *office = *state;

    hear_stream(office, "charging", office->number);
    assert_null(dossier(office, office->number)->item);
    assert_int_equal(0, memstore_count(office->solo.mem, &reporting_rollup_table));
    assert_int_equal(3, memstore_count(office->solo.mem, &reporting_tally_table));
    hear_stream(office, "intake", office->number);
    assert_settled(office);
    assert_tallies(office);
    const struct figures paid = figures_of_day(office, january(19));
    assert_int_equal(FEE_FEN, paid.n[FIGURE_PAID_FEN]);
}

static void the_timeline_has_every_event_in_words(void **state)
{
    struct office *office = *state;

    hear_in_order(office, (const int[]){0, 1, 2, 3}, office->number);
    assert_int_equal(office->life.n, memstore_count(office->solo.mem, &reporting_timeline_table));
    const struct timeline_row *decided = memstore_row(
        office->solo.mem, &reporting_timeline_table,
        &(struct timeline_row){
            .centre = 1, .case_number = office->number, .stream = STREAM_ROUTING, .seq = 2});
    assert_string_equal("TaskDecided", decided->type);
    assert_string_equal("SAN", decided->department);
    assert_string_equal("agreed: 同意", decided->text);
    const struct timeline_row *paid = memstore_row(
        office->solo.mem, &reporting_timeline_table,
        &(struct timeline_row){
            .centre = 1, .case_number = office->number, .stream = STREAM_CHARGING, .seq = 2});
    assert_string_equal("350.00 yuan in cash, receipt 7", paid->text);
    const struct timeline_row *red = memstore_row(
        office->solo.mem, &reporting_timeline_table,
        &(struct timeline_row){
            .centre = 1, .case_number = office->number, .stream = STREAM_SUPERVISION, .seq = 2});
    assert_int_equal(at(1, 17, 17, 0), red->at_ms);
}

static void cases_of_a_day_share_the_rows_of_a_rollup(void **state)
{
    struct office *office = *state;

    hear_in_order(office, (const int[]){0, 1, 2, 3}, office->number);
    size_t rows = memstore_count(office->solo.mem, &reporting_rollup_table);
    hear_in_order(office, (const int[]){3, 2, 1, 0}, case_number_make(22, 1, 10, 2));
    assert_int_equal(rows, memstore_count(office->solo.mem, &reporting_rollup_table));
    assert_int_equal(2, figures_of_day(office, january(19)).n[FIGURE_GRANTED]);
    assert_sums(office);
}

/* RULE L32.4: accepted as of the day of receipt, though said a week later. */
static void a_deemed_acceptance_counts_on_the_day_of_receipt(void **state)
{
    struct office *office = *state;
    Onedoor__Intake__CaseReceived received = ONEDOOR__INTAKE__CASE_RECEIVED__INIT;
    Onedoor__Intake__CaseAccepted accepted = ONEDOOR__INTAKE__CASE_ACCEPTED__INIT;

    received.item = "SAN-02";
    received.department = "SAN";
    accepted.deemed = true;
    accepted.accepted_ms = at(1, 10, 9, 30);
    solo_hear(&office->solo, "intake", office->number, at(1, 10, 9, 30), &received.base);
    solo_hear(&office->solo, "intake", office->number, at(1, 17, 17, 0), &accepted.base);
    assert_int_equal(1, figures_of_day(office, january(10)).n[FIGURE_ACCEPTED]);
    assert_int_equal(at(1, 10, 9, 30), dossier(office, office->number)->accepted_ms);
}

/* RULE H4: an immediate case is decided where it was taken in, against the closing of its day. */
static void an_immediate_case_is_on_time_by_its_own_clock(void **state)
{
    struct office *office = *state;
    Onedoor__Intake__CaseReceived received = ONEDOOR__INTAKE__CASE_RECEIVED__INIT;
    Onedoor__Intake__CaseAccepted accepted = ONEDOOR__INTAKE__CASE_ACCEPTED__INIT;
    Onedoor__Intake__CaseGranted granted = ONEDOOR__INTAKE__CASE_GRANTED__INIT;
    struct clock visit = {0};

    received.item = "FPC-01";
    received.department = "FPC";
    const struct calendar *calendar =
        &((const struct reporting *)office->solo.engine.memory)->calendar;
    clock_start(&visit, calendar, at(1, 10, 10, 0), 0);
    accepted.immediate = true;
    accepted.clock = clock_said(office->solo.arena, calendar, &visit);
    solo_hear(&office->solo, "intake", office->number, at(1, 10, 10, 0), &received.base);
    solo_hear(&office->solo, "intake", office->number, at(1, 10, 10, 0), &accepted.base);
    assert_int_equal(at(1, 10, 17, 0), dossier(office, office->number)->due_ms);
    solo_hear(&office->solo, "intake", office->number, at(1, 10, 10, 20), &granted.base);
    const struct figures day = figures_of_day(office, january(10));
    assert_int_equal(1, day.n[FIGURE_DECIDED]);
    assert_int_equal(1, day.n[FIGURE_ON_TIME]);
}

/* RULE H17: what the displays show is read from the cases that are not over. */
static void a_case_stands_where_it_is_until_it_is_over(void **state)
{
    struct office *office = *state;
    Onedoor__Intake__CaseReceived received = ONEDOOR__INTAKE__CASE_RECEIVED__INIT;
    Onedoor__Intake__CorrectionAsked asked = ONEDOOR__INTAKE__CORRECTION_ASKED__INIT;
    Onedoor__Intake__CaseWithdrawn withdrawn = ONEDOOR__INTAKE__CASE_WITHDRAWN__INIT;
    const struct standing_row probe = {.centre = 1, .case_number = office->number};

    received.item = "SAN-02";
    received.department = "SAN";
    solo_hear(&office->solo, "intake", office->number, at(1, 10, 9, 30), &received.base);
    solo_hear(&office->solo, "intake", office->number, at(1, 10, 9, 45), &asked.base);
    const struct standing_row *standing =
        memstore_row(office->solo.mem, &reporting_standing_table, &probe);
    assert_int_equal(DOSSIER_CORRECTION, standing->state);
    assert_int_equal(at(1, 10, 9, 45), standing->since_ms);
    hear_stream(office, "charging", office->number); /* moves nothing */
    standing = memstore_row(office->solo.mem, &reporting_standing_table, &probe);
    assert_int_equal(at(1, 10, 9, 45), standing->since_ms);
    solo_hear(&office->solo, "intake", office->number, at(1, 11, 9, 0), &withdrawn.base);
    assert_null(memstore_row(office->solo.mem, &reporting_standing_table, &probe));
    hear_in_order(office, (const int[]){0, 1, 2, 3}, case_number_make(22, 1, 10, 2));
    assert_int_equal(0, memstore_count(office->solo.mem, &reporting_standing_table));
}

static void an_event_of_no_case_of_the_hall_is_parked(void **state)
{
    struct office *office = *state;
    Onedoor__Charging__OrderNothingDue nothing = ONEDOOR__CHARGING__ORDER_NOTHING_DUE__INIT;

    solo_hear(&office->solo, "charging", 99, at(1, 10, 9, 0), &nothing.base);
    assert_int_equal(1, memstore_count(office->solo.mem, &parked_table));
    assert_int_equal(0, memstore_count(office->solo.mem, &reporting_dossier_table));
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, open_office, shut_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_life_is_told_in_its_dossier),
        OFFICE_TEST(every_event_counts_on_its_own_day),
        OFFICE_TEST(the_order_of_the_journals_does_not_matter),
        OFFICE_TEST(what_is_heard_before_the_receipt_waits_and_is_not_counted),
        OFFICE_TEST(the_timeline_has_every_event_in_words),
        OFFICE_TEST(cases_of_a_day_share_the_rows_of_a_rollup),
        OFFICE_TEST(a_deemed_acceptance_counts_on_the_day_of_receipt),
        OFFICE_TEST(an_immediate_case_is_on_time_by_its_own_clock),
        OFFICE_TEST(a_case_stands_where_it_is_until_it_is_over),
        OFFICE_TEST(an_event_of_no_case_of_the_hall_is_parked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
