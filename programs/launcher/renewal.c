/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/renewal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "common/base/program.h"
#include "common/values/log.h"

enum { ARGUMENTS_MAX = 64, TEXT_MAX = 8192, ADOPTED_MAX = 160 };

/* ---- another launcher */

struct command_line {
    char text[TEXT_MAX]; /* of HOME/next, its line ends made ends of strings */
    char lock[32];
    char adopted[MAX_PROCESSES][ADOPTED_MAX];
    char *argv[ARGUMENTS_MAX + MAX_PROCESSES + 2];
    int n;
};

static bool read_next(const char *home, struct command_line *line)
{
    char path[PATH_MAX], *rest = NULL;
    snprintf(path, sizeof path, "%s/next", home);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, line->text, sizeof line->text - 1);
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return false;
    line->text[n] = '\0';
    for (char *argument = strtok_r(line->text, "\n", &rest);
         argument != NULL && line->n < ARGUMENTS_MAX; argument = strtok_r(NULL, "\n", &rest))
        line->argv[line->n++] = argument;
    return line->n > 0;
}

/* The descriptor goes over to the next program. */
static void keep_open(int fd, bool open)
{
    if (fd >= 0)
        fcntl(fd, F_SETFD, open ? 0 : FD_CLOEXEC);
}

static void hand_over(const struct hall *hall, bool open)
{
    keep_open(hall->lock, open);
    for (int i = 0; i < hall->count; i++)
        keep_open(hall->processes[i].heartbeat_fd, open);
}

static void add_running(const struct hall *hall, struct command_line *line)
{
    snprintf(line->lock, sizeof line->lock, "--lock=%d", hall->lock);
    line->argv[line->n++] = line->lock;
    for (int i = 0; i < hall->count; i++) {
        const struct process *p = &hall->processes[i];
        if (p->pid == 0)
            continue;
        snprintf(line->adopted[i], ADOPTED_MAX, "--adopt=%s=%d,%d,%d,%s", p->launch.name, p->pid,
                 p->heartbeat_fd, p->restarts, p->program);
        line->argv[line->n++] = line->adopted[i];
    }
    line->argv[line->n] = NULL;
}

void renewal_begin(const struct hall *hall)
{
    static struct command_line line;
    line.n = 0;
    if (!read_next(hall->home, &line)) {
        log_error(0, "renewal.no_command", "%s/next names no launcher", hall->home);
        return;
    }
    add_running(hall, &line);
    log_info(0, "renewal.begins", "%s", line.argv[0]);
    hand_over(hall, true);
    execv(line.argv[0], line.argv);
    log_error(0, "renewal.failed", "%s: %s", line.argv[0], strerror(errno));
    hand_over(hall, false);
}

/* ---- taking over */

static struct process *named(struct hall *hall, const char *name, size_t length)
{
    for (int i = 0; i < hall->count; i++)
        if (strncmp(hall->processes[i].launch.name, name, length) == 0 &&
            hall->processes[i].launch.name[length] == '\0')
            return &hall->processes[i];
    return NULL;
}

static void adopt(struct hall *hall, const char *text, int64_t now_ms)
{
    int pid, heartbeat, restarts;
    char program[PROGRAM_TEXT] = "";
    size_t length = strcspn(text, "=");
    if (sscanf(text + length, "=%d,%d,%d,%43s", &pid, &heartbeat, &restarts, program) < 3)
        program_die("expected NAME=PID,HEARTBEAT,RESTARTS,PROGRAM: %s", text);
    struct process *p = named(hall, text, length);
    keep_open(heartbeat, false);
    if (p != NULL)
        process_adopt(p, pid, heartbeat, restarts, program, now_ms);
    else
        kill(pid, SIGTERM); /* its end is reaped, and nobody waits for it */
}

void renewal_adopt(struct hall *hall, const char *const *texts)
{
    int64_t now_ms = monotonic_ms();
    keep_open(hall->lock, false);
    for (; *texts != NULL; texts++)
        adopt(hall, *texts, now_ms);
}

/* ---- one process after another */

static bool is_at_work(const struct process *p)
{
    return p->state == STATE_READY || p->state == STATE_STANDBY;
}

/* The one to renew now. Of two of a role first the one that does not write. */
static struct process *outdated(struct hall *hall)
{
    for (int i = 0; i < hall->count; i++) {
        struct process *p = &hall->processes[i], *other = hall_other(hall, p);
        if (!p->is_outdated || p->pid == 0)
            continue;
        bool other_first =
            other != NULL && other->is_outdated && other->pid != 0 && other->state != STATE_READY;
        return other_first ? other : p;
    }
    return NULL;
}

/* Is what was renewed before at work again? */
static bool all_at_work(const struct hall *hall)
{
    for (int i = 0; i < hall->count; i++) {
        const struct process *p = &hall->processes[i];
        if (!p->is_outdated && !p->launch.is_substitute && !is_at_work(p))
            return false;
    }
    return true;
}

/* May it end? It has said what it does, and if it writes, another of its role waits to. */
static bool is_covered(struct hall *hall, const struct process *p)
{
    const struct process *other = hall_other(hall, p);
    if (p->state != STATE_READY)
        return p->state != STATE_STARTING;
    return other == NULL || (other->pid != 0 && !other->is_outdated && is_at_work(other));
}

/* A substitute runs while its role is renewed, and then until the other is at work again. */
static void direct_substitutes(struct hall *hall, const struct process *renewed, int64_t now_ms)
{
    for (int i = 0; i < hall->count; i++) {
        struct process *p = &hall->processes[i], *other = hall_other(hall, p);
        if (!p->launch.is_substitute)
            continue;
        bool wanted = renewed != NULL && renewed == other;
        p->is_idle = !wanted && (p->pid == 0 || is_at_work(other));
        if (p->is_idle && p->pid != 0 && p->state != STATE_STOPPING)
            process_stop(p, &hall->timeouts, now_ms);
    }
}

void renewal_go_on(struct hall *hall, int64_t now_ms)
{
    struct process *p = outdated(hall);
    direct_substitutes(hall, p, now_ms);
    if (p == NULL || p->state == STATE_STOPPING || !all_at_work(hall) || !is_covered(hall, p))
        return;
    log_info(0, "renewal.process", "%s", p->launch.name);
    process_stop(p, &hall->timeouts, now_ms);
}
