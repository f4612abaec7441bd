/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/line.h"

#include "common/wire/message.h"

enum { BOUND_MS = 120000 };

void line_open(struct line *line, const struct hall *hall, const char *key, const char *service,
               enum lane lane)
{
    int bound = BOUND_MS;
    line->arena = arena_new(16 << 20);
    line->heard = (struct bytes){NULL, 0};
    assert_int_equal(STATUS_OK, bus_open(&line->bus, hall->config, key));
    line->socket = bus_connect(&line->bus, service, lane, 0, NULL);
    assert_non_null(line->socket);
    zmq_setsockopt(line->socket, ZMQ_SNDTIMEO, &bound, sizeof bound);
}

void line_close(struct line *line)
{
    int at_once = 0;
    zmq_setsockopt(line->socket, ZMQ_LINGER, &at_once, sizeof at_once);
    zmq_close(line->socket);
    bus_close(&line->bus);
    arena_free(&line->arena);
}

void line_say(struct line *line, struct bytes envelope)
{
    struct bundle bundle = {0};
    assert_true(bundle_put(&bundle, envelope));
    line_say_frame(line, (struct bytes){bundle.data, bundle.len}, 0);
    bundle_release(&bundle);
}

void line_say_frame(struct line *line, struct bytes frame, int flags)
{
    assert_true(zmq_send(line->socket, frame.data, frame.len, flags) >= 0);
}

static struct bytes envelope(struct line *line, unsigned char id, uint32_t remaining_ms,
                             const struct actor *actor, const ProtobufCMessage *message)
{
    const unsigned char key[16] = {id};
    return edge_envelope(&(struct heading){key, remaining_ms, actor, NULL, NULL}, message,
                         line->arena);
}

void line_ask(struct line *line, unsigned char id, uint32_t remaining_ms, const struct actor *actor,
              const ProtobufCMessage *message)
{
    line_say(line, envelope(line, id, remaining_ms, actor, message));
}

void line_ask_together(struct line *line, unsigned char id, int n, const struct actor *actor,
                       const ProtobufCMessage *message)
{
    struct bundle bundle = {0};
    for (int i = 0; i < n; i++)
        assert_true(
            bundle_put(&bundle, envelope(line, (unsigned char)(id + i), BOUND_MS, actor, message)));
    line_say_frame(line, (struct bytes){bundle.data, bundle.len}, 0);
    bundle_release(&bundle);
}

static void hear_frame(struct line *line, int timeout_ms)
{
    zmq_pollitem_t poll = {line->socket, 0, ZMQ_POLLIN, 0};
    zmq_msg_t frame;
    zmq_poll(&poll, 1, timeout_ms);
    zmq_msg_init(&frame);
    if (zmq_msg_recv(&frame, line->socket, ZMQ_DONTWAIT) >= 0) {
        assert_false(zmq_msg_more(&frame));
        line->heard =
            arena_bytes(line->arena, (struct bytes){zmq_msg_data(&frame), zmq_msg_size(&frame)});
        assert_true(line->heard.len > 0);
    }
    zmq_msg_close(&frame);
}

struct bytes line_hear(struct line *line, int timeout_ms)
{
    struct bytes reply = {NULL, 0};
    if (line->heard.len == 0)
        hear_frame(line, timeout_ms);
    if (line->heard.len > 0)
        assert_true(bundle_next(&line->heard, &reply));
    return reply;
}

const Onedoor__Reply *line_reply(struct line *line)
{
    struct bytes packed = line_hear(line, BOUND_MS);
    assert_non_null(packed.data);
    const Onedoor__Reply *reply = message_unpack(&onedoor__reply__descriptor, packed, line->arena);
    assert_non_null(reply);
    return reply;
}
