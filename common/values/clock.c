/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/clock.h"

#include "common/base/arena.h"
#include "common/base/panic.h"

#include <stdlib.h>

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Working minutes since the clock's last change; none when `to_ms` is before it. */
static int32_t span_min(const struct calendar *cal, int64_t from_ms, int64_t to_ms)
{
    return (int32_t)calendar_worked(cal, from_ms, later(from_ms, to_ms));
}

static int32_t add_days(const struct calendar *cal, int32_t budget_min, int32_t days)
{
    int64_t sum = budget_min + (int64_t)days * calendar_day_minutes(cal);

    if (days < 0 || sum > INT32_MAX)
        panic("clock: a budget cannot grow by %d days", days);
    return (int32_t)sum;
}

/* RULE H4: an immediate item is finished in the same visit. */
static int64_t close_of_visit(const struct calendar *cal, int64_t now)
{
    int64_t close = calendar_close(cal, now);

    return close > now ? close : calendar_close(cal, calendar_next_opening(cal, now));
}

void clock_start(struct clock *clock, const struct calendar *cal, int64_t now, int32_t days)
{
    if (clock->started_ms)
        panic("clock: started twice");

    /* RULE L82: the day of acceptance does not count. */
    int64_t start = days > 0 ? calendar_next_opening(cal, now) : now;

    *clock = (struct clock){
        .budget_min =
            days > 0 ? add_days(cal, 0, days) : span_min(cal, now, close_of_visit(cal, now)),
        .started_ms = start,
        .running_since_ms = start,
    };
}

/* The instant at which used_min was counted: since then the clock has run, or it is paused. */
static int64_t anchor(const struct clock *clock)
{
    if (clock->running_since_ms)
        return clock->running_since_ms;
    if (clock->paused_since_ms)
        return clock->paused_since_ms;
    return later(clock->started_ms, clock->stopped_ms);
}

/* When used_min reached, or without further pauses will reach, the budget. */
static int64_t run_out(const struct clock *clock, const struct calendar *cal)
{
    int64_t minutes = calendar_minutes(cal, anchor(clock)) + clock->budget_min - clock->used_min;

    return later(clock->started_ms, calendar_instant(cal, minutes));
}

/* RULE L42.1, L82: a term of days ends with a day, not within one. */
static int64_t term_end(const struct clock *clock, const struct calendar *cal)
{
    return clock->over_ms != 0 ? clock->over_ms : calendar_close(cal, run_out(clock, cal));
}

/* RULE L45: a pause that begins on the last day leaves the rest of that day for afterwards, also
 * when the minutes of the term are used up by then. The term is not over, so that is 0 or more. */
static void keep_last_day(struct clock *clock, const struct calendar *cal)
{
    int32_t left = clock_remaining(clock, cal, clock->paused_since_ms);

    if (clock->used_min >= clock->budget_min)
        clock->budget_min = clock->used_min + left;
}

/* RULE L42.1, L45: an expired term keeps its deadline. Two procedures at the same time pause the
 * clock once. */
void clock_pause(struct clock *clock, const struct calendar *cal, int64_t now)
{
    if (clock->stopped_ms)
        return;
    if (!clock->started_ms)
        panic("clock: paused before it was started");
    if (clock->open_pauses++ > 0)
        return;
    if (clock_is_over(clock, cal, now))
        clock->over_ms = term_end(clock, cal);
    clock->used_min += span_min(cal, clock->running_since_ms, now);
    clock->paused_since_ms = later(clock->running_since_ms, now);
    clock->running_since_ms = 0;
    if (clock->over_ms == 0)
        keep_last_day(clock, cal);
}

void clock_resume(struct clock *clock, const struct calendar *cal, int64_t now)
{
    if (clock->stopped_ms)
        return;
    if (clock->open_pauses == 0)
        panic("clock: resumed without a pause");
    if (--clock->open_pauses > 0)
        return;
    clock->paused_min += span_min(cal, clock->paused_since_ms, now);
    clock->running_since_ms = later(clock->paused_since_ms, now);
    clock->paused_since_ms = 0;
}

void clock_stop(struct clock *clock, const struct calendar *cal, int64_t now)
{
    if (clock->stopped_ms)
        return;
    if (!clock->started_ms)
        panic("clock: stopped before it was started");

    int64_t seen = clock->running_since_ms ? clock->running_since_ms : clock->paused_since_ms;

    clock->used_min = clock_used(clock, cal, now);
    clock->paused_min = clock_paused(clock, cal, now);
    clock->open_pauses = 0;
    clock->running_since_ms = 0;
    clock->paused_since_ms = 0;
    clock->stopped_ms = seen > clock->started_ms ? later(seen, now) : now;
}

void clock_restart(struct clock *clock)
{
    if (clock->stopped_ms == 0)
        return;
    clock->running_since_ms = later(clock->started_ms, clock->stopped_ms);
    clock->stopped_ms = 0;
}

/* RULE L42.1, L42.2: an approved extension adds to the time left; the clock does not start again.
 */
void clock_extend(struct clock *clock, const struct calendar *cal, int64_t now, int32_t days)
{
    if (clock_is_over(clock, cal, now))
        return;
    clock->budget_min = add_days(cal, clock->budget_min, days);
}

int32_t clock_used(const struct clock *clock, const struct calendar *cal, int64_t now)
{
    if (!clock->running_since_ms)
        return clock->used_min;
    return clock->used_min + span_min(cal, clock->running_since_ms, now);
}

int32_t clock_paused(const struct clock *clock, const struct calendar *cal, int64_t now)
{
    if (!clock->paused_since_ms)
        return clock->paused_min;
    return clock->paused_min + span_min(cal, clock->paused_since_ms, now);
}

int64_t clock_due(const struct clock *clock, const struct calendar *cal)
{
    if (!clock->started_ms || (clock->paused_since_ms && !clock->over_ms))
        return 0;
    return term_end(clock, cal);
}

/* `now`, or where the clock came to stand; a clock that starts later has used nothing yet. */
static int64_t seen_at(const struct clock *clock, int64_t now)
{
    return clock->running_since_ms ? later(clock->running_since_ms, now) : anchor(clock);
}

int32_t clock_remaining(const struct clock *clock, const struct calendar *cal, int64_t now)
{
    if (!clock->started_ms)
        return 0;
    return (int32_t)calendar_worked(cal, seen_at(clock, now), term_end(clock, cal));
}

int64_t clock_at_percent(const struct clock *clock, const struct calendar *cal, int32_t percent)
{
    int64_t left = clock->budget_min - ((int64_t)clock->budget_min * percent + 99) / 100;

    if (!clock->running_since_ms && !clock->over_ms)
        return 0;
    return later(clock->started_ms,
                 calendar_instant(cal, calendar_minutes(cal, term_end(clock, cal)) - left));
}

bool clock_is_over(const struct clock *clock, const struct calendar *cal, int64_t now)
{
    return clock->over_ms || (clock->started_ms && seen_at(clock, now) > term_end(clock, cal));
}

/* ---- Day by day. */

/* What is needed to explain each day. */
struct walk {
    const struct calendar *cal;
    struct clock_pause *pauses; /* by beginning, none open */
    size_t n_pauses;
    int64_t start_ms;
    int64_t end_ms;
};

static int by_beginning(const void *left, const void *right)
{
    const struct clock_pause *a = left;
    const struct clock_pause *b = right;

    return (a->from_ms > b->from_ms) - (a->from_ms < b->from_ms);
}

static struct walk walk_of(const struct clock *clock, const struct calendar *cal,
                           const struct clock_history *history, struct arena *arena)
{
    bool stopped = clock->stopped_ms && clock->stopped_ms < history->until_ms;
    struct walk walk = {
        .cal = cal,
        .pauses = ARENA_ARRAY(arena, struct clock_pause, history->n_pauses + 1),
        .start_ms = clock->started_ms,
        .end_ms = stopped ? clock->stopped_ms : history->until_ms,
    };

    for (size_t i = 0; i < history->n_pauses; i++) {
        struct clock_pause pause = history->pauses[i];

        if (!pause.to_ms)
            pause.to_ms = walk.end_ms;
        walk.pauses[walk.n_pauses++] = pause;
    }
    qsort(walk.pauses, walk.n_pauses, sizeof(*walk.pauses), by_beginning);
    return walk;
}

/* Splits the working minutes of a period into paused and counted; a minute is paused once. */
static void split_stretch(struct clock_day *row, const struct walk *walk, int64_t from_ms,
                          int64_t to_ms)
{
    int64_t seen_ms = from_ms;

    for (size_t i = 0; i < walk->n_pauses; i++) {
        const struct clock_pause *pause = &walk->pauses[i];
        int64_t begin_ms = later(pause->from_ms, seen_ms);
        int64_t end_ms = pause->to_ms < to_ms ? pause->to_ms : to_ms;
        int32_t paused_min = span_min(walk->cal, begin_ms, end_ms);

        if (paused_min == 0)
            continue;
        if (row->paused_min == 0)
            row->reason = pause->reason;
        row->paused_min += paused_min;
        seen_ms = end_ms;
    }
    row->counted_min = span_min(walk->cal, from_ms, to_ms) - row->paused_min;
}

static enum clock_day_kind kind_of(const struct clock_day *row, const struct walk *walk)
{
    enum day_kind kind = calendar_kind(walk->cal, row->day);

    if (kind == DAY_HOLIDAY)
        return CLOCK_HOLIDAY;
    if (kind == DAY_WEEKEND)
        return CLOCK_WEEKEND;
    if (row->day.n < calendar_day(walk->cal, walk->start_ms).n)
        return CLOCK_NOT_COUNTED;
    if (row->paused_min > 0 && row->counted_min == 0)
        return CLOCK_PAUSED;
    return kind == DAY_MAKEUP ? CLOCK_MAKEUP : CLOCK_COUNTED;
}

static void explain_day(struct clock_day *row, const struct walk *walk, struct day day)
{
    int64_t from_ms = later(calendar_midnight(walk->cal, day), walk->start_ms);
    int64_t to_ms = calendar_midnight(walk->cal, (struct day){day.n + 1});

    row->day = day;
    row->reason = calendar_name(walk->cal, day);
    row->provisional = calendar_provisional(walk->cal, day);
    split_stretch(row, walk, from_ms, to_ms < walk->end_ms ? to_ms : walk->end_ms);
    row->kind = kind_of(row, walk);
}

struct clock_days clock_explain(const struct clock *clock, const struct calendar *cal,
                                const struct clock_history *history, struct arena *arena)
{
    struct walk walk = walk_of(clock, cal, history, arena);
    struct day first = calendar_day(cal, history->accepted_ms);
    int32_t n = calendar_day(cal, walk.end_ms).n - first.n + 1;

    if (!clock->started_ms || n <= 0)
        return (struct clock_days){0};
    if (n > CLOCK_DAYS_MAX)
        n = CLOCK_DAYS_MAX;

    struct clock_days days = {.rows = ARENA_ARRAY(arena, struct clock_day, n), .n = (size_t)n};

    for (int32_t i = 0; i < n; i++)
        explain_day(&days.rows[i], &walk, (struct day){first.n + i});
    return days;
}
