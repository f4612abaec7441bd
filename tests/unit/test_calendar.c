/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "calendar_2022.h"

#include <string.h>

enum { MINUTE = 60000 };

struct fixture {
    struct arena *arena;
    struct calendar cal;
};

static struct fixture fixture;

static int set_up(void **state)
{
    fixture.arena = arena_new(1 << 20);
    fixture.cal = calendar_2022(fixture.arena);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    arena_free(&f->arena);
    return 0;
}

static const struct calendar *cal_of(void **state)
{
    return &((struct fixture *)*state)->cal;
}

static void every_date_of_ten_thousand_years_is_the_day_after_the_one_before(void **state)
{
    struct ymd expected = {1, 1, 1};

    (void)state;
    for (int32_t n = day_from_ymd(1, 1, 1).n; expected.year <= 9999; n++) {
        struct ymd found = day_to_ymd((struct day){n});

        if (memcmp(&found, &expected, sizeof(found)) != 0 ||
            day_from_ymd(found.year, found.month, found.day).n != n)
            fail_msg("day %d is %d-%d-%d", n, found.year, found.month, found.day);
        expected.day++;
        if (!ymd_is_date(expected.year, expected.month, expected.day))
            expected = (struct ymd){expected.year, expected.month + 1, 1};
        if (expected.month == 13)
            expected = (struct ymd){expected.year + 1, 1, 1};
    }
    assert_int_equal(0, day_from_ymd(1970, 1, 1).n);
    assert_int_equal(19023, day_from_ymd(2022, 1, 31).n);
}

static void dates_that_are_not_in_any_calendar_are_known(void **state)
{
    static const struct {
        int32_t year, month, day;
        bool is_date;
    } cases[] = {
        {2022, 2, 28, true},  {2022, 2, 29, false}, {2024, 2, 29, true},   {2000, 2, 29, true},
        {2100, 2, 29, false}, {2022, 4, 31, false}, {2022, 12, 31, true},  {2022, 13, 1, false},
        {2022, 0, 1, false},  {2022, 1, 0, false},  {0, 1, 1, false},      {1, 1, 1, true},
        {9999, 12, 31, true}, {10000, 1, 1, false}, {2022, -1, -1, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(cases[i].is_date,
                         ymd_is_date(cases[i].year, cases[i].month, cases[i].day));
}

/* RULE L82 */
static void spring_festival_is_not_worked_and_its_make_up_days_are(void **state)
{
    static const struct {
        int32_t month, day;
        enum day_kind kind;
        const char *name;
    } cases[] = {
        {1, 28, DAY_WORKING, ""},     {1, 29, DAY_MAKEUP, SPRING}, {1, 30, DAY_MAKEUP, SPRING},
        {1, 31, DAY_HOLIDAY, SPRING}, {2, 4, DAY_HOLIDAY, SPRING}, {2, 5, DAY_WEEKEND, ""},
        {2, 6, DAY_WEEKEND, ""},      {2, 7, DAY_WORKING, ""},     {10, 8, DAY_MAKEUP, "国庆节"},
    };
    const struct calendar *cal = cal_of(state);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct day day = day_from_ymd(2022, cases[i].month, cases[i].day);
        bool works = cases[i].kind == DAY_WORKING || cases[i].kind == DAY_MAKEUP;

        assert_int_equal(cases[i].kind, calendar_kind(cal, day));
        assert_int_equal(works, calendar_is_working(cal, day));
        assert_string_equal(cases[i].name, calendar_name(cal, day));
    }
}

/* The slow and obvious way to say whether a minute is worked. */
static bool is_worked_plainly(int64_t ms)
{
    int64_t local = ms / MINUTE + 8 * 60;
    int64_t minute = local % 1440;
    struct ymd date = day_to_ymd((struct day){(int32_t)(local / 1440)});
    int64_t weekday = (local / 1440 + 3) % 7; /* Monday 0 */
    bool works = weekday < 5;

    for (int i = 0; i < N_2022; i++)
        if (date.year == 2022 && date.month == exceptions_2022[i].month &&
            date.day == exceptions_2022[i].day)
            works = exceptions_2022[i].kind == EXCEPTION_WORKDAY;
    return works && ((minute >= 540 && minute < 720) || (minute >= 780 && minute < 1020));
}

static void the_ruler_agrees_with_counting_every_minute_of_the_year(void **state)
{
    const struct calendar *cal = cal_of(state);
    int64_t begin = at(1, 1, 0, 0) - 5LL * 1440 * MINUTE;
    int64_t worked = 0;

    for (int64_t ms = begin; ms < at(12, 31, 24, 0) + 9LL * 1440 * MINUTE; ms += MINUTE) {
        bool works = is_worked_plainly(ms);

        if (calendar_worked(cal, begin, ms) != worked || is_open(cal, ms) != works)
            fail_msg("the ruler is wrong at %lld", (long long)ms);
        worked += works;
        /* The end of a worked minute is the first instant at which the ruler reads so much. */
        if (works && add_minutes(cal, begin, worked) != ms + MINUTE)
            fail_msg("the instant of %lld minutes is wrong", (long long)worked);
    }
    assert_int_equal(249 * 420, calendar_worked(cal, at(1, 1, 0, 0), at(12, 31, 24, 0)));
}

static void seconds_are_cut_off(void **state)
{
    const struct calendar *cal = cal_of(state);

    assert_int_equal(1, calendar_worked(cal, at(1, 13, 9, 0) + 59999, at(1, 13, 9, 1)));
    assert_int_equal(0, calendar_worked(cal, at(1, 13, 9, 1), at(1, 13, 9, 1) + 59999));
    assert_int_equal(at(1, 13, 9, 1), add_minutes(cal, at(1, 13, 9, 0) + 30000, 1));
}

static void adding_minutes_passes_over_noon_night_and_holiday(void **state)
{
    static const struct {
        int32_t from[4];
        int64_t minutes;
        int32_t to[4];
    } cases[] = {
        {{1, 13, 9, 0}, 60, {1, 13, 10, 0}},  {{1, 13, 11, 0}, 60, {1, 13, 12, 0}},
        {{1, 13, 11, 0}, 61, {1, 13, 13, 1}}, {{1, 13, 12, 30}, 1, {1, 13, 13, 1}},
        {{1, 13, 9, 0}, 420, {1, 13, 17, 0}}, {{1, 13, 9, 0}, 421, {1, 14, 9, 1}},
        {{1, 14, 20, 0}, 1, {1, 17, 9, 1}},   {{1, 28, 9, 0}, 3 * 420, {1, 30, 17, 0}},
        {{1, 30, 16, 0}, 120, {2, 7, 10, 0}}, {{1, 31, 10, 0}, 420, {2, 7, 17, 0}},
    };
    const struct calendar *cal = cal_of(state);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const int32_t *from = cases[i].from;
        const int32_t *to = cases[i].to;

        assert_int_equal(
            at(to[0], to[1], to[2], to[3]),
            add_minutes(cal, at(from[0], from[1], from[2], from[3]), cases[i].minutes));
    }
}

static void openings_and_closings_skip_days_that_are_not_worked(void **state)
{
    const struct calendar *cal = cal_of(state);

    assert_int_equal(at(1, 14, 9, 0), calendar_next_opening(cal, at(1, 13, 8, 0)));
    assert_int_equal(at(1, 29, 9, 0), calendar_next_opening(cal, at(1, 28, 18, 0)));
    assert_int_equal(at(2, 7, 9, 0), calendar_next_opening(cal, at(1, 30, 10, 0)));
    assert_int_equal(at(2, 7, 9, 0), calendar_next_opening(cal, at(2, 2, 10, 0)));
    assert_int_equal(at(1, 13, 17, 0), calendar_close(cal, at(1, 13, 8, 0)));
    assert_int_equal(at(1, 13, 17, 0), calendar_close(cal, at(1, 13, 23, 59)));
    assert_int_equal(at(2, 7, 17, 0), calendar_close(cal, at(2, 2, 10, 0)));
}

static void the_hall_is_open_from_opening_up_to_closing(void **state)
{
    const struct calendar *cal = cal_of(state);

    assert_false(is_open(cal, at(1, 13, 9, 0) - 1));
    assert_true(is_open(cal, at(1, 13, 9, 0)));
    assert_false(is_open(cal, at(1, 13, 12, 0)));
    assert_true(is_open(cal, at(1, 13, 13, 0)));
    assert_false(is_open(cal, at(1, 13, 17, 0)));
    assert_false(is_open(cal, at(2, 1, 10, 0)));
    assert_true(is_open(cal, at(1, 30, 10, 0)));
}

static void a_day_begins_at_midnight_in_the_hall_and_not_in_greenwich(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct day day = day_from_ymd(2022, 1, 13);

    assert_int_equal(day.n, calendar_day(cal, at(1, 13, 0, 0)).n);
    assert_int_equal(day.n - 1, calendar_day(cal, at(1, 13, 0, 0) - 1).n);
    assert_int_equal(day.n, calendar_day(cal, at(1, 13, 23, 59)).n);
    assert_int_equal(at(1, 13, 0, 0), calendar_midnight(cal, day));
}

static void days_after_the_last_published_year_are_plain_and_provisional(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct day new_year_2023 = day_from_ymd(2023, 1, 2); /* a Monday, to be a holiday */

    assert_false(calendar_provisional(cal, day_from_ymd(2022, 12, 31)));
    assert_true(calendar_provisional(cal, day_from_ymd(2023, 1, 1)));
    assert_int_equal(DAY_WORKING, calendar_kind(cal, new_year_2023));
    assert_int_equal(at(12, 30, 17, 0) + 3LL * 1440 * MINUTE,
                     add_minutes(cal, at(12, 30, 17, 0), 420));
}

static void working_days_are_counted_between_dates(void **state)
{
    const struct calendar *cal = cal_of(state);
    struct day before = day_from_ymd(2022, 1, 28);
    struct day after = day_from_ymd(2022, 2, 8);

    assert_int_equal(4, calendar_days(cal, before, after));
    assert_int_equal(-4, calendar_days(cal, after, before));
    assert_int_equal(0, calendar_days(cal, before, before));
}

static void without_exceptions_the_plain_week_holds_and_nothing_is_certain(void **state)
{
    struct fixture *f = *state;
    struct hall_hours hours = hours_2022();
    struct calendar cal;

    assert_int_equal(STATUS_OK, calendar_init(&cal, &hours, NULL, 0, f->arena));
    assert_int_equal(DAY_WORKING, calendar_kind(&cal, day_from_ymd(2022, 1, 31)));
    assert_int_equal(5, calendar_days(&cal, day_from_ymd(1969, 12, 29), day_from_ymd(1970, 1, 5)));
    assert_int_equal(DAY_WORKING, calendar_kind(&cal, day_from_ymd(1969, 12, 26)));
    assert_int_equal(DAY_WEEKEND, calendar_kind(&cal, day_from_ymd(1969, 12, 27)));
    assert_true(calendar_provisional(&cal, day_from_ymd(2022, 1, 31)));
}

static void exceptions_may_come_in_any_order_and_say_what_is_so_already(void **state)
{
    struct fixture *f = *state;
    struct hall_hours hours = hours_2022();
    struct calendar cal;
    const struct calendar_exception exceptions[] = {
        {day_from_ymd(2022, 2, 7), EXCEPTION_WORKDAY, NULL},   /* a Monday anyway */
        {day_from_ymd(2022, 2, 5), EXCEPTION_HOLIDAY, SPRING}, /* a Saturday anyway */
        {day_from_ymd(2022, 2, 4), EXCEPTION_HOLIDAY, SPRING},
        {day_from_ymd(2022, 1, 30), EXCEPTION_WORKDAY, SPRING},
    };

    assert_int_equal(STATUS_OK, calendar_init(&cal, &hours, exceptions, 4, f->arena));
    assert_int_equal(DAY_WORKING, calendar_kind(&cal, day_from_ymd(2022, 2, 7)));
    assert_string_equal("", calendar_name(&cal, day_from_ymd(2022, 2, 7)));
    assert_int_equal(DAY_HOLIDAY, calendar_kind(&cal, day_from_ymd(2022, 2, 5)));
    assert_int_equal(at(2, 7, 9, 0), calendar_next_opening(&cal, at(2, 3, 12, 0)));
    assert_int_equal(at(1, 30, 9, 0), calendar_next_opening(&cal, at(1, 28, 12, 0)));
    assert_int_equal(6, calendar_days(&cal, day_from_ymd(2022, 1, 29), day_from_ymd(2022, 2, 8)));
}

static void a_day_named_twice_is_refused(void **state)
{
    struct fixture *f = *state;
    struct hall_hours hours = hours_2022();
    struct calendar cal;
    const struct calendar_exception exceptions[] = {
        {day_from_ymd(2022, 2, 4), EXCEPTION_HOLIDAY, SPRING},
        {day_from_ymd(2022, 1, 30), EXCEPTION_WORKDAY, SPRING},
        {day_from_ymd(2022, 2, 4), EXCEPTION_WORKDAY, SPRING},
    };

    assert_int_equal(STATUS_INVALID, calendar_init(&cal, &hours, exceptions, 3, f->arena));
}

static void hours_that_cannot_be_are_refused(void **state)
{
    static const struct hall_hours cases[] = {
        {480, 0, {{0}}, 0, {{0}}},
        {480, HALL_SPANS_MAX + 1, {{0, 1}, {2, 3}, {4, 5}, {6, 7}}, 0, {{0}}},
        {480, 1, {{540, 540}}, 0, {{0}}},
        {480, 1, {{540, 1441}}, 0, {{0}}},
        {480, 1, {{-1, 540}}, 0, {{0}}},
        {480, 2, {{540, 720}, {720, 1020}}, 0, {{0}}},
        {480, 2, {{780, 1020}, {540, 720}}, 0, {{0}}},
    };
    struct fixture *f = *state;
    struct calendar cal;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(STATUS_INVALID, calendar_init(&cal, &cases[i], NULL, 0, f->arena));
}

static void a_hall_may_open_round_the_clock_in_another_zone(void **state)
{
    struct fixture *f = *state;
    const struct hall_hours hours = {.utc_offset_min = -210, .n_spans = 1, .spans = {{0, 1440}}};
    struct calendar cal;
    struct day thursday = day_from_ymd(2022, 1, 13);

    assert_int_equal(STATUS_OK, calendar_init(&cal, &hours, NULL, 0, f->arena));
    assert_int_equal(1440, calendar_day_minutes(&cal));
    assert_int_equal((thursday.n * INT64_C(1440) + 210) * MINUTE,
                     calendar_midnight(&cal, thursday));
    assert_int_equal(calendar_midnight(&cal, (struct day){thursday.n + 2}),
                     add_minutes(&cal, calendar_midnight(&cal, thursday), 2 * 1440));
    assert_int_equal(calendar_midnight(&cal, (struct day){thursday.n + 1}),
                     calendar_close(&cal, calendar_midnight(&cal, thursday)));
}

/* RULE L82: 1 January 2024 is a Monday, 1 October 2023 a Sunday; 2022 is published. */
static void an_unpublished_year_has_the_holidays_of_fixed_date(void **state)
{
    struct fixture *f = *state;
    struct hall_hours hours = hours_2022();
    struct calendar cal;
    const struct calendar_exception published = {day_from_ymd(2022, 5, 3), EXCEPTION_HOLIDAY, NULL};

    assert_int_equal(STATUS_OK, hall_hours_parse_fixed("01-01,05-01,10-01,10-02", &hours));
    assert_int_equal(STATUS_OK, calendar_init(&cal, &hours, &published, 1, f->arena));
    assert_int_equal(DAY_HOLIDAY, calendar_kind(&cal, day_from_ymd(2024, 1, 1)));
    assert_int_equal(DAY_HOLIDAY, calendar_kind(&cal, day_from_ymd(2023, 10, 1)));
    assert_int_equal(DAY_WORKING, calendar_kind(&cal, day_from_ymd(2023, 10, 3)));
    assert_int_equal(3, calendar_days(&cal, day_from_ymd(2023, 9, 29), day_from_ymd(2023, 10, 5)));
    assert_true(calendar_provisional(&cal, day_from_ymd(2024, 1, 1)));
    assert_true(calendar_provisional_due(&cal, calendar_midnight(&cal, day_from_ymd(2023, 1, 1))));
    assert_false(
        calendar_provisional_due(&cal, calendar_midnight(&cal, day_from_ymd(2023, 1, 1)) - 1));
    assert_false(calendar_provisional_due(&cal, 0));
    assert_int_equal(2022, cal.last_year);
    assert_true(calendar_is_working(&cal, day_from_ymd(2022, 10, 3))); /* its list says so */
}

/* RULE L82: 2 May 2024 is a Thursday, 2 May 2025 a Friday. */
static void fixed_holidays_hold_from_the_year_of_their_list(void **state)
{
    struct fixture *f = *state;
    struct hall_hours hours = hours_2022();
    struct calendar cal;

    assert_int_equal(STATUS_OK, hall_hours_parse_fixed("2020:05-01;2025:05-01,05-02", &hours));
    assert_int_equal(STATUS_OK, calendar_init(&cal, &hours, NULL, 0, f->arena));
    assert_int_equal(DAY_WORKING, calendar_kind(&cal, day_from_ymd(2018, 5, 1)));
    assert_int_equal(DAY_HOLIDAY, calendar_kind(&cal, day_from_ymd(2024, 5, 1)));
    assert_int_equal(DAY_WORKING, calendar_kind(&cal, day_from_ymd(2024, 5, 2)));
    assert_int_equal(DAY_HOLIDAY, calendar_kind(&cal, day_from_ymd(2025, 5, 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_date_of_ten_thousand_years_is_the_day_after_the_one_before),
        cmocka_unit_test(dates_that_are_not_in_any_calendar_are_known),
        cmocka_unit_test(spring_festival_is_not_worked_and_its_make_up_days_are),
        cmocka_unit_test(the_ruler_agrees_with_counting_every_minute_of_the_year),
        cmocka_unit_test(seconds_are_cut_off),
        cmocka_unit_test(adding_minutes_passes_over_noon_night_and_holiday),
        cmocka_unit_test(openings_and_closings_skip_days_that_are_not_worked),
        cmocka_unit_test(the_hall_is_open_from_opening_up_to_closing),
        cmocka_unit_test(a_day_begins_at_midnight_in_the_hall_and_not_in_greenwich),
        cmocka_unit_test(days_after_the_last_published_year_are_plain_and_provisional),
        cmocka_unit_test(working_days_are_counted_between_dates),
        cmocka_unit_test(without_exceptions_the_plain_week_holds_and_nothing_is_certain),
        cmocka_unit_test(exceptions_may_come_in_any_order_and_say_what_is_so_already),
        cmocka_unit_test(a_day_named_twice_is_refused),
        cmocka_unit_test(an_unpublished_year_has_the_holidays_of_fixed_date),
        cmocka_unit_test(fixed_holidays_hold_from_the_year_of_their_list),
        cmocka_unit_test(hours_that_cannot_be_are_refused),
        cmocka_unit_test(a_hall_may_open_round_the_clock_in_another_zone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
