/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H22: every state of what was asked x every event x every fact that decides, against
 * golden/approval_moves.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/approval.h"
#include "tests/unit/golden.h"

static const struct {
    unsigned facts;
    const char *words;
} situations[] = {
    {ALWAYS, "by another"},
    {WAITS, "asked twice"},
    {GIVES_WHY, "by another, why"},
    {BY_ASKER, "by the asker"},
    {BY_ASKER | MAY_ANSWER | GIVES_WHY, "by the asker, of the role"},
    {MAY_ANSWER, "by the second"},
    {MAY_ANSWER | GIVES_WHY, "by the second, why"},
    {MAY_ANSWER | GIVES_WHY | TOO_LATE, "by the second, late"},
};

static void write_move(FILE *out, int from, int on, unsigned facts, const char *words)
{
    const struct move *move = moves_find(&approval_moves, from, on, facts);

    fprintf(out, "%-9s  %-8s  %-25s  ", approval_moves.states[from], approval_moves.events[on],
            words);
    if (is_ok(moves_outcome(move)))
        fprintf(out, "%s, %s, RULE %s\n", approval_moves.states[moves_to(move, from)],
                approval_moves.thens[move->then], move->rule);
    else
        fprintf(out, "refused: %s\n", golden_reason(move));
}

static void walk(FILE *out)
{
    for (int from = APPROVAL_NONE; from < APPROVAL_STATES; from++)
        for (int on = ON_ASK; on < APPROVAL_EVENTS; on++)
            for (size_t i = 0; i < sizeof situations / sizeof situations[0]; i++)
                write_move(out, from, on, situations[i].facts, situations[i].words);
}

static void what_is_asked_moves_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    golden_check(GOLDEN_DIR "/approval_moves.txt", walk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_moves_as_the_golden_table_says_and_not_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
