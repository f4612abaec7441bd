/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-verify: checks the invariants of a hall. One line each:
 *
 *   ok 2 journals gapless and chained: 41233 events
 *   BROKEN 5 a stage is done when its tasks are: 1 of 812 flows, first: 220113-000042-7 ...
 *
 * The exit status is 0 when all of them hold. */
#include "programs/verify/verify.h"

#include <stdio.h>

#include "common/base/words.h"
#include "common/postgres/pgadmin.h"
#include "common/postgres/pgcalendar.h"
#include "common/values/log.h"

enum { ARENA_BYTES = 16 << 20 };

static const struct setting verify_settings[] = {
    {"json", SETTING_BOOL, "no", 0, 0, "Print the findings as JSON."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

int main(int argc, char **argv)
{
    static const struct setting *const tables[] = {common_settings, verify_settings, NULL};
    struct arena *arena = arena_new(ARENA_BYTES);
    struct config *config;
    struct words words;
    const char *complaint = NULL;
    int code = 0;
    log_open("verify");
    enum status status = words_read(&config, &words, argc, argv, tables, arena, &complaint);
    if (status == STATUS_OK && words.n_operands > 0)
        complaint = "takes settings only; see --help";
    if (complaint != NULL) {
        fprintf(stderr, "onedoor-verify: %s\n", complaint);
        code = 2;
    } else if (status == STATUS_OK) { /* else it was asked what it can do, and has said so */
        struct verify verify = {.config = config,
                                .centre = (int16_t)config_number(config, "centre")};
        pgcalendar_read(&verify.calendar, config, arena);
        verify.conn = pgadmin_connect(config, NULL);
        code = verify_run(&verify, config_bool(config, "json"));
        PQfinish(verify.conn);
    }
    arena_free(&arena);
    return code;
}
