/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/erase.h"

#include "common/base/panic.h"
#include "common/values/log.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/person.h"

enum { ERASED_AT_ONCE = 32, DAY_MS = 24 * 60 * 60 * 1000 };

/* A case that is not over after so many years is looked at again a month later. */
static const int64_t again_ms = INT64_C(30) * DAY_MS;

const struct outcome intake_erased = {ONEDOOR__CODE__FAILED_PRECONDITION, ONEDOOR__REASON__ERASED,
                                      "what was known of the applicant has been erased", NULL};

/* ---- how long it is kept */

/* So many years before today; the last of February stays in February. */
static struct day years_ago(struct day today, int32_t years)
{
    struct ymd date = day_to_ymd(today);
    date.year -= years;
    if (!ymd_is_date(date.year, date.month, date.day))
        date.day--;
    return day_from_ymd(date.year, date.month, date.day);
}

int64_t erase_kept_ms(const struct catalogue *catalogue, int64_t now_ms)
{
    struct day today = calendar_day(&catalogue->calendar, now_ms);
    return (int64_t)(today.n - years_ago(today, catalogue->erase_years).n) * DAY_MS;
}

static int64_t kept_ms(const struct turn *turn)
{
    return erase_kept_ms(turn->memory, turn->now_ms);
}

static bool is_due(const struct turn *turn, int64_t from_ms)
{
    return from_ms != 0 && from_ms <= turn->now_ms - kept_ms(turn);
}

void intake_need_erase(struct turn *turn)
{
    rows_want_due_late(turn, &intake_applicant_table, ERASED_AT_ONCE, kept_ms(turn));
    rows_want_due_late(turn, &intake_search_table, ERASED_AT_ONCE, kept_ms(turn));
}

/* ---- what belongs to it */

static void want_case(struct turn *turn, const struct applicant_row *row)
{
    intake_want_case(turn, row->number);
    rows_want(turn, &intake_ending_table,
              &(struct ending_row){.centre = turn->centre, .number = row->number});
    rows_want(turn, &intake_collection_table,
              &(struct collection_row){.centre = turn->centre, .number = row->number});
    rows_want(turn, &intake_amendment_table,
              &(struct amendment_row){.centre = turn->centre, .number = row->number});
    rows_want(turn, &intake_scan_table,
              &(struct scan_row){.centre = turn->centre, .number = row->number});
    rows_want(turn, &intake_print_table,
              &(struct print_row){.centre = turn->centre, .number = row->number});
    const Onedoor__Intake__Applicant *person = person_of(turn->seal, row, turn->arena);
    if (person != NULL)
        intake_want_known(turn, person->document);
}

bool intake_need_erase_more(struct turn *turn)
{
    const struct applicant_row *row;
    bool any = false;
    for (size_t place = 0; (row = rows_each(turn, &intake_applicant_table, &place)) != NULL;)
        if (is_due(turn, row->kept_from_ms)) {
            want_case(turn, row);
            any = true;
        }
    return any;
}

/* When the case was over; 0: it is not. */
static int64_t over_ms(struct turn *turn, const struct case_row *row)
{
    const struct ending_row probe = {.centre = turn->centre, .number = row->number}, *ending = NULL;
    for (const struct ending_row *one = NULL;
         (one = rows_next(turn, &intake_ending_table, &probe, one)) != NULL;)
        if (ending == NULL || one->round > ending->round)
            ending = one;
    switch (row->state) {
    case CASE_CLOSED:
        return row->closed_ms;
    case CASE_DELIVERED:
        return row->delivered_ms;
    case CASE_REFUSED:
    case CASE_WITHDRAWN:
    case CASE_TERMINATED:
        return ending == NULL ? row->received_ms : ending->at_ms;
    default:
        return 0;
    }
}

/* ---- erasing */

static void remove_of_case(struct turn *turn, int64_t number)
{
    const struct amendment_row amendments = {.centre = turn->centre, .number = number};
    const struct print_row prints = {.centre = turn->centre, .number = number};
    const struct collection_row collections = {.centre = turn->centre, .number = number};
    void *row;
    while ((row = rows_next(turn, &intake_collection_table, &collections, NULL)) != NULL)
        rows_remove(turn, &intake_collection_table, row);
    while ((row = rows_next(turn, &intake_amendment_table, &amendments, NULL)) != NULL)
        rows_remove(turn, &intake_amendment_table, row);
    while ((row = rows_next(turn, &intake_print_table, &prints, NULL)) != NULL)
        rows_remove(turn, &intake_print_table, row);
}

static void erase_applicant(struct turn *turn, struct applicant_row *row)
{
    const struct catalogue *catalogue = turn->memory;
    const Onedoor__Intake__Applicant *person = person_of(turn->seal, row, turn->arena);
    if (person != NULL)
        intake_forget(turn, person, row->number);
    remove_of_case(turn, row->number);
    intake_erase_scans(turn, row->number);
    rows_add(turn, &intake_erasure_table,
             &(struct erasure_row){.centre = turn->centre,
                                   .number = row->number,
                                   .years = (int16_t)catalogue->erase_years,
                                   .at_ms = turn->now_ms});
    log_info(row->number, "applicant.erased", "%d years after the case was over",
             catalogue->erase_years);
    rows_remove(turn, &intake_applicant_table, row);
}

static void keep_on(struct turn *turn, struct applicant_row *row, int64_t from_ms)
{
    rows_touch(turn, &intake_applicant_table, row);
    row->kept_from_ms = from_ms;
    turn_wake(turn, from_ms + kept_ms(turn));
}

/* The row says since when at the earliest; the case, since when. */
static void settle(struct turn *turn, struct applicant_row *row)
{
    const struct case_row *of = intake_case(turn, row->number);
    must(of != NULL); /* they are added together */
    int64_t since_ms = over_ms(turn, of);
    if (since_ms == 0)
        keep_on(turn, row, turn->now_ms - kept_ms(turn) + again_ms);
    else if (is_due(turn, since_ms))
        erase_applicant(turn, row);
    else
        keep_on(turn, row, since_ms);
}

void intake_erase(struct turn *turn)
{
    struct applicant_row *applicant;
    struct search_row *search;
    for (size_t at = 0; (applicant = rows_each(turn, &intake_applicant_table, &at)) != NULL;)
        if (is_due(turn, applicant->kept_from_ms))
            settle(turn, applicant);
    for (size_t at = 0; (search = rows_each(turn, &intake_search_table, &at)) != NULL;)
        if (is_due(turn, search->at_ms))
            rows_remove(turn, &intake_search_table, search);
}
