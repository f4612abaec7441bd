/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L44: a result is delivered within ten working days of the grant, and that is watched. The
 * hall opens on Thursday, 13 January 2022; the tenth day is Thursday, the 27th. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/supervision/lamp.h"
#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

static const struct watch_row *watch_of(struct world *hall, int64_t number)
{
    return world_row(
        hall, "supervision", &supervision_watch_table,
        &(struct watch_row){.centre = 1, .case_number = number, .term = TERM_DELIVERY});
}

static const struct card_row *card_of(struct world *hall, int64_t number, enum lamp level)
{
    return world_row(
        hall, "supervision", &supervision_card_table,
        &(struct card_row){
            .centre = 1, .case_number = number, .term = TERM_DELIVERY, .level = (int16_t)level});
}

static int64_t granted_at_once(struct world *hall)
{
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02"); /* no fee */
    assert_null(watch_of(hall, number));
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    world_settle(hall);
    return number;
}

static void a_grant_that_is_not_delivered_draws_its_cards(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_at_once(hall);
    assert_int_equal(at(1, 27, 17, 0), watch_of(hall, number)->due_ms);
    world_clock(hall, at(1, 27, 17, 0));
    world_settle(hall);
    assert_non_null(card_of(hall, number, LAMP_YELLOW));
    assert_null(card_of(hall, number, LAMP_RED));
    world_clock(hall, at(1, 27, 17, 1));
    world_settle(hall);
    const struct card_row *red = card_of(hall, number, LAMP_RED);
    assert_non_null(red);
    assert_string_equal("L44", red->rule);
    assert_string_equal("FPC", red->department);
    assert_int_equal(at(1, 27, 17, 0), red->due_ms);
}

static void nothing_is_watched_after_the_delivery(void **state)
{
    struct world *hall = *state;
    int64_t number = granted_at_once(hall);
    assert_done(deliver(hall, &FPC_CLERK, number));
    world_settle(hall);
    assert_null(watch_of(hall, number));
    world_clock(hall, at(2, 28, 17, 0));
    world_settle(hall);
    assert_null(card_of(hall, number, LAMP_YELLOW));
}

static void a_denial_has_nothing_to_deliver(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-01");
    assert_done(finish(hall, &FPC_CLERK, number, false, "条件不符"));
    world_settle(hall);
    assert_null(watch_of(hall, number));
}

/* Both journals tell of it: routing that the flow is granted, intake that the case is. */
static void a_case_granted_by_its_departments_is_watched_too(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_done(decide(hall, "TRA", number, true, ""));
    assert_done(decide(hall, "TRA", number, true, ""));
    world_settle(hall);
    assert_int_equal(at(1, 27, 17, 0), watch_of(hall, number)->due_ms);
    assert_int_equal(0, world_parked(hall, "supervision"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_grant_that_is_not_delivered_draws_its_cards),
        ROUTING_TEST(nothing_is_watched_after_the_delivery),
        ROUTING_TEST(a_denial_has_nothing_to_deliver),
        ROUTING_TEST(a_case_granted_by_its_departments_is_watched_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
