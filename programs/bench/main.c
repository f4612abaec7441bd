/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-bench: how many full lives of a case the hall completes in a second, how long a command
 * takes at half of that rate, and where the time goes; compared with what PostgreSQL alone can do
 * on the same cluster, with the same settings, in the same run.
 *
 *   onedoor-bench --home=HOME [--json] [--seconds=N]
 *   onedoor-bench --home=HOME --http [--json]       what the gateway itself costs (http.h)
 *   onedoor-bench --home=HOME --growth              what questions cost as a hall grows (growth.h)
 *
 * The rate is closed lives over the whole time from the first submission until every service has
 * handled every event. */
#include "common/base/program.h"
#include "programs/bench/figures.h"
#include "programs/bench/growth.h"
#include "programs/bench/http.h"
#include "programs/bench/services.h"

static const struct setting bench_settings[] = {
    {"seconds", SETTING_NUMBER, "15", 1, 3600, "How long to measure each part, in seconds."},
    {"in_flight", SETTING_NUMBER, "600", 1, 10000,
     "Lives going on at once while the rate is measured."},
    {"growth", SETTING_BOOL, "no", 0, 0,
     "Fill the hall with cases, and measure questions instead: yes or no."},
    {"cases", SETTING_TEXT, "30000,1000000,3000000", 1, 100,
     "With --growth: how many cases the hall has, one size after another."},
    {"http", SETTING_BOOL, "no", 0, 0, "Measure the gateway instead of the services: yes or no."},
    {"requests", SETTING_NUMBER, "20000", 1000, 10000000,
     "Requests of each kind, to the gateway and to the bare handler beside it."},
    {"streams", SETTING_NUMBER, "5000", 1, 5900,
     "Streams open at once, and requests waiting at once."},
    {"json", SETTING_BOOL, "no", 0, 0, "Print JSON: yes or no."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {bench_settings, common_settings, NULL};

static int run(const struct invocation *invocation)
{
    const struct config *config = invocation->config;
    bool sound = config_bool(config, "growth") ? growth_bench(config)
                 : config_bool(config, "http") ? http_bench(config)
                                               : services_bench(config);
    return sound ? PROGRAM_OK : PROGRAM_FAILED;
}

static const struct program program = {
    .name = "bench",
    .purpose =
        "Measures the hall: its services, with --http its gateway, with --growth its questions.",
    .settings = tables,
    .notes = figures_keys,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
