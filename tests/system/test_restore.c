/* SPDX-License-Identifier: Apache-2.0 */
/* The page of docs/OPERATE.md about backup and restore, walked through: a hall is backed up while
 * it works, its data are destroyed or taken back in time, and it is restored and goes on. No number
 * that was given out before is given out again, and what is lost is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/running.h"
#include "tests/system/simulation.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/values/case_number.h"

enum { SAID_BYTES = 1 << 18, COMMAND_BYTES = 1024, ARENA_BYTES = 256 << 20, SOME = 3 };

static char said[SAID_BYTES];

/* ---- the commands; a %s in their arguments is the hall's folder */

static int run(const char *command, const char *arguments)
{
    char filled[COMMAND_BYTES], line[2 * COMMAND_BYTES];
    snprintf(filled, sizeof filled, arguments, hall.home, hall.home, hall.home);
    snprintf(line, sizeof line, "{ %s %s; } 2>&1", command, filled);
    return hall_command(line, said, sizeof said);
}

static int onedoor(const char *arguments)
{
    char command[COMMAND_BYTES];
    snprintf(command, sizeof command, "ONEDOOR_HOME=%s '%s/onedoor'", hall.home, ONEDOOR_ROOT);
    return run(command, arguments);
}

static void does(const char *arguments)
{
    if (onedoor(arguments) != 0)
        fail_msg("onedoor %s: %s", arguments, said);
}

static void refuses(const char *arguments, const char *why)
{
    if (onedoor(arguments) == 0 || strstr(said, why) == NULL)
        fail_msg("onedoor %s: %s", arguments, said);
}

static void sh(const char *command)
{
    if (run("", command) != 0 || said[0] != '\0')
        fail_msg("%s: %s", command, said);
}

static void says(const char *text)
{
    if (strstr(said, text) == NULL)
        fail_msg("%s: not in: %s", text, said);
}

static bool connected;

static void start(void)
{
    hall_start(&hall, NULL);
    running_connect();
    connected = true;
}

static void stop(void)
{
    connected = false;
    running_disconnect();
    hall_stop(&hall);
}

static void assert_in_order(void)
{
    char findings[RESULT_BYTES];
    if (simulation_verify(&hall, findings) != 0)
        fail_msg("%s", findings);
}

static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    start();
    return 0;
}

/* With the log kept beside. */
static int open_hall_with_log(void **state)
{
    char lines[COMMAND_BYTES];
    (void)state;
    hall_make(&hall);
    snprintf(lines, sizeof lines, "log_archive = %s.log\n", hall.home);
    hall_settings(&hall, lines);
    start();
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    if (connected)
        running_disconnect();
    hall_destroy(&hall);
    sh("rm -rf %s.backup %s.log");
    return 0;
}

/* ---- business */

static int64_t pay_one(int64_t *receipt)
{
    Onedoor__Charging__GetOrder ask = ONEDOOR__CHARGING__GET_ORDER__INIT;
    ask.case_number = desk_submit(client, "FPC-01", arena);
    assert_int_equal(ANSWER_OK, desk_finish(client, "FPC", ask.case_number, arena).kind);
    const Onedoor__Charging__GetOrderReply *order = desk_until(
        client, &cashier, &ask.base, &onedoor__charging__get_order_reply__descriptor, arena);
    struct answer paid = desk_pay(client, NULL, ask.case_number, order->due_fen, arena);
    assert_int_equal(ANSWER_OK, paid.kind);
    *receipt = ((const Onedoor__Charging__PayReply *)paid.message)->receipt;
    return ask.case_number;
}

/* People at a window of their own, until they are told to stop. */
static struct people {
    pthread_t thread;
    atomic_bool stop;
    atomic_int served;
    _Atomic int64_t last; /* the last number that they were given */
} people;

static void *come(void *context)
{
    struct client *window = hall_client(&hall, "desk");
    struct arena *memory = arena_new(ARENA_BYTES);
    (void)context;
    while (!atomic_load(&people.stop)) {
        atomic_store(&people.last, desk_submit(window, "FPC-02", memory));
        atomic_fetch_add(&people.served, 1);
        arena_reset(memory);
    }
    arena_free(&memory);
    client_free(&window);
    return NULL;
}

static void await_served(int more)
{
    struct retry retry = retry_begin();
    for (int until = atomic_load(&people.served) + more; atomic_load(&people.served) < until;)
        retry_or_fail(&retry, "nobody is served");
}

static void people_come(void)
{
    people = (struct people){0};
    assert_int_equal(0, pthread_create(&people.thread, NULL, come, NULL));
    await_served(20);
}

static void people_leave(void)
{
    atomic_store(&people.stop, true);
    assert_int_equal(0, pthread_join(people.thread, NULL));
}

/* ---- without a log that was kept, and the machine gone */

static void a_hall_that_is_gone_is_restored_from_a_backup_made_while_it_worked(void **state)
{
    int64_t receipt, case_number;
    (void)state;
    pay_one(&receipt);
    assert_int_equal(1, receipt);
    people_come();
    does("backup %s.backup");
    await_served(20);
    people_leave();
    pay_one(&receipt);
    assert_int_equal(2, receipt);
    stop();
    sh("find %s.backup -perm /077");
    sh("rm -rf %s/*");

    does("restore %s.backup --skip 1000000");
    says("What came after is not known");
    says("left out: receipt numbers of charging, 2 to 1000001\n");
    start();
    assert_in_order();
    case_number = pay_one(&receipt);
    assert_true(case_number > people.last);
    assert_int_equal(1000002, receipt);
    assert_in_order();
}

/* The first hall gave out numbers after its restore too. */
static void the_same_backup_once_more_leaves_out_more(void **state)
{
    int64_t receipt;
    (void)state;
    stop();
    sh("rm -rf %s/pg");
    does("restore %s.backup --skip 1000000");
    says("left out: receipt numbers of charging, 2 to 2000001\n");
    says("journal intake goes on in epoch 3\n");
    start();
    pay_one(&receipt);
    assert_int_equal(2000002, receipt);
    assert_in_order();
}

static void what_is_no_whole_backup_of_this_hall_is_refused(void **state)
{
    (void)state;
    refuses("backup %s.backup", "is not empty");
    refuses("restore %s.backup", "runs; stop it with: ./onedoor down");
    stop();
    refuses("restore %s", "is no backup");
    refuses("restore %s.backup --to 'next whenever'", "--to takes a time");
    refuses("restore %s.backup --to 2024-01-01", "take an earlier one");
    sh("mv %s/keys/admin/pgpass %s/kept && echo '*:*:*:onedoor:other' >%s/keys/admin/pgpass");
    refuses("restore %s.backup", "holds another hall than the backup");
    sh("mv %s/kept %s/keys/admin/pgpass");
    sh("printf x | dd of=%s.backup/cluster/global/1262 bs=1 seek=4096 conv=notrunc status=none");
    refuses("restore %s.backup", "is damaged; take another one");
    start(); /* nothing was touched */
    assert_in_order();
}

/* Where there is no hall yet, `up` does not make an empty one of what is there. */
static void a_restore_that_broke_off_is_no_hall(void **state)
{
    (void)state;
    stop();
    sh("rm -rf %s/*");
    refuses("restore %s.backup", "is damaged; take another one");
    refuses("hall make %s", "was not finished; run it again");
}

/* ---- with the log that was kept, back in time */

struct some {
    int64_t numbers[SOME];
};

static struct some submit_some(void)
{
    struct some some;
    for (int i = 0; i < SOME; i++)
        some.numbers[i] = desk_submit(client, "FPC-02", arena);
    return some;
}

/* An instant after everything until now and before everything from now on, by PostgreSQL's own
 * clock, which is this machine's. */
static void this_instant(char text[64])
{
    struct retry retry = retry_begin();
    int64_t began =
        hall_number(admin, "select (extract(epoch from clock_timestamp()) * 1000)::int8");
    while (hall_number(admin, "select (extract(epoch from clock_timestamp()) * 1000)::int8") <=
           began + 1)
        retry_or_fail(&retry, "the clock stopped");
    snprintf(text, 64, "@%lld.%03lld", (long long)(began + 1) / 1000,
             (long long)(began + 1) % 1000);
}

static bool is_there(int64_t number)
{
    char sql[100];
    snprintf(sql, sizeof sql, "select count(*) from intake.cases where number = %lld",
             (long long)number);
    return hall_number(admin, sql) == 1;
}

static void assert_told(const struct some *lost, bool told)
{
    for (int i = 0; i < SOME; i++) {
        char line[100], number[CASE_NUMBER_TEXT_SIZE];
        snprintf(line, sizeof line, "lost case %s,", case_number_format(lost->numbers[i], number));
        assert_int_equal(told, strstr(said, line) != NULL);
        assert_int_equal(!told, is_there(lost->numbers[i]));
    }
}

static struct position end_of_intake(void)
{
    struct position end = {.epoch = 1,
                           .seq = hall_number(admin, "select seq from intake.journal_head")};
    PGresult *head =
        PQexecParams(admin, "select hash from intake.journal_head", 0, NULL, NULL, NULL, NULL, 1);
    memcpy(end.hash, PQgetvalue(head, 0, 0), HASH_BYTES);
    PQclear(head);
    return end;
}

/* Who has followed the lost events is told that they did not happen. */
static void assert_rewound(struct position *end)
{
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    struct line line;
    fetch.stream = "intake";
    fetch.epoch = (uint32_t)end->epoch;
    fetch.from_seq = end->seq;
    fetch.from_hash = (ProtobufCBinaryData){HASH_BYTES, end->hash};
    fetch.max_events = 1;
    fetch.max_bytes = 1024;
    line_open(&line, &hall, "reporting", "intake", LANE_JOURNAL);
    line_ask(&line, 1, 30000, &clerk, &fetch.base);
    assert_int_equal(ONEDOOR__REASON__LOG_REWOUND, line_reply(&line)->reason);
    line_close(&line);
}

static void a_hall_taken_back_in_time_says_what_is_lost(void **state)
{
    char instant[64], restore[200];
    int64_t receipt;
    (void)state;
    struct some first = submit_some();
    does("backup %s.backup");
    struct some kept = submit_some();
    this_instant(instant);
    struct some lost = submit_some();
    pay_one(&receipt);
    struct position end = end_of_intake();
    stop();
    snprintf(restore, sizeof restore, "restore %%s.backup --to %s", instant);
    does(restore);
    start();
    assert_told(&first, false);
    assert_told(&kept, false);
    assert_told(&lost, true);
    says("lost receipt 1 of case ");
    says("left out: receipt numbers of charging, 1 to 1\n");
    assert_rewound(&end);
    struct some next = submit_some();
    assert_true(next.numbers[0] > lost.numbers[SOME - 1]);
    pay_one(&receipt);
    assert_int_equal(2, receipt);
    assert_in_order();
}

/* The log that was kept goes on after a restore, and leads to where the hall was last. */
static void everything_that_the_log_has_comes_back(void **state)
{
    (void)state;
    struct some last = submit_some();
    stop();
    sh("rm -rf %s/pg");
    does("restore %s.backup");
    start();
    assert_told(&last, false);
    assert_in_order();
}

static void a_time_that_the_log_does_not_reach_is_refused(void **state)
{
    (void)state;
    stop();
    refuses("restore %s.backup --to '2 days'", "does not reach");
    start();
    assert_in_order();
}

int main(void)
{
    const struct CMUnitTest without_log[] = {
        cmocka_unit_test(a_hall_that_is_gone_is_restored_from_a_backup_made_while_it_worked),
        cmocka_unit_test(the_same_backup_once_more_leaves_out_more),
        cmocka_unit_test(what_is_no_whole_backup_of_this_hall_is_refused),
        cmocka_unit_test(a_restore_that_broke_off_is_no_hall),
    };
    const struct CMUnitTest with_log[] = {
        cmocka_unit_test(a_hall_taken_back_in_time_says_what_is_lost),
        cmocka_unit_test(everything_that_the_log_has_comes_back),
        cmocka_unit_test(a_time_that_the_log_does_not_reach_is_refused),
    };
    int failed = cmocka_run_group_tests_name("without log", without_log, open_hall, close_hall);
    return failed +
           cmocka_run_group_tests_name("with log", with_log, open_hall_with_log, close_hall);
}
