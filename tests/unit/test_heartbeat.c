/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/heartbeat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BYTES = 200 };

/* A socket of ours in the place of systemd's, under a name that is no file's. */
static int listen_as_systemd(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char name[60];
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    snprintf(name, sizeof name, "@onedoor-test-%d", getpid());
    strcpy(address.sun_path + 1, name + 1);
    assert_int_equal(0, bind(fd, (struct sockaddr *)&address,
                             (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name))));
    setenv("NOTIFY_SOCKET", name, 1);
    return fd;
}

static void assert_heard(int fd, const char *expected)
{
    char text[BYTES] = "";
    assert_true(recv(fd, text, sizeof text - 1, MSG_DONTWAIT) > 0);
    assert_string_equal(expected, text);
}

static void systemd_hears_that_a_process_is_ready_once_it_is(void **state)
{
    char text[BYTES];
    (void)state;
    int fd = listen_as_systemd();
    heartbeat_open();
    assert_null(getenv("NOTIFY_SOCKET"));
    heartbeat_state("waiting for the database");
    assert_heard(fd, "STATUS=waiting for the database\nWATCHDOG=1\n");
    heartbeat_state("ready");
    assert_heard(fd, "READY=1\nSTATUS=ready\nWATCHDOG=1\n");
    heartbeat_state("ready"); /* nothing new */
    assert_int_equal(-1, recv(fd, text, sizeof text, MSG_DONTWAIT));
    close(fd);
    heartbeat_state("waiting for the database"); /* nobody hears, and nothing happens */
    assert_string_equal("waiting for the database", heartbeat_current());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(systemd_hears_that_a_process_is_ready_once_it_is),
    };
    return cmocka_run_group_tests_name("heartbeat", tests, NULL, NULL);
}
