/* SPDX-License-Identifier: Apache-2.0 */
/* Commands and ticks in batches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch_desk.h"
#include "dies.h"

/* ---- admission */

static struct outcome admit(Onedoor__Role role, const ProtobufCMessage *message)
{
    struct actor actor = {"c4", role, "CON", 4};
    struct request request;
    struct item item;
    unsigned char key[16] = {1};
    struct bytes frame =
        edge_envelope(&(struct heading){key, 1000, &actor, NULL, NULL}, message, inbox);
    assert_true(is_ok(edge_open(frame, inbox, &request)));
    return engine_admit(&desk_service, &request, inbox, &item);
}

static void a_command_is_admitted_by_its_type_its_role_and_its_check(void **state)
{
    Onedoor__Intake__Check one = ONEDOOR__INTAKE__CHECK__INIT, nought = one;
    Onedoor__Intake__Deliver unknown = ONEDOOR__INTAKE__DELIVER__INIT;

    (void)state;
    one.case_number = case_of(1);
    assert_true(is_ok(admit(ONEDOOR__ROLE__WINDOW_CLERK, &one.base)));
    assert_int_equal(ONEDOOR__REASON__NOT_ALLOWED, admit(ONEDOOR__ROLE__CASHIER, &one.base).reason);
    assert_int_equal(ONEDOOR__REASON__FIELD_MISSING,
                     admit(ONEDOOR__ROLE__WINDOW_CLERK, &nought.base).reason);
    assert_int_equal(ONEDOOR__CODE__UNIMPLEMENTED,
                     admit(ONEDOOR__ROLE__WINDOW_CLERK, &unknown.base).code);
}

/* ---- keys */

static void the_same_key_gets_the_same_reply_and_is_done_once(void **state)
{
    (void)state;
    struct item *first = check_with(1, 7);
    run();
    struct bytes said = arena_bytes(inbox, first->reply);
    check_with(2, 7);
    run();
    struct item *again = check_with(1, 7);
    run();
    assert_int_equal(said.len, again->reply.len);
    assert_memory_equal(said.data, again->reply.data, said.len);
    assert_int_equal(2, visits(7));
    assert_int_equal(1, engine.tally.repeats);
}

static void a_refusal_is_kept_under_its_key_too(void **state)
{
    Onedoor__Intake__Withdraw withdraw = ONEDOOR__INTAKE__WITHDRAW__INIT;

    (void)state;
    withdraw.case_number = case_of(7);
    for (int i = 0; i < 2; i++) {
        struct item *item = command_as(1, ONEDOOR__ROLE__PUBLIC, &withdraw.base);
        run();
        assert_int_equal(ONEDOOR__REASON__WRONG_STATE, reply_of(item)->reason);
    }
    assert_int_equal(1, engine.tally.refusals);
    assert_int_equal(1, memstore_count(mem, &command_table));
}

static void the_same_key_with_another_request_is_refused(void **state)
{
    (void)state;
    check_with(1, 7);
    run();
    struct item *other = check_with(1, 8);
    run();
    assert_replied(other, ONEDOOR__CODE__ALREADY_EXISTS);
    assert_int_equal(ONEDOOR__REASON__KEY_REUSED, reply_of(other)->reason);
    assert_int_equal(0, visits(8));
}

static void a_key_twice_in_one_batch_is_done_once(void **state)
{
    (void)state;
    struct item *first = check_with(1, 7), *second = check_with(1, 7), *other = check_with(1, 8);
    run();
    assert_int_equal(1, visits(7));
    assert_int_equal(0, visits(8));
    assert_int_equal(first->reply.len, second->reply.len);
    assert_memory_equal(first->reply.data, second->reply.data, first->reply.len);
    assert_int_equal(ONEDOOR__REASON__KEY_REUSED, reply_of(other)->reason);
}

static void keys_outlive_the_process(void **state)
{
    (void)state;
    check_with(1, 7);
    run();
    open_engine();
    struct item *again = check_with(1, 7);
    run();
    assert_replied(again, ONEDOOR__CODE__OK);
    assert_int_equal(1, visits(7));
}

/* ---- a batch */

static void a_batch_is_decided_in_order_of_arrival_and_saved_at_once(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++)
        check(7);
    run();
    for (int i = 0; i < 10; i++) {
        const Onedoor__Reply *reply = reply_of(&items[i]);
        const Onedoor__Intake__CheckReply *inside =
            message_unpack(&onedoor__intake__check_reply__descriptor,
                           (struct bytes){reply->body.data, reply->body.len}, inbox);
        assert_int_equal(i + 1, inside->due_ms);
    }
    assert_int_equal(1, spiked.saves);
    assert_int_equal(10, visits(7));
    assert_int_equal(10, proven_journal());
    assert_int_equal(10, n_spoken);
}

static void a_refused_command_leaves_nothing_but_its_key(void **state)
{
    Onedoor__Intake__Withdraw withdraw = ONEDOOR__INTAKE__WITHDRAW__INIT;

    (void)state;
    withdraw.case_number = case_of(7);
    struct item *item = command_as(1, ONEDOOR__ROLE__PUBLIC, &withdraw.base);
    run();
    assert_replied(item, ONEDOOR__CODE__FAILED_PRECONDITION);
    assert_int_equal(0, visits(7));
    assert_int_equal(0, proven_journal());
    assert_int_equal(0, memstore_count(mem, &journal_head_table));
    assert_int_equal(1, memstore_count(mem, &command_table));
}

static void refuse_after_a_change(void)
{
    Onedoor__Intake__Terminate terminate = ONEDOOR__INTAKE__TERMINATE__INIT;
    terminate.case_number = case_of(7);
    terminate.reason = "the building is gone";
    command_as(1, ONEDOOR__ROLE__PUBLIC, &terminate.base);
    run_at(START_MS);
}

static void a_handler_that_refuses_after_a_change_is_a_bug(void **state)
{
    (void)state;
    assert_true(dies(refuse_after_a_change));
}

static void nobody_hears_of_what_was_not_saved(void **state)
{
    (void)state;
    check_with(1, 7);
    run();
    spiked.lost = true;
    check_with(2, 7);
    closed(8);
    assert_int_equal(STATUS_LOST, run_at(START_MS));
    assert_int_equal(1, n_spoken);
    assert_int_equal(1, engine.head.seq);
    spiked.lost = false;
    open_engine();
    assert_int_equal(0, engine.cursors[0].seq);
    check_with(2, 7);
    n_stream = 0;
    closed(8);
    run();
    assert_int_equal(2, visits(7));
    assert_int_equal(1, visits(8));
    assert_int_equal(3, proven_journal());
}

/* Invariant 2: gapless, in order, chained; over refusals, poison and restarts. */
static void the_journal_is_gapless_and_chained_whatever_happens(void **state)
{
    Onedoor__Intake__Withdraw withdraw = ONEDOOR__INTAKE__WITHDRAW__INIT;

    (void)state;
    withdraw.case_number = case_of(7);
    for (int round = 0; round < 5; round++) {
        check(7);
        command_as(++next_id, ONEDOOR__ROLE__PUBLIC, &withdraw.base);
        check(POISON);
        check(8);
        denied(100 + round);
        closed(7);
        run();
        open_engine();
    }
    assert_int_equal(15, proven_journal());
    assert_int_equal(15, counter());
    assert_int_equal(10, visits(7));
}

static void numbers_given_out_are_gapless(void **state)
{
    (void)state;
    check(7);
    check(POISON);
    check(8);
    run();
    check(9);
    run();
    assert_int_equal(3, counter());
    int64_t tickets = 0;
    for (size_t i = 0; i < 3; i++)
        tickets += ((struct visits_row *)memstore_row_at(mem, &visits_table, i))->ticket;
    assert_int_equal(1 + 2 + 3, tickets);
}

/* ---- time */

static void business_time_never_runs_backwards(void **state)
{
    (void)state;
    check(7);
    assert_int_equal(STATUS_OK, run_at(START_MS));
    check(7);
    assert_int_equal(STATUS_OK, run_at(START_MS - 5000));
    assert_int_equal(2, proven_journal());
    const struct journal_row *last =
        memstore_row(mem, &journal_table, &(struct journal_row){.centre = 1, .seq = 2});
    assert_int_equal(START_MS, last->at_ms);
}

/* Nor over a restart, with a clock that was set back meanwhile. */
static void business_time_goes_on_from_the_journal_after_a_restart(void **state)
{
    (void)state;
    check(7);
    assert_int_equal(STATUS_OK, run_at(START_MS));
    engine_close(&engine);
    memset(&engine, 0, sizeof engine);
    open_engine();
    check(7);
    assert_int_equal(STATUS_OK, run_at(START_MS - 5000));
    assert_int_equal(2, proven_journal());
}

static void tick_at(int64_t now_ms)
{
    tick();
    assert_int_equal(STATUS_OK, run_at(now_ms));
}

static void a_tick_is_wanted_at_the_start_and_never_again_when_nothing_is_due(void **state)
{
    (void)state;
    assert_true(engine.wake_ms <= START_MS);
    tick_at(START_MS);
    assert_true(engine.wake_ms == INT64_MAX);
    assert_int_equal(START_MS, engine.ticked_ms);
}

static void a_tick_is_wanted_when_the_next_row_falls_due(void **state)
{
    (void)state;
    put_due(7, START_MS + 500);
    put_due(8, START_MS + 300);
    tick_at(START_MS);
    assert_int_equal(0, seen.n_ticked);
    assert_int_equal(START_MS + 300, engine.wake_ms);
    tick_at(START_MS + 300);
    assert_int_equal(1, seen.n_ticked);
    assert_int_equal(8, seen.ticked[0]);
    assert_int_equal(START_MS + 500, engine.wake_ms);
    tick_at(START_MS + 500);
    assert_int_equal(7, seen.ticked[1]);
    assert_true(engine.wake_ms == INT64_MAX);
}

/* At most the limit in one turn; the rest follows at once, the earliest first. */
static void much_that_is_due_takes_several_ticks(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++)
        put_due(i, START_MS - i);
    int ticks = 0;
    for (; engine.wake_ms <= START_MS && ticks < 10; ticks++)
        tick_at(START_MS);
    assert_int_equal(5, seen.n_ticked);
    assert_int_equal(3, ticks);
    assert_int_equal(5, seen.ticked[0]);
    assert_int_equal(1, seen.ticked[4]);
}

static void a_batch_without_a_tick_does_not_put_the_tick_off(void **state)
{
    (void)state;
    put_due(7, START_MS + 500);
    tick_at(START_MS);
    check(8);
    run();
    assert_int_equal(START_MS + 500, engine.wake_ms);
}

/* ---- two writers */

static void another_hand_in_the_tables_is_noticed(void **state)
{
    (void)state;
    check(7);
    run();
    struct engine second = {0};
    assert_int_equal(STATUS_OK, engine_open(&second, &desk_service, &spiked.store, config));
    check(8);
    run();
    check(9);
    assert_int_equal(STATUS_REWOUND, batch_run(&second, items, n_items, START_MS, turn_arena));
    n_items = 0;
    assert_int_equal(0, visits(9));
    assert_int_equal(2, proven_journal());
    engine_close(&second);
}

/* ---- memory of reference tables */

static void a_changed_reference_table_is_read_again(void **state)
{

    (void)state;
    assert_int_equal(1, seen.opened);
    check(7);
    run();
    assert_int_equal(1, seen.opened);
    struct item *item = set_window("CON-05");
    run();
    assert_replied(item, ONEDOOR__CODE__OK);
    assert_string_equal("Done", reply_of(item)->type);
    assert_int_equal(2, seen.opened);
    assert_int_equal(1, seen.signs);
}

/* However often: in a batch that was halved, the last reading may lie where the first lay. */
static void each_reading_of_the_reference_tables_is_counted(void **state)
{
    int generation = engine.generation;

    (void)state;
    set_window("CON-05");
    check(POISON);
    set_window("CON-06");
    check(7);
    run();
    assert_int_equal(2, seen.signs);
    assert_int_equal(generation + 2, engine.generation);
    open_engine();
    assert_int_equal(generation + 3, engine.generation);
    spiked.unreadable = &sign_table;
    set_window("CON-07");
    assert_int_equal(STATUS_LOST, run_at(START_MS));
    assert_int_equal(generation + 3, engine.generation);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(a_command_is_admitted_by_its_type_its_role_and_its_check),
        TEST(the_same_key_gets_the_same_reply_and_is_done_once),
        TEST(a_refusal_is_kept_under_its_key_too),
        TEST(the_same_key_with_another_request_is_refused),
        TEST(a_key_twice_in_one_batch_is_done_once),
        TEST(keys_outlive_the_process),
        TEST(a_batch_is_decided_in_order_of_arrival_and_saved_at_once),
        TEST(a_refused_command_leaves_nothing_but_its_key),
        TEST(a_handler_that_refuses_after_a_change_is_a_bug),
        TEST(nobody_hears_of_what_was_not_saved),
        TEST(the_journal_is_gapless_and_chained_whatever_happens),
        TEST(numbers_given_out_are_gapless),
        TEST(business_time_never_runs_backwards),
        TEST(business_time_goes_on_from_the_journal_after_a_restart),
        TEST(a_tick_is_wanted_at_the_start_and_never_again_when_nothing_is_due),
        TEST(a_tick_is_wanted_when_the_next_row_falls_due),
        TEST(much_that_is_due_takes_several_ticks),
        TEST(a_batch_without_a_tick_does_not_put_the_tick_off),
        TEST(another_hand_in_the_tables_is_noticed),
        TEST(a_changed_reference_table_is_read_again),
        TEST(each_reading_of_the_reference_tables_is_counted),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
