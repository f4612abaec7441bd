/* SPDX-License-Identifier: Apache-2.0 */
/* What a running service gave up: whoever takes it over reads no other service's keys, gets no new
 * privileges, leaves no core dump, and makes no system call that a service never makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/hall.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/service_names.h"

static struct hall hall;
static char programs[SERVICES + 1][16]; /* the services and the gateway */

static int open_hall(void **state)
{
    (void)state;
    for (int i = 0; i < SERVICES; i++)
        snprintf(programs[i], sizeof programs[i], "%s", service_names[i]);
    snprintf(programs[SERVICES], sizeof programs[SERVICES], "gateway");
    hall_make(&hall);
    hall_settings(&hall, "gateway_port = 0\n");
    hall_start(&hall, "--gateway");
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    hall_destroy(&hall);
    return 0;
}

/* What /proc says of a running program; fails when it does not say it. */
static long fact(const char *program, const char *file, const char *name)
{
    char path[64], line[256];
    long value = -1;
    snprintf(path, sizeof path, "/proc/%d/%s", hall_pid(&hall, program), file);
    FILE *text = fopen(path, "re");
    assert_non_null(text);
    while (value < 0 && fgets(line, sizeof line, text) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            assert_int_equal(1, sscanf(line + strlen(name), "%ld", &value));
    fclose(text);
    assert_true(value >= 0);
    return value;
}

static void a_service_gets_no_new_privileges_and_not_every_system_call(void **state)
{
    (void)state;
    for (int i = 0; i <= SERVICES; i++) {
        assert_int_equal(1, fact(programs[i], "status", "NoNewPrivs:"));
        assert_int_equal(2, fact(programs[i], "status", "Seccomp:"));
        assert_int_equal(0, fact(programs[i], "limits", "Max core file size"));
    }
}

/* A program that may not be looked into belongs to root in /proc. */
static void nobody_looks_into_a_service(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* the search for leaks looks into it */
#endif
    for (int i = 0; i <= SERVICES; i++) {
        char path[64];
        struct stat owner;
        snprintf(path, sizeof path, "/proc/%d/mem", hall_pid(&hall, programs[i]));
        assert_int_equal(0, stat(path, &owner));
        assert_int_equal(0, owner.st_uid);
    }
}

static void each_service_has_a_user_of_its_own(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip(); /* only root can give others a user */
    for (int i = 0; i <= SERVICES; i++) {
        long user = fact(programs[i], "status", "Uid:");
        assert_int_not_equal(0, user);
        for (int k = 0; k < i; k++)
            assert_int_not_equal(user, fact(programs[k], "status", "Uid:"));
    }
}

/* Whether a user reads the file. */
static bool reads(long user, long group, const char *path)
{
    char command[400], said[200];
    snprintf(command, sizeof command,
             "cd / && setpriv --reuid=%ld --regid=%ld --clear-groups test -r '%s'", user, group,
             path);
    return hall_command(command, said, sizeof said) == 0;
}

static void a_service_reads_its_own_keys_alone(void **state)
{
    static const char *const files[] = {"key", "conninfo", "pgpass"};

    (void)state;
    if (geteuid() != 0)
        skip();
    for (int i = 0; i <= SERVICES; i++) {
        long user = fact(programs[i], "status", "Uid:"),
             group = fact(programs[i], "status", "Gid:");
        for (int k = 0; k < (SERVICES + 1) * 3; k++) {
            char path[200];
            snprintf(path, sizeof path, "%s/keys/%s/%s", hall.home, programs[k / 3], files[k % 3]);
            assert_int_equal(k / 3 == i, reads(user, group, path));
        }
        char path[200];
        snprintf(path, sizeof path, "%s/keys/admin/pgpass", hall.home);
        assert_false(reads(user, group, path));
        snprintf(path, sizeof path, "%s/keys/operator/key", hall.home);
        assert_false(reads(user, group, path));
        snprintf(path, sizeof path, "%s/keys/peers", hall.home);
        assert_true(reads(user, group, path));
    }
}

static void status_says_who_runs_the_services(void **state)
{
    char command[200], said[4000];

    (void)state;
    snprintf(command, sizeof command, "ONEDOOR_HOME=%s '%s/onedoor' status 2>&1", hall.home,
             ONEDOOR_ROOT);
    hall_command(command, said, sizeof said);
    const char *line = strstr(said, "  users        ");
    assert_non_null(line);
    assert_non_null(strstr(line, geteuid() == 0 ? "one a service: intake" : "one for all: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_gets_no_new_privileges_and_not_every_system_call),
        cmocka_unit_test(nobody_looks_into_a_service),
        cmocka_unit_test(each_service_has_a_user_of_its_own),
        cmocka_unit_test(a_service_reads_its_own_keys_alone),
        cmocka_unit_test(status_says_who_runs_the_services),
    };
    return cmocka_run_group_tests_name("confined", tests, open_hall, close_hall);
}
