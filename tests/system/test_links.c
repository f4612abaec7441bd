/* SPDX-License-Identifier: Apache-2.0 */
/* A link that dies comes back by itself: libzmq alone gives up for good after a refused handshake
 * or a malformed frame, and goes on with a service's old key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/listed.h"
#include "tests/system/running.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATH_BYTES = 100 };

/* What intake says from now on reaches the follower. */
static void assert_follows_intake(const char *follower)
{
    char sql[200];
    int64_t before = hall_number(admin, "select coalesce(max(seq), 0) from intake.journal_head");
    desk_submit(client, "FPC-02", arena);
    snprintf(sql, sizeof sql, "select coalesce(max(seq), 0) from %s.cursor where stream = 'intake'",
             follower);
    hall_await_number(admin, sql, before + 1);
}

/* Taken off the list, it is refused by the service that starts meanwhile. */
static void a_follower_whose_key_was_off_the_list_follows_again(void **state)
{
    (void)state;
    assert_follows_intake("supervision");
    hall_clear_log(&hall, "supervision");
    const char *before = listed_change("supervision", NULL);
    hall_restart(&hall, "intake");
    hall_await_log(&hall, "supervision", "link.ended intake: the connection ended");
    listed_put(before);
    assert_follows_intake("supervision");
    hall_await_log(&hall, "supervision", "link.back intake");
}

static void a_service_whose_key_is_renewed_is_reached_with_the_new_one(void **state)
{
    char command[300], said[1000];

    (void)state;
    assert_follows_intake("supervision");
    snprintf(command, sizeof command, "'%s/onedoor-keys' --do=renew %s intake 2>&1",
             getenv("ONEDOOR_BIN"), hall.home);
    assert_int_equal(0, hall_command(command, said, sizeof said));
    hall_restart(&hall, "intake");
    assert_follows_intake("supervision"); /* and the desk's client asks it */
}

/* ---- another program at a service's address */

/* It answers each connection with bytes of another protocol. */
static void *speak_otherwise(void *listener)
{
    static const char words[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
    for (int fd; (fd = accept(*(int *)listener, NULL, NULL)) >= 0;) {
        ssize_t sent = send(fd, words, sizeof words - 1, MSG_NOSIGNAL);
        (void)sent;
        close(fd);
    }
    return NULL;
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(listener >= 0 && strlen(path) < sizeof address.sun_path);
    strcpy(address.sun_path, path);
    unlink(path);
    assert_int_equal(0, bind(listener, (struct sockaddr *)&address, sizeof address));
    assert_int_equal(0, chmod(path, 0777));
    assert_int_equal(0, listen(listener, 16));
    return listener;
}

/* While intake is down another program has the address of its journal. */
static void another_protocol_at_its_address_ends_no_link_for_good(void **state)
{
    char path[PATH_BYTES];
    pthread_t thread;

    (void)state;
    assert_follows_intake("supervision");
    hall_clear_log(&hall, "supervision");
    snprintf(path, sizeof path, "%s/run/intake-journal", hall.home);
    pid_t pid = hall_pid(&hall, "intake"), launcher = hall_launcher(&hall);
    hall_freeze(launcher);
    assert_int_equal(0, kill(pid, SIGKILL));
    int listener = listen_at(path);
    assert_int_equal(0, pthread_create(&thread, NULL, speak_otherwise, &listener));
    hall_await_log(&hall, "supervision", "link.ended intake: the connection ended");
    shutdown(listener, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(listener);
    unlink(path);
    assert_int_equal(0, kill(launcher, SIGCONT));
    hall_await(&hall, "intake", "ready", pid);
    assert_follows_intake("supervision");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_follower_whose_key_was_off_the_list_follows_again),
        cmocka_unit_test(a_service_whose_key_is_renewed_is_reached_with_the_new_one),
        cmocka_unit_test(another_protocol_at_its_address_ends_no_link_for_good),
    };
    return cmocka_run_group_tests_name("links", tests, running_open, running_close);
}
