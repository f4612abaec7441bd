/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h: which minutes are working minutes.
 *
 * RULE L82: days are working days, without statutory holidays; a weekend day that the State Council
 * declares a working day (调休) is a working day like any other.
 *
 * Everything is derived from one scale. calendar_minutes() gives the working minutes from a fixed
 * origin to an instant, calendar_instant() is its inverse. Every other answer is a difference of
 * the two, so periods add up exactly, however they are divided.
 *
 * Instants are int64 ms UTC within the years 1 to 9999 and are rounded down to the minute. The hall
 * is at a fixed offset from UTC. Pure: reads no clock and holds no global. */
#ifndef COMMON_CALENDAR_H
#define COMMON_CALENDAR_H

#include "common/base/status.h"
#include "common/values/day.h"
#include "common/values/hall_hours.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum exception_kind { EXCEPTION_HOLIDAY, EXCEPTION_WORKDAY };

/* A day on which the plain week (Monday to Friday) does not apply. */
struct calendar_exception {
    struct day day;
    enum exception_kind kind;
    const char *name; /* of the holiday, as published; null = none */
};

struct calendar {
    struct hall_hours hours;
    int32_t day_min;           /* working minutes of one working day */
    int32_t last_year;         /* last year with published exceptions; INT32_MIN = none */
    struct calendar_row *rows; /* the exceptions by day; in the arena given to calendar_init() */
    size_t n_rows;
};

/* Makes a calendar from exceptions in any order, which are copied into the arena. STATUS_INVALID,
 * and no calendar, when the hours break the rule above or a day is given twice. The last published
 * year is that of the last exception. */
MUST_USE enum status calendar_init(struct calendar *cal, const struct hall_hours *hours,
                                   const struct calendar_exception *exceptions, size_t n,
                                   struct arena *arena);

/* The same calendar in the arena, with one day of it worked or free. */
struct calendar calendar_correct(const struct calendar *, struct day, bool working, struct arena *);

enum day_kind { DAY_WORKING, DAY_WEEKEND, DAY_HOLIDAY, DAY_MAKEUP };

/* The local date of an instant, and the instant of a date's local midnight. */
struct day calendar_day(const struct calendar *cal, int64_t ms);
int64_t calendar_midnight(const struct calendar *cal, struct day day);

enum day_kind calendar_kind(const struct calendar *cal, struct day day);
bool calendar_is_working(const struct calendar *cal, struct day day);

/* Monday to Friday, whatever is published. */
bool calendar_is_weekday(struct day day);

/* The holiday a day belongs to (make-up days too); "" when none. Lives as long as the calendar. */
const char *calendar_name(const struct calendar *cal, struct day day);

/* True beyond the last published year, where the plain week and the fixed holidays are all that is
 * known. */
bool calendar_provisional(const struct calendar *cal, struct day day);

/* The same of a deadline; false of 0, which is none. */
bool calendar_provisional_due(const struct calendar *cal, int64_t due_ms);

/* The scale: working minutes up to an instant (only differences have a meaning), and the earliest
 * instant with that many `minutes`. A day's last minute ends when the hall closes, not when it next
 * opens. */
int64_t calendar_minutes(const struct calendar *cal, int64_t ms);
int64_t calendar_instant(const struct calendar *cal, int64_t minutes);

/* Working minutes between two instants; negative when `to_ms` is the earlier one. */
int64_t calendar_worked(const struct calendar *cal, int64_t from_ms, int64_t to_ms);

/* Working days from one day to another, the first included and the last not. */
int64_t calendar_days(const struct calendar *cal, struct day from, struct day to);

/* When the hall opens on the first working day after the day of `ms`. */
int64_t calendar_next_opening(const struct calendar *cal, int64_t ms);

/* When the hall closes for the day of `ms`, or for the next working day when that is not one. */
int64_t calendar_close(const struct calendar *cal, int64_t ms);

/* Working minutes of one working day. */
int32_t calendar_day_minutes(const struct calendar *cal);

#endif
