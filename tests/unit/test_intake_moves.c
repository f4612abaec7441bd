/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of a case x every event, with and without each fact a move may ask for, against
 * golden/intake_moves.txt. Where a fact makes no difference it is not listed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/intake/moves.h"

enum {
    GOLDEN_MAX = 1 << 16,
    ALL_FACTS = IF_COMPLETE | IF_PROMISED | IF_FEE | IF_NOT_FIT | IF_TIME_UP
};

static const struct {
    unsigned fact;
    const char *name;
} facts[] = {
    {IF_COMPLETE, "complete"}, {IF_PROMISED, "promised"}, {IF_FEE, "fee"},
    {IF_NOT_FIT, "not fit"},   {IF_TIME_UP, "time up"},   {0, "-"},
};

static const char *reason_name(enum case_state from)
{
    struct outcome refused = intake_no_move(from);
    assert_int_equal(ONEDOOR__CODE__FAILED_PRECONDITION, refused.code);
    return protobuf_c_enum_descriptor_get_value(&onedoor__reason__descriptor, (int)refused.reason)
        ->name;
}

static void write_move(FILE *out, enum case_state from, enum case_event on, size_t fact)
{
    const struct case_move *move = intake_move(from, on, facts[fact].fact);
    if (facts[fact].fact != 0 && move == intake_move(from, on, 0))
        return;
    fprintf(out, "%-11s  %-13s  %-8s  ", intake_state_name(from), intake_event_name(on),
            facts[fact].name);
    if (move == NULL)
        fprintf(out, "refused: %s\n", reason_name(from));
    else
        fprintf(out, "%s, %s, RULE %s\n",
                move->to == CASE_SAME ? "stays" : intake_state_name(move->to),
                intake_effect_name(move->then), move->rule);
}

static char *walk(void)
{
    char *walked = NULL;
    size_t size;
    FILE *out = open_memstream(&walked, &size);
    assert_non_null(out);
    for (enum case_state from = CASE_RECEIVED; from < CASE_STATES; from++)
        for (enum case_event on = ON_CHECK; on < CASE_EVENTS; on++)
            for (size_t fact = 0; fact < sizeof facts / sizeof facts[0]; fact++)
                if (on != ON_ITS_OWN || intake_move(from, on, facts[fact].fact) != NULL)
                    write_move(out, from, on, fact);
    fclose(out);
    return walked;
}

static char *read_golden(void)
{
    char *text = calloc(1, GOLDEN_MAX);
    FILE *file = fopen(GOLDEN_DIR "/intake_moves.txt", "r");
    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, GOLDEN_MAX - 1, file) > 0);
    fclose(file);
    return text;
}

static void cases_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    char *walked = walk(), *golden = read_golden();
    assert_string_equal(golden, walked);
    free(walked);
    free(golden);
}

/* What follows on its own comes to an end, whatever is true of the case. */
static void nothing_follows_on_its_own_for_ever(void **state)
{
    (void)state;
    for (unsigned set = 0; set <= ALL_FACTS; set++)
        for (enum case_state from = CASE_RECEIVED; from < CASE_STATES; from++) {
            enum case_state at = from;
            const struct case_move *move;
            int steps = 0;
            for (; (move = intake_move(at, ON_ITS_OWN, set)) != NULL; at = move->to) {
                assert_int_not_equal(CASE_SAME, move->to);
                assert_true(++steps < CASE_STATES);
            }
        }
}

/* A decision is never left standing: it is closed, or its fee is due. */
static void no_case_rests_decided_but_open(void **state)
{
    (void)state;
    for (unsigned set = 0; set <= ALL_FACTS; set++) {
        assert_non_null(intake_move(CASE_GRANTED, ON_ITS_OWN, set));
        assert_non_null(intake_move(CASE_DENIED, ON_ITS_OWN, set));
    }
}

/* A closed case never changes but by delivery; one that was refused, withdrawn or terminated never
 * leaves its state. */
static void a_case_that_has_ended_stays_ended(void **state)
{
    static const enum case_state ended[] = {CASE_CLOSED, CASE_DELIVERED, CASE_REFUSED,
                                            CASE_WITHDRAWN, CASE_TERMINATED};
    (void)state;
    for (size_t i = 0; i < sizeof ended / sizeof ended[0]; i++)
        for (enum case_event on = ON_CHECK; on < CASE_EVENTS; on++) {
            const struct case_move *move = intake_move(ended[i], on, ALL_FACTS);
            if (move != NULL && !(ended[i] == CASE_CLOSED && on == ON_DELIVER)) {
                assert_int_equal(CASE_SAME, move->to);
                assert_int_equal(SAY_NOTHING, move->then);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_move_as_the_golden_table_says_and_not_otherwise),
        cmocka_unit_test(nothing_follows_on_its_own_for_ever),
        cmocka_unit_test(no_case_rests_decided_but_open),
        cmocka_unit_test(a_case_that_has_ended_stays_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
