/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a card: every state and event, beside what is written here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "onedoor/supervision.pb-c.h"
#include "services/supervision/card.h"
#include "services/supervision/lamp.h"

enum { REFUSED = -1, STATES = CARD_ANSWERED + 1 };

/* RULE H12: issued once, pressed as often as need be while the work is open, answered once for each
 * pressing. */
static void every_state_and_event_goes_where_the_table_says(void **state)
{
    static const int golden[STATES][CARD_EVENTS] = {
        /*                 issue        press         answer */
        [CARD_NONE] = {CARD_ISSUED, REFUSED, REFUSED},
        [CARD_ISSUED] = {REFUSED, CARD_PRESSED, CARD_ANSWERED},
        [CARD_PRESSED] = {REFUSED, CARD_PRESSED, CARD_ANSWERED},
        [CARD_ANSWERED] = {REFUSED, CARD_PRESSED, REFUSED},
    };

    (void)state;
    for (int from = CARD_NONE; from < STATES; from++)
        for (int on = CARD_ISSUE; on < CARD_EVENTS; on++) {
            const struct card_move *move =
                supervision_card_move((enum card_state)from, (enum card_event)on);
            assert_int_equal(golden[from][on], move == NULL ? REFUSED : (int)move->to);
            if (move != NULL)
                assert_string_equal("H12", move->rule);
        }
}

static void a_card_names_the_clause_it_stands_on(void **state)
{
    (void)state;
    assert_string_equal("L42.1", supervision_card_rule(0, false));
    assert_string_equal("H4", supervision_card_rule(0, true));
    assert_string_equal("H12", supervision_card_rule(3, false));
}

static void the_numbers_of_the_core_are_those_of_the_wire(void **state)
{
    (void)state;
    assert_int_equal((int)ONEDOOR__SUPERVISION__LEVEL__YELLOW, (int)LAMP_YELLOW);
    assert_int_equal((int)ONEDOOR__SUPERVISION__LEVEL__RED, (int)LAMP_RED);
    assert_int_equal((int)ONEDOOR__SUPERVISION__CARD_STATE__ISSUED, (int)CARD_ISSUED);
    assert_int_equal((int)ONEDOOR__SUPERVISION__CARD_STATE__PRESSED, (int)CARD_PRESSED);
    assert_int_equal((int)ONEDOOR__SUPERVISION__CARD_STATE__ANSWERED, (int)CARD_ANSWERED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_and_event_goes_where_the_table_says),
        cmocka_unit_test(a_card_names_the_clause_it_stands_on),
        cmocka_unit_test(the_numbers_of_the_core_are_those_of_the_wire),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
