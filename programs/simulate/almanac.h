/* SPDX-License-Identifier: Apache-2.0 */
/* almanac.h: the steps of a simulated year: at ten and at three o'clock of every working day,
 * hall time. Pure. */
#ifndef SIMULATE_ALMANAC_H
#define SIMULATE_ALMANAC_H

#include "common/values/calendar.h"

enum { MORNING_MIN = 10 * 60, AFTERNOON_MIN = 15 * 60 };

struct almanac {
    const struct calendar *calendar;
    struct day day; /* of the step that comes next */
    bool afternoon;
};

/* From the morning of `first` on, or of the first working day after it. */
void almanac_begin(struct almanac *, const struct calendar *, struct day first);

/* The instant of the next step. */
int64_t almanac_next(struct almanac *);

/* How many steps there are from one day to another, both included. */
int32_t almanac_steps(const struct calendar *, struct day first, struct day last);

#endif
