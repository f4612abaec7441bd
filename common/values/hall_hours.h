/* SPDX-License-Identifier: Apache-2.0 */
/* hall_hours.h: when the hall is open on a working day, and its holidays of fixed date, as an
 * operator sets them. Pure. */
#ifndef COMMON_HALL_HOURS_H
#define COMMON_HALL_HOURS_H

#include "common/base/status.h"

#include <stdint.h>

enum { HALL_SPANS_MAX = 4, FIXED_HOLIDAYS_MAX = 40 };

/* When the hall is open on a working day. Spans are in order and apart, 0 <= from < to <= 1440. */
struct hall_hours {
    int32_t utc_offset_min; /* minutes east of UTC */
    int32_t n_spans;        /* 1..HALL_SPANS_MAX */
    struct hall_span {
        int32_t from_min; /* minutes after local midnight */
        int32_t to_min;
    } spans[HALL_SPANS_MAX];

    /* RULE L82: holidays of fixed date, by from_year. A year for which no day is published has
     * those of the greatest from_year that is not above it. */
    int32_t n_fixed;
    struct fixed_holiday {
        int32_t from_year;
        int32_t month_day; /* month * 100 + day */
    } fixed[FIXED_HOLIDAYS_MAX];
};

/* From "09:00-12:00,13:00-17:00"; STATUS_INVALID for any other form. calendar_init checks the
 * times. */
MUST_USE enum status hall_hours_parse(const char *text, int32_t utc_offset_min,
                                      struct hall_hours *);

/* The fixed holidays, from "01-01,05-01;2025:01-01,05-01,05-02": lists in order of the year from
 * which each holds, which the first may leave out. An empty text is none. STATUS_INVALID when there
 * are too many, or for any other form or date. */
MUST_USE enum status hall_hours_parse_fixed(const char *text, struct hall_hours *);

#endif
