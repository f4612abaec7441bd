/* SPDX-License-Identifier: Apache-2.0 */
#include "programs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/service_names.h"
#include "fail.h"

enum { STAGE_BASE, STAGE_SERVICE, STAGE_GATEWAY };

static void add(struct supervisor *s, const struct program *program)
{
    if (!supervisor_add(s, program))
        fail("too many processes", program->name);
}

static void add_command(struct supervisor *s, const struct command *command)
{
    add(s, &(struct program){.name = command->name,
                             .argv = {"/bin/sh", "-c", command->line, NULL},
                             .stage = command->base ? STAGE_BASE : STAGE_SERVICE,
                             .stop_signal = SIGTERM,
                             .hard_signal = SIGKILL});
}

/* PostgreSQL shuts down fast on SIGINT. When the launcher is killed it gets SIGQUIT, on which it
 * ends itself and its children at once and recovers at the next start: no orphan, nothing lost. */
static void add_postgres(struct supervisor *s, const char *postgres, const char *data)
{
    static char ready_file[PATH_MAX];
    struct stat owner;
    if (stat(data, &owner))
        fail(data, strerror(errno));
    snprintf(ready_file, sizeof ready_file, "%s/postmaster.pid", data);
    add(s, &(struct program){.name = "postgres",
                             .argv = {postgres, "-D", data, NULL},
                             .ready_file = ready_file,
                             .stage = STAGE_BASE,
                             .stop_signal = SIGINT,
                             .stop_ms = 60000, /* it writes its last checkpoint */
                             .hard_signal = SIGQUIT,
                             .uid = owner.st_uid,
                             .gid = owner.st_gid});
}

/* The programs of the hall lie in the folder of this one. */
static void find_beside(char path[PATH_MAX], const char *name)
{
    char self[PATH_MAX - 64];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0)
        fail("/proc/self/exe", strerror(errno));
    self[n] = '\0';
    *strrchr(self, '/') = '\0';
    snprintf(path, PATH_MAX, "%s/onedoor-%s", self, name);
}

/* It becomes the owner of the data by itself. */
static void add_writeback(struct supervisor *s, const char *home_option, const char *data)
{
    static char path[PATH_MAX], data_option[PATH_MAX];
    find_beside(path, "writeback");
    snprintf(data_option, sizeof data_option, "--data_folder=%s", data);
    add(s, &(struct program){.name = "writeback",
                             .argv = {path, home_option, data_option, NULL},
                             .stage = STAGE_BASE,
                             .stop_signal = SIGTERM,
                             .hard_signal = SIGKILL});
}

static void add_services(struct supervisor *s, const char *home_option)
{
    static char paths[SERVICES][PATH_MAX];
    for (int i = 0; i < SERVICES; i++) {
        find_beside(paths[i], service_names[i]);
        add(s, &(struct program){.name = service_names[i],
                                 .argv = {paths[i], home_option, NULL},
                                 .stage = STAGE_SERVICE,
                                 .stop_signal = SIGTERM,
                                 .hard_signal = SIGKILL});
    }
}

/* It goes from one connection's memory to the next's all day, which costs it less when they lie on
 * few pages. */
static void add_gateway(struct supervisor *s, const char *home_option)
{
    static char path[PATH_MAX];
    find_beside(path, "gateway");
    add(s, &(struct program){.name = "gateway",
                             .argv = {path, home_option, NULL},
                             .stage = STAGE_GATEWAY,
                             .stop_signal = SIGTERM,
                             .hard_signal = SIGKILL,
                             .huge_pages = true});
}

void programs_add(struct supervisor *s, const struct options *options)
{
    static char home_option[PATH_MAX];
    snprintf(home_option, sizeof home_option, "--home=%s", options->home);
    for (int i = 0; i < options->n_commands; i++)
        add_command(s, &options->commands[i]);
    if (options->postgres != NULL) {
        add_postgres(s, options->postgres, options->data);
        add_writeback(s, home_option, options->data);
    }
    if (!options->own_list)
        add_services(s, home_option);
    if (!options->own_list && options->gateway)
        add_gateway(s, home_option);
}
