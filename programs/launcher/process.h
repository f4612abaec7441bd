/* SPDX-License-Identifier: Apache-2.0 */
/* process.h: one supervised process, from its start to its end and its next start.
 *
 * A process reports its state by a heartbeat: about once a second it writes one line to the pipe
 * whose number is in ONEDOOR_HEARTBEAT_FD: "starting", "standby", "ready" or "waiting <reason>".
 * One that is silent for a third of the longest silence is shown as waiting, then it is killed; one
 * that dies is restarted after a delay that doubles with each death and is reset once it has run
 * for a while. It is never given up.
 *
 * Times are milliseconds of the monotonic clock and are always given by the caller. */
#ifndef LAUNCHER_PROCESS_H
#define LAUNCHER_PROCESS_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "programs/launcher/probe.h"

enum state {
    STATE_WAITING,  /* cannot work yet; `reason` says why */
    STATE_STARTING, /* runs, and is not ready yet */
    STATE_STANDBY,  /* healthy; another instance holds the writer's lock */
    STATE_READY,    /* healthy and at work */
    STATE_BACKOFF,  /* died; is restarted at `due_ms` */
    STATE_STOPPING, /* was asked to end */
    STATE_STOPPED,  /* ended when asked to */
};

/* How long the supervisor waits, in milliseconds. */
struct timeouts {
    int64_t heartbeat_ms;   /* longest silence of a process */
    int64_t stop_ms;        /* from each signal to end to the next, harder one */
    int64_t backoff_ms;     /* first delay before a new start */
    int64_t backoff_max_ms; /* longest delay before a new start */
    int64_t healthy_ms;     /* a run this long resets the delay */
};

/* What to run, and how. Strings are borrowed and outlive the process. */
struct launch {
    const char *name;
    const char *role;    /* two processes of one role stand in for each other; null: the name */
    bool is_substitute;  /* runs only while another of its role is renewed (renewal.h) */
    const char *argv[8]; /* argv[0] is the path; null after the last */
    const char *data;    /* it is a PostgreSQL with this data folder, and is asked; null: it has a
                            heartbeat */
    int stage;           /* a lower stage is started first and stopped last */
    int stop_signal;     /* asks it to end in order */
    int64_t stop_ms;     /* how long it may take; 0: as the timeouts say */
    int hard_signal;     /* when it has not, and when the launcher itself is killed */
    uid_t uid;           /* whom to run as; used by root alone */
    gid_t gid;
    bool huge_pages; /* its heap uses them where the system has them (glibc) */
};

/* Which program it is: the file's device and number, which another build does not share. */
enum { PROGRAM_TEXT = 44 };

struct process {
    struct launch launch;
    enum state state;
    bool is_idle;        /* a substitute that is not wanted: it is not started, and not shown */
    bool is_outdated;    /* another program stands in its program's place now */
    bool is_replaceable; /* a standby would go on if it were killed */
    char program[PROGRAM_TEXT]; /* as it was started; "" when it never was */
    char reason[160];           /* only while waiting, else empty */
    char last_end[40];          /* how it last ended: "exit 1", "signal 9"; empty at first */
    int64_t since_unix_ms;      /* wall clock of the last change of state */
    pid_t pid;                  /* 0 when it does not run */
    int restarts;               /* starts after the first */
    int starts;
    int heartbeat_fd; /* our end of its pipe, -1 when it does not run */
    int signals_sent; /* to end it: 0 none, 1 stop, 2 hard, 3 kill */
    size_t line_len;  /* bytes of an unfinished heartbeat line */
    char line[200];   /* the unfinished line */
    int64_t started_ms;
    int64_t heard_ms;   /* last heartbeat or answer, or the start */
    int64_t asked_ms;   /* when the probe was last begun */
    struct probe probe; /* of a PostgreSQL */
    int64_t due_ms;     /* next thing to do: start, look again, give up waiting */
    int64_t backoff_ms; /* delay before the next start; 0: it has not died lately */
};

/* A process that has not run yet and may start at once. */
void process_init(struct process *p, const struct launch *launch);

/* Fork and execute it, with its output appended to `log_dir`/<name>.log. A failure counts as a
 * death: it is tried again later. */
void process_start(struct process *p, const char *log_dir, const struct timeouts *timeouts,
                   int64_t now_ms);

/* Do not start it yet; `reason` is shown. */
void process_wait(struct process *p, const char *reason);

/* It runs already: it was started by the launcher whose place this one takes (renewal.h). */
void process_adopt(struct process *p, pid_t pid, int heartbeat_fd, int restarts,
                   const char *program, int64_t now_ms);

/* Which program would be started now; "" when there is none. */
void process_program(const struct launch *, char program[PROGRAM_TEXT]);

/* Read its pipe and take over the state that it reports. */
void process_listen(struct process *p, int64_t now_ms);

/* It has ended; `status` is that of waitpid(2). Its state becomes back-off, or stopped when it was
 * asked to end. */
void process_ended(struct process *p, int status, const struct timeouts *timeouts, int64_t now_ms);

/* Ask it to end. After each `stop_ms` it is asked in a harder way, SIGKILL being the last. */
void process_stop(struct process *p, const struct timeouts *timeouts, int64_t now_ms);

/* Do what is due for a running process: see whether it answers, kill it when silent (sooner when a
 * standby goes on; a PostgreSQL never, for that would end every session), ask it harder to end.
 * Sets `due_ms` to when it must be looked at again. */
void process_tick(struct process *p, const struct timeouts *timeouts, int64_t now_ms);

/* The state as it is written in the status file. */
const char *state_name(enum state state);

#endif
