/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-health: asks the services of a hall how they are, over the bus, as an operator would.
 *
 *   onedoor-health --home=HOME [--service NAME] [--json] [--timeout_ms N]
 *
 * Health is answered by a service's writing loop, so an answer proves that the service works and
 * not merely that it runs. One line a service, or one JSON object; the exit status is 0 when every
 * service asked is ready. */
#include "programs/health/visit.h"

#include <stdio.h>

#include "common/base/words.h"
#include "common/values/log.h"

enum { ARENA_BYTES = 4 * 1024 * 1024 };

static const struct setting health_settings[] = {
    {"service", SETTING_TEXT, "", 0, 20, "The one service to ask; empty: all of them."},
    {"json", SETTING_BOOL, "no", 0, 0, "Answer as JSON: yes or no."},
    {"timeout_ms", SETTING_NUMBER, "2000", 1, 60000, "How long to wait for an answer, in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

int main(int argc, char **argv)
{
    log_open("health");
    struct arena *arena = arena_new(ARENA_BYTES);
    const struct setting *const tables[] = {common_settings, health_settings, NULL};
    const char *complaint = NULL;
    struct config *config;
    struct words words;
    int code = 0;
    enum status status = words_read(&config, &words, argc, argv, tables, arena, &complaint);
    if (status == STATUS_OK && words.n_operands > 0)
        complaint = "it takes settings only; --help lists them";
    if (complaint != NULL) {
        fprintf(stderr, "onedoor-health: %s\n", complaint);
        code = 2;
    } else if (status == STATUS_OK) { /* else it was asked what it can do, and has said so */
        code = visit(config);
    }
    arena_free(&arena);
    return code;
}
