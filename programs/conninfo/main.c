/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-conninfo: rewrites a libpq connection string.
 *
 *   onedoor-conninfo [--section=NAME] [KEYWORD=VALUE]... <STRING >STRING
 *
 * Reads a connection string (keywords or URI) on standard input, replaces the given keywords (an
 * empty value removes one) and writes it in the form of keywords; with --section, as the section
 * NAME of a connection service file. Connection strings hold passwords, so they are never taken
 * from the command line, where every user of the machine could read them. */
#include <limits.h>

#include "common/base/program.h"
#include "programs/conninfo/rewrite.h"

static const struct setting conninfo_settings[] = {
    {"section", SETTING_TEXT, "", 0, 60,
     "Write a section of this name of a connection service file; empty: one line of keywords."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {conninfo_settings, NULL};

static int run(const struct invocation *invocation)
{
    rewrite(config_text(invocation->config, "section"), invocation->operands);
    return PROGRAM_OK;
}

static const struct program program = {
    .name = "conninfo",
    .purpose = "Rewrites the connection string on its standard input.",
    .settings = tables,
    .operands = "[KEYWORD=VALUE]...",
    .operands_max = INT_MAX,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
