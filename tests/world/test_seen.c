/* SPDX-License-Identifier: Apache-2.0 */
/* After my own command I see its effect: what a caller has seen is not refused from what is stale.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/intake_desk.h"

/* The grant reaches charging through intake, which follows routing. */
static void a_payment_after_the_decision_waits_for_the_bill(void **state)
{
    struct world *hall = *state;
    Onedoor__FeeFact fact = ONEDOOR__FEE_FACT__INIT, *facts[] = {&fact};
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    fact.fee = "FEE-SAN-03";
    fact.units = 20;
    apply_with(hall, &application, "SAN-03", 99)->submit.n_facts = 1;
    application.submit.facts = facts;
    assert_done(submit(hall, &SAN_CLERK, &application, &reply));
    world_settle(hall);
    static const char *const departments[] = {"SAN", "PLN", "CUL"};
    for (int i = 0; i < 3; i++) {
        assert_done(decide(hall, departments[i], reply->case_number, true, ""));
        world_settle(hall);
    }
    world_sees(hall);
    assert_done(decide(hall, "SAN", reply->case_number, true, ""));
    assert_refused(NOT_YET, pay(hall, reply->case_number, 1));
    world_settle(hall);
    assert_refused(AMOUNT_DIFFERS, pay(hall, reply->case_number, 1));
}

/* A refusal that rests on what is known is final at once. */
static void a_delivery_after_the_payment_waits_until_the_case_is_closed(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-01");
    world_sees(hall);
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    assert_refused(NOT_YET, pay(hall, number, 500));
    world_settle(hall);
    assert_done(pay(hall, number, 500));
    assert_refused(NOT_YET, deliver(hall, &FPC_CLERK, number));
    world_settle(hall);
    assert_done(deliver(hall, &FPC_CLERK, number));
    world_settle(hall);
    assert_refused(CASE_CLOSED, deliver(hall, &FPC_CLERK, number));
}

/* What succeeds does not wait for others, and a request that was too early leaves no trace. */
static void a_refusal_that_was_too_early_is_decided_again_under_its_key(void **state)
{
    static const unsigned char key[16] = "again and again";
    struct world *hall = *state;
    Onedoor__Intake__Deliver deliver = ONEDOOR__INTAKE__DELIVER__INIT;
    deliver.case_number = take_in(hall, &FPC_CLERK, "FPC-02");
    deliver.how = ONEDOOR__INTAKE__DELIVERY__POSTED;
    world_sees(hall);
    assert_done(finish(hall, &FPC_CLERK, deliver.case_number, true, ""));
    assert_done(world_command_id(hall, key, &FPC_CLERK, &deliver.base, NULL));
    assert_refused(NOT_YET, withdraw(hall, &FPC_CLERK, deliver.case_number));
    world_settle(hall);
    assert_refused(CASE_CLOSED, withdraw(hall, &FPC_CLERK, deliver.case_number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_payment_after_the_decision_waits_for_the_bill),
        HALL_TEST(a_delivery_after_the_payment_waits_until_the_case_is_closed),
        HALL_TEST(a_refusal_that_was_too_early_is_decided_again_under_its_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
