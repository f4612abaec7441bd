/* SPDX-License-Identifier: Apache-2.0 */
/* The launcher with small shell scripts for services: what it does when they die, stop sending
 * heartbeats, wait, or ignore SIGTERM, and what remains when it is killed itself. Nothing here
 * sleeps: the status file is polled until it says what is expected, or a bound is passed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How a script reports that it is ready, and then does nothing. */
#define READY "echo ready >&3; "
#define STAY  "exec tail -f /dev/null"
/* Is ready, and on SIGTERM writes its name and ends. */
#define LEAVE_A_NOTE(name)                                                                         \
    "tail -f /dev/null & trap 'kill $!; echo " name " >>$AT/order; exit' TERM; " READY "wait"

enum { BOUND_MS = 60000, LOOK_MS = 5 };

struct fixture {
    char home[64];
    pid_t launcher;
};

struct shown {
    int pid;
    int restarts;
    char state[16];
    char reason[64];
    char last_end[32];
};

/* Look again soon, or fail once the bound is passed. */
static void look_again(int *waited_ms, const char *what)
{
    if (*waited_ms > BOUND_MS)
        fail_msg("timed out before %s", what);
    poll(NULL, 0, LOOK_MS);
    *waited_ms += LOOK_MS;
}

static bool read_file(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, size - 1);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

/* One process as the status file shows it; false when it is not in there. */
static bool look(const struct fixture *f, const char *name, struct shown *shown)
{
    char path[PATH_MAX], text[8192], start[64];
    snprintf(path, sizeof path, "%s/run/status", f->home);
    if (!read_file(path, text, sizeof text))
        return false;
    snprintf(start, sizeof start, "{\"name\":\"%s\",\"pid\":", name);
    const char *at = strstr(text, start);
    if (at == NULL)
        return false;
    *shown = (struct shown){0};
    at += strlen(start);
    int n = 0;
    assert_int_equal(
        sscanf(at, "%d,\"state\":\"%15[a-z]\",\"reason\":\"%n", &shown->pid, shown->state, &n), 2);
    at += n;
    size_t reason = strcspn(at, "\"");
    snprintf(shown->reason, sizeof shown->reason, "%.*s", (int)reason, at);
    at += reason;
    assert_int_equal(sscanf(at, "\",\"restarts\":%d,\"last_end\":\"%31[a-z0-9 ]", &shown->restarts,
                            shown->last_end) >= 1,
                     1);
    return true;
}

/* Returns how the process looks as soon as it is in `state` with that many restarts or more. */
static struct shown await(const struct fixture *f, const char *name, const char *state,
                          int restarts)
{
    struct shown shown;
    for (int waited_ms = 0;; look_again(&waited_ms, state)) {
        if (look(f, name, &shown) && strcmp(shown.state, state) == 0 && shown.restarts >= restarts)
            return shown;
    }
}

static bool lives(pid_t pid)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    if (!read_file(path, text, sizeof text))
        return false;
    return strstr(text, ") Z") == NULL;
}

static void await_end(pid_t pid)
{
    for (int waited_ms = 0; lives(pid);)
        look_again(&waited_ms, "the process has ended");
}

static void await_text(const struct fixture *f, const char *file, const char *expected)
{
    char path[PATH_MAX], text[4096] = "";
    snprintf(path, sizeof path, "%s/%s", f->home, file);
    for (int waited_ms = 0;; look_again(&waited_ms, expected)) {
        if (read_file(path, text, sizeof text) && strstr(text, expected) != NULL)
            return;
    }
}

/* The launcher of this build: in ONEDOOR_BIN, or beside this test. */
static void find_launcher(char path[PATH_MAX])
{
    char self[PATH_MAX / 2] = "";
    const char *bin = getenv("ONEDOOR_BIN");
    if (bin == NULL) {
        assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
        *strrchr(self, '/') = '\0';
        bin = self;
    }
    snprintf(path, PATH_MAX, "%s/onedoor-launcher", bin);
}

/* Start it with the given options, which end with NULL, and short delays. */
static void launch(struct fixture *f, ...)
{
    char path[PATH_MAX], home[80];
    find_launcher(path);
    snprintf(home, sizeof home, "--home=%s", f->home);
    const char *argv[24] = {path, home, "--foreground", "--backoff-ms=10", "--stop-ms=30000"};
    int n = 5;
    va_list options;
    va_start(options, f);
    while ((argv[n] = va_arg(options, const char *)) != NULL)
        n++;
    va_end(options);
    f->launcher = fork();
    if (f->launcher == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        execv(path, (char *const *)(uintptr_t)argv);
        _exit(127);
    }
}

/* Ask the launcher to end; returns its exit status. */
static int stop(struct fixture *f, int signal)
{
    int status;
    kill(f->launcher, signal);
    await_end(f->launcher);
    assert_int_equal(waitpid(f->launcher, &status, 0), f->launcher);
    f->launcher = 0;
    return status;
}

static int setup(void **state)
{
    static struct fixture fixture;
    char path[PATH_MAX];
    snprintf(fixture.home, sizeof fixture.home, "/tmp/onedoor-launcher-test.XXXXXX");
    fixture.launcher = 0;
    if (mkdtemp(fixture.home) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/run", fixture.home);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/log", fixture.home);
    mkdir(path, 0700);
    setenv("AT", fixture.home, 1); /* so that the scripts can leave traces there */
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    char command[128];
    if (f->launcher > 0)
        stop(f, SIGTERM);
    snprintf(command, sizeof command, "rm -rf %s", f->home);
    return system(command);
}

static void the_status_tells_what_each_process_says_of_itself(void **state)
{
    struct fixture *f = *state;
    launch(f, "--process=well=" READY STAY, "--process=second=echo standby >&3; " STAY,
           "--process=early=echo 'waiting \"db\" is away' >&3; " STAY, NULL);
    assert_string_equal(await(f, "well", "ready", 0).reason, "");
    await(f, "second", "standby", 0);
    await_text(f, "run/status", "\"state\":\"waiting\",\"reason\":\"\\\"db\\\" is away\"");
    assert_int_equal(await(f, "well", "ready", 0).restarts, 0);
}

static void a_process_that_dies_is_started_again(void **state)
{
    struct fixture *f = *state;
    launch(f, "--process=mortal=" READY STAY, "--process=other=" READY STAY, NULL);
    pid_t first = await(f, "mortal", "ready", 0).pid;
    pid_t other = await(f, "other", "ready", 0).pid;
    kill(first, SIGKILL);
    struct shown again = await(f, "mortal", "ready", 1);
    assert_int_not_equal(again.pid, first);
    assert_string_equal(again.last_end, "signal 9");
    assert_int_equal(await(f, "other", "ready", 0).pid, other);
}

static void a_process_that_falls_silent_is_killed_and_started_again(void **state)
{
    struct fixture *f = *state;
    launch(f, "--heartbeat-ms=200", "--process=silent=" READY STAY, NULL);
    assert_string_equal(await(f, "silent", "ready", 1).last_end, "signal 9");
}

static void a_stopped_process_counts_as_silent(void **state)
{
    struct fixture *f = *state;
    launch(f, "--heartbeat-ms=300", "--stop-ms=100", "--process=frozen=" READY "kill -STOP $$",
           NULL);
    assert_string_equal(await(f, "frozen", "ready", 1).last_end, "signal 9");
}

/* Nanoseconds at which a script that writes `date +%s%N` was started for the n-th time. */
static int64_t started_at(const char *text, int n)
{
    for (; n > 0; n--)
        text = strchr(text, '\n') + 1;
    return strtoll(text, NULL, 10);
}

static void a_process_that_keeps_dying_is_tried_ever_more_slowly_and_never_given_up(void **state)
{
    struct fixture *f = *state;
    char path[PATH_MAX], text[4096];
    launch(f, "--backoff-ms=20", "--backoff-max-ms=80",
           "--process=hopeless=date +%s%N >>$AT/starts; exit 3", NULL);
    assert_string_equal(await(f, "hopeless", "backoff", 7).last_end, "exit 3");
    snprintf(path, sizeof path, "%s/starts", f->home);
    assert_true(read_file(path, text, sizeof text));
    static const int least_ms[] = {20, 40, 80, 80, 80, 80};
    for (int i = 0; i < 6; i++)
        assert_true(started_at(text, i + 1) - started_at(text, i) >=
                    least_ms[i] * INT64_C(1000000));
}

static void a_program_that_is_not_there_is_reported_in_its_log(void **state)
{
    struct fixture *f = *state;
    launch(f, "--process=absent=exec /no/such/program", NULL);
    assert_string_equal(await(f, "absent", "backoff", 1).last_end, "exit 127");
    await_text(f, "log/absent.log", "/no/such/program");
}

static void what_is_built_on_the_base_waits_for_it(void **state)
{
    struct fixture *f = *state;
    char gate[PATH_MAX];
    snprintf(gate, sizeof gate, "%s/gate", f->home);
    assert_int_equal(mkfifo(gate, 0600), 0);
    launch(f, "--process=upper=" READY STAY, "--base=lower=read -r go <$AT/gate; " READY STAY,
           NULL);
    assert_string_equal(await(f, "upper", "waiting", 0).reason, "lower is not ready");
    assert_int_equal(await(f, "upper", "waiting", 0).pid, 0);
    int fd = open(gate, O_WRONLY | O_CLOEXEC);
    assert_int_equal(write(fd, "go\n", 3), 3);
    close(fd);
    await(f, "upper", "ready", 0);
}

static void the_base_is_stopped_last(void **state)
{
    struct fixture *f = *state;
    launch(f, "--base=lower=" LEAVE_A_NOTE("lower"), "--process=upper=" LEAVE_A_NOTE("upper"),
           NULL);
    await(f, "upper", "ready", 0);
    assert_int_equal(stop(f, SIGTERM), 0);
    await_text(f, "order", "upper\nlower\n");
}

static void a_process_that_does_not_want_to_end_is_killed(void **state)
{
    struct fixture *f = *state;
    launch(f, "--stop-ms=100", "--process=stubborn=trap '' TERM; " READY STAY, NULL);
    pid_t stubborn = await(f, "stubborn", "ready", 0).pid;
    assert_int_equal(stop(f, SIGINT), 0);
    assert_false(lives(stubborn));
    struct shown shown;
    assert_true(look(f, "stubborn", &shown));
    assert_string_equal(shown.state, "stopped");
    assert_string_equal(shown.last_end, "signal 9");
}

static void killing_the_launcher_leaves_no_orphan(void **state)
{
    struct fixture *f = *state;
    launch(f, "--base=lower=" READY STAY, "--process=upper=trap '' TERM INT HUP; " READY STAY,
           NULL);
    pid_t upper = await(f, "upper", "ready", 0).pid;
    pid_t lower = await(f, "lower", "ready", 0).pid;
    stop(f, SIGKILL);
    await_end(upper);
    await_end(lower);
}

static void a_hall_has_one_launcher_at_most(void **state)
{
    struct fixture *f = *state;
    launch(f, "--process=well=" READY STAY, NULL);
    await(f, "well", "ready", 0);
    struct fixture second = *f;
    launch(&second, "--process=well=" READY STAY, NULL);
    int status;
    assert_int_equal(waitpid(second.launcher, &status, 0), second.launcher);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    assert_true(lives(f->launcher));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_status_tells_what_each_process_says_of_itself),
        TEST(a_process_that_dies_is_started_again),
        TEST(a_process_that_falls_silent_is_killed_and_started_again),
        TEST(a_stopped_process_counts_as_silent),
        TEST(a_process_that_keeps_dying_is_tried_ever_more_slowly_and_never_given_up),
        TEST(a_program_that_is_not_there_is_reported_in_its_log),
        TEST(what_is_built_on_the_base_waits_for_it),
        TEST(the_base_is_stopped_last),
        TEST(a_process_that_does_not_want_to_end_is_killed),
        TEST(killing_the_launcher_leaves_no_orphan),
        TEST(a_hall_has_one_launcher_at_most),
    };
    return cmocka_run_group_tests_name("launcher", tests, NULL, NULL);
}
