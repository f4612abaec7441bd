/* SPDX-License-Identifier: Apache-2.0 */
/* The refusals when a follower's place does not fit the journal, and what the follower does then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/replay.h"

#include <signal.h>

#include "common/bus/follower.h"

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
                      "select count(*) from routing.cursor c, intake.journal_head h "
                      "where c.stream = 'intake' and c.seq = h.seq",
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

/* A follower from the end does not recompute the chain (common/bus/follower.h). */
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

/* An empty page would claim that there were no events. */
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
    return cmocka_run_group_tests_name("replay refused", tests, open_hall, close_hall);
}
