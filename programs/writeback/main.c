/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-writeback: has the kernel write PostgreSQL's changed pages to disk soon and steadily. The
 * launcher runs it for a PostgreSQL of the hall's own.
 *
 *   onedoor-writeback --data_folder=FOLDER [--home=HOME] [--writeback_ms=N] */
#include "common/base/program.h"
#include "programs/writeback/writeback.h"

static const struct setting writeback_settings[] = {
    {"data_folder", SETTING_TEXT, "", 0, 4000, "Data folder of the PostgreSQL cluster."},
    {"writeback_ms", SETTING_NUMBER, "100", 10, 5000,
     "Pause between two searches for changed files, in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {writeback_settings, common_settings, NULL};

static int run(const struct invocation *invocation)
{
    const char *data = config_text(invocation->config, "data_folder");
    if (*data == '\0')
        return program_misused(
            "data_folder must say where the cluster is; --help lists the settings");
    return writeback_run(data, (int)config_number(invocation->config, "writeback_ms"));
}

static const struct program program = {
    .name = "writeback",
    .purpose = "Has the kernel write PostgreSQL's changed pages soon and steadily.",
    .settings = tables,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
