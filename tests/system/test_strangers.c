/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: who is not on the list of peers, or comes without a key, gets no answer at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"

#include <stdio.h>
#include <string.h>

#include "common/base/wallclock.h"

static struct hall hall;
static struct arena *arena;

static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_start(&hall, NULL);
    arena = arena_new(64 << 20);
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    arena_free(&arena);
    hall_destroy(&hall);
    return 0;
}

static struct bytes envelope(const struct actor *actor, const ProtobufCMessage *message)
{
    unsigned char id[16];
    client_new_id(id);
    return edge_envelope(&(struct heading){id, 30000, actor, NULL}, message, arena);
}

static void assert_no_way_in(void *socket, const char *lane)
{
    char endpoint[200];
    int at_once = 0, wait_ms = 300;
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    struct bundle bundle = {0};
    assert_true(bundle_put(&bundle, envelope(&clerk, &health.base)));
    snprintf(endpoint, sizeof endpoint, "ipc://%s/run/intake-%s", hall.home, lane);
    zmq_setsockopt(socket, ZMQ_LINGER, &at_once, sizeof at_once);
    assert_int_equal(0, zmq_connect(socket, endpoint));
    zmq_pollitem_t poll = {socket, 0, ZMQ_POLLIN, 0};
    bus_send(socket, &bundle);
    assert_int_equal(0, zmq_poll(&poll, 1, wait_ms));
    bundle_release(&bundle);
    zmq_close(socket);
}

static void a_key_that_is_not_on_the_list_gets_no_answer(void **state)
{
    static const char *const names[] = {"command", "query", "journal"};
    char public_key[41], secret_key[41];
    struct line known;

    (void)state;
    line_open(&known, &hall, "desk", "intake", LANE_COMMAND); /* knows the service's key */
    char server_key[KEY_TEXT_SIZE];
    assert_true(peers_key_of(known.bus.peers, "intake", server_key));
    for (size_t i = 0; i < 3; i++) {
        void *socket = zmq_socket(known.bus.zmq, ZMQ_DEALER);
        assert_int_equal(0, zmq_curve_keypair(public_key, secret_key));
        zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, 40);
        zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_key, 40);
        zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret_key, 40);
        assert_no_way_in(socket, names[i]);
    }
    line_close(&known);
}

static void a_socket_without_curve_gets_no_answer(void **state)
{
    static const char *const names[] = {"command", "query", "journal"};
    void *zmq = zmq_ctx_new();

    (void)state;
    for (size_t i = 0; i < 3; i++)
        assert_no_way_in(zmq_socket(zmq, ZMQ_DEALER), names[i]);
    for (size_t i = 0; i < 3; i++) {
        void *plain = zmq_socket(zmq, ZMQ_DEALER);
        zmq_setsockopt(plain, ZMQ_PLAIN_USERNAME, "desk", 4);
        zmq_setsockopt(plain, ZMQ_PLAIN_PASSWORD, "desk", 4);
        assert_no_way_in(plain, names[i]);
    }
    zmq_ctx_term(zmq);
}

/* The list of peers without the lines of one of them; returns what it was. */
static char *strike_off(const char *name)
{
    char path[100], new_path[104], line[300], start[40];
    static char before[8192];
    snprintf(path, sizeof path, "%s/keys/peers", hall.home);
    snprintf(new_path, sizeof new_path, "%s.new", path);
    snprintf(start, sizeof start, "%s ", name);
    FILE *in = fopen(path, "re"), *out = fopen(new_path, "we");
    assert_non_null(in);
    assert_non_null(out);
    before[0] = '\0';
    while (fgets(line, sizeof line, in) != NULL) {
        strcat(before, line);
        if (strncmp(line, start, strlen(start)) != 0)
            fputs(line, out);
    }
    fclose(in);
    fclose(out);
    assert_int_equal(0, rename(new_path, path));
    return before;
}

static void put_back(const char *peers)
{
    char path[100], new_path[104];
    snprintf(path, sizeof path, "%s/keys/peers", hall.home);
    snprintf(new_path, sizeof new_path, "%s.new", path);
    FILE *out = fopen(new_path, "we");
    assert_non_null(out);
    fputs(peers, out);
    fclose(out);
    assert_int_equal(0, rename(new_path, path));
}

static bool is_answered(struct line *line, int wait_ms)
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    const struct actor gateway = {"g", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};
    line_ask(line, 1, 30000, &gateway, &health.base);
    return line_hear(line, wait_ms).data != NULL;
}

/* Its connection stands and its key is its own, but its name is off the list. */
static void a_peer_taken_off_the_list_is_refused_within_a_second(void **state)
{
    struct line line;

    (void)state;
    line_open(&line, &hall, "gateway", "intake", LANE_JOURNAL);
    assert_true(is_answered(&line, 30000));
    char *peers = strike_off("gateway");
    int64_t struck_ms = monotonic_ms(), refused_ms = struck_ms;
    while (is_answered(&line, 400)) {
        refused_ms = monotonic_ms();
        assert_true(refused_ms - struck_ms < 1000);
    }
    put_back(peers);
    hall_await_log(&hall, "intake", "a message of gateway, who is not on the list of peers");
    line_close(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_is_not_on_the_list_gets_no_answer),
        cmocka_unit_test(a_socket_without_curve_gets_no_answer),
        cmocka_unit_test(a_peer_taken_off_the_list_is_refused_within_a_second),
    };
    return cmocka_run_group_tests_name("strangers", tests, open_hall, close_hall);
}
