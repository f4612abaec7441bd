/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h: which minutes are working minutes.
 *
 * RULE L82: days are working days, statutory holidays left out; what the State Council makes a
 * working weekend (调休) is a working day like another.
 *
 * Everything rests on one ruler. calendar_minutes() reads it at an instant: the working minutes
 * since a fixed beginning. calendar_instant() finds the instant of a reading. Every other answer is
 * a difference of readings, so stretches add up exactly and never depend on how they were cut.
 *
 * Instants are int64 ms UTC within the years 1 to 9999; seconds are cut off, the ruler has whole
 * minutes. The hall lives at a fixed offset from UTC. Pure: reads no clock and holds no global. */
#ifndef COMMON_CALENDAR_H
#define COMMON_CALENDAR_H

#include "common/base/status.h"
#include "common/values/day.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { HALL_SPANS_MAX = 4 };

/* When the hall is open on a working day. Spans are in order, do not touch, 0 <= from < to <= 1440.
 */
struct hall_hours {
    int32_t utc_offset_min; /* minutes east of UTC */
    int32_t n_spans;        /* 1..HALL_SPANS_MAX */
    struct hall_span {
        int32_t from_min; /* minutes after local midnight */
        int32_t to_min;
    } spans[HALL_SPANS_MAX];
};

/* From "09:00-12:00,13:00-17:00"; STATUS_INVALID for any other form. calendar_init checks the
 * times. */
MUST_USE enum status hall_hours_parse(const char *text, int32_t utc_offset_min,
                                      struct hall_hours *);

enum exception_kind { EXCEPTION_HOLIDAY, EXCEPTION_WORKDAY };

/* A day on which the plain week (Monday to Friday) does not hold. */
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

/* Build a calendar from exceptions in any order; they are copied into the arena. STATUS_INVALID,
 * and nothing usable, when the hours break the rule above or a day is named twice. The last
 * published year is that of the last exception. */
MUST_USE enum status calendar_init(struct calendar *cal, const struct hall_hours *hours,
                                   const struct calendar_exception *exceptions, size_t n,
                                   struct arena *arena);

enum day_kind { DAY_WORKING, DAY_WEEKEND, DAY_HOLIDAY, DAY_MAKEUP };

/* The local date of an instant, and the instant of a date's local midnight. */
struct day calendar_day(const struct calendar *cal, int64_t ms);
int64_t calendar_midnight(const struct calendar *cal, struct day day);

enum day_kind calendar_kind(const struct calendar *cal, struct day day);
bool calendar_is_working(const struct calendar *cal, struct day day);

/* The holiday a day belongs to (make-up days too); "" when none. Lives as long as the calendar. */
const char *calendar_name(const struct calendar *cal, struct day day);

/* True beyond the last published year, where only the plain week is known. */
bool calendar_provisional(const struct calendar *cal, struct day day);

/* The ruler: working minutes up to an instant (only differences mean anything), and the earliest
 * instant at which the ruler reads `minutes`. A day's last minute ends at its closing, not at the
 * next opening. */
int64_t calendar_minutes(const struct calendar *cal, int64_t ms);
int64_t calendar_instant(const struct calendar *cal, int64_t minutes);

/* Working minutes between two instants; negative when they stand the wrong way round. */
int64_t calendar_worked(const struct calendar *cal, int64_t from_ms, int64_t to_ms);

/* Working days from one day to another, the first included and the last not. */
int64_t calendar_days(const struct calendar *cal, struct day from, struct day to);

/* Opening of the first working day after the day of `ms`. */
int64_t calendar_next_opening(const struct calendar *cal, int64_t ms);

/* Last closing of the day of `ms`, or of the next working day when that day is not one. */
int64_t calendar_close(const struct calendar *cal, int64_t ms);

/* Working minutes of one working day. */
int32_t calendar_day_minutes(const struct calendar *cal);

#endif
