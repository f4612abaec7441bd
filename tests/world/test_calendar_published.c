/* SPDX-License-Identifier: Apache-2.0 */
/* A calendar is published: deadlines are derived anew, and everybody comes to the same. The hall
 * opens on Thursday, 13 January 2022; the list of 2022 is the one it came with, and changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/say.h"
#include "tests/world/calendar_list.h"

/* The statutory holidays of a year of which nothing is published: thirteen weekdays. */
static struct list *whole_year(struct world *hall, struct list *list, int32_t year)
{
    static const struct {
        int32_t month, day;
        const char *name;
    } from[] = {{1, 1, "元旦"},   {2, 8, "春节"},    {2, 8, "春节"},    {2, 8, "春节"},
                {2, 8, "春节"},   {4, 5, "清明"},    {5, 1, "劳动节"},  {5, 1, "劳动节"},
                {6, 9, "端午节"}, {9, 15, "中秋节"}, {10, 1, "国庆节"}, {10, 1, "国庆节"},
                {10, 1, "国庆节"}};
    list_of(hall, list, year);
    int32_t last = 0;
    for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
        int32_t next = day_from_ymd(year, from[i].month, from[i].day).n;
        for (next = next > last ? next : last + 1; !calendar_is_weekday((struct day){next});)
            next++;
        put_named(list, last = next, FREE, from[i].name);
    }
    return list;
}

/* ---- deadlines move, and it is said which */

/* RULE L82 */
static void a_new_holiday_moves_every_deadline_beyond_it_and_each_is_said(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02"); /* five days: Friday to Thursday */
    assert_int_equal(at(1, 20, 17, 0), dossier_of(hall, number)->due_ms);
    int64_t look_ms = watch_of(hall, number, 0)->next_ms;

    publish_with(hall, day(1, 17), FREE);
    assert_int_equal(at(1, 21, 17, 0), due_of(hall, &flow_of(hall, number)->clock));
    assert_int_equal(at(1, 21, 17, 0), dossier_of(hall, number)->due_ms);
    assert_int_equal(at(1, 21, 17, 0), watch_of(hall, number, 0)->due_ms);
    assert_true(watch_of(hall, number, 0)->next_ms > look_ms);

    const struct task_row *task = branch_of(hall, number, 1, "TRA");
    assert_int_equal(due_of(hall, &task->clock), task->due_ms); /* the work list's order */
    assert_int_equal(task->due_ms, watch_of(hall, number, task->no)->due_ms);
    assert_int_equal(6, world_said(hall, "routing.DeadlineMoved", number));

    const Onedoor__Routing__CalendarFollowed *followed =
        heard(hall, &onedoor__routing__calendar_followed__descriptor, 0, arena);
    assert_int_equal(2022, followed->year);
    assert_int_equal(1, followed->cases);
    assert_int_equal(3, followed->tasks);
    arena_free(&arena);
}

static void a_moved_deadline_says_where_it_was(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    const struct task_row before = *branch_of(hall, number, 1, "TRA");
    publish_with(hall, day(1, 17), FREE);
    const Onedoor__Routing__DeadlineMoved *moved =
        heard(hall, &onedoor__routing__deadline_moved__descriptor, number, arena);
    assert_int_equal(3, moved->task); /* the last said */
    assert_string_equal("TRA", task_of(hall, number, 3)->department);
    assert_int_equal(before.due_ms, moved->from_ms);
    assert_int_equal(task_of(hall, number, 3)->due_ms, moved->clock->due_ms);
    arena_free(&arena);
}

static void a_make_up_day_brings_a_deadline_forward_and_its_card_with_it(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 14, 10, 0));
    publish_with(hall, day(1, 15), MAKE_UP); /* a Saturday */
    assert_int_equal(at(1, 19, 17, 0), dossier_of(hall, number)->due_ms);
    world_clock(hall, at(1, 19, 17, 30));
    world_settle(hall);
    const struct card_row *red = world_row(
        hall, "supervision", &supervision_card_table,
        &(struct card_row){.centre = 1, .case_number = number, .term = TERM_PROMISE, .level = 3});
    assert_non_null(red);
    assert_int_equal(at(1, 19, 17, 0), red->issued_ms);
    assert_int_equal(at(1, 19, 17, 0), red->due_ms);
}

/* RULE L45 */
static void what_is_stopped_or_over_has_no_deadline_to_move(void **state)
{
    struct world *hall = *state;
    int64_t paused = take_in(hall, &SAN_CLERK, "SAN-02");
    int64_t over = take_in(hall, &SAN_CLERK, "SAN-05");
    agree(hall, over, "PLN", "SAN", "SAN");
    assert_done(pause_case(hall, "SAN", paused, HEARING));
    world_settle(hall);
    int64_t kept_ms = dossier_of(hall, over)->due_ms;
    publish_with(hall, day(1, 17), FREE);
    assert_int_equal(0, world_said(hall, "routing.DeadlineMoved", 0));
    assert_int_equal(1, world_said(hall, "routing.CalendarFollowed", 0));
    assert_int_equal(kept_ms, dossier_of(hall, over)->due_ms);

    world_clock(hall, at(1, 18, 10, 0));
    assert_done(resume_case(hall, "SAN", paused, HEARING));
    world_settle(hall);
    assert_int_equal(due_of(hall, &flow_of(hall, paused)->clock), dossier_of(hall, paused)->due_ms);
}

/* RULE L32.4, L82: the five days in which something must be said. */
static void the_days_to_answer_in_end_by_the_new_calendar(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "SAN-02", 99)->submit.check = false;
    assert_done(submit(hall, &SAN_CLERK, &application, &reply));
    assert_int_equal(at(1, 20, 17, 0), stored(hall, reply->case_number)->answer_due_ms);
    world_clock(hall, at(1, 14, 10, 0));
    publish_with(hall, day(1, 15), MAKE_UP);
    assert_int_equal(at(1, 19, 17, 0), stored(hall, reply->case_number)->answer_due_ms);
    world_clock(hall, at(1, 19, 17, 0));
    world_settle(hall);
    assert_state(IN_APPROVAL, stored(hall, reply->case_number));
}

/* ---- the list */

static void assert_same_days(struct world *hall, const char *service, const struct list *list)
{
    size_t n = 0;
    for (size_t i = 0; i < world_count(hall, service, &calendar_table); i++) {
        const struct calendar_day_row *row = world_row_at(hall, service, &calendar_table, i);
        n += day_to_ymd((struct day){row->day}).year == list->message.year;
    }
    assert_int_equal(list->message.n_days, n);
    for (size_t i = 0; i < n; i++) {
        const struct calendar_day_row *row =
            world_row(hall, service, &calendar_table,
                      &(struct calendar_day_row){.centre = 1, .day = list->days[i].day});
        assert_non_null(row);
        assert_int_equal(list->days[i].kind, row->kind);
        assert_string_equal(list->days[i].name_en, row->name_en);
    }
}

static void a_years_list_takes_the_place_of_the_one_there_was_in_every_service(void **state)
{
    struct world *hall = *state;
    struct list list;
    size_t years = world_count(hall, "intake", &calendar_table);
    list_of(hall, &list, 2022);
    size_t had = list.message.n_days;
    list.message.n_days -= 2; /* 8 and 9 October are free now */
    put_day(&list, day(11, 7), FREE);
    assert_done(publish(hall, &list));
    assert_int_equal(years - 1, world_count(hall, "intake", &calendar_table));
    assert_int_equal(had - 1, list.message.n_days);
    assert_same_days(hall, "intake", &list);
    assert_same_days(hall, "routing", &list);
    assert_same_days(hall, "supervision", &list);
    assert_same_days(hall, "reporting", &list);
    assert_done(publish(hall, &list)); /* once more: nothing moves */
    assert_int_equal(0, world_said(hall, "routing.DeadlineMoved", 0));
    assert_int_equal(2, world_said(hall, "intake.CalendarPublished", 0));
}

static void a_year_without_a_list_gets_one(void **state)
{
    struct world *hall = *state;
    struct list list;
    whole_year(hall, &list, 2031);
    assert_done(publish(hall, &list));
    assert_same_days(hall, "routing", &list);
}

/* What is past was counted, and stands in every ledger. */
static void past_days_and_today_stay_as_they_were(void **state)
{
    struct world *hall = *state;
    struct list list;
    take_in(hall, &SAN_CLERK, "SAN-02"); /* on 13 January */
    world_clock(hall, at(2, 8, 10, 0));
    put_day(list_of(hall, &list, 2022), day(2, 8), FREE);
    assert_refused(FIELD_INVALID, publish(hall, &list)); /* today */
    put_day(list_of(hall, &list, 2022), day(2, 5), MAKE_UP);
    assert_refused(FIELD_INVALID, publish(hall, &list)); /* last Saturday */
    list_of(hall, &list, 2022)->pointers[1] = &list.days[--list.message.n_days];
    assert_refused(FIELD_INVALID, publish(hall, &list)); /* 29 January is left out */
    assert_int_equal(0, world_said(hall, "intake.CalendarPublished", 0));
}

/* RULE L82: so a hall that is set up enters the years it has calendars of. */
static void days_before_the_first_case_were_counted_by_nobody(void **state)
{
    struct world *hall = *state;
    struct list list;
    put_day(list_of(hall, &list, 2022), day(1, 13), FREE);
    assert_refused(FIELD_INVALID, publish(hall, &list)); /* today somebody may come */
    whole_year(hall, &list, 2021);
    assert_done(publish(hall, &list));
    take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(2, 8, 10, 0));
    put_day(list_of(hall, &list, 2022), day(1, 12), FREE);
    assert_done(publish(hall, &list)); /* the day before it was taken in */
}

static int64_t ten_oclock(int32_t year, int32_t month, int32_t of_month)
{
    return (day_from_ymd(year, month, of_month).n * INT64_C(24) + 2) * 60 * 60 * 1000;
}

/* RULE L82: New Year's Day 2027, a Friday, is free before its year is published, and stays so when
 * that is done late. */
static void an_unpublished_year_has_its_fixed_holidays_and_keeps_those_that_are_past(void **state)
{
    struct world *hall = *state;
    struct list list;
    world_clock(hall, ten_oclock(2026, 12, 29));
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    int64_t due_ms = dossier_of(hall, number)->due_ms;
    assert_int_equal(ten_oclock(2027, 1, 6) + INT64_C(7) * 60 * 60 * 1000, due_ms);

    world_clock(hall, ten_oclock(2027, 1, 4));
    whole_year(hall, &list, 2027)->days[0].day = day_from_ymd(2027, 12, 31).n;
    assert_refused(FIELD_INVALID, publish(hall, &list)); /* 1 January is left out */
    whole_year(hall, &list, 2027);
    assert_done(publish(hall, &list));
    assert_int_equal(due_ms, dossier_of(hall, number)->due_ms);
    /* what the law allows several departments ends after the Spring Festival */
    assert_int_equal(1, world_said(hall, "routing.DeadlineMoved", 0));
}

static bool is_provisional(struct world *hall, int64_t number)
{
    const struct calendar cal = calendar_of(hall, world_arena(hall));
    return reporting_dossier_message(dossier_of(hall, number), &cal, world_now(hall),
                                     world_arena(hall))
        ->provisional;
}

/* RULE L82: also where the deadline does not move. */
static void a_deadline_is_provisional_until_its_year_is_published(void **state)
{
    struct world *hall = *state;
    struct list list;
    world_clock(hall, ten_oclock(2026, 12, 29));
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_true(is_provisional(hall, number));
    assert_done(publish(hall, whole_year(hall, &list, 2027)));
    assert_false(is_provisional(hall, number));
    assert_same_days(hall, "reporting", &list);
}

/* RULE L82: a list of a few days does not make a year published. */
static void a_year_without_each_statutory_holiday_is_no_list(void **state)
{
    struct world *hall = *state;
    struct list list;
    put_named(list_of(hall, &list, 2031), day_from_ymd(2031, 1, 1).n, FREE, "元旦");
    assert_refused(FIELD_INVALID, publish(hall, &list));
    whole_year(hall, &list, 2031)->days[8].name_zh = "放假"; /* no Dragon Boat Festival */
    assert_refused(FIELD_INVALID, publish(hall, &list));
    whole_year(hall, &list, 2031)->message.n_days--; /* twelve days, all of them named */
    assert_refused(FIELD_INVALID, publish(hall, &list));
    assert_int_equal(0, world_said(hall, "intake.CalendarPublished", 0));
}

static void a_day_that_changes_nothing_is_refused(void **state)
{
    struct world *hall = *state;
    struct list list;
    put_day(list_of(hall, &list, 2022), day(11, 12), FREE); /* a Saturday */
    assert_refused(FIELD_INVALID, publish(hall, &list));
    put_day(list_of(hall, &list, 2022), day(11, 14), MAKE_UP); /* a Monday */
    assert_refused(FIELD_INVALID, publish(hall, &list));
    assert_int_equal(0, world_said(hall, "intake.CalendarPublished", 0));
}

static void a_hostile_list_is_refused(void **state)
{
    struct world *hall = *state;
    struct list list;
    put_day(list_of(hall, &list, 2022), day_from_ymd(2023, 1, 1).n, FREE);
    struct outcome outcome = publish(hall, &list); /* not of this year */
    assert_refused(FIELD_INVALID, outcome);
    char field[40];
    snprintf(field, sizeof field, "days[%zu].day", list.message.n_days - 1);
    assert_string_equal(field, outcome.field);
    put_day(list_of(hall, &list, 2022), INT32_MAX, FREE);
    assert_refused(FIELD_INVALID, publish(hall, &list));
    put_day(list_of(hall, &list, 2022), INT32_MIN, FREE);
    assert_refused(FIELD_INVALID, publish(hall, &list));
    put_day(list_of(hall, &list, 2022), list.days[0].day, FREE);
    assert_refused(FIELD_INVALID, publish(hall, &list)); /* twice */
    put_day(list_of(hall, &list, 2022), day(12, 1), ONEDOOR__DAY_KIND__DAY_KIND_UNSPECIFIED);
    assert_refused(FIELD_MISSING, publish(hall, &list));
    put_day(list_of(hall, &list, 2022), day(12, 1), FREE);
    list.pointers[0]->name_en = "";
    assert_refused(FIELD_MISSING, publish(hall, &list));
    list_of(hall, &list, 2022)->message.n_days = 0;
    assert_refused(FIELD_MISSING, publish(hall, &list));
    for (list_of(hall, &list, 2032); list.message.n_days < 367;)
        put_day(&list, day_from_ymd(2032, 1, 1).n + (int32_t)list.message.n_days, FREE);
    assert_refused(FIELD_INVALID, publish(hall, &list)); /* 367 */
    list.message.n_days = 1;
    list.message.year = INT32_MIN;
    assert_refused(FIELD_INVALID, publish(hall, &list));
    assert_int_equal(0, world_said(hall, "intake.CalendarPublished", 0));
}

static void nobody_but_the_manager_publishes_a_calendar(void **state)
{
    struct world *hall = *state;
    struct list list;
    put_day(list_of(hall, &list, 2022), day(12, 1), FREE);
    assert_refused(NOT_ALLOWED, world_command(hall, &DESK, &list.message.base, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_new_holiday_moves_every_deadline_beyond_it_and_each_is_said),
        ROUTING_TEST(a_moved_deadline_says_where_it_was),
        ROUTING_TEST(a_make_up_day_brings_a_deadline_forward_and_its_card_with_it),
        ROUTING_TEST(what_is_stopped_or_over_has_no_deadline_to_move),
        ROUTING_TEST(the_days_to_answer_in_end_by_the_new_calendar),
        ROUTING_TEST(a_years_list_takes_the_place_of_the_one_there_was_in_every_service),
        ROUTING_TEST(a_year_without_a_list_gets_one),
        ROUTING_TEST(past_days_and_today_stay_as_they_were),
        ROUTING_TEST(days_before_the_first_case_were_counted_by_nobody),
        ROUTING_TEST(an_unpublished_year_has_its_fixed_holidays_and_keeps_those_that_are_past),
        ROUTING_TEST(a_deadline_is_provisional_until_its_year_is_published),
        ROUTING_TEST(a_year_without_each_statutory_holiday_is_no_list),
        ROUTING_TEST(a_day_that_changes_nothing_is_refused),
        ROUTING_TEST(a_hostile_list_is_refused),
        ROUTING_TEST(nobody_but_the_manager_publishes_a_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
