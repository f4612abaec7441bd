/* SPDX-License-Identifier: Apache-2.0 */
/* Frames that a running hall must not take as they are: malformed, too large, of too many
 * envelopes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/refusals.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- frames */

#define BYTES(text) ((struct bytes){(const unsigned char *)(text), sizeof(text) - 1})

static void a_malformed_envelope_is_refused_on_every_lane(void **state)
{
    const struct bytes envelopes[] = {
        BYTES("GET / HTTP/1.1\r\n\r\n"),
        BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
        BYTES("\x0a\x10ten bytes"),
    };

    (void)state;
    for (size_t lane = 0; lane < 3; lane++)
        for (size_t i = 0; i < 3; i++)
            assert_reply(reply_to("desk", lanes[lane], envelopes[i]),
                         ONEDOOR__CODE__INVALID_ARGUMENT, ONEDOOR__REASON__MALFORMED);
}

static void a_frame_without_a_length_is_refused_on_every_lane(void **state)
{
    const struct bytes frames[] = {
        BYTES(""),                      /* empty */
        BYTES("\x00"),                  /* nothing */
        BYTES("\x81"),                  /* cut short */
        BYTES("\x81\x00x"),             /* longer than it need be */
        BYTES("\x81\x80\x80\x80\x01x"), /* longer than any */
        BYTES("\x02x"),                 /* beyond the end */
        BYTES("\xff\xff\x7fx"),         /* far beyond it */
    };

    (void)state;
    for (size_t lane = 0; lane < 3; lane++)
        for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++)
            assert_reply(reply_to_frame("desk", lanes[lane], frames[i]),
                         ONEDOOR__CODE__INVALID_ARGUMENT, ONEDOOR__REASON__MALFORMED);
}

static void an_envelope_larger_than_one_may_be_is_refused(void **state)
{
    static unsigned char large[MESSAGE_MAX_BYTES + 1];

    (void)state;
    assert_reply(reply_to("desk", LANE_COMMAND, (struct bytes){large, sizeof large}),
                 ONEDOOR__CODE__INVALID_ARGUMENT, ONEDOOR__REASON__TOO_LARGE);
}

/* Far too large: the line is cut before the frame takes memory; the service goes on. */
static void a_frame_far_too_large_cuts_the_line_and_harms_nobody(void **state)
{
    static unsigned char huge[4 << 20];
    struct line line;

    (void)state;
    pid_t pid = hall_pid(&hall, "intake");
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    line_say_frame(&line, (struct bytes){huge, sizeof huge}, 0);
    assert_null(line_hear(&line, 300).data);
    line_close(&line);
    assert_true(desk_submit(client, "FPC-02", arena) > 0);
    assert_int_equal(pid, hall_pid(&hall, "intake"));
}

/* What is asked on a lane, under an id of this first byte. */
static struct bytes asked(enum lane lane, int number)
{
    Onedoor__Intake__Check check = some_check();
    Onedoor__Intake__GetGuide guide = ONEDOOR__INTAKE__GET_GUIDE__INIT;
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    const ProtobufCMessage *messages[] = {
        [LANE_COMMAND] = &check.base, [LANE_QUERY] = &guide.base, [LANE_JOURNAL] = &health.base};
    const unsigned char id[16] = {(unsigned char)number, [15] = 1};

    guide.item = "CUL-01";
    return edge_envelope(&(struct heading){id, 30000, &clerk, NULL, NULL}, messages[lane], arena);
}

/* A frame of n of them, numbered from 1, as a hostile program may write it: there is no most. */
static struct bytes asked_at_once(enum lane lane, int n)
{
    struct bytes frame = {arena_alloc(arena, BUNDLE_MAX_BYTES), 0};
    for (int i = 1; i <= n; i++) {
        struct bundle one = {0};
        assert_true(bundle_put(&one, asked(lane, i)));
        memcpy((unsigned char *)frame.data + frame.len, one.data, one.len);
        frame.len += one.len;
        bundle_release(&one);
    }
    return frame;
}

/* Queries are read side by side: each is answered once, in any order. */
static void each_envelope_of_a_frame_is_answered_and_but_for_queries_in_order(void **state)
{
    enum { ENVELOPES = 3 };
    struct line line;

    (void)state;
    for (size_t lane = 0; lane < 3; lane++) {
        line_open(&line, &hall, "desk", "intake", lanes[lane]);
        line_say_frame(&line, asked_at_once(lanes[lane], ENVELOPES), 0);
        line_say(&line, asked(lanes[lane], ENVELOPES + 1));
        int answered[ENVELOPES + 2] = {0};
        for (int i = 1; i <= ENVELOPES + 1; i++) {
            int id = line_reply(&line)->id.data[0];
            assert_in_range(id, 1, ENVELOPES + 1);
            assert_int_equal(1, ++answered[id]);
            assert_true(id == i || lanes[lane] == LANE_QUERY);
        }
        line_close(&line);
    }
}

/* A malformed envelope does not affect the others. */
static void a_malformed_envelope_of_a_frame_is_refused_alone(void **state)
{
    struct bundle bundle = {0};
    struct line line;

    (void)state;
    assert_true(bundle_put(&bundle, asked(LANE_JOURNAL, 1)));
    assert_true(bundle_put(&bundle, BYTES("\xff")));
    assert_true(bundle_put(&bundle, asked(LANE_JOURNAL, 2)));
    line_open(&line, &hall, "desk", "intake", LANE_JOURNAL);
    line_say_frame(&line, (struct bytes){bundle.data, bundle.len}, 0);
    assert_int_equal(ONEDOOR__CODE__OK, line_reply(&line)->code);
    assert_int_equal(ONEDOOR__REASON__MALFORMED, line_reply(&line)->reason);
    assert_int_equal(ONEDOOR__CODE__OK, line_reply(&line)->code);
    line_close(&line);
    bundle_release(&bundle);
}

/* After a malformed length nothing can be read: the rest of the frame is refused. What precedes it
 * is done, and so is the next frame. */
static void behind_a_malformed_length_the_frame_is_refused_and_not_before(void **state)
{
    const struct bytes ends[] = {BYTES("\x7f"), BYTES("\x00\x00\x00"), BYTES("\x80")};
    struct line line;

    (void)state;
    for (size_t i = 0; i < 9; i++) {
        enum lane lane = lanes[i / 3];
        struct bytes frame = asked_at_once(lane, 2), end = ends[i % 3];
        memcpy((unsigned char *)frame.data + frame.len, end.data, end.len);
        frame.len += end.len;
        line_open(&line, &hall, "desk", "intake", lane);
        line_say_frame(&line, frame, 0);
        line_say(&line, asked(lane, 3));
        bool answered[4] = {false};
        for (int k = 0; k < 4; k++) {
            const Onedoor__Reply *reply = line_reply(&line);
            int number = reply->id.data[0]; /* 0: of none that could be read */
            assert_int_equal(number == 0, reply->reason == ONEDOOR__REASON__MALFORMED);
            assert_in_range(number, 0, 3);
            assert_false(answered[number]);
            answered[number] = true;
        }
        line_close(&line);
    }
}

/* Envelopes beyond a frame's limit are not done and get BUSY: they may be sent again. */
static void beyond_the_envelopes_of_a_frame_callers_are_told_busy(void **state)
{
    enum { SURPLUS = 70 };
    struct line line;

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        int n = ENVELOPES_MAX + (i % 2 == 0 ? 1 : SURPLUS);
        bool busy[ENVELOPES_MAX + SURPLUS + 1] = {false};
        line_open(&line, &hall, "desk", "intake", lanes[i / 2]);
        line_say_frame(&line, asked_at_once(lanes[i / 2], n), 0);
        for (int k = 1; k <= n; k++) {
            const Onedoor__Reply *reply = line_reply(&line);
            busy[reply->id.data[0]] = reply->code == ONEDOOR__CODE__RESOURCE_EXHAUSTED &&
                                      reply->reason == ONEDOOR__REASON__BUSY;
        }
        for (int k = 1; k <= n; k++)
            assert_int_equal(k > ENVELOPES_MAX, busy[k]);
        line_close(&line);
    }
}

/* The key is let in again when its time is over. A refused connection does not try again by itself.
 */
static void ask_until_let_in(const char *key, enum lane lane)
{
    struct retry retry = retry_begin();
    bool is_in = false;
    int soon_ms = 500;
    while (!is_in) {
        struct line line;
        struct bytes frame = asked_at_once(lane, 1);
        line_open(&line, &hall, key, "intake", lane);
        zmq_setsockopt(line.socket, ZMQ_SNDTIMEO, &soon_ms, sizeof soon_ms);
        is_in = zmq_send(line.socket, frame.data, frame.len, 0) >= 0 &&
                line_hear(&line, soon_ms).data != NULL;
        line_close(&line);
        retry_or_fail(&retry, "the key is let in again");
    }
}

/* A message is one frame. Whoever sends more could have a service keep them without end, so the key
 * is shut out; others are served. */
static void who_sends_several_frames_as_one_message_is_shut_out(void **state)
{
    struct line line, other;

    (void)state;
    hall_settings(&hall, "peer_out_s = 1\n");
    hall_restart(&hall, "intake");
    for (size_t i = 0; i < 3; i++) {
        line_open(&line, &hall, "gateway", "intake", lanes[i]);
        line_say_frame(&line, asked_at_once(lanes[i], 2), ZMQ_SNDMORE);
        line_say_frame(&line, BYTES("\xff"), 0);
        line_open(&other, &hall, "desk", "intake", lanes[i]);
        line_say(&other, asked(lanes[i], 3));
        assert_int_equal(3, line_reply(&other)->id.data[0]);
        assert_null(line_hear(&line, 50).data);
        line_close(&other);
        line_close(&line);
        hall_await_log(&hall, "intake", "peers.shut_out gateway: a message of several frames");
        hall_clear_log(&hall, "intake");
        ask_until_let_in("gateway", lanes[i]);
    }
    hall_settings(&hall, "");
    hall_restart(&hall, "intake");
}

static void who_sends_too_many_frames_a_second_is_shut_out(void **state)
{
    enum { FLOOD = 300 };
    struct line line, other;

    (void)state;
    hall_settings(&hall, "peer_frames_s = 100\npeer_out_s = 3600\n");
    hall_restart(&hall, "intake");
    line_open(&line, &hall, "gateway", "intake", LANE_JOURNAL);
    struct bytes frame = asked_at_once(LANE_JOURNAL, 1);
    struct retry retry = retry_begin();
    while (hall_count_log(&hall, "intake", "peers.shut_out gateway: more in a second") == 0) {
        for (int i = 0; i < FLOOD; i++)
            zmq_send(line.socket, frame.data, frame.len, ZMQ_DONTWAIT);
        retry_or_fail(&retry, "the flood is seen");
    }
    line_close(&line);
    line_open(&other, &hall, "desk", "intake", LANE_JOURNAL);
    line_say(&other, asked(LANE_JOURNAL, 3));
    assert_int_equal(3, line_reply(&other)->id.data[0]);
    line_close(&other);
    hall_settings(&hall, "");
    hall_restart(&hall, "intake");
}

enum { KEPT_MOST_KIB = 100 << 10, FRAMES = 1600 };

/* The most memory the process has had, in KiB; 0: it has ended. */
static long peak_kib(pid_t pid)
{
    char path[40], line[200];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return kib;
}

/* One message of very many frames, from a process of its own, so that its key is known by its
 * address. Our libzmq sends none of them before there is the last; the service does not know that
 * there will be one. */
static pid_t send_very_many(enum lane lane)
{
    enum { SOON_MS = 3000 };
    static unsigned char large[MESSAGE_MAX_BYTES];
    int soon_ms = SOON_MS;
    struct line line;
    pid_t child = fork();
    if (child != 0)
        return child;
    line_open(&line, &hall, "gateway", "intake", lane);
    zmq_setsockopt(line.socket, ZMQ_RCVTIMEO, &soon_ms, sizeof soon_ms);
    for (int i = 1; i <= FRAMES; i++)
        zmq_send(line.socket, large, sizeof large, i < FRAMES ? ZMQ_SNDMORE : 0);
    zmq_recv(line.socket, large, sizeof large, 0);
    _exit(0);
}

/* libzmq would keep the frames until the last one comes. */
static void who_sends_a_message_without_end_is_shut_out_and_the_service_goes_on(void **state)
{
    (void)state;
    hall_settings(&hall, "bus_memory_max = 16777216\nmemory_max = 8000000\npeer_out_s = 1\n");
    hall_restart(&hall, "intake");
    pid_t pid = hall_pid(&hall, "intake");
    for (size_t i = 0; i < 3; i++) {
        int status;
        pid_t child = send_very_many(lanes[i]);
        assert_true(child > 0 && waitpid(child, &status, 0) == child);
        hall_await_log(&hall, "intake", "peers.shut_out gateway: a message without end");
        hall_clear_log(&hall, "intake");
        ask_until_let_in("gateway", lanes[i]);
        assert_int_equal(pid, hall_pid(&hall, "intake"));
    }
    assert_in_range(peak_kib(pid), 1, KEPT_MOST_KIB);
    assert_true(desk_submit(client, "FPC-02", arena) > 0);
    hall_settings(&hall, "");
    hall_restart(&hall, "intake");
}

/* Both keys come from this process. Whose connection it was is not known then: it is ended, and
 * neither key is shut out. */
static void who_shares_an_address_is_not_shut_out_for_another(void **state)
{
    static unsigned char large[MESSAGE_MAX_BYTES];
    struct line greedy, other;
    (void)state;
    hall_settings(&hall, "bus_memory_max = 16777216\npeer_out_s = 3600\n");
    hall_restart(&hall, "intake");
    line_open(&other, &hall, "desk", "intake", LANE_JOURNAL);
    line_say(&other, asked(LANE_JOURNAL, 3));
    line_reply(&other);
    line_open(&greedy, &hall, "gateway", "intake", LANE_JOURNAL);
    line_say(&greedy, asked(LANE_JOURNAL, 4));
    line_reply(&greedy);
    for (int i = 1; i <= FRAMES; i++)
        zmq_send(greedy.socket, large, sizeof large, i < FRAMES ? ZMQ_SNDMORE : 0);
    hall_await_log(&hall, "intake", "peers.cut a connection from ");
    line_close(&greedy);
    line_say(&other, asked(LANE_JOURNAL, 5));
    assert_int_equal(5, line_reply(&other)->id.data[0]);
    line_open(&greedy, &hall, "gateway", "intake", LANE_JOURNAL);
    line_say(&greedy, asked(LANE_JOURNAL, 6));
    assert_int_equal(6, line_reply(&greedy)->id.data[0]);
    assert_int_equal(0, hall_count_log(&hall, "intake", "peers.shut_out "));
    line_close(&greedy);
    line_close(&other);
    hall_settings(&hall, "");
    hall_restart(&hall, "intake");
}

/* ---- traces */

/* A request is found in the service's log by the trace that its caller gave it. */
static void a_refused_request_is_logged_with_its_trace(void **state)
{
    static const char trace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Onedoor__Intake__Check check = some_check();
    unsigned char id[16];

    (void)state;
    client_new_id(id);
    assert_reply(reply_to("desk", LANE_COMMAND,
                          edge_envelope(&(struct heading){id, 30000, &cashier, trace, NULL},
                                        &check.base, arena)),
                 ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__NOT_ALLOWED);
    hall_await_log(&hall, "intake",
                   "command.refused trace=0af7651916cd43dd8448eb211c80319c "
                   "intake.Check: this role may not ask this");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_malformed_envelope_is_refused_on_every_lane),
        cmocka_unit_test(a_frame_without_a_length_is_refused_on_every_lane),
        cmocka_unit_test(an_envelope_larger_than_one_may_be_is_refused),
        cmocka_unit_test(a_frame_far_too_large_cuts_the_line_and_harms_nobody),
        cmocka_unit_test(each_envelope_of_a_frame_is_answered_and_but_for_queries_in_order),
        cmocka_unit_test(a_malformed_envelope_of_a_frame_is_refused_alone),
        cmocka_unit_test(behind_a_malformed_length_the_frame_is_refused_and_not_before),
        cmocka_unit_test(beyond_the_envelopes_of_a_frame_callers_are_told_busy),
        cmocka_unit_test(who_sends_several_frames_as_one_message_is_shut_out),
        cmocka_unit_test(who_sends_too_many_frames_a_second_is_shut_out),
        cmocka_unit_test(who_sends_a_message_without_end_is_shut_out_and_the_service_goes_on),
        cmocka_unit_test(who_shares_an_address_is_not_shut_out_for_another),
        cmocka_unit_test(a_refused_request_is_logged_with_its_trace),
    };
    return cmocka_run_group_tests_name("refusals frames", tests, running_open, running_close);
}
