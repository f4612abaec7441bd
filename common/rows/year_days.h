/* SPDX-License-Identifier: Apache-2.0 */
/* year_days.h: RULE L82: a year's published days, from intake, which owns the calendar, to every
 * service that counts in working time and keeps a copy (calendar_table.h).
 *
 * A publication never changes what is past, so whoever hears of it sooner or later than of anything
 * else has counted the same. */
#ifndef COMMON_YEAR_DAYS_H
#define COMMON_YEAR_DAYS_H

#include "common/rows/turn.h"
#include "common/values/calendar.h"
#include "onedoor/envelope.pb-c.h"

enum { CALENDAR_YEAR_MIN = 2000, CALENDAR_YEAR_MAX = 2999, CALENDAR_DAYS_MAX = 366 };

/* The days of one year as they are said. Borrowed. */
struct year_days {
    int32_t year;
    Onedoor__CalendarDay *const *days;
    size_t n;
};

/* A year within bounds; 1..366 days of it, each once, of a known kind, with its names. */
struct outcome year_days_check(const struct year_days *);

/* Ask for the calendar's rows. */
void year_days_want(struct turn *);

/* Put the year's checked days in place of those there were, and make the calendar that holds from
 * here on; it lives in the turn's arena. Give the turn a memory that has it (turn_remember). */
struct calendar year_days_replace(struct turn *, const struct hall_hours *,
                                  const struct year_days *);

#endif
