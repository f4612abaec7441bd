/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/timekeeper.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { DAY_S = 86400 };

static enum clock_doubt doubt(struct timekeeper *keeper, enum clock_doubt why, int64_t off_ms)
{
    keeper->off_ms = off_ms;
    return keeper->doubt = why;
}

static bool agrees(const struct timekeeper *keeper)
{
    return llabs(keeper->apart_ms) <= keeper->step_max_ms;
}

enum clock_doubt timekeeper_look(struct timekeeper *keeper, int64_t now_ms, int64_t counted_ms,
                                 int64_t last_ms)
{
    int64_t stepped_ms = now_ms - keeper->trusted_ms - (counted_ms - keeper->counted_ms);
    if (keeper->step_max_ms == 0)
        return CLOCK_TRUSTED;
    if (keeper->trusted_ms != 0 && llabs(stepped_ms) > keeper->step_max_ms)
        return doubt(keeper, CLOCK_STEPPED, stepped_ms);
    if (keeper->trusted_ms == 0 && last_ms != 0 && now_ms - last_ms > keeper->gap_max_ms)
        return doubt(keeper, CLOCK_GAP, now_ms - last_ms);
    if (last_ms - now_ms > keeper->step_max_ms)
        return doubt(keeper, CLOCK_BEHIND, now_ms - last_ms);
    if (llabs(keeper->apart_ms - keeper->apart_accepted_ms) > keeper->step_max_ms)
        return doubt(keeper, CLOCK_APART, keeper->apart_ms);
    keeper->trusted_ms = now_ms;
    keeper->counted_ms = counted_ms;
    return doubt(keeper, CLOCK_TRUSTED, 0);
}

void timekeeper_compare(struct timekeeper *keeper, int64_t ahead_ms)
{
    keeper->apart_ms = ahead_ms;
    if (agrees(keeper))
        keeper->apart_accepted_ms = 0;
}

void timekeeper_accept(struct timekeeper *keeper, int64_t now_ms, int64_t counted_ms)
{
    keeper->trusted_ms = now_ms;
    keeper->counted_ms = counted_ms;
    keeper->apart_accepted_ms = agrees(keeper) ? 0 : keeper->apart_ms;
    keeper->doubt = CLOCK_TRUSTED;
    keeper->off_ms = 0;
}

void timekeeper_text(const struct timekeeper *keeper, char text[TIMEKEEPER_TEXT])
{
    const char *way = keeper->off_ms > 0 ? "ahead" : "back";
    long long off_s = llabs(keeper->off_ms) / 1000;
    switch (keeper->doubt) {
    case CLOCK_STEPPED:
        snprintf(text, TIMEKEEPER_TEXT, "the clock was set %lld s %s", off_s, way);
        return;
    case CLOCK_GAP:
        snprintf(text, TIMEKEEPER_TEXT, "by the clock nothing was said for %lld days",
                 off_s / DAY_S);
        return;
    case CLOCK_BEHIND:
        snprintf(text, TIMEKEEPER_TEXT, "the journal ends %lld s later than the clock's now",
                 off_s);
        return;
    case CLOCK_APART:
        snprintf(text, TIMEKEEPER_TEXT, "the clock is %lld s %s PostgreSQL's", off_s,
                 keeper->off_ms > 0 ? "ahead of" : "behind");
        return;
    case CLOCK_TRUSTED:
        snprintf(text, TIMEKEEPER_TEXT, "the clock is trusted");
    }
}
