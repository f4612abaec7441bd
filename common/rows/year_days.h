/* SPDX-License-Identifier: Apache-2.0 */
/* year_days.h: RULE L82: the published days of a year, which intake, the owner of the calendar,
 * sends to every service that counts working time and keeps a copy (calendar_table.h).
 *
 * A publication never changes the past, so every service counts the same, whenever the event
 * reaches it. A correction of a day that has begun does: what was counted by it is counted again.
 */
#ifndef COMMON_YEAR_DAYS_H
#define COMMON_YEAR_DAYS_H

#include "common/rows/turn.h"
#include "common/values/calendar.h"
#include "onedoor/envelope.pb-c.h"

enum { CALENDAR_DAYS_MAX = 366 };

/* The days of one year, as in the message. Borrowed. */
struct year_days {
    int32_t year;
    Onedoor__CalendarDay **days;
    size_t n;
};

/* Refused, in the arena, unless each day is of the year and stands once. */
struct outcome year_days_check(const struct year_days *, struct arena *);

/* A field of one of the days, for a refusal: "days[3].day". */
const char *year_days_field(size_t at, const char *name, struct arena *);

/* The revision of some days together, as they are shown; of the year's rows, which are wanted. */
int64_t year_days_revision(Onedoor__CalendarDay *const *, size_t n, struct arena *);
int64_t year_days_revision_now(struct turn *, int32_t year);

/* The rows of a year, which are wanted, as messages in the turn's arena; there is room for one
 * more.
 */
struct year_days year_days_now(struct turn *, int32_t year);

/* Wants the calendar's rows. */
void year_days_want(struct turn *);

/* The days of all years as they stand, without their names, for a walk that compares deadlines
 * (walk.h); and the calendar of such a list. Both in the arena. */
Onedoor__CalendarDay **year_days_all(struct turn *, size_t *n);
struct calendar year_days_calendar(Onedoor__CalendarDay *const *, size_t n,
                                   const struct hall_hours *, struct arena *);

/* Replaces the rows of the year by its checked days, and gives the calendar that applies from
 * here on, in the turn's arena. Give the turn a memory that has it (turn_remember). */
struct calendar year_days_replace(struct turn *, const struct hall_hours *,
                                  const struct year_days *);

#endif
