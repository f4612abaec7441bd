/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-writeback: keeps the kernel from hoarding what PostgreSQL has written to its tables. The
 * launcher runs it beside a PostgreSQL of the hall's own.
 *
 *   onedoor-writeback --data_folder=FOLDER [--home=HOME] [--writeback_ms=N] */
#include "programs/writeback/writeback.h"

#include <stdio.h>

#include "common/base/config.h"
#include "common/values/log.h"

enum { ARENA_BYTES = 1 << 20 };

static const struct setting writeback_settings[] = {
    {"data_folder", SETTING_TEXT, "", 0, 4000, "Data folder of the PostgreSQL cluster."},
    {"writeback_ms", SETTING_NUMBER, "100", 10, 5000,
     "Pause between two looks at what has changed, in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

int main(int argc, char **argv)
{
    static const struct setting *const tables[] = {common_settings, writeback_settings, NULL};
    struct arena *arena = arena_new(ARENA_BYTES);
    const char *complaint = NULL;
    struct config *config;
    int code = 0;
    log_open("writeback");
    enum status status = config_read(&config, argc, argv, tables, arena, &complaint);
    if (status == STATUS_OK && *config_text(config, "data_folder") == '\0')
        complaint = "data_folder must say where the cluster is; --help lists the settings";
    if (complaint != NULL) {
        fprintf(stderr, "onedoor-writeback: %s\n", complaint);
        code = 2;
    } else if (status == STATUS_OK) { /* else it was asked what it can do, and has said so */
        code = writeback_run(config_text(config, "data_folder"),
                             (int)config_number(config, "writeback_ms"));
    }
    arena_free(&arena);
    return code;
}
