/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_2022.h: the State Council's calendar of 2022, and instants written as a wall clock shows
 * them. */
#ifndef UNIT_CALENDAR_2022_H
#define UNIT_CALENDAR_2022_H

#include "common/base/arena.h"
#include "common/values/calendar.h"

#define SPRING "春节"

static const struct exception_2022 {
    int8_t month, day;
    enum exception_kind kind;
    const char *name;
} exceptions_2022[] = {
    {1, 3, EXCEPTION_HOLIDAY, "元旦"},    {1, 29, EXCEPTION_WORKDAY, SPRING},
    {1, 30, EXCEPTION_WORKDAY, SPRING},   {1, 31, EXCEPTION_HOLIDAY, SPRING},
    {2, 1, EXCEPTION_HOLIDAY, SPRING},    {2, 2, EXCEPTION_HOLIDAY, SPRING},
    {2, 3, EXCEPTION_HOLIDAY, SPRING},    {2, 4, EXCEPTION_HOLIDAY, SPRING},
    {4, 2, EXCEPTION_WORKDAY, "清明"},    {4, 4, EXCEPTION_HOLIDAY, "清明"},
    {4, 5, EXCEPTION_HOLIDAY, "清明"},    {4, 24, EXCEPTION_WORKDAY, "劳动节"},
    {5, 2, EXCEPTION_HOLIDAY, "劳动节"},  {5, 3, EXCEPTION_HOLIDAY, "劳动节"},
    {5, 4, EXCEPTION_HOLIDAY, "劳动节"},  {5, 7, EXCEPTION_WORKDAY, "劳动节"},
    {6, 3, EXCEPTION_HOLIDAY, "端午"},    {9, 12, EXCEPTION_HOLIDAY, "中秋"},
    {10, 3, EXCEPTION_HOLIDAY, "国庆节"}, {10, 4, EXCEPTION_HOLIDAY, "国庆节"},
    {10, 5, EXCEPTION_HOLIDAY, "国庆节"}, {10, 6, EXCEPTION_HOLIDAY, "国庆节"},
    {10, 7, EXCEPTION_HOLIDAY, "国庆节"}, {10, 8, EXCEPTION_WORKDAY, "国庆节"},
    {10, 9, EXCEPTION_WORKDAY, "国庆节"},
};

enum { N_2022 = sizeof(exceptions_2022) / sizeof(exceptions_2022[0]) };

/* China Standard Time, 09:00-12:00 and 13:00-17:00: 420 minutes a working day. */
static inline struct hall_hours hours_2022(void)
{
    return (struct hall_hours){
        .utc_offset_min = 8 * 60,
        .n_spans = 2,
        .spans = {{9 * 60, 12 * 60}, {13 * 60, 17 * 60}},
    };
}

/* Whether the minute that begins at or before this instant is a working minute. */
static inline bool is_open(const struct calendar *cal, int64_t ms)
{
    return calendar_minutes(cal, ms + 60000) > calendar_minutes(cal, ms);
}

/* The earliest instant at which `minutes` (> 0) working minutes have passed. */
static inline int64_t add_minutes(const struct calendar *cal, int64_t from_ms, int64_t minutes)
{
    return calendar_instant(cal, calendar_minutes(cal, from_ms) + minutes);
}

/* The hall's calendar with 2022 published and nothing after. */
static inline struct calendar calendar_2022(struct arena *arena)
{
    struct calendar_exception exceptions[N_2022];
    struct hall_hours hours = hours_2022();
    struct calendar cal;

    for (int i = 0; i < N_2022; i++)
        exceptions[i] = (struct calendar_exception){
            .day = day_from_ymd(2022, exceptions_2022[i].month, exceptions_2022[i].day),
            .kind = exceptions_2022[i].kind,
            .name = exceptions_2022[i].name,
        };
    assert_int_equal(STATUS_OK, calendar_init(&cal, &hours, exceptions, N_2022, arena));
    return cal;
}

/* A wall clock in the hall: 2022, month and day, hour and minute. */
static inline int64_t at(int32_t month, int32_t day, int32_t hour, int32_t minute)
{
    return ((day_from_ymd(2022, month, day).n * INT64_C(24) + hour - 8) * 60 + minute) * 60000;
}

#endif
