/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: a peer that is not on the list, or comes without a key, gets no answer at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/listed.h"
#include "tests/system/running.h"

#include <stdio.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/wire/message.h"

static struct bytes envelope(const struct actor *actor, const ProtobufCMessage *message)
{
    unsigned char id[16];
    client_new_id(id);
    return edge_envelope(&(struct heading){id, 30000, actor, NULL, NULL}, message, arena);
}

/* What the socket's monitor tells next. */
static int next_event(void *monitor)
{
    zmq_msg_t frame;
    uint16_t event;
    zmq_msg_init(&frame);
    assert_true(zmq_msg_recv(&frame, monitor, 0) >= (int)sizeof event);
    memcpy(&event, zmq_msg_data(&frame), sizeof event);
    assert_true(zmq_msg_more(&frame)); /* its endpoint */
    zmq_msg_recv(&frame, monitor, 0);
    zmq_msg_close(&frame);
    return event;
}

/* The handshake fails and the connection is ended, and nothing was answered on it. */
static void assert_no_way_in(void *zmq, void *socket, const char *lane)
{
    char endpoint[200], events[40];
    int at_once = 0, bound_ms = 120000;
    void *monitor = zmq_socket(zmq, ZMQ_PAIR);
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    struct bundle bundle = {0};
    assert_true(bundle_put(&bundle, envelope(&clerk, &health.base)));
    snprintf(endpoint, sizeof endpoint, "ipc://%s/run/intake-%s", hall.home, lane);
    snprintf(events, sizeof events, "inproc://%p", socket);
    zmq_setsockopt(socket, ZMQ_LINGER, &at_once, sizeof at_once);
    zmq_setsockopt(monitor, ZMQ_RCVTIMEO, &bound_ms, sizeof bound_ms);
    assert_int_equal(0, zmq_socket_monitor(socket, events,
                                           ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED));
    assert_int_equal(0, zmq_connect(monitor, events));
    assert_int_equal(0, zmq_connect(socket, endpoint));
    bus_send(socket, &bundle);
    assert_int_equal(ZMQ_EVENT_DISCONNECTED, next_event(monitor));
    zmq_pollitem_t poll = {socket, 0, ZMQ_POLLIN, 0};
    assert_int_equal(0, zmq_poll(&poll, 1, 0));
    zmq_socket_monitor(socket, NULL, 0);
    bundle_release(&bundle);
    zmq_close(monitor);
    zmq_close(socket);
}

static void a_key_that_is_not_on_the_list_gets_no_answer(void **state)
{
    static const char *const names[] = {"command", "query", "journal"};
    char public_key[41], secret_key[41];
    struct line known;

    (void)state;
    line_open(&known, &hall, "desk", "intake", LANE_COMMAND); /* knows the service's key */
    const char *server_key = listed_key("intake");
    for (size_t i = 0; i < 3; i++) {
        void *socket = zmq_socket(known.bus.zmq, ZMQ_DEALER);
        assert_int_equal(0, zmq_curve_keypair(public_key, secret_key));
        zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, 40);
        zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_key, 40);
        zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret_key, 40);
        assert_no_way_in(known.bus.zmq, socket, names[i]);
    }
    line_close(&known);
}

static void a_socket_without_curve_gets_no_answer(void **state)
{
    static const char *const names[] = {"command", "query", "journal"};
    void *zmq = zmq_ctx_new();

    (void)state;
    for (size_t i = 0; i < 3; i++)
        assert_no_way_in(zmq, zmq_socket(zmq, ZMQ_DEALER), names[i]);
    for (size_t i = 0; i < 3; i++) {
        void *plain = zmq_socket(zmq, ZMQ_DEALER);
        zmq_setsockopt(plain, ZMQ_PLAIN_USERNAME, "desk", 4);
        zmq_setsockopt(plain, ZMQ_PLAIN_PASSWORD, "desk", 4);
        assert_no_way_in(zmq, plain, names[i]);
    }
    zmq_ctx_term(zmq);
}

/* Asks under an id of this first byte. */
static void ask_as_gateway(struct line *line, unsigned char id)
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    const struct actor gateway = {"g", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};
    line_ask(line, id, 120000, &gateway, &health.base);
}

static unsigned char id_of(const struct line *line, struct bytes packed)
{
    const Onedoor__Reply *reply = message_unpack(&onedoor__reply__descriptor, packed, line->arena);
    assert_non_null(reply);
    assert_int_equal(ONEDOOR__CODE__OK, reply->code);
    return reply->id.data[0];
}

/* Its connection stands and its key is its own, but its name is off the list. An answer may come
 * late on a busy machine, so what counts is when its question was asked. */
static void a_peer_taken_off_the_list_is_refused_within_a_second(void **state)
{
    enum { ASKED = 256, LOOK_MS = 50, SECOND_MS = 1000 };
    static const char refusal[] = "bus.refused a message under the key ";
    struct retry retry = retry_begin();
    int64_t asked_ms[ASKED] = {0};
    struct line line;

    (void)state;
    line_open(&line, &hall, "gateway", "intake", LANE_JOURNAL);
    ask_as_gateway(&line, 0);
    assert_int_equal(ONEDOOR__CODE__OK, line_reply(&line)->code);
    const char *peers = listed_change("gateway", NULL);
    int64_t struck_ms = monotonic_ms();
    for (unsigned char id = 1; hall_count_log(&hall, "intake", refusal) == 0; id++) {
        asked_ms[id] = monotonic_ms();
        ask_as_gateway(&line, id);
        struct bytes heard = line_hear(&line, LOOK_MS);
        if (heard.data != NULL)
            assert_true(asked_ms[id_of(&line, heard)] - struck_ms < SECOND_MS);
        retry_or_fail(&retry, refusal);
    }
    listed_put(peers);
    line_close(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_is_not_on_the_list_gets_no_answer),
        cmocka_unit_test(a_socket_without_curve_gets_no_answer),
        cmocka_unit_test(a_peer_taken_off_the_list_is_refused_within_a_second),
    };
    return cmocka_run_group_tests_name("unlisted peers", tests, running_open, running_close);
}
