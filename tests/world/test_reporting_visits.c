/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H16: reporting knows how long visitors waited and were at a window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "onedoor/reporting.pb-c.h"
#include "services/reporting/reporting.h"
#include "services/reporting/rows.h"
#include "tests/world/ticket_desk.h"

static const struct visit_row *visit(struct world *hall, const char *queue, int32_t number)
{
    return world_row(
        hall, "reporting", &reporting_visit_table,
        &(struct visit_row){
            .centre = 1, .day = day_from_ymd(2022, 1, 13).n, .queue = queue, .number = number});
}

static void the_figures_know_how_long_visitors_waited(void **state)
{
    struct world *hall = *state;
    for (int i = 0; i < 3; i++)
        number_for(hall, "FPC-02", 0);
    world_clock(hall, at(1, 13, 9, 50));
    called(hall, &FPC_CLERK);
    assert_done(call_again(hall, &FPC_CLERK, 1)); /* it has not waited twice */
    world_clock(hall, at(1, 13, 10, 5));
    called(hall, &FPC_CLERK);
    assert_done(transfer(hall, &FPC_CLERK, 2, "SAN-01", 0));
    assert_int_equal(3, called(hall, &FPC_CLERK));
    world_clock(hall, at(1, 14, 8, 0));
    world_settle(hall);
    assert_int_equal(20 * 60000, visit(hall, "FPC", 1)->waited_ms);
    assert_int_equal(15 * 60000, visit(hall, "FPC", 1)->handled_ms);
    assert_int_equal(9, visit(hall, "FPC", 1)->hour);
    assert_int_equal(6, visit(hall, "FPC", 1)->window);
    assert_true(visit(hall, "FPC", 1)->served);
    assert_true(visit(hall, "FPC", 2)->served); /* sent on, and nobody called it there */
    assert_int_equal(10, visit(hall, "FPC", 2)->hour);
    assert_false(visit(hall, "SAN", 2)->called);
    assert_true(visit(hall, "SAN", 2)->gone);
    assert_false(visit(hall, "FPC", 3)->gone);
    assert_false(visit(hall, "FPC", 3)->served); /* nobody said when he had left */
    assert_int_equal(0, visit(hall, "FPC", 3)->handled_ms);
    assert_int_equal(0, world_parked(hall, "reporting"));
}

static struct outcome asked(const ProtobufCMessage *message)
{
    const struct check *check = reporting_checks;
    while (check->message != message->descriptor)
        check++;
    return check->check(message, NULL);
}

/* They are summed from single rows, however many days are asked for. */
static void visits_are_asked_for_a_year_at_most(void **state)
{
    Onedoor__Reporting__Visits sums = ONEDOOR__REPORTING__VISITS__INIT;
    Onedoor__Reporting__ListVisits list = ONEDOOR__REPORTING__LIST_VISITS__INIT;
    int32_t from = day_from_ymd(2022, 1, 1).n;
    (void)state;
    sums.from_day = list.from_day = from;
    sums.to_day = list.to_day = from + 365;
    assert_true(is_ok(asked(&sums.base)) && is_ok(asked(&list.base)));
    sums.to_day = list.to_day = from + 366;
    assert_refused(FIELD_INVALID, asked(&sums.base));
    assert_refused(FIELD_INVALID, asked(&list.base));
}

static void visits_are_read_among_the_heavy_queries(void **state)
{
    int n = 0;
    (void)state;
    for (size_t i = 0; reporting_service.heavy[i] != NULL; i++)
        n += reporting_service.heavy[i] == &onedoor__reporting__visits__descriptor ||
             reporting_service.heavy[i] == &onedoor__reporting__list_visits__descriptor;
    assert_int_equal(2, n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(the_figures_know_how_long_visitors_waited),
        HALL_TEST(visits_are_asked_for_a_year_at_most),
        HALL_TEST(visits_are_read_among_the_heavy_queries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
