/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/year_days.h"

#include "common/base/panic.h"
#include "common/rows/calendar_table.h"
#include "common/rows/fill.h"
#include "common/wire/revision.h"

static bool is_of(int32_t year, int32_t day)
{
    return day >= day_from_ymd(year, 1, 1).n && day < day_from_ymd(year + 1, 1, 1).n;
}

const char *year_days_field(size_t at, const char *name, struct arena *arena)
{
    return arena_printf(arena, "days[%zu].%s", at, name);
}

struct outcome year_days_check(const struct year_days *list, struct arena *arena)
{
    bool seen[CALENDAR_DAYS_MAX] = {false};
    for (size_t i = 0; i < list->n; i++) {
        if (!is_of(list->year, list->days[i]->day))
            return invalid(ONEDOOR__REASON__FIELD_INVALID, year_days_field(i, "day", arena),
                           "is not a day of this year");
        bool *day = &seen[list->days[i]->day - day_from_ymd(list->year, 1, 1).n];
        if (*day)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, year_days_field(i, "day", arena),
                           "stands twice");
        *day = true;
    }
    return OUTCOME_OK;
}

static struct calendar_day_row probe_of(const struct turn *turn)
{
    return (struct calendar_day_row){.centre = turn->centre};
}

void year_days_want(struct turn *turn)
{
    struct calendar_day_row probe = probe_of(turn);
    rows_want(turn, &calendar_table, &probe);
}

int64_t year_days_revision(Onedoor__CalendarDay *const *days, size_t n, struct arena *arena)
{
    int64_t revision = REVISION_NONE;
    for (size_t i = 0; i < n; i++)
        revision = revision_with(revision, revision_of(&days[i]->base, arena));
    return revision;
}

struct year_days year_days_now(struct turn *turn, int32_t year)
{
    struct calendar_day_row probe = probe_of(turn);
    struct year_days list = {
        year, ARENA_ARRAY(turn->arena, Onedoor__CalendarDay *, CALENDAR_DAYS_MAX + 1), 0};
    for (struct calendar_day_row *row = NULL;
         (row = rows_next(turn, &calendar_table, &probe, row)) != NULL;)
        if (is_of(year, row->day))
            list.days[list.n++] = FILLED(turn->arena, Onedoor__CalendarDay, onedoor__calendar_day,
                                         &calendar_table, row);
    return list;
}

int64_t year_days_revision_now(struct turn *turn, int32_t year)
{
    const struct year_days list = year_days_now(turn, year);
    return year_days_revision(list.days, list.n, turn->arena);
}

static size_t count_rows(struct turn *turn)
{
    struct calendar_day_row probe = probe_of(turn);
    size_t n = 0;
    for (void *row = NULL; (row = rows_next(turn, &calendar_table, &probe, row)) != NULL;)
        n++;
    return n;
}

Onedoor__CalendarDay **year_days_all(struct turn *turn, size_t *n)
{
    struct calendar_day_row probe = probe_of(turn);
    Onedoor__CalendarDay **days =
        ARENA_ARRAY(turn->arena, Onedoor__CalendarDay *, count_rows(turn) + 1);
    *n = 0;
    for (const struct calendar_day_row *row = NULL;
         (row = rows_next(turn, &calendar_table, &probe, row)) != NULL;) {
        Onedoor__CalendarDay *day = days[(*n)++] = ARENA_NEW(turn->arena, Onedoor__CalendarDay);
        onedoor__calendar_day__init(day);
        day->day = row->day;
        day->kind = (Onedoor__DayKind)row->kind;
    }
    return days;
}

struct calendar year_days_calendar(Onedoor__CalendarDay *const *days, size_t n,
                                   const struct hall_hours *hours, struct arena *arena)
{
    struct calendar_exception *exceptions = ARENA_ARRAY(arena, struct calendar_exception, n + 1);
    struct calendar calendar;
    for (size_t i = 0; i < n; i++)
        exceptions[i] = calendar_table_exception(&(struct calendar_day_row){
            .day = days[i]->day, .kind = (int16_t)days[i]->kind, .name_zh = ""});
    must(calendar_init(&calendar, hours, exceptions, n, arena) == STATUS_OK);
    return calendar;
}

static void replace_rows(struct turn *turn, const struct year_days *list)
{
    struct calendar_day_row probe = probe_of(turn);
    for (struct calendar_day_row *row = NULL;
         (row = rows_next(turn, &calendar_table, &probe, row)) != NULL;)
        if (is_of(list->year, row->day))
            rows_remove(turn, &calendar_table, row);
    for (size_t i = 0; i < list->n; i++)
        rows_add(turn, &calendar_table,
                 &(struct calendar_day_row){
                     .centre = turn->centre,
                     .day = list->days[i]->day,
                     .kind = (int16_t)list->days[i]->kind,
                     .name_zh = list->days[i]->name_zh,
                     .name_en = list->days[i]->name_en,
                 });
}

struct calendar year_days_replace(struct turn *turn, const struct hall_hours *hours,
                                  const struct year_days *list)
{
    struct calendar_day_row probe = probe_of(turn);
    struct calendar calendar;
    size_t n = 0;
    replace_rows(turn, list);
    struct calendar_exception *exceptions =
        ARENA_ARRAY(turn->arena, struct calendar_exception, count_rows(turn) + 1);
    for (const struct calendar_day_row *row = NULL;
         (row = rows_next(turn, &calendar_table, &probe, row)) != NULL;)
        exceptions[n++] = calendar_table_exception(row);
    must(calendar_init(&calendar, hours, exceptions, n, turn->arena) == STATUS_OK);
    return calendar;
}
