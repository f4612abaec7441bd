/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HEARTBEAT_FD = 3, LOOK_AGAIN_MS = 20, ASK_AGAIN_MS = 1000 };

static const char *const names[] = {
    [STATE_WAITING] = "waiting", [STATE_STARTING] = "starting", [STATE_STANDBY] = "standby",
    [STATE_READY] = "ready",     [STATE_BACKOFF] = "backoff",   [STATE_STOPPING] = "stopping",
    [STATE_STOPPED] = "stopped",
};

const char *state_name(enum state state)
{
    return names[state];
}

static void enter(struct process *p, enum state state, const char *reason)
{
    if (p->state == state && strcmp(p->reason, reason) == 0)
        return;
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    p->since_unix_ms = (int64_t)wall.tv_sec * 1000 + wall.tv_nsec / 1000000;
    p->state = state;
    snprintf(p->reason, sizeof p->reason, "%s", reason);
}

void process_init(struct process *p, const struct launch *launch)
{
    *p = (struct process){.launch = *launch,
                          .is_idle = launch->is_substitute,
                          .state = STATE_STARTING,
                          .heartbeat_fd = -1,
                          .probe.fd = -1};
    if (p->launch.role == NULL)
        p->launch.role = p->launch.name;
    process_wait(p, "its turn to start");
}

void process_wait(struct process *p, const char *reason)
{
    enter(p, STATE_WAITING, reason);
}

void process_program(const struct launch *launch, char program[PROGRAM_TEXT])
{
    struct stat file;
    program[0] = '\0';
    if (stat(launch->argv[0], &file) == 0)
        snprintf(program, PROGRAM_TEXT, "%llu:%llu", (unsigned long long)file.st_dev,
                 (unsigned long long)file.st_ino);
}

static void back_off(struct process *p, const struct timeouts *timeouts, int64_t now_ms)
{
    enter(p, STATE_BACKOFF, "");
    p->backoff_ms = p->backoff_ms == 0 ? timeouts->backoff_ms : p->backoff_ms * 2;
    if (p->backoff_ms > timeouts->backoff_max_ms)
        p->backoff_ms = timeouts->backoff_max_ms;
    p->due_ms = now_ms + p->backoff_ms;
}

/* In the child: everything between fork and exec. Returns only on failure. */
static void become(const struct launch *launch, const char *log_path, int heartbeat, pid_t launcher)
{
    setsid(); /* a Ctrl-C in the terminal is for the launcher, not for us */
    int null = open("/dev/null", O_RDONLY);
    int log = open(log_path, O_WRONLY | O_CREAT | O_APPEND, 0640);
    if (null < 0 || log < 0 || dup2(null, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0)
        return;
    if (heartbeat == HEARTBEAT_FD ? fcntl(heartbeat, F_SETFD, 0)
                                  : dup2(heartbeat, HEARTBEAT_FD) < 0)
        return;
    close_range(HEARTBEAT_FD + 1, ~0U, 0);
    setenv("ONEDOOR_HEARTBEAT_FD", "3", 1);
    if (launch->huge_pages)
        setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 0);

    if (geteuid() == 0 && launch->uid != 0 &&
        (setgroups(0, NULL) || setgid(launch->gid) || setuid(launch->uid)))
        return;
    /* After the change of user, which clears it; and the launcher may have died before it. */
    prctl(PR_SET_PDEATHSIG, launch->hard_signal);
    if (getppid() != launcher)
        _exit(0);

    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(launch->argv[0], (char *const *)(uintptr_t)launch->argv);
}

static _Noreturn void child(const struct launch *launch, const char *log_path, int heartbeat,
                            pid_t launcher)
{
    become(launch, log_path, heartbeat, launcher);
    dprintf(2, "%s cannot be started: %s: %s\n", launch->name, launch->argv[0], strerror(errno));
    _exit(127);
}

void process_start(struct process *p, const char *log_dir, const struct timeouts *timeouts,
                   int64_t now_ms)
{
    char log_path[PATH_MAX];
    snprintf(log_path, sizeof log_path, "%s/%s.log", log_dir, p->launch.name);
    pid_t launcher = getpid();
    int pipe_fd[2];
    process_program(&p->launch, p->program);
    p->is_outdated = false;
    if (pipe2(pipe_fd, O_CLOEXEC | O_NONBLOCK)) {
        back_off(p, timeouts, now_ms);
        return;
    }
    pid_t pid = fork();
    if (pid == 0)
        child(&p->launch, log_path, pipe_fd[1], launcher);
    close(pipe_fd[1]);
    if (pid < 0) {
        close(pipe_fd[0]);
        back_off(p, timeouts, now_ms);
        return;
    }
    p->pid = pid;
    p->heartbeat_fd = pipe_fd[0];
    p->line_len = 0;
    p->signals_sent = 0;
    p->restarts += p->starts++ > 0;
    p->started_ms = p->heard_ms = now_ms;
    p->due_ms = now_ms;
    enter(p, STATE_STARTING, "");
}

void process_adopt(struct process *p, pid_t pid, int heartbeat_fd, int restarts,
                   const char *program, int64_t now_ms)
{
    char now[PROGRAM_TEXT];
    p->pid = pid;
    p->heartbeat_fd = heartbeat_fd;
    p->restarts = restarts;
    p->starts = restarts + 1;
    p->started_ms = p->heard_ms = p->due_ms = now_ms;
    snprintf(p->program, sizeof p->program, "%s", program);
    process_program(&p->launch, now);
    /* A PostgreSQL goes on: its end would be one of every session. */
    p->is_outdated = p->launch.data == NULL && strcmp(now, program) != 0;
    enter(p, STATE_STARTING, "");
}

/* An unknown line is still a sign of life. */
static void heard(struct process *p, const char *line)
{
    if (p->state == STATE_STOPPING)
        return;
    if (strcmp(line, "starting") == 0)
        enter(p, STATE_STARTING, "");
    else if (strcmp(line, "standby") == 0)
        enter(p, STATE_STANDBY, "");
    else if (strcmp(line, "ready") == 0)
        enter(p, STATE_READY, "");
    else if (strncmp(line, "waiting", 7) == 0)
        enter(p, STATE_WAITING, line[7] ? line + 8 : "");
}

void process_listen(struct process *p, int64_t now_ms)
{
    char bytes[512];
    ssize_t n;
    while ((n = read(p->heartbeat_fd, bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < n; i++) {
            if (bytes[i] == '\n') {
                p->line[p->line_len] = '\0';
                p->line_len = 0;
                p->heard_ms = now_ms;
                heard(p, p->line);
            } else if (p->line_len < sizeof p->line - 1) {
                p->line[p->line_len++] = bytes[i];
            }
        }
    }
    if (n == 0) { /* the process has closed it: from now on it is silent */
        close(p->heartbeat_fd);
        p->heartbeat_fd = -1;
    }
}

void process_ended(struct process *p, int status, const struct timeouts *timeouts, int64_t now_ms)
{
    if (WIFSIGNALED(status))
        snprintf(p->last_end, sizeof p->last_end, "signal %d", WTERMSIG(status));
    else
        snprintf(p->last_end, sizeof p->last_end, "exit %d", WEXITSTATUS(status));
    if (p->heartbeat_fd >= 0)
        close(p->heartbeat_fd);
    p->heartbeat_fd = -1;
    probe_end(&p->probe);
    p->pid = 0;
    if (p->state == STATE_STOPPING) {
        enter(p, STATE_STOPPED, "");
        return;
    }
    if (now_ms - p->started_ms >= timeouts->healthy_ms)
        p->backoff_ms = 0;
    back_off(p, timeouts, now_ms);
}

void process_stop(struct process *p, const struct timeouts *timeouts, int64_t now_ms)
{
    if (p->pid == 0) {
        enter(p, STATE_STOPPED, "");
        return;
    }
    enter(p, STATE_STOPPING, "");
    p->signals_sent++;
    if (p->signals_sent == 1)
        kill(p->pid, p->launch.stop_signal);
    else if (p->signals_sent == 2)
        kill(p->pid, p->launch.hard_signal);
    else
        kill(-p->pid, SIGKILL); /* the whole session it leads */
    bool first = p->signals_sent == 1;
    p->due_ms = now_ms + (first && p->launch.stop_ms ? p->launch.stop_ms : timeouts->stop_ms);
}

/* PostgreSQL writes its pid into line 1 of its pid file, and into line 8 "starting", "ready" or
 * "stopping". */
static bool postmaster_says(const char *data, pid_t pid, char state[16])
{
    char path[PATH_MAX], line[1024];
    bool ours = false;
    snprintf(path, sizeof path, "%s/postmaster.pid", data);
    FILE *f = fopen(path, "re");
    *state = '\0';
    if (f == NULL)
        return false;
    for (int n = 1; n <= 8 && fgets(line, sizeof line, f) != NULL; n++) {
        if (n == 1)
            ours = strtol(line, NULL, 10) == pid;
        else if (n == 8)
            snprintf(state, 16, "%.*s", (int)strcspn(line, " \n"), line);
    }
    fclose(f);
    return ours;
}

static void ask(struct process *p, int64_t now_ms)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", p->launch.data);
    p->asked_ms = now_ms;
    probe_ask(&p->probe, path);
}

/* How long it may be silent before it is not called ready any more. */
static int64_t trusted_ms(const struct timeouts *timeouts)
{
    return timeouts->heartbeat_ms / 3;
}

static void look_at_postgres(struct process *p, const struct timeouts *timeouts, int64_t now_ms)
{
    char state[16];
    bool ours = postmaster_says(p->launch.data, p->pid, state);
    if (probe_heard(&p->probe)) {
        p->heard_ms = now_ms;
        if (ours && strcmp(state, "ready") == 0)
            enter(p, STATE_READY, "");
    }
    if (ours && strcmp(state, "stopping") == 0)
        enter(p, STATE_WAITING, "it is stopping");
    else if (p->state == STATE_READY && now_ms - p->heard_ms >= trusted_ms(timeouts))
        enter(p, STATE_WAITING, "no answer");
    bool outstanding = p->probe.fd >= 0 && now_ms - p->asked_ms < ASK_AGAIN_MS;
    bool settled = p->state == STATE_READY && now_ms - p->heard_ms < ASK_AGAIN_MS;
    if (!outstanding && !settled)
        ask(p, now_ms);
    p->due_ms = now_ms + (settled ? ASK_AGAIN_MS : LOOK_AGAIN_MS);
}

static void watch_heartbeat(struct process *p, const struct timeouts *timeouts, int64_t now_ms)
{
    int64_t doubted_ms = p->heard_ms + trusted_ms(timeouts);
    p->due_ms = p->is_replaceable ? doubted_ms : p->heard_ms + timeouts->heartbeat_ms;
    if (now_ms >= p->due_ms) {
        kill(-p->pid, SIGKILL);
        p->due_ms = INT64_MAX; /* its end will be reaped */
    } else if (now_ms < doubted_ms) {
        p->due_ms = doubted_ms;
    } else if (p->state == STATE_READY || p->state == STATE_STANDBY) {
        enter(p, STATE_WAITING, "no sign of life");
    }
}

void process_tick(struct process *p, const struct timeouts *timeouts, int64_t now_ms)
{
    if (p->state == STATE_STOPPING) {
        if (now_ms >= p->due_ms)
            process_stop(p, timeouts, now_ms);
    } else if (p->launch.data != NULL) {
        look_at_postgres(p, timeouts, now_ms);
    } else {
        watch_heartbeat(p, timeouts, now_ms);
    }
}
