/* SPDX-License-Identifier: Apache-2.0 */
/* Programs of another language (tests/clients) work in a running hall: one that was written from
 * docs/API.md alone, one that is generated from the OpenAPI document, one from docs/WIRE.md and
 * proto/ alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Debian's own, which has python3-zmq and python3-protobuf. */
#define PYTHON "/usr/bin/python3"

enum { COMMAND_BYTES = 1024, TOLD_BYTES = 16384 };

static struct door door;
static PGconn *database;

static int setup(void **state)
{
    (void)state;
    door_open(&door, "", DOOR_GATEWAY);
    database = hall_connect(&door.hall, "admin");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    PQfinish(database);
    door_close(&door);
    return 0;
}

static json_t *told_by(const char *command)
{
    char told[TOLD_BYTES];
    int status = hall_command(command, told, sizeof told);
    json_t *object = json_loads(told, 0, NULL);
    if (status != 0 || object == NULL)
        fail_msg("%s ended with %d: %s", command, status, told);
    return object;
}

static int64_t cases(void)
{
    return hall_number(database, "select count(*) from intake.cases");
}

static const char *at_window(const char *password)
{
    static char command[COMMAND_BYTES];
    snprintf(command, sizeof command,
             "HALL_PASSWORD='%s' " PYTHON " %s/window.py http://127.0.0.1:%d clerk 2>&1", password,
             CLIENTS, web_of(&door.hall).port);
    return command;
}

static void a_window_program_needs_the_api_alone(void **state)
{
    int64_t before = cases();
    json_t *told = told_by(at_window(door_password(&door, "clerk")));
    const json_t *received = json_object_get(told, "received"),
                 *progress = json_object_get(told, "progress");
    (void)state;
    assert_string_equal("ACCEPTED", web_text(received, "state"));
    assert_true(json_equal(received, json_object_get(told, "again")));
    assert_string_equal(web_text(told, "case"), web_text(progress, "caseNumber"));
    assert_string_equal("PAYMENT_DUE", web_text(progress, "state"));
    assert_int_equal(before + 1, cases());
    json_decref(told);
}

static void a_window_program_is_told_why_it_is_refused(void **state)
{
    char told[TOLD_BYTES];
    (void)state;
    assert_int_equal(1, hall_command(at_window("not the password"), told, sizeof told));
    assert_non_null(strstr(told, "WRONG_PASSWORD: "));
}

/* ---- the OpenAPI document, as others read it */

static void save_document(void)
{
    struct web anyone = web_of(&door.hall);
    json_t *document = web_expect(&anyone, "GET", "/openapi.json", NULL, 200, NULL);
    if (json_dump_file(document, CLIENT_TOOLS "/openapi.json", JSON_INDENT(1)) != 0)
        fail_msg("%s cannot be written; ./onedoor test test_clients makes its folder",
                 CLIENT_TOOLS "/openapi.json");
    json_decref(document);
}

/* Runs it in the folder of the tools; fails the test with what it prints unless it succeeds. */
static void succeeds(const char *command)
{
    char told[TOLD_BYTES], whole[COMMAND_BYTES];
    snprintf(whole, sizeof whole, "cd " CLIENT_TOOLS " && %s 2>&1", command);
    if (hall_command(whole, told, sizeof told) != 0)
        fail_msg("%s: %s", command, told);
}

static void the_document_is_valid_and_a_strict_linter_finds_nothing(void **state)
{
    (void)state;
    save_document();
    succeeds("venv/bin/openapi-spec-validator openapi.json");
    succeeds("npm run --silent lint");
}

static void a_generated_client_does_a_whole_case(void **state)
{
    char command[COMMAND_BYTES];
    (void)state;
    save_document();
    succeeds("npm run --silent build");
    snprintf(command, sizeof command,
             "CLERK_PASSWORD='%s' CASHIER_PASSWORD='%s' node " CLIENT_TOOLS
             "/out/window.js http://127.0.0.1:%d 2>&1",
             door_password(&door, "clerk"), door_password(&door, "cashier"),
             web_of(&door.hall).port);
    json_t *told = told_by(command);
    assert_string_equal("KEY_REUSED", web_text(told, "reused"));
    assert_string_equal("1000", web_text(told, "paid"));
    assert_string_equal("DELIVERED", web_text(told, "state"));
    json_decref(told);
}

/* ---- the bus */

static void make_wire(void)
{
    char told[TOLD_BYTES];
    if (hall_command("mkdir -p " PYTHON_WIRE " && protoc --python_out=" PYTHON_WIRE " -I" WIRE
                     " onedoor/envelope.proto onedoor/intake.proto 2>&1",
                     told, sizeof told) != 0)
        fail_msg("protoc: %s", told);
}

/* Each file names its package in either language; protoc itself makes the Java. */
static void the_messages_are_for_java_and_go_too(void **state)
{
    (void)state;
    succeeds("rm -rf java && mkdir java && protoc --java_out=java -I" WIRE " " WIRE
             "/onedoor/*.proto && test -f java/onedoor/intake/Submit.java && test -f "
             "java/onedoor/Envelope.java");
    succeeds("for file in " WIRE "/onedoor/*.proto; do grep -q "
             "'^option go_package = \"onedoor/wire[/a-z]*\";' $file || exit 1; done");
}

static void a_program_on_the_bus_needs_the_wire_alone(void **state)
{
    char command[COMMAND_BYTES];
    int64_t before = cases();
    (void)state;
    make_wire();
    snprintf(command, sizeof command,
             "PYTHONPATH=%s " PYTHON " %s/bus.py %s 'ipc://{home}/run/{service}-{lane}' 2>&1",
             PYTHON_WIRE, CLIENTS, door.hall.home);
    json_t *told = told_by(command);
    assert_true(json_is_true(json_object_get(told, "same")));
    assert_string_equal("KEY_REUSED", web_text(told, "reused"));
    assert_string_equal("ACCEPTED", web_text(told, "state"));
    assert_int_equal(4, json_array_size(json_object_get(told, "materials")));
    assert_int_equal(12, json_integer_value(json_array_get(json_object_get(told, "windows"), 0)));
    assert_int_equal(before + 1, cases());
    json_decref(told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_program_needs_the_api_alone),
        cmocka_unit_test(a_window_program_is_told_why_it_is_refused),
        cmocka_unit_test(the_document_is_valid_and_a_strict_linter_finds_nothing),
        cmocka_unit_test(a_generated_client_does_a_whole_case),
        cmocka_unit_test(the_messages_are_for_java_and_go_too),
        cmocka_unit_test(a_program_on_the_bus_needs_the_wire_alone),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
