/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-chaos: breaks a hall at work in many ways, one after the other, and looks whether it
 * recovers by itself and does what it acknowledged. The hall has been started with a clock of its
 * own and with its programs connecting to HOME/run/SERVICE-LANE.via, where the proxy listens
 * (./onedoor chaos makes one, and removes it afterwards).
 *
 *   onedoor-chaos --home=HOME [--minutes=M] [--seed=S] [--faults=N] [--kinds=NAMES] [--json] ... */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/program.h"
#include "common/base/service_names.h"
#include "programs/chaos/report.h"
#include "programs/chaos/run.h"

enum { MINUTE_MS = 60000, PATH_BYTES = 4200, THING = 1 };

static const struct setting chaos_settings[] = {
    {"minutes", SETTING_NUMBER, "10", 1, 10080, "How long faults happen."},
    {"seed", SETTING_NUMBER, "7", 0, INT64_MAX,
     "Which faults happen, to whom and for how long follows from it, and the cases."},
    {"faults", SETTING_NUMBER, "0", 0, 100000, "End after so many; 0: when the time is up."},
    {"kinds", SETTING_TEXT, "", 0, 400,
     "Only these kinds (kill, stop, freeze, kill_postgres, freeze_postgres, kill_session, "
     "end_session, freeze_session, cut, delay, double, corrupt, hold, answer_foreign, "
     "send_foreign, descriptors, clock), separated by commas."},
    {"bounded", SETTING_BOOL, "yes", 0, 0,
     "A recovery that takes longer than 10 s, or 20 s after a freeze, is a failure."},
    {"rate", SETTING_NUMBER, "80", 0, 100000, "Most commands a second; 0: as many as it takes."},
    {"cases", SETTING_NUMBER, "30000", 1, 1000000, "How many would apply in a year of the load."},
    {"json", SETTING_BOOL, "no", 0, 0, "Print the result as JSON."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {chaos_settings, common_settings, NULL};

/* False (said): there is no such kind. */
static bool choose_kinds(struct run *run, const char *names)
{
    for (int i = 0; i < KINDS; i++)
        run->rounds[i] = *names == '\0' ? faults_kinds[i].weight : 0;
    while (*names != '\0') {
        size_t length = strcspn(names, ",");
        int kind = faults_find(names, length);
        if (kind < 0)
            return false;
        run->rounds[kind] = 1;
        names += length + (names[length] == ',');
    }
    return true;
}

static bool open_proxy(struct scene *scene)
{
    static const char *const lanes[] = {"command", "query", "journal"};
    char at[PATH_BYTES + 8], behind[PATH_BYTES];
    scene->proxy = proxy_new();
    for (int i = 0; i < SERVICES; i++)
        for (int lane = 0; lane < 3; lane++) {
            snprintf(behind, sizeof behind, "%s/run/%s-%s", scene->home, service_names[i],
                     lanes[lane]);
            snprintf(at, sizeof at, "%s.via", behind);
            if (!proxy_listen(scene->proxy, i, at, behind))
                return false;
        }
    proxy_run(scene->proxy);
    return true;
}

static int report(struct tally *tally, const struct load_result *result,
                  const struct config *config)
{
    (config_bool(config, "json") ? report_json : report_words)(tally, result);
    bool good = report_is_good(tally, result, config_bool(config, "bounded"));
    free(tally->recoveries_s);
    return good ? PROGRAM_OK : PROGRAM_FAILED;
}

static int break_hall(struct run *run, const struct config *config, struct arena *arena)
{
    struct load load;
    struct tally tally = {0};
    if (!run_await(run, NULL))
        return program_failed("the hall is not well before the first fault: %s",
                              watch_fault(run->watch));
    load_start(&load, config, arena);
    run->load = &load;
    if (run_await_load(run)) {
        run->until_ms = monotonic_ms() + config_number(config, "minutes") * MINUTE_MS;
        run_faults(run, &tally);
    }
    load_close(&load);
    struct load_result result = load_end(&load, run->invocation);
    return report(&tally, &result, config);
}

static int run(const struct invocation *invocation)
{
    const struct config *config = invocation->config;
    struct run run = {
        .invocation = invocation,
        .scene = {.home = config_text(config, "home"),
                  .clock_file = config_text(config, "clock_file"),
                  .dice = dice_for((uint64_t)config_number(config, "seed"), THING)},
        .most_faults = (int)config_number(config, "faults"),
    };
    int code = PROGRAM_FAILED;
    if (!choose_kinds(&run, config_text(config, "kinds")))
        return program_misused("there is no such kind of fault: %s", config_text(config, "kinds"));
    if (!open_proxy(&run.scene))
        program_failed("the proxy cannot listen in %s/run: %s", run.scene.home, strerror(errno));
    else if ((run.watch = watch_new(config)) != NULL)
        code = break_hall(&run, config, invocation->arena);
    watch_free(&run.watch);
    proxy_free(&run.scene.proxy);
    return code;
}

static const struct program program = {
    .name = "chaos",
    .purpose = "Breaks a hall at work, and looks whether it recovers with nothing lost.",
    .settings = tables,
    .stops = true,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
