/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/checks.h"

#include "common/values/day.h"
#include "onedoor/reporting.pb-c.h"
#include "services/reporting/dossier.h"
#include "services/reporting/place.h"

enum { LAST_DAY = 2932896 }; /* 9999-12-31 */
enum { PAGE_MAX = 500, WINDOW_MAX = 9999 };

/* A period of days, both included; 0 = open end. */
static struct outcome check_days(int32_t from_day, int32_t to_day)
{
    if (from_day < 0 || to_day < 0 || from_day > LAST_DAY || to_day > LAST_DAY ||
        (to_day != 0 && to_day < from_day))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_day", "a period ends after it begins");
    return OUTCOME_OK;
}

struct outcome reporting_check_get_dossier(const void *message)
{
    const Onedoor__Reporting__GetDossier *ask = message;

    if (ask->case_number <= 0)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "case_number", "which case?");
    return OUTCOME_OK;
}

struct outcome reporting_check_search(const void *message)
{
    const Onedoor__Reporting__Search *ask = message;
    bool by_figure = ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED;
    struct place place;

    if (ask->limit < 1 || ask->limit > PAGE_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "limit", "from 1 to 500");
    if (ask->state[0] != '\0' && reporting_state_named(ask->state) == DOSSIER_UNHEARD)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "state", "there is no such state");
    if (ask->from_ms < 0 || ask->from_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_ms", "is no instant of the calendar");
    if (ask->to_ms < 0 || ask->to_ms > INSTANT_MAX_MS ||
        (ask->to_ms != 0 && ask->to_ms < ask->from_ms))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_ms", "a period ends after it begins");
    if (ask->window < 0 || ask->window > WINDOW_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "window", "from 1 to 9999, or 0 for any");
    if (ask->no_window && ask->window != 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "no_window", "at this window, or at none?");
    if (!by_figure && (ask->from_day != 0 || ask->to_day != 0))
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "figure", "which figure of these days?");
    if (!reporting_place_read(ask->after, &place))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "this is not where a page ended");
    return check_days(ask->from_day, ask->to_day);
}

struct outcome reporting_check_overview(const void *message)
{
    const Onedoor__Reporting__Overview *ask = message;

    return check_days(ask->from_day, ask->to_day);
}

struct outcome reporting_check_rollup(const void *message)
{
    const Onedoor__Reporting__Rollup *ask = message;

    if (ask->by == ONEDOOR__REPORTING__BY__BY_UNSPECIFIED)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "by",
                       "by day, month, item, department or window?");
    return check_days(ask->from_day, ask->to_day);
}
