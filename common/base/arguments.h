/* SPDX-License-Identifier: Apache-2.0 */
/* arguments.h: the command line, sorted into settings, operands and questions.
 *
 *   --cases 100 --json       as if it were --cases=100 --json=yes
 *   --stop-ms=20             as if it were --stop_ms=20
 *   220113-000042-7          an operand: an argument that belongs to no setting
 *   --help, --version, --show-config    questions about the program, wherever they stand */
#ifndef COMMON_ARGUMENTS_H
#define COMMON_ARGUMENTS_H

#include "common/base/config.h"

struct arguments {
    char **settings; /* each "--name=value" when it names a setting, otherwise as it was typed */
    int n_settings;
    char **operands; /* null after the last */
    int n_operands;
    bool help, version, show_config;
};

/* Sorts them. `tables` ends with null. Cannot fail: what is wrong is left to config_read. */
void arguments_read(struct arguments *, int argc, char **argv, const struct setting *const *tables,
                    struct arena *);

#endif
