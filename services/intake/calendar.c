/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c: RULE L82: the days of a year are published as one list, by the hall as by the State
 * Council. */
#include "common/rows/calendar_table.h"
#include "common/rows/year_days.h"
#include "common/wire/revision.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"

void intake_need_publish_calendar(struct turn *turn, const struct call *call)
{
    (void)call;
    year_days_want(turn);
    walk_want(turn);
    rows_want_after(turn, &intake_case_table, NULL, 1);
}

/* By the new list; a day that it does not name is one of the plain week. */
static bool will_be_working(int kind, struct day day)
{
    if (kind != 0)
        return kind != ONEDOOR__DAY_KIND__HOLIDAY;
    return calendar_is_weekday(day);
}

/* The first day that anything was counted by: no case is older than the one with the least number.
 */
static struct day counted_from(struct turn *turn, const struct calendar *calendar)
{
    size_t n;
    const struct case_row *oldest = rows_after(turn, &intake_case_table, &n);
    return calendar_day(calendar, oldest == NULL ? turn->now_ms : oldest->received_ms);
}

/* Ledgers hold what was counted by past days: each day of the year from `from` up to `today` must
 * stay a working day or a free one, as it was. */
static bool changes_the_past(const struct calendar *before, const struct year_days *list,
                             struct day from, struct day today)
{
    int8_t kinds[CALENDAR_DAYS_MAX] = {0};
    int32_t first = day_from_ymd(list->year, 1, 1).n, last = day_from_ymd(list->year, 12, 31).n;
    int32_t begin = from.n > first ? from.n : first;

    for (size_t i = 0; i < list->n; i++)
        kinds[list->days[i]->day - first] = (int8_t)list->days[i]->kind;
    for (struct day day = {begin}; day.n <= last && day.n <= today.n; day.n++)
        if (calendar_is_working(before, day) != will_be_working(kinds[day.n - first], day))
            return true;
    return false;
}

/* RULE L32.4: the five days within which the hall must answer end at another instant now, perhaps
 * sooner. */
static void move_answer_due(struct turn *turn, struct walk_row *walk, void *shared, void *row)
{
    struct case_row *found = row;
    (void)shared;
    if (found->answer_due_ms == 0)
        return;
    int64_t due_ms = intake_answer_due(turn->memory, found->received_ms);
    if (due_ms != found->answer_due_ms) {
        rows_touch(turn, &intake_case_table, found);
        found->answer_due_ms = due_ms;
        walk->changed++;
    }
    turn_wake(turn, due_ms);
}

const struct walk intake_walks[] = {
    {.name = "calendar", .table = &intake_case_table, .step = move_answer_due},
    {.name = NULL},
};

void intake_follow_calendar(struct turn *turn, const struct year_days *list,
                            Onedoor__CorrectedDay *corrected)
{
    const struct catalogue *before = turn->memory;
    Onedoor__Intake__CalendarPublished published = ONEDOOR__INTAKE__CALENDAR_PUBLISHED__INIT;
    struct catalogue *now = ARENA_NEW(turn->arena, struct catalogue);
    *now = *before;
    now->calendar = year_days_replace(turn, &before->calendar.hours, list);
    turn_remember(turn, now);
    walk_start(turn, "calendar", (struct bytes){0});
    published.year = list->year;
    published.n_days = list->n;
    published.days = list->days;
    published.correction = corrected;
    turn_say(turn, 0, &published.base);
}

struct outcome intake_publish_calendar(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__PublishCalendar *publish = call->message;
    const struct catalogue *before = turn->memory;
    const struct year_days list = {publish->year, publish->days, publish->n_days};
    struct outcome outcome = revision_check(publish, year_days_revision_now(turn, publish->year));
    if (!is_ok(outcome))
        return outcome;
    if (changes_the_past(&before->calendar, &list, counted_from(turn, &before->calendar),
                         calendar_day(&before->calendar, turn->now_ms)))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "days",
                       "past days and today have been counted: they must stand as they stood, or "
                       "be corrected one by one");
    intake_follow_calendar(turn, &list, NULL);
    return OUTCOME_OK;
}
