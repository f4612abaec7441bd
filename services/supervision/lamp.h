/* SPDX-License-Identifier: Apache-2.0 */
/* lamp.h: what a clock shows to those who watch it, and when it will show the next.
 *
 * RULE H12: what is nearly late is warned of (yellow), what is late is red.
 * RULE L45, L82: everything is measured in working minutes that count, by the clock: a paused clock
 * comes to nothing however long it stands, and what is due on Monday is not warned of on Sunday.
 *
 * A level is reached at an instant and shown from just after it: work done at the very instant of
 * its deadline is in time. Pure. */
#ifndef SUPERVISION_LAMP_H
#define SUPERVISION_LAMP_H

#include "common/values/clock.h"

/* Numbered as on the wire. */
enum lamp { LAMP_GREEN = 0, LAMP_YELLOW = 2, LAMP_RED = 3 };

/* What a clock is measured by. */
struct lamp_scale {
    const struct calendar *calendar;
    int32_t yellow_percent; /* share of the budget used at which yellow comes, 1..99; red comes when
                               all of it is used */
};

struct lamp_change {
    enum lamp lamp;
    int64_t at_ms; /* the instant the level is reached, past or ahead; 0 = nothing more will come,
                      or not while the clock is paused */
};

/* What comes after the level `shown` already. */
struct lamp_change supervision_lamp_next(const struct lamp_scale *, const struct clock *,
                                         enum lamp shown);

/* What the clock shows at an instant. */
enum lamp supervision_lamp_now(const struct lamp_scale *, const struct clock *, int64_t now_ms);

#endif
