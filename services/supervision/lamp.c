/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/lamp.h"

static int32_t percent_of(const struct lamp_scale *scale, enum lamp lamp)
{
    return lamp == LAMP_YELLOW ? scale->yellow_percent : 100;
}

struct lamp_change supervision_lamp_next(const struct lamp_scale *scale, const struct clock *clock,
                                         enum lamp shown)
{
    if (shown == LAMP_RED)
        return (struct lamp_change){LAMP_RED, 0};
    enum lamp next = shown == LAMP_GREEN ? LAMP_YELLOW : LAMP_RED;

    return (struct lamp_change){next,
                                clock_at_percent(clock, scale->calendar, percent_of(scale, next))};
}

/* A paused clock shows the level it had reached when it was paused. */
static bool is_reached(const struct lamp_scale *scale, const struct clock *clock, enum lamp lamp,
                       int64_t now_ms)
{
    int32_t percent = percent_of(scale, lamp);

    if (clock->running_since_ms != 0)
        return clock_at_percent(clock, scale->calendar, percent) < now_ms;
    if (lamp == LAMP_RED)
        return clock_is_over(clock, scale->calendar, now_ms);
    int64_t gone_min = clock->budget_min - clock_remaining(clock, scale->calendar, now_ms);
    return clock->started_ms != 0 && gone_min * 100 >= (int64_t)clock->budget_min * percent;
}

enum lamp supervision_lamp_now(const struct lamp_scale *scale, const struct clock *clock,
                               int64_t now_ms)
{
    if (is_reached(scale, clock, LAMP_RED, now_ms))
        return LAMP_RED;
    return is_reached(scale, clock, LAMP_YELLOW, now_ms) ? LAMP_YELLOW : LAMP_GREEN;
}
