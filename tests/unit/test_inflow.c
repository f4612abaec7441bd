/* SPDX-License-Identifier: Apache-2.0 */
/* What a connection sends without a whole message, read on a thread that is named as libzmq's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/bus/inflow.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 1 << 20, PIECE = 4096 };

static int ended;

static void count_ended(void *context, int fd)
{
    (void)context;
    (void)fd;
    ended++;
}

/* Sends and reads as many pieces. False: it was ended. */
static bool flows(const int pair[2], int pieces)
{
    static char piece[PIECE];
    for (int i = 0; i < pieces; i++) {
        assert_int_equal(PIECE, send(pair[1], piece, sizeof piece, 0));
        if (recv(pair[0], piece, sizeof piece, MSG_WAITALL) == 0)
            return false;
    }
    return true;
}

static void open_pair(int pair[2])
{
    assert_int_equal(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
}

static void close_pair(const int pair[2])
{
    close(pair[0]);
    close(pair[1]);
}

static void *send_without_end(void *context)
{
    int pair[2];
    (void)context;
    assert_int_equal(0, pthread_setname_np(pthread_self(), "ZMQbg/IO/0"));
    open_pair(pair);
    assert_false(flows(pair, MOST / PIECE + 2));
    close_pair(pair);
    return NULL;
}

static void *send_nearly_too_much_one_after_the_other(void *context)
{
    int pair[2], first = -1;
    (void)context;
    assert_int_equal(0, pthread_setname_np(pthread_self(), "ZMQbg/IO/0"));
    for (int i = 0; i < 3; i++) {
        open_pair(pair);
        first = i == 0 ? pair[0] : first;
        assert_int_equal(first, pair[0]);
        assert_true(flows(pair, MOST / PIECE - 1));
        close_pair(pair);
    }
    return NULL;
}

static void on_the_bus_thread(void *(*run)(void *))
{
    pthread_t thread;
    assert_int_equal(0, pthread_create(&thread, NULL, run, NULL));
    assert_int_equal(0, pthread_join(thread, NULL));
}

static void who_sends_without_end_is_ended(void **state)
{
    (void)state;
    ended = 0;
    on_the_bus_thread(send_without_end);
    assert_int_equal(1, ended);
}

static void a_connection_does_not_answer_for_the_one_before(void **state)
{
    (void)state;
    ended = 0;
    on_the_bus_thread(send_nearly_too_much_one_after_the_other);
    assert_int_equal(0, ended);
}

static int bound(void **state)
{
    (void)state;
    inflow_bound(MOST, count_ended, NULL);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_sends_without_end_is_ended),
        cmocka_unit_test(a_connection_does_not_answer_for_the_one_before),
    };
    return cmocka_run_group_tests(tests, bound, NULL);
}
