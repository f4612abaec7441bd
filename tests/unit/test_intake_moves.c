/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of a case x every event, with and without each fact a move may ask for, against
 * golden/intake_moves.txt. Where a fact makes no difference it is not listed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/intake/moves.h"
#include "tests/unit/golden.h"

enum {
    ALL_FACTS = IF_COMPLETE | IF_PROMISED | IF_FEE | IF_NOT_FIT | IF_TIME_UP | IF_PAID |
                IF_EARLIER_BILL | IF_TOO_LATE | IF_ASKED_TWICE
};

static const struct {
    unsigned fact;
    const char *name;
} facts[] = {
    {IF_COMPLETE, "complete"},
    {IF_PROMISED, "promised"},
    {IF_FEE, "fee"},
    {IF_NOT_FIT, "not fit"},
    {IF_TIME_UP, "time up"},
    {IF_PAID, "paid"},
    {IF_EARLIER_BILL, "earlier bill"},
    {IF_TOO_LATE, "too late"},
    {IF_ASKED_TWICE, "asked twice"},
    {0, "-"},
};

static const struct move *find(int from, int on, unsigned given)
{
    return moves_find(&intake_moves, from, on, given);
}

static void write_move(FILE *out, int from, int on, size_t fact)
{
    const struct move *move = find(from, on, facts[fact].fact);
    if (facts[fact].fact != 0 && move == find(from, on, ALWAYS))
        return;
    fprintf(out, "%-11s  %-13s  %-8s  ", intake_moves.states[from], intake_moves.events[on],
            facts[fact].name);
    if (!is_ok(moves_outcome(move)))
        fprintf(out, "refused: %s\n", golden_reason(move));
    else
        fprintf(out, "%s, %s, RULE %s\n",
                move->to == STAYS ? "stays" : intake_moves.states[move->to],
                intake_moves.thens[move->then], move->rule);
}

static void walk(FILE *out)
{
    for (int from = CASE_RECEIVED; from < CASE_STATES; from++)
        for (int on = 0; on < CASE_EVENTS; on++)
            for (size_t fact = 0; fact < sizeof facts / sizeof facts[0]; fact++)
                if (on != ON_ITS_OWN || is_ok(moves_outcome(find(from, on, facts[fact].fact))))
                    write_move(out, from, on, fact);
}

static void cases_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    golden_check(GOLDEN_DIR "/intake_moves.txt", walk);
}

/* What follows on its own comes to an end, whatever is true of the case. */
static void nothing_follows_on_its_own_for_ever(void **state)
{
    (void)state;
    for (unsigned set = 0; set <= ALL_FACTS; set++)
        for (int from = CASE_RECEIVED; from < CASE_STATES; from++) {
            const struct move *move;
            int steps = 0, at = from;
            for (; is_ok(moves_outcome(move = find(at, ON_ITS_OWN, set))); at = move->to) {
                assert_int_not_equal(STAYS, move->to);
                assert_true(++steps < CASE_STATES);
            }
        }
}

/* A decision is never left standing: it is closed, or its fee is due. */
static void no_case_rests_decided_but_open(void **state)
{
    (void)state;
    for (unsigned set = 0; set <= ALL_FACTS; set++) {
        assert_true(is_ok(moves_outcome(find(CASE_GRANTED, ON_ITS_OWN, set))));
        assert_true(is_ok(moves_outcome(find(CASE_DENIED, ON_ITS_OWN, set))));
    }
}

/* A closed case never changes but by delivery, and what it says of its applicant may be put right;
 * one that was refused, withdrawn or terminated never leaves its state. */
static void a_case_that_has_ended_stays_ended(void **state)
{
    static const enum case_state ended[] = {CASE_CLOSED, CASE_DELIVERED, CASE_REFUSED,
                                            CASE_WITHDRAWN, CASE_TERMINATED};
    (void)state;
    for (size_t i = 0; i < sizeof ended / sizeof ended[0]; i++)
        for (int on = 0; on < CASE_EVENTS; on++) {
            const struct move *move = find(ended[i], on, ALL_FACTS);
            if (ended[i] == CASE_CLOSED && (on == ON_DELIVER || on == ON_AMEND))
                continue;
            assert_int_equal(STAYS, move->to);
            assert_int_equal(SAY_NOTHING, move->then);
        }
}

/* RULE H22: only in time, and once what was paid is given back; it is then as it was accepted. */
static void a_decision_is_taken_back_in_time_and_unpaid(void **state)
{
    (void)state;
    assert_int_equal(CASE_ACCEPTED, find(CASE_CLOSED, ON_TAKE_BACK, ALWAYS)->to);
    assert_int_equal(CASE_ACCEPTED, find(CASE_PAYMENT_DUE, ON_TAKE_BACK, IF_FEE)->to);
    assert_int_equal(STAYS, find(CASE_CLOSED, ON_TAKE_BACK, IF_PAID)->to);
    assert_int_equal(STAYS, find(CASE_CLOSED, ON_TAKE_BACK, IF_TOO_LATE)->to);
    assert_int_equal(STAYS, find(CASE_DELIVERED, ON_TAKE_BACK, ALWAYS)->to);
    assert_int_equal(CASE_CLOSED, find(CASE_DELIVERED, ON_TAKE_BACK_DELIVERY, ALWAYS)->to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_move_as_the_golden_table_says_and_not_otherwise),
        cmocka_unit_test(nothing_follows_on_its_own_for_ever),
        cmocka_unit_test(no_case_rests_decided_but_open),
        cmocka_unit_test(a_case_that_has_ended_stays_ended),
        cmocka_unit_test(a_decision_is_taken_back_in_time_and_unpaid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
