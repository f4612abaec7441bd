/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: who has lost a right has lost it everywhere: in the next request, in the stream that he
 * reads, and at each service. Nothing here is a matter of time: what takes effect with a delay is
 * waited for by what is logged or ends, and the delays are asserted as they are set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/service_names.h"
#include "services/gateway/people/cache.h"
#include "services/gateway/people/elsewhere.h"
#include "tests/system/door.h"
#include "tests/system/line.h"
#include "tests/system/listed.h"
#include "tests/system/running.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SOON_MS = 5000 };

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "", DOOR_GATEWAY);
    hall = door.hall; /* whose list of peers is edited */
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

/* Reads live events; once it is open. */
static int listening(struct web *web)
{
    int stream = web_listen(web, NULL);
    free(web_hear(stream, "text/event-stream"));
    return stream;
}

static void the_stream_ends(int stream)
{
    free(web_hear(stream, NULL));
    close(stream);
}

static void a_revoked_token_is_good_for_nothing(void **state)
{
    struct web keeper = door_sign_in(&door, "administrator"), machine = web_of(&door.hall);
    (void)state;
    json_t *token =
        web_expect(&keeper, "POST", "/tokens",
                   "{\"name\":\"queue-2\",\"role\":\"REPORT_READER\",\"days\":30}", 200, NULL);
    snprintf(machine.bearer, sizeof machine.bearer, "%s", web_text(token, "secret"));
    json_decref(token);
    json_decref(web_expect(&machine, "GET", "/figures/overview", NULL, 200, NULL));
    int stream = listening(&machine);
    json_decref(web_expect(&keeper, "DELETE", "/tokens/queue-2", NULL, 200, NULL));
    json_decref(web_expect(&machine, "GET", "/figures/overview", NULL, 401, "SIGN_IN_NEEDED"));
    the_stream_ends(stream);
}

static void an_ended_session_is_good_for_nothing(void **state)
{
    struct web reader = door_sign_in(&door, "reader");
    (void)state;
    json_decref(web_expect(&reader, "GET", "/figures/overview", NULL, 200, NULL));
    int stream = listening(&reader);
    json_decref(web_expect(&reader, "DELETE", "/session", NULL, 200, NULL));
    json_decref(web_expect(&reader, "GET", "/figures/overview", NULL, 401, "SIGN_IN_NEEDED"));
    the_stream_ends(stream);
}

/* One that somebody else has put into the browser. */
static void a_cookie_brought_along_is_not_the_sessions(void **state)
{
    static const char planted[] = "onedoor_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    struct web web = web_of(&door.hall), other = web_of(&door.hall);
    (void)state;
    snprintf(web.cookie, sizeof web.cookie, "%s", planted);
    snprintf(other.cookie, sizeof other.cookie, "%s", planted);
    web_sign_in(&web, "reader", door_password(&door, "reader"));
    assert_null(strstr(web.cookie, planted));
    json_decref(web_expect(&web, "GET", "/session", NULL, 200, NULL));
    json_decref(web_expect(&other, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
}

static void a_changed_role_holds_at_once(void **state)
{
    struct web keeper = door_sign_in(&door, "administrator"),
               lead = door_person(&door, "DEPARTMENT_LEAD", "CUL", 0, "moved");
    (void)state;
    json_decref(web_expect(&lead, "GET", "/tasks", NULL, 200, NULL));
    int stream = listening(&lead);
    json_decref(web_expect(&keeper, "PUT", "/people/moved",
                           "{\"fullName\":\"moved\",\"role\":\"REPORT_READER\"}", 200, NULL));
    json_decref(web_expect(&lead, "GET", "/tasks", NULL, 401, "SIGN_IN_NEEDED"));
    the_stream_ends(stream);
}

static void who_is_shut_out_has_no_session_and_gets_none(void **state)
{
    struct web keeper = door_sign_in(&door, "administrator"),
               cashier = door_sign_in(&door, "cashier"), again = web_of(&door.hall);
    char body[200];
    (void)state;
    json_decref(web_expect(&cashier, "GET", "/session", NULL, 200, NULL));
    json_decref(web_expect(&keeper, "PUT", "/people/cashier",
                           "{\"fullName\":\"x\",\"role\":\"CASHIER\",\"shutOut\":true}", 200,
                           NULL));
    json_decref(web_expect(&cashier, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
    snprintf(body, sizeof body, "{\"name\":\"cashier\",\"password\":\"%s\"}",
             door_password(&door, "cashier"));
    json_decref(web_expect(&again, "POST", "/session", body, 401, NULL));
}

/* To a gateway that was started anew, at another port. */
static void find_again(struct web *web)
{
    struct web now = web_of(&hall);
    strcpy(now.cookie, web->cookie);
    *web = now;
}

/* As the settings have it: idle for two hours, or twelve hours old. The gateway that is started
 * anew has recognised nobody lately. */
static void an_idle_session_ends_and_so_does_an_old_one(void **state)
{
    struct web idle = door_sign_in(&door, "head"), old = door_sign_in(&door, "complaints"),
               other = door_sign_in(&door, "approver");
    PGconn *conn = hall_connect(&hall, "admin");
    (void)state;
    hall_do(conn, "update gateway.session set seen_at = now() - interval '121 minutes'"
                  " where person = 'head'");
    hall_do(conn, "update gateway.session set ends_at = now() - interval '1 second'"
                  " where person = 'complaints'");
    hall_do(conn, "update gateway.session set seen_at = now() - interval '119 minutes',"
                  " ends_at = now() + interval '1 hour' where person = 'approver'");
    assert_int_equal(0, hall_number(conn, "select count(*) from gateway.session"
                                          " where ends_at > made_at + interval '12 hours'"));
    PQfinish(conn);
    hall_restart(&hall, "gateway");
    find_again(&idle);
    find_again(&old);
    find_again(&other);
    json_decref(web_expect(&idle, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&old, "GET", "/session", NULL, 401, "SIGN_IN_NEEDED"));
    json_decref(web_expect(&other, "GET", "/session", NULL, 200, NULL));
}

/* By another process than the gateway, which has authenticated him before. */
static void what_is_changed_on_the_halls_machine_ends_streams_too(void **state)
{
    struct web manager = door_sign_in(&door, "manager");
    char command[400];
    (void)state;
    int stream = listening(&manager);
    snprintf(command, sizeof command, "'%s/onedoor-gateway' --home=%s --let_in=manager >/dev/null",
             getenv("ONEDOOR_BIN"), door.hall.home);
    assert_int_equal(0, system(command));
    the_stream_ends(stream);
    json_decref(web_expect(&manager, "GET", "/figures/overview", NULL, 401, "SIGN_IN_NEEDED"));
    assert_in_range(CACHE_MS, 1, SOON_MS);
    assert_in_range(ELSEWHERE_MS, 1, SOON_MS);
}

/* One reading of the list is enough: then a key that holds a connection is answered no more. */
static void a_revoked_bus_key_is_answered_by_no_service(void **state)
{
    static const struct actor keeper = {"operator", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    struct line lines[SERVICES], other;
    (void)state;
    for (int i = 0; i < SERVICES; i++) {
        line_open(&lines[i], &hall, "operator", service_names[i], LANE_JOURNAL);
        line_ask(&lines[i], 1, 60000, &keeper, &health.base);
        line_reply(&lines[i]);
    }
    const char *before = listed_change("operator", NULL);
    for (int i = 0; i < SERVICES; i++) {
        hall_await_log(&hall, service_names[i], "peers.key_ended operator");
        line_ask(&lines[i], 2, 60000, &keeper, &health.base);
        line_open(&other, &hall, "desk", service_names[i], LANE_JOURNAL);
        for (unsigned char id = 3; id < 5; id++) { /* what came before is out of the way */
            line_ask(&other, id, 60000, &keeper, &health.base);
            line_reply(&other);
        }
        assert_null(line_hear(&lines[i], 50).data);
        line_close(&other);
    }
    listed_put(before);
    for (int i = 0; i < SERVICES; i++)
        line_close(&lines[i]);
    assert_in_range(PEERS_CHECK_MS, 1, SOON_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_revoked_token_is_good_for_nothing),
        cmocka_unit_test(an_ended_session_is_good_for_nothing),
        cmocka_unit_test(a_cookie_brought_along_is_not_the_sessions),
        cmocka_unit_test(a_changed_role_holds_at_once),
        cmocka_unit_test(who_is_shut_out_has_no_session_and_gets_none),
        cmocka_unit_test(an_idle_session_ends_and_so_does_an_old_one),
        cmocka_unit_test(what_is_changed_on_the_halls_machine_ends_streams_too),
        cmocka_unit_test(a_revoked_bus_key_is_answered_by_no_service),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
