/* SPDX-License-Identifier: Apache-2.0 */
/* How far a service has heard, and when a request waits no longer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/aside.h"

#include <string.h>

/* charging: it follows intake alone, and hears of routing through it. */
static struct reach reach;

static struct marks marks(int64_t intake, int64_t routing, int64_t charging)
{
    struct marks all = {0};
    if (intake >= 0)
        all.at[all.n++] = mark_of("intake", 1, intake);
    if (routing >= 0)
        all.at[all.n++] = mark_of("routing", 1, routing);
    if (charging >= 0)
        all.at[all.n++] = mark_of("charging", 1, charging);
    return all;
}

static void move_to(int64_t charging, int64_t intake)
{
    struct marks own = {2, {mark_of("charging", 1, charging), mark_of("intake", 1, intake)}};
    reach_move(&reach, &own);
}

static void learn(int64_t intake, int64_t routing, int64_t charging)
{
    struct marks heard = marks(intake, routing, charging);
    reach_learn(&reach, 0, &heard);
}

static int start(void **state)
{
    (void)state;
    memset(&reach, 0, sizeof reach);
    move_to(30, 500);
    return 0;
}

static bool heard(int64_t intake, int64_t routing, int64_t charging)
{
    struct marks seen = marks(intake, routing, charging);
    return reach_heard(&reach, &seen);
}

static bool settled(int64_t intake, int64_t routing, int64_t charging)
{
    struct marks seen = marks(intake, routing, charging);
    return reach_settled(&reach, &seen);
}

static void who_has_seen_nothing_waits_for_nothing(void **state)
{
    (void)state;
    assert_true(heard(-1, -1, -1));
    assert_true(settled(-1, -1, -1));
}

static void a_followed_journal_is_heard_up_to_its_cursor(void **state)
{
    (void)state;
    assert_true(heard(500, -1, -1));
    assert_false(heard(501, -1, -1));
    move_to(30, 501);
    assert_true(heard(501, -1, -1));
}

/* The grant that follows from routing's event 77 is in what intake said after hearing it. */
static void a_journal_is_heard_through_the_one_that_follows_it(void **state)
{
    (void)state;
    assert_false(heard(-1, 77, -1)); /* nothing is known of it yet */
    learn(500, 76, 30);
    assert_false(heard(-1, 77, -1));
    learn(500, 77, 30);
    assert_true(heard(-1, 77, -1));
    assert_true(settled(-1, 77, -1));
}

static void what_nobody_hears_of_is_not_waited_for(void **state)
{
    struct marks seen = {1, {mark_of("supervision", 1, 9)}};
    (void)state;
    assert_false(reach_heard(&reach, &seen));
    learn(500, 77, 30);
    assert_true(reach_heard(&reach, &seen));
    assert_true(reach_settled(&reach, &seen));
}

/* Its own event is known at once; that the others have answered it is not. */
static void an_own_event_is_settled_when_the_others_have_answered(void **state)
{
    (void)state;
    learn(500, 77, 29);
    assert_true(heard(-1, -1, 30));
    assert_false(settled(-1, -1, 30));
    learn(500, 77, 30);
    assert_true(settled(-1, -1, 30));
}

static void an_older_epoch_is_gone_and_a_newer_one_is_waited_for(void **state)
{
    struct marks seen = {1, {mark_of("intake", 1, 900)}};
    struct marks own = {2, {mark_of("charging", 1, 30), mark_of("intake", 2, 400)}};
    (void)state;
    assert_false(reach_heard(&reach, &seen));
    reach_move(&reach, &own);
    assert_true(reach_heard(&reach, &seen));
    seen.at[0] = mark_of("intake", 2, 401);
    assert_false(reach_heard(&reach, &seen));
}

static void its_version_changes_with_what_it_tells_its_followers(void **state)
{
    uint32_t before = reach.version;
    (void)state;
    move_to(30, 500);
    assert_int_equal(before, reach.version);
    learn(500, 77, 30);
    assert_int_not_equal(before, reach.version);
    assert_int_equal(77, marks_find(&reach.all, "routing")->seq);
    before = reach.version;
    learn(500, 77, 29); /* of its own journal it knows best */
    assert_int_equal(before, reach.version);
    assert_int_equal(30, marks_find(&reach.all, "charging")->seq);
}

static void marks_keep_the_latest_of_each_journal(void **state)
{
    struct marks all = {0};
    struct mark mark = mark_of("intake", 1, 5);
    (void)state;
    assert_true(marks_advance(&all, &mark));
    mark.seq = 4;
    assert_false(marks_advance(&all, &mark));
    mark = mark_of("intake", 2, 3);
    assert_true(marks_advance(&all, &mark));
    assert_int_equal(1, all.n);
    assert_int_equal(2, all.at[0].epoch);
    for (char name[] = "a"; all.n < MARKS_MAX; name[0]++) {
        mark = mark_of(name, 1, 1);
        assert_true(marks_advance(&all, &mark));
    }
    mark = mark_of("z", 1, 1);
    assert_false(marks_advance(&all, &mark));
}

/* ---- requests that wait */

static struct aside aside;

static bool put(int64_t intake, int64_t arrived_ms, int64_t now_ms)
{
    struct request request = {.remaining_ms = 4000};
    struct aside_entry entry = {.until = ASIDE_HEARD, .arrived_ms = arrived_ms};
    entry.seen = marks(intake, -1, -1);
    entry.give_up_ms = aside_give_up_ms(arrived_ms, 10000, &request);
    zmq_msg_init(&entry.envelope.from.routing_id);
    zmq_msg_init(&entry.envelope.frame);
    return aside_put(&aside, &entry, now_ms);
}

static int64_t taken(int64_t now_ms)
{
    struct aside_entry entry;
    if (!aside_take(&aside, &reach, now_ms, &entry))
        return 0;
    mailbox_drop(&entry.envelope);
    return entry.arrived_ms;
}

static int begin(void **state)
{
    memset(&aside, 0, sizeof aside);
    return start(state);
}

static int end(void **state)
{
    (void)state;
    aside_release(&aside);
    return 0;
}

static void each_waits_for_what_it_has_seen_and_holds_up_nobody(void **state)
{
    (void)state;
    assert_true(put(502, 1, 1));
    assert_true(put(501, 2, 2));
    assert_true(put(502, 3, 3));
    assert_int_equal(0, taken(5));
    move_to(30, 501);
    assert_int_equal(2, taken(5));
    assert_int_equal(0, taken(5));
    move_to(30, 502);
    assert_int_equal(1, taken(5));
    assert_int_equal(3, taken(5));
}

/* A mark that never comes is not waited for for ever: three quarters of the caller's own time, or
 * as long as the setting says. */
static void a_wait_ends(void **state)
{
    struct request patient = {.remaining_ms = 60000};
    (void)state;
    assert_int_equal(10100, aside_give_up_ms(100, 10000, &patient));
    assert_int_equal(INT64_MAX, aside_wait_ms(&aside, 100));
    assert_true(put(1000000, 100, 100));
    assert_int_equal(3000, aside_wait_ms(&aside, 100));
    assert_int_equal(0, aside_wait_ms(&aside, 9000));
    assert_int_equal(0, taken(3099));
    assert_int_equal(100, taken(3100));
    assert_false(put(1000000, 100, 3100)); /* it does not wait again */
}

static void only_so_many_wait(void **state)
{
    (void)state;
    for (int i = 0; i < ASIDE_MAX; i++)
        assert_true(put(501, 1, 1));
    assert_false(put(501, 1, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(who_has_seen_nothing_waits_for_nothing, start),
        cmocka_unit_test_setup(a_followed_journal_is_heard_up_to_its_cursor, start),
        cmocka_unit_test_setup(a_journal_is_heard_through_the_one_that_follows_it, start),
        cmocka_unit_test_setup(what_nobody_hears_of_is_not_waited_for, start),
        cmocka_unit_test_setup(an_own_event_is_settled_when_the_others_have_answered, start),
        cmocka_unit_test_setup(an_older_epoch_is_gone_and_a_newer_one_is_waited_for, start),
        cmocka_unit_test_setup(its_version_changes_with_what_it_tells_its_followers, start),
        cmocka_unit_test(marks_keep_the_latest_of_each_journal),
        cmocka_unit_test_setup_teardown(each_waits_for_what_it_has_seen_and_holds_up_nobody, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_wait_ends, begin, end),
        cmocka_unit_test_setup_teardown(only_so_many_wait, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
