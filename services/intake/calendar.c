/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c: RULE L82: the days of a year are published as one list, by the hall as by the State
 * Council; and what a year's list is. */
#include "common/rows/calendar_table.h"
#include "common/rows/year_days.h"
#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/checks.h"
#include "services/intake/handlers.h"
#include "services/intake/queries.h"

/* ---- PublishCalendar */

static struct year_days list_of(const Onedoor__Intake__PublishCalendar *publish)
{
    return (struct year_days){publish->year, publish->days, publish->n_days};
}

struct outcome intake_check_publish_calendar(const void *message)
{
    struct year_days list = list_of(message);
    return year_days_check(&list);
}

void intake_need_publish_calendar(struct turn *turn, const struct call *call)
{
    (void)call;
    year_days_want(turn);
    rows_want_timed(turn, &intake_case_table);
}

/* What was counted by them stands in ledgers: of a year's days up to `today`, each is to be what it
 * was. */
static bool changes_the_past(struct turn *turn, const struct year_days *list, struct day today)
{
    struct calendar_day_row probe = {.centre = turn->centre};
    int8_t change[CALENDAR_DAYS_MAX] = {0};
    int32_t first = day_from_ymd(list->year, 1, 1).n, last = first + CALENDAR_DAYS_MAX - 1;
    if (last > today.n)
        last = today.n;
    for (const struct calendar_day_row *row = NULL;
         (row = rows_next(turn, &calendar_table, &probe, row)) != NULL;)
        if (row->day >= first && row->day <= last &&
            day_to_ymd((struct day){row->day}).year == list->year)
            change[row->day - first] = (int8_t)row->kind;
    for (size_t i = 0; i < list->n; i++)
        if (list->days[i]->day <= last)
            change[list->days[i]->day - first] ^= (int8_t)list->days[i]->kind;
    for (int32_t day = first; day <= last; day++)
        if (change[day - first] != 0)
            return true;
    return false;
}

/* RULE L32.4: the five days in which something must be said end elsewhere now, perhaps sooner. */
static void look_anew(struct turn *turn)
{
    struct case_row *row;
    for (size_t place = 0; (row = rows_each(turn, &intake_case_table, &place)) != NULL;) {
        if (row->answer_due_ms == 0)
            continue;
        int64_t due_ms = intake_answer_due(turn->memory, row->received_ms);
        if (due_ms != row->answer_due_ms) {
            rows_touch(turn, &intake_case_table, row);
            row->answer_due_ms = due_ms;
        }
        turn_wake(turn, due_ms);
    }
}

struct outcome intake_publish_calendar(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__PublishCalendar *publish = call->message;
    const struct catalogue *before = turn->memory;
    const struct year_days list = list_of(publish);
    Onedoor__Intake__CalendarPublished published = ONEDOOR__INTAKE__CALENDAR_PUBLISHED__INIT;
    if (changes_the_past(turn, &list, calendar_day(&before->calendar, turn->now_ms)))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "days",
                       "past days and today have been counted: they must stand as they stood");
    struct catalogue *now = ARENA_NEW(turn->arena, struct catalogue);
    *now = *before;
    now->calendar = year_days_replace(turn, &before->calendar.hours, &list);
    turn_remember(turn, now);
    look_anew(turn);
    published.year = publish->year;
    published.n_days = publish->n_days;
    published.days = publish->days;
    turn_say(turn, 0, &published.base);
    return OUTCOME_OK;
}

/* ---- GetCalendar */

struct outcome intake_check_get_calendar(const void *message)
{
    int32_t year = ((const Onedoor__Intake__GetCalendar *)message)->year;
    return year >= CALENDAR_YEAR_MIN && year <= CALENDAR_YEAR_MAX
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, "year", "must be 2000 to 2999");
}

static Onedoor__CalendarDay *day_message(struct reader *reader, const struct calendar_day_row *row)
{
    Onedoor__CalendarDay *day = ARENA_NEW(reader->arena, Onedoor__CalendarDay);
    onedoor__calendar_day__init(day);
    day->day = row->day;
    day->kind = (Onedoor__DayKind)row->kind;
    day->name_zh = (char *)row->name_zh;
    day->name_en = (char *)row->name_en;
    return day;
}

struct outcome intake_get_calendar(struct reader *reader, struct call *call)
{
    int32_t year = ((const Onedoor__Intake__GetCalendar *)call->message)->year;
    Onedoor__Intake__GetCalendarReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetCalendarReply, onedoor__intake__get_calendar_reply);
    const struct calendar_day_row *rows = reader_rows(
        reader, &calendar_table, "where centre = $1 and day >= $2 and day < $3 order by day",
        PARAMS(P_I16(reader->centre), P_DAY(day_from_ymd(year, 1, 1).n),
               P_DAY(day_from_ymd(year + 1, 1, 1).n)),
        &reply->n_days);
    reply->year = year;
    reply->published = reply->n_days > 0;
    reply->days = ARENA_ARRAY(reader->arena, Onedoor__CalendarDay *, reply->n_days);
    for (size_t i = 0; i < reply->n_days; i++)
        reply->days[i] = day_message(reader, &rows[i]);
    return OUTCOME_OK;
}
