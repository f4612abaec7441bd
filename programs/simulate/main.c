/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-simulate: runs days of business through a simulated hall, and compares what the services
 * and the database hold afterwards with the answers that its people got. The hall has been started
 * with a clock of its own (./onedoor simulate makes one, and removes it afterwards).
 *
 *   onedoor-simulate --home=HOME [--cases=N] [--seed=N] [--rate=N] [--json] [--demo]
 *                    [--kill=NAMES --kills=N]
 *
 * The year is the reference hall's: 13 January to 31 August 2022, and on until every case has
 * ended. */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/base/program.h"
#include "common/postgres/pgadmin.h"
#include "common/postgres/pgcalendar.h"
#include "programs/simulate/driver.h"
#include "programs/simulate/person.h"
#include "programs/simulate/report.h"
#include "programs/simulate/settle.h"

enum { LINK_FD = 3, DEMO_DAYS = 120, DAY_SECONDS = 86400 };

static const struct setting simulate_settings[] = {
    {"cases", SETTING_NUMBER, "2936", 1, 1000000, "How many cases arrive in the year."},
    {"seed", SETTING_NUMBER, "7", 0, INT64_MAX,
     "The mix of cases follows from it: the same seed, the same year."},
    {"json", SETTING_BOOL, "no", 0, 0, "Print the result as JSON."},
    {"kill", SETTING_TEXT, "", 0, 200,
     "Processes to kill with SIGKILL on the way, in turn: intake, routing, ..., postgres, "
     "separated "
     "by commas."},
    {"kills", SETTING_NUMBER, "3", 1, 1000, "How many kills in all."},
    {"demo", SETTING_BOOL, "no", 0, 0,
     "Fill the hall with the cases of the last months up to now, some of them still open."},
    {"rate", SETTING_NUMBER, "0", 0, 100000,
     "Most commands a second; 0: as many as the hall takes. SIGUSR1 ends it early: nobody applies "
     "any more, and the cases that there are end."},
    {"windows", SETTING_NUMBER, "3", 1, 6, "Processes of window clerks."},
    {"approvers", SETTING_NUMBER, "2", 1, 6, "Processes of approvers, who share the departments."},
    {"person", SETTING_BOOL, "no", 0, 0,
     "Set by the program itself for the processes that it starts."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {simulate_settings, common_settings, NULL};

/* ---- the year */

struct year {
    struct calendar calendar;
    struct day first, last;
    int64_t until_ms; /* INT64_MAX: until every case has ended */
    struct plan_order order;
};

/* Every person works it out too. */
static void open_year(struct year *year, const struct config *config, struct arena *arena)
{
    bool demo = config_bool(config, "demo");
    pgcalendar_read(&year->calendar, config, arena);
    year->first = day_from_ymd(2022, 1, 13);
    year->last = day_from_ymd(2022, 8, 31);
    year->until_ms = INT64_MAX;
    if (demo) {
        year->until_ms = (int64_t)time(NULL) * 1000;
        year->last = calendar_day(&year->calendar, year->until_ms);
        year->first = (struct day){year->last.n - DEMO_DAYS};
    }
    year->order = (struct plan_order){(int32_t)config_number(config, "cases"),
                                      (uint64_t)config_number(config, "seed"),
                                      almanac_steps(&year->calendar, year->first, year->last)};
}

/* ---- afterwards */

/* onedoor-verify beside this program: "ok", or the first line that says otherwise. */
static const char *verify(const struct config *config, struct arena *arena)
{
    char path[4096], line[400], *dash,
        *home = arena_printf(arena, "--home=%s", config_text(config, "home"));
    int out[2], status = 1, pid;
    const char *broken = NULL;
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
    must(n > 0 && pipe2(out, O_CLOEXEC) == 0);
    path[n] = '\0';
    dash = strrchr(path, '/') + 1;
    strcpy(dash, "onedoor-verify");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    int error = posix_spawn(&pid, path, &actions, NULL, (char *[]){path, home, NULL}, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    if (error != 0)
        return arena_printf(arena, "cannot be run: %s", strerror(error));
    FILE *lines = fdopen(out[0], "r");
    while (fgets(line, sizeof line, lines) != NULL)
        if (strncmp(line, "ok", 2) != 0 && broken == NULL)
            broken = arena_printf(arena, "%.*s", (int)strcspn(line, "\n"), line);
    fclose(lines);
    waitpid(pid, &status, 0);
    return broken != NULL ? broken : status == 0 ? "ok" : "ended early";
}

static void compare(struct report *report, struct account *account, struct client *client,
                    const struct config *config, const struct year *year)
{
    int16_t centre = (int16_t)config_number(config, "centre");
    PGconn *conn = pgadmin_connect(config, NULL);
    struct verdict verdict = settle(account, conn, centre, year->until_ms == INT64_MAX);
    struct totals sides[4];
    totals_of_account(&sides[0], account);
    totals_of_services(&sides[1], client);
    totals_of_reporting(&sides[2], client, year->first);
    totals_of_database(&sides[3], conn, centre);
    PQfinish(conn);
    report->totals = sides[3];
    report->commands = account->n_took;
    report->lost = verdict.lost;
    report->doubled = verdict.doubled;
    report->mismatches = account->mismatches + totals_compare(sides, 4);
}

/* ---- the driver's process */

static volatile sig_atomic_t closing;

static void close_doors(int signal)
{
    (void)signal;
    closing = 1;
}

static int drive(const struct invocation *invocation, const struct year *year)
{
    const struct config *config = invocation->config;
    static struct catalogue catalogue;
    static struct crew crew;
    struct account account;
    struct report report = {.verify = "ok"};
    struct chaos chaos = {config_text(config, "home"), config_text(config, "kill"),
                          (int)config_number(config, "kills"), 0};
    struct closures closures = {.calendar = &year->calendar};
    struct driver driver = {.crew = &crew,
                            .account = &account,
                            .chaos = &chaos,
                            .closures = &closures,
                            .until_ms = year->until_ms,
                            .rate = (int32_t)config_number(config, "rate"),
                            .closing = &closing};
    sigaction(SIGUSR1, &(struct sigaction){.sa_handler = close_doors}, NULL);
    if ((driver.clock = hallclock_new(config_text(config, "clock_file"))) == NULL)
        return program_misused(
            "the hall in %s has no clock that can be driven; use ./onedoor simulate",
            config_text(config, "home"));
    almanac_begin(&driver.almanac, &year->calendar, year->first);
    struct almanac first = driver.almanac;
    hallclock_set(driver.clock, almanac_next(&first));
    crew_start(&crew, invocation->argv, (int)config_number(config, "windows"),
               (int)config_number(config, "approvers"));
    if (client_new(&driver.client, config, "desk") != STATUS_OK)
        return PROGRAM_FAILED;
    catalogue_ask(&catalogue, driver.client);
    account_init(&account, &catalogue, &year->order);
    account.all_called = config_bool(config, "demo"); /* its last day may be today */
    bool good = crew_ready(&crew);
    int64_t begun_us = monotonic_us();
    good = good && driver_run(&driver);
    report.seconds = (double)(monotonic_us() - begun_us) / 1e6;
    crew_dismiss(&crew);
    if (good) {
        report_times(&report, account.took_ms, account.n_took);
        compare(&report, &account, driver.client, config, year);
        report.verify = verify(config, invocation->arena);
        (config_bool(config, "json") ? report_json : report_words)(&report);
    }
    client_free(&driver.client);
    hallclock_free(&driver.clock);
    account_release(&account);
    return good && report_is_good(&report) ? PROGRAM_OK : PROGRAM_FAILED;
}

static int run(const struct invocation *invocation)
{
    const struct config *config = invocation->config;
    struct year year;
    open_year(&year, config, invocation->arena);
    return config_bool(config, "person") ? person_run(config, LINK_FD, &year.order)
                                         : drive(invocation, &year);
}

static const struct program program = {
    .name = "simulate",
    .purpose = "Lets days of business run through a simulated hall.",
    .settings = tables,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
