/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H1: windows are set up and changed while the hall is open, and what follows from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/rows.h"
#include "tests/world/intake_desk.h"

static struct outcome set_window(struct world *hall, const struct actor *actor, int32_t number,
                                 const char *department, bool open)
{
    Onedoor__Intake__SetWindow message = ONEDOOR__INTAKE__SET_WINDOW__INIT;
    message.window = number;
    message.department = (char *)department;
    message.name_zh = "新设窗口";
    message.name_en = "New window";
    message.open = open;
    return world_command(hall, actor, &message.base, NULL);
}

static const struct window_row *window(struct world *hall, int16_t number)
{
    return world_row(hall, "intake", &intake_window_table,
                     &(struct window_row){.centre = 1, .number = number});
}

static const struct hall_window_row *reported(struct world *hall, int32_t number)
{
    return world_row(hall, "reporting", &reporting_window_table,
                     &(struct hall_window_row){.centre = 1, .number = number});
}

/* RULE H1: what an applicant needs to find it. */
static void a_window_has_its_floor_and_telephone(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__SetWindow message = ONEDOOR__INTAKE__SET_WINDOW__INIT;
    message.window = 40;
    message.department = "FPC";
    message.name_zh = "新设窗口";
    message.name_en = "New window";
    message.floor = 2;
    message.telephone = "022-12345678";
    assert_done(world_command(hall, &MANAGER, &message.base, NULL));
    assert_int_equal(2, window(hall, 40)->floor);
    assert_string_equal("022-12345678", window(hall, 40)->telephone);
    message.telephone = "";
    assert_done(world_command(hall, &MANAGER, &message.base, NULL));
    assert_null(window(hall, 40)->telephone);
    assert_int_equal(1, window(hall, 6)->floor); /* as the reference hall has it */

    message.telephone = "ring twice";
    assert_refused(FIELD_INVALID, world_command(hall, &MANAGER, &message.base, NULL));
    message.telephone = "";
    message.floor = 100;
    assert_refused(FIELD_INVALID, world_command(hall, &MANAGER, &message.base, NULL));
}

/* RULE H1 */
static void a_new_window_takes_cases_in(void **state)
{
    const struct actor newcomer = {"f40", ONEDOOR__ROLE__WINDOW_CLERK, "FPC", 40};
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    assert_refused(UNKNOWN_WINDOW, submit(hall, &newcomer, &application, NULL));
    assert_done(set_window(hall, &MANAGER, 40, "FPC", true));
    assert_done(submit(hall, &newcomer, &application, &reply));
    assert_int_equal(40, stored(hall, reply->case_number)->window);
    assert_string_equal("open", window(hall, 40)->status);
    assert_string_equal("department", window(hall, 40)->kind);
    assert_string_equal("New window", window(hall, 40)->name_en);
}

static void a_window_goes_from_one_department_to_another(void **state)
{
    const struct actor successor = {"s6", ONEDOOR__ROLE__WINDOW_CLERK, "SAN", 6};
    struct world *hall = *state;
    struct application application;
    assert_done(set_window(hall, &MANAGER, 6, "SAN", true));
    assert_refused(UNKNOWN_WINDOW,
                   submit(hall, &FPC_CLERK, apply_with(hall, &application, "FPC-02", 99), NULL));
    assert_done(submit(hall, &successor, apply_with(hall, &application, "SAN-01", 99), NULL));
}

/* Closed by the manager, who says how many open cases were taken in there. */
static struct outcome close_over(struct world *hall, int32_t number, const char *department,
                                 int32_t cases)
{
    Onedoor__Intake__SetWindow set = ONEDOOR__INTAKE__SET_WINDOW__INIT;
    set.window = number;
    set.department = (char *)department;
    set.name_zh = "窗口";
    set.name_en = "Window";
    set.open_cases = cases;
    return world_command(hall, &MANAGER, &set.base, NULL);
}

/* RULE H1: a vacant one is opened by whoever sits down there, a closed one is not. */
static void a_closed_window_takes_nothing_in(void **state)
{
    struct world *hall = *state;
    struct application application;
    apply_with(hall, &application, "FPC-02", 99);
    assert_done(submit(hall, &FPC_CLERK, &application, NULL));
    assert_done(close_over(hall, FPC_CLERK.window, "FPC", 1));
    assert_refused(WINDOW_CLOSED, submit(hall, &FPC_CLERK, &application, NULL));
    assert_done(set_window(hall, &MANAGER, (int32_t)FPC_CLERK.window, "FPC", true));
    assert_done(submit(hall, &FPC_CLERK, &application, NULL));
}

/* What nobody said of the hall is marked until the hall says it. */
static void what_is_assumed_of_a_window_is_marked_until_it_is_set(void **state)
{
    struct world *hall = *state;
    assert_int_equal(ONEDOOR__INTAKE__SOURCE__ASSUMED, window(hall, 18)->source);
    assert_int_equal(0, window(hall, 32)->source);
    assert_done(set_window(hall, &MANAGER, 18, "ECO", true));
    assert_int_equal(0, window(hall, 18)->source);
}

/* What is open there is not left behind without a word: its slips lead there. */
static void a_window_with_open_cases_is_closed_by_whoever_says_so(void **state)
{
    struct world *hall = *state;
    take_in(hall, &FPC_CLERK, "FPC-02");
    int64_t done = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(finish(hall, &FPC_CLERK, done, true, ""));
    world_settle(hall); /* closed: it does not count */
    assert_refused(WINDOW_IN_USE, close_over(hall, FPC_CLERK.window, "FPC", 0));
    assert_refused(WINDOW_IN_USE, close_over(hall, FPC_CLERK.window, "FPC", 2));
    assert_done(close_over(hall, FPC_CLERK.window, "FPC", 1));
    assert_string_equal("closed", window(hall, (int16_t)FPC_CLERK.window)->status);
}

static void a_window_with_open_cases_is_given_away_by_whoever_says_so(void **state)
{
    struct world *hall = *state;
    take_in(hall, &FPC_CLERK, "FPC-02");
    assert_refused(WINDOW_IN_USE,
                   set_window(hall, &MANAGER, (int32_t)FPC_CLERK.window, "SAN", true));
    assert_done(
        set_window(hall, &MANAGER, (int32_t)FPC_CLERK.window, "FPC", true)); /* another name */
}

/* What a window without a department is: the charging window stays what it was. */
static void a_desk_of_the_hall_keeps_its_kind(void **state)
{
    struct world *hall = *state;
    assert_done(set_window(hall, &MANAGER, 31, "", true));
    assert_string_equal("charging", window(hall, 31)->kind);
    assert_done(set_window(hall, &MANAGER, 31, "FPC", true)); /* and while a department has it */
    assert_string_equal("charging", window(hall, 31)->kind);
    assert_done(set_window(hall, &MANAGER, 31, "", true));
    assert_string_equal("charging", window(hall, 31)->kind);
    assert_done(set_window(hall, &MANAGER, 32, "FPC", true));
    assert_string_equal("complaint", window(hall, 32)->kind);
    assert_done(set_window(hall, &MANAGER, 35, "", false));
    assert_string_equal("office", window(hall, 35)->kind);
    assert_done(set_window(hall, &MANAGER, 41, "", true));
    assert_string_equal("consultation", window(hall, 41)->kind);
    assert_done(set_window(hall, &MANAGER, 41, "FPC", true));
    assert_string_equal("department", window(hall, 41)->kind);
}

static void a_window_is_set_up_by_the_manager_for_a_department_that_is_there(void **state)
{
    struct world *hall = *state;
    assert_refused(NOT_ALLOWED, set_window(hall, &FPC_CLERK, 40, "FPC", true));
    assert_refused(FIELD_INVALID, set_window(hall, &MANAGER, 40, "XYZ", true));
    assert_refused(FIELD_MISSING, set_window(hall, &MANAGER, 0, "FPC", true));
    assert_refused(FIELD_INVALID, set_window(hall, &MANAGER, 10000, "FPC", true));
    assert_null(window(hall, 40));
    assert_int_equal(0, world_said(hall, "intake.WindowSet", 0));
}

/* RULE H19: so that the figures tell of the windows there are. */
static void the_figures_follow_the_windows(void **state)
{
    struct world *hall = *state;
    assert_null(reported(hall, 40));
    assert_done(set_window(hall, &MANAGER, 40, "FPC", true));
    assert_done(set_window(hall, &MANAGER, 6, "SAN", false));
    world_settle(hall);
    assert_string_equal("FPC", reported(hall, 40)->department);
    assert_string_equal("新设窗口", reported(hall, 40)->name_zh);
    assert_string_equal("open", reported(hall, 40)->status);
    assert_string_equal("SAN", reported(hall, 6)->department);
    assert_string_equal("closed", reported(hall, 6)->status);
    assert_int_equal(window(hall, 6)->floor, reported(hall, 6)->floor);
    assert_int_equal(0, world_parked(hall, "reporting"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_window_has_its_floor_and_telephone),
        HALL_TEST(a_new_window_takes_cases_in),
        HALL_TEST(a_window_goes_from_one_department_to_another),
        HALL_TEST(a_closed_window_takes_nothing_in),
        HALL_TEST(what_is_assumed_of_a_window_is_marked_until_it_is_set),
        HALL_TEST(a_window_with_open_cases_is_closed_by_whoever_says_so),
        HALL_TEST(a_window_with_open_cases_is_given_away_by_whoever_says_so),
        HALL_TEST(a_desk_of_the_hall_keeps_its_kind),
        HALL_TEST(a_window_is_set_up_by_the_manager_for_a_department_that_is_there),
        HALL_TEST(the_figures_follow_the_windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
