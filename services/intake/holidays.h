/* SPDX-License-Identifier: Apache-2.0 */
/* holidays.h: whether the list of a year can be that of a whole year.
 *
 * RULE L82: a year counts as published once it has a list, so a list must have every statutory
 * holiday. One that falls on a weekend is made up for on a working day, so each of them stands in
 * the list of exceptions, and days off less make-up days are at least the statutory days. Pure. */
#ifndef INTAKE_HOLIDAYS_H
#define INTAKE_HOLIDAYS_H

#include "common/rows/year_days.h"

/* Of a list that year_days_check() has passed. Refused when a day changes nothing (a holiday on a
 * weekend, a make-up day on a weekday), when a statutory holiday is not named, or when there are
 * too few days off. The refusal is in the arena. */
struct outcome intake_holidays_check(const struct year_days *, struct arena *);

#endif
