/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H11: the reference hall from the API alone: an empty hall into which the business manager
 * enters everything of db/reference is the hall that load.sql makes, table by table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/values/day.h"
#include "tests/world/csv.h"

enum { SINCE_2000 = 10957, PATH_BYTES = 100, SQL_BYTES = 2000, FILES_BUDGET = 4 << 20 };

/* What is compared, and what is not: when and by whom a version was published, on which decision.
 */
static const struct {
    const char *table, *but;
} tables[] = {
    {"intake.department", ""},
    {"intake.windows", ""},
    {"intake.item", "published_at,published_by,decision,decided_on"},
    {"intake.material", ""},
    {"intake.item_fee", ""},
    {"intake.calendar_day", ""},
    {"routing.flow_step", ""},
    {"routing.calendar_day", ""},
    {"charging.fee_standard", ""},
    {"charging.fee_tier", ""},
    {"reporting.hall_window", ""},
    {"reporting.calendar_day", ""},
    {"supervision.calendar_day", ""},
};
enum { TABLES = sizeof tables / sizeof tables[0] };

static struct door door;
static struct web manager;
static struct arena *files;

/* ---- an empty hall, beside the tables of the loaded one */

static void empty_the_tables(void)
{
    char sql[SQL_BYTES];
    hall_start(&door.hall, HALL_IDLE);
    PGconn *admin = hall_connect(&door.hall, "admin");
    hall_do(admin, "create schema loaded");
    for (size_t i = 0; i < TABLES; i++) {
        snprintf(sql, sizeof sql, "create table loaded.t%zu as select * from %s; truncate %s", i,
                 tables[i].table, tables[i].table);
        hall_do(admin, sql);
    }
    PQfinish(admin);
    hall_stop(&door.hall);
}

static int open_empty(void **state)
{
    (void)state;
    files = arena_new(FILES_BUDGET);
    hall_make(&door.hall);
    empty_the_tables();
    door_start(&door, "", DOOR_GATEWAY);
    manager = door_sign_in(&door, "manager");
    return 0;
}

static int close_empty(void **state)
{
    (void)state;
    door_close(&door);
    arena_free(&files);
    return 0;
}

/* ---- entering */

/* Each file is read once. */
static const struct csv *table(const char *file)
{
    static struct {
        const char *file;
        const struct csv *csv;
    } read[10];
    size_t i = 0;
    while (read[i].file != NULL && strcmp(read[i].file, file) != 0)
        i++;
    if (read[i].file == NULL) {
        read[i].file = file;
        read[i].csv = csv_read(REFERENCE_DIR, file, files);
    }
    return read[i].csv;
}

static bool is(const struct csv *csv, size_t row, const char *column, const char *value)
{
    return strcmp(csv_text(csv, row, column), value) == 0;
}

/* A cell as it stands; a 64-bit number is text in JSON too. */
static json_t *text(const struct csv *csv, size_t row, const char *column)
{
    return json_string(csv_text(csv, row, column));
}

static json_t *digits(const struct csv *csv, size_t row, const char *column)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)csv_number(csv, row, column));
    return json_string(number);
}

static json_t *number(const struct csv *csv, size_t row, const char *column)
{
    return json_integer(csv_number(csv, row, column));
}

/* Lets go of the body. */
static void put(const char *what, const char *key, json_t *body)
{
    char path[PATH_BYTES], *said = json_dumps(body, 0);
    snprintf(path, sizeof path, "/%s/%s", what, key);
    json_decref(web_expect(&manager, "PUT", path, said, 200, NULL));
    free(said);
    json_decref(body);
}

static void enter_departments(void)
{
    const struct csv *csv = table("departments.csv");
    for (size_t i = 0; i < csv->n; i++)
        put("departments", csv_text(csv, i, "code"),
            json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:s,s:i}", "nameZh", text(csv, i, "name_zh"),
                      "nameEn", text(csv, i, "name_en"), "presence", text(csv, i, "presence"),
                      "floor", number(csv, i, "floor"), "noteZh", text(csv, i, "note_zh"), "noteEn",
                      text(csv, i, "note_en"), "decision", "管委会〔2022〕1号", "decisionDay",
                      SINCE_2000));
}

static json_t *window_at(const struct csv *csv, size_t i)
{
    json_t *window =
        json_pack("{s:o,s:o,s:o,s:o,s:o,s:b,s:b}", "department", text(csv, i, "department"), "kind",
                  text(csv, i, "kind"), "nameZh", text(csv, i, "name_zh"), "nameEn",
                  text(csv, i, "name_en"), "floor", number(csv, i, "floor"), "open",
                  is(csv, i, "status", "open"), "vacant", is(csv, i, "status", "vacant"));
    if (is(csv, i, "source", "assumed"))
        json_object_set_new(window, "source", json_string("ASSUMED"));
    return window;
}

static void enter_windows(void)
{
    const struct csv *csv = table("windows.csv");
    for (size_t i = 0; i < csv->n; i++)
        put("windows", csv_text(csv, i, "number"), window_at(csv, i));
}

/* ---- items */

static json_t *materials_of(const char *item)
{
    const struct csv *csv = table("materials.csv");
    json_t *list = json_array();
    for (size_t i = 0; i < csv->n; i++)
        if (is(csv, i, "item", item))
            json_array_append_new(
                list, json_pack("{s:o,s:o,s:o,s:o,s:o,s:b}", "seq", number(csv, i, "seq"), "nameZh",
                                text(csv, i, "name_zh"), "nameEn", text(csv, i, "name_en"), "form",
                                text(csv, i, "form"), "copies", number(csv, i, "copies"),
                                "required", is(csv, i, "required", "yes")));
    return list;
}

/* "site_survey" is SITE_SURVEY; "decide" is of the case. */
static json_t *action_of(const char *name)
{
    char action[40];
    snprintf(action, sizeof action, "%s", strcmp(name, "decide") == 0 ? "decide_case" : name);
    for (char *c = action; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return json_string(action);
}

static json_t *steps_of(const char *item)
{
    const struct csv *csv = table("flow_steps.csv");
    json_t *list = json_array();
    for (size_t i = 0; i < csv->n; i++)
        if (is(csv, i, "item", item))
            json_array_append_new(
                list,
                json_pack("{s:o,s:o,s:o,s:b,s:o,s:b}", "stage", number(csv, i, "stage"),
                          "department", text(csv, i, "department"), "action",
                          action_of(csv_text(csv, i, "action")), "lead", is(csv, i, "lead", "yes"),
                          "days", number(csv, i, "days"), "counts", is(csv, i, "clock", "counts")));
    return list;
}

static json_t *tiers_of(const char *fee)
{
    const struct csv *csv = table("fee_tiers.csv");
    json_t *list = json_array();
    for (size_t i = 0; i < csv->n; i++)
        if (is(csv, i, "fee", fee))
            json_array_append_new(list, json_pack("{s:o,s:o,s:o}", "fromUnits",
                                                  digits(csv, i, "from_units"), "toUnits",
                                                  digits(csv, i, "to_units"), "unitFen",
                                                  digits(csv, i, "unit_fen")));
    return list;
}

static json_t *fees_of(const char *item)
{
    const struct csv *csv = table("fee_standards.csv");
    json_t *list = json_array();
    for (size_t i = 0; i < csv->n; i++)
        if (is(csv, i, "item", item))
            json_array_append_new(
                list,
                json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:b,s:b}", "code",
                          text(csv, i, "code"), "department", text(csv, i, "department"), "nameZh",
                          text(csv, i, "name_zh"), "nameEn", text(csv, i, "name_en"), "kind",
                          text(csv, i, "kind"), "unitFen", digits(csv, i, "unit_fen"), "unit",
                          text(csv, i, "unit"), "freeUnits", digits(csv, i, "free_units"), "capFen",
                          digits(csv, i, "cap_fen"), "basis", text(csv, i, "basis"), "tiers",
                          tiers_of(csv_text(csv, i, "code")), "deposit",
                          is(csv, i, "deposit", "yes"), "reducible",
                          is(csv, i, "reducible", "yes")));
    return list;
}

/* RULE L45 */
static void say_survey(json_t *item, const char *code)
{
    const struct csv *csv = table("surveys.csv");
    for (size_t i = 0; i < csv->n; i++)
        if (is(csv, i, "item", code))
            json_object_set_new(
                item, "survey",
                json_string(is(csv, i, "kind", "appraisal") ? "BY_APPRAISAL" : "BY_INSPECTION"));
}

static json_t *item_at(const struct csv *csv, size_t i)
{
    const char *code = csv_text(csv, i, "code");
    json_t *item = json_pack(
        "{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "department", text(csv, i, "department"),
        "seq", number(csv, i, "seq"), "nameZh", text(csv, i, "name_zh"), "nameEn",
        text(csv, i, "name_en"), "applicant", text(csv, i, "applicant"), "handling",
        text(csv, i, "handling"), "statutoryDays", number(csv, i, "statutory_days"), "promisedDays",
        number(csv, i, "promised_days"), "decisionLevel", text(csv, i, "decision_level"), "result",
        text(csv, i, "result"));
    json_t *rest =
        json_pack("{s:b,s:b,s:s,s:b,s:o,s:o,s:o,s:s,s:i,s:i}", "windowCanFinish",
                  is(csv, i, "window_can_finish", "yes"), "byDepartment",
                  is(csv, i, "begun_by", "department"), "source",
                  is(csv, i, "source", "assumed") ? "ASSUMED" : "SAMPLE", "offered", 1, "materials",
                  materials_of(code), "steps", steps_of(code), "fees", fees_of(code), "decision",
                  "管委会〔2022〕1号", "decisionDay", SINCE_2000, "fromDay", SINCE_2000);
    json_object_update(item, rest);
    json_decref(rest);
    say_survey(item, code);
    return item;
}

static void enter_items(void)
{
    const struct csv *csv = table("items.csv");
    for (size_t i = 0; i < csv->n; i++)
        put("items", csv_text(csv, i, "code"), item_at(csv, i));
}

/* ---- the calendar */

static struct day day_at(const struct csv *csv, size_t row)
{
    int year, month, day;
    assert_int_equal(3, sscanf(csv_text(csv, row, "date"), "%d-%d-%d", &year, &month, &day));
    return day_from_ymd(year, month, day);
}

static void enter_year(const struct csv *csv, const char *year)
{
    json_t *days = json_array();
    for (size_t i = 0; i < csv->n; i++)
        if (strncmp(csv_text(csv, i, "date"), year, 4) == 0)
            json_array_append_new(
                days,
                json_pack("{s:i,s:s,s:o,s:o}", "day", (int)day_at(csv, i).n, "kind",
                          is(csv, i, "kind", "holiday") ? "HOLIDAY" : "MAKE_UP_WORKING_DAY",
                          "nameZh", text(csv, i, "name_zh"), "nameEn", text(csv, i, "name_en")));
    put("calendar", year, json_pack("{s:o}", "days", days));
}

static void enter_calendar(void)
{
    static const char *const years[] = {"2022", "2023", "2024", "2025", "2026"};
    const struct csv *csv = table("calendar.csv");
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++)
        enter_year(csv, years[i]);
}

/* ---- compared */

/* The columns of the table but for some. */
static void columns_of(PGconn *admin, size_t at, char *columns, size_t size)
{
    char sql[SQL_BYTES];
    snprintf(sql, sizeof sql,
             "select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute"
             " where attrelid = '%s'::regclass and attnum > 0 and not attisdropped"
             " and attname <> all (string_to_array('%s', ','))",
             tables[at].table, tables[at].but);
    PGresult *result = PQexec(admin, sql);
    snprintf(columns, size, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
}

/* Rows of the one that the other has not. */
static void assert_same_table(PGconn *admin, size_t at)
{
    char sql[3 * SQL_BYTES], columns[SQL_BYTES];
    columns_of(admin, at, columns, sizeof columns);
    snprintf(sql, sizeof sql, "select count(*) from %s", tables[at].table);
    int64_t rows = hall_number(admin, sql);
    snprintf(sql, sizeof sql, "select count(*) from loaded.t%zu", at);
    assert_int_equal(hall_number(admin, sql), rows);
    assert_true(rows > 0);
    snprintf(sql, sizeof sql,
             "select count(*) from (select %s from %s except select %s from loaded.t%zu) d",
             columns, tables[at].table, columns, at);
    if (hall_number(admin, sql) != 0)
        print_error("%s differs from the loaded one\n", tables[at].table);
    assert_int_equal(0, hall_number(admin, sql));
}

static void an_empty_hall_becomes_the_reference_hall_by_the_api(void **state)
{
    (void)state;
    enter_departments();
    enter_windows();
    enter_items();
    enter_calendar();
    PGconn *admin = hall_connect(&door.hall, "admin");
    for (size_t i = 0; i < TABLES; i++) { /* the others follow a moment later */
        char sql[SQL_BYTES];
        snprintf(sql, sizeof sql,
                 "select (select count(*) from %s) - (select count(*) from loaded.t%zu)",
                 tables[i].table, i);
        hall_await_number(admin, sql, 0);
    }
    for (size_t i = 0; i < TABLES; i++)
        assert_same_table(admin, i);
    PQfinish(admin);
}

/* The hall works: what was entered is what its people find. */
static void and_takes_a_case_in(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    (void)state;
    json_decref(door_submit(&clerk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_hall_becomes_the_reference_hall_by_the_api),
        cmocka_unit_test(and_takes_a_case_in),
    };
    return cmocka_run_group_tests(tests, open_empty, close_empty);
}
