/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checked_frame.h"

/* ---- how much there may be */

/* No type of the wire contains itself, so that the types bound the depth already: the check is for
 * future types. */
struct nest {
    ProtobufCMessage base;
    struct nest *inner;
};
extern const ProtobufCMessageDescriptor nest_descriptor;
static const ProtobufCFieldDescriptor nest_fields[] = {
    {.name = "inner",
     .id = 1,
     .label = PROTOBUF_C_LABEL_NONE,
     .type = PROTOBUF_C_TYPE_MESSAGE,
     .offset = offsetof(struct nest, inner),
     .descriptor = &nest_descriptor},
};
static const ProtobufCIntRange nest_ranges[] = {{1, 0}, {0, 1}};
static const unsigned nest_by_name[] = {0};
const ProtobufCMessageDescriptor nest_descriptor = {
    .magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC,
    .name = "onedoor.Nest",
    .short_name = "Nest",
    .c_name = "nest",
    .package_name = "onedoor",
    .sizeof_message = sizeof(struct nest),
    .n_fields = 1,
    .fields = nest_fields,
    .fields_sorted_by_name = nest_by_name,
    .n_field_ranges = 1,
    .field_ranges = nest_ranges,
};

static void nest(int depth)
{
    static struct frame inner;
    frame.len = 0;
    for (int i = 1; i < depth; i++) {
        inner = frame;
        frame.len = 0;
        put_run(&frame, 1, inner.data, inner.len);
    }
}

static void messages_nested_too_deeply_are_refused(void **state)
{
    (void)state;
    nest(MESSAGE_MAX_DEPTH);
    assert_accepted(&nest_descriptor);
    nest(MESSAGE_MAX_DEPTH + 1);
    assert_malformed(&nest_descriptor, "Nest", "too deeply");
    nest(5000);
    assert_malformed(&nest_descriptor, "Nest", "too deeply");
}

static void too_many_elements_are_refused(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_MAX_ELEMENTS; i++)
        put_run(&frame, 3, NULL, 0);
    assert_accepted(SUBMIT);
    put_run(&frame, 3, NULL, 0);
    assert_malformed(SUBMIT, "materials", "too many elements");
}

/* Those of all repeated fields together count. */
static void elements_of_several_fields_count_together(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_MAX_ELEMENTS / 2; i++) {
        put_run(&frame, 3, NULL, 0);
        put_run(&frame, 6, NULL, 0);
    }
    assert_accepted(SUBMIT);
    put_run(&frame, 6, NULL, 0);
    assert_malformed(SUBMIT, "facts", "too many elements");
}

static void too_many_unknown_fields_are_refused(void **state)
{
    (void)state;
    for (unsigned i = 0; i < MESSAGE_MAX_UNKNOWN; i++)
        put_number(&frame, 100 + i, 1);
    assert_accepted(CHECK);
    put_number(&frame, 99, 1);
    assert_malformed(CHECK, "Check", "too many unknown");
}

static void a_message_larger_than_a_frame_is_refused(void **state)
{
    static const char filler[MESSAGE_MAX_BYTES];

    (void)state;
    put_run(&frame, 6, filler, MESSAGE_MAX_BYTES - 4);
    assert_int_equal(MESSAGE_MAX_BYTES, frame.len);
    assert_accepted(ENVELOPE);
    put_number(&frame, 2, 1);
    assert_refused(ENVELOPE, ONEDOOR__REASON__TOO_LARGE, "Envelope", "larger than a frame");
}

/* ---- numbers in one run */

#define GUIDE (&onedoor__intake__get_guide_reply__descriptor)

static void a_packed_run_of_numbers_is_taken_apart(void **state)
{
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    put_run(&frame, 4, "\x03\xac\x02", 3);
    assert_accepted(GUIDE);
    const Onedoor__Intake__GetGuideReply *guide = message_unpack(GUIDE, frame_bytes(&frame), arena);
    assert_int_equal(2, guide->n_windows);
    assert_int_equal(300, guide->windows[1]);
    arena_free(&arena);
}

static void a_packed_run_is_bounded_and_whole(void **state)
{
    static const char run[MESSAGE_MAX_ELEMENTS + 1];

    (void)state;
    put_run(&frame, 4, run, MESSAGE_MAX_ELEMENTS);
    assert_accepted(GUIDE);
    frame.len = 0;
    put_run(&frame, 4, run, MESSAGE_MAX_ELEMENTS + 1);
    assert_malformed(GUIDE, "windows", "too many elements");
    frame.len = 0;
    put_run(&frame, 4, "\x03\xac", 2);
    assert_malformed(GUIDE, "windows", "malformed");
}

/* ---- memory */

/* Small on the wire, large in memory: decoding stops at its budget. */
static void decoding_takes_no_more_than_its_budget(void **state)
{
    struct arena *arena = arena_new(64 << 20);

    (void)state;
    for (int i = 0; i < 16000; i++)
        put_run(&frame, 3, NULL, 0);
    assert_null(message_unpack(SUBMIT, frame_bytes(&frame), arena));
    assert_true(arena_used(arena) <= MESSAGE_BUDGET + 64);
    arena_free(&arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, start)
    const struct CMUnitTest tests[] = {
        TEST(messages_nested_too_deeply_are_refused),
        TEST(too_many_elements_are_refused),
        TEST(elements_of_several_fields_count_together),
        TEST(too_many_unknown_fields_are_refused),
        TEST(a_message_larger_than_a_frame_is_refused),
        TEST(a_packed_run_of_numbers_is_taken_apart),
        TEST(a_packed_run_is_bounded_and_whole),
        TEST(decoding_takes_no_more_than_its_budget),
    };
    return cmocka_run_group_tests_name("message bounds", tests, NULL, NULL);
}
