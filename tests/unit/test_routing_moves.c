/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of a flow and of a task x every event x every fact that can matter, against
 * golden/routing_moves.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/routing/moves.h"
#include "tests/unit/golden.h"

enum { ALL_FACTS = 1 << 10 };

static const struct {
    unsigned fact;
    const char *name;
} facts[] = {
    {DISAGREED, "disagreed"},
    {MORE_STAGES, "more stages"},
    {DISAGREED | MORE_STAGES, "disagreed, more stages"},
    {KIND_OPEN, "kind open"},
    {EXTENDED, "extended"},
    {TOO_LONG, "too long"},
    {EXTENDED | TOO_LONG, "extended, too long"},
    {AGREES, "agrees"},
    {NO_OPINION, "no opinion"},
    {AGREES | NO_OPINION, "agrees, no opinion"},
    {SURVEYED_ALONE, "surveyed alone"},
    {AGREES | SURVEYED_ALONE, "agrees, surveyed alone"},
    {AGREES | FROM_ELSEWHERE, "agrees, from elsewhere"},
    {OTHER_STAGE, "other stage"},
    {EXPIRED, "expired"},
    {EXPIRED | KIND_OPEN, "expired, kind open"},
    {EXPIRED | EXTENDED, "expired, extended"},
    {EXPIRED | TOO_LONG, "expired, too long"},
};
enum { N_FACTS = sizeof facts / sizeof *facts };

static void write_line(FILE *out, const struct moves *moves, int from, int on, const char *given,
                       const struct move *move)
{
    fprintf(out, "%s  %-9s  %-10s  %-22s  ", moves == &routing_flow_moves ? "flow" : "task",
            moves->states[from], moves->events[on], given);
    if (move->on == ON_ANYTHING) {
        fprintf(out, "no move\n");
        return;
    }
    if (is_ok(moves_outcome(move)))
        fprintf(out, "%s, %s", moves->states[moves_to(move, from)], moves->thens[move->then]);
    else
        fprintf(out, "refused: %s", golden_reason(move));
    fprintf(out, move->rule[0] == '\0' ? "\n" : ", RULE %s\n", move->rule);
}

/* What happens when nothing is so; then each fact, or pair of facts, that changes it. */
static void write_pair(FILE *out, const struct moves *moves, int from, int on)
{
    const struct move *plain = moves_find(moves, from, on, ALWAYS);
    write_line(out, moves, from, on, "", plain);
    for (size_t i = 0; i < N_FACTS; i++) {
        const struct move *move = moves_find(moves, from, on, facts[i].fact);
        if (move != plain)
            write_line(out, moves, from, on, facts[i].name, move);
    }
}

static void walk(FILE *out)
{
    const struct moves *const tables[] = {&routing_flow_moves, &routing_task_moves};
    for (size_t i = 0; i < 2; i++)
        for (int from = 0; from < tables[i]->n_states; from++)
            for (int on = 0; on < tables[i]->n_events; on++)
                write_pair(out, tables[i], from, on);
}

static void flows_and_tasks_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    golden_check(GOLDEN_DIR "/routing_moves.txt", walk);
}

/* But when the decision is taken back. */
static void what_is_over_never_moves_again(void **state)
{
    (void)state;
    for (unsigned given = 0; given < ALL_FACTS; given++)
        for (int on = 0; on < FLOW_EVENTS; on++)
            for (int from = FLOW_GRANTED; from < FLOW_STATES; from++) {
                int decided = from == FLOW_GRANTED || from == FLOW_DENIED;
                assert_int_equal(on == ON_TAKEN_BACK && decided ? FLOW_RUNNING : from,
                                 moves_to(moves_find(&routing_flow_moves, from, on, given), from));
            }
}

static void a_refusing_row_goes_nowhere_and_does_nothing(void **state)
{
    (void)state;
    for (unsigned given = 0; given < ALL_FACTS; given++)
        for (int from = 0; from < TASK_STATES; from++)
            for (int on = 0; on < TASK_EVENTS; on++) {
                const struct move *move = moves_find(&routing_task_moves, from, on, given);
                assert_true(is_ok(moves_outcome(move)) ||
                            (move->to == STAYS && move->then == TASK_UNTOUCHED));
            }
}

static void what_the_table_does_not_know_is_refused_by_its_state(void **state)
{
    (void)state;
    static const struct {
        const struct moves *moves;
        int from, on;
        Onedoor__Reason reason;
    } cases[] = {
        {&routing_flow_moves, FLOW_NONE, ON_DECIDE, ONEDOOR__REASON__UNKNOWN_CASE},
        {&routing_flow_moves, FLOW_GRANTED, ON_DECIDE, ONEDOOR__REASON__CASE_CLOSED},
        {&routing_flow_moves, FLOW_DENIED, ON_DECIDE, ONEDOOR__REASON__CASE_CLOSED},
        {&routing_flow_moves, FLOW_CANCELLED, ON_DECIDE, ONEDOOR__REASON__CASE_CLOSED},
        {&routing_task_moves, TASK_NONE, ON_OPINION, ONEDOOR__REASON__NO_SUCH_TASK},
        {&routing_task_moves, TASK_CANCELLED, ON_OPINION, ONEDOOR__REASON__CASE_CLOSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome =
            moves_outcome(moves_find(cases[i].moves, cases[i].from, cases[i].on, ALWAYS));
        assert_false(is_ok(outcome));
        assert_int_equal(cases[i].reason, outcome.reason);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_and_tasks_move_as_the_golden_table_says_and_not_otherwise),
        cmocka_unit_test(what_is_over_never_moves_again),
        cmocka_unit_test(a_refusing_row_goes_nowhere_and_does_nothing),
        cmocka_unit_test(what_the_table_does_not_know_is_refused_by_its_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
