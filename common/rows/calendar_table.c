/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/calendar_table.h"

#include "common/values/log.h"
#include "onedoor/envelope.pb-c.h"

static const struct column calendar_columns[] = {
    COLUMN(calendar_day_row, centre, I16, COLUMN_KEY),
    COLUMN(calendar_day_row, day, DAY, COLUMN_KEY),
    COLUMN(calendar_day_row, kind, I16, 0),
    COLUMN(calendar_day_row, name_zh, TEXT, 0),
    COLUMN(calendar_day_row, name_en, TEXT, 0),
};
/* Loaded whole: there are some thirty rows a year. */
const struct table calendar_table =
    REFERENCE("calendar_day", calendar_day_row, calendar_columns, 1);

struct calendar_exception calendar_table_exception(const struct calendar_day_row *row)
{
    return (struct calendar_exception){{row->day},
                                       row->kind == ONEDOOR__DAY_KIND__HOLIDAY ? EXCEPTION_HOLIDAY
                                                                               : EXCEPTION_WORKDAY,
                                       row->name_zh};
}

static enum status invalid_calendar(const char *what)
{
    log_error(0, "calendar.invalid", "%s", what);
    return STATUS_INVALID;
}

enum status calendar_table_hours(const struct config *config, struct hall_hours *hours)
{
    if (hall_hours_parse(config_text(config, "hours"),
                         (int32_t)config_number(config, "utc_offset_min"), hours) != STATUS_OK)
        return invalid_calendar("hours must look like 09:00-12:00,13:00-17:00");
    if (hall_hours_parse_fixed(config_text(config, "fixed_holidays"), hours) != STATUS_OK)
        return invalid_calendar("fixed_holidays must look like 01-01,05-01;2025:01-01,05-01,05-02");
    return STATUS_OK;
}

static enum status make(struct calendar *calendar, const struct config *config,
                        const struct calendar_exception *exceptions, size_t n, struct arena *arena)
{
    struct hall_hours hours;
    enum status status = calendar_table_hours(config, &hours);
    if (status == STATUS_OK && calendar_init(calendar, &hours, exceptions, n, arena) != STATUS_OK)
        status = invalid_calendar("the hours or the published days are inconsistent");
    return status;
}

enum status calendar_table_open(struct store *store, const struct config *config,
                                struct arena *arena, struct calendar *calendar)
{
    struct calendar_day_row *rows;
    size_t n, own = 0;
    enum status status = store_all(store, &calendar_table, arena, (void **)&rows, &n);
    if (status != STATUS_OK)
        return status;
    struct calendar_exception *exceptions = ARENA_ARRAY(arena, struct calendar_exception, n + 1);
    for (size_t i = 0; i < n; i++)
        if (rows[i].centre == store->centre)
            exceptions[own++] = calendar_table_exception(&rows[i]);
    return make(calendar, config, exceptions, own, arena);
}

enum status calendar_table_open_plain(const struct config *config, struct arena *arena,
                                      struct calendar *calendar)
{
    return make(calendar, config, NULL, 0, arena);
}
