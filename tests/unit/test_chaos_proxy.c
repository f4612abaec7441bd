/* SPDX-License-Identifier: Apache-2.0 */
/* What the proxy of the chaos run does to a connection, with a test at both of its ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "programs/chaos/proxy.h"

enum { TURN_MS = 5, TURNS = 4000, ONE = 1, OTHER = 2 };

static char folder[] = "/tmp/onedoor-proxy.XXXXXX", at[100], behind[100];

struct ends {
    struct proxy *proxy;
    int listener, caller, called;
};

static struct sockaddr_un address_of(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    return address;
}

static int call(const char *path)
{
    struct sockaddr_un to = address_of(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_true(fd >= 0);
    assert_int_equal(0, connect(fd, (struct sockaddr *)&to, sizeof to));
    return fd;
}

static int await_call(struct ends *ends)
{
    for (int i = 0; i < TURNS; i++) {
        int fd = accept4(ends->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0)
            return fd;
        proxy_turn(ends->proxy, TURN_MS);
    }
    fail_msg("nobody calls");
    return -1;
}

static int make(void **state)
{
    static struct ends ends;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(at, sizeof at, "%s/at", folder);
    snprintf(behind, sizeof behind, "%s/behind", folder);
    struct sockaddr_un address = address_of(behind);
    ends.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_int_equal(0, bind(ends.listener, (struct sockaddr *)&address, sizeof address));
    assert_int_equal(0, listen(ends.listener, 4));
    ends.proxy = proxy_new();
    assert_true(proxy_listen(ends.proxy, ONE, at, behind));
    ends.caller = call(at);
    ends.called = await_call(&ends);
    *state = &ends;
    return 0;
}

static int clear_away(void **state)
{
    struct ends *ends = *state;
    close(ends->caller);
    close(ends->called);
    close(ends->listener);
    proxy_free(&ends->proxy);
    assert_int_equal(-1, access(at, F_OK));
    unlink(behind);
    assert_int_equal(0, rmdir(folder));
    return 0;
}

static void say(int fd, const char *text)
{
    assert_int_equal(strlen(text), send(fd, text, strlen(text), MSG_NOSIGNAL));
}

/* Reads so many bytes; less when the connection ends. */
static size_t hear(struct ends *ends, int fd, char *text, size_t size)
{
    size_t n = 0;
    for (int i = 0; i < TURNS && n < size; i++) {
        ssize_t got = recv(fd, text + n, size - n, 0);
        if (got == 0)
            return n;
        n += got > 0 ? (size_t)got : 0;
        proxy_turn(ends->proxy, TURN_MS);
    }
    return n;
}

static void assert_hears(struct ends *ends, int fd, const char *text)
{
    char heard[100] = "";
    assert_int_equal(strlen(text), hear(ends, fd, heard, strlen(text)));
    assert_string_equal(text, heard);
}

static void assert_ended(struct ends *ends, int fd)
{
    char byte;
    for (int i = 0; i < TURNS; i++) {
        ssize_t got = recv(fd, &byte, 1, 0);
        if (got == 0 || (got < 0 && errno != EAGAIN))
            return;
        proxy_turn(ends->proxy, TURN_MS);
    }
    fail_msg("the connection did not end");
}

/* Nothing comes in these turns. */
static void assert_silent(struct ends *ends, int fd)
{
    char byte;
    for (int i = 0; i < 4; i++)
        proxy_turn(ends->proxy, 0);
    assert_int_equal(-1, recv(fd, &byte, 1, 0));
    assert_int_equal(EAGAIN, errno);
}

static void what_is_said_is_passed_on_both_ways(void **state)
{
    struct ends *ends = *state;
    say(ends->caller, "a question");
    assert_hears(ends, ends->called, "a question");
    say(ends->called, "an answer");
    assert_hears(ends, ends->caller, "an answer");
    assert_int_equal(1, proxy_count(ends->proxy, ONE));
}

static void an_end_is_passed_on(void **state)
{
    struct ends *ends = *state;
    shutdown(ends->called, SHUT_RDWR);
    assert_ended(ends, ends->caller);
    proxy_turn(ends->proxy, 0);
    assert_int_equal(0, proxy_count(ends->proxy, ONE));
}

static void a_cut_ends_both_sides_and_the_next_call_is_passed_on(void **state)
{
    struct ends *ends = *state;
    proxy_disturb(ends->proxy, ONE, CUT, 0);
    assert_ended(ends, ends->caller);
    assert_ended(ends, ends->called);
    int again = call(at), called = await_call(ends);
    say(again, "again");
    assert_hears(ends, called, "again");
    close(again);
    close(called);
}

static void another_group_is_not_disturbed(void **state)
{
    struct ends *ends = *state;
    proxy_disturb(ends->proxy, OTHER, CUT, 0);
    say(ends->caller, "here");
    assert_hears(ends, ends->called, "here");
}

static void a_corrupted_piece_differs_in_one_bit_and_the_next_passes(void **state)
{
    struct ends *ends = *state;
    char heard[4];
    proxy_disturb(ends->proxy, ONE, CORRUPTED, 0);
    say(ends->caller, "abcd");
    assert_int_equal(4, hear(ends, ends->called, heard, 4));
    int bits = 0;
    for (int i = 0; i < 4; i++)
        bits += __builtin_popcount((unsigned)(heard[i] ^ "abcd"[i]));
    assert_int_equal(1, bits);
    say(ends->caller, "efgh");
    assert_hears(ends, ends->called, "efgh");
}

static void a_doubled_piece_comes_twice_and_the_next_once(void **state)
{
    struct ends *ends = *state;
    proxy_disturb(ends->proxy, ONE, DOUBLED, 0);
    say(ends->caller, "ab");
    assert_hears(ends, ends->called, "abab");
    say(ends->caller, "cd");
    assert_hears(ends, ends->called, "cd");
    assert_silent(ends, ends->called);
}

static void what_is_delayed_comes_no_sooner(void **state)
{
    struct ends *ends = *state;
    proxy_disturb(ends->proxy, ONE, DELAYED, 60);
    int64_t began_ms = monotonic_ms();
    say(ends->caller, "late");
    assert_hears(ends, ends->called, "late");
    assert_true(monotonic_ms() - began_ms >= 60);
}

static void what_is_held_comes_once_it_is_lifted(void **state)
{
    struct ends *ends = *state;
    proxy_disturb(ends->proxy, ONE, HELD, 0);
    say(ends->caller, "held");
    assert_silent(ends, ends->called);
    int later = call(at), called = await_call(ends);
    say(later, "too");
    assert_silent(ends, called);
    proxy_disturb(ends->proxy, ONE, PASSED, 0);
    assert_hears(ends, ends->called, "held");
    assert_hears(ends, called, "too");
    close(later);
    close(called);
}

static void whoever_calls_meanwhile_is_answered_in_another_protocol(void **state)
{
    struct ends *ends = *state;
    proxy_disturb(ends->proxy, ONE, FOREIGN, 0);
    assert_ended(ends, ends->caller);
    int caller = call(at);
    assert_hears(ends, caller, "HTTP/1.1 400 ");
    close(caller);
    proxy_disturb(ends->proxy, ONE, PASSED, 0);
    int again = call(at);
    close(await_call(ends));
    close(again);
}

static void a_call_without_a_service_behind_it_ends(void **state)
{
    struct ends *ends = *state;
    close(ends->listener);
    unlink(behind);
    int caller = call(at);
    assert_ended(ends, caller);
    close(caller);
    ends->listener = -1;
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make, clear_away)
    const struct CMUnitTest tests[] = {
        CASE(what_is_said_is_passed_on_both_ways),
        CASE(an_end_is_passed_on),
        CASE(a_cut_ends_both_sides_and_the_next_call_is_passed_on),
        CASE(another_group_is_not_disturbed),
        CASE(a_corrupted_piece_differs_in_one_bit_and_the_next_passes),
        CASE(a_doubled_piece_comes_twice_and_the_next_once),
        CASE(what_is_delayed_comes_no_sooner),
        CASE(what_is_held_comes_once_it_is_lifted),
        CASE(whoever_calls_meanwhile_is_answered_in_another_protocol),
        CASE(a_call_without_a_service_behind_it_ends),
    };
    return cmocka_run_group_tests_name("proxy", tests, NULL, NULL);
}
