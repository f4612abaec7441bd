/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/bus/verdict.h"

#define CODE(name)   ONEDOOR__CODE__##name
#define REASON(name) ONEDOOR__REASON__##name

static void what_a_reply_means_follows_from_it_and_from_the_tries(void **state)
{
    static const struct {
        Onedoor__Code code;
        Onedoor__Reason reason;
        enum verdict first, repeated;
    } cases[] = {
        {CODE(OK), REASON(REASON_UNSPECIFIED), VERDICT_OK, VERDICT_OK},
        {CODE(RESOURCE_EXHAUSTED), REASON(BUSY), VERDICT_REPEAT, VERDICT_REPEAT},
        {CODE(UNAVAILABLE), REASON(BUSY), VERDICT_REPEAT, VERDICT_REPEAT},
        {CODE(UNAVAILABLE), REASON(NOT_YET), VERDICT_REJECTED, VERDICT_REJECTED},
        {CODE(FAILED_PRECONDITION), REASON(WRONG_STATE), VERDICT_REJECTED, VERDICT_REJECTED},
        /* a doubted service does not look whether the command is done */
        {CODE(UNAVAILABLE), REASON(CLOCK_DOUBTED), VERDICT_REJECTED, VERDICT_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(cases[i].first, verdict_of(cases[i].code, cases[i].reason, 1));
        assert_int_equal(cases[i].repeated, verdict_of(cases[i].code, cases[i].reason, 2));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_reply_means_follows_from_it_and_from_the_tries),
    };
    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
