/* SPDX-License-Identifier: Apache-2.0 */
/* Followed journals on a running hall: pages, waiting, and what is said instead of a page when a
 * follower and a journal do not belong together any more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/running.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/bus/follower.h"
#include "common/wire/event.h"
#include "common/wire/message.h"

enum { CASES = 12 };

static struct line line; /* routing's, to the journal of intake */

static const struct actor follower = {"routing", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};

static int open_hall(void **state)
{
    running_open(state);
    for (int i = 0; i < CASES; i++)
        desk_submit(client, "STA-05", arena);
    line_open(&line, &hall, "routing", "intake", LANE_JOURNAL);
    return 0;
}

static int close_hall(void **state)
{
    line_close(&line);
    return running_close(state);
}

/* ---- asking for a page */

static Onedoor__Fetch page_after(int64_t seq, const unsigned char *hash)
{
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    fetch.stream = "intake";
    fetch.epoch = 1;
    fetch.from_seq = seq;
    if (hash != NULL)
        fetch.from_hash = (ProtobufCBinaryData){
            HASH_BYTES, (uint8_t *)arena_bytes(arena, (struct bytes){hash, HASH_BYTES}).data};
    fetch.max_events = 1024;
    fetch.max_bytes = 61440;
    return fetch;
}

static const Onedoor__Reply *ask(const Onedoor__Fetch *fetch)
{
    static unsigned char id;
    line_ask(&line, ++id, 30000, &follower, &fetch->base);
    return line_reply(&line);
}

static const Onedoor__FetchReply *page_in(const Onedoor__Reply *reply)
{
    assert_int_equal(ONEDOOR__CODE__OK, reply->code);
    const Onedoor__FetchReply *page =
        message_unpack(&onedoor__fetch_reply__descriptor,
                       (struct bytes){reply->body.data, reply->body.len}, arena);
    assert_non_null(page);
    return page;
}

static void assert_refused(const Onedoor__Fetch *fetch, Onedoor__Code code, Onedoor__Reason reason)
{
    const Onedoor__Reply *reply = ask(fetch);
    assert_int_equal(code, reply->code);
    assert_int_equal(reason, reply->reason);
}

static int64_t head(void)
{
    return hall_number(admin, "select seq from intake.journal_head");
}

struct place {
    int64_t seq;
    unsigned char hash[HASH_BYTES];
};

/* Read on from a place, page by page, to the head; the chain is proven on the way. */
static struct place read_on(struct place place, uint32_t max_events, uint32_t max_bytes)
{
    for (int64_t end = head(); place.seq < end;) {
        Onedoor__Fetch fetch = page_after(place.seq, place.seq == 0 ? NULL : place.hash);
        fetch.max_events = max_events;
        fetch.max_bytes = max_bytes;
        const Onedoor__FetchReply *page = page_in(ask(&fetch));
        assert_true(page->n_events > 0 && page->n_events <= max_events);
        assert_true(page->head_seq >= end);
        for (size_t i = 0; i < page->n_events; i++) {
            const Onedoor__Event *in = page->events[i];
            struct event event = {(int32_t)in->epoch,
                                  in->seq,
                                  in->type,
                                  (int32_t)in->version,
                                  in->case_number,
                                  in->at_ms,
                                  in->actor,
                                  {in->payload.data, in->payload.len},
                                  {0}};
            assert_int_equal(place.seq + 1, in->seq);
            event_hash(&event, place.hash, place.hash);
            assert_memory_equal(in->hash.data, place.hash, HASH_BYTES);
            place.seq = in->seq;
        }
    }
    return place;
}

static struct place at_head(void)
{
    return read_on((struct place){0}, 1024, 61440);
}

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
    desk_submit(client, "STA-05", arena);
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
    desk_submit(client, "STA-05", arena);
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

/* ---- another journal than the one that was followed */

#define assert_rewound(fetch)                                                                      \
    assert_refused(fetch, ONEDOOR__CODE__DATA_LOSS, ONEDOOR__REASON__LOG_REWOUND)

static void a_follower_that_is_ahead_of_the_journal_is_told(void **state)
{
    (void)state;
    struct place place = at_head();
    Onedoor__Fetch fetch = page_after(place.seq + 1, place.hash);
    fetch.wait_ms = 30000; /* at once, not after the wait */
    assert_rewound(&fetch);
}

static void a_follower_that_heard_something_else_is_told(void **state)
{
    (void)state;
    struct place place = at_head();
    place.hash[0] ^= 1;
    Onedoor__Fetch fetch = page_after(place.seq, place.hash);
    assert_rewound(&fetch);
    fetch = page_after(1, place.hash);
    assert_rewound(&fetch);
    fetch.from_hash.len = 0;
    assert_rewound(&fetch);
    hall_restart(&hall, "intake"); /* nothing of it in memory */
    fetch = page_after(1, place.hash);
    assert_rewound(&fetch);
}

static void a_follower_of_a_later_epoch_is_told(void **state)
{
    (void)state;
    struct place place = at_head();
    Onedoor__Fetch fetch = page_after(place.seq, place.hash);
    fetch.epoch = 2;
    assert_rewound(&fetch);
}

/* ---- what a follower does then */

/* Routing stops rather than go on from a place that the journal does not have, or past what it
 * cannot prove. */
static void stops_with(const char *change, const char *back, const char *why)
{
    char sql[300];
    hall_await_number(admin,
                      "select (c.seq = h.seq)::int from routing.cursor c, intake.journal_head h "
                      "where c.stream = 'intake'",
                      1);
    pid_t pid = hall_pid(&hall, "routing");
    hall_clear_log(&hall, "routing");
    snprintf(sql, sizeof sql, "update routing.cursor set %s where stream = 'intake'", change);
    hall_do(admin, sql);
    kill(pid, SIGKILL);
    hall_await_log(&hall, "routing", "journal.rewound");
    hall_await_log(&hall, "routing", why);
    snprintf(sql, sizeof sql, "update routing.cursor set %s where stream = 'intake'", back);
    hall_do(admin, sql);
    hall_await(&hall, "routing", "ready", pid);
}

static void a_service_that_is_ahead_of_what_it_follows_stops_until_that_is_mended(void **state)
{
    (void)state;
    stops_with("seq = seq + 1", "seq = seq - 1", "not the journal that was followed");
    desk_closed_case(client, arena); /* routing hears and decides again */
}

static void a_service_that_heard_something_else_stops_until_that_is_mended(void **state)
{
    (void)state;
    stops_with("hash = set_byte(hash, 0, get_byte(hash, 0) # 1)",
               "hash = set_byte(hash, 0, get_byte(hash, 0) # 1)",
               "not the journal that was followed");
    desk_closed_case(client, arena);
}

/* ---- a journal whose rows were changed behind its owner's back */

static void change_journal(const char *change, int64_t seq)
{
    char sql[200];
    snprintf(sql, sizeof sql, "update intake.journal set %s where seq = %lld", change,
             (long long)seq);
    hall_do(admin, sql);
    hall_restart(&hall, "intake"); /* which has the rows as they were in memory */
}

/* How many events a follower hears, all there are or until it refuses to go on, which it says. */
static int64_t hears(bool from_the_end, enum status *status)
{
    struct follower *hearer = follower_new(&line.bus, "intake", "routing");
    struct retry retry = retry_begin();
    int64_t heard = 0, end = head();
    size_t n;
    assert_non_null(hearer);
    if (from_the_end)
        follower_seek_end(hearer, end);
    else
        follower_seek(hearer, &(struct position){.epoch = 1});
    for (*status = STATUS_OK; *status == STATUS_OK && heard < end; follower_done(hearer)) {
        retry_or_fail(&retry, "the events of a journal");
        *status = follower_turn(hearer);
        follower_events(hearer, &n);
        heard += (int64_t)n;
    }
    follower_free(&hearer);
    return heard;
}

static void a_whole_journal_is_heard_to_its_end(void **state)
{
    enum status status;
    (void)state;
    for (int from_the_end = 0; from_the_end < 2; from_the_end++) {
        assert_int_equal(head(), hears(from_the_end, &status));
        assert_int_equal(STATUS_OK, status);
    }
}

static void no_follower_passes_over_a_gap(void **state)
{
    enum status status;
    (void)state;
    change_journal("seq = 1000003", 3);
    for (int from_the_end = 0; from_the_end < 2; from_the_end++) {
        assert_int_equal(2, hears(from_the_end, &status));
        assert_int_equal(STATUS_REWOUND, status);
    }
    change_journal("seq = 3", 1000003);
}

/* Who only learns that something happened does not recompute the chain (common/bus/follower.h). */
static void an_event_that_was_changed_is_refused_by_who_acts_on_it(void **state)
{
    enum status status;
    (void)state;
    change_journal("actor = actor || 'x'", 3);
    assert_int_equal(2, hears(false, &status));
    assert_int_equal(STATUS_REWOUND, status);
    assert_int_equal(head(), hears(true, &status));
    assert_int_equal(STATUS_OK, status);
    change_journal("actor = left(actor, -1)", 3);
}

static void a_service_does_not_act_on_an_event_that_was_changed(void **state)
{
    char back[200];
    (void)state;
    struct place place = at_head();
    int n = snprintf(back, sizeof back, "seq = %lld, hash = '\\x", (long long)place.seq);
    for (int i = 0; i < HASH_BYTES; i++)
        n += snprintf(back + n, sizeof back - (size_t)n, "%02x", place.hash[i]);
    snprintf(back + n, sizeof back - (size_t)n, "'");
    change_journal("actor = actor || 'x'", 3);
    stops_with("seq = 2, hash = (select hash from intake.journal where seq = 2)", back,
               "the hash chain is broken");
    change_journal("actor = left(actor, -1)", 3);
    desk_closed_case(client, arena);
}

/* ---- what is not kept any more */

static void set_journal(const char *verb, const char *bounds)
{
    char sql[300];
    PGresult *found = PQexec(admin, "select tableoid::regclass from intake.journal limit 1");
    static char partition[100];
    if (PQntuples(found) == 1)
        snprintf(partition, sizeof partition, "%s", PQgetvalue(found, 0, 0));
    PQclear(found);
    snprintf(sql, sizeof sql, "alter table intake.journal %s partition %s %s", verb, partition,
             bounds);
    hall_do(admin, sql);
}

/* An empty page would say that there is nothing; there was. */
static void events_that_are_not_kept_any_more_are_never_an_empty_page(void **state)
{
    char bounds[200];

    (void)state;
    struct place place = at_head();
    PGresult *found =
        PQexec(admin, "select pg_get_expr(relpartbound, oid) from pg_class where oid = "
                      "(select tableoid from intake.journal limit 1)");
    snprintf(bounds, sizeof bounds, "%s", PQgetvalue(found, 0, 0));
    PQclear(found);
    set_journal("detach", "");
    hall_restart(&hall, "intake");
    Onedoor__Fetch fetch = page_after(0, NULL);
    assert_refused(&fetch, ONEDOOR__CODE__OUT_OF_RANGE, ONEDOOR__REASON__OUT_OF_RETENTION);
    fetch = page_after(1, place.hash);
    assert_refused(&fetch, ONEDOOR__CODE__OUT_OF_RANGE, ONEDOOR__REASON__OUT_OF_RETENTION);
    fetch = page_after(place.seq, place.hash);
    assert_int_equal(0, page_in(ask(&fetch))->n_events);
    set_journal("attach", bounds);
    struct place again = at_head();
    assert_memory_equal(place.hash, again.hash, HASH_BYTES);
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
        cmocka_unit_test(a_follower_that_is_ahead_of_the_journal_is_told),
        cmocka_unit_test(a_follower_that_heard_something_else_is_told),
        cmocka_unit_test(a_follower_of_a_later_epoch_is_told),
        cmocka_unit_test(a_service_that_is_ahead_of_what_it_follows_stops_until_that_is_mended),
        cmocka_unit_test(a_service_that_heard_something_else_stops_until_that_is_mended),
        cmocka_unit_test(a_whole_journal_is_heard_to_its_end),
        cmocka_unit_test(no_follower_passes_over_a_gap),
        cmocka_unit_test(an_event_that_was_changed_is_refused_by_who_acts_on_it),
        cmocka_unit_test(a_service_does_not_act_on_an_event_that_was_changed),
        cmocka_unit_test(events_that_are_not_kept_any_more_are_never_an_empty_page),
    };
    return cmocka_run_group_tests_name("replay", tests, open_hall, close_hall);
}
