/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h: how much of its time a case or branch has used, and what pauses its clock.
 *
 * RULE L42.1: a decision within so many days of acceptance; the day of acceptance does not count.
 * RULE L45: time for hearing, survey, expert review does not count.
 * RULE L82: days are working days; see calendar.h for what a working minute is.
 *
 * Time is kept in working minutes, so pauses count to the minute and a resumed clock continues
 * where it was paused. From start to stop: used + paused + non-working time = elapsed time,
 * exactly. Deadlines are derived and never stored as truth: a changed calendar changes them. A term
 * ends at the close of the working day on which its minutes run out, never within a day: a pause of
 * three minutes moves the deadline to the close of the next working day.
 *
 * Pure; nothing here fails. Starting twice, pausing a clock that never started or resuming one that
 * is not paused is a bug, and panics. An instant before the clock's last change counts as that
 * change's. */
#ifndef COMMON_CLOCK_H
#define COMMON_CLOCK_H

#include "common/values/calendar.h"

/* All zero: not started. Of running_since_ms, paused_since_ms and stopped_ms exactly one is not 0.
 */
struct clock {
    int32_t budget_min;       /* working minutes allowed; see clock_pause() */
    int32_t used_min;         /* working minutes used before running_since_ms */
    int32_t paused_min;       /* working minutes spent paused, before paused_since_ms */
    int16_t open_pauses;      /* overlapping pauses count once */
    int64_t started_ms;       /* may be in the future: see clock_start() */
    int64_t running_since_ms; /* 0 while paused or stopped; in the future until started_ms */
    int64_t paused_since_ms;  /* 0 while running or stopped */
    int64_t stopped_ms;       /* 0 until the work is done */
    int64_t over_ms;          /* the deadline, once a pause has begun after it; 0 else */
};

/* Starts the clock at acceptance. With days > 0 it runs from the opening of the next working day;
 * with 0 (an immediate item) from now until the hall closes on the same working day, or on the next
 * one when it has closed already. */
void clock_start(struct clock *clock, const struct calendar *cal, int64_t now, int32_t days);

/* Opens one more pause; closes one. The clock is paused while any is open; a pause opened before
 * the start begins at the start. On a stopped clock both do nothing: its pauses ended with it. A
 * pause that begins on the last day, after the minutes ran out, adds what is left of that day to
 * the budget, for use after the pause. A pause that begins after the deadline is counted and does
 * not move it: an expired term stays expired. */
void clock_pause(struct clock *clock, const struct calendar *cal, int64_t now);
void clock_resume(struct clock *clock, const struct calendar *cal, int64_t now);

/* The work is done. Later stops do nothing. */
void clock_stop(struct clock *clock, const struct calendar *cal, int64_t now);

/* The work was not done after all: the clock has run on since it was stopped. Does nothing to one
 * that is not stopped. */
void clock_restart(struct clock *clock);

/* RULE L42.1, L42.2: adds `days` (> 0) to the budget; nothing to that of an expired term. */
void clock_extend(struct clock *clock, const struct calendar *cal, int64_t now, int32_t days);

/* Working minutes used and paused until `now`, and those left from then to the deadline (negative
 * when overrun; of a paused clock to the deadline it had). */
int32_t clock_used(const struct clock *clock, const struct calendar *cal, int64_t now);
int32_t clock_paused(const struct clock *clock, const struct calendar *cal, int64_t now);
int32_t clock_remaining(const struct clock *clock, const struct calendar *cal, int64_t now);

/* The deadline, always the close of a working day; 0 while paused and when never started, as there
 * is none. An expired or stopped clock keeps the one it was measured against. */
int64_t clock_due(const struct clock *clock, const struct calendar *cal);

/* When `percent` of the budget is used, counted back from the deadline (100), in the past or
 * future, never before the start. 0 unless running or expired. */
int64_t clock_at_percent(const struct clock *clock, const struct calendar *cal, int32_t percent);

/* Whether the deadline has passed at `now`, or had passed when the clock was paused or stopped. A
 * day's deadline is its closing time: work done at that instant is in time, a second later it is
 * not. */
bool clock_is_over(const struct clock *clock, const struct calendar *cal, int64_t now);

/* ---- Day by day: why the deadline is when it is. */

struct clock_pause {
    int64_t from_ms;
    int64_t to_ms;      /* 0 = still open */
    const char *reason; /* its legal kind; borrowed, not null */
};

/* What the clock itself does not keep. */
struct clock_history {
    int64_t accepted_ms; /* the clock_start() instant */
    int64_t until_ms;    /* explain up to here: now, or the deadline */
    const struct clock_pause *pauses;
    size_t n_pauses;
};

enum clock_day_kind {
    CLOCK_COUNTED,
    CLOCK_MAKEUP, /* counted, on a make-up working day */
    CLOCK_PAUSED, /* a working day of which nothing counted because of a pause */
    CLOCK_HOLIDAY,
    CLOCK_WEEKEND,
    CLOCK_NOT_COUNTED, /* the day of acceptance */
};

struct clock_day {
    struct day day;
    enum clock_day_kind kind;
    int32_t counted_min;
    int32_t paused_min; /* possibly beside counted minutes */
    const char *reason; /* of the day's first pause, or the holiday's name; "" when none */
    bool provisional;   /* the calendar of the year is not published yet */
};

enum { CLOCK_DAYS_MAX = 3660 };

/* The days in order; `rows` live in the arena, reasons as long as the history and the calendar. */
struct clock_days {
    struct clock_day *rows;
    size_t n;
};

/* A row for each calendar day from acceptance to the stop or `until_ms`, whichever comes first; at
 * most the first CLOCK_DAYS_MAX. The rows add up to clock_used() and clock_paused() at that
 * instant. */
struct clock_days clock_explain(const struct clock *clock, const struct calendar *cal,
                                const struct clock_history *history, struct arena *arena);

#endif
