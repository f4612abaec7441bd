/* SPDX-License-Identifier: Apache-2.0 */
/* Followed events in batches: handled, parked, retried; and rows that cannot be saved among them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch_desk.h"
#include "dies.h"

/* ---- followed events */

static void events_are_digested_in_order_and_the_cursor_moves_with_them(void **state)
{
    (void)state;
    closed(7);
    closed(8);
    closed(7);
    run();
    assert_int_equal(3, cursor());
    assert_int_equal(2, visits(7));
    assert_int_equal(1, visits(8));
    open_engine();
    assert_int_equal(3, engine.cursors[0].seq);
    assert_memory_equal(stream[2].hash, engine.cursors[0].hash, HASH_BYTES);
}

static void events_nobody_hears_are_passed_over(void **state)
{
    Onedoor__Intake__CaseReceived received = ONEDOOR__INTAKE__CASE_RECEIVED__INIT;

    (void)state;
    hear(&received.base, 7);
    closed(8);
    run();
    assert_int_equal(2, cursor());
    assert_int_equal(0, parked());
    assert_int_equal(1, visits(8));
}

static void hear_with_a_gap(void)
{
    closed(7);
    n_items = 0;
    closed(7);
    run_at(START_MS);
}

static void a_gap_in_what_is_followed_is_never_digested(void **state)
{
    (void)state;
    assert_true(dies(hear_with_a_gap));
}

static void a_refused_event_is_parked_with_its_reason_and_the_stream_goes_on(void **state)
{
    (void)state;
    denied(7);
    closed(8);
    run();
    assert_int_equal(2, cursor());
    assert_int_equal(1, visits(8));
    assert_int_equal(1, parked());
    const struct parked_row *row = memstore_row_at(mem, &parked_table, 0);
    assert_int_equal(7, row->case_number);
    assert_int_equal(1, row->seq);
    assert_string_equal("intake.CaseDenied", row->type);
    assert_string_equal("never heard of this case", row->reason);
    assert_int_equal(1, engine.tally.parked);
}

static void later_events_of_a_parked_case_wait_behind_it(void **state)
{
    (void)state;
    denied(7);
    closed(7); /* in the same batch */
    run();
    open_engine(); /* and after a restart */
    closed(7);
    closed(8);
    run();
    assert_int_equal(0, visits(7));
    assert_int_equal(1, visits(8));
    assert_int_equal(3, parked());
    assert_int_equal(4, cursor());
}

static void an_event_that_cannot_be_decoded_is_parked(void **state)
{
    (void)state;
    struct item *item = closed(7);
    item->event.payload = (struct bytes){(const unsigned char *)"\xff\xff", 2};
    closed(8);
    run();
    assert_string_equal("cannot be decoded",
                        ((struct parked_row *)memstore_row_at(mem, &parked_table, 0))->reason);
    assert_int_equal(1, visits(8));
}

static void commands_on_a_case_with_parked_events_are_still_taken(void **state)
{
    (void)state;
    denied(7);
    run();
    struct item *item = check(7);
    run();
    assert_replied(item, ONEDOOR__CODE__OK);
    assert_int_equal(1, visits(7));
}

/* ---- parked events, again */

static enum status retry(int64_t case_number)
{
    return batch_retry(&engine, case_number, START_MS, turn_arena);
}

static void parked_events_are_digested_when_asked_again_in_order(void **state)
{
    (void)state;
    denied(7);
    closed(7);
    closed(7);
    run();
    check(7); /* now there is a visit, and the denial can be digested */
    run();
    assert_int_equal(STATUS_OK, retry(7));
    assert_int_equal(0, parked());
    assert_int_equal(0, engine.tally.parked);
    assert_int_equal(4, visits(7));
    assert_int_equal(4, proven_journal());
    assert_int_equal(3, cursor());
    closed(7);
    run();
    assert_int_equal(5, visits(7));
}

/* It is saved that nothing is parked any more, but not read: what comes next waits for the next
 * reading. */
static void a_case_stays_held_until_it_is_read_that_nothing_is_parked(void **state)
{
    (void)state;
    denied(7);
    run();
    check(7);
    run();
    spiked.unreadable = &parked_table;
    assert_int_equal(STATUS_LOST, engine_read_parked(&engine, turn_arena));
    assert_true(engine_holds(&engine, 7));
    assert_int_equal(1, engine.tally.parked);
    closed(7);
    run();
    assert_int_equal(2, parked());
    assert_int_equal(0, seen.n_heard);
    spiked.unreadable = NULL;
    assert_int_equal(STATUS_OK, retry(7));
    assert_int_equal(0, engine.tally.parked);
    assert_int_equal(3, visits(7));
}

/* However many cases have parked events: nothing ends a service for it. */
static void a_service_holds_any_number_of_cases(void **state)
{
    enum { CASES = 5000 };
    (void)state;
    for (int i = 0; i < CASES; i++)
        engine_hold(&engine, 1000 + i);
    engine_hold(&engine, 1000);
    assert_int_equal(CASES, engine.n_held);
    assert_true(engine_holds(&engine, 1000) && engine_holds(&engine, 1000 + CASES - 1));
    assert_false(engine_holds(&engine, 1000 + CASES));
    assert_int_equal(STATUS_OK, engine_read_parked(&engine, turn_arena));
    assert_false(engine_holds(&engine, 1000));
}

/* The first stays refused: what was said after it must not be digested before it. */
static void what_waits_behind_a_parked_event_waits_on_when_that_is_refused_again(void **state)
{
    (void)state;
    denied(7);
    closed(7);
    run();
    assert_int_equal(STATUS_OK, retry(7));
    assert_int_equal(2, parked());
    assert_int_equal(0, visits(7));
    assert_int_equal(0, seen.n_heard);
}

static void asking_again_for_one_case_leaves_the_others(void **state)
{
    (void)state;
    denied(7);
    denied(8);
    run();
    check(7);
    check(8);
    run();
    assert_int_equal(STATUS_OK, retry(7));
    assert_int_equal(1, parked());
    closed(8);
    run();
    assert_int_equal(2, parked());
    assert_int_equal(STATUS_OK, retry(9));
    assert_int_equal(2, parked());
}

static void a_poison_event_stays_parked_until_its_cause_is_gone(void **state)
{
    (void)state;
    closed(POISON);
    run();
    assert_int_equal(STATUS_UNSAVEABLE, retry(POISON));
    assert_int_equal(1, parked());
    spiked.store.ops = spiked.inner->ops; /* mended */
    engine.store = spiked.inner;
    assert_int_equal(STATUS_OK, retry(POISON));
    assert_int_equal(0, parked());
    assert_int_equal(1, visits(POISON));
}

/* ---- poison */

static void a_poison_command_is_answered_alone_and_the_others_are_saved(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++)
        check(i == 5 ? POISON : 10 + i);
    run();
    for (int i = 0; i < 8; i++)
        assert_replied(&items[i], i == 5 ? ONEDOOR__CODE__INTERNAL : ONEDOOR__CODE__OK);
    assert_int_equal(ONEDOOR__REASON__UNSAVEABLE, reply_of(&items[5])->reason);
    for (int i = 0; i < 8; i++)
        assert_int_equal(i == 5 ? 0 : 1, visits(10 + i));
    assert_int_equal(7, proven_journal());
    assert_int_equal(7, memstore_count(mem, &command_table));
    assert_int_equal(7, counter());
}

static void several_poison_commands_are_all_found(void **state)
{
    (void)state;
    for (int i = 0; i < 16; i++)
        check(i % 3 == 0 ? POISON : 10 + i);
    run();
    for (int i = 0; i < 16; i++)
        assert_replied(&items[i], i % 3 == 0 ? ONEDOOR__CODE__INTERNAL : ONEDOOR__CODE__OK);
    assert_int_equal(10, proven_journal());
}

static void a_poison_event_is_parked_and_the_stream_goes_on(void **state)
{
    (void)state;
    closed(7);
    closed(POISON);
    closed(8);
    closed(POISON);
    closed(7);
    run();
    assert_int_equal(5, cursor());
    assert_int_equal(2, visits(7));
    assert_int_equal(1, visits(8));
    assert_int_equal(2, parked());
    assert_string_equal("the database refuses its effect",
                        ((struct parked_row *)memstore_row_at(mem, &parked_table, 0))->reason);
    assert_int_equal(3, proven_journal());
}

static void poison_among_commands_events_and_a_tick_harms_nobody_else(void **state)
{
    (void)state;
    put_due(9, START_MS - 1);
    struct item *command = check(7), *poison = check(POISON);
    closed(8);
    closed(POISON);
    tick();
    run();
    assert_replied(command, ONEDOOR__CODE__OK);
    assert_replied(poison, ONEDOOR__CODE__INTERNAL);
    assert_int_equal(1, visits(8));
    assert_int_equal(2, cursor());
    assert_int_equal(0, due(9));
    assert_true(engine.wake_ms == INT64_MAX);
}

static void tick_on_poison(void)
{
    put_due(POISON, START_MS - 1);
    tick();
    run_at(START_MS);
}

static void a_tick_that_cannot_be_saved_is_a_bug(void **state)
{
    (void)state;
    assert_true(dies(tick_on_poison));
}

static void park_what_cannot_be_parked(void)
{
    spiked.parks_nothing = true;
    closed(POISON);
    run_at(START_MS);
}

/* It would be fetched and refused again for ever. */
static void a_parked_event_that_cannot_be_saved_is_a_bug(void **state)
{
    (void)state;
    assert_true(dies(park_what_cannot_be_parked));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(events_are_digested_in_order_and_the_cursor_moves_with_them),
        TEST(events_nobody_hears_are_passed_over),
        TEST(a_gap_in_what_is_followed_is_never_digested),
        TEST(a_refused_event_is_parked_with_its_reason_and_the_stream_goes_on),
        TEST(later_events_of_a_parked_case_wait_behind_it),
        TEST(an_event_that_cannot_be_decoded_is_parked),
        TEST(commands_on_a_case_with_parked_events_are_still_taken),
        TEST(parked_events_are_digested_when_asked_again_in_order),
        TEST(a_service_holds_any_number_of_cases),
        TEST(a_case_stays_held_until_it_is_read_that_nothing_is_parked),
        TEST(what_waits_behind_a_parked_event_waits_on_when_that_is_refused_again),
        TEST(asking_again_for_one_case_leaves_the_others),
        TEST(a_poison_event_stays_parked_until_its_cause_is_gone),
        TEST(a_poison_command_is_answered_alone_and_the_others_are_saved),
        TEST(several_poison_commands_are_all_found),
        TEST(a_poison_event_is_parked_and_the_stream_goes_on),
        TEST(poison_among_commands_events_and_a_tick_harms_nobody_else),
        TEST(a_tick_that_cannot_be_saved_is_a_bug),
        TEST(a_parked_event_that_cannot_be_saved_is_a_bug),
    };
    return cmocka_run_group_tests_name("batch events", tests, NULL, NULL);
}
