/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-launcher: starts the processes of one hall and keeps them running.
 *
 *   onedoor-launcher --home=HOME [--foreground] [--gateway] [--postgres=PROGRAM --data=FOLDER]
 *                    [--standby] [--base=NAME=COMMAND]... [--process=NAME=COMMAND]...
 * [--heartbeat-ms=N] ...
 *
 * Without --process it runs the services, whose programs are in its own folder, and with --gateway
 * the gateway once they are ready. With --postgres it also runs the hall's own PostgreSQL, as the
 * user who owns the data folder, and the writeback for it. --process and --base name shell commands
 * instead; those of --base are started first and stopped last. It holds a lock on run/launcher.lock
 * as long as it runs, so that a hall has at most one launcher. */
#include <errno.h>
#include <string.h>
#include <sys/prctl.h>

#include "common/base/program.h"
#include "programs/launcher/place.h"
#include "programs/launcher/programs.h"
#include "programs/launcher/renewal.h"
#include "programs/launcher/status_file.h"
#include "programs/launcher/supervisor.h"

enum { DAY_MS = 86400000 };

static const struct setting launcher_settings[] = {
    {"home", SETTING_TEXT, "", 0, 4000, "Folder of the hall."},
    {"foreground", SETTING_BOOL, "no", 0, 0, "Stay in the terminal, and log there."},
    {"standby", SETTING_BOOL, "no", 0, 0,
     "Run each service twice: one works, the other waits to take over."},
    {"gateway", SETTING_BOOL, "no", 0, 0, "Run the gateway too, once the services are ready."},
    {"postgres", SETTING_TEXT, "", 0, 4000,
     "The PostgreSQL program, when the database is the hall's own; empty: it is not."},
    {"data", SETTING_TEXT, "", 0, 4000, "Data folder of that database."},
    {"base", SETTING_LIST, "", 0, 4000,
     "NAME=COMMAND: a shell command that is started first and stopped last; once for each."},
    {"process", SETTING_LIST, "", 0, 4000,
     "NAME=COMMAND: a shell command that is run instead of the services; once for each."},
    {"lock", SETTING_NUMBER, "-1", -1, 1 << 20,
     "Given by the launcher whose place this one takes: the descriptor of its lock; -1: none."},
    {"adopt", SETTING_LIST, "", 0, 4000,
     "NAME=PID,HEARTBEAT,RESTARTS,PROGRAM: likewise, a process that runs; once for each."},
    {"heartbeat_ms", SETTING_NUMBER, "15000", 1, DAY_MS,
     "A process that is silent for longer is killed (a third, with a standby), in ms."},
    {"stop_ms", SETTING_NUMBER, "10000", 1, DAY_MS,
     "From each signal to end to the next, harder one, in ms."},
    {"backoff_ms", SETTING_NUMBER, "100", 1, DAY_MS,
     "Delay before the first restart, which each further one doubles, in ms."},
    {"backoff_max_ms", SETTING_NUMBER, "10000", 1, DAY_MS, "The longest such delay, in ms."},
    {"healthy_ms", SETTING_NUMBER, "60000", 1, DAY_MS,
     "A process that has run for as long begins again with the first delay, in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {launcher_settings, NULL};

static struct timeouts timeouts_of(const struct config *config)
{
    return (struct timeouts){.heartbeat_ms = config_number(config, "heartbeat_ms"),
                             .stop_ms = config_number(config, "stop_ms"),
                             .backoff_ms = config_number(config, "backoff_ms"),
                             .backoff_max_ms = config_number(config, "backoff_max_ms"),
                             .healthy_ms = config_number(config, "healthy_ms")};
}

static void begin(struct hall *hall, const struct config *config)
{
    hall->lock = place_take(hall->home);
    status_file_open(hall->home);
    if (!config_bool(config, "foreground"))
        place_leave_terminal(hall->home);
}

static int run(const struct invocation *invocation)
{
    static struct hall hall;
    const struct config *config = invocation->config;
    const char *home = config_text(config, "home");
    if (*home == '\0')
        return program_misused("usage: onedoor-launcher --home=HOME; --help says more");
    hall.home = home;
    hall.timeouts = timeouts_of(config);
    programs_add(&hall, config, invocation->arena);
    hall.lock = (int)config_number(config, "lock");
    if (hall.lock >= 0)
        renewal_adopt(&hall, config_list(config, "adopt"));
    else
        begin(&hall, config);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans of a killed postmaster are ours to reap */
    if (supervisor_run(&hall))
        return program_failed("cannot wait for signals: %s", strerror(errno));
    return PROGRAM_OK;
}

static const struct program program = {
    .name = "launcher",
    .purpose = "Starts the processes of one hall and keeps them running.",
    .settings = tables,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
