/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "programs/launcher/renewal.h"
#include "programs/launcher/status_file.h"

static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGUSR1);
    if (sigprocmask(SIG_BLOCK, &set, NULL))
        return -1;
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void reap(struct hall *hall, int64_t now_ms)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int i = 0; i < hall->count; i++) {
            if (hall->processes[i].pid == pid)
                process_ended(&hall->processes[i], status, &hall->timeouts, now_ms);
        }
    }
}

/* Returns whether one of the signals asks to end. One that asks for another launcher does not
 * return, unless that cannot be started. */
static bool read_signals(struct hall *hall, int fd, int64_t now_ms)
{
    struct signalfd_siginfo info;
    bool end = false, renew = false;
    while (read(fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGUSR1)
            renew = true;
        else if (info.ssi_signo != SIGCHLD)
            end = true;
    }
    reap(hall, now_ms);
    if (renew && !end)
        renewal_begin(hall);
    return end;
}

static bool is_in(const struct process *p, enum state state)
{
    return p != NULL && p->state == state;
}

/* A process of an earlier stage that is not ready, which `p` has to wait for; or NULL. */
static const struct process *blocker(struct hall *hall, const struct process *p)
{
    for (int i = 0; i < hall->count; i++) {
        const struct process *one = &hall->processes[i];
        if (one->launch.stage < p->launch.stage && one->state != STATE_READY &&
            !is_in(hall_other(hall, one), STATE_READY))
            return one;
    }
    return NULL;
}

static void start_if_due(struct hall *hall, struct process *p, int64_t now_ms)
{
    const struct process *other = blocker(hall, p);
    char reason[64];
    if (p->state == STATE_BACKOFF && now_ms < p->due_ms)
        return;
    if (other != NULL) {
        snprintf(reason, sizeof reason, "%s is not ready", other->launch.name);
        process_wait(p, reason);
        p->due_ms = INT64_MAX; /* the change of the other wakes the loop */
        return;
    }
    char log_dir[PATH_MAX];
    snprintf(log_dir, sizeof log_dir, "%s/log", hall->home);
    process_start(p, log_dir, &hall->timeouts, now_ms);
}

static void keep_running(struct hall *hall, int64_t now_ms)
{
    renewal_go_on(hall, now_ms);
    for (int i = 0; i < hall->count; i++) {
        struct process *p = &hall->processes[i];
        p->is_replaceable = is_in(hall_other(hall, p), STATE_STANDBY);
        if (p->pid == 0 && p->is_idle)
            p->due_ms = INT64_MAX;
        else if (p->pid == 0)
            start_if_due(hall, p, now_ms);
        if (p->pid != 0)
            process_tick(p, &hall->timeouts, now_ms);
    }
}

/* Stop the highest stage that still runs. Returns false when nothing runs any more. */
static bool wind_down(struct hall *hall, int64_t now_ms)
{
    int stage = -1;
    for (int i = 0; i < hall->count; i++) {
        struct process *p = &hall->processes[i];
        if (p->pid == 0)
            process_stop(p, &hall->timeouts, now_ms);
        else if (p->launch.stage > stage)
            stage = p->launch.stage;
    }
    for (int i = 0; i < hall->count; i++) {
        struct process *p = &hall->processes[i];
        if (p->pid == 0 || p->launch.stage != stage)
            continue;
        if (p->state == STATE_STOPPING)
            process_tick(p, &hall->timeouts, now_ms);
        else
            process_stop(p, &hall->timeouts, now_ms);
    }
    return stage >= 0;
}

/* Milliseconds until something is due, for poll(2). */
static int idle_ms(const struct hall *hall, bool ending, int64_t now_ms)
{
    int64_t due = now_ms + 60000;
    for (int i = 0; i < hall->count; i++) {
        const struct process *p = &hall->processes[i];
        bool counts = ending ? p->state == STATE_STOPPING : true;
        if (counts && p->due_ms < due)
            due = p->due_ms;
    }
    return due > now_ms ? (int)(due - now_ms) : 0;
}

static void wait_for_news(struct hall *hall, int signal_fd, int timeout_ms)
{
    struct pollfd fds[MAX_PROCESSES + 1];
    for (int i = 0; i < hall->count; i++)
        fds[i] = (struct pollfd){.fd = hall->processes[i].heartbeat_fd, .events = POLLIN};
    fds[hall->count] = (struct pollfd){.fd = signal_fd, .events = POLLIN};
    if (poll(fds, (nfds_t)hall->count + 1, timeout_ms) < 0)
        return;
    int64_t now_ms = monotonic_ms();
    for (int i = 0; i < hall->count; i++) {
        if (fds[i].revents)
            process_listen(&hall->processes[i], now_ms);
    }
}

/* Whether what the status file shows differs from before; `shown` remembers it. */
static bool changed(const struct hall *hall, struct process shown[])
{
    bool differs = false;
    for (int i = 0; i < hall->count; i++) {
        const struct process *p = &hall->processes[i];
        if (p->state != shown[i].state || p->pid != shown[i].pid ||
            p->since_unix_ms != shown[i].since_unix_ms) {
            shown[i] = *p;
            differs = true;
        }
    }
    return differs;
}

int supervisor_run(struct hall *hall)
{
    struct process shown[MAX_PROCESSES] = {0};
    bool ending = false;
    int signal_fd = open_signals();
    if (signal_fd < 0)
        return -1;
    for (;;) {
        int64_t now_ms = monotonic_ms();
        ending |= read_signals(hall, signal_fd, now_ms);
        bool running = true;
        if (ending)
            running = wind_down(hall, now_ms);
        else
            keep_running(hall, now_ms);
        bool news = changed(hall, shown);
        if (news)
            status_file_write(hall->home, hall->processes, hall->count);
        if (!running)
            break;
        /* Another process may have waited for this change: look again at once. */
        wait_for_news(hall, signal_fd, news ? 0 : idle_ms(hall, ending, now_ms));
    }
    close(signal_fd);
    return 0;
}
