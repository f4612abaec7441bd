/* SPDX-License-Identifier: Apache-2.0 */
/* Requests about what does not exist or is closed are refused with the reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/running.h"

static void an_unknown_item_is_refused(void **state)
{
    Onedoor__Intake__Submit *submit = desk_application(client, "FPC-02", arena);

    (void)state;
    submit->item = "FPC-99";
    assert_answer(desk_ask(client, NULL, &clerk, &submit->base, NULL, arena), NOT_FOUND,
                  UNKNOWN_ITEM);
}

static void an_unknown_case_is_refused_by_every_service(void **state)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;

    (void)state;
    check.case_number = desk_no_case(1);
    assert_answer(desk_ask(client, NULL, &clerk, &check.base, NULL, arena), NOT_FOUND,
                  UNKNOWN_CASE);
    assert_answer(desk_decide(client, desk_no_case(1), arena), NOT_FOUND, UNKNOWN_CASE);
    assert_answer(desk_pay(client, NULL, desk_no_case(1), 100, arena), NOT_FOUND, NO_ORDER);
}

static void a_decision_on_a_closed_case_is_refused(void **state)
{
    int64_t number = desk_closed_case(client, arena);
    Onedoor__Intake__Withdraw withdraw = ONEDOOR__INTAKE__WITHDRAW__INIT;

    (void)state;
    withdraw.case_number = number;
    assert_answer(desk_decide(client, number, arena), FAILED_PRECONDITION, CASE_CLOSED);
    assert_answer(desk_ask(client, NULL, &clerk, &withdraw.base, NULL, arena), FAILED_PRECONDITION,
                  CASE_CLOSED);
}

static void a_case_that_was_finished_is_not_finished_again(void **state)
{
    int64_t number = desk_submit(client, "FPC-02", arena);

    (void)state;
    assert_int_equal(ANSWER_OK, desk_finish(client, "FPC", number, arena).kind);
    assert_answer(desk_finish(client, "FPC", number, arena), FAILED_PRECONDITION, CASE_CLOSED);
}

static int64_t order_of(int64_t case_number)
{
    Onedoor__Charging__GetOrder ask = ONEDOOR__CHARGING__GET_ORDER__INIT;
    ask.case_number = case_number;
    const Onedoor__Charging__GetOrderReply *order = desk_until(
        client, &cashier, &ask.base, &onedoor__charging__get_order_reply__descriptor, arena);
    return order->due_fen;
}

/* RULE H8: what was shown is what is paid, once. */
static void a_second_payment_is_refused(void **state)
{
    static const unsigned char key[16] = {31};
    int64_t number = desk_submit(client, "FPC-01", arena);

    (void)state;
    assert_int_equal(ANSWER_OK, desk_finish(client, "FPC", number, arena).kind);
    int64_t due_fen = order_of(number);
    assert_int_equal(500, due_fen);
    assert_answer(desk_pay(client, NULL, number, due_fen - 1, arena), FAILED_PRECONDITION,
                  AMOUNT_DIFFERS);
    struct answer paid = desk_pay(client, key, number, due_fen, arena);
    assert_int_equal(ANSWER_OK, paid.kind);
    int64_t receipt = ((const Onedoor__Charging__PayReply *)paid.message)->receipt;
    assert_answer(desk_pay(client, NULL, number, due_fen, arena), FAILED_PRECONDITION, ORDER_PAID);
    struct answer again = desk_pay(client, key, number, due_fen, arena);
    assert_int_equal(receipt, ((const Onedoor__Charging__PayReply *)again.message)->receipt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_item_is_refused),
        cmocka_unit_test(an_unknown_case_is_refused_by_every_service),
        cmocka_unit_test(a_decision_on_a_closed_case_is_refused),
        cmocka_unit_test(a_case_that_was_finished_is_not_finished_again),
        cmocka_unit_test(a_second_payment_is_refused),
    };
    return cmocka_run_group_tests_name("over", tests, running_open, running_close);
}
