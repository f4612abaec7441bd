/* SPDX-License-Identifier: Apache-2.0 */
/* span.h: the days, months and years that a period is summed from: of as few rollups as can be.
 * Pure. Days are since 1970-01-01. */
#ifndef REPORTING_SPAN_H
#define REPORTING_SPAN_H

#include <stdint.h>

#include "services/reporting/rows.h"

/* The first day of the month or year that a day is in, or the day itself: of the events, and of the
 * receipt. */
int32_t span_first(enum span, int32_t day);
int32_t span_cohort(enum span, int32_t day);

/* Of which spans with their first day in [from, to) the period is made: years, the months before
 * them and after, the days before these and after. An empty one is [0, 0). */
struct pieces {
    struct {
        int32_t from, to;
    } years, months[2], days[2];
};

/* The period from one day to another, both included; 0 = open end. It is made of nothing longer
 * than `longest`. */
struct pieces span_pieces(int32_t from_day, int32_t to_day, enum span longest);

#endif
