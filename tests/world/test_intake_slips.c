/* SPDX-License-Identifier: Apache-2.0 */
/* Slips on paper: the first is kept as it was said, and no later one looks like it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/case_number.h"
#include "tests/world/intake_desk.h"

static struct outcome print(struct world *hall, const struct actor *actor, int64_t number,
                            Onedoor__Intake__Slip slip, const char *text,
                            Onedoor__Intake__PrintSlipReply **reply)
{
    Onedoor__Intake__PrintSlip message = ONEDOOR__INTAKE__PRINT_SLIP__INIT;
    Onedoor__Intake__SlipLine line = ONEDOOR__INTAKE__SLIP_LINE__INIT, *lines[] = {&line};

    line.name = "承诺办结";
    line.text = (char *)text;
    message.case_number = number;
    message.slip = slip;
    message.n_lines = 1;
    message.lines = lines;
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

static void a_slip_printed_again_is_told_so_and_what_the_first_said(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-01"), first_ms = world_now(hall);
    Onedoor__Intake__PrintSlipReply *reply;

    assert_done(print(hall, &SAN_CLERK, number, ONEDOOR__INTAKE__SLIP__ACCEPTANCE_NOTICE,
                      "2022-01-20", &reply));
    assert_int_equal(1, reply->times);
    world_clock(hall, first_ms + 60000);
    for (int again = 2; again <= 3; again++) {
        assert_done(print(hall, &SAN_CLERK, number, ONEDOOR__INTAKE__SLIP__ACCEPTANCE_NOTICE,
                          "2022-01-21", &reply));
        assert_int_equal(again, reply->times);
        assert_int_equal(first_ms, reply->first_ms);
        assert_string_equal("s10", reply->first_by);
        assert_int_equal(1, reply->n_first);
        assert_string_equal("承诺办结", reply->first[0]->name);
        assert_string_equal("2022-01-20", reply->first[0]->text);
    }
    assert_done(
        print(hall, &SAN_CLERK, number, ONEDOOR__INTAKE__SLIP__RECEIPT_OF_MATERIALS, "1", &reply));
    assert_int_equal(1, reply->times); /* another slip */
}

static void the_counter_prints_its_own_slips_and_a_window_the_others(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-01");

    assert_refused(NOT_ALLOWED, print(hall, &SAN_CLERK, number,
                                      ONEDOOR__INTAKE__SLIP__PAYMENT_RECEIPT, "1", NULL));
    assert_refused(NOT_ALLOWED, print(hall, &CASHIER, number,
                                      ONEDOOR__INTAKE__SLIP__ACCEPTANCE_NOTICE, "1", NULL));
    assert_refused(OTHER_DEPARTMENT, print(hall, &CON_CLERK, number,
                                           ONEDOOR__INTAKE__SLIP__ACCEPTANCE_NOTICE, "1", NULL));
    assert_done(
        print(hall, &CASHIER, number, ONEDOOR__INTAKE__SLIP__PAYMENT_RECEIPT, "10.00", NULL));
    assert_refused(UNKNOWN_CASE, print(hall, &CASHIER, case_number_make(22, 1, 13, 999),
                                       ONEDOOR__INTAKE__SLIP__PAYMENT_RECEIPT, "1", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_slip_printed_again_is_told_so_and_what_the_first_said),
        HALL_TEST(the_counter_prints_its_own_slips_and_a_window_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
