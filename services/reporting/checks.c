/* SPDX-License-Identifier: Apache-2.0 */
#include "onedoor/reporting.pb-c.h"
#include "services/reporting/dossier.h"
#include "services/reporting/place.h"
#include "services/reporting/reporting.h"

static struct outcome wrong(const char *field, const char *detail)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, field, detail);
}

/* A period of days, both included; 0 = open end. */
static struct outcome check_days(int32_t from_day, int32_t to_day)
{
    return to_day != 0 && to_day < from_day ? wrong("to_day", "a period ends after it begins")
                                            : OUTCOME_OK;
}

enum { VISIT_DAYS_MOST = 366 };

/* Visits are summed as they are asked for, so a period of theirs is a year at most. */
static struct outcome check_visit_days(int32_t from_day, int32_t to_day)
{
    struct outcome outcome = check_days(from_day, to_day);
    if (is_ok(outcome) && from_day != 0 && to_day - from_day >= VISIT_DAYS_MOST)
        return wrong("to_day", "a period of visits is 366 days at most");
    return outcome;
}

static struct outcome check_search(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Reporting__Search *ask = message;
    bool by_figure = ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED;
    struct place place;

    if (ask->state[0] != '\0' && reporting_state_named(ask->state) == DOSSIER_UNHEARD)
        return wrong("state", "there is no such state");
    if (ask->to_ms != 0 && ask->to_ms < ask->from_ms)
        return wrong("to_ms", "a period ends after it begins");
    if (ask->no_window && ask->window != 0)
        return wrong("no_window", "at this window, or at none?");
    if (!by_figure && (ask->from_day != 0 || ask->to_day != 0))
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "figure", "which figure of these days?");
    if (!reporting_place_read(ask->after, &place))
        return wrong("after", "is not the end of a page");
    return check_days(ask->from_day, ask->to_day);
}

static struct outcome check_overview(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Reporting__Overview *ask = message;
    return check_days(ask->from_day, ask->to_day);
}

static struct outcome check_rollup(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Reporting__Rollup *ask = message;
    return check_days(ask->from_day, ask->to_day);
}

static struct outcome check_visits(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Reporting__Visits *ask = message;
    if (ask->by == ONEDOOR__REPORTING__BY__BY_MONTH)
        return wrong("by", "visits are not summed by month");
    return check_visit_days(ask->from_day, ask->to_day);
}

static struct outcome check_list_visits(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Reporting__ListVisits *ask = message;
    if (ask->by == ONEDOOR__REPORTING__BY__BY_MONTH)
        return wrong("by", "visits are not summed by month");
    return check_visit_days(ask->from_day, ask->to_day);
}

const struct check reporting_checks[] = {
    {&onedoor__reporting__search__descriptor, check_search},
    {&onedoor__reporting__overview__descriptor, check_overview},
    {&onedoor__reporting__rollup__descriptor, check_rollup},
    {&onedoor__reporting__visits__descriptor, check_visits},
    {&onedoor__reporting__list_visits__descriptor, check_list_visits},
    {NULL, NULL},
};
