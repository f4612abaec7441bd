/* SPDX-License-Identifier: Apache-2.0 */
/* What paces a service's loop, as tables of cases: the time is a number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/pace.h"

enum { GATHER_MS = 6, EVENTS_MS = 20, LONGEST_MS = 500, T = 1000000 };
enum { MANY = PACE_BUSY_ITEMS };

#define COUNT(table) (sizeof(table) / sizeof *(table))

static struct pace fresh(void)
{
    struct pace pace;
    pace_init(&pace, GATHER_MS, EVENTS_MS, LONGEST_MS);
    return pace;
}

/* One that found much to do at T. */
static struct pace busy(void)
{
    struct pace pace = fresh();
    pace_took(&pace, T, PACE_ALL, MANY, false);
    return pace;
}

/* ---- gathering */

static void it_is_busy_when_much_was_done_since_events_were_last_taken(void **state)
{
    static const struct {
        enum pace_scope first_scope;
        size_t first, second;
        bool behind;
        enum pace_load load;
    } cases[] = {
        {PACE_ALL, 0, 0, false, PACE_CALM},
        {PACE_ALL, 0, MANY - 1, false, PACE_CALM},
        {PACE_ALL, 0, MANY, false, PACE_BUSY},
        {PACE_COMMANDS, 1, MANY - 1, false, PACE_BUSY}, /* commands count until events are taken */
        {PACE_ALL, 1, MANY - 1, false, PACE_CALM},      /* and no longer */
        {PACE_ALL, MANY, 0, false, PACE_CALM},
        {PACE_ALL, 0, 4096, true, PACE_CALM}, /* who is behind has enough to do */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pace pace = fresh();
        pace_took(&pace, T, cases[i].first_scope, cases[i].first, false);
        pace_took(&pace, T + 1, PACE_ALL, cases[i].second, cases[i].behind);
        assert_int_equal(cases[i].load, pace.load);
    }
}

static void what_is_read_follows_from_the_load_and_the_time(void **state)
{
    static const struct {
        bool busy;
        int64_t after_ms;
        enum pace_scope scope;
    } cases[] = {
        {false, 0, PACE_ALL},
        {false, EVENTS_MS, PACE_ALL},
        {true, 0, PACE_JOURNAL},
        {true, GATHER_MS - 1, PACE_JOURNAL},
        {true, GATHER_MS, PACE_COMMANDS},
        {true, EVENTS_MS - 1, PACE_COMMANDS},
        {true, EVENTS_MS, PACE_ALL},
        {true, 1000, PACE_ALL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pace pace = cases[i].busy ? busy() : fresh();
        assert_int_equal(cases[i].scope, pace_scope(&pace, T + cases[i].after_ms));
    }
}

static void a_turn_that_took_nothing_gathers_nothing(void **state)
{
    struct pace pace = busy();

    (void)state;
    pace_took(&pace, T + GATHER_MS, PACE_COMMANDS, 0, false);
    assert_int_equal(PACE_COMMANDS, pace_scope(&pace, T + GATHER_MS));
    pace_took(&pace, T + GATHER_MS + 1, PACE_COMMANDS, 1, false);
    assert_int_equal(PACE_JOURNAL, pace_scope(&pace, T + GATHER_MS + 1));
}

static void nothing_is_gathered_where_the_settings_are_zero(void **state)
{
    struct pace pace;

    (void)state;
    pace_init(&pace, 0, 0, LONGEST_MS);
    pace_took(&pace, T, PACE_ALL, 1000, false);
    assert_int_equal(PACE_BUSY, pace.load);
    assert_int_equal(PACE_ALL, pace_scope(&pace, T));
}

/* However many commands come, events are taken at least once in both times together. */
static void events_are_never_starved_by_commands(void **state)
{
    struct pace pace = busy();
    int64_t last_ms = T;
    int taken = 0;

    (void)state;
    for (int64_t now_ms = T; now_ms < T + 10000; now_ms++) {
        enum pace_scope scope = pace_scope(&pace, now_ms);
        if (scope == PACE_JOURNAL)
            continue;
        pace_took(&pace, now_ms, scope, 100, false);
        if (scope != PACE_ALL)
            continue;
        assert_true(now_ms - last_ms <= EVENTS_MS + GATHER_MS);
        last_ms = now_ms;
        taken++;
    }
    assert_true(taken >= 10000 / (EVENTS_MS + GATHER_MS));
}

/* And commands are taken once in gather_ms. */
static void commands_never_wait_for_events(void **state)
{
    struct pace pace = busy();
    int64_t last_ms = T;

    (void)state;
    for (int64_t now_ms = T; now_ms < T + 10000; now_ms++) {
        enum pace_scope scope = pace_scope(&pace, now_ms);
        if (scope == PACE_JOURNAL)
            continue;
        pace_took(&pace, now_ms, scope, 100, false);
        assert_true(now_ms - last_ms <= GATHER_MS);
        last_ms = now_ms;
    }
}

/* ---- waiting */

static const struct pace_demand calm = {.open = true, .held_ms = PACE_NEVER, .tick_ms = PACE_NEVER};

static struct pace_demand with(struct pace_demand demand, size_t queued, int64_t held_ms,
                               int64_t tick_ms)
{
    demand.queued = queued;
    demand.held_ms = held_ms;
    demand.tick_ms = tick_ms;
    return demand;
}

static void it_waits_until_the_first_thing_is_due(void **state)
{
    const struct {
        bool busy;
        int64_t after_ms;
        struct pace_demand demand;
        int wait_ms;
    } cases[] = {
        /* calm: for the longest time, or until something is due */
        {false, 0, calm, LONGEST_MS},
        {false, 0, with(calm, 0, 40, PACE_NEVER), 40},
        {false, 0, with(calm, 0, 40, 30), 30},
        {false, 0, with(calm, 0, 4000, 3000), LONGEST_MS},
        {false, 0, with(calm, 0, 0, PACE_NEVER), 0},
        {false, 0, with(calm, 0, PACE_NEVER, 0), 0},
        {false, 0, with(calm, 0, PACE_NEVER, -86400000), 0},
        {false, 0, with(calm, 1, PACE_NEVER, PACE_NEVER), 0},
        /* gathering: neither the queue nor the tick ends it, a held fetch is answered meanwhile */
        {true, 0, calm, GATHER_MS},
        {true, 2, with(calm, 9, PACE_NEVER, -5), GATHER_MS - 2},
        {true, 2, with(calm, 9, 1, PACE_NEVER), 1},
        {true, GATHER_MS - 1, calm, 1},
        /* gathering events: commands and the tick are served */
        {true, GATHER_MS, calm, EVENTS_MS - GATHER_MS},
        {true, GATHER_MS, with(calm, 1, PACE_NEVER, PACE_NEVER), 0},
        {true, GATHER_MS, with(calm, 0, PACE_NEVER, 3), 3},
        {true, EVENTS_MS, calm, LONGEST_MS},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pace pace = cases[i].busy ? busy() : fresh();
        assert_int_equal(cases[i].wait_ms,
                         pace_wait_ms(&pace, T + cases[i].after_ms, &cases[i].demand));
    }
}

/* It looks at its clocks from time to time, however long ago the database was opened and whatever
 * is due. Commands are still refused at once. */
static void a_service_that_doubts_its_clock_waits(void **state)
{
    struct pace pace = fresh();
    struct pace_demand due = with(calm, 0, PACE_NEVER, -86400000);
    struct pace_demand asked = with(calm, 1, PACE_NEVER, -86400000);

    (void)state;
    due.doubted = asked.doubted = true;
    pace_lost(&pace, T);
    pace_opened(&pace);
    assert_int_equal(LONGEST_MS, pace_wait_ms(&pace, T + 3600000, &due));
    assert_int_equal(0, pace_wait_ms(&pace, T + 3600000, &asked));
}

/* No socket becomes readable for the rest of a frame that has been received. */
static void a_frame_that_is_half_read_is_not_waited_for(void **state)
{
    struct pace pace = busy();
    struct pace_demand journal = calm, command = calm;

    (void)state;
    journal.journal_unread = command.command_unread = true;
    assert_int_equal(0, pace_wait_ms(&pace, T, &journal));
    assert_int_equal(GATHER_MS, pace_wait_ms(&pace, T, &command));
    assert_int_equal(0, pace_wait_ms(&pace, T + GATHER_MS, &command));
}

static void events_are_waited_for_only_while_they_can_be_taken(void **state)
{
    static const struct {
        bool busy;
        int64_t after_ms;
        bool open;
        enum pace_scope polls;
    } cases[] = {
        {false, 0, true, PACE_ALL},
        {false, 0, false, PACE_COMMANDS},
        {true, 0, true, PACE_JOURNAL},
        {true, GATHER_MS, true, PACE_COMMANDS},
        {true, GATHER_MS, false, PACE_COMMANDS},
        {true, EVENTS_MS, true, PACE_ALL},
        {true, EVENTS_MS, false, PACE_COMMANDS},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pace pace = cases[i].busy ? busy() : fresh();
        assert_int_equal(cases[i].polls, pace_polls(&pace, T + cases[i].after_ms, cases[i].open));
    }
}

static void no_wait_is_negative_or_longer_than_the_longest(void **state)
{
    static const int64_t times[] = {
        INT64_MIN + LONGEST_MS, -86400000, -1, 0, 1, 499, 501, PACE_NEVER};

    (void)state;
    for (int open = 0; open < 2; open++)
        for (int64_t after_ms = 0; after_ms < 3000; after_ms += 7)
            for (size_t held = 2; held < COUNT(times); held++)
                for (size_t tick = 0; tick < COUNT(times); tick++) {
                    struct pace pace = busy();
                    struct pace_demand demand = with(calm, after_ms % 2, times[held], times[tick]);
                    demand.open = open;
                    if (!open)
                        pace_lost(&pace, T);
                    int wait_ms = pace_wait_ms(&pace, T + after_ms, &demand);
                    assert_in_range(wait_ms, 0, LONGEST_MS);
                }
}

/* ---- the database */

static void the_database_is_opened_again_with_back_off(void **state)
{
    static const int waits_ms[] = {100, 200, 400, 800, 1600, 2000, 2000};
    struct pace pace = fresh();
    struct pace_demand away = calm;
    int64_t now_ms = T;

    (void)state;
    away.open = false;
    for (size_t i = 0; i < COUNT(waits_ms); i++) {
        pace_lost(&pace, now_ms);
        assert_false(pace_may_reopen(&pace, now_ms + waits_ms[i] - 1));
        assert_true(pace_may_reopen(&pace, now_ms + waits_ms[i]));
        assert_int_equal(waits_ms[i] < LONGEST_MS ? waits_ms[i] : LONGEST_MS,
                         pace_wait_ms(&pace, now_ms, &away));
        now_ms += waits_ms[i];
        assert_int_equal(0, pace_wait_ms(&pace, now_ms, &away));
    }
}

static void the_back_off_begins_anew_only_when_something_was_saved(void **state)
{
    struct pace pace = fresh();

    (void)state;
    pace_lost(&pace, T);
    pace_lost(&pace, T);
    pace_opened(&pace);
    pace_lost(&pace, T);
    assert_false(pace_may_reopen(&pace, T + 399));
    pace_saved(&pace);
    pace_lost(&pace, T);
    assert_true(pace_may_reopen(&pace, T + 100));
}

/* What was gathered for a batch is answered with UNAVAILABLE without delay. */
static void a_lost_connection_ends_the_gathering(void **state)
{
    struct pace pace = busy();

    (void)state;
    pace_lost(&pace, T);
    assert_int_equal(PACE_ALL, pace_scope(&pace, T));
}

static void another_writer_is_borne_for_a_while(void **state)
{
    struct pace pace = fresh();

    (void)state;
    assert_false(pace_displaced(&pace, T, true));
    assert_false(pace_displaced(&pace, T + PACE_DISPLACED_MS, true));
    assert_true(pace_displaced(&pace, T + PACE_DISPLACED_MS + 1, true));
    pace_opened(&pace);
    assert_false(pace_displaced(&pace, T + PACE_DISPLACED_MS + 2, true));
}

/* While the database is out of reach, nothing is known of another writer. */
static void another_writer_is_borne_anew_after_the_database_was_out_of_reach(void **state)
{
    struct pace pace = fresh();

    (void)state;
    assert_false(pace_displaced(&pace, T, true));
    assert_false(pace_displaced(&pace, T + PACE_DISPLACED_MS + 1, false));
    assert_false(pace_displaced(&pace, T + PACE_DISPLACED_MS + 2, true));
    assert_false(pace_displaced(&pace, T + 2 * PACE_DISPLACED_MS + 2, true));
    assert_true(pace_displaced(&pace, T + 2 * PACE_DISPLACED_MS + 3, true));
}

static void pruning_is_due_at_once_and_then_every_hour(void **state)
{
    static const struct {
        int64_t at_ms;
        bool due;
    } cases[] = {{T, true},
                 {T, false},
                 {T + PACE_PRUNE_MS - 1, false},
                 {T + PACE_PRUNE_MS, true},
                 {T + PACE_PRUNE_MS + 1, false},
                 {T + 9 * PACE_PRUNE_MS, true}};
    struct pace pace = fresh();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(cases[i].due, pace_prunes(&pace, cases[i].at_ms));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_busy_when_much_was_done_since_events_were_last_taken),
        cmocka_unit_test(what_is_read_follows_from_the_load_and_the_time),
        cmocka_unit_test(a_turn_that_took_nothing_gathers_nothing),
        cmocka_unit_test(nothing_is_gathered_where_the_settings_are_zero),
        cmocka_unit_test(events_are_never_starved_by_commands),
        cmocka_unit_test(commands_never_wait_for_events),
        cmocka_unit_test(it_waits_until_the_first_thing_is_due),
        cmocka_unit_test(a_service_that_doubts_its_clock_waits),
        cmocka_unit_test(a_frame_that_is_half_read_is_not_waited_for),
        cmocka_unit_test(events_are_waited_for_only_while_they_can_be_taken),
        cmocka_unit_test(no_wait_is_negative_or_longer_than_the_longest),
        cmocka_unit_test(the_database_is_opened_again_with_back_off),
        cmocka_unit_test(the_back_off_begins_anew_only_when_something_was_saved),
        cmocka_unit_test(a_lost_connection_ends_the_gathering),
        cmocka_unit_test(another_writer_is_borne_for_a_while),
        cmocka_unit_test(another_writer_is_borne_anew_after_the_database_was_out_of_reach),
        cmocka_unit_test(pruning_is_due_at_once_and_then_every_hour),
    };
    return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
