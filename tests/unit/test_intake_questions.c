/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of a question x every event, against golden/question_moves.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/intake/moves.h"
#include "tests/unit/golden.h"

static const struct {
    unsigned fact;
    const char *name;
} facts[] = {{IF_ANOTHERS, "another's"}, {ALWAYS, "-"}};

static const struct move *find(int from, int on, unsigned given)
{
    return moves_find(&intake_question_moves, from, on, given);
}

static void write_move(FILE *out, int from, int on, size_t fact)
{
    const struct move *move = find(from, on, facts[fact].fact);
    if (facts[fact].fact != ALWAYS && move == find(from, on, ALWAYS))
        return;
    fprintf(out, "%-9s  %-8s  %-9s  ", intake_question_moves.states[from],
            intake_question_moves.events[on], facts[fact].name);
    if (!is_ok(moves_outcome(move)))
        fprintf(out, "refused: %s\n", golden_reason(move));
    else
        fprintf(out, "%s\n", intake_question_moves.states[moves_to(move, from)]);
}

static void walk(FILE *out)
{
    for (int from = QUESTION_ASKED; from < QUESTION_STATES; from++)
        for (int on = 0; on < QUESTION_EVENTS; on++)
            for (size_t fact = 0; fact < sizeof facts / sizeof facts[0]; fact++)
                write_move(out, from, on, fact);
}

static void questions_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    golden_check(GOLDEN_DIR "/question_moves.txt", walk);
}

/* RULE H6: only one that was sent on stays open. */
static void whatever_comes_of_a_question_is_its_end(void **state)
{
    (void)state;
    for (int on = 0; on < QUESTION_EVENTS; on++)
        for (int from = QUESTION_ASKED; from < QUESTION_STATES; from++)
            if (from != QUESTION_ASKED && from != QUESTION_SENT_ON)
                assert_false(is_ok(moves_outcome(find(from, on, ALWAYS))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_move_as_the_golden_table_says_and_not_otherwise),
        cmocka_unit_test(whatever_comes_of_a_question_is_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
