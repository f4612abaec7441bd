/* SPDX-License-Identifier: Apache-2.0 */
/* The states of a service's process: every event in every state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/loop_state.h"
#include "tests/unit/dies.h"

#include <string.h>

/* NEVER: the event cannot happen in the state. */
enum { NEVER = -1 };

#define STARTING  LOOP_STARTING
#define WAITING   LOOP_WAITING
#define STANDBY   LOOP_STANDBY
#define OPENED    LOOP_OPENED
#define READY     LOOP_READY
#define DOUBTFUL  LOOP_DOUBTFUL
#define AWAY      LOOP_AWAY
#define DISPLACED LOOP_DISPLACED
#define STOPPED   LOOP_STOPPED
#define FAILED    LOOP_FAILED

/* clang-format off */
static const int after[LOOP_STATES][LOOP_EVENTS] = {
    /* on         OPENED  UNREACHABLE DENIED     UNFIT   WORKED DOUBT     LOST   BROKEN  OVERDUE STOP */
    [STARTING]  = {OPENED, WAITING,   STANDBY,   FAILED, NEVER, NEVER,    NEVER, NEVER,  NEVER,  STOPPED},
    [WAITING]   = {OPENED, WAITING,   STANDBY,   FAILED, NEVER, NEVER,    NEVER, NEVER,  NEVER,  STOPPED},
    [STANDBY]   = {OPENED, WAITING,   STANDBY,   FAILED, NEVER, NEVER,    NEVER, NEVER,  NEVER,  STOPPED},
    [OPENED]    = {NEVER,  NEVER,     NEVER,     NEVER,  READY, DOUBTFUL, AWAY,  FAILED, NEVER,  STOPPED},
    [READY]     = {NEVER,  NEVER,     NEVER,     NEVER,  READY, DOUBTFUL, AWAY,  FAILED, NEVER,  STOPPED},
    [DOUBTFUL]  = {NEVER,  NEVER,     NEVER,     NEVER,  READY, DOUBTFUL, AWAY,  FAILED, NEVER,  STOPPED},
    [AWAY]      = {OPENED, AWAY,      DISPLACED, FAILED, NEVER, NEVER,    NEVER, NEVER,  NEVER,  STOPPED},
    [DISPLACED] = {OPENED, AWAY,      DISPLACED, FAILED, NEVER, NEVER,    NEVER, NEVER,  FAILED, STOPPED},
    [STOPPED]   = {NEVER,  NEVER,     NEVER,     NEVER,  NEVER, NEVER,    NEVER, NEVER,  NEVER,  NEVER},
    [FAILED]    = {NEVER,  NEVER,     NEVER,     NEVER,  NEVER, NEVER,    NEVER, NEVER,  NEVER,  NEVER},
};
/* clang-format on */

static enum loop_state from;
static enum loop_event on;

static void move(void)
{
    loop_state_after(from, on);
}

static void a_panic_names_the_state_and_the_event(void **state)
{
    static const struct {
        enum loop_state from;
        enum loop_event on;
        const char *words;
    } cases[] = {
        {READY, LOOP_ON_DENIED, "no move from ready on denied\n"},
        {DISPLACED, LOOP_ON_WORKED, "no move from displaced on worked\n"},
        {FAILED, LOOP_ON_STOP, "no move from failed on stop\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        from = cases[i].from;
        on = cases[i].on;
        const char *words = panic_text(move);
        assert_non_null(words);
        assert_non_null(strstr(words, cases[i].words));
    }
}

static void every_event_leads_where_the_table_says(void **state)
{
    (void)state;
    for (from = 0; from < LOOP_STATES; from++)
        for (on = 0; on < LOOP_EVENTS; on++)
            if (after[from][on] != NEVER)
                assert_int_equal(after[from][on], loop_state_after(from, on));
            else
                assert_true(dies(move));
}

static void what_the_launcher_is_told_follows_from_the_state(void **state)
{
    static const char *const texts[LOOP_STATES] = {
        [WAITING] = "waiting for the database",
        [STANDBY] = "standby",
        [READY] = "ready",
        [DOUBTFUL] = "waiting for a clock that it can trust",
        [AWAY] = "waiting for the database",
        [DISPLACED] = "waiting for the database",
    };

    (void)state;
    for (enum loop_state s = 0; s < LOOP_STATES; s++)
        if (texts[s] == NULL)
            assert_null(loop_state_text(s));
        else
            assert_string_equal(texts[s], loop_state_text(s));
}

static void the_store_is_open_in_three_states_and_two_end_the_process(void **state)
{
    (void)state;
    for (enum loop_state s = 0; s < LOOP_STATES; s++) {
        assert_int_equal(s == OPENED || s == READY || s == DOUBTFUL, loop_state_is_open(s));
        assert_int_equal(s == STOPPED || s == FAILED, loop_state_is_over(s));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_leads_where_the_table_says),
        cmocka_unit_test(a_panic_names_the_state_and_the_event),
        cmocka_unit_test(what_the_launcher_is_told_follows_from_the_state),
        cmocka_unit_test(the_store_is_open_in_three_states_and_two_end_the_process),
    };
    return cmocka_run_group_tests_name("loop_state", tests, NULL, NULL);
}
