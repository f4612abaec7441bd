/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-bench: how many full lives of a case a second, how long a command takes at half of that,
 * and where the time goes; beside what PostgreSQL alone can do, on the same cluster, with the same
 * settings, in the same run.
 *
 *   onedoor-bench --home=HOME [--json] [--seconds=N]
 *   onedoor-bench --home=HOME --http [--json]       what the gateway itself costs (http.h)
 *
 * The rate is closed lives over the whole time from the first submission until every service has
 * digested every event: nothing is left for later. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/values/log.h"
#include "programs/bench/figures.h"
#include "programs/bench/http.h"
#include "programs/bench/services.h"

enum { SETTINGS_BYTES = 1 << 20 };

static const struct setting bench_settings[] = {
    {"seconds", SETTING_NUMBER, "15", 1, 3600, "How long to measure each part, in seconds."},
    {"in_flight", SETTING_NUMBER, "600", 1, 10000,
     "Lives going on at once while the rate is measured."},
    {"http", SETTING_BOOL, "no", 0, 0, "Measure the gateway instead of the services: yes or no."},
    {"requests", SETTING_NUMBER, "20000", 1000, 10000000,
     "Requests of each kind, to the gateway and to the bare handler beside it."},
    {"streams", SETTING_NUMBER, "5000", 1, 5900,
     "Streams open at once, and requests waiting at once."},
    {"json", SETTING_BOOL, "no", 0, 0, "Print JSON: yes or no."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

/* "--json" alone is "--json=yes". */
static void spell_out(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--json") == 0)
            argv[i] = (char *)"--json=yes";
        else if (strcmp(argv[i], "--http") == 0)
            argv[i] = (char *)"--http=yes";
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new(SETTINGS_BYTES);
    struct config *config;
    const char *complaint = NULL;
    log_open("bench");
    spell_out(argc, argv);
    enum status status = config_read(
        &config, argc, argv, (const struct setting *[]){bench_settings, common_settings, NULL},
        arena, &complaint);
    if (status == STATUS_NOT_FOUND && complaint == NULL && strcmp(argv[1], "--help") == 0)
        printf("%s", figures_keys);
    if (status != STATUS_OK) {
        if (complaint != NULL)
            fprintf(stderr, "onedoor-bench: %s\n", complaint);
        return status == STATUS_NOT_FOUND ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    bool sound = config_bool(config, "http") ? http_bench(config) : services_bench(config);
    arena_free(&arena);
    return sound ? EXIT_SUCCESS : EXIT_FAILURE;
}
