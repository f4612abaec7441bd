/* SPDX-License-Identifier: Apache-2.0 */
/* A year is counted from March here, so that the leap day is its last. */
#include "common/values/day.h"

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool ymd_is_date(int32_t year, int32_t month, int32_t day)
{
    static const int8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (year < 1 || year > 9999 || month < 1 || month > 12)
        return false;
    return day >= 1 && day <= lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1 March of year 0 to 1 March of the year. */
static int32_t days_before_year(int32_t year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

/* Days from 1 March to the first of a month; March is 0. Lengths repeat every five months. */
static int32_t days_before_month(int32_t month_from_march)
{
    return (153 * month_from_march + 2) / 5;
}

enum { MARCH_0_TO_1970 = 719468 };

struct day day_from_ymd(int32_t year, int32_t month, int32_t day)
{
    int32_t march_year = month > 2 ? year : year - 1;
    int32_t march_month = (month + 9) % 12;

    return (struct day){days_before_year(march_year) + days_before_month(march_month) + day - 1 -
                        MARCH_0_TO_1970};
}

struct ymd day_to_ymd(struct day day)
{
    int32_t since_march_0 = day.n + MARCH_0_TO_1970;
    int32_t year = (int32_t)((int64_t)since_march_0 * 400 / 146097);

    /* Around 1 March the mean year may miss by one. */
    if (days_before_year(year) > since_march_0)
        year--;
    else if (days_before_year(year + 1) <= since_march_0)
        year++;

    int32_t rest = since_march_0 - days_before_year(year);
    int32_t month = (5 * rest + 2) / 153;

    return (struct ymd){
        .year = month < 10 ? year : year + 1,
        .month = month < 10 ? month + 3 : month - 9,
        .day = rest - days_before_month(month) + 1,
    };
}
