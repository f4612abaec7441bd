/* SPDX-License-Identifier: Apache-2.0 */
/* config.h: settings, as typed tables. From a table come the parser, --help and --show-config.
 *
 * A value is taken, weakest first, from: the default, HOME/onedoor.conf ("name = value" lines, #
 * comments; settings of other programs are ignored), the environment (ONEDOOR_NAME, in capitals),
 * the command line (--name=value). */
#ifndef COMMON_CONFIG_H
#define COMMON_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/arena.h"
#include "common/base/status.h"

enum setting_type {
    SETTING_TEXT,
    SETTING_NUMBER,
    SETTING_BOOL, /* yes or no */
    SETTING_LIST, /* texts: given on the command line alone, once for each */
};

struct setting {
    const char *name;
    enum setting_type type;
    const char *fallback; /* the default, as it would be typed */
    int64_t least, most;  /* of a number; of a text: bytes */
    const char *meaning;  /* one sentence, with the unit */
};

struct config;

/* Read settings from all four places. `tables` ends with null; each argument must be "--name=value"
 * (arguments.h makes them so). Without a setting "home" no file is read. STATUS_INVALID: *error is
 * one sentence, in the arena. */
MUST_USE enum status config_read(struct config **, int n_arguments, char **arguments,
                                 const struct setting *const *tables, struct arena *,
                                 const char **error);

/* A config with defaults only, for tests. */
struct config *config_defaults(const struct setting *const *tables, struct arena *);
void config_set(struct config *, const char *name, const char *value);

/* A setting that no table names is a bug. */
const char *config_text(const struct config *, const char *name);
int64_t config_number(const struct config *, const char *name);
bool config_bool(const struct config *, const char *name);
const char *const *config_list(const struct config *, const char *name); /* null after the last */

/* Every setting with its value; with its default and its meaning. */
void config_show(const struct config *, FILE *);
void config_help(const struct config *, FILE *);

/* The settings that all programs of a hall share (home, centre, bus, hours, clock, limits). */
extern const struct setting common_settings[];

#endif
