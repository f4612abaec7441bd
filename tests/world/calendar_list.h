/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_list.h: calendars that tests publish, and the deadlines that follow from them. Include
 * after cmocka.h. */
#ifndef WORLD_CALENDAR_LIST_H
#define WORLD_CALENDAR_LIST_H

#include "services/reporting/rows.h"
#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

#define FREE    ONEDOOR__DAY_KIND__HOLIDAY
#define MAKE_UP ONEDOOR__DAY_KIND__MAKE_UP_WORKING_DAY

/* A list to be changed as a test likes before it is published. */
struct list {
    Onedoor__Intake__PublishCalendar message;
    Onedoor__CalendarDay days[400], *pointers[400];
};

static inline void put_named(struct list *list, int32_t day, int kind, const char *name_zh)
{
    Onedoor__CalendarDay *line = &list->days[list->message.n_days];
    onedoor__calendar_day__init(line);
    line->day = day;
    line->kind = (Onedoor__DayKind)kind;
    line->name_zh = (char *)name_zh;
    line->name_en = "Day off";
    list->pointers[list->message.n_days++] = line;
}

static inline void put_day(struct list *list, int32_t day, int kind)
{
    put_named(list, day, kind, "放假");
}

static inline struct list *list_of(struct world *hall, struct list *list, int32_t year)
{
    onedoor__intake__publish_calendar__init(&list->message);
    list->message.year = year;
    list->message.days = list->pointers;
    for (size_t i = 0; i < world_count(hall, "intake", &calendar_table); i++) {
        const struct calendar_day_row *row = world_row_at(hall, "intake", &calendar_table, i);
        if (day_to_ymd((struct day){row->day}).year == year)
            put_named(list, row->day, row->kind, row->name_zh);
    }
    return list;
}

static inline int32_t day(int32_t month, int32_t of_month)
{
    return day_from_ymd(2022, month, of_month).n;
}

static inline struct outcome publish(struct world *hall, const struct list *list)
{
    struct outcome outcome = world_command(hall, &MANAGER, &list->message.base, NULL);
    world_settle(hall);
    return outcome;
}

static inline void publish_with(struct world *hall, int32_t another, int kind)
{
    struct list list;
    put_day(list_of(hall, &list, 2022), another, kind);
    if (kind == MAKE_UP)
        put_day(&list, day(12, 30), FREE); /* for which it is made up */
    assert_done(publish(hall, &list));
}

static inline int64_t due_of(struct world *hall, const struct clock *clock)
{
    struct arena *arena = arena_new(1 << 20);
    struct calendar cal = calendar_of(hall, arena);
    int64_t due_ms = clock_due(clock, &cal);
    arena_free(&arena);
    return due_ms;
}

static inline const struct watch_row *watch_of(struct world *hall, int64_t number, int16_t task)
{
    return world_row(hall, "supervision", &supervision_watch_table,
                     &(struct watch_row){.centre = 1,
                                         .case_number = number,
                                         .task = task,
                                         .term = task == 0 ? TERM_PROMISE : TERM_STEP});
}

static inline const struct dossier_row *dossier_of(struct world *hall, int64_t number)
{
    return world_row(hall, "reporting", &reporting_dossier_table,
                     &(struct dossier_row){.centre = 1, .case_number = number});
}

#endif
