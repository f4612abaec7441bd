/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: people apply, are looked for, looked at, put right, printed and served over HTTP; then
 * whoever steals the disk of the database, its log (WAL), a dump of every table or the hall's own
 * logs finds no name, document, telephone or address of any of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "programs/simulate/people.h"
#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 12, SECRETS_MAX = 12 * PEOPLE, BODY_BYTES = 4000 };

/* No personal data, and kept in clear: what finds no person must find this. */
static const char summary[] = "书店开在体育馆对面";

static struct applicant people[PEOPLE];
static char secrets[SECRETS_MAX][100];
static int n_secrets;

static void keep_secret(const char *text)
{
    assert_true(n_secrets < SECRETS_MAX && strlen(text) < sizeof secrets[0]);
    if (text[0] != '\0')
        snprintf(secrets[n_secrets++], sizeof secrets[0], "%s", text);
}

/* ---- what they do */

static const char *path_of(const char *number, const char *rest)
{
    static char path[100];
    snprintf(path, sizeof path, "/cases/%s%s", number, rest);
    return path;
}

static void post(struct web *clerk, const char *path, const char *body)
{
    json_decref(web_expect(clerk, "POST", path, body, 200, NULL));
}

static void invent(struct applicant *person, int i)
{
    struct dice dice = dice_for(20220113, (uint64_t)i);
    people_applicant(person, i % 3 == 2, &dice);
    keep_secret(person->name);
    keep_secret(person->legal_representative);
    keep_secret(person->document);
    keep_secret(person->phone);
    keep_secret(person->address);
    keep_secret(person->agent_name);
    keep_secret(person->agent_document);
}

static void apply(struct web *clerk, const struct applicant *person, char number[20])
{
    char body[BODY_BYTES];
    snprintf(
        body, sizeof body,
        "{\"item\":\"CUL-02\",\"applicant\":{\"kind\":\"%s\",\"name\":\"%s\",\"document\":"
        "\"%s\",\"phone\":\"%s\",\"address\":\"%s\",\"legalRepresentative\":\"%s\","
        "\"agentName\":\"%s\",\"agentDocument\":\"%s\",\"agentPhone\":\"%s\",\"agentLetter\":"
        "%s},\"channel\":\"AT_WINDOW\",\"check\":true,\"summary\":\"%s\",\"materials\":[{\"seq\":1,"
        "\"copies\":1},{\"seq\":2,\"copies\":1},{\"seq\":3,\"copies\":1}]}",
        person->organisation ? "ORGANISATION" : "PERSON", person->name, person->document,
        person->phone, person->address, person->legal_representative, person->agent_name,
        person->agent_document, person->agent_phone,
        person->agent_name[0] == '\0' ? "false" : "true", summary);
    json_t *submitted = web_expect(clerk, "POST", "/cases", body, 200, NULL);
    snprintf(number, 20, "%s", web_text(submitted, "caseNumber"));
    json_decref(submitted);
}

static void search_by(struct web *clerk, const char *what, const char *value, const char *number)
{
    char body[BODY_BYTES], path[100];
    snprintf(body, sizeof body, "{\"%s\":\"%s\",\"purpose\":\"回执遗失\"}", what, value);
    json_t *search = web_expect(clerk, "POST", "/case-searches", body, 200, NULL);
    snprintf(path, sizeof path, "/case-searches/%s", web_text(search, "search"));
    json_t *found = web_expect(clerk, "GET", path, NULL, 200, NULL),
           *cases = json_object_get(found, "cases");
    bool there = false;
    for (size_t i = 0; i < json_array_size(cases); i++)
        there |= strcmp(number, web_text(json_array_get(cases, i), "caseNumber")) == 0;
    assert_true(there);
    json_decref(found);
    json_decref(search);
}

static void look(struct web *clerk, const struct applicant *person, const char *number)
{
    char body[BODY_BYTES];
    json_t *is = web_expect(clerk, "POST", path_of(number, "/applicant-views"),
                            "{\"purpose\":\"核对\"}", 200, NULL);
    assert_string_equal(person->address, web_text(json_object_get(is, "applicant"), "address"));
    json_decref(is);
    snprintf(body, sizeof body, "{\"document\":\"%s\"}", person->document);
    is = web_expect(clerk, "POST", "/applicants/recall", body, 200, NULL);
    assert_string_equal(person->name, web_text(json_object_get(is, "applicant"), "name"));
    json_decref(is);
    snprintf(
        body, sizeof body,
        "{\"slip\":\"ACCEPTANCE_NOTICE\",\"lines\":[{\"name\":\"申请人\",\"text\":\"%s %s\"}]}",
        person->name, person->document);
    post(clerk, path_of(number, "/prints"), body);
}

static void put_right(struct web *clerk, struct applicant *person, const char *number)
{
    char body[BODY_BYTES];
    snprintf(person->phone, sizeof person->phone, "1370013%04d", (int)(person - people));
    keep_secret(person->phone);
    snprintf(body, sizeof body, "{\"phone\":\"%s\",\"reason\":\"录入有误\"}", person->phone);
    post(clerk, path_of(number, "/amendment"), body);
}

static void hand_over(struct web *clerk, const struct applicant *person, const char *number)
{
    char body[BODY_BYTES];
    post(clerk, path_of(number, "/finish"), "{\"granted\":true}");
    snprintf(body, sizeof body,
             "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":\"%s\"}",
             person->document);
    post(clerk, path_of(number, "/delivery"), body);
}

/* RULE H17: with the last four of the document, and no other. */
static void follow(struct web *anybody, const struct applicant *person, const char *number)
{
    char body[BODY_BYTES];
    snprintf(body, sizeof body, "{\"caseNumber\":\"%s\",\"lastFour\":\"%s\"}", number,
             person->document + strlen(person->document) - 4);
    post(anybody, "/progress", body);
}

static void serve(struct web *clerk, struct web *anybody, struct applicant *person)
{
    char number[20];
    apply(clerk, person, number);
    search_by(clerk, "name", person->name, number);
    search_by(clerk, "document", person->document, number);
    look(clerk, person, number);
    put_right(clerk, person, number);
    search_by(clerk, "phone", person->phone, number);
    if (person->agent_name[0] != '\0')
        search_by(clerk, "name", person->agent_name, number);
    follow(anybody, person, number);
    hand_over(clerk, person, number);
}

static int serve_all(void **state)
{
    door_group_open(state);
    struct web clerk = door_sign_in(&the_door, "clerk"), anybody = web_of(&the_door.hall);
    for (int i = 0; i < PEOPLE; i++) {
        invent(&people[i], i);
        serve(&clerk, &anybody, &people[i]);
    }
    return 0;
}

/* ---- what a thief finds */

/* The text itself, and as a dump writes bytes. */
static bool has(const char *text, const char *sought)
{
    char hex[300] = "";
    for (size_t i = 0; sought[i] != '\0'; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)sought[i]);
    return strstr(text, sought) != NULL || strstr(text, hex) != NULL;
}

static void assert_none_in(const char *where, const char *text)
{
    for (int i = 0; i < n_secrets; i++)
        if (has(text, secrets[i]))
            fail_msg("%s has %s in clear: %.300s", where, secrets[i], text);
}

static int read_table(PGconn *admin, const char *table)
{
    char sql[300];
    int found = 0;
    snprintf(sql, sizeof sql, "select t::text from %s t", table);
    PGresult *rows = PQexec(admin, sql);
    assert_int_equal(PGRES_TUPLES_OK, PQresultStatus(rows));
    for (int i = 0; i < PQntuples(rows); i++) {
        assert_none_in(table, PQgetvalue(rows, i, 0));
        found += has(PQgetvalue(rows, i, 0), summary);
    }
    PQclear(rows);
    return found;
}

static void a_dump_of_every_table_shows_nobody(void **state)
{
    PGconn *admin = hall_connect(&the_door.hall, "admin");
    int found = 0;
    (void)state;
    PGresult *tables =
        PQexec(admin, "select format('%I.%I', schemaname, tablename) from pg_tables"
                      " where schemaname not in ('pg_catalog', 'information_schema')");
    assert_true(PQntuples(tables) > 50);
    for (int i = 0; i < PQntuples(tables); i++)
        found += read_table(admin, PQgetvalue(tables, i, 0));
    assert_true(found >= PEOPLE);
    PQclear(tables);
    PQfinish(admin);
}

/* How many files below the folder have one of the texts in `path`. */
static int files_with(const char *path, const char *folder, char said[BODY_BYTES])
{
    char command[500];
    snprintf(command, sizeof command, "LC_ALL=C grep -rlaFf %s %s | sort | head -n 20", path,
             folder);
    assert_int_equal(0, hall_command(command, said, BODY_BYTES));
    int n = 0;
    for (const char *line = said; (line = strchr(line, '\n')) != NULL; line++)
        n++;
    return n;
}

static void write_lines(const char *path, char (*lines)[100], int n)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    for (int i = 0; i < n; i++)
        assert_true(fprintf(file, "%s\n", lines[i]) > 0);
    assert_int_equal(0, fclose(file));
}

/* Tables, indexes, WAL, statistics, PostgreSQL's log; and the hall's folder. */
static void no_file_of_the_database_or_the_hall_shows_anybody(void **state)
{
    char path[100], data[300], said[BODY_BYTES], control[1][100];
    PGconn *admin = hall_connect(&the_door.hall, "admin");
    (void)state;
    hall_do(admin, "checkpoint");
    PGresult *folder = PQexec(admin, "show data_directory");
    snprintf(data, sizeof data, "%s", PQgetvalue(folder, 0, 0));
    PQclear(folder);
    PQfinish(admin);
    snprintf(path, sizeof path, "%s.sought", the_door.hall.home);
    write_lines(path, secrets, n_secrets);
    if (files_with(path, data, said) != 0 || files_with(path, the_door.hall.home, said) != 0)
        fail_msg("personal data in clear in:\n%s", said);
    snprintf(control[0], sizeof control[0], "%s", summary);
    write_lines(path, control, 1);
    assert_true(files_with(path, data, said) >= 2); /* at least a table and the WAL */
    assert_non_null(strstr(said, "/pg_wal/"));
    assert_int_equal(0, remove(path));
}

/* ---- another key */

static void a_new_key_replaces_the_old_one_in_every_row(void **state)
{
    char command[300], said[BODY_BYTES];
    PGconn *admin = hall_connect(&the_door.hall, "admin");
    struct web clerk = door_sign_in(&the_door, "clerk");
    (void)state;
    assert_int_equal(PEOPLE, hall_number(admin, "select count(*) from intake.applicant where "
                                                "substr(sealed, 1, 4) = '\\x00000001'"));
    snprintf(command, sizeof command, "%s/onedoor-keys --do=reseal %s intake",
             getenv("ONEDOOR_BIN"), the_door.hall.home);
    assert_int_equal(0, hall_command(command, said, sizeof said));
    hall_restart(&the_door.hall, "intake");
    hall_await_log(&the_door.hall, "intake", "seal.keys_unused");
    assert_int_equal(PEOPLE, hall_number(admin, "select count(*) from intake.applicant where "
                                                "substr(sealed, 1, 4) = '\\x00000002'"));
    assert_int_equal(1, hall_number(admin, "select count(*) from intake.seal_key where id = 1"
                                           " and unused_since is not null"));
    snprintf(said, sizeof said, "{\"document\":\"%s\"}", people[0].document);
    json_t *is = web_expect(&clerk, "POST", "/applicants/recall", said, 200, NULL);
    assert_string_equal(people[0].name, web_text(json_object_get(is, "applicant"), "name"));
    json_decref(is);
    PQfinish(admin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dump_of_every_table_shows_nobody),
        cmocka_unit_test(no_file_of_the_database_or_the_hall_shows_anybody),
        cmocka_unit_test(a_new_key_replaces_the_old_one_in_every_row),
    };
    return cmocka_run_group_tests(tests, serve_all, door_group_close);
}
