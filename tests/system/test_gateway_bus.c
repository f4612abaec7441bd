/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: what the services refused at the bus, and whose keys ended there, is on the record that
 * the administrator reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/service_names.h"
#include "onedoor/intake.pb-c.h"
#include "tests/system/door.h"
#include "tests/system/line.h"
#include "tests/system/listed.h"
#include "tests/system/running.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "", DOOR_GATEWAY);
    hall = door.hall; /* whose list of peers is edited */
    admin = hall_connect(&hall, "admin");
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    PQfinish(admin);
    door_close(&door);
    return 0;
}

static void await_times(const char *where, int64_t times)
{
    char sql[300];
    snprintf(sql, sizeof sql, "select coalesce(sum(times), 0) from gateway.denial where %s", where);
    hall_await_number(admin, sql, times);
}

static void a_key_that_is_not_listed_at_the_bus_is_on_record(void **state)
{
    struct line line;
    (void)state;
    line_open(&line, &door.hall, "operator", "intake", LANE_JOURNAL);
    assert_int_equal(0, zmq_curve_keypair(line.bus.own.public_key, line.bus.own.secret_key));
    void *unlisted = bus_connect(&line.bus, "intake", LANE_QUERY, 0, NULL);
    assert_non_null(unlisted);
    hall_await_number(admin,
                      "select count(*) from gateway.denial where kind = 7 and name = ''"
                      " and what = 'intake' and address <> ''",
                      1);
    zmq_close(unlisted);
    line_close(&line);
}

static void a_peer_that_asks_beyond_its_line_is_on_record(void **state)
{
    static const struct actor clerk = {"c", ONEDOOR__ROLE__WINDOW_CLERK, "CUL", 1};
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    struct line line;
    (void)state;
    line_open(&line, &door.hall, "operator", "intake", LANE_COMMAND);
    for (unsigned char i = 1; i <= 3; i++) {
        line_ask(&line, i, 30000, &clerk, &check.base);
        assert_int_equal(ONEDOOR__REASON__NOT_ALLOWED, line_reply(&line)->reason);
    }
    line_close(&line);
    await_times("kind = 9 and name = 'operator' and what = 'intake'", 3);
}

/* By the edge, by the handler of a command, and by a query's. What the gateway asked is not counted
 * a second time. */
static void whom_a_service_refuses_at_another_desk_is_on_record(void **state)
{
    static const struct actor cashier = {"c9", ONEDOOR__ROLE__CASHIER, "", 9},
                              longest = {"办办办办办办办办办办办办", ONEDOOR__ROLE__CASHIER, "", 9},
                              approver = {"a9", ONEDOOR__ROLE__APPROVER, "TRA", 0};
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    Onedoor__Intake__ViewApplicant view = ONEDOOR__INTAKE__VIEW_APPLICANT__INIT;
    Onedoor__Intake__ListWindowCases list = ONEDOOR__INTAKE__LIST_WINDOW_CASES__INIT;
    struct web clerk = door_sign_in(&door, "clerk");
    const struct {
        enum lane lane;
        const struct actor *actor;
        const ProtobufCMessage *message;
        Onedoor__Reason reason;
        const char *what;
    } cases[] = {
        {LANE_COMMAND, &cashier, &check.base, ONEDOOR__REASON__NOT_ALLOWED, "intake.Check by c9"},
        {LANE_COMMAND, &longest, &check.base, ONEDOOR__REASON__NOT_ALLOWED,
         "intake.Check by 办办办办办办办办办办办"}, /* cut between characters */
        {LANE_COMMAND, &approver, &view.base, ONEDOOR__REASON__OTHER_DEPARTMENT,
         "intake.ViewApplicant by a9"},
        {LANE_QUERY, &cashier, &list.base, ONEDOOR__REASON__NOT_ALLOWED,
         "intake.ListWindowCases by c9"},
    };
    char where[200];
    (void)state;
    json_t *taken = door_submit(&clerk);
    check.case_number = view.case_number = atoll(web_text(taken, "caseNumber"));
    view.purpose = "curiosity";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct line line;
        line_open(&line, &door.hall, "desk", "intake", cases[i].lane);
        for (unsigned char id = 1; id <= 2; id++) {
            line_ask(&line, (unsigned char)(10 * i + id), 30000, cases[i].actor, cases[i].message);
            assert_int_equal(cases[i].reason, line_reply(&line)->reason);
        }
        line_close(&line);
        snprintf(where, sizeof where, "kind = 13 and name = 'desk' and what = '%s'", cases[i].what);
        await_times(where, 2);
    }
    assert_int_equal(0, hall_number(admin, "select count(*) from gateway.denial where kind = 13"
                                           " and name <> 'desk'"));
    json_decref(taken);
}

/* Each service says that it took note, once. */
static void a_bus_key_that_is_revoked_replaced_or_expires_is_on_record(void **state)
{
    struct web web = door_sign_in(&door, "administrator");
    char key[41], secret[41], replaced[100], expired[100], where[100];
    const struct {
        const char *name, *line;
        int kind;
    } cases[] = {{"operator", replaced, 11}, {"operator", NULL, 10}, {"desk", expired, 12}};
    (void)state;
    assert_int_equal(0, zmq_curve_keypair(key, secret));
    snprintf(replaced, sizeof replaced, "operator %s operator -", key);
    snprintf(expired, sizeof expired, "desk %s desk 2026-01-01", listed_key("desk"));
    char *before = strdup(listed_now());
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        listed_change(cases[i].name, cases[i].line);
        snprintf(where, sizeof where, "kind = %d and name = '%s'", cases[i].kind, cases[i].name);
        await_times(where, SERVICES);
    }
    listed_put(before);
    free(before);
    json_t *reply =
        web_expect(&web, "GET", "/denials?who=operator&kind=REMOVED_KEY", NULL, 200, NULL);
    assert_int_equal(SERVICES, json_array_size(json_object_get(reply, "denials")));
    json_decref(reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_is_not_listed_at_the_bus_is_on_record),
        cmocka_unit_test(a_peer_that_asks_beyond_its_line_is_on_record),
        cmocka_unit_test(whom_a_service_refuses_at_another_desk_is_on_record),
        cmocka_unit_test(a_bus_key_that_is_revoked_replaced_or_expires_is_on_record),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
