/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/program.h"
#include "common/base/version.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAID_BYTES = 4096, DID_ITS_WORK = 7 };

static const struct setting own_settings[] = {
    {"steps", SETTING_NUMBER, "3", 1, 9, "How many steps."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};
static const struct setting *const tables[] = {own_settings, NULL};

static int work(const struct invocation *invocation)
{
    printf("steps=%d operands=%d", (int)config_number(invocation->config, "steps"),
           invocation->n_operands);
    for (char **operand = invocation->operands; *operand != NULL; operand++)
        printf(" %s", *operand);
    return DID_ITS_WORK;
}

static const struct program plain = {
    .name = "plain", .purpose = "Counts its steps.", .settings = tables, .run = work};
static const struct program with_operands = {.name = "pair",
                                             .purpose = "Takes a pair.",
                                             .operands = "ONE TWO",
                                             .operands_min = 2,
                                             .operands_max = 2,
                                             .settings = tables,
                                             .notes = "And so on.\n",
                                             .run = work};

/* Runs it in a process of its own. Returns its exit code; what it printed is in `said`. */
static int run(const struct program *program, char **argv, char said[SAID_BYTES])
{
    int ends[2], argc = 0, status;
    size_t used = 0;
    ssize_t n;
    fflush(stdout);
    assert_int_equal(0, pipe(ends));
    while (argv[argc] != NULL)
        argc++;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        _exit(program_main(argc, argv, program));
    }
    close(ends[1]);
    while ((n = read(ends[0], said + used, SAID_BYTES - 1 - used)) > 0)
        used += (size_t)n;
    said[used] = '\0';
    close(ends[0]);
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#define RUN(program, said, ...) run(program, (char *[]){"program", __VA_ARGS__ NULL}, said)

static void a_program_runs_with_its_settings_and_operands(void **state)
{
    char said[SAID_BYTES];

    (void)state;
    assert_int_equal(DID_ITS_WORK, RUN(&plain, said, "--steps", "4", ));
    assert_string_equal("steps=4 operands=0", said);
    assert_int_equal(DID_ITS_WORK, RUN(&with_operands, said, "a", "--steps=5", "b", ));
    assert_string_equal("steps=5 operands=2 a b", said);
}

static void help_is_answered_wherever_it_stands_and_nothing_runs(void **state)
{
    char said[SAID_BYTES];

    (void)state;
    assert_int_equal(PROGRAM_OK, RUN(&with_operands, said, "--steps=5", "--help", ));
    assert_non_null(strstr(said, "Takes a pair.\n"));
    assert_non_null(strstr(said, "usage: onedoor-pair ONE TWO [--NAME=VALUE]...\n"));
    assert_non_null(strstr(said, "--steps=3\n    How many steps.\n"));
    assert_non_null(strstr(said, "And so on.\n"));
    assert_null(strstr(said, "operands="));
}

static void its_version_is_told_and_nothing_runs(void **state)
{
    char said[SAID_BYTES], expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "onedoor-plain %s\n", onedoor_version);
    assert_int_equal(PROGRAM_OK, RUN(&plain, said, "--steps=5", "--version", ));
    assert_string_equal(expected, said);
}

static void the_settings_are_shown_and_nothing_runs(void **state)
{
    char said[SAID_BYTES];

    (void)state;
    assert_int_equal(PROGRAM_OK, RUN(&plain, said, "--steps=5", "--show-config", ));
    assert_string_equal("steps = 5\n", said);
}

static void what_is_typed_wrongly_is_told_and_nothing_runs(void **state)
{
    char said[SAID_BYTES];

    (void)state;
    assert_int_equal(PROGRAM_USAGE, RUN(&plain, said, "--steps=10", ));
    assert_string_equal("onedoor-plain: steps must be a number from 1 to 9, not '10'\n", said);
    assert_int_equal(PROGRAM_USAGE, RUN(&plain, said, "--show-config", "--stride=1", ));
    assert_non_null(strstr(said, "no setting '--stride=1'"));
    assert_int_equal(PROGRAM_USAGE, RUN(&plain, said, "surplus", ));
    assert_non_null(strstr(said, "'surplus' is not --name=value"));
    assert_int_equal(PROGRAM_USAGE, RUN(&with_operands, said, "a", ));
    assert_non_null(strstr(said, "usage: onedoor-pair ONE TWO"));
    assert_int_equal(PROGRAM_USAGE, RUN(&with_operands, said, "a", "b", "c", ));
}

/* ---- its end */

static int end_when_told(const struct invocation *invocation)
{
    if (program_stopping(invocation, 0))
        return PROGRAM_FAILED; /* before anybody told it */
    kill(getpid(), SIGPIPE);
    kill(getpid(), *invocation->operands[0] == 'T' ? SIGTERM : SIGINT);
    return program_stopping(invocation, 10000) ? DID_ITS_WORK : PROGRAM_FAILED;
}

static void a_program_that_stops_in_order_is_told_of_both_signals(void **state)
{
    static const struct program stops = {
        .name = "stops", .operands_max = 1, .stops = true, .run = end_when_told};
    char said[SAID_BYTES];

    (void)state;
    assert_int_equal(DID_ITS_WORK, RUN(&stops, said, "TERM", ));
    assert_int_equal(DID_ITS_WORK, RUN(&stops, said, "INT", ));
}

static int write_to_a_full_disk(const struct invocation *invocation)
{
    (void)invocation;
    if (freopen("/dev/full", "w", stdout) == NULL)
        return DID_ITS_WORK;
    printf("a word");
    return PROGRAM_OK;
}

static int give_up(const struct invocation *invocation)
{
    program_die("%s is gone", invocation->operands[0]);
}

static void output_that_is_lost_and_what_cannot_go_on_are_failures(void **state)
{
    static const struct program writes = {.name = "writes", .run = write_to_a_full_disk};
    static const struct program dies = {.name = "dies", .operands_max = 1, .run = give_up};
    char said[SAID_BYTES];

    (void)state;
    assert_int_equal(PROGRAM_FAILED, RUN(&writes, said, ));
    assert_string_equal("onedoor-writes: cannot write its output\n", said);
    assert_int_equal(PROGRAM_FAILED, RUN(&dies, said, "the hall", ));
    assert_string_equal("onedoor-dies: the hall is gone\n", said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_runs_with_its_settings_and_operands),
        cmocka_unit_test(help_is_answered_wherever_it_stands_and_nothing_runs),
        cmocka_unit_test(its_version_is_told_and_nothing_runs),
        cmocka_unit_test(the_settings_are_shown_and_nothing_runs),
        cmocka_unit_test(what_is_typed_wrongly_is_told_and_nothing_runs),
        cmocka_unit_test(a_program_that_stops_in_order_is_told_of_both_signals),
        cmocka_unit_test(output_that_is_lost_and_what_cannot_go_on_are_failures),
    };
    return cmocka_run_group_tests_name("program", tests, NULL, NULL);
}
