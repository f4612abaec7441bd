/* SPDX-License-Identifier: Apache-2.0 */
/* What replies name of the journal, and refusals that come too early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch_desk.h"

/* What refuses may be stale until the services that it follows have answered what the caller has
 * seen: then it is decided anew, under its key. */
static void what_is_refused_too_early_leaves_no_key(void **state)
{
    Onedoor__Intake__Withdraw withdraw = ONEDOOR__INTAKE__WITHDRAW__INIT;
    struct marks heard = {2, {mark_of("intake", 1, 4), mark_of("desk", 1, 1)}};

    (void)state;
    withdraw.case_number = case_of(7);
    check(7);
    run();
    for (int round = 0; round < 2; round++) {
        struct item *item = command_as(9, ONEDOOR__ROLE__PUBLIC, &withdraw.base);
        item->request.seen = (struct marks){1, {mark_of("desk", 1, 1)}};
        run();
        assert_int_equal(round == 0, item->early);
        assert_int_equal(round == 0 ? ONEDOOR__REASON__NOT_YET : ONEDOOR__REASON__WRONG_STATE,
                         reply_of(item)->reason);
        assert_int_equal(1 + round, memstore_count(mem, &command_table));
        assert_int_equal(round, engine.tally.refusals);
        engine_learn(&engine, 0, &heard);
    }
}

static void a_reply_names_where_the_journal_ends(void **state)
{
    (void)state;
    struct item *first = check(7), *second = check(7);
    run();
    assert_string_equal("desk", reply_of(first)->mark->stream);
    assert_int_equal(1, reply_of(first)->mark->epoch);
    assert_int_equal(1, reply_of(first)->mark->seq);
    assert_int_equal(2, reply_of(second)->mark->seq);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_refused_too_early_leaves_no_key, start, end),
        cmocka_unit_test_setup_teardown(a_reply_names_where_the_journal_ends, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
