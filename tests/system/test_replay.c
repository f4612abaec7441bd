/* SPDX-License-Identifier: Apache-2.0 */
/* Followed journals on a running hall: pages, and waiting for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/replay.h"

/* ---- pages */

static void a_journal_is_read_in_pages_of_whatever_size(void **state)
{
    static const uint32_t events[] = {1, 2, 5, 1024}, bytes[] = {1024, 4096, 61440};

    (void)state;
    struct place whole = at_head();
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 3; k++) {
            struct place place = read_on((struct place){0}, events[i], bytes[k]);
            assert_int_equal(whole.seq, place.seq);
            assert_memory_equal(whole.hash, place.hash, HASH_BYTES);
        }
}

/* From the ring while it lives, from the table after a restart: one path for the follower. */
static void old_events_come_from_the_table_as_new_ones_from_memory(void **state)
{
    (void)state;
    struct place before = at_head();
    hall_restart(&hall, "intake");
    struct place after = at_head();
    assert_int_equal(before.seq, after.seq);
    assert_memory_equal(before.hash, after.hash, HASH_BYTES);
    desk_begin(client, arena);
    assert_true(read_on(before, 1, 1024).seq > before.seq);
}

static void who_has_everything_and_does_not_wait_gets_an_empty_page(void **state)
{
    (void)state;
    struct place place = at_head();
    Onedoor__Fetch fetch = page_after(place.seq, place.hash);
    const Onedoor__FetchReply *page = page_in(ask(&fetch));
    assert_int_equal(0, page->n_events);
    assert_int_equal(place.seq, page->head_seq);
}

static void who_waits_is_answered_when_something_is_said(void **state)
{
    (void)state;
    struct place place = at_head();
    Onedoor__Fetch fetch = page_after(place.seq, place.hash);
    fetch.wait_ms = 30000;
    line_ask(&line, 200, 40000, &follower, &fetch.base);
    assert_null(line_hear(&line, 100).data);
    desk_begin(client, arena);
    const Onedoor__FetchReply *page = page_in(line_reply(&line));
    assert_true(page->n_events > 0);
    assert_int_equal(place.seq + 1, page->events[0]->seq);
}

static void who_waits_in_vain_gets_an_empty_page_in_the_end(void **state)
{
    (void)state;
    struct place place = at_head();
    Onedoor__Fetch fetch = page_after(place.seq, place.hash);
    fetch.wait_ms = 50;
    assert_int_equal(0, page_in(ask(&fetch))->n_events);
}

/* ---- from the end */

static const Onedoor__FetchReply *place_before_the_last(int64_t n)
{
    Onedoor__Fetch fetch = page_after(-n, NULL);
    fetch.wait_ms = 30000; /* which it does not wait */
    const Onedoor__FetchReply *reply = page_in(ask(&fetch));
    assert_int_equal(0, reply->n_events);
    assert_int_equal(head(), reply->head_seq);
    return reply;
}

/* The place that is told is one from which the chain can be proven to the end. */
static void assert_last_events_follow(int64_t n)
{
    const Onedoor__FetchReply *reply = place_before_the_last(n);
    struct place place = {.seq = reply->from_seq}, whole = at_head();
    assert_int_equal(whole.seq - n, reply->from_seq);
    assert_int_equal(HASH_BYTES, reply->from_hash.len);
    memcpy(place.hash, reply->from_hash.data, HASH_BYTES);
    place = read_on(place, 2, 61440);
    assert_int_equal(whole.seq, place.seq);
    assert_memory_equal(whole.hash, place.hash, HASH_BYTES);
}

static void who_wants_the_last_events_is_told_where_they_begin(void **state)
{
    (void)state;
    assert_last_events_follow(5);
    assert_last_events_follow(1);
    hall_restart(&hall, "intake"); /* nothing of it in memory */
    assert_last_events_follow(5);
}

static void who_wants_more_than_there_are_begins_at_the_beginning(void **state)
{
    (void)state;
    const Onedoor__FetchReply *reply = place_before_the_last(head());
    assert_int_equal(0, reply->from_seq);
    assert_int_equal(0, reply->from_hash.len);
    assert_int_equal(0, place_before_the_last(1048576)->from_seq);
}

static void a_fetch_out_of_bounds_is_refused(void **state)
{
    Onedoor__Fetch bad[7];

    (void)state;
    for (int i = 0; i < 7; i++)
        bad[i] = page_after(0, NULL);
    bad[0].stream = "routing";
    bad[1].from_seq = -1048577;
    bad[2].max_events = 0;
    bad[3].max_events = 1025;
    bad[4].max_bytes = 1023;
    bad[5].max_bytes = 61441;
    bad[6].wait_ms = 30001;
    for (int i = 0; i < 7; i++)
        assert_refused(&bad[i], ONEDOOR__CODE__INVALID_ARGUMENT, ONEDOOR__REASON__FIELD_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_journal_is_read_in_pages_of_whatever_size),
        cmocka_unit_test(old_events_come_from_the_table_as_new_ones_from_memory),
        cmocka_unit_test(who_has_everything_and_does_not_wait_gets_an_empty_page),
        cmocka_unit_test(who_waits_is_answered_when_something_is_said),
        cmocka_unit_test(who_waits_in_vain_gets_an_empty_page_in_the_end),
        cmocka_unit_test(who_wants_the_last_events_is_told_where_they_begin),
        cmocka_unit_test(who_wants_more_than_there_are_begins_at_the_beginning),
        cmocka_unit_test(a_fetch_out_of_bounds_is_refused),
    };
    return cmocka_run_group_tests_name("replay", tests, open_hall, close_hall);
}
