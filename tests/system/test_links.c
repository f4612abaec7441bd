/* SPDX-License-Identifier: Apache-2.0 */
/* A link that dies comes back by itself: libzmq alone gives up for good after a refused handshake
 * or a malformed frame, and goes on with a service's old key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/monotonic.h"
#include "common/bus/link.h"
#include "tests/system/desk.h"
#include "tests/system/listed.h"
#include "tests/system/running.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATH_BYTES = 100, LINKS = 60, LINK_ROUNDS = 4, NICE = 15, BOUND_MS = 60000 };

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

/* In place of intake's journal, while intake is down. */
struct impostor {
    pid_t pid, launcher; /* of intake; it is frozen meanwhile */
    char path[PATH_BYTES];
    int listener;
    pthread_t thread;
};

static void impostor_begin(struct impostor *impostor)
{
    snprintf(impostor->path, sizeof impostor->path, "%s/run/intake-journal", hall.home);
    impostor->pid = hall_pid(&hall, "intake");
    impostor->launcher = hall_launcher(&hall);
    hall_freeze(impostor->launcher);
    assert_int_equal(0, kill(impostor->pid, SIGKILL));
    impostor->listener = listen_at(impostor->path);
    assert_int_equal(0,
                     pthread_create(&impostor->thread, NULL, speak_otherwise, &impostor->listener));
}

static void impostor_end(struct impostor *impostor)
{
    shutdown(impostor->listener, SHUT_RDWR);
    pthread_join(impostor->thread, NULL);
    close(impostor->listener);
    unlink(impostor->path);
    assert_int_equal(0, kill(impostor->launcher, SIGCONT));
    hall_await(&hall, "intake", "ready", impostor->pid);
}

static void another_protocol_at_its_address_ends_no_link_for_good(void **state)
{
    struct impostor impostor;
    (void)state;
    assert_follows_intake("supervision");
    hall_clear_log(&hall, "supervision");
    impostor_begin(&impostor);
    hall_await_log(&hall, "supervision", "link.ended intake: the connection ended");
    impostor_end(&impostor);
    assert_follows_intake("supervision");
}

/* Looks until each has been given up; false when one is not. */
static bool all_end(struct link links[LINKS])
{
    int64_t until_ms = monotonic_ms() + BOUND_MS;
    int ended = 0;
    while (ended < LINKS && monotonic_ms() < until_ms) {
        ended = 0;
        for (int i = 0; i < LINKS; i++) {
            if (links[i].socket != NULL)
                link_look(&links[i]);
            ended += links[i].socket == NULL;
        }
        poll(NULL, 0, 1);
    }
    return ended == LINKS;
}

/* On one processor, where every other thread comes first: whatever can happen to a connection
 * happens before this one goes on. Only for a thread that ends afterwards. */
static bool step_back(void)
{
    cpu_set_t all, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof all, &all) != 0)
        return false;
    for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++)
        if (CPU_ISSET(i, &all))
            CPU_SET(i, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0;
}

/* The result is null when a link was not seen to end. */
static void *open_and_look(void *bus)
{
    static struct link links[LINKS];
    bool good = step_back() && link_open(&links[0], bus, "intake", LANE_JOURNAL);
    link_close(&links[0]); /* libzmq's thread has started */
    good = good && setpriority(PRIO_PROCESS, (id_t)gettid(), NICE) == 0;
    for (int round = 0; round < LINK_ROUNDS && good; round++) {
        for (int i = 0; i < LINKS; i++)
            good = link_open(&links[i], bus, "intake", LANE_JOURNAL) && good;
        good = good && all_end(links);
        for (int i = 0; i < LINKS; i++)
            link_close(&links[i]);
    }
    return good ? bus : NULL;
}

/* The connection may end for good while it is being made. */
static void a_link_that_ends_at_once_is_seen_to_end(void **state)
{
    struct impostor impostor;
    struct bus bus;
    pthread_t thread;
    void *good = NULL;
    (void)state;
    impostor_begin(&impostor);
    assert_int_equal(STATUS_OK, bus_open(&bus, hall.config, "desk"));
    assert_int_equal(0, pthread_create(&thread, NULL, open_and_look, &bus));
    pthread_join(thread, &good);
    bus_close(&bus);
    impostor_end(&impostor);
    assert_non_null(good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_follower_whose_key_was_off_the_list_follows_again),
        cmocka_unit_test(a_service_whose_key_is_renewed_is_reached_with_the_new_one),
        cmocka_unit_test(another_protocol_at_its_address_ends_no_link_for_good),
        cmocka_unit_test(a_link_that_ends_at_once_is_seen_to_end),
    };
    return cmocka_run_group_tests_name("links", tests, running_open, running_close);
}
