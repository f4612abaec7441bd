/* SPDX-License-Identifier: Apache-2.0 */
/* Tickets in a running hall: nobody fills a queue alone, and neither a kill nor a restart loses a
 * place or gives a number twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <string.h>

enum { A_MINUTE = 3 };

#define FOR_CULTURE "{\"item\":\"CUL-01\"}"

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "tickets_per_minute = 3\n", DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

static json_int_t take(struct web *web)
{
    json_t *taken = web_expect(web, "POST", "/tickets", FOR_CULTURE, 200, NULL);
    json_int_t number = json_integer_value(json_object_get(taken, "number"));
    json_decref(taken);
    return number;
}

/* Whoever is signed in takes tickets for visitors who cannot. */
static void an_address_takes_so_many_a_minute(void **state)
{
    struct web anybody = web_of(&door.hall), clerk = door_sign_in(&door, "clerk");
    (void)state;
    for (int i = 1; i <= A_MINUTE; i++)
        assert_int_equal(i, take(&anybody));
    json_decref(web_expect(&anybody, "POST", "/tickets", FOR_CULTURE, 429, "TOO_MANY_REQUESTS"));
    for (int i = 1; i <= A_MINUTE; i++)
        assert_int_equal(A_MINUTE + i, take(&clerk));
}

static json_int_t called(struct web *clerk)
{
    json_t *reply = web_expect(clerk, "POST", "/tickets/next", NULL, 200, NULL);
    json_int_t number =
        json_integer_value(json_object_get(json_object_get(reply, "ticket"), "number"));
    json_decref(reply);
    return number;
}

static void the_queue_survives_a_restart(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    (void)state;
    json_int_t first = called(&clerk), last = take(&clerk);
    hall_restart(&door.hall, "intake");
    assert_int_equal(last + 1, take(&clerk));
    for (json_int_t number = first + 1; number <= last + 1; number++)
        assert_int_equal(number, called(&clerk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_takes_so_many_a_minute),
        cmocka_unit_test(the_queue_survives_a_restart),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
