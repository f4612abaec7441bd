/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of an order x every event x whether anything is left to pay, against
 * golden/charging_moves.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/charging/moves.h"
#include "tests/unit/golden.h"

static void write_move(FILE *out, enum order_state from, enum order_event on, int64_t left_fen)
{
    const struct move *move = charging_move(from, on, left_fen);

    fprintf(out, "%-11s  %-6s  %-12s  ", charging_moves.states[from], charging_moves.events[on],
            left_fen == 0 ? "nothing left" : "some left");
    if (is_ok(moves_outcome(move)))
        fprintf(out, "%s, %s, RULE %s\n", charging_moves.states[moves_to(move, from)],
                charging_moves.thens[move->then], move->rule);
    else
        fprintf(out, "refused: %s\n", golden_reason(move));
}

static void walk(FILE *out)
{
    for (enum order_state from = ORDER_NONE; from < ORDER_STATES; from++)
        for (enum order_event on = ORDER_RAISE; on < ORDER_EVENTS; on++)
            for (int64_t left_fen = 0; left_fen < 2; left_fen++)
                write_move(out, from, on, left_fen);
}

static void orders_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    golden_check(GOLDEN_DIR "/charging_moves.txt", walk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_move_as_the_golden_table_says_and_not_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
