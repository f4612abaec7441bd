/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/programs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/program.h"
#include "common/base/service_names.h"

enum { STAGE_BASE, STAGE_SERVICE, STAGE_GATEWAY };

static void add(struct hall *hall, const struct launch *launch)
{
    if (!hall_add(hall, launch))
        program_die("too many processes: %s", launch->name);
}

/* A shell command, written NAME=COMMAND. */
static void add_command(struct hall *hall, const char *text, int stage, struct arena *arena)
{
    const char *command = strchr(text, '=');
    char *name = arena_printf(arena, "%.*s", (int)strcspn(text, "="), text);
    if (command == NULL || *name == '\0' || strchr(name, '/') != NULL)
        program_die("expected NAME=COMMAND: %s", text);
    add(hall, &(struct launch){.name = name,
                               .argv = {"/bin/sh", "-c", command + 1, NULL},
                               .stage = stage,
                               .stop_signal = SIGTERM,
                               .hard_signal = SIGKILL});
}

static void add_commands(struct hall *hall, const char *const *texts, int stage,
                         struct arena *arena)
{
    for (; *texts != NULL; texts++)
        add_command(hall, *texts, stage, arena);
}

/* PostgreSQL shuts down fast on SIGINT. When the launcher is killed it gets SIGQUIT, on which it
 * ends itself and its children at once and recovers at the next start: no orphan, nothing lost. */
static void add_postgres(struct hall *hall, const char *postgres, const char *data)
{
    struct stat owner;
    if (stat(data, &owner))
        program_die("%s: %s", data, strerror(errno));
    add(hall, &(struct launch){.name = "postgres",
                               .argv = {postgres, "-D", data, NULL},
                               .data = data,
                               .stage = STAGE_BASE,
                               .stop_signal = SIGINT,
                               .stop_ms = 60000, /* it writes its last checkpoint */
                               .hard_signal = SIGQUIT,
                               .uid = owner.st_uid,
                               .gid = owner.st_gid});
}

/* A program of the hall lies in the folder of this one. */
static const char *beside(const char *name, struct arena *arena)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0)
        program_die("/proc/self/exe: %s", strerror(errno));
    self[n] = '\0';
    *strrchr(self, '/') = '\0';
    return arena_printf(arena, "%s/onedoor-%s", self, name);
}

static struct launch launch_of(const char *name, int stage, const char *home_option,
                               struct arena *arena)
{
    return (struct launch){.name = name,
                           .argv = {beside(name, arena), home_option, NULL},
                           .stage = stage,
                           .stop_signal = SIGTERM,
                           .hard_signal = SIGKILL};
}

/* It changes to the user who owns the data by itself. */
static void add_writeback(struct hall *hall, const char *home_option, const char *data,
                          struct arena *arena)
{
    struct launch writeback = launch_of("writeback", STAGE_BASE, home_option, arena);
    writeback.argv[2] = arena_printf(arena, "--data_folder=%s", data);
    add(hall, &writeback);
}

/* Each twice, side by side, so that one goes on when the other ends. */
static void add_services(struct hall *hall, const struct config *config, const char *home_option,
                         struct arena *arena)
{
    bool standby = config_bool(config, "standby");
    for (int i = 0; i < SERVICES; i++) {
        struct launch service = launch_of(service_names[i], STAGE_SERVICE, home_option, arena);
        add(hall, &service);
        service.role = service.name;
        service.name = arena_printf(arena, "%s-2", service.role);
        service.is_substitute = !standby;
        add(hall, &service);
    }
}

/* It works through the memory of many connections all day, which costs less on few pages. */
static void add_gateway(struct hall *hall, const char *home_option, struct arena *arena)
{
    struct launch gateway = launch_of("gateway", STAGE_GATEWAY, home_option, arena);
    gateway.huge_pages = true;
    add(hall, &gateway);
}

void programs_add(struct hall *hall, const struct config *config, struct arena *arena)
{
    const char *home_option = arena_printf(arena, "--home=%s", config_text(config, "home"));
    const char *postgres = config_text(config, "postgres"), *data = config_text(config, "data");
    const char *const *processes = config_list(config, "process");
    add_commands(hall, config_list(config, "base"), STAGE_BASE, arena);
    add_commands(hall, processes, STAGE_SERVICE, arena);
    if (*postgres != '\0' && *data == '\0')
        program_die("the setting postgres needs the setting data");
    if (*postgres != '\0') {
        add_postgres(hall, postgres, data);
        add_writeback(hall, home_option, data, arena);
    }
    if (*processes == NULL)
        add_services(hall, config, home_option, arena);
    if (*processes == NULL && config_bool(config, "gateway"))
        add_gateway(hall, home_option, arena);
}
