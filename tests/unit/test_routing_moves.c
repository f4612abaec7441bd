/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of a flow and of a task x every event x every fact that can matter, against
 * golden/routing_moves.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "services/routing/moves.h"

enum { GOLDEN_MAX = 16384, ALL_FACTS = 1 << 9 };

static const char *const flow_states[FLOW_STATES] = {
    [FLOW_NONE] = "none",     [FLOW_RUNNING] = "running",     [FLOW_GRANTED] = "granted",
    [FLOW_DENIED] = "denied", [FLOW_CANCELLED] = "cancelled",
};
static const char *const flow_events[FLOW_EVENTS] = {
    [ON_ACCEPTED] = "accepted",   [ON_DECIDE] = "decide", [ON_STAGE_DONE] = "stage done",
    [ON_SEND_BACK] = "send back", [ON_PAUSE] = "pause",   [ON_RESUME] = "resume",
    [ON_EXTEND] = "extend",       [ON_ENDED] = "ended",   [ON_TAKE] = "take",
};
static const char *const task_states[TASK_STATES] = {
    [TASK_NONE] = "none",           [TASK_OPEN] = "open",           [TASK_AGREED] = "agreed",
    [TASK_DISAGREED] = "disagreed", [TASK_CANCELLED] = "cancelled",
};
static const char *const task_events[TASK_EVENTS] = {
    [ON_OPEN] = "open",     [ON_OPINION] = "opinion", [ON_TAKEN] = "taken",
    [ON_RETURN] = "return", [ON_CANCEL] = "cancel",
};
static const char *const thens[ROUTING_THENS] = {
    [THEN_NOTHING] = "nothing",
    [OPEN_STAGE] = "open the stage",
    [GRANT] = "grant",
    [DENY] = "deny",
    [CANCEL_TASKS] = "cancel its tasks",
    [TAKE_OPINION] = "take the opinion",
    [TAKE_BRANCH] = "take the branch",
    [REOPEN_BRANCH] = "reopen the branch",
    [STAND_STILL] = "stand still",
    [GO_ON] = "go on",
    [LENGTHEN] = "lengthen",
    [START_CLOCK] = "start the clock",
    [STOP_CLOCK] = "stop the clock",
    [RESTART_CLOCK] = "restart the clock",
    [ASSIGN] = "assign",
};
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
    {OTHER_STAGE, "other stage"},
};
enum { N_FACTS = sizeof facts / sizeof *facts };

/* A table under walk: flow or task. */
struct walk {
    FILE *out;
    const char *name;
    const char *const *states, *const *events;
    int n_states, n_events;
    const struct routing_move *(*find)(int from, int on, unsigned facts);
};

static const struct routing_move *find_flow(int from, int on, unsigned given)
{
    return routing_flow_move(from, (enum flow_event)on, given);
}

static const struct routing_move *find_task(int from, int on, unsigned given)
{
    return routing_task_move(from, (enum task_event)on, given);
}

static void write_line(const struct walk *walk, int from, int on, const char *given,
                       const struct routing_move *move)
{
    fprintf(walk->out, "%s  %-9s  %-10s  %-22s  ", walk->name, walk->states[from], walk->events[on],
            given);
    if (move == NULL) {
        fprintf(walk->out, "no move\n");
        return;
    }
    if (move->refusal != 0)
        fprintf(
            walk->out, "refused: %s",
            protobuf_c_enum_descriptor_get_value(&onedoor__reason__descriptor, (int)move->refusal)
                ->name);
    else
        fprintf(walk->out, "%s, %s", walk->states[move->to], thens[move->then]);
    fprintf(walk->out, move->rule[0] == '\0' ? "\n" : ", RULE %s\n", move->rule);
}

/* What happens when nothing is so; then each fact, or pair of facts, that changes it. */
static void write_pair(const struct walk *walk, int from, int on)
{
    const struct routing_move *plain = walk->find(from, on, ALWAYS);
    write_line(walk, from, on, "", plain);
    for (size_t i = 0; i < N_FACTS; i++) {
        const struct routing_move *move = walk->find(from, on, facts[i].fact);
        if (move != plain)
            write_line(walk, from, on, facts[i].name, move);
    }
}

static void walk_all(const struct walk *walk)
{
    for (int from = 0; from < walk->n_states; from++)
        for (int on = 0; on < walk->n_events; on++)
            write_pair(walk, from, on);
}

static char *read_golden(void)
{
    char *text = calloc(1, GOLDEN_MAX);
    FILE *file = fopen(GOLDEN_DIR "/routing_moves.txt", "r");
    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, GOLDEN_MAX - 1, file) > 0);
    fclose(file);
    return text;
}

static void flows_and_tasks_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    char *walked = NULL, *golden = read_golden();
    size_t size;
    FILE *out = open_memstream(&walked, &size);
    assert_non_null(out);
    walk_all(
        &(struct walk){out, "flow", flow_states, flow_events, FLOW_STATES, FLOW_EVENTS, find_flow});
    walk_all(
        &(struct walk){out, "task", task_states, task_events, TASK_STATES, TASK_EVENTS, find_task});
    fclose(out);
    assert_string_equal(golden, walked);
    free(walked);
    free(golden);
}

static void what_is_over_never_moves_again(void **state)
{
    (void)state;
    for (unsigned given = 0; given < ALL_FACTS; given++)
        for (int on = 0; on < FLOW_EVENTS; on++)
            for (int from = FLOW_GRANTED; from < FLOW_STATES; from++) {
                const struct routing_move *move = find_flow(from, on, given);
                assert_true(move == NULL || move->to == from);
            }
}

static void a_refusing_row_goes_nowhere_and_does_nothing(void **state)
{
    (void)state;
    for (unsigned given = 0; given < ALL_FACTS; given++)
        for (int from = 0; from < TASK_STATES; from++)
            for (int on = 0; on < TASK_EVENTS; on++) {
                const struct routing_move *move = find_task(from, on, given);
                assert_true(move == NULL || move->refusal == 0 ||
                            (move->to == from && move->then == THEN_NOTHING));
            }
}

static void where_no_row_matches_the_answer_says_why(void **state)
{
    (void)state;
    static const struct {
        int flow;
        Onedoor__Reason reason;
    } cases[] = {
        {FLOW_NONE, ONEDOOR__REASON__UNKNOWN_CASE},
        {FLOW_GRANTED, ONEDOOR__REASON__CASE_CLOSED},
        {FLOW_DENIED, ONEDOOR__REASON__CASE_CLOSED},
        {FLOW_CANCELLED, ONEDOOR__REASON__CASE_CLOSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome =
            routing_may(find_flow(cases[i].flow, ON_DECIDE, ALWAYS), cases[i].flow);
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
        cmocka_unit_test(where_no_row_matches_the_answer_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
