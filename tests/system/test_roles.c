/* SPDX-License-Identifier: Apache-2.0 */
/* What the database lets each service do: its own schema and nothing beside it, its journal
 * append-only; and which database a service refuses to write to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/service_names.h"
#include "tests/system/hall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define DENIED "42501" /* insufficient_privilege */

static struct hall hall;
static PGconn *admin, *roles[SERVICES];

static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_start(&hall, HALL_IDLE);
    admin = hall_connect(&hall, "admin");
    for (int i = 0; i < SERVICES; i++)
        roles[i] = hall_connect(&hall, service_names[i]);
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    PQfinish(admin);
    for (int i = 0; i < SERVICES; i++)
        PQfinish(roles[i]);
    hall_destroy(&hall);
    return 0;
}

/* The statement with the name of a schema in place of each %s. */
static const char *in(const char *sql, const char *schema)
{
    static char text[1000];
    int n = snprintf(text, sizeof text, sql, schema, schema, schema);
    assert_true(n > 0 && (size_t)n < sizeof text);
    return text;
}

static void each_role(void (*one)(PGconn *, const char *own))
{
    for (int i = 0; i < SERVICES; i++)
        one(roles[i], service_names[i]);
}

/* ---- its own */

static void works_with_its_own(PGconn *conn, const char *own)
{
    hall_number(conn, in("select count(*) from %s.journal", own));
    hall_do(conn, in("select hall.journal_month('%s', '2022-01-13')", own));
    hall_do(conn, in("insert into %s.journal values "
                     "(1, 1, 1, 'x.Y', 1, 0, '2022-01-13', 'test', '', '')",
                     own));
    hall_do(conn, in("insert into %s.command values "
                     "(1, '00000000-0000-7000-8000-000000000001', '', '', '2022-01-13')",
                     own));
    hall_do(conn, in("delete from %s.command", own));
}

static void a_role_works_with_its_own_schema(void **state)
{
    (void)state;
    each_role(works_with_its_own);
}

/* ---- the neighbours' */

/* Every table in the catalogue, so that new ones are tested too. */
static void touches_no_table_of(PGconn *conn, const char *schema)
{
    char sql[1000];
    snprintf(sql, sizeof sql,
             "select relname from pg_class where relnamespace = '%s'::regnamespace "
             "and relkind in ('r', 'p', 'v')",
             schema);
    PGresult *tables = PQexec(admin, sql);
    assert_true(PQntuples(tables) >= 8);
    for (int i = 0; i < PQntuples(tables); i++) {
        const char *table = PQgetvalue(tables, i, 0);
        snprintf(sql, sizeof sql, "select * from %s.%s", schema, table);
        hall_refuses(conn, sql, DENIED);
        snprintf(sql, sizeof sql, "delete from %s.%s", schema, table);
        hall_refuses(conn, sql, DENIED);
        snprintf(sql, sizeof sql, "insert into %s.%s default values", schema, table);
        hall_refuses(conn, sql, DENIED);
        snprintf(sql, sizeof sql, "update %s.%s set centre = 2", schema, table);
        hall_refuses(conn, sql, DENIED);
    }
    PQclear(tables);
}

static void a_role_neither_reads_nor_writes_a_neighbours_schema(void **state)
{
    (void)state;
    for (int i = 0; i < SERVICES; i++)
        for (int k = 0; k < SERVICES; k++)
            if (i != k)
                touches_no_table_of(roles[i], service_names[k]);
}

static void makes_no_neighbours_partition(PGconn *conn, const char *own)
{
    for (int k = 0; k < SERVICES; k++)
        if (strcmp(service_names[k], own) != 0)
            hall_refuses(conn,
                         in("select hall.journal_month('%s', '2022-02-13')", service_names[k]),
                         DENIED);
}

static void a_role_makes_no_partition_of_a_neighbours_journal(void **state)
{
    (void)state;
    each_role(makes_no_neighbours_partition);
}

/* RULE H21: personal data lives in intake alone. */
static void applicants_are_seen_by_intake_alone(void **state)
{
    (void)state;
    hall_number(roles[0], "select count(*) from intake.applicant");
    for (int i = 1; i < SERVICES; i++)
        hall_refuses(roles[i], "select name from intake.applicant", DENIED);
}

/* ---- what nobody may */

/* Invariant 2: what was said stays said. */
static void rewrites_nothing_said(PGconn *conn, const char *own)
{
    hall_refuses(conn, in("update %s.journal set actor = 'other'", own), DENIED);
    hall_refuses(conn, in("delete from %s.journal", own), DENIED);
    hall_refuses(conn, in("truncate %s.journal", own), DENIED);
    hall_refuses(conn, in("delete from %s.journal_head", own), DENIED);
    hall_refuses(conn, in("update %s.command set reply = ''", own), DENIED);
    hall_do(conn, in("select hall.journal_month('%s', '2022-01-13')", own));
    hall_refuses(conn, in("update %s.journal_y2022m01 set actor = 'other'", own), DENIED);
    hall_refuses(conn, in("delete from %s.journal_y2022m01", own), DENIED);
}

static void a_role_neither_changes_nor_deletes_what_its_journal_says(void **state)
{
    (void)state;
    each_role(rewrites_nothing_said);
}

static void makes_nothing(PGconn *conn, const char *own)
{
    hall_refuses(conn, in("create table %s.mine (n integer)", own), DENIED);
    hall_refuses(conn, "create table public.mine (n integer)", DENIED);
    hall_refuses(conn, "create schema mine", DENIED);
    hall_refuses(conn, "create role mine", DENIED);
    hall_refuses(conn, "create database mine", DENIED);
    hall_refuses(conn, in("drop table %s.command", own), DENIED);
    hall_refuses(conn, in("alter table %s.command add column mine integer", own), DENIED);
    hall_refuses(conn, in("create function %s.mine() returns int language sql as 'select 1'", own),
                 DENIED);
}

static void a_role_makes_no_tables_schemas_or_functions(void **state)
{
    (void)state;
    each_role(makes_nothing);
}

static void leaves_the_hall_as_it_is(PGconn *conn, const char *own)
{
    (void)own;
    assert_int_equal(1, hall_number(conn, "select count(*) from hall.hall"));
    hall_refuses(conn, "update hall.hall set kind = 'working'", DENIED);
    hall_refuses(conn, "delete from hall.hall", DENIED);
    hall_refuses(conn, "select * from sqitch.changes", DENIED);
    hall_refuses(conn, "select * from pg_authid", DENIED);
}

static void a_role_cannot_say_what_kind_of_hall_this_is(void **state)
{
    (void)state;
    each_role(leaves_the_hall_as_it_is);
}

static void is_nobody_special(PGconn *conn, const char *own)
{
    (void)own;
    assert_int_equal(0,
                     hall_number(conn, "select count(*) from pg_roles where rolname = current_user "
                                       "and (rolsuper or rolcreatedb or rolcreaterole "
                                       "or rolreplication or rolbypassrls)"));
    assert_int_equal(0, hall_number(conn, "select count(*) from pg_auth_members m join pg_roles r "
                                          "on r.oid = m.member where r.rolname = current_user"));
}

static void a_role_has_no_rights_but_those_it_was_granted(void **state)
{
    (void)state;
    each_role(is_nobody_special);
}

/* ---- tables as the design wants them */

/* Centres are separate: every key begins with one. */
static void every_key_begins_with_the_centre(void **state)
{
    (void)state;
    assert_int_equal(
        0, hall_number(admin, "select count(*) from pg_class c join pg_namespace n "
                              "on n.oid = c.relnamespace left join pg_index i "
                              "on i.indrelid = c.oid and i.indisprimary left join pg_attribute a "
                              "on a.attrelid = c.oid and a.attnum = i.indkey[0] "
                              "where n.nspname in ('intake', 'routing', 'charging', 'supervision', "
                              "'reporting') and c.relkind in ('r', 'p') "
                              "and a.attname is distinct from 'centre'"));
}

static void every_table_says_what_it_is(void **state)
{
    (void)state;
    assert_int_equal(
        0, hall_number(admin, "select count(*) from pg_class c join pg_namespace n "
                              "on n.oid = c.relnamespace where n.nspname in ('intake', 'routing', "
                              "'charging', 'supervision', 'reporting', 'hall') "
                              "and c.relkind in ('r', 'p') and not c.relispartition "
                              "and obj_description(c.oid, 'pg_class') is null"));
}

/* ---- a database that forgets */

static void write_local_settings(const char *line)
{
    char path[200];
    snprintf(path, sizeof path, "%s/pg/postgresql.local.conf", hall.home);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(line, file);
    fclose(file);
}

static void is_refused_with(const char *setting)
{
    hall_stop(&hall);
    write_local_settings(setting);
    hall_start(&hall, HALL_IDLE);
    struct second intake = second_start(&hall, "intake");
    int status = second_end(&intake, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(EXIT_FAILURE, WEXITSTATUS(status));
    hall_await_log(&hall, "second", "this database forgets what it acknowledged");
}

static void a_database_that_forgets_what_it_acknowledged_is_refused(void **state)
{
    (void)state;
    is_refused_with("fsync = off\n");
    is_refused_with("full_page_writes = off\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_role_works_with_its_own_schema),
        cmocka_unit_test(a_role_neither_reads_nor_writes_a_neighbours_schema),
        cmocka_unit_test(a_role_makes_no_partition_of_a_neighbours_journal),
        cmocka_unit_test(applicants_are_seen_by_intake_alone),
        cmocka_unit_test(a_role_neither_changes_nor_deletes_what_its_journal_says),
        cmocka_unit_test(a_role_makes_no_tables_schemas_or_functions),
        cmocka_unit_test(a_role_cannot_say_what_kind_of_hall_this_is),
        cmocka_unit_test(a_role_has_no_rights_but_those_it_was_granted),
        cmocka_unit_test(every_key_begins_with_the_centre),
        cmocka_unit_test(every_table_says_what_it_is),
        /* the last one: it ends every connection */
        cmocka_unit_test(a_database_that_forgets_what_it_acknowledged_is_refused),
    };
    return cmocka_run_group_tests_name("roles", tests, open_hall, close_hall);
}
