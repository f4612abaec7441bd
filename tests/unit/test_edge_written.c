/* SPDX-License-Identifier: Apache-2.0 */
/* What the edge writes: replies, and envelopes that it can open again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/edge.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"

#include <string.h>

static struct arena *arena;
static const unsigned char id[16] = "0123456789abcde";

static int start(void **state)
{
    (void)state;
    arena = arena_new(8 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- replies */

static const Onedoor__Reply *reply_to(struct outcome outcome, const ProtobufCMessage *message)
{
    struct bytes frame = edge_reply(id, outcome, message, arena);
    assert_true(is_ok(message_check(&onedoor__reply__descriptor, frame)));
    return message_unpack(&onedoor__reply__descriptor, frame, arena);
}

static void a_reply_carries_its_message_under_the_same_id(void **state)
{
    Onedoor__Intake__FinishReply finished = ONEDOOR__INTAKE__FINISH_REPLY__INIT;

    (void)state;
    finished.state = ONEDOOR__INTAKE__CASE_STATE__CLOSED;
    const Onedoor__Reply *reply = reply_to(OUTCOME_OK, &finished.base);
    assert_memory_equal(id, reply->id.data, 16);
    assert_int_equal(ONEDOOR__CODE__OK, reply->code);
    assert_string_equal("intake.FinishReply", reply->type);
    const Onedoor__Intake__FinishReply *inside =
        message_unpack(&onedoor__intake__finish_reply__descriptor,
                       (struct bytes){reply->body.data, reply->body.len}, arena);
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__CLOSED, inside->state);
}

static void nothing_more_to_say_is_said_as_done(void **state)
{
    (void)state;
    assert_string_equal("Done", reply_to(OUTCOME_OK, NULL)->type);
}

static void a_refusal_has_its_reason_and_a_sentence(void **state)
{
    (void)state;
    const Onedoor__Reply *reply =
        reply_to(refuse(ONEDOOR__REASON__CASE_CLOSED, "this case is closed"), NULL);
    assert_int_equal(ONEDOOR__CODE__FAILED_PRECONDITION, reply->code);
    assert_int_equal(ONEDOOR__REASON__CASE_CLOSED, reply->reason);
    assert_string_equal("this case is closed", reply->detail);
    assert_string_equal("", reply->type);
    assert_int_equal(0, reply->retry_after_ms);
    reply = reply_to(invalid(ONEDOOR__REASON__FIELD_INVALID, "window", "must be 1 to 9999"), NULL);
    assert_string_equal("window", reply->field);
}

static void who_is_sent_away_busy_is_told_when_to_come_again(void **state)
{
    static const Onedoor__Code codes[] = {ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                                          ONEDOOR__CODE__UNAVAILABLE};

    (void)state;
    for (size_t i = 0; i < 2; i++)
        assert_true(reply_to((struct outcome){codes[i], ONEDOOR__REASON__BUSY, "busy", NULL}, NULL)
                        ->retry_after_ms > 0);
}

static void an_envelope_that_was_written_is_opened_again(void **state)
{
    struct request request;
    struct actor who = {"o1", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    static const char traceparent[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    (void)state;
    check.case_number = 7;
    struct bytes frame =
        edge_envelope(&(struct heading){id, 250, &who, traceparent, NULL}, &check.base, arena);
    assert_true(is_ok(edge_open(frame, arena, &request)));
    assert_string_equal("intake.Check", request.type);
    assert_string_equal("o1", request.actor.id);
    assert_int_equal(250, request.remaining_ms);
    char text[TRACE_TEXT_SIZE];
    trace_write(&request.trace, text);
    assert_string_equal(traceparent, text);
    assert_memory_equal("\x08\x07", request.body.data, 2);
}

/* Each try appends the remaining time; the rest was packed once. */
static void the_time_that_remains_may_stand_behind_an_envelope(void **state)
{
    unsigned char packed[256], *end = packed;
    struct request request;
    struct actor who = {"o1", ONEDOOR__ROLE__ADMINISTRATOR, NULL, 0};
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;

    (void)state;
    check.case_number = 7;
    struct bytes lacking =
        edge_envelope(&(struct heading){id, 0, &who, NULL, NULL}, &check.base, arena);
    assert_string_equal("remaining_ms", edge_open(lacking, arena, &request).field);
    memcpy(packed, lacking.data, lacking.len);
    end += lacking.len;
    end += edge_remaining(end, 600000);
    assert_true(is_ok(edge_open((struct bytes){packed, (size_t)(end - packed)}, arena, &request)));
    assert_int_equal(600000, request.remaining_ms);
    assert_string_equal("intake.Check", request.type);
    assert_string_equal("", request.actor.department);
    assert_memory_equal("\x08\x07", request.body.data, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(a_reply_carries_its_message_under_the_same_id),
        TEST(nothing_more_to_say_is_said_as_done),
        TEST(a_refusal_has_its_reason_and_a_sentence),
        TEST(who_is_sent_away_busy_is_told_when_to_come_again),
        TEST(an_envelope_that_was_written_is_opened_again),
        TEST(the_time_that_remains_may_stand_behind_an_envelope),
    };
    return cmocka_run_group_tests_name("edge written", tests, NULL, NULL);
}
