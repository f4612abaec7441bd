/* SPDX-License-Identifier: Apache-2.0 */
/* options.h: the launcher's command line. */
#ifndef ONEDOOR_LAUNCHER_OPTIONS_H
#define ONEDOOR_LAUNCHER_OPTIONS_H

#include "supervisor.h"

/* A shell command that is run instead of a service, or below all of them. */
struct command {
    const char *name;
    const char *line;
    bool base; /* started first and stopped last */
};

/* Strings are those of argv. */
struct options {
    const char *home;
    bool foreground;
    bool gateway;         /* people come in by HTTP; simulated halls have none */
    const char *postgres; /* NULL: the database is not ours to run */
    const char *data;     /* its folder; there whenever postgres is */
    bool own_list;        /* --process was given */
    int n_commands;
    struct command commands[MAX_PROCESSES];
    struct patience patience;
};

/* What the command line says and the defaults for the rest. Ends the program with a sentence when
 * it is wrong. */
void options_read(struct options *, int argc, char **argv);

#endif
