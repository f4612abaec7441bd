/* SPDX-License-Identifier: Apache-2.0 */
/* How a hall reaches its database: a string that leads over a network says how that is private. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/hall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int rewrite(const char *string, char said[1000])
{
    char command[500];
    snprintf(command, sizeof command, "printf '%%s\\n' '%s' | '%s/onedoor-conninfo' 2>&1", string,
             getenv("ONEDOOR_BIN"));
    return hall_command(command, said, 1000);
}

static void a_database_elsewhere_is_reached_by_tls_alone(void **state)
{
    static const char *const refused[] = {
        "host=db dbname=onedoor",           "host=db sslmode=prefer",
        "host=db sslmode=require",          "host=/run/postgresql,db sslmode=allow",
        "hostaddr=10.0.0.7 dbname=onedoor", "postgresql://admin@db/onedoor",
    };
    char said[1000];
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (rewrite(refused[i], said) == 0 || strstr(said, "sslmode=verify-full") == NULL)
            fail_msg("%s: %s", refused[i], said);
}

static void what_is_private_is_taken(void **state)
{
    static const char *const taken[] = {
        "dbname=onedoor",
        "host=/run/postgresql dbname=onedoor",
        "host=127.0.0.1 port=5433 dbname=onedoor",
        "host=localhost,::1 dbname=onedoor",
        "host=db sslmode=verify-full sslrootcert=/etc/ssl/hall.pem",
        "postgresql://admin@db/onedoor?sslmode=verify-ca",
        "host=database sslmode=disable",
    };
    char said[1000];
    (void)state;
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        if (rewrite(taken[i], said) != 0)
            fail_msg("%s: %s", taken[i], said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_database_elsewhere_is_reached_by_tls_alone),
        cmocka_unit_test(what_is_private_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
