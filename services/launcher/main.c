/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-launcher: starts the processes of one hall and keeps them running.
 *
 *   onedoor-launcher --home=HOME [--foreground] [--gateway] [--postgres=PROGRAM --data=FOLDER]
 *                    [--base=NAME=COMMAND]... [--process=NAME=COMMAND]... [--heartbeat-ms=N] ...
 *
 * Without --process it runs the five services that lie beside it, and with --gateway the gateway
 * once they are ready. With --postgres it also runs the hall's own PostgreSQL, as the user who owns
 * the data folder. --process and --base name shell
 * commands instead; those of --base are started first and stopped last. It holds a lock on
 * run/launcher.lock for as long as it lives, so that a hall has one launcher at most. */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The gateway is the last. */
static const char *const services[] = {"intake",      "routing",   "charging",
                                       "supervision", "reporting", "gateway"};

enum { STAGE_BASE, STAGE_SERVICE, STAGE_GATEWAY };

enum option_id {
    OPT_HOME = 1,
    OPT_FOREGROUND,
    OPT_GATEWAY,
    OPT_POSTGRES,
    OPT_DATA,
    OPT_PROCESS,
    OPT_BASE,
    OPT_HEARTBEAT,
    OPT_STOP,
    OPT_BACKOFF,
    OPT_BACKOFF_MAX,
    OPT_HEALTHY
};

static const struct option options[] = {
    {"home", required_argument, NULL, OPT_HOME},
    {"foreground", no_argument, NULL, OPT_FOREGROUND},
    {"gateway", no_argument, NULL, OPT_GATEWAY},
    {"postgres", required_argument, NULL, OPT_POSTGRES},
    {"data", required_argument, NULL, OPT_DATA},
    {"process", required_argument, NULL, OPT_PROCESS},
    {"base", required_argument, NULL, OPT_BASE},
    {"heartbeat-ms", required_argument, NULL, OPT_HEARTBEAT},
    {"stop-ms", required_argument, NULL, OPT_STOP},
    {"backoff-ms", required_argument, NULL, OPT_BACKOFF},
    {"backoff-max-ms", required_argument, NULL, OPT_BACKOFF_MAX},
    {"healthy-ms", required_argument, NULL, OPT_HEALTHY},
    {NULL, 0, NULL, 0},
};

struct settings {
    const char *home;
    bool foreground;
    bool gateway;         /* people come in by HTTP; simulated halls have none */
    const char *postgres; /* NULL: the database is not ours to run */
    const char *data;
    bool own_list; /* --process was given */
};

static _Noreturn void fail(const char *what, const char *which)
{
    fprintf(stderr, "onedoor-launcher: %s%s%s\n", what, *which ? ": " : "", which);
    exit(1);
}

static void add(struct supervisor *s, const struct program *program)
{
    if (!supervisor_add(s, program))
        fail("too many processes", program->name);
}

static int64_t milliseconds(const char *text)
{
    char *end;
    errno = 0;
    long n = strtol(text, &end, 10);
    if (errno || *end || n < 1 || n > 86400000)
        fail("not a number of milliseconds from 1 to 86400000", text);
    return n;
}

/* NAME=COMMAND */
static void add_command(struct supervisor *s, char *text, int stage)
{
    char *equals = strchr(text, '=');
    if (equals == NULL || equals == text || memchr(text, '/', (size_t)(equals - text)) != NULL)
        fail("expected NAME=COMMAND", text);
    *equals = '\0';
    add(s, &(struct program){.name = text,
                             .argv = {"/bin/sh", "-c", equals + 1, NULL},
                             .stage = stage,
                             .stop_signal = SIGTERM,
                             .hard_signal = SIGKILL});
}

/* PostgreSQL shuts down fast on SIGINT. When the launcher is killed it gets SIGQUIT, on which it
 * ends itself and its children at once and recovers at the next start: no orphan, nothing lost. */
static void add_postgres(struct supervisor *s, const struct settings *set)
{
    static char ready_file[PATH_MAX];
    struct stat owner;
    if (set->data == NULL)
        fail("--postgres needs --data", "");
    if (stat(set->data, &owner))
        fail(set->data, strerror(errno));
    snprintf(ready_file, sizeof ready_file, "%s/postmaster.pid", set->data);
    add(s, &(struct program){.name = "postgres",
                             .argv = {set->postgres, "-D", set->data, NULL},
                             .ready_file = ready_file,
                             .stage = STAGE_BASE,
                             .stop_signal = SIGINT,
                             .stop_ms = 60000, /* it writes its last checkpoint */
                             .hard_signal = SIGQUIT,
                             .uid = owner.st_uid,
                             .gid = owner.st_gid});
}

/* The services lie in the folder of this program. */
static void add_services(struct supervisor *s, const char *home, bool gateway)
{
    enum { COUNT = sizeof services / sizeof services[0] };
    static char paths[COUNT][PATH_MAX], home_option[PATH_MAX];
    char self[PATH_MAX - 64];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0)
        fail("/proc/self/exe", strerror(errno));
    self[n] = '\0';
    *strrchr(self, '/') = '\0';
    snprintf(home_option, sizeof home_option, "--home=%s", home);
    for (int i = 0; i < COUNT - !gateway; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/onedoor-%s", self, services[i]);
        add(s, &(struct program){.name = services[i],
                                 .argv = {paths[i], home_option, NULL},
                                 .stage = i == COUNT - 1 ? STAGE_GATEWAY : STAGE_SERVICE,
                                 .stop_signal = SIGTERM,
                                 .hard_signal = SIGKILL});
    }
}

static void take_option(struct supervisor *s, struct settings *set, int option)
{
    switch (option) {
    case OPT_HOME:
        set->home = optarg;
        break;
    case OPT_FOREGROUND:
        set->foreground = true;
        break;
    case OPT_GATEWAY:
        set->gateway = true;
        break;
    case OPT_POSTGRES:
        set->postgres = optarg;
        break;
    case OPT_DATA:
        set->data = optarg;
        break;
    case OPT_PROCESS:
        set->own_list = true;
        add_command(s, optarg, STAGE_SERVICE);
        break;
    case OPT_BASE:
        add_command(s, optarg, STAGE_BASE);
        break;
    case OPT_HEARTBEAT:
        s->patience.heartbeat_ms = milliseconds(optarg);
        break;
    case OPT_STOP:
        s->patience.stop_ms = milliseconds(optarg);
        break;
    case OPT_BACKOFF:
        s->patience.backoff_ms = milliseconds(optarg);
        break;
    case OPT_BACKOFF_MAX:
        s->patience.backoff_max_ms = milliseconds(optarg);
        break;
    case OPT_HEALTHY:
        s->patience.healthy_ms = milliseconds(optarg);
        break;
    default:
        exit(2); /* getopt has said why */
    }
}

/* A reader who asks whether the lock is held takes it for a moment itself, so one refusal is not
 * the last word. */
static void take_lock(const char *home)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/run/launcher.lock", home);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        fail(path, strerror(errno));
    for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB); tries++) {
        if (tries == 20)
            fail("another launcher runs this hall", home);
        nanosleep(&(struct timespec){.tv_nsec = 25000000}, NULL);
    }
}

static void go_to_background(const char *home)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/log/launcher.log", home);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (log < 0 || null < 0)
        fail(path, strerror(errno));
    if (daemon(1, 1))
        fail("cannot go to the background", strerror(errno));
    dup2(null, 0);
    dup2(log, 1);
    dup2(log, 2);
}

int main(int argc, char **argv)
{
    static struct supervisor s = {.patience = {.heartbeat_ms = 15000,
                                               .stop_ms = 10000,
                                               .backoff_ms = 100,
                                               .backoff_max_ms = 10000,
                                               .healthy_ms = 60000}};
    struct settings set = {0};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;)
        take_option(&s, &set, option);
    if (set.home == NULL || optind != argc)
        fail("usage: onedoor-launcher --home=HOME [--foreground] ...", "");
    s.home = set.home;
    if (set.postgres != NULL)
        add_postgres(&s, &set);
    if (!set.own_list)
        add_services(&s, set.home, set.gateway);
    take_lock(set.home);
    if (!set.foreground)
        go_to_background(set.home);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans of a killed postmaster are ours to reap */
    if (supervisor_run(&s))
        fail("cannot wait for signals", strerror(errno));
    return 0;
}
