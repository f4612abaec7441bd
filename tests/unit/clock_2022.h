/* SPDX-License-Identifier: Apache-2.0 */
/* clock_2022.h: clocks run by the calendar of 2022, for their tests. Include after cmocka.h. */
#ifndef UNIT_CLOCK_2022_H
#define UNIT_CLOCK_2022_H

#include "calendar_2022.h"
#include "common/values/clock.h"

enum { MINUTE = 60000, DAY = 420 };

struct fixture {
    struct arena *arena;
    struct calendar cal;
};

static struct fixture fixture;

static inline int set_up(void **state)
{
    fixture.arena = arena_new(4 << 20);
    fixture.cal = calendar_2022(fixture.arena);
    *state = &fixture;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;

    arena_free(&f->arena);
    return 0;
}

static inline const struct calendar *cal_of(void **state)
{
    return &((struct fixture *)*state)->cal;
}

static inline struct clock started(const struct calendar *cal, int64_t now, int32_t days)
{
    struct clock clock = {0};

    clock_start(&clock, cal, now, days);
    return clock;
}

#endif
