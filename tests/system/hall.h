/* SPDX-License-Identifier: Apache-2.0 */
/* hall.h: a hall of a test program's own: a folder under /tmp, a PostgreSQL, sockets, keys, the
 * five services. It is made, started, observed, disturbed and removed. Anything that fails fails
 * the test. Nothing here sleeps: a condition is polled until it holds or a bound is passed. Include
 * after cmocka.h. */
#ifndef TESTS_HALL_H
#define TESTS_HALL_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <sys/types.h>

#include "common/base/config.h"
#include "common/bus/client.h"

struct hall {
    char home[40];
    struct arena *arena;
    struct config *config; /* for clients */
};

/* Instead of the services: PostgreSQL runs, and beside it a process that does nothing. */
#define HALL_IDLE "--process=idle=echo ready >&3; exec tail -f /dev/null"

/* A hall of the kind `simulation` on Unix sockets of its own; nothing runs yet. Always destroy
 * it: that stops and removes whatever is there. */
void hall_make(struct hall *);
void hall_destroy(struct hall *);

/* From now on halls are made and started by TREE/onedoor, with the programs in TREE/bin. */
void hall_use(const char *tree);

/* Returns when everything is ready. `option` goes to the launcher; null: none. */
void hall_start(struct hall *, const char *option);
void hall_stop(struct hall *);

/* The settings of this hall beside its sockets ("queue_max = 1\n", "" for none), for processes that
 * start from now on. */
void hall_settings(const struct hall *, const char *lines);

/* Wait until the process is in that state and its id is not `other`; its id. */
pid_t hall_await(const struct hall *, const char *process, const char *state, pid_t other);
pid_t hall_pid(const struct hall *, const char *process); /* likewise: ready */
/* End it and wait until the launcher has started it again. */
void hall_restart(const struct hall *, const char *process);
/* Wait until its log contains the text; and: empty its log. */
void hall_await_log(const struct hall *, const char *process, const char *text);
void hall_clear_log(const struct hall *, const char *process);
/* How often its log contains the text now. */
int hall_count_log(const struct hall *, const char *process, const char *text);
/* The launcher: freeze it while nothing is to be restarted. */
pid_t hall_launcher(const struct hall *);
/* Stop a process with SIGSTOP; returns when it has stopped. SIGCONT resumes it. */
void hall_freeze(pid_t);

/* Another process of a service beside the launcher's. second_await reads the states it reports; it
 * logs to HOME/log/second.log. */
struct second {
    pid_t pid;
    int heartbeat;
};
struct second second_start(const struct hall *, const char *service);
void second_await(const struct second *, const char *state);
/* Send it the signal and wait for its end; its status as waitpid gives it. */
int second_end(struct second *, int signal);

/* Run a shell command: what it prints, cut to fit, and its exit status. */
int hall_command(const char *command, char *said, size_t size);

/* A client with HOME/keys/<key>/key. */
struct client *hall_client(const struct hall *, const char *key);

/* The database as "admin" or as a service sees it. */
PGconn *hall_connect(const struct hall *, const char *who);
void hall_do(PGconn *, const char *sql);
int64_t hall_number(PGconn *, const char *sql);
/* It is refused with this SQLSTATE. */
void hall_refuses(PGconn *, const char *sql, const char *sqlstate);
/* Wait until the number is at least `least`. */
void hall_await_number(PGconn *, const char *sql, int64_t least);

/* Between two tries: wait a little, or fail once the bound is passed. */
struct retry {
    int64_t until_ms;
};
struct retry retry_begin(void);
void retry_or_fail(const struct retry *, const char *what);

#endif
