/* SPDX-License-Identifier: Apache-2.0 */
/* day.h: a date, as a number that cannot be taken for another: days since 1970-01-01.
 *
 * Proleptic Gregorian, years 1 to 9999. Which zone the date is of, its owner says; in this system
 * it is the hall's own. Pure. */
#ifndef COMMON_DAY_H
#define COMMON_DAY_H

#include <stdbool.h>
#include <stdint.h>

struct day {
    int32_t n;
};

struct ymd {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
};

/* The last instant of the last year, in ms since 1970-01-01 UTC: what is asked for beyond is none.
 */
#define INSTANT_MAX_MS INT64_C(253402300799999)

/* Whether there is such a date; the conversions take and give only dates that are. */
bool ymd_is_date(int32_t year, int32_t month, int32_t day);
struct day day_from_ymd(int32_t year, int32_t month, int32_t day);
struct ymd day_to_ymd(struct day day);

#endif
