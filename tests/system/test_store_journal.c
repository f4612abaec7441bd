/* SPDX-License-Identifier: Apache-2.0 */
/* The right to write, journals, and the corridor's own tables, on both stores. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/stores.h"

/* ---- one writer */

static void the_writers_right_is_given_once(void **state)
{
    struct pgstore *second = NULL;

    (void)state;
    assert_int_equal(STATUS_DENIED, pgstore_open(&second, &sample_service, hall.config, true));
    assert_null(second);
    assert_int_equal(STATUS_OK, pgstore_open(&second, &sample_service, hall.config, false));
    pgstore_free(&second); /* a reader needs no right, and gives none up */
    assert_int_equal(STATUS_DENIED, pgstore_open(&second, &sample_service, hall.config, true));
    pgstore_free(&pg);
    struct retry retry = retry_begin();
    while (pgstore_open(&second, &sample_service, hall.config, true) != STATUS_OK)
        retry_or_fail(&retry, "the right to write");
    pg = second;
}

static void a_reader_writes_nothing(void **state)
{
    struct pgstore *reader = NULL;

    (void)state;
    assert_int_equal(STATUS_OK, pgstore_open(&reader, &sample_service, hall.config, false));
    PGresult *result =
        PQexec(pgstore_read(reader)->pg->conn, "insert into note values (1, 'a', 'b')");
    assert_string_equal("25006", PQresultErrorField(result, PG_DIAG_SQLSTATE));
    PQclear(result);
    pgstore_free(&reader);
}

/* RULE H21: an error that names a row might name a person; neither our log nor PostgreSQL's has it.
 */
static void what_stood_in_a_refused_row_is_in_no_log(void **state)
{
    char command[200];

    (void)state;
    PGresult *result =
        PQexec(pgstore_read(pg)->pg->conn, "insert into visit values (1, 1, 1, '110105194912310', "
                                           "1000000, false, null, gen_random_uuid(), 0)");
    assert_string_equal("23514", PQresultErrorField(result, PG_DIAG_SQLSTATE));
    assert_null(strstr(PQresultErrorMessage(result), "110105194912310, 1000000"));
    PQclear(result);
    hall_await_log(&hall, "postgres", "minutes_are_few");
    snprintf(command, sizeof command, "! grep -q 'Failing row' %s/log/postgres.log", hall.home);
    assert_int_equal(0, system(command));
}

/* ---- journals */

static int64_t said_at_ms;
static int64_t said_seq;

/* As the corridor writes it: one more row. */
static void add_event(struct turn *turn)
{
    static const unsigned char hash[HASH_BYTES] = {7};
    static struct said said = {.type = "sample.Visit"};
    rows_add(turn, &journal_table,
             &(struct journal_row){1,
                                   said_seq,
                                   1,
                                   "sample.Visit",
                                   1,
                                   said_seq * 10,
                                   said_at_ms,
                                   "c4",
                                   {(const unsigned char *)"\x08\x07", 2},
                                   {hash, HASH_BYTES},
                                   {hash, TRACE_BYTES}});
    turn->said = &said;
    turn->n_said = 1;
}

static void say_at(int64_t seq, int64_t at_ms)
{
    said_seq = seq;
    said_at_ms = at_ms;
    open_turns(at_ms);
    each_turn(add_event);
    save(STATUS_OK);
}

static void assert_page(int64_t from_seq, size_t max, size_t expected)
{
    struct event *events[STORES];
    size_t n[STORES];
    for (int i = 0; i < STORES; i++)
        assert_int_equal(STATUS_OK, store_of(i)->ops->events(store_of(i), from_seq, max, arena,
                                                             &events[i], &n[i]));
    assert_int_equal(expected, n[0]);
    assert_int_equal(expected, n[1]);
    for (size_t i = 0; i < expected; i++) {
        const struct event *a = &events[0][i], *b = &events[1][i];
        assert_int_equal(from_seq + 1 + (int64_t)i, a->seq);
        assert_int_equal(a->seq, b->seq);
        assert_int_equal(a->at_ms, b->at_ms);
        assert_int_equal(a->case_number, b->case_number);
        assert_string_equal(a->type, b->type);
        assert_string_equal(a->actor, b->actor);
        assert_memory_equal(&a->trace, a->hash, TRACE_BYTES); /* as it was added */
        assert_memory_equal(&a->trace, &b->trace, TRACE_BYTES);
        assert_int_equal(a->payload.len, b->payload.len);
        assert_memory_equal(a->payload.data, b->payload.data, a->payload.len);
        assert_memory_equal(a->hash, b->hash, HASH_BYTES);
    }
}

/* Each month has its partition, made when it is first needed; pages run on over them. */
static void a_journal_is_paged_across_its_months(void **state)
{
    enum { MONTHS = 14 };

    (void)state;
    for (int i = 0; i < MONTHS; i++)
        say_at(i + 1,
               (int64_t)day_from_ymd(2022 + i / 12, i % 12 + 1, i % 2 == 0 ? 1 : 28).n * DAY_MS);
    assert_page(0, 100, MONTHS);
    assert_page(0, 5, 5);
    assert_page(5, 5, 5);
    assert_page(10, 5, 4);
    assert_page(MONTHS, 5, 0);
    assert_int_equal(MONTHS, hall_number(admin, "select count(distinct tableoid) from journal"));
}

/* Months are UTC's: the last millisecond of one and the first of the next. */
static void a_month_ends_at_midnight_utc(void **state)
{
    int64_t march_ms = (int64_t)day_from_ymd(2024, 3, 1).n * DAY_MS;

    (void)state;
    say_at(1, march_ms - 1);
    say_at(2, march_ms);
    say_at(3, (int64_t)day_from_ymd(1970, 1, 1).n * DAY_MS + 1);
    assert_page(0, 10, 3);
    assert_int_equal(1, hall_number(admin, "select count(*) from journal_y2024m02"));
    assert_int_equal(1, hall_number(admin, "select count(*) from journal_y2024m03"));
    assert_int_equal(1, hall_number(admin, "select count(*) from journal_y1970m01"));
}

/* ---- the corridor's own tables */

static void add_corridor_rows(struct turn *turn)
{
    static unsigned char hash[HASH_BYTES] = {1, 2, 3};
    struct bytes some = {hash, HASH_BYTES};
    struct command_row command = {.centre = 1, .digest = some, .reply = some, .done_ms = TODAY_MS};
    command.id[15] = 1;
    rows_add(turn, &command_table, &command);
    rows_add(turn, &journal_head_table, &(struct journal_head_row){1, 1, 7, some});
    rows_add(turn, &cursor_table, &(struct cursor_row){1, "intake", 1, 9, some});
    rows_add(turn, &counter_table, &(struct counter_row){1, "ticket", 3});
    rows_add(turn, &parked_table,
             &(struct parked_row){1, 7, "intake", 4, "intake.X", TODAY_MS, "c4", some, "why"});
    rows_add(turn, &parked_table,
             &(struct parked_row){1, 6, "routing", 2, "routing.X", TODAY_MS, "c4", some, "why"});
}

static void the_corridors_own_rows_are_kept_alike(void **state)
{
    (void)state;
    run(nothing, add_corridor_rows, STATUS_OK);
    assert_int_equal(1, same_rows(&journal_head_table));
    assert_int_equal(1, same_rows(&cursor_table));
    assert_int_equal(1, same_rows(&counter_table));
    assert_int_equal(2, same_rows(&parked_table));
    assert_int_equal(1, hall_number(admin, "select count(*) from command"));
}

static void keys_are_forgotten_after_their_time(void **state)
{
    (void)state;
    run(nothing, add_corridor_rows, STATUS_OK);
    assert_int_equal(STATUS_OK, pgstore_prune(pg, TODAY_MS));
    assert_int_equal(1, hall_number(admin, "select count(*) from command"));
    assert_int_equal(STATUS_OK, pgstore_prune(pg, TODAY_MS + 1));
    assert_int_equal(0, hall_number(admin, "select count(*) from command"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_stores, close_stores)
    const struct CMUnitTest tests[] = {
        TEST(the_writers_right_is_given_once),
        TEST(a_reader_writes_nothing),
        TEST(what_stood_in_a_refused_row_is_in_no_log),
        TEST(a_journal_is_paged_across_its_months),
        TEST(a_month_ends_at_midnight_utc),
        TEST(the_corridors_own_rows_are_kept_alike),
        TEST(keys_are_forgotten_after_their_time),
    };
    return cmocka_run_group_tests_name("store journal", tests, open_database, close_database);
}
