/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/running.h"

enum { ARENA_BYTES = 256 << 20 };

struct hall hall;
struct client *client;
struct arena *arena;
PGconn *admin;

void running_connect(void)
{
    client = hall_client(&hall, "desk");
    arena = arena_new(ARENA_BYTES);
    admin = hall_connect(&hall, "admin");
}

void running_disconnect(void)
{
    PQfinish(admin);
    client_free(&client);
    arena_free(&arena);
}

int running_open(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_start(&hall, NULL);
    running_connect();
    return 0;
}

int running_close(void **state)
{
    (void)state;
    running_disconnect();
    hall_destroy(&hall);
    return 0;
}
