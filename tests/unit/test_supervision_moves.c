/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a card: every state and event, beside what is written here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/supervision/moves.h"

enum { REFUSED = -1 };

static const struct move *find(int from, int on, unsigned given)
{
    return moves_find(&supervision_moves, from, on, given);
}

/* RULE H12: issued once, pressed as often as need be while the work is open, answered once for each
 * pressing. */
static void every_state_and_event_goes_where_the_table_says(void **state)
{
    static const int golden[CARD_STATES][CARD_EVENTS] = {
        /*                 issue        press         answer         withdraw */
        [CARD_NONE] = {CARD_ISSUED, REFUSED, REFUSED, REFUSED},
        [CARD_ISSUED] = {REFUSED, CARD_PRESSED, CARD_ANSWERED, CARD_WITHDRAWN},
        [CARD_PRESSED] = {REFUSED, CARD_PRESSED, CARD_ANSWERED, CARD_WITHDRAWN},
        [CARD_ANSWERED] = {REFUSED, CARD_PRESSED, REFUSED, CARD_WITHDRAWN},
        [CARD_WITHDRAWN] = {REFUSED, REFUSED, REFUSED, REFUSED},
    };

    (void)state;
    for (int from = CARD_NONE; from < CARD_STATES; from++)
        for (int on = CARD_ISSUE; on < CARD_EVENTS; on++) {
            const struct move *move = find(from, on, ALWAYS);
            assert_int_equal(golden[from][on], is_ok(moves_outcome(move)) ? move->to : REFUSED);
            if (is_ok(moves_outcome(move)))
                assert_string_equal(on == CARD_WITHDRAW ? "L82" : "H12", move->rule);
        }
}

static void a_card_pressed_as_often_as_can_be_counted_is_pressed_no_more(void **state)
{
    (void)state;
    for (int from = CARD_ISSUED; from <= CARD_ANSWERED; from++)
        assert_int_equal(ONEDOOR__REASON__NOT_PRESSABLE,
                         moves_outcome(find(from, CARD_PRESS, PRESSED_OUT)).reason);
}

static void an_answered_card_is_answered_no_more(void **state)
{
    (void)state;
    assert_int_equal(ONEDOOR__REASON__ALREADY_ANSWERED,
                     moves_outcome(find(CARD_ANSWERED, CARD_ANSWER, ALWAYS)).reason);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_and_event_goes_where_the_table_says),
        cmocka_unit_test(a_card_pressed_as_often_as_can_be_counted_is_pressed_no_more),
        cmocka_unit_test(an_answered_card_is_answered_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
