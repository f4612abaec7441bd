/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/program.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>

#include "common/base/arguments.h"
#include "common/base/version.h"

enum { ARENA_BYTES = 16 << 20, LOG_BYTES = 4096 };

static const char *running = "onedoor";

const char *program_name(void)
{
    return running;
}

/* ---- what it says when it cannot go on */

static void say(const char *format, va_list args)
{
    fprintf(stderr, "onedoor-%s: ", running);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

int program_failed(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    return PROGRAM_FAILED;
}

int program_misused(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    return PROGRAM_USAGE;
}

void program_die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    exit(PROGRAM_FAILED);
}

/* ---- signals */

/* Blocked in every thread that starts later, so that none of them is interrupted. */
static int open_stop_fd(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

bool program_stopping(const struct invocation *invocation, int wait_ms)
{
    struct pollfd fd = {invocation->stop_fd, POLLIN, 0};
    return poll(&fd, 1, wait_ms) > 0;
}

/* ---- from the command line to its end */

static void show_help(const struct program *program, const struct setting *const *tables,
                      struct arena *arena)
{
    const char *operands = program->operands == NULL ? "" : program->operands;
    printf("%s\n\nusage: onedoor-%s %s%s[--NAME=VALUE]...\n\n", program->purpose, program->name,
           operands, *operands == '\0' ? "" : " ");
    config_help(config_defaults(tables, arena), stdout);
    if (program->notes != NULL)
        fputs(program->notes, stdout);
}

static bool takes(const struct program *program, int n_operands)
{
    return n_operands >= program->operands_min && n_operands <= program->operands_max;
}

static int misplaced(const struct program *program, const struct arguments *arguments)
{
    if (program->operands == NULL)
        return program_misused("'%s' is not --name=value; --help lists the settings",
                               arguments->operands[0]);
    return program_misused("usage: onedoor-%s %s; --help says more", program->name,
                           program->operands);
}

static int start(const struct program *program, const struct arguments *arguments,
                 const struct setting *const *tables, struct invocation *invocation)
{
    const char *error;
    if (arguments->help) {
        show_help(program, tables, invocation->arena);
        return PROGRAM_OK;
    }
    if (arguments->version) {
        printf("onedoor-%s %s\n", program->name, onedoor_version);
        return PROGRAM_OK;
    }
    if (config_read(&invocation->config, arguments->n_settings, arguments->settings, tables,
                    invocation->arena, &error) != STATUS_OK)
        return program_misused("%s", error);
    if (arguments->show_config) {
        config_show(invocation->config, stdout);
        return PROGRAM_OK;
    }
    if (!takes(program, arguments->n_operands))
        return misplaced(program, arguments);
    if (program->stops)
        invocation->stop_fd = open_stop_fd();
    return program->run(invocation);
}

int program_main(int argc, char **argv, const struct program *program)
{
    static const struct setting *const none[] = {NULL};
    const struct setting *const *tables = program->settings == NULL ? none : program->settings;
    struct arena *arena = arena_new(ARENA_BYTES);
    struct arguments arguments;
    running = program->name;
    setvbuf(stderr, NULL, _IOLBF, LOG_BYTES); /* a line of the log is one write */
    arguments_read(&arguments, argc, argv, tables, arena);
    struct invocation invocation = {.operands = arguments.operands,
                                    .n_operands = arguments.n_operands,
                                    .argv = argv,
                                    .stop_fd = -1,
                                    .arena = arena,
                                    .context = program->context};
    int code = start(program, &arguments, tables, &invocation);
    if (fflush(stdout) != 0 && code == PROGRAM_OK)
        code = program_failed("cannot write its output");
    arena_free(&arena);
    return code;
}
