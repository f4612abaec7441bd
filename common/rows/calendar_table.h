/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_table.h: the working calendar as a reference table of each service that needs it. */
#ifndef COMMON_CALENDAR_TABLE_H
#define COMMON_CALENDAR_TABLE_H

#include "common/base/config.h"
#include "common/rows/store.h"
#include "common/values/calendar.h"

/* A row of calendar_day: a day on which the plain week does not apply. */
struct calendar_day_row {
    int16_t centre;
    int32_t day;         /* days since 1970-01-01 in the hall's own time */
    int16_t kind;        /* 1 holiday, 2 make-up working day */
    const char *name_zh; /* of the holiday, also of its make-up days */
    const char *name_en;
};

struct calendar_exception calendar_table_exception(const struct calendar_day_row *);

extern const struct table calendar_table;

/* The settings utc_offset_min, hours and fixed_holidays. STATUS_INVALID, logged, when one is
 * malformed. */
MUST_USE enum status calendar_table_hours(const struct config *, struct hall_hours *);

/* The calendar of the store's centre with those settings, in the arena.
 * STATUS_INVALID, logged, when the hours or the days are inconsistent. */
MUST_USE enum status calendar_table_open(struct store *, const struct config *, struct arena *,
                                         struct calendar *);

/* The same without the published days: enough to convert an instant to a date. */
MUST_USE enum status calendar_table_open_plain(const struct config *, struct arena *,
                                               struct calendar *);

#endif
