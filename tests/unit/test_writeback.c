/* SPDX-License-Identifier: Apache-2.0 */
/* A pass over a small cluster in a temporary folder. Each file contains its own name, so that the
 * stand-in for the kernel sees which one it was asked for; modification times are set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "programs/writeback/writeback.h"

#define MS     INT64_C(1000000)
#define SECOND (1000 * MS)

/* When the passes of these tests begin: 2026-03-02, a Monday. */
#define FIRST       (1772413200 * SECOND)
#define SECOND_PASS (FIRST + SECOND)

static char base[64];
static char asked[256];     /* names of the files asked for, each with a space behind */
static int answer;          /* of the kernel */
static const char *dropped; /* what vanishes as soon as the kernel is asked for the first time */

static struct writeback writeback;

static void shell(const char *format, const char *what)
{
    char command[PATH_MAX];
    snprintf(command, sizeof command, format, base, what);
    assert_int_equal(0, system(command));
}

static int ask(int fd)
{
    char name[32] = "";
    assert_true(read(fd, name, sizeof name - 1) > 0);
    strcat(asked, name);
    strcat(asked, " ");
    if (dropped != NULL)
        shell("cd %s && rm -r %s", dropped);
    dropped = NULL;
    return answer;
}

static int setup(void **state)
{
    (void)state;
    snprintf(base, sizeof base, "/tmp/onedoor-writeback-test.XXXXXX");
    asked[0] = '\0';
    answer = 0;
    dropped = NULL;
    writeback = (struct writeback){.base = base, .ask = ask};
    return mkdtemp(base) == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    shell("rm -rf %s%s", "");
    return 0;
}

/* A file of a database, last changed at that time. */
static void put(const char *database, const char *name, int64_t changed_ns)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", base, database);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/%s", base, database, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const struct timespec at = {changed_ns / SECOND, changed_ns % SECOND};
    assert_int_equal((ssize_t)strlen(name), write(fd, name, strlen(name)));
    assert_int_equal(0, futimens(fd, (const struct timespec[]){at, at}));
    close(fd);
}

/* The files that a pass beginning then asks for. */
static const char *pass(int64_t now_ns)
{
    asked[0] = '\0';
    assert_int_equal(STATUS_OK, writeback_pass(&writeback, now_ns));
    return asked;
}

static void the_first_pass_asks_for_every_file(void **state)
{
    (void)state;
    put("16384", "16385", 0);
    assert_string_equal(pass(FIRST), "16385 ");
}

static void only_what_has_changed_since_the_last_pass_is_asked_for(void **state)
{
    (void)state;
    put("16384", "16385", FIRST - SECOND);
    put("16384", "16386", FIRST - SECOND);
    pass(FIRST);
    assert_string_equal(pass(SECOND_PASS), "");
    put("16384", "16386", SECOND_PASS + MS);
    assert_string_equal(pass(SECOND_PASS + SECOND), "16386 ");
    assert_string_equal(pass(SECOND_PASS + 2 * SECOND), "");
}

static void a_change_stamped_with_the_tick_before_the_last_pass_is_not_missed(void **state)
{
    (void)state;
    put("16384", "16385", FIRST - SECOND);
    pass(FIRST);
    put("16384", "16385", FIRST - 10 * MS);
    assert_string_equal(pass(SECOND_PASS), "16385 ");
}

static void every_database_is_walked(void **state)
{
    (void)state;
    put("5", "2601", FIRST);
    pass(FIRST);
    put("5", "2601", SECOND_PASS);
    put("16384", "16385", SECOND_PASS);
    assert_non_null(strstr(pass(SECOND_PASS), "2601 "));
    assert_non_null(strstr(asked, "16385 "));
    assert_int_equal(strlen("2601 16385 "), strlen(asked));
}

static void all_forks_and_segments_of_a_relation_are_asked_for(void **state)
{
    static const char *const names[] = {"16385", "16385.1", "16385_fsm", "16385_vm"};
    (void)state;
    for (int i = 0; i < 4; i++) {
        put("16384", names[i], FIRST);
        assert_non_null(strstr(pass(FIRST), names[i]));
    }
}

static void what_is_no_relation_file_is_passed_over(void **state)
{
    (void)state;
    put("16384", "PG_VERSION", FIRST);
    put("16384", "pg_filenode.map", FIRST);
    put("16384", "t3_16385", FIRST);
    put("pgsql_tmp", "16385", FIRST);
    put("16384.old", "16386", FIRST);
    put(".", "16387", FIRST);
    shell("mkdir %s/16384/%s", "16388");
    shell("ln -s ../16387 %s/16384/%s", "16389");
    assert_string_equal(pass(FIRST), "");
}

static void a_table_dropped_meanwhile_is_no_error(void **state)
{
    (void)state;
    put("16384", "16385", FIRST);
    put("16384", "16386", FIRST);
    dropped = "16384/*";
    assert_int_equal(strlen("16385 "), strlen(pass(FIRST))); /* whichever came first */
    assert_string_equal(pass(SECOND_PASS), "");
}

static void a_database_dropped_meanwhile_is_no_error(void **state)
{
    (void)state;
    put("16384", "16385", FIRST);
    put("16390", "16391", FIRST);
    dropped = "163*";
    assert_int_equal(strlen("16385 "), strlen(pass(FIRST)));
    assert_string_equal(pass(SECOND_PASS), "");
}

static void a_hall_that_is_gone_is_no_error(void **state)
{
    (void)state;
    writeback.base = "/nowhere/base";
    assert_string_equal(pass(FIRST), "");
}

static void a_request_that_fails_today_does_not_keep_from_the_others(void **state)
{
    (void)state;
    put("16384", "16385", FIRST);
    put("16384", "16386", FIRST);
    answer = EIO;
    assert_int_equal(strlen("16385 16386 "), strlen(pass(FIRST)));
}

static void a_kernel_that_does_not_know_the_request_is_asked_once_and_told_of(void **state)
{
    static const int refusals[] = {ENOSYS, EINVAL, EPERM};
    (void)state;
    put("16384", "16385", FIRST);
    put("16390", "16391", FIRST);
    for (int i = 0; i < 3; i++) {
        answer = refusals[i];
        asked[0] = '\0';
        assert_int_equal(STATUS_INVALID, writeback_pass(&writeback, FIRST));
        assert_int_equal(strlen("16385 "), strlen(asked));
    }
}

static void a_database_in_which_something_changes_is_looked_into_by_every_pass(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        put("16384", "16385", FIRST + i * 100 * MS - MS);
        assert_string_equal(pass(FIRST + i * 100 * MS), "16385 ");
    }
}

static void a_database_in_which_nothing_changes_is_looked_into_once_a_second(void **state)
{
    (void)state;
    put("16384", "16385", FIRST - SECOND);
    pass(FIRST);
    pass(SECOND_PASS); /* and finds nothing */
    put("16384", "16385", SECOND_PASS + MS);
    put("16390", "16391", SECOND_PASS + MS);
    assert_string_equal(pass(SECOND_PASS + 100 * MS), "16391 ");
    assert_string_equal(pass(SECOND_PASS + 999 * MS), "");
    assert_string_equal(pass(SECOND_PASS + 1000 * MS), "16385 ");
}

static void a_clock_set_back_does_not_stop_it(void **state)
{
    (void)state;
    put("16384", "16385", FIRST - SECOND);
    pass(FIRST);
    pass(SECOND_PASS);
    pass(SECOND_PASS - 3600 * SECOND);
    put("16384", "16385", SECOND_PASS - 3599 * SECOND);
    assert_string_equal(pass(SECOND_PASS - 3599 * SECOND), "16385 ");
}

static void a_cluster_of_many_databases_is_walked_as_a_whole(void **state)
{
    char name[16];
    (void)state;
    for (int i = 0; i < WRITEBACK_DATABASES + 1; i++) {
        snprintf(name, sizeof name, "%d", 20000 + i);
        put(name, "1", FIRST - SECOND);
    }
    assert_int_equal(2 * (WRITEBACK_DATABASES + 1), strlen(pass(FIRST)));
    assert_true(writeback.n <= WRITEBACK_DATABASES);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_first_pass_asks_for_every_file),
        TEST(only_what_has_changed_since_the_last_pass_is_asked_for),
        TEST(a_change_stamped_with_the_tick_before_the_last_pass_is_not_missed),
        TEST(every_database_is_walked),
        TEST(all_forks_and_segments_of_a_relation_are_asked_for),
        TEST(what_is_no_relation_file_is_passed_over),
        TEST(a_table_dropped_meanwhile_is_no_error),
        TEST(a_database_dropped_meanwhile_is_no_error),
        TEST(a_hall_that_is_gone_is_no_error),
        TEST(a_request_that_fails_today_does_not_keep_from_the_others),
        TEST(a_kernel_that_does_not_know_the_request_is_asked_once_and_told_of),
        TEST(a_database_in_which_something_changes_is_looked_into_by_every_pass),
        TEST(a_database_in_which_nothing_changes_is_looked_into_once_a_second),
        TEST(a_clock_set_back_does_not_stop_it),
        TEST(a_cluster_of_many_databases_is_walked_as_a_whole),
    };
    return cmocka_run_group_tests_name("writeback", tests, NULL, NULL);
}
