/* SPDX-License-Identifier: Apache-2.0 */
/* Reporting alone: dossier, timeline and rollups of a case do not depend on the order in which the
 * journals are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/figures.h"
#include "services/reporting/say.h"
#include "tests/world/reporting_office.h"

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

/* Each measure by its name on the wire, so that none is left out of an answer. */
static void every_figure_is_answered(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct figures figures;
    for (int i = 0; i < FIGURES; i++)
        figures.n[i] = 100 + i;
    const Onedoor__Reporting__Figures *answer = reporting_figures_message(&figures, arena);
    for (int i = 0; i < FIGURES; i++) {
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(
            &onedoor__reporting__figures__descriptor, reporting_measures[i].name);
        assert_non_null(field);
        assert_int_equal(100 + i, *(const int64_t *)((const char *)answer + field->offset));
    }
    arena_free(&arena);
}

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
        cmocka_unit_test(every_figure_is_answered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
