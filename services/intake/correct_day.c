/* SPDX-License-Identifier: Apache-2.0 */
/* correct_day.c: RULE L82: an unforeseen closure of today, or the correction of a past day, by the
 * manager with a reason. Who counts in working time follows and counts again what ran on that day;
 * what was finished before, and what silence has accepted, stands as it was counted. */
#include "common/rows/calendar_table.h"
#include "common/rows/year_days.h"
#include "common/wire/revision.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"

enum { CORRECTABLE_DAYS = 366 };

static struct outcome wrong_day(const char *why)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, "day", why);
}

static struct outcome check_day(const struct turn *turn, const Onedoor__Intake__CorrectDay *correct)
{
    const struct calendar *calendar = &((const struct catalogue *)turn->memory)->calendar;
    const struct day day = {correct->day}, today = calendar_day(calendar, turn->now_ms);
    if (day.n > today.n)
        return wrong_day("a day to come is published with the list of its year");
    if (day.n < today.n - CORRECTABLE_DAYS)
        return wrong_day("is too long ago to be corrected");
    if (calendar_provisional(calendar, day))
        return wrong_day("the list of its year is not published");
    if (calendar_is_working(calendar, day) == (bool)correct->working)
        return wrong_day(correct->working ? "is a working day already" : "is a free day already");
    return OUTCOME_OK;
}

/* The year's list with the day as it was; the plain week needs no entry. */
static struct year_days corrected_year(struct turn *turn,
                                       const Onedoor__Intake__CorrectDay *correct)
{
    struct year_days list = year_days_now(turn, day_to_ymd((struct day){correct->day}).year);
    size_t n = 0;
    for (size_t i = 0; i < list.n; i++)
        if (list.days[i]->day != correct->day)
            list.days[n++] = list.days[i];
    if (calendar_is_weekday((struct day){correct->day}) != (bool)correct->working) {
        Onedoor__CalendarDay *day = list.days[n++] = ARENA_NEW(turn->arena, Onedoor__CalendarDay);
        onedoor__calendar_day__init(day);
        day->day = correct->day;
        day->kind =
            correct->working ? ONEDOOR__DAY_KIND__MAKE_UP_WORKING_DAY : ONEDOOR__DAY_KIND__HOLIDAY;
        day->name_zh = correct->name_zh;
        day->name_en = correct->name_en;
    }
    list.n = n;
    return list;
}

struct outcome intake_correct_day(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__CorrectDay *correct = call->message;
    int32_t year = day_to_ymd((struct day){correct->day}).year;
    Onedoor__CorrectedDay corrected = ONEDOOR__CORRECTED_DAY__INIT;
    struct outcome outcome = check_day(turn, correct);
    if (is_ok(outcome))
        outcome = revision_check(correct, year_days_revision_now(turn, year));
    if (!is_ok(outcome))
        return outcome;
    const struct year_days list = corrected_year(turn, correct);
    corrected.day = correct->day;
    corrected.working = correct->working;
    corrected.reason = correct->reason;
    intake_follow_calendar(turn, &list, &corrected);
    return OUTCOME_OK;
}
