/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/holidays.h"

#include <string.h>

/* What the name of each statutory holiday has in it. */
static const struct festival {
    const char *part, *missing;
} festivals[] = {
    {"元旦", "the list lacks New Year's Day (元旦)"},
    {"春节", "the list lacks the Spring Festival (春节)"},
    {"清明", "the list lacks Tomb-Sweeping Day (清明)"},
    {"劳动", "the list lacks Labour Day (劳动节)"},
    {"端午", "the list lacks the Dragon Boat Festival (端午)"},
    {"中秋", "the list lacks the Mid-Autumn Festival (中秋)"},
    {"国庆", "the list lacks the National Day (国庆节)"},
};

/* Statutory days off a year, from a year on. */
static const struct statutory {
    int32_t from_year, days;
} statutory[] = {{2025, 13}, {2008, 11}, {2000, 10}};

static bool is_holiday(const Onedoor__CalendarDay *day)
{
    return day->kind == ONEDOOR__DAY_KIND__HOLIDAY;
}

static struct outcome check_effect(const struct year_days *list, struct arena *arena)
{
    for (size_t i = 0; i < list->n; i++) {
        const Onedoor__CalendarDay *day = list->days[i];
        if (is_holiday(day) != calendar_is_weekday((struct day){day->day}))
            return invalid(ONEDOOR__REASON__FIELD_INVALID, year_days_field(i, "kind", arena),
                           is_holiday(day) ? "a weekend day is free already"
                                           : "a weekday is worked already");
    }
    return OUTCOME_OK;
}

static bool is_named(const struct year_days *list, const char *part)
{
    for (size_t i = 0; i < list->n; i++)
        if (is_holiday(list->days[i]) && strstr(list->days[i]->name_zh, part) != NULL)
            return true;
    return false;
}

static int32_t days_off(const struct year_days *list)
{
    int32_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += is_holiday(list->days[i]) ? 1 : -1;
    return n;
}

static int32_t statutory_days(int32_t year)
{
    const struct statutory *from = statutory;
    while (from->from_year > year)
        from++;
    return from->days;
}

struct outcome intake_holidays_check(const struct year_days *list, struct arena *arena)
{
    struct outcome outcome = check_effect(list, arena);
    for (size_t i = 0; is_ok(outcome) && i < sizeof festivals / sizeof festivals[0]; i++)
        if (!is_named(list, festivals[i].part))
            outcome = invalid(ONEDOOR__REASON__FIELD_INVALID, "days", festivals[i].missing);
    if (is_ok(outcome) && days_off(list) < statutory_days(list->year))
        outcome = invalid(ONEDOOR__REASON__FIELD_INVALID, "days",
                          "days off less make-up days are fewer than the statutory holidays");
    return outcome;
}
