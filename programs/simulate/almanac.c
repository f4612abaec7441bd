/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/almanac.h"

static void skip_rest_days(struct almanac *almanac)
{
    while (!calendar_is_working(almanac->calendar, almanac->day))
        almanac->day.n++;
}

void almanac_begin(struct almanac *almanac, const struct calendar *calendar, struct day first)
{
    *almanac = (struct almanac){calendar, first, false};
    skip_rest_days(almanac);
}

int64_t almanac_next(struct almanac *almanac)
{
    int64_t minute = almanac->afternoon ? AFTERNOON_MIN : MORNING_MIN;
    int64_t at_ms = calendar_midnight(almanac->calendar, almanac->day) + minute * 60 * 1000;
    if (almanac->afternoon) {
        almanac->day.n++;
        skip_rest_days(almanac);
    }
    almanac->afternoon = !almanac->afternoon;
    return at_ms;
}

int32_t almanac_steps(const struct calendar *calendar, struct day first, struct day last)
{
    return 2 * (int32_t)calendar_days(calendar, first, (struct day){last.n + 1});
}
