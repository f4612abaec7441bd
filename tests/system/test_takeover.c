/* SPDX-License-Identifier: Apache-2.0 */
/* A standby takes over when the writer is killed, loses its database session, or freezes: what was
 * acknowledged is there, and a process without the right to write writes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/running.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

enum { CASES = 20 };

static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_start(&hall, "--heartbeat-ms=600000"); /* a frozen writer is left to the test */
    running_connect();
    return 0;
}

/* ---- cases, and what was said of them */

struct submitted {
    unsigned char id[16];
    Onedoor__Intake__Submit *message;
    int64_t number; /* as it was acknowledged */
};

static int64_t submit(struct client *from, struct submitted *submitted)
{
    struct answer answer = desk_ask(from, submitted->id, &clerk, &submitted->message->base,
                                    &onedoor__intake__submit_reply__descriptor, arena);
    assert_int_equal(ANSWER_OK, answer.kind);
    return ((const Onedoor__Intake__SubmitReply *)answer.message)->case_number;
}

static void submit_some(struct client *from, struct submitted all[CASES])
{
    for (int i = 0; i < CASES; i++) {
        client_new_id(all[i].id);
        all[i].message = desk_application(from, "FPC-02", arena);
        all[i].number = submit(from, &all[i]);
    }
}

/* Every acknowledged one is there, once: the same key gets the same number. */
static void assert_all_there(struct client *from, struct submitted all[CASES])
{
    for (int i = 0; i < CASES; i++)
        assert_int_equal(all[i].number, submit(from, &all[i]));
}

static int64_t cases(void)
{
    return hall_number(admin, "select count(*) from intake.cases");
}

static void count_event(void *context, const struct event *event)
{
    (void)event;
    ++*(int64_t *)context;
}

/* Invariant 2: as a follower sees it from the beginning, every hash checked. */
static void assert_journal_proven(void)
{
    struct client *follower = hall_client(&hall, "desk");
    struct retry retry = retry_begin();
    int64_t heard = 0, said = hall_number(admin, "select seq from intake.journal_head");
    assert_int_equal(said, hall_number(admin, "select count(*) from intake.journal"));
    client_follow(follower, "intake", count_event, &heard);
    while (heard < said) {
        client_turn(follower, 100);
        retry_or_fail(&retry, "the journal of intake");
    }
    client_free(&follower);
}

/* ---- killed */

static void a_standby_takes_over_from_a_writer_that_is_killed(void **state)
{
    struct submitted all[CASES];

    (void)state;
    int64_t before = cases();
    submit_some(client, all);
    struct second standby = second_start(&hall, "intake");
    second_await(&standby, "standby");
    pid_t launcher = hall_launcher(&hall);
    hall_freeze(launcher); /* or it might be quicker than the standby */
    assert_int_equal(0, kill(hall_pid(&hall, "intake"), SIGKILL));
    second_await(&standby, "ready");
    assert_int_equal(0, kill(launcher, SIGCONT));
    assert_all_there(client, all);
    submit_some(client, all);
    assert_int_equal(before + 2 * CASES, cases());
    /* The launcher has started the other again: now that one waits. */
    hall_await(&hall, "intake", "standby", 0);
    assert_int_equal(0, second_end(&standby, SIGTERM));
    hall_await(&hall, "intake", "ready", 0);
    assert_all_there(client, all);
    assert_int_equal(before + 2 * CASES, cases());
    assert_journal_proven();
}

static void a_standby_has_no_right_to_write(void **state)
{
    struct second standby;

    (void)state;
    hall_pid(&hall, "intake");
    standby = second_start(&hall, "intake");
    second_await(&standby, "standby");
    assert_int_equal(1,
                     hall_number(admin, "select count(*) from pg_locks where locktype = 'advisory' "
                                        "and granted and classid = "
                                        "(hashtext('onedoor.intake')::bigint & 4294967295)::oid"));
    assert_int_equal(0, second_end(&standby, SIGTERM));
}

/* ---- cut off from the database */

static void terminate_writer(void)
{
    assert_int_equal(1, hall_number(admin, "select count(pg_terminate_backend(a.pid, 10000)) "
                                           "from pg_stat_activity a join pg_locks l using (pid) "
                                           "where a.application_name = 'intake' "
                                           "and l.locktype = 'advisory' and l.granted"));
}

static void a_writer_whose_session_ends_opens_another_and_goes_on(void **state)
{
    struct submitted all[CASES];

    (void)state;
    submit_some(client, all);
    pid_t pid = hall_pid(&hall, "intake");
    int64_t before = cases();
    terminate_writer();
    assert_all_there(client, all);
    submit_some(client, all);
    assert_int_equal(before + CASES, cases());
    assert_int_equal(pid, hall_pid(&hall, "intake"));
    assert_journal_proven();
}

static ProtobufCBinaryData head_hash(void)
{
    PGresult *head =
        PQexecParams(admin, "select hash from intake.journal_head", 0, NULL, NULL, NULL, NULL, 1);
    assert_int_equal(1, PQntuples(head));
    struct bytes hash = arena_bytes(
        arena, (struct bytes){(const unsigned char *)PQgetvalue(head, 0, 0), HASH_BYTES});
    PQclear(head);
    return (ProtobufCBinaryData){hash.len, (uint8_t *)hash.data};
}

/* Without waiting for the next request. */
static void an_idle_writer_notices_that_its_session_has_ended(void **state)
{
    (void)state;
    hall_pid(&hall, "intake");
    hall_clear_log(&hall, "intake");
    terminate_writer();
    hall_await_log(&hall, "intake", "service.ready");
}

/* A follower that waits for the next event gets its empty page when its time is up: the owner needs
 * no database for that. */
static void a_writer_without_its_database_still_answers_followers(void **state)
{
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    struct line line;

    (void)state;
    hall_pid(&hall, "intake");
    hall_do(admin, "alter role onedoor_intake nologin");
    terminate_writer();
    hall_await(&hall, "intake", "waiting", 0);
    fetch.stream = "intake";
    fetch.from_seq = hall_number(admin, "select seq from intake.journal_head");
    fetch.epoch = (uint32_t)hall_number(admin, "select epoch from intake.journal_head");
    fetch.from_hash = head_hash();
    fetch.max_events = 1;
    fetch.max_bytes = 1024;
    fetch.wait_ms = 50;
    line_open(&line, &hall, "reporting", "intake", LANE_JOURNAL);
    line_ask(&line, 1, 30000, &clerk, &fetch.base);
    assert_int_equal(ONEDOOR__CODE__OK, line_reply(&line)->code);
    line_close(&line);
    hall_do(admin, "alter role onedoor_intake login");
    hall_await(&hall, "intake", "ready", 0);
}

/* ---- frozen */

/* Into the socket of a process that does not read. */
static void ask_the_frozen(struct client *from, struct submitted *submitted)
{
    struct ask ask = {.message = &submitted->message->base, .actor = clerk, .timeout_ms = 60000};
    memcpy(ask.id, submitted->id, sizeof ask.id);
    client_ask(from, &ask);
    client_turn(from, 0);
}

static void a_frozen_writer_that_wakes_up_writes_nothing(void **state)
{
    struct submitted all[CASES], last = {.number = 0};
    struct client *other = hall_client(&hall, "desk");

    (void)state;
    submit_some(client, all);
    client_new_id(last.id);
    last.message = desk_application(client, "FPC-02", arena);
    int64_t before = cases();
    struct second standby = second_start(&hall, "intake");
    second_await(&standby, "standby");

    pid_t frozen = hall_pid(&hall, "intake");
    hall_freeze(frozen);
    ask_the_frozen(client, &last);
    terminate_writer(); /* as whoever supervises it would */
    second_await(&standby, "ready");
    last.number = submit(other, &last);
    assert_int_equal(before + 1, cases());

    assert_int_equal(
        0, kill(frozen, SIGCONT)); /* with a command received, and without the right to write */
    hall_await(&hall, "intake", "waiting", 0);
    assert_int_equal(0, kill(frozen, SIGKILL)); /* it would end by itself some time later */
    assert_int_equal(before + 1, cases());
    assert_int_equal(last.number, submit(other, &last));
    assert_journal_proven();

    hall_await(&hall, "intake", "standby", frozen);
    assert_int_equal(0, second_end(&standby, SIGTERM));
    hall_await(&hall, "intake", "ready", frozen);
    assert_all_there(client, all);
    assert_int_equal(before + 1, cases());
    client_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_standby_has_no_right_to_write),
        cmocka_unit_test(a_standby_takes_over_from_a_writer_that_is_killed),
        cmocka_unit_test(a_writer_whose_session_ends_opens_another_and_goes_on),
        cmocka_unit_test(an_idle_writer_notices_that_its_session_has_ended),
        cmocka_unit_test(a_writer_without_its_database_still_answers_followers),
        cmocka_unit_test(a_frozen_writer_that_wakes_up_writes_nothing),
    };
    return cmocka_run_group_tests_name("takeover", tests, open_hall, running_close);
}
