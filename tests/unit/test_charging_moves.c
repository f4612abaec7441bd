/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of an order x every event x whether anything is left to pay, against
 * golden/charging_moves.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/charging/order.h"

enum { GOLDEN_MAX = 8192 };

static const char *const states[ORDER_STATES] = {
    [ORDER_NONE] = "none",     [ORDER_DUE] = "due",
    [ORDER_PAID] = "paid",     [ORDER_NOTHING_DUE] = "nothing due",
    [ORDER_WAIVED] = "waived",
};

static const char *const events[ORDER_EVENTS] = {
    [ORDER_RAISE] = "raise",
    [ORDER_PAY] = "pay",
    [ORDER_WAIVE] = "waive",
    [ORDER_REFUND] = "refund",
};

static const char *const postings[] = {
    [POST_NOTHING] = "nothing",
    [POST_PAYMENT] = "payment",
    [POST_WAIVER] = "waiver",
    [POST_REFUND] = "refund",
};

static void write_move(FILE *out, enum order_state from, enum order_event on, int64_t left_fen)
{
    const struct order_move *move = charging_move(from, on, left_fen);

    fprintf(out, "%-11s  %-6s  %-12s  ", states[from], events[on],
            left_fen == 0 ? "nothing left" : "some left");
    if (move == NULL) {
        struct outcome refused = charging_order_refusal(from, on);
        assert_int_not_equal(ONEDOOR__CODE__OK, refused.code);
        fprintf(
            out, "refused: %s\n",
            protobuf_c_enum_descriptor_get_value(&onedoor__reason__descriptor, (int)refused.reason)
                ->name);
    } else {
        fprintf(out, "%s, post %s, RULE %s\n", states[move->to], postings[move->then], move->rule);
    }
}

static char *read_golden(void)
{
    char *text = calloc(1, GOLDEN_MAX);
    FILE *file = fopen(GOLDEN_DIR "/charging_moves.txt", "r");

    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, GOLDEN_MAX - 1, file) > 0);
    fclose(file);
    return text;
}

static void orders_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    char *walked = NULL, *golden = read_golden();
    size_t size;
    FILE *out = open_memstream(&walked, &size);

    (void)state;
    assert_non_null(out);
    for (enum order_state from = ORDER_NONE; from < ORDER_STATES; from++)
        for (enum order_event on = ORDER_RAISE; on < ORDER_EVENTS; on++)
            for (int64_t left_fen = 0; left_fen < 2; left_fen++)
                write_move(out, from, on, left_fen);
    fclose(out);
    assert_string_equal(golden, walked);
    free(walked);
    free(golden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_move_as_the_golden_table_says_and_not_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
