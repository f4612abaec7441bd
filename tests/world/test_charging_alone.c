/* SPDX-License-Identifier: Apache-2.0 */
/* Charging alone, told what intake says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/corridor.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/charging/charging.h"
#include "services/charging/moves.h"
#include "tests/world/solo.h"

enum { CASE = 42 };

static int open_window(void **state)
{
    static struct solo window;

    solo_open(&window, &charging_service, reference_charging);
    window.now_ms = at(1, 20, 12, 0);
    *state = &window;
    return 0;
}

static int shut_window(void **state)
{
    solo_close(*state);
    return 0;
}

static void hear_granted(struct solo *window, int64_t number, const char *item,
                         Onedoor__FeeFact *fact)
{
    Onedoor__Intake__CaseGranted granted = ONEDOOR__INTAKE__CASE_GRANTED__INIT;

    granted.item = (char *)item;
    granted.has_fee = true;
    granted.n_facts = fact == NULL ? 0 : 1;
    granted.facts = &fact;
    solo_hear(window, "intake", number, at(1, 13, 10, 0), &granted.base);
}

static const struct order_row *order_of(struct solo *window, int64_t number)
{
    const struct order_row *order;
    size_t i = 0;
    while ((order = memstore_row_at(window->mem, &charging_order_table, i++)) != NULL &&
           order->case_number != number)
        ;
    return order;
}

static size_t parked(struct solo *window)
{
    return memstore_count(window->mem, &parked_table);
}

static void an_order_is_dated_by_the_decision_not_by_when_it_was_heard(void **state)
{
    struct solo *window = *state;

    hear_granted(window, CASE, "SAN-01", NULL);
    assert_int_equal(at(1, 13, 10, 0), order_of(window, CASE)->raised_ms);
    assert_int_equal(1000, order_of(window, CASE)->total_fen);
}

/* RULE H3 */
static void a_case_never_gets_a_second_order(void **state)
{
    struct solo *window = *state;

    hear_granted(window, CASE, "SAN-01", NULL);
    hear_granted(window, CASE, "SAN-01", NULL);
    assert_int_equal(1, parked(window));
    assert_int_equal(1, memstore_count(window->mem, &charging_order_table));
    hear_granted(window, CASE + 1, "SAN-01", NULL); /* others go on */
    assert_int_equal(2, order_of(window, CASE + 1)->number);
}

static void facts_beyond_what_a_hall_deals_with_are_parked(void **state)
{
    struct solo *window = *state;
    Onedoor__FeeFact fact = ONEDOOR__FEE_FACT__INIT;

    fact.fee = "FEE-CON-02B";
    fact.units = FACT_UNITS_MAX + 1;
    hear_granted(window, CASE, "CON-02", &fact);
    assert_int_equal(1, parked(window));
    assert_null(order_of(window, CASE));
}

/* RULE L58: no published standard, no fee. */
static void a_fee_without_a_standard_is_not_charged(void **state)
{
    struct solo *window = *state;

    hear_granted(window, CASE, "STA-01", NULL);
    assert_int_equal(ORDER_NOTHING_DUE, order_of(window, CASE)->state);
    assert_int_equal(0, memstore_count(window->mem, &charging_line_table));
    assert_int_equal(0, parked(window));
}

#define WINDOW_TEST(test) cmocka_unit_test_setup_teardown(test, open_window, shut_window)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WINDOW_TEST(an_order_is_dated_by_the_decision_not_by_when_it_was_heard),
        WINDOW_TEST(a_case_never_gets_a_second_order),
        WINDOW_TEST(facts_beyond_what_a_hall_deals_with_are_parked),
        WINDOW_TEST(a_fee_without_a_standard_is_not_charged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
