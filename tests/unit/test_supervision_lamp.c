/* SPDX-License-Identifier: Apache-2.0 */
/* The lamp of a clock. January 2022: the 10th is a Monday, the 17th another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "calendar_2022.h"
#include "services/supervision/lamp.h"

enum { DAY_MIN = 7 * 60 };

struct desk {
    struct arena *arena;
    struct calendar calendar;
    struct lamp_scale scale;
};

static int open_desk(void **state)
{
    static struct desk desk;

    desk.arena = arena_new(1 << 20);
    desk.calendar = calendar_2022(desk.arena);
    desk.scale = (struct lamp_scale){&desk.calendar, 80};
    *state = &desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    arena_free(&desk->arena);
    return 0;
}

/* Accepted on Monday the 10th at ten, five working days: counted on 11, 12, 13, 14 and 17. */
static struct clock five_days(const struct desk *desk)
{
    struct clock clock = {0};

    clock_start(&clock, &desk->calendar, at(1, 10, 10, 0), 5);
    return clock;
}

/* RULE H12, L42.1 */
static void a_lamp_goes_from_green_to_yellow_to_red(void **state)
{
    const struct desk *desk = *state;
    const struct clock clock = five_days(desk);
    const struct {
        int64_t now_ms;
        enum lamp lamp;
    } cases[] = {
        {at(1, 10, 10, 0), LAMP_GREEN},      {at(1, 14, 16, 59), LAMP_GREEN},
        {at(1, 14, 17, 0), LAMP_GREEN}, /* four fifths used at this very instant */
        {at(1, 14, 17, 0) + 1, LAMP_YELLOW}, {at(1, 17, 16, 59), LAMP_YELLOW},
        {at(1, 17, 17, 0), LAMP_YELLOW}, /* done now it would be in time */
        {at(1, 17, 17, 0) + 1, LAMP_RED},    {at(3, 1, 9, 0), LAMP_RED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(cases[i].lamp,
                         supervision_lamp_now(&desk->scale, &clock, cases[i].now_ms));
}

static void each_level_comes_once_and_after_red_nothing_comes(void **state)
{
    const struct desk *desk = *state;
    const struct clock clock = five_days(desk);
    struct lamp_change next = supervision_lamp_next(&desk->scale, &clock, LAMP_GREEN);

    assert_int_equal(LAMP_YELLOW, next.lamp);
    assert_int_equal(at(1, 14, 17, 0), next.at_ms);
    next = supervision_lamp_next(&desk->scale, &clock, next.lamp);
    assert_int_equal(LAMP_RED, next.lamp);
    assert_int_equal(at(1, 17, 17, 0), next.at_ms);
    assert_int_equal(0, supervision_lamp_next(&desk->scale, &clock, LAMP_RED).at_ms);
}

/* RULE L82: what is due on Monday is warned of on Friday. */
static void a_warning_for_monday_never_comes_on_sunday(void **state)
{
    const struct desk *desk = *state;
    const struct clock clock = five_days(desk);
    int64_t yellow_ms = supervision_lamp_next(&desk->scale, &clock, LAMP_GREEN).at_ms;

    assert_true(calendar_is_working(&desk->calendar, calendar_day(&desk->calendar, yellow_ms)));
    assert_int_equal(day_from_ymd(2022, 1, 14).n, calendar_day(&desk->calendar, yellow_ms).n);
}

/* RULE L45 */
static void a_paused_clock_comes_to_nothing(void **state)
{
    const struct desk *desk = *state;
    struct clock clock = five_days(desk);

    clock_pause(&clock, &desk->calendar, at(1, 12, 9, 0)); /* one day used */
    assert_int_equal(0, supervision_lamp_next(&desk->scale, &clock, LAMP_GREEN).at_ms);
    assert_int_equal(LAMP_GREEN, supervision_lamp_now(&desk->scale, &clock, at(6, 1, 9, 0)));
}

/* RULE L45: what was four days from its deadline before a pause of half a year is four days from it
 * afterwards. */
static void a_resumed_clock_brings_up_nothing_that_is_not_over(void **state)
{
    const struct desk *desk = *state;
    struct clock clock = five_days(desk);

    clock_pause(&clock, &desk->calendar, at(1, 12, 9, 0));
    clock_resume(&clock, &desk->calendar, at(6, 6, 9, 0));
    assert_int_equal(LAMP_GREEN, supervision_lamp_now(&desk->scale, &clock, at(6, 6, 9, 1)));
    assert_int_equal(at(6, 8, 17, 0),
                     supervision_lamp_next(&desk->scale, &clock, LAMP_GREEN).at_ms);
    assert_int_equal(at(6, 9, 17, 0),
                     supervision_lamp_next(&desk->scale, &clock, LAMP_YELLOW).at_ms);
}

static void a_clock_paused_when_it_was_over_stays_red(void **state)
{
    const struct desk *desk = *state;
    struct clock clock = five_days(desk);

    clock_pause(&clock, &desk->calendar, at(1, 18, 9, 30));
    assert_int_equal(LAMP_RED, supervision_lamp_now(&desk->scale, &clock, at(1, 20, 9, 0)));
}

/* RULE L42.1: the extension moves red away; the yellow that came before is not repeated. */
static void an_extension_moves_the_deadline_and_repeats_no_warning(void **state)
{
    const struct desk *desk = *state;
    struct clock clock = five_days(desk);

    clock_extend(&clock, &desk->calendar, at(1, 14, 9, 0), 10);
    struct lamp_change next = supervision_lamp_next(&desk->scale, &clock, LAMP_YELLOW);
    assert_int_equal(LAMP_RED, next.lamp);
    assert_int_equal(at(1, 29, 17, 0),
                     next.at_ms); /* a make-up working Saturday, the fifteenth day */
    assert_int_equal(LAMP_GREEN, supervision_lamp_now(&desk->scale, &clock, at(1, 17, 9, 0)));
}

/* RULE H4 */
static void an_immediate_case_is_red_when_the_hall_shuts(void **state)
{
    const struct desk *desk = *state;
    struct clock clock = {0};

    clock_start(&clock, &desk->calendar, at(1, 10, 15, 20),
                0); /* a hundred minutes before closing */
    assert_int_equal(at(1, 10, 16, 40),
                     supervision_lamp_next(&desk->scale, &clock, LAMP_GREEN).at_ms);
    assert_int_equal(at(1, 10, 17, 0),
                     supervision_lamp_next(&desk->scale, &clock, LAMP_YELLOW).at_ms);
}

static void the_threshold_is_a_setting(void **state)
{
    struct desk *desk = *state;
    const struct clock clock = five_days(desk);
    const struct lamp_scale half = {&desk->calendar, 50};

    assert_int_equal(at(1, 13, 13, 30), supervision_lamp_next(&half, &clock, LAMP_GREEN).at_ms);
    assert_int_equal(5 * DAY_MIN / 2, clock_used(&clock, &desk->calendar, at(1, 13, 13, 30)));
}

static void a_clock_that_never_started_shows_green(void **state)
{
    const struct desk *desk = *state;
    const struct clock clock = {0};

    assert_int_equal(LAMP_GREEN, supervision_lamp_now(&desk->scale, &clock, at(1, 10, 9, 0)));
    assert_int_equal(0, supervision_lamp_next(&desk->scale, &clock, LAMP_GREEN).at_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lamp_goes_from_green_to_yellow_to_red),
        cmocka_unit_test(each_level_comes_once_and_after_red_nothing_comes),
        cmocka_unit_test(a_warning_for_monday_never_comes_on_sunday),
        cmocka_unit_test(a_paused_clock_comes_to_nothing),
        cmocka_unit_test(a_resumed_clock_brings_up_nothing_that_is_not_over),
        cmocka_unit_test(a_clock_paused_when_it_was_over_stays_red),
        cmocka_unit_test(an_extension_moves_the_deadline_and_repeats_no_warning),
        cmocka_unit_test(an_immediate_case_is_red_when_the_hall_shuts),
        cmocka_unit_test(the_threshold_is_a_setting),
        cmocka_unit_test(a_clock_that_never_started_shows_green),
    };

    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
