/* SPDX-License-Identifier: Apache-2.0 */
/* A program goes on with a case as fast as it is answered: whatever it has done is known to whoever
 * answers next, also when it acts under several people's sessions and passes on the header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ROUNDS = 25 };

static char seen[200]; /* the header of the last answer that had one */

static void keep_header(const char *head)
{
    static const char name[] = "Onedoor-Seen: ";
    const char *at = strcasestr(head, name);
    if (at != NULL)
        snprintf(seen, sizeof seen, "%.*s", (int)strcspn(at + sizeof name - 1, "\r"),
                 at + sizeof name - 1);
}

/* Asks once: it must be answered with this status. */
static json_t *ask(struct web *who, const char *method, const char *path, const char *body,
                   int status, const char *reason)
{
    if (seen[0] != '\0')
        snprintf(who->headers, sizeof who->headers, "Onedoor-Seen: %s\r\n", seen);
    struct said said = web_ask(who, method, path, body);
    if (said.status != status ||
        (reason != NULL && strcmp(reason, web_text(said.body, "reason")) != 0))
        fail_msg("%s %s: %d %s", method, path, said.status,
                 said.body == NULL ? "" : json_dumps(said.body, 0));
    keep_header(said.head);
    json_t *is = json_incref(said.body);
    said_free(&said);
    return is;
}

static const char *path_of(const json_t *submitted, const char *rest)
{
    static char path[100];
    snprintf(path, sizeof path, "/cases/%s%s", web_text(submitted, "caseNumber"), rest);
    return path;
}

static void does(struct web *who, const json_t *submitted, const char *rest, const char *body)
{
    json_decref(ask(who, "POST", path_of(submitted, rest), body, 200, NULL));
}

static void assert_dossier(struct web *who, const json_t *submitted, const char *state)
{
    json_t *is = ask(who, "GET", path_of(submitted, ""), NULL, 200, NULL);
    assert_string_equal(state, web_text(json_object_get(is, "dossier"), "state"));
    json_decref(is);
}

static void pay_and_deliver(struct web *clerk, struct web *cashier, const json_t *submitted)
{
    char body[100];
    json_t *bill = ask(cashier, "GET", path_of(submitted, "/bill"), NULL, 200, NULL);
    assert_string_equal("DUE", web_text(bill, "state"));
    snprintf(body, sizeof body, "{\"method\":\"CASH\",\"shownFen\":\"%s\"}",
             web_text(bill, "dueFen"));
    does(cashier, submitted, "/payment", body);
    does(clerk, submitted, "/delivery",
         "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
         "\"11010519491231002X\"}");
    assert_dossier(clerk, submitted, "delivered");
    json_decref(bill);
}

static void an_immediate_case_goes_on_at_once(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"),
               cashier = door_sign_in(&the_door, "cashier");
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        json_t *submitted = ask(&clerk, "POST", "/cases", door_application, 200, NULL);
        assert_dossier(&clerk, submitted, "accepted");
        does(&clerk, submitted, "/finish", "{\"granted\":true}");
        pay_and_deliver(&clerk, &cashier, submitted);
        json_decref(submitted);
    }
}

/* The session alone carries it: no header. */
static void a_session_sees_its_own_commands(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk");
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        json_t *submitted = door_submit(&clerk);
        json_t *is = web_expect(&clerk, "GET", path_of(submitted, ""), NULL, 200, NULL);
        assert_string_equal("accepted", web_text(json_object_get(is, "dossier"), "state"));
        json_decref(is);
        json_decref(submitted);
    }
}

static const char transport[] =
    "{\"item\":\"TRA-01\",\"applicant\":{\"kind\":\"PERSON\",\"name\":\"王小明\",\"document\":"
    "\"11010519491231002X\",\"phone\":\"13800138000\"},"
    "\"channel\":\"AT_WINDOW\",\"check\":true,\"materials\":[{\"seq\":1,\"copies\":1},{\"seq\":2,"
    "\"copies\":1},{\"seq\":3,\"copies\":1},{\"seq\":4,\"copies\":1}]}";

/* From intake to routing, back, to charging and back again. */
static void a_promised_case_goes_on_at_once(void **state)
{
    struct web clerk = door_person(&the_door, "WINDOW_CLERK", "TRA", 15, "transport.clerk"),
               approver = door_approver(&the_door, "TRA", "transport.approver"),
               cashier = door_sign_in(&the_door, "cashier");
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        json_t *submitted = ask(&clerk, "POST", "/cases", transport, 200, NULL);
        does(&approver, submitted, "/decision", "{\"agree\":true}");
        does(&approver, submitted, "/decision", "{\"agree\":true}");
        pay_and_deliver(&clerk, &cashier, submitted);
        json_decref(submitted);
    }
}

/* A mark from the future never comes: it is waited for as long as the setting says. */
static void what_never_comes_is_not_yet_known(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk");
    (void)state;
    json_t *submitted = door_submit(&clerk);
    snprintf(clerk.headers, sizeof clerk.headers, "Onedoor-Seen: intake=1.900000000\r\n");
    struct said said = web_ask(&clerk, "GET", path_of(submitted, ""), NULL);
    assert_int_equal(503, said.status);
    assert_string_equal("NOT_YET", web_text(said.body, "reason"));
    assert_non_null(strstr(said.head, "Retry-After: "));
    said_free(&said);
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/check"), "{}", 503, "NOT_YET"));
    clerk.headers[0] = '\0';
    json_decref(web_expect(&clerk, "GET", path_of(submitted, ""), NULL, 200, NULL));
    snprintf(clerk.headers, sizeof clerk.headers, "Onedoor-Seen: intake\r\n");
    json_decref(web_expect(&clerk, "GET", path_of(submitted, ""), NULL, 400, "FIELD_INVALID"));
    json_decref(submitted);
}

/* While charging is away nothing final is said of what it may have done; others do not wait. */
static void a_refusal_waits_for_a_service_that_is_away(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"), other = door_sign_in(&the_door, "clerk");
    (void)state;
    json_t *submitted = door_submit(&clerk);
    pid_t charging = hall_pid(&the_door.hall, "charging");
    hall_freeze(charging);
    json_decref(
        web_expect(&clerk, "POST", path_of(submitted, "/finish"), "{\"granted\":true}", 200, NULL));
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
                           "\"11010519491231002X\"}",
                           503, "NOT_YET"));
    json_decref(web_expect(&other, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
                           "\"11010519491231002X\"}",
                           409, "WRONG_STATE"));
    kill(charging, SIGCONT);
    json_decref(web_expect(&clerk, "POST", path_of(submitted, "/delivery"),
                           "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
                           "\"11010519491231002X\"}",
                           409, "WRONG_STATE"));
    json_decref(submitted);
}

static int open_door(void **state)
{
    (void)state;
    door_open(&the_door, "seen_wait_ms = 1500\n", DOOR_GATEWAY);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_immediate_case_goes_on_at_once),
        cmocka_unit_test(a_session_sees_its_own_commands),
        cmocka_unit_test(a_promised_case_goes_on_at_once),
        cmocka_unit_test(what_never_comes_is_not_yet_known),
        cmocka_unit_test(a_refusal_waits_for_a_service_that_is_away),
    };
    return cmocka_run_group_tests(tests, open_door, door_group_close);
}
