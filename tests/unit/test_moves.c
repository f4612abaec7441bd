/* SPDX-License-Identifier: Apache-2.0 */
/* The moves engine, with a door for a thing to move: which row decides, and what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/moves.h"

enum { OPEN, SHUT, LOCKED, DOOR_STATES };
enum { PUSH, PULL, TURN_KEY, DOOR_EVENTS };
enum { HAS_KEY = 1, BY_DAY = 2 };
enum { NOTHING, SQUEAK, CLICK };

/* clang-format off */
static const struct move rows[] = {
    {FROM(OPEN),              PUSH,        ALWAYS,           SHUT,   DO(SQUEAK), ""},
    {FROM(OPEN) | FROM(SHUT), TURN_KEY,    HAS_KEY | BY_DAY, LOCKED, DO(CLICK), ""},
    {FROM(SHUT),              PULL,        ALWAYS,           OPEN,   DO(SQUEAK), ""},
    {FROM(SHUT),              PUSH,        ALWAYS,           STAYS,  DO(NOTHING), ""},
    {FROM(LOCKED),            TURN_KEY,    HAS_KEY,          SHUT,   DO(CLICK), ""},
    {FROM(LOCKED),            ON_ANYTHING, ALWAYS,           STAYS,  REFUSE(BUSY, "it is locked"), ""},
    {FROM(OPEN),              PULL,        ALWAYS,           STAYS,  NO_SUCH(UNKNOWN_CASE, "no handle"), ""},
};
/* clang-format on */

static const struct moves door = {
    .rows = rows,
    .n_rows = sizeof rows / sizeof rows[0],
    .n_states = DOOR_STATES,
    .n_events = DOOR_EVENTS,
};

static void the_first_row_that_matches_decides(void **state)
{
    (void)state;
    assert_ptr_equal(&rows[0], moves_find(&door, OPEN, PUSH, 0));
    assert_ptr_equal(&rows[4], moves_find(&door, LOCKED, TURN_KEY, HAS_KEY));
    assert_ptr_equal(&rows[5], moves_find(&door, LOCKED, TURN_KEY, 0));
    assert_ptr_equal(&rows[5], moves_find(&door, LOCKED, PULL, HAS_KEY));
}

static void a_row_starts_from_each_state_of_its_set(void **state)
{
    (void)state;
    assert_ptr_equal(&rows[1], moves_find(&door, OPEN, TURN_KEY, HAS_KEY | BY_DAY));
    assert_ptr_equal(&rows[1], moves_find(&door, SHUT, TURN_KEY, HAS_KEY | BY_DAY));
}

static void all_facts_of_a_row_must_hold_and_others_may(void **state)
{
    (void)state;
    assert_false(is_ok(moves_outcome(moves_find(&door, SHUT, TURN_KEY, HAS_KEY))));
    assert_false(is_ok(moves_outcome(moves_find(&door, SHUT, TURN_KEY, BY_DAY))));
    assert_ptr_equal(&rows[4], moves_find(&door, LOCKED, TURN_KEY, HAS_KEY | BY_DAY));
}

static void a_row_leads_to_its_state_or_stays(void **state)
{
    (void)state;
    assert_int_equal(OPEN, moves_to(moves_find(&door, SHUT, PULL, 0), SHUT));
    assert_int_equal(SHUT, moves_to(moves_find(&door, SHUT, PUSH, 0), SHUT));
    assert_int_equal(LOCKED, moves_to(moves_find(&door, LOCKED, PUSH, 0), LOCKED));
}

static void a_refusing_row_says_why(void **state)
{
    (void)state;
    struct outcome outcome = moves_outcome(moves_find(&door, LOCKED, PUSH, 0));
    assert_int_equal(ONEDOOR__CODE__FAILED_PRECONDITION, outcome.code);
    assert_int_equal(ONEDOOR__REASON__BUSY, outcome.reason);
    assert_string_equal("it is locked", outcome.detail);
    outcome = moves_outcome(moves_find(&door, OPEN, PULL, 0));
    assert_int_equal(ONEDOOR__CODE__NOT_FOUND, outcome.code);
    assert_int_equal(ONEDOOR__REASON__UNKNOWN_CASE, outcome.reason);
}

static void without_a_row_the_move_is_refused_and_nothing_is_done(void **state)
{
    (void)state;
    const struct move *move = moves_find(&door, OPEN, TURN_KEY, 0);
    assert_int_equal(ONEDOOR__REASON__WRONG_STATE, moves_outcome(move).reason);
    assert_int_equal(OPEN, moves_to(move, OPEN));
    assert_int_equal(NOTHING, move->then);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_row_that_matches_decides),
        cmocka_unit_test(a_row_starts_from_each_state_of_its_set),
        cmocka_unit_test(all_facts_of_a_row_must_hold_and_others_may),
        cmocka_unit_test(a_row_leads_to_its_state_or_stays),
        cmocka_unit_test(a_refusing_row_says_why),
        cmocka_unit_test(without_a_row_the_move_is_refused_and_nothing_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
