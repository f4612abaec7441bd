/* SPDX-License-Identifier: Apache-2.0 */
/* What a person's request led to is found by its trace: over HTTP, on the bus, in the journal, by
 * the followers; in their spans at the collector, and in their log lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/collector.h"
#include "tests/system/door.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { SERVER = 2, CONSUMER = 5 }; /* as OTLP numbers kinds of spans */

static const char traceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
#define TRACE_ID "4bf92f3577b34da6a3ce929d0e0e4736"

/* Of an item that departments decide. */
static const char application[] =
    "{\"item\":\"CON-02\",\"applicant\":{\"kind\":\"PERSON\",\"name\":\"王小明\",\"document\":"
    "\"11010519491231002X\",\"phone\":\"13800138000\"},"
    "\"channel\":\"AT_WINDOW\",\"check\":true,\"materials\":[{\"seq\":1,\"copies\":1},{\"seq\":2,"
    "\"copies\":1},{\"seq\":3,\"copies\":2},{\"seq\":4,\"copies\":1}],\"facts\":[{\"fee\":"
    "\"FEE-CON-02A\",\"units\":20,\"days\":10},{\"fee\":\"FEE-CON-02B\",\"units\":2}]}";

static struct door door;
static struct collector *collector;
static struct trace given;

static int open_door(void **state)
{
    char lines[200];
    int port;
    (void)state;
    assert_true(trace_read(&given, traceparent));
    collector = collector_new(&port);
    snprintf(lines, sizeof lines, "log_json = yes\notlp_url = http://127.0.0.1:%d/v1/traces\n",
             port);
    door_open(&door, lines, DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    collector_free(&collector);
    return 0;
}

static struct web traced(const char *name)
{
    struct web clerk = door_sign_in(&door, name);
    snprintf(clerk.headers, sizeof clerk.headers, "traceparent: %s\r\n", traceparent);
    return clerk;
}

/* It led to this one, of the same trace. */
static struct collected follow(const unsigned char parent[SPAN_BYTES], const char *service,
                               const char *name, int kind)
{
    struct collected span = collector_await(collector, service, name, &given);
    assert_memory_equal(parent, span.parent, SPAN_BYTES);
    assert_memory_not_equal(parent, span.trace.span, SPAN_BYTES);
    assert_int_equal(kind, span.kind);
    assert_true(span.began_ns > 0 && span.ended_ns >= span.began_ns);
    return span;
}

/* The gateway's span is the caller's child, intake's the gateway's; those who follow intake are
 * children of its, and what routing then says is followed in the same way. */
static void a_case_is_traced_from_http_to_those_who_follow(void **state)
{
    struct web clerk = traced("clerk-con");
    (void)state;
    json_decref(web_expect(&clerk, "POST", "/cases", application, 200, NULL));
    struct collected gateway = follow(given.span, "gateway", "POST /cases", SERVER);
    struct collected intake = follow(gateway.trace.span, "intake", "intake.Submit", SERVER);
    struct collected routing =
        follow(intake.trace.span, "routing", "intake.CaseAccepted", CONSUMER);
    follow(intake.trace.span, "reporting", "intake.CaseReceived", CONSUMER);
    follow(routing.trace.span, "supervision", "routing.StageOpened", CONSUMER);
    follow(routing.trace.span, "reporting", "routing.StageOpened", CONSUMER);
}

static void the_journal_keeps_the_trace(void **state)
{
    PGconn *admin = hall_connect(&door.hall, "admin");
    (void)state;
    hall_await_number(admin,
                      "select count(*) from routing.journal where type = 'routing.StageOpened'"
                      " and encode(trace, 'hex') like '" TRACE_ID "%' and length(trace) = 24",
                      1);
    assert_int_equal(0, hall_number(admin, "select count(*) from intake.journal where trace is"
                                           " not null and encode(trace, 'hex') not like"
                                           " '" TRACE_ID "%' and type = 'intake.CaseReceived'"));
    PQfinish(admin);
}

/* What supervision cannot digest it parks, and says so under the trace of whoever began it. */
static void a_followers_log_line_is_json_with_the_trace(void **state)
{
    PGconn *admin = hall_connect(&door.hall, "admin");
    struct web clerk = traced("clerk");
    (void)state;
    hall_do(admin, "alter table supervision.watch add constraint never check (false) not valid");
    json_decref(door_submit(&clerk));
    hall_await_log(&door.hall, "supervision",
                   "\"event\":\"event.parked\",\"trace_id\":\"" TRACE_ID "\",\"span_id\":\"");
    hall_await_log(&door.hall, "supervision", "\"service\":\"supervision\",\"case\":\"");
    hall_do(admin, "alter table supervision.watch drop constraint never");
    PQfinish(admin);
}

/* Its requests are answered, and its spans are dropped. */
static void a_collector_that_is_gone_holds_nobody_up(void **state)
{
    struct web clerk;
    (void)state;
    door_settings(&door, "otlp_url = http://127.0.0.1:1/v1/traces\n");
    hall_restart(&door.hall, "intake");
    clerk = traced("clerk");
    json_decref(door_submit(&clerk));
    hall_await_log(&door.hall, "intake", "spans.lost");
    json_decref(door_submit(&clerk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_is_traced_from_http_to_those_who_follow),
        cmocka_unit_test(the_journal_keeps_the_trace),
        cmocka_unit_test(a_followers_log_line_is_json_with_the_trace),
        cmocka_unit_test(a_collector_that_is_gone_holds_nobody_up),
    };
    return cmocka_run_group_tests_name("traces", tests, open_door, close_door);
}
