/* SPDX-License-Identifier: Apache-2.0 */
/* program.h: the skeleton of every program. main declares what the program is; program_main reads
 * the command line and the settings, answers --help, --version and --show-config, and runs it.
 *
 *   static const struct program health = {
 *       .name = "health",
 *       .purpose = "Asks the services how they are.",
 *       .settings = health_tables,
 *       .run = health_run,
 *   };
 *
 *   int main(int argc, char **argv)
 *   {
 *       return program_main(argc, argv, &health);
 *   } */
#ifndef COMMON_PROGRAM_H
#define COMMON_PROGRAM_H

#include "common/base/config.h"

/* The exit code of every program. */
enum program_code {
    PROGRAM_OK = 0,     /* it did what it was asked to do, and found nothing wrong */
    PROGRAM_FAILED = 1, /* it could not, or what it checked is not as it must be */
    PROGRAM_USAGE = 2,  /* the command line or a setting is wrong: nothing was begun */
};

/* What a program is started with. Lives as long as it runs. */
struct invocation {
    struct config *config;
    char **operands; /* null after the last */
    int n_operands;
    char **argv; /* as main got it */
    int stop_fd; /* readable once the program is to end; -1 unless it declares `stops` */
    struct arena *arena;
    const void *context; /* of the declaration */
};

struct program {
    const char *name;                      /* "health": the program is onedoor-health */
    const char *purpose;                   /* one sentence, for --help */
    const struct setting *const *settings; /* tables, null after the last; null: none. Of two
                                              settings of one name the earlier holds */
    const char *operands;                  /* as --help shows them: "NUMBER"; null: none */
    int operands_min, operands_max;        /* how many it takes */
    const char *notes;                     /* printed after the settings by --help; null: nothing */
    bool stops; /* it ends in order: SIGTERM and SIGINT make stop_fd readable, SIGPIPE is ignored.
                   Otherwise signals do what they do by themselves */
    int (*run)(const struct invocation *); /* returns the exit code */
    const void *context;
};

/* Returns the exit code. Output that cannot be written is a failure too. */
int program_main(int argc, char **argv, const struct program *);

/* The name of the program that runs; "onedoor" before program_main. */
const char *program_name(void);

/* Has the program been told to end? Waits for it at most wait_ms. */
bool program_stopping(const struct invocation *, int wait_ms);

/* One sentence on stderr, after the program's name. They return PROGRAM_FAILED and PROGRAM_USAGE;
 * program_die ends the process with PROGRAM_FAILED. */
int program_failed(const char *format, ...) __attribute__((format(printf, 1, 2)));
int program_misused(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void program_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
