/* SPDX-License-Identifier: Apache-2.0 */
/* reporting_office.h: reporting alone, fed the events of a case's whole life in any order of the
 * journals. Include after cmocka.h. */
#ifndef TESTS_REPORTING_OFFICE_H
#define TESTS_REPORTING_OFFICE_H

#include "common/rows/clock_message.h"
#include "common/rows/corridor.h"
#include "common/values/case_number.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/reporting/dossier.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"
#include "services/reporting/span.h"
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

static inline void say(struct life *life, const char *stream, int64_t at_ms,
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

    clock_message_write(clock, calendar, message);
    return message;
}

static inline void say_receipt(struct arena *arena, struct life *life)
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
static inline void say_flow(struct arena *arena, struct life *life, const struct calendar *calendar)
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

static inline void say_bill(struct arena *arena, struct life *life)
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

static inline void say_end(struct arena *arena, struct life *life)
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
static inline void say_cards(struct arena *arena, struct life *life)
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

static inline struct life whole_life(struct arena *arena, const struct calendar *calendar)
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

static inline int open_office(void **state)
{
    static struct office office;

    solo_open(&office.solo, &reporting_service, reference_reporting);
    office.number = case_number_make(22, 1, 10, 1);
    office.life = whole_life(office.solo.arena,
                             &((const struct reporting *)office.solo.engine.memory)->calendar);
    *state = &office;
    return 0;
}

static inline int shut_office(void **state)
{
    solo_close(&((struct office *)*state)->solo);
    return 0;
}

static inline void hear_stream(struct office *office, const char *stream, int64_t number)
{
    for (size_t i = 0; i < office->life.n; i++)
        if (strcmp(office->life.sayings[i].stream, stream) == 0)
            solo_hear(&office->solo, stream, number, office->life.sayings[i].at_ms,
                      office->life.sayings[i].message);
}

/* Each journal as a whole, one after the other. */
static inline void hear_in_order(struct office *office, const int order[SERVICES], int64_t number)
{
    for (int i = 0; i < SERVICES; i++)
        hear_stream(office, services[order[i]], number);
}

static inline const struct dossier_row *dossier(struct office *office, int64_t number)
{
    return memstore_row(office->solo.mem, &reporting_dossier_table,
                        &(struct dossier_row){.centre = 1, .case_number = number});
}

/* The figures of a day, over all cohorts, items, departments and windows; day 0: of all days. */
static inline struct figures figures_of_day(struct office *office, int32_t day)
{
    struct figures sum = {{0}};
    const struct rollup_row *row;

    for (size_t i = 0;
         (row = memstore_row_at(office->solo.mem, &reporting_rollup_table, i)) != NULL; i++)
        if (row->span == SPAN_DAY && (day == 0 || row->day == day))
            reporting_add(&sum, &row->figures);
    return sum;
}

static inline int32_t january(int32_t day)
{
    return day_from_ymd(2022, 1, day).n;
}

static inline void assert_figures(const struct figures *expected, const struct figures *figures)
{
    for (int i = 0; i < FIGURES; i++)
        if (expected->n[i] != figures->n[i])
            fail_msg("%s: %lld, expected %lld", reporting_measures[i].name,
                     (long long)figures->n[i], (long long)expected->n[i]);
}

/* The expected figures, day by day, whatever the order of the journals. */
static inline void assert_days(struct office *office)
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
static inline int64_t tallied(struct office *office, const struct rollup_row *rollup, int figure)
{
    const struct tally_row *noted;
    int64_t sum = 0;

    for (size_t i = 0;
         (noted = memstore_row_at(office->solo.mem, &reporting_tally_table, i)) != NULL; i++) {
        const struct dossier_row *of = dossier(office, noted->case_number);
        if (noted->figure == figure + 1 && span_first(rollup->span, noted->day) == rollup->day &&
            span_cohort(rollup->span, reporting_cohort(noted->case_number)) == rollup->cohort &&
            of->item != NULL && strcmp(of->item, rollup->item) == 0 &&
            strcmp(of->department, rollup->department) == 0 && of->window == rollup->window)
            sum += noted->n;
    }
    return sum;
}

/* So that the cases behind a figure can be listed. */
static inline void assert_tallies(struct office *office)
{
    const struct rollup_row *row;
    struct figures sum = {{0}}, noted_sum = {{0}};
    const struct tally_row *noted;

    for (size_t i = 0;
         (row = memstore_row_at(office->solo.mem, &reporting_rollup_table, i)) != NULL; i++) {
        if (row->span == SPAN_DAY)
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
static inline void assert_sums(struct office *office)
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

static inline void assert_settled(struct office *office)
{
    assert_int_equal(0, memstore_count(office->solo.mem, &parked_table));
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, open_office, shut_office)

#endif
