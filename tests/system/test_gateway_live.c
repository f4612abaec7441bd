/* SPDX-License-Identifier: Apache-2.0 */
/* Live events over HTTP: who receives which, and how a client resumes after a disconnect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void a_page_hears_of_its_cases_and_comes_back_to_where_it_was(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"), kiosk = door_sign_in(&the_door, "kiosk"),
               building = door_approver(&the_door, "CON", "builder2");
    char id[200] = "", number[60];
    (void)state;
    int stream = web_listen(&clerk, NULL), other = web_listen(&building, NULL),
        display = web_listen(&kiosk, NULL);
    free(web_hear_event(stream, "event: hello"));
    free(web_hear_event(other, "event: hello"));
    free(web_hear_event(display, "event: hello"));
    json_t *first = door_submit(&clerk);
    char *heard = web_hear_event(stream, "intake.CaseAccepted"),
         *shown = web_hear_event(display, "intake.CaseAccepted");
    snprintf(number, sizeof number, "\"caseNumber\":\"%s\"", web_text(first, "caseNumber"));
    assert_non_null(strstr(heard, number));
    assert_null(strstr(shown, "caseNumber")); /* RULE H21: a display is not told whose case it is */
    assert_int_equal(1, sscanf(strstr(heard, "id: "), "id: %190[^\n]", id));
    close(stream);
    /* It receives what happened while it was disconnected. */
    json_t *second = door_submit(&clerk);
    stream = web_listen(&clerk, id);
    char *again = web_hear_event(stream, "intake.CaseAccepted\",\"seq\"");
    assert_non_null(strstr(again, "\"lost\":false"));
    json_t *third = door_submit(&clerk);
    free(again);
    again = web_hear_event(stream, web_text(third, "caseNumber"));
    assert_non_null(strstr(again, web_text(third, "caseNumber")));
    close(stream);
    stream = web_listen(
        &clerk, "intake:999999,routing:0,charging:0,supervision:0"); /* of another hall's history */
    char *lost = web_hear_event(stream, "event: hello");
    assert_non_null(strstr(lost, "\"lost\":true"));
    close(stream);
    close(other);
    close(display);
    free(heard);
    free(shown);
    free(again);
    free(lost);
    json_decref(first);
    json_decref(second);
    json_decref(third);
}

/* RULE H21: whoever walks past a display is not told whose case it is. */
static void a_display_where_nobody_is_signed_in_hears_that_something_happened(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk"), display = web_of(&the_door.hall);
    (void)state;
    int stream = web_listen(&display, NULL);
    free(web_hear_event(stream, "event: hello"));
    json_decref(door_submit(&clerk));
    char *shown = web_hear_event(stream, "intake.CaseAccepted");
    assert_non_null(strstr(shown, "intake.CaseAccepted"));
    assert_null(strstr(shown, "caseNumber"));
    assert_null(strstr(shown, "\"seq\""));
    close(stream);
    free(shown);
}

static void the_gateway_ends_and_comes_again_with_everybody_signed_in(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk");
    (void)state;
    int stream = web_listen(&clerk, NULL);
    free(web_hear_event(stream, "event: hello"));
    hall_restart(&the_door.hall, "gateway");
    free(web_hear(stream, NULL)); /* ended by the gateway */
    close(stream);
    int port = web_of(&the_door.hall).port;
    clerk.port = port;
    json_decref(web_expect(&clerk, "GET", "/session", NULL, 200, NULL));
    stream = web_listen(&clerk, "intake:1,routing:0,charging:0,supervision:0");
    char *heard = web_hear_event(stream, "intake.CaseAccepted");
    assert_non_null(strstr(heard, "\"lost\":false"));
    free(heard);
    close(stream);
}

/* The number of the last event in a service's journal; 0: it is empty. */
static long long head_of(PGconn *admin, const char *service)
{
    char sql[100];
    snprintf(sql, sizeof sql, "select coalesce(max(seq), 0) from %s.journal_head", service);
    return hall_number(admin, sql);
}

/* A gateway that has just started knows only the last events: here sixteen of each journal. */
static void a_gateway_begins_near_the_present(void **state)
{
    struct web clerk = door_sign_in(&the_door, "clerk");
    char recent[100];
    (void)state;
    for (int i = 0; i < 20; i++)
        json_decref(door_submit(&clerk));
    PGconn *admin = hall_connect(&the_door.hall, "admin");
    snprintf(recent, sizeof recent, "intake:%lld,routing:%lld,charging:%lld,supervision:%lld",
             head_of(admin, "intake") - 16, head_of(admin, "routing"), head_of(admin, "charging"),
             head_of(admin, "supervision"));
    PQfinish(admin);
    door_settings(&the_door, "events_kept = 64\n");
    hall_restart(&the_door.hall, "gateway");
    clerk.port = web_of(&the_door.hall).port;
    int stream = web_listen(&clerk, recent);
    char *heard = web_hear_event(stream, "intake.CaseAccepted");
    assert_non_null(strstr(heard, "\"lost\":false"));
    free(heard);
    close(stream);
    stream = web_listen(&clerk, "intake:1,routing:0,charging:0,supervision:0");
    free(web_hear_event(stream, "\"lost\":true"));
    close(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_hears_of_its_cases_and_comes_back_to_where_it_was),
        cmocka_unit_test(a_display_where_nobody_is_signed_in_hears_that_something_happened),
        cmocka_unit_test(the_gateway_ends_and_comes_again_with_everybody_signed_in),
        cmocka_unit_test(a_gateway_begins_near_the_present),
    };
    return cmocka_run_group_tests(tests, door_group_open, door_group_close);
}
