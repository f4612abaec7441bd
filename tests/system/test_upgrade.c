/* SPDX-License-Identifier: Apache-2.0 */
/* A hall of a released Onedoor, with open cases and while it works, goes over to the next one,
 * which has one more change of the database: every command is answered. What must not be brought up
 * is refused, and a new program that does not start leaves the old one at work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/service_names.h"
#include "tests/system/desk.h"
#include "tests/system/running.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPEN_CASES = 5, BYTES = 600, SAID_BYTES = 1 << 16, DEADLINE_MS = 20000 };

static char place[] = "/tmp/onedoor-trees.XXXXXX", said[SAID_BYTES];

static int sh(const char *format, ...)
{
    char command[2 * BYTES], line[3 * BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    snprintf(line, sizeof line, "{ %s; } 2>&1", command);
    return hall_command(line, said, sizeof said);
}

static void does(int code)
{
    if (code != 0)
        fail_msg("%s", said);
}

static void refuses(int code, const char *why)
{
    if (code == 0 || strstr(said, why) == NULL)
        fail_msg("%s", said);
}

static void use(const char *which)
{
    char tree[BYTES];
    snprintf(tree, sizeof tree, "%s/%s", place, which);
    hall_use(tree);
}

/* ./onedoor of one of the trees, on the hall. */
static int onedoor(const char *which, const char *arguments)
{
    use(which);
    return sh("ONEDOOR_HOME=%s %s/%s/onedoor %s", hall.home, place, which, arguments);
}

static int make(const char *which)
{
    use(which);
    return sh("%s/%s/onedoor hall make %s --kind simulation", place, which, hall.home);
}

static int start(const char *which)
{
    use(which);
    return sh("%s/%s/onedoor hall start %s", place, which, hall.home);
}

static int open_hall(void **state)
{
    char self[BYTES] = "";
    (void)state;
    assert_non_null(mkdtemp(place));
    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    *strrchr(self, '/') = '\0';
    does(sh("%s/tests/system/trees.sh %s %s %s", ONEDOOR_ROOT, ONEDOOR_ROOT, self, place));
    use("old");
    hall_make(&hall);
    hall_start(&hall, NULL);
    running_connect();
    return 0;
}

static int close_hall(void **state)
{
    running_close(state);
    return sh("rm -rf %s", place);
}

/* ---- a load: a process that submits cases one after another until its pipe is closed */

struct load {
    pid_t pid;
    int pipe;
};

/* Nothing in here fails the test by itself: it would go on in two processes. */
static _Noreturn void submit_cases(int pipe, const ProtobufCMessage *application)
{
    struct client *own = hall_client(&hall, "desk");
    struct arena *memory = arena_new(1 << 20);
    struct pollfd end = {pipe, POLLIN, 0};
    int unanswered = 0;
    while (poll(&end, 1, 0) == 0) {
        struct ask ask = {.message = application,
                          .reply = &onedoor__intake__submit_reply__descriptor,
                          .actor = clerk,
                          .timeout_ms = DEADLINE_MS};
        client_new_id(ask.id);
        unanswered += client_call(own, &ask, memory).kind != ANSWER_OK;
        arena_reset(memory);
    }
    _exit(unanswered != 0);
}

static struct load load_begin(void)
{
    int ends[2];
    Onedoor__Intake__Submit *application = desk_application(client, "FPC-02", arena);
    assert_int_equal(0, pipe(ends));
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(ends[1]);
        submit_cases(ends[0], &application->base);
    }
    close(ends[0]);
    return (struct load){pid, ends[1]};
}

static void load_end(struct load *load)
{
    int status;
    close(load->pipe);
    assert_int_equal(load->pid, waitpid(load->pid, &status, 0));
    assert_int_equal(0, status); /* every one was answered */
}

/* ---- */

static int64_t cases(void)
{
    return hall_number(admin, "select count(*) from intake.cases");
}

static bool has_the_change(void)
{
    return hall_number(admin, "select count(*) from pg_attribute where attname = 'motto' and "
                              "attrelid = 'intake.cases'::regclass") == 1;
}

static void a_running_hall_goes_over_to_the_next_onedoor(void **state)
{
    int64_t open[OPEN_CASES];
    pid_t before[SERVICES];

    (void)state;
    for (int i = 0; i < OPEN_CASES; i++)
        open[i] = desk_begin(client, arena);
    for (int i = 0; i < SERVICES; i++)
        before[i] = hall_pid(&hall, service_names[i]);
    struct load load = load_begin();
    int64_t had = cases();
    hall_await_number(admin, "select count(*) from intake.cases", had + 1);
    does(make("new"));
    assert_non_null(strstr(said, "Bringing the database to Onedoor 9.1.0"));
    assert_true(has_the_change());
    had = cases();
    hall_await_number(admin, "select count(*) from intake.cases", had + 1); /* by the old program */
    pid_t launcher = hall_launcher(&hall);
    does(start("new"));
    assert_non_null(strstr(said, "takes its place, process by process: launcher writeback intake"));
    had = cases();
    hall_await_number(admin, "select count(*) from intake.cases", had + 1);
    load_end(&load);
    assert_int_equal(launcher, hall_launcher(&hall)); /* it became the new program */
    for (int i = 0; i < SERVICES; i++)
        assert_int_not_equal(before[i], hall_pid(&hall, service_names[i]));
    for (int i = 0; i < OPEN_CASES; i++)
        assert_int_equal(ANSWER_OK, desk_decide(client, open[i], arena).kind);
    does(onedoor("new", "verify"));
    does(onedoor("new", "status"));
    assert_null(strstr(said, "another Onedoor"));
    assert_null(strstr(said, "intake-2"));
}

static void a_second_up_finds_nothing_to_do(void **state)
{
    (void)state;
    pid_t intake = hall_pid(&hall, "intake");
    does(make("new"));
    does(start("new"));
    assert_string_equal("", said);
    assert_int_equal(intake, hall_pid(&hall, "intake"));
}

static void an_older_onedoor_refuses_the_database_and_changes_nothing(void **state)
{
    (void)state;
    refuses(make("old"), "brought to a later Onedoor than 9.0.0");
    assert_true(has_the_change());
    assert_true(desk_submit(client, "FPC-02", arena) > 0);
}

static void a_change_that_was_edited_is_refused(void **state)
{
    static const char edit[] = "cd %s/new && cp -a db/deploy/intake/motto.sql kept && "
                               "echo '-- edited' >>db/deploy/intake/motto.sql";
    (void)state;
    does(sh(edit, place));
    refuses(make("new"), "a change of its own has been edited");
    does(sh("cd %s/new && mv kept db/deploy/intake/motto.sql", place));
    does(make("new"));
}

static void a_program_that_does_not_start_leaves_the_old_one_at_work(void **state)
{
    (void)state;
    pid_t routing = hall_pid(&hall, "routing");
    does(sh("cd %s/new/bin && mv onedoor-routing kept && cp /bin/false onedoor-routing", place));
    refuses(start("new"), "routing-2 does not start");
    assert_int_equal(routing, hall_pid(&hall, "routing"));
    does(sh("cd %s/new/bin && mv kept onedoor-routing", place));
    does(start("new"));
}

/* ---- with a standby */

static void a_second_process_of_each_service_is_wished_for_while_it_works(void **state)
{
    (void)state;
    use("new");
    hall_start(&hall, "--standby");
    for (int i = 0; i < SERVICES; i++) {
        char name[40];
        snprintf(name, sizeof name, "%s-2", service_names[i]);
        hall_await(&hall, name, "standby", 0);
    }
    does(start("new")); /* and stays, when it is not asked for again */
    hall_await(&hall, "intake-2", "standby", 0);
}

/* The ones of intake: the writer, and the one that waits. */
struct two {
    const char *writer, *standby;
    pid_t writes, waits;
};

/* Is the process in this state? */
static bool shows(const char *process, const char *state, pid_t *pid)
{
    char start[80], is[16] = "";
    snprintf(start, sizeof start, "{\"name\":\"%s\",\"pid\":", process);
    const char *at = strstr(said, start);
    return at != NULL && sscanf(at + strlen(start), "%d,\"state\":\"%15[a-z]\"", pid, is) == 2 &&
           strcmp(is, state) == 0;
}

/* Both in one look, for they may change places. */
static bool are(struct two *two, const char *writer, const char *standby)
{
    two->writer = writer;
    two->standby = standby;
    return shows(writer, "ready", &two->writes) && shows(standby, "standby", &two->waits);
}

static struct two two_of_intake(void)
{
    struct retry retry = retry_begin();
    struct two two;
    for (;;) {
        does(sh("cat %s/run/status", hall.home));
        if (are(&two, "intake", "intake-2") || are(&two, "intake-2", "intake"))
            return two;
        retry_or_fail(&retry, "a writer and one that waits");
    }
}

static void another_one_goes_on_when_the_writer_is_killed(void **state)
{
    struct load load = load_begin();
    (void)state;
    struct two two = two_of_intake();
    hall_clear_log(&hall, two.standby);
    pid_t launcher = hall_launcher(&hall);
    hall_freeze(launcher); /* or its new process might be quicker than the one that waits */
    assert_int_equal(0, kill(two.writes, SIGKILL));
    hall_await_log(&hall, two.standby, "service.ready");
    int64_t had = cases();
    hall_await_number(admin, "select count(*) from intake.cases", had + 1);
    assert_int_equal(0, kill(launcher, SIGCONT));
    assert_int_equal(two.waits, hall_await(&hall, two.standby, "ready", 0));
    hall_await(&hall, two.writer, "standby", two.writes);
    load_end(&load);
}

static void another_one_goes_on_when_the_writer_freezes(void **state)
{
    struct load load = load_begin();
    (void)state;
    struct two two = two_of_intake();
    struct retry retry = retry_begin();
    hall_freeze(two.writes);
    while (kill(two.writes, 0) == 0)
        retry_or_fail(&retry, "the end of a frozen writer");
    two_of_intake();
    int64_t had = cases();
    hall_await_number(admin, "select count(*) from intake.cases", had + 1);
    load_end(&load);
}

static void the_one_that_waits_is_renewed_before_the_writer(void **state)
{
    struct load load = load_begin();
    char first[BYTES], then[BYTES];
    (void)state;
    struct two old = two_of_intake();
    does(sh("cd %s/new/bin && cp onedoor-intake x && mv x onedoor-intake", place));
    hall_clear_log(&hall, "launcher");
    does(start("new"));
    assert_non_null(strstr(said, "process by process: intake intake-2"));
    struct two new = two_of_intake();
    assert_true(new.writes != old.writes &&new.writes != old.waits);
    assert_true(new.waits != old.writes &&new.waits != old.waits);
    snprintf(first, sizeof first, "renewal.process %s\n", old.standby);
    snprintf(then, sizeof then, "renewal.process %s\n", old.writer);
    does(sh("cat %s/log/launcher.log", hall.home));
    assert_true(strstr(said, first) != NULL && strstr(strstr(said, first), then) != NULL);
    load_end(&load);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_running_hall_goes_over_to_the_next_onedoor),
        cmocka_unit_test(a_second_up_finds_nothing_to_do),
        cmocka_unit_test(an_older_onedoor_refuses_the_database_and_changes_nothing),
        cmocka_unit_test(a_change_that_was_edited_is_refused),
        cmocka_unit_test(a_program_that_does_not_start_leaves_the_old_one_at_work),
        cmocka_unit_test(a_second_process_of_each_service_is_wished_for_while_it_works),
        cmocka_unit_test(another_one_goes_on_when_the_writer_is_killed),
        cmocka_unit_test(another_one_goes_on_when_the_writer_freezes),
        cmocka_unit_test(the_one_that_waits_is_renewed_before_the_writer),
    };
    return cmocka_run_group_tests_name("upgrade", tests, open_hall, close_hall);
}
