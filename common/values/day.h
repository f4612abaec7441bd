/* SPDX-License-Identifier: Apache-2.0 */
/* day.h: a date as days since 1970-01-01, in a struct so that it cannot be mixed with other
 * numbers.
 *
 * Proleptic Gregorian, years 1 to 9999. Dates are of the hall's own time zone. Pure. */
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

/* The last instant of the last year, in ms since 1970-01-01 UTC. */
#define INSTANT_MAX_MS INT64_C(253402300799999)

/* Whether the date exists. The conversions take and give only dates that do. */
bool ymd_is_date(int32_t year, int32_t month, int32_t day);
struct day day_from_ymd(int32_t year, int32_t month, int32_t day);
struct ymd day_to_ymd(struct day day);

#endif
