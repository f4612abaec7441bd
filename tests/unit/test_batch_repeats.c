/* SPDX-License-Identifier: Apache-2.0 */
/* Commands that may not be done now, of which some were done before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch_desk.h"

/* Late, or by a doubted clock. */
static void what_may_not_be_done_now_has_the_reply_of_when_it_was_done(void **state)
{
    static const struct outcome late = {ONEDOOR__CODE__DEADLINE_EXCEEDED, ONEDOOR__REASON__LATE,
                                        "too late", NULL};

    (void)state;
    struct item *first = check_with(1, 7);
    run();
    struct bytes said = arena_bytes(inbox, first->reply);
    struct item *again = check_with(1, 7), *other = check_with(2, 7);
    again->unless_done = other->unless_done = &late;
    run();
    assert_int_equal(said.len, again->reply.len);
    assert_memory_equal(said.data, again->reply.data, said.len);
    assert_int_equal(ONEDOOR__REASON__LATE, reply_of(other)->reason);
    assert_int_equal(1, visits(7));
    assert_int_equal(1, engine.tally.refused[ONEDOOR__REASON__LATE]);
    assert_int_equal(1, memstore_count(mem, &command_table)); /* it may be done later */
    check_with(2, 7);
    run();
    assert_int_equal(2, visits(7));
}

/* A doubted clock moves nothing: no batch is run. */
static void a_look_up_changes_nothing(void **state)
{
    static const struct outcome doubted = {
        ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__CLOCK_DOUBTED, "the clock is doubted", NULL};

    (void)state;
    struct item *first = check_with(1, 7);
    run();
    struct bytes said = arena_bytes(inbox, first->reply);
    int64_t last_ms = engine.last_ms, batches = engine.tally.batches;
    struct item *again = check_with(1, 7), *other = check_with(2, 7);
    again->unless_done = other->unless_done = &doubted;
    assert_int_equal(STATUS_OK, batch_look_up(&engine, again, 2, turn_arena));
    assert_int_equal(said.len, again->reply.len);
    assert_memory_equal(said.data, again->reply.data, said.len);
    assert_int_equal(ONEDOOR__REASON__CLOCK_DOUBTED, reply_of(other)->reason);
    assert_int_equal(last_ms, engine.last_ms);
    assert_int_equal(batches, engine.tally.batches);
    assert_int_equal(1, visits(7));
    n_items = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_may_not_be_done_now_has_the_reply_of_when_it_was_done,
                                        start, end),
        cmocka_unit_test_setup_teardown(a_look_up_changes_nothing, start, end),
    };
    return cmocka_run_group_tests_name("batch_repeats", tests, NULL, NULL);
}
