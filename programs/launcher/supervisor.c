/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "programs/launcher/status_file.h"

bool supervisor_add(struct supervisor *s, const struct launch *launch)
{
    if (s->count == MAX_PROCESSES)
        return false;
    process_init(&s->processes[s->count++], launch);
    return true;
}

static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &set, NULL))
        return -1;
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void reap(struct supervisor *s, int64_t now_ms)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int i = 0; i < s->count; i++) {
            if (s->processes[i].pid == pid)
                process_ended(&s->processes[i], status, &s->timeouts, now_ms);
        }
    }
}

/* Returns whether one of the signals asks to end. */
static bool read_signals(struct supervisor *s, int fd, int64_t now_ms)
{
    struct signalfd_siginfo info;
    bool end = false;
    while (read(fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo != SIGCHLD)
            end = true;
    }
    reap(s, now_ms);
    return end;
}

/* A process of an earlier stage that is not ready, which `p` has to wait for; or NULL. */
static const struct process *blocker(const struct supervisor *s, const struct process *p)
{
    for (int i = 0; i < s->count; i++) {
        const struct process *other = &s->processes[i];
        if (other->launch.stage < p->launch.stage && other->state != STATE_READY)
            return other;
    }
    return NULL;
}

static void start_if_due(struct supervisor *s, struct process *p, int64_t now_ms)
{
    const struct process *other = blocker(s, p);
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
    snprintf(log_dir, sizeof log_dir, "%s/log", s->home);
    process_start(p, log_dir, &s->timeouts, now_ms);
}

static void keep_running(struct supervisor *s, int64_t now_ms)
{
    for (int i = 0; i < s->count; i++) {
        struct process *p = &s->processes[i];
        if (p->pid == 0)
            start_if_due(s, p, now_ms);
        if (p->pid != 0)
            process_tick(p, &s->timeouts, now_ms);
    }
}

/* Stop the highest stage that still runs. Returns false when nothing runs any more. */
static bool wind_down(struct supervisor *s, int64_t now_ms)
{
    int stage = -1;
    for (int i = 0; i < s->count; i++) {
        struct process *p = &s->processes[i];
        if (p->pid == 0)
            process_stop(p, &s->timeouts, now_ms);
        else if (p->launch.stage > stage)
            stage = p->launch.stage;
    }
    for (int i = 0; i < s->count; i++) {
        struct process *p = &s->processes[i];
        if (p->pid == 0 || p->launch.stage != stage)
            continue;
        if (p->state == STATE_STOPPING)
            process_tick(p, &s->timeouts, now_ms);
        else
            process_stop(p, &s->timeouts, now_ms);
    }
    return stage >= 0;
}

/* Milliseconds until something is due, for poll(2). */
static int idle_ms(const struct supervisor *s, bool ending, int64_t now_ms)
{
    int64_t due = now_ms + 60000;
    for (int i = 0; i < s->count; i++) {
        const struct process *p = &s->processes[i];
        bool counts = ending ? p->state == STATE_STOPPING : true;
        if (counts && p->due_ms < due)
            due = p->due_ms;
    }
    return due > now_ms ? (int)(due - now_ms) : 0;
}

static void wait_for_news(struct supervisor *s, int signal_fd, int timeout_ms)
{
    struct pollfd fds[MAX_PROCESSES + 1];
    for (int i = 0; i < s->count; i++)
        fds[i] = (struct pollfd){.fd = s->processes[i].heartbeat_fd, .events = POLLIN};
    fds[s->count] = (struct pollfd){.fd = signal_fd, .events = POLLIN};
    if (poll(fds, (nfds_t)s->count + 1, timeout_ms) < 0)
        return;
    int64_t now_ms = monotonic_ms();
    for (int i = 0; i < s->count; i++) {
        if (fds[i].revents)
            process_listen(&s->processes[i], now_ms);
    }
}

/* Whether what the status file shows differs from before; `shown` remembers it. */
static bool changed(const struct supervisor *s, struct process shown[])
{
    bool differs = false;
    for (int i = 0; i < s->count; i++) {
        const struct process *p = &s->processes[i];
        if (p->state != shown[i].state || p->pid != shown[i].pid ||
            p->since_unix_ms != shown[i].since_unix_ms) {
            shown[i] = *p;
            differs = true;
        }
    }
    return differs;
}

int supervisor_run(struct supervisor *s)
{
    struct process shown[MAX_PROCESSES] = {0};
    bool ending = false;
    int signal_fd = open_signals();
    if (signal_fd < 0)
        return -1;
    for (;;) {
        int64_t now_ms = monotonic_ms();
        ending |= read_signals(s, signal_fd, now_ms);
        bool running = true;
        if (ending)
            running = wind_down(s, now_ms);
        else
            keep_running(s, now_ms);
        bool news = changed(s, shown);
        if (news)
            status_file_write(s->home, s->processes, s->count);
        if (!running)
            break;
        /* Another process may have waited for this change: look again at once. */
        wait_for_news(s, signal_fd, news ? 0 : idle_ms(s, ending, now_ms));
    }
    close(signal_fd);
    return 0;
}
