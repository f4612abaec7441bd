/* SPDX-License-Identifier: Apache-2.0 */
/* What is frozen, stopping or killed is not called ready, and what waits for it goes on: a service,
 * a writer whose lock another waits for, PostgreSQL as a whole, a session of it, and a hall of
 * which nothing is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/door.h"
#include "tests/system/running.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMMAND_BYTES = 600, SAID_BYTES = 1 << 16 };

static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_settings(&hall, "writer_silent_ms = 3000\n");
    hall_start(&hall, "--heartbeat-ms=9000"); /* doubted after three seconds */
    running_connect();
    return 0;
}

static void resume(pid_t pid)
{
    assert_int_equal(0, kill(pid, SIGCONT));
}

/* ---- services */

static void a_frozen_service_is_not_ready_before_it_is_killed(void **state)
{
    (void)state;
    pid_t frozen = hall_pid(&hall, "routing");
    hall_freeze(frozen);
    assert_int_equal(frozen, hall_await(&hall, "routing", "waiting", 0));
    resume(frozen);
    assert_int_equal(frozen, hall_pid(&hall, "routing"));
}

/* Until the follower has heard so much of intake. */
static void await_cursor(const char *follower, int64_t seq)
{
    char sql[200];
    snprintf(sql, sizeof sql, "select coalesce(max(seq), 0) from %s.cursor where stream = 'intake'",
             follower);
    hall_await_number(admin, sql, seq);
}

/* Nobody but the process that waits for its lock does anything about it. */
static void a_frozen_writer_loses_its_lock_to_the_one_that_waits(void **state)
{
    (void)state;
    pid_t frozen = hall_pid(&hall, "intake");
    struct second standby = second_start(&hall, "intake");
    second_await(&standby, "standby");
    pid_t launcher = hall_launcher(&hall);
    hall_freeze(launcher);
    hall_freeze(frozen);
    second_await(&standby, "ready");
    struct client *desk = hall_client(&hall, "desk");
    desk_submit(desk, "FPC-02", arena);
    client_free(&desk);
    /* Those who were at its door come to the new one's: followers, and a client that asks. */
    await_cursor("supervision", hall_number(admin, "select max(seq) from intake.journal_head"));
    desk_submit(client, "FPC-02", arena);
    assert_int_equal(0, kill(frozen, SIGKILL));
    resume(launcher);
    hall_await(&hall, "intake", "standby", frozen);
    assert_int_equal(0, second_end(&standby, SIGTERM));
    hall_await(&hall, "intake", "ready", frozen);
}

/* It works or rests, and is heard of in its session. */
static void a_writer_at_rest_keeps_its_lock(void **state)
{
    (void)state;
    hall_pid(&hall, "intake");
    struct second standby = second_start(&hall, "intake");
    second_await(&standby, "standby");
    const char *session = "select coalesce(max(a.pid), 0) from pg_stat_activity a join pg_locks l"
                          " using (pid) where a.application_name = 'intake'"
                          " and l.locktype = 'advisory' and l.granted";
    int64_t writer = hall_number(admin, session);
    int64_t until = hall_number(admin, "select extract(epoch from clock_timestamp())::int8") + 7;
    hall_await_number(admin, "select extract(epoch from clock_timestamp())::int8", until);
    assert_int_equal(writer, hall_number(admin, session));
    assert_int_equal(0, second_end(&standby, SIGTERM));
}

/* ---- PostgreSQL */

static void a_frozen_postgresql_is_not_ready(void **state)
{
    (void)state;
    pid_t postgres = hall_pid(&hall, "postgres");
    hall_freeze(postgres);
    assert_int_equal(postgres, hall_await(&hall, "postgres", "waiting", 0));
    resume(postgres);
    assert_int_equal(postgres, hall_pid(&hall, "postgres"));
}

/* The process of PostgreSQL in which a service writes: the service waits, although it can answer
 * its launcher. */
static void a_service_whose_session_is_frozen_waits_for_the_database(void **state)
{
    (void)state;
    hall_pid(&hall, "charging");
    pid_t session = (pid_t)hall_number(
        admin, "select max(a.pid) from pg_stat_activity a join pg_locks l using (pid)"
               " where a.application_name = 'charging' and l.locktype = 'advisory' and l.granted");
    hall_freeze(session);
    pid_t service = hall_await(&hall, "charging", "waiting", 0);
    resume(session);
    assert_int_equal(service, hall_pid(&hall, "charging"));
}

/* On SIGTERM it waits until all sessions have ended, and takes no new ones. */
static void a_postgresql_that_is_stopping_is_not_ready(void **state)
{
    (void)state;
    pid_t postgres = hall_pid(&hall, "postgres");
    assert_int_equal(0, kill(postgres, SIGTERM));
    assert_int_equal(postgres, hall_await(&hall, "postgres", "waiting", 0));
    running_disconnect();
    assert_int_equal(0, kill(postgres, SIGINT)); /* the sessions of the services too */
    hall_await(&hall, "postgres", "ready", postgres);
    running_connect();
}

/* ---- everything */

static void a_hall_starts_right_after_all_of_it_was_killed(void **state)
{
    static char said[SAID_BYTES];
    char command[COMMAND_BYTES];
    (void)state;
    int64_t cases = hall_number(admin, "select count(*) from intake.cases");
    running_disconnect();
    for (int round = 0; round < 3; round++) {
        snprintf(command, sizeof command,
                 "{ kill -KILL $(grep -o '\"pid\":[1-9][0-9]*' %s/run/status | cut -d: -f2)"
                 " && '%s/onedoor' hall start %s; } 2>&1",
                 hall.home, ONEDOOR_ROOT, hall.home);
        if (hall_command(command, said, sizeof said) != 0)
            fail_msg("%s", said);
        assert_string_equal("", said);
    }
    running_connect();
    assert_int_equal(cases, hall_number(admin, "select count(*) from intake.cases"));
    desk_submit(client, "FPC-02", arena);
}

/* ---- one view of it in three forms */

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "", DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

/* Until it answers with this status; its faults as text, to be freed. */
static char *await_probe(int status)
{
    struct web web = web_of(&door.hall);
    struct retry retry = retry_begin();
    for (;;) {
        struct said said = web_ask(&web, "GET", "//readyz", NULL);
        char *faults = json_dumps(json_object_get(said.body, "faults"), JSON_COMPACT);
        int got = said.status;
        said_free(&said);
        if (got == status)
            return faults;
        free(faults);
        retry_or_fail(&retry, "/readyz says something else");
    }
}

static int status_of(char said[SAID_BYTES], const char *how)
{
    char command[COMMAND_BYTES];
    snprintf(command, sizeof command, "ONEDOOR_HOME=%s '%s/onedoor' status %s 2>&1", door.hall.home,
             ONEDOOR_ROOT, how);
    return hall_command(command, said, SAID_BYTES);
}

static void what_is_wrong_is_named_by_probe_status_and_health(void **state)
{
    static char said[SAID_BYTES];
    (void)state;
    char *none = await_probe(200);
    assert_string_equal("[]", none);
    free(none);
    assert_int_equal(0, status_of(said, ""));
    assert_null(strstr(said, "fault"));
    pid_t launcher = hall_launcher(&door.hall), frozen = hall_pid(&door.hall, "routing");
    hall_freeze(launcher);
    hall_freeze(frozen);
    char *faults = await_probe(503);
    assert_non_null(strstr(faults, "routing does not answer"));
    free(faults);
    assert_int_equal(1, status_of(said, ""));
    assert_non_null(strstr(said, "\n  fault        routing does not answer\n"));
    assert_int_equal(1, status_of(said, "--json"));
    assert_non_null(strstr(said, "\"faults\":[\"routing does not answer\"]"));
    resume(frozen);
    resume(launcher);
    free(await_probe(200));
    hall_pid(&door.hall, "routing");
    assert_int_equal(0, status_of(said, "--json"));
}

int main(void)
{
    const struct CMUnitTest views[] = {
        cmocka_unit_test(what_is_wrong_is_named_by_probe_status_and_health),
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frozen_service_is_not_ready_before_it_is_killed),
        cmocka_unit_test(a_frozen_writer_loses_its_lock_to_the_one_that_waits),
        cmocka_unit_test(a_writer_at_rest_keeps_its_lock),
        cmocka_unit_test(a_frozen_postgresql_is_not_ready),
        cmocka_unit_test(a_service_whose_session_is_frozen_waits_for_the_database),
        cmocka_unit_test(a_postgresql_that_is_stopping_is_not_ready),
        cmocka_unit_test(a_hall_starts_right_after_all_of_it_was_killed),
    };
    int failed = cmocka_run_group_tests_name("truth", tests, open_hall, running_close);
    return failed + cmocka_run_group_tests_name("views", views, open_door, close_door);
}
