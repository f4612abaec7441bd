/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/span.h"

#include "common/values/day.h"

/* The ends of an open period: the first days of years that no case was received in. */
#define EARLIEST (day_from_ymd(1900, 1, 1).n)
#define LATEST   (day_from_ymd(9999, 1, 1).n)

int32_t span_first(enum span span, int32_t day)
{
    struct ymd date = day_to_ymd((struct day){day});

    if (span == SPAN_DAY)
        return day;
    return day_from_ymd(date.year, span == SPAN_MONTH ? date.month : 1, 1).n;
}

int32_t span_cohort(enum span span, int32_t day)
{
    return span_first(span == SPAN_RECEIPT ? SPAN_DAY : span, day);
}

/* The first one that begins on the day or after it. */
static int32_t next_first(enum span span, int32_t day)
{
    int32_t first = span_first(span, day);
    struct ymd date = day_to_ymd((struct day){first});

    if (first == day)
        return day;
    if (span == SPAN_YEAR || date.month == 12)
        return day_from_ymd(date.year + 1, 1, 1).n;
    return day_from_ymd(date.year, date.month + 1, 1).n;
}

#define SET(piece, first, end)                                                                     \
    do {                                                                                           \
        if ((first) < (end)) {                                                                     \
            (piece).from = (first);                                                                \
            (piece).to = (end);                                                                    \
        }                                                                                          \
    } while (0)

struct pieces span_pieces(int32_t from_day, int32_t to_day, enum span longest)
{
    struct pieces pieces = {0};
    int32_t from = from_day == 0 ? EARLIEST : from_day, to = to_day == 0 ? LATEST : to_day + 1;
    int32_t month = longest >= SPAN_MONTH ? next_first(SPAN_MONTH, from) : to,
            month_end = longest >= SPAN_MONTH ? span_first(SPAN_MONTH, to) : to;

    if (month >= month_end) { /* no month is whole */
        SET(pieces.days[0], from, to);
        return pieces;
    }
    int32_t year = longest == SPAN_YEAR ? next_first(SPAN_YEAR, month) : month_end,
            year_end = longest == SPAN_YEAR ? span_first(SPAN_YEAR, month_end) : month_end;
    SET(pieces.days[0], from, month);
    SET(pieces.days[1], month_end, to);
    if (year >= year_end) { /* no year is whole */
        SET(pieces.months[0], month, month_end);
        return pieces;
    }
    SET(pieces.months[0], month, year);
    SET(pieces.years, year, year_end);
    SET(pieces.months[1], year_end, month_end);
    return pieces;
}
