/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/hall.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/monotonic.h"

enum { BOUND_MS = 120000, LOOK_MS = 10, PATH_BYTES = 512, TEXT_BYTES = 1 << 20 };

/* ---- waiting */

struct retry retry_begin(void)
{
    return (struct retry){monotonic_ms() + BOUND_MS};
}

void retry_or_fail(const struct retry *retry, const char *what)
{
    if (monotonic_ms() > retry->until_ms)
        fail_msg("timed out: %s", what);
    poll(NULL, 0, LOOK_MS);
}

/* ---- making and clearing away */

static char tree[PATH_BYTES] = ONEDOOR_ROOT;

void hall_use(const char *other)
{
    char bin[PATH_BYTES + 8];
    snprintf(tree, sizeof tree, "%s", other);
    snprintf(bin, sizeof bin, "%s/bin", other);
    setenv("ONEDOOR_BIN", bin, 1);
}

static void onedoor(const struct hall *hall, const char *step, const char *options)
{
    char command[3 * PATH_BYTES];
    snprintf(command, sizeof command, "'%s/onedoor' hall %s %s %s >/dev/null 2>%s.said", tree, step,
             hall->home, options, hall->home);
    if (system(command) == 0)
        return;
    snprintf(command, sizeof command, "cat %s.said >&2", hall->home);
    if (system(command) != 0)
        fprintf(stderr, "and said nothing\n");
    fail_msg("hall %s did not work", step);
}

void hall_settings(const struct hall *hall, const char *lines)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/onedoor.conf", hall->home);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    /* Tests take tickets at night too. */
    fprintf(file, "bus = ipc://{home}/run/{service}-{lane}\ntickets_in_hours = no\n%s", lines);
    assert_int_equal(0, fclose(file));
}

static void read_settings(struct hall *hall)
{
    static const struct setting *const tables[] = {common_settings, NULL};
    char home[sizeof hall->home + 8];
    const char *error;
    snprintf(home, sizeof home, "--home=%s", hall->home);
    char *arguments[] = {home, NULL};
    assert_int_equal(STATUS_OK,
                     config_read(&hall->config, 1, arguments, tables, hall->arena, &error));
}

/* Beside the programs of this build, unless ONEDOOR_BIN names others. */
static void find_programs(void)
{
    char self[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(n > 0);
    self[n] = '\0';
    *strrchr(self, '/') = '\0';
    setenv("ONEDOOR_BIN", self, 0);
}

void hall_make(struct hall *hall)
{
    find_programs();
    *hall = (struct hall){.home = "/tmp/onedoor-test.XXXXXX", .arena = arena_new(1 << 20)};
    assert_non_null(mkdtemp(hall->home));
    assert_int_equal(0, chmod(hall->home, 0711)); /* PostgreSQL lives in there too */
    onedoor(hall, "make", "--kind simulation");
    hall_settings(hall, "");
    read_settings(hall);
}

void hall_start(struct hall *hall, const char *option)
{
    char quoted[PATH_BYTES] = "";
    if (option != NULL)
        snprintf(quoted, sizeof quoted, "'%s'", option);
    onedoor(hall, "start", quoted);
}

void hall_stop(struct hall *hall)
{
    onedoor(hall, "stop", "");
}

void hall_destroy(struct hall *hall)
{
    char path[PATH_BYTES];
    if (hall->home[0] == '\0')
        return;
    snprintf(path, sizeof path, "%s/onedoor.conf", hall->home);
    unlink(path);
    onedoor(hall, "destroy", "");
    snprintf(path, sizeof path, "%s.said", hall->home);
    unlink(path);
    arena_free(&hall->arena);
}

/* ---- processes */

static bool read_text(const char *path, char *text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, TEXT_BYTES - 1);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

static bool look(const struct hall *hall, const char *process, char state[16], pid_t *pid)
{
    static char text[TEXT_BYTES];
    char path[PATH_BYTES], start[64];
    snprintf(path, sizeof path, "%s/run/status", hall->home);
    snprintf(start, sizeof start, "{\"name\":\"%s\",\"pid\":", process);
    const char *at = read_text(path, text) ? strstr(text, start) : NULL;
    return at != NULL && sscanf(at + strlen(start), "%d,\"state\":\"%15[a-z]\"", pid, state) == 2;
}

pid_t hall_await(const struct hall *hall, const char *process, const char *state, pid_t other)
{
    struct retry retry = retry_begin();
    char now[16] = "";
    pid_t pid = 0;
    while (!look(hall, process, now, &pid) || strcmp(now, state) != 0 || pid == other)
        retry_or_fail(&retry, process);
    return pid;
}

pid_t hall_pid(const struct hall *hall, const char *process)
{
    return hall_await(hall, process, "ready", 0);
}

void hall_restart(const struct hall *hall, const char *process)
{
    pid_t pid = hall_pid(hall, process);
    assert_int_equal(0, kill(pid, SIGTERM));
    hall_await(hall, process, "ready", pid);
}

void hall_await_log(const struct hall *hall, const char *process, const char *text)
{
    static char log[TEXT_BYTES];
    struct retry retry = retry_begin();
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/log/%s.log", hall->home, process);
    while (!read_text(path, log) || strstr(log, text) == NULL)
        retry_or_fail(&retry, text);
}

int hall_count_log(const struct hall *hall, const char *process, const char *text)
{
    static char log[TEXT_BYTES];
    char path[PATH_BYTES];
    int n = 0;
    snprintf(path, sizeof path, "%s/log/%s.log", hall->home, process);
    assert_true(read_text(path, log));
    for (const char *at = log; (at = strstr(at, text)) != NULL; at += strlen(text))
        n++;
    return n;
}

void hall_clear_log(const struct hall *hall, const char *process)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/log/%s.log", hall->home, process);
    assert_int_equal(0, truncate(path, 0));
}

/* The state of a process in /proc, which follows the name in parentheses; 'T': stopped. */
static char state_of(pid_t pid)
{
    char path[PATH_BYTES], text[PATH_BYTES];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_non_null(strrchr(text, ')'));
    return strrchr(text, ')')[2];
}

void hall_freeze(pid_t pid)
{
    struct retry retry = retry_begin();
    assert_int_equal(0, kill(pid, SIGSTOP));
    while (state_of(pid) != 'T')
        retry_or_fail(&retry, "a process that is stopped");
}

pid_t hall_launcher(const struct hall *hall)
{
    static char text[TEXT_BYTES];
    char path[PATH_BYTES];
    pid_t pid = 0;
    snprintf(path, sizeof path, "%s/run/status", hall->home);
    assert_true(read_text(path, text));
    assert_int_equal(1, sscanf(text, "{\"pid\":%d", &pid));
    return pid;
}

/* ---- a second process of a service */

static _Noreturn void become(const struct hall *hall, const char *service, int heartbeat)
{
    char program[PATH_BYTES], option[PATH_BYTES], log[PATH_BYTES], fd[12];
    snprintf(program, sizeof program, "%s/onedoor-%s", getenv("ONEDOOR_BIN"), service);
    snprintf(option, sizeof option, "--home=%s", hall->home);
    snprintf(log, sizeof log, "%s/log/second.log", hall->home);
    snprintf(fd, sizeof fd, "%d", heartbeat);
    setenv("ONEDOOR_HEARTBEAT_FD", fd, 1);
    dup2(open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execl(program, program, option, NULL);
    _exit(127);
}

struct second second_start(const struct hall *hall, const char *service)
{
    int ends[2];
    assert_int_equal(0, pipe(ends));
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become(hall, service, ends[1]);
    close(ends[1]);
    return (struct second){pid, ends[0]};
}

void second_await(const struct second *second, const char *state)
{
    struct retry retry = retry_begin();
    char told[4096] = "", line[64];
    size_t used = 0;
    snprintf(line, sizeof line, "%s\n", state);
    while (strstr(told, line) == NULL) {
        struct pollfd fd = {second->heartbeat, POLLIN, 0};
        ssize_t n =
            poll(&fd, 1, LOOK_MS) > 0 ? read(fd.fd, told + used, sizeof told - 1 - used) : 0;
        used += n > 0 ? (size_t)n : 0;
        retry_or_fail(&retry, state);
    }
}

int second_end(struct second *second, int signal)
{
    struct retry retry = retry_begin();
    int status;
    if (signal != 0)
        kill(second->pid, signal);
    while (waitpid(second->pid, &status, WNOHANG) == 0)
        retry_or_fail(&retry, "the end of the second process");
    close(second->heartbeat);
    second->pid = 0;
    return status;
}

int hall_command(const char *command, char *said, size_t size)
{
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    size_t n = fread(said, 1, size - 1, pipe);
    said[n] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* ---- asking */

struct client *hall_client(const struct hall *hall, const char *key)
{
    struct client *client;
    assert_int_equal(STATUS_OK, client_new(&client, hall->config, key));
    return client;
}

PGconn *hall_connect(const struct hall *hall, const char *who)
{
    char path[PATH_BYTES], conninfo[2048] = "";
    snprintf(path, sizeof path, "%s/keys/%s/conninfo", hall->home, who);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_non_null(fgets(conninfo, sizeof conninfo, file));
    fclose(file);
    conninfo[strcspn(conninfo, "\n")] = '\0';
    PGconn *conn = PQconnectdb(conninfo);
    if (PQstatus(conn) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(conn));
    return conn;
}

static PGresult *ask(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(conn));
    return result;
}

void hall_do(PGconn *conn, const char *sql)
{
    PQclear(ask(conn, sql));
}

int64_t hall_number(PGconn *conn, const char *sql)
{
    PGresult *result = ask(conn, sql);
    assert_int_equal(1, PQntuples(result));
    int64_t number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return number;
}

void hall_refuses(PGconn *conn, const char *sql, const char *sqlstate)
{
    PGresult *result = PQexec(conn, sql);
    const char *found = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (found == NULL)
        fail_msg("not refused: %s", sql);
    if (strcmp(found, sqlstate) != 0)
        fail_msg("%s: refused with %s: %s", sql, found, PQerrorMessage(conn));
    PQclear(result);
}

void hall_await_number(PGconn *conn, const char *sql, int64_t least)
{
    struct retry retry = retry_begin();
    while (hall_number(conn, sql) < least)
        retry_or_fail(&retry, sql);
}
