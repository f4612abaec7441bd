/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/declare.h"
#include "common/values/case_number.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"

#include <string.h>

static struct arena *arena;
static unsigned char id[16] = "0123456789abcde";

/* An envelope that is right, to be spoilt by a test. */
static Onedoor__Actor actor;
static Onedoor__Envelope envelope;

static int start(void **state)
{
    (void)state;
    arena = arena_new(8 << 20);
    onedoor__actor__init(&actor);
    onedoor__envelope__init(&envelope);
    actor.id = "c4";
    actor.role = ONEDOOR__ROLE__WINDOW_CLERK;
    actor.department = "CON";
    actor.window = 4;
    envelope.id = (ProtobufCBinaryData){16, id};
    envelope.remaining_ms = 5000;
    envelope.actor = &actor;
    envelope.type = "intake.Check";
    envelope.body = (ProtobufCBinaryData){2, (uint8_t *)"\x08\x07"};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct outcome open_envelope(struct request *request)
{
    return edge_open(message_pack(&envelope.base, arena), arena, request);
}

static void assert_refused(Onedoor__Reason reason, const char *field)
{
    struct request request;
    struct outcome outcome = open_envelope(&request);
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, outcome.code);
    assert_int_equal(reason, outcome.reason);
    assert_string_equal(field, outcome.field);
    assert_true(strlen(outcome.detail) > 0);
}

#define assert_field_refused(field) assert_refused(ONEDOOR__REASON__FIELD_INVALID, field)

/* ---- the envelope */

static void a_right_envelope_is_opened(void **state)
{
    struct request request;

    (void)state;
    assert_true(is_ok(open_envelope(&request)));
    assert_memory_equal(id, request.id, 16);
    assert_int_equal(5000, request.remaining_ms);
    assert_string_equal("intake.Check", request.type);
    assert_false(trace_is_set(&request.trace));
    assert_string_equal("c4", request.actor.id);
    assert_int_equal(ONEDOOR__ROLE__WINDOW_CLERK, request.actor.role);
    assert_string_equal("CON", request.actor.department);
    assert_int_equal(4, request.actor.window);
    assert_int_equal(2, request.body.len);
}

static void what_is_not_an_envelope_is_refused(void **state)
{
    struct request request;
    struct outcome outcome =
        edge_open((struct bytes){(const unsigned char *)"GET / HTTP/1.1", 14}, arena, &request);

    (void)state;
    assert_int_equal(ONEDOOR__REASON__MALFORMED, outcome.reason);
}

static void an_empty_envelope_is_refused(void **state)
{
    struct request request;
    struct outcome outcome = edge_open((struct bytes){NULL, 0}, arena, &request);

    (void)state;
    assert_int_equal(ONEDOOR__REASON__FIELD_INVALID, outcome.reason);
    assert_string_equal("id", outcome.field);
}

static void an_id_of_another_length_is_refused(void **state)
{
    (void)state;
    envelope.id.len = 15;
    assert_field_refused("id");
    envelope.id = (ProtobufCBinaryData){17, (uint8_t *)"0123456789abcdefg"};
    assert_field_refused("id");
    envelope.id = (ProtobufCBinaryData){0, NULL};
    assert_field_refused("id");
}

/* The answer to a refused request must still find its way back. */
static void the_id_is_known_also_when_the_rest_is_refused(void **state)
{
    struct request request;

    (void)state;
    envelope.remaining_ms = 0;
    assert_false(is_ok(open_envelope(&request)));
    assert_memory_equal(id, request.id, 16);
    actor.role = (Onedoor__Role)99; /* not even an envelope */
    assert_false(is_ok(open_envelope(&request)));
    assert_memory_equal(id, request.id, 16);
}

static void the_time_left_is_bounded(void **state)
{
    struct request request;

    (void)state;
    envelope.remaining_ms = 0;
    assert_field_refused("remaining_ms");
    envelope.remaining_ms = 600001;
    assert_field_refused("remaining_ms");
    envelope.remaining_ms = 600000;
    assert_true(is_ok(open_envelope(&request)));
    envelope.remaining_ms = 1;
    assert_true(is_ok(open_envelope(&request)));
}

static void somebody_must_ask_for_something(void **state)
{
    (void)state;
    envelope.actor = NULL;
    assert_refused(ONEDOOR__REASON__FIELD_MISSING, "actor");
    envelope.actor = &actor;
    envelope.type = "";
    assert_refused(ONEDOOR__REASON__FIELD_MISSING, "type");
}

static void the_actor_is_bounded(void **state)
{
    static char too_long[] = "1234567890123456789012345678901234567890123456789";
    struct request request;

    (void)state;
    actor.id = "";
    assert_field_refused("actor.id");
    actor.id = too_long;
    assert_field_refused("actor.id");
    actor.id = too_long + 1;
    assert_true(is_ok(open_envelope(&request)));
    actor.id = "窗口一窗口二窗口三窗口四窗口五窗口六窗口七窗口八"; /* 24 characters, 72 bytes */
    assert_true(is_ok(open_envelope(&request)));
    actor.department = "ABCDEFGHI";
    assert_field_refused("actor.department");
    actor.department = "";
    actor.window = -1;
    assert_field_refused("actor.window");
    actor.window = 10000;
    assert_field_refused("actor.window");
}

/* Only a service itself acts as the system; no caller may claim to be it. */
static void nobody_speaks_as_the_system(void **state)
{
    (void)state;
    actor.role = ONEDOOR__ROLE__SYSTEM;
    assert_field_refused("actor.role");
    actor.role = ONEDOOR__ROLE__ROLE_UNSPECIFIED;
    assert_field_refused("actor.role");
}

static void a_role_that_there_is_not_is_refused(void **state)
{
    (void)state;
    actor.role = (Onedoor__Role)99;
    assert_refused(ONEDOOR__REASON__FIELD_INVALID, "role");
}

static void a_trace_is_bounded(void **state)
{
    char trace[66];

    (void)state;
    memset(trace, 'a', 65);
    trace[65] = '\0';
    envelope.trace = trace;
    assert_field_refused("trace");
}

static void what_the_caller_has_seen_is_bounded(void **state)
{
    Onedoor__Mark mark = ONEDOOR__MARK__INIT,
                  *nine[] = {&mark, &mark, &mark, &mark, &mark, &mark, &mark, &mark, &mark};
    struct request request;

    (void)state;
    mark.stream = "routing";
    mark.epoch = 1;
    mark.seq = 77;
    envelope.seen = nine;
    envelope.n_seen = 8;
    assert_true(is_ok(open_envelope(&request)));
    assert_int_equal(1, request.seen.n);
    assert_int_equal(77, marks_find(&request.seen, "routing")->seq);
    envelope.n_seen = 9;
    assert_field_refused("seen");
    envelope.n_seen = 1;
    mark.epoch = 0;
    assert_field_refused("seen");
    mark.epoch = 1;
    mark.seq = -1;
    assert_field_refused("seen");
    mark.seq = 0;
    mark.stream = "";
    assert_field_refused("seen");
    mark.stream = "sixteen-letters!";
    assert_field_refused("seen");
}

/* ---- the body and the role */

static struct outcome only_the_first(const void *message, struct arena *memory)
{
    (void)memory;
    const Onedoor__Intake__Check *check = message;
    return check->case_number == case_number_make(22, 1, 13, 1)
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, "case_number", "must be the first");
}

static struct outcome body_of(int64_t case_number, void **message)
{
    static const struct check rules[] = {{&onedoor__intake__check__descriptor, only_the_first},
                                         {NULL, NULL}};
    struct request request;
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    check.case_number = case_number;
    assert_true(is_ok(open_envelope(&request)));
    request.body = message_pack(&check.base, arena);
    return edge_body(&request, &onedoor__intake__check__descriptor, rules, arena, message);
}

static void a_body_is_decoded_within_its_bounds_and_obeys_its_rule(void **state)
{
    int64_t number = case_number_make(22, 1, 13, 1);
    void *message = NULL;

    (void)state;
    assert_true(is_ok(body_of(number, &message)));
    assert_int_equal(number, ((Onedoor__Intake__Check *)message)->case_number);
    assert_int_equal(ONEDOOR__REASON__UNKNOWN_CASE, body_of(number + 1, &message).reason);
    assert_int_equal(ONEDOOR__REASON__FIELD_INVALID,
                     body_of(case_number_make(22, 1, 13, 2), &message).reason);
}

static void a_body_of_another_type_is_refused(void **state)
{
    struct request request;
    void *message = NULL;

    (void)state;
    assert_true(is_ok(open_envelope(&request)));
    struct outcome outcome =
        edge_body(&request, &onedoor__actor__descriptor, NULL, arena, &message);
    assert_int_equal(ONEDOOR__REASON__MALFORMED, outcome.reason);
    assert_null(message);
}

/* RULE H21: deny by default. */
static void a_role_asks_what_its_row_says_and_nothing_else(void **state)
{
    (void)state;
    for (int role = ONEDOOR__ROLE__PUBLIC; role <= ONEDOOR__ROLE__SYSTEM; role++) {
        struct actor who = {"x", (Onedoor__Role)role, "", 0};
        assert_int_equal(role == ONEDOOR__ROLE__CASHIER, is_ok(edge_role(&who, ROLE(CASHIER))));
        assert_int_equal(ONEDOOR__REASON__NOT_ALLOWED, edge_role(&who, 0).reason);
    }
}

/* ---- what makes two requests the same */

static void digest(unsigned char out[32])
{
    struct request request;
    assert_true(is_ok(open_envelope(&request)));
    edge_digest(&request, out);
}

static void assert_other_digest(const unsigned char before[32])
{
    unsigned char now[32];
    digest(now);
    assert_memory_not_equal(before, now, 32);
    end(NULL);
    start(NULL);
}

static void another_asker_type_or_body_is_another_request(void **state)
{
    unsigned char first[32];

    (void)state;
    digest(first);
    envelope.type = "intake.Refuse";
    assert_other_digest(first);
    envelope.body.data = (uint8_t *)"\x08\x08";
    assert_other_digest(first);
    actor.id = "c5";
    assert_other_digest(first);
    actor.role = ONEDOOR__ROLE__APPROVER;
    assert_other_digest(first);
    actor.department = "TRA";
    assert_other_digest(first);
    actor.window = 5;
    assert_other_digest(first);
}

/* A repeat has less time left, has perhaps seen more, and another trace; it is the same request. */
static void a_repeat_is_the_same_request(void **state)
{
    unsigned char first[32], again[32];
    Onedoor__Mark mark = ONEDOOR__MARK__INIT, *seen[] = {&mark};

    (void)state;
    mark.stream = "routing";
    mark.epoch = 1;
    digest(first);
    envelope.remaining_ms = 4000;
    envelope.trace = "00-other";
    envelope.seen = seen;
    envelope.n_seen = 1;
    digest(again);
    assert_memory_equal(first, again, 32);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(a_right_envelope_is_opened),
        TEST(what_is_not_an_envelope_is_refused),
        TEST(an_empty_envelope_is_refused),
        TEST(an_id_of_another_length_is_refused),
        TEST(the_id_is_known_also_when_the_rest_is_refused),
        TEST(the_time_left_is_bounded),
        TEST(somebody_must_ask_for_something),
        TEST(the_actor_is_bounded),
        TEST(nobody_speaks_as_the_system),
        TEST(a_role_that_there_is_not_is_refused),
        TEST(a_trace_is_bounded),
        TEST(what_the_caller_has_seen_is_bounded),
        TEST(a_body_is_decoded_within_its_bounds_and_obeys_its_rule),
        TEST(a_body_of_another_type_is_refused),
        TEST(a_role_asks_what_its_row_says_and_nothing_else),
        TEST(another_asker_type_or_body_is_another_request),
        TEST(a_repeat_is_the_same_request),
    };
    return cmocka_run_group_tests_name("edge", tests, NULL, NULL);
}
