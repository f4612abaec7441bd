/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes, the same ones each time, for every type that comes from outside: a well-formed
 * message is accepted and decoded, a damaged one is accepted and decoded or refused, and nothing
 * else happens. In the Debug build the sanitizers watch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/message.h"
#include "wire_types.h"
#include "wire_writer.h"

enum { ROUNDS = 400, DAMAGES = 12 };

static uint64_t dice;

/* xorshift64*: small, and the same on every machine. */
static uint32_t roll(uint32_t sides)
{
    dice ^= dice >> 12;
    dice ^= dice << 25;
    dice ^= dice >> 27;
    return (uint32_t)(dice * 2685821657736338717u >> 32) % sides;
}

/* ---- a well-formed message of a type */

static void write_message(struct frame *out, const ProtobufCMessageDescriptor *type, int depth);

static void write_text(struct frame *out, unsigned field)
{
    static const char *const texts[] = {"",
                                        "a",
                                        "CON",
                                        "一门",
                                        "two\nlines",
                                        "é€",
                                        "\xf0\x9f\x9a\xaa",
                                        "0",
                                        "a longer text of some words"};
    put_text(out, field, texts[roll(sizeof texts / sizeof texts[0])]);
}

static uint64_t some_number(const ProtobufCFieldDescriptor *field)
{
    static const uint64_t numbers[] = {0, 1, 127, 128, 65535, INT32_MAX, UINT64_MAX, INT64_MAX};
    if (field->type == PROTOBUF_C_TYPE_ENUM) {
        const ProtobufCEnumDescriptor *values = field->descriptor;
        return (uint64_t)values->values[1 + roll(values->n_values - 1)].value;
    }
    return field->type == PROTOBUF_C_TYPE_BOOL ? roll(2) : numbers[roll(8)];
}

static void write_value(struct frame *out, const ProtobufCFieldDescriptor *field, int depth)
{
    struct frame *inner;
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        write_text(out, field->id);
        return;
    case PROTOBUF_C_TYPE_BYTES:
        put_run(out, field->id, "\0\1\2\xff 0123456789012345678901234567", roll(33));
        return;
    case PROTOBUF_C_TYPE_MESSAGE:
        inner = test_calloc(1, sizeof *inner);
        write_message(inner, field->descriptor, depth - 1);
        put_run(out, field->id, inner->data, inner->len);
        test_free(inner);
        return;
    default:
        put_number(out, field->id, some_number(field));
    }
}

static void write_message(struct frame *out, const ProtobufCMessageDescriptor *type, int depth)
{
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        uint32_t times = field->label == PROTOBUF_C_LABEL_REPEATED ? roll(4) : roll(2);
        for (uint32_t k = 0; k < times; k++)
            write_value(out, field, depth);
    }
    if (roll(4) == 0)
        put_number(out, 1000, roll(100)); /* of a newer peer */
}

/* ---- damage */

static void damage(struct frame *frame)
{
    size_t at = frame->len == 0 ? 0 : roll((uint32_t)frame->len);
    switch (roll(5)) {
    case 0:
        frame->data[at] ^= (unsigned char)(1u << roll(8));
        return;
    case 1:
        frame->data[at] = (unsigned char)roll(256);
        return;
    case 2:
        frame->len = at;
        return;
    case 3: /* a piece of it again, somewhere */
        put_bytes(frame, frame->data + at, (frame->len - at) % 100);
        return;
    default: /* a byte less */
        if (frame->len > 0) {
            memmove(frame->data + at, frame->data + at + 1, frame->len - at - 1);
            frame->len--;
        }
    }
}

/* ---- what must hold */

/* Accepted means that it can be decoded, and that what comes out is well formed again. */
static bool digest(const ProtobufCMessageDescriptor *type, struct bytes bytes, struct arena *arena)
{
    bool accepted = is_ok(message_check(type, bytes));
    ProtobufCMessage *message = accepted ? message_unpack(type, bytes, arena) : NULL;
    if (accepted && message == NULL)
        fail_msg("%s: accepted and then not decoded", type->name);
    if (accepted && !is_ok(message_check(type, message_pack(message, arena))))
        fail_msg("%s: not well formed any more once decoded and packed", type->name);
    arena_reset(arena);
    return accepted;
}

static void each_type(void (*one)(const ProtobufCMessageDescriptor *, struct arena *))
{
    struct wire_types types = wire_types();
    struct arena *arena = arena_new(8 << 20);
    dice = 20220113;
    assert_true(types.n > 60);
    for (size_t i = 0; i < types.n; i++)
        one(types.list[i], arena);
    arena_free(&arena);
}

static void take_well_formed(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
    static struct frame frame;
    for (int round = 0; round < ROUNDS; round++) {
        frame.len = 0;
        write_message(&frame, type, MESSAGE_MAX_DEPTH);
        if (!digest(type, frame_bytes(&frame), arena))
            fail_msg("%s: a well-formed message was refused: %s", type->name,
                     message_check(type, frame_bytes(&frame)).detail);
    }
}

static void well_formed_messages_of_every_type_are_accepted_and_decoded(void **state)
{
    (void)state;
    each_type(take_well_formed);
}

static void take_damaged(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
    static struct frame frame;
    for (int round = 0; round < ROUNDS; round++) {
        frame.len = 0;
        write_message(&frame, type, MESSAGE_MAX_DEPTH);
        for (int i = 0; i < DAMAGES; i++) {
            damage(&frame);
            digest(type, frame_bytes(&frame), arena);
        }
    }
}

static void damaged_messages_of_every_type_are_decoded_or_refused(void **state)
{
    (void)state;
    each_type(take_damaged);
}

static void take_noise(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
    static struct frame frame;
    for (int round = 0; round < ROUNDS; round++) {
        frame.len = roll(200);
        for (size_t i = 0; i < frame.len; i++)
            frame.data[i] = (unsigned char)roll(256);
        digest(type, frame_bytes(&frame), arena);
    }
}

static void noise_is_decoded_or_refused(void **state)
{
    (void)state;
    each_type(take_noise);
}

/* Whatever else it may be taken for: it can be decoded as that, or is refused. */
static void a_message_taken_for_another_type_is_decoded_or_refused(void **state)
{
    struct wire_types types = wire_types();
    struct arena *arena = arena_new(8 << 20);
    static struct frame frame;

    (void)state;
    dice = 7;
    for (size_t i = 0; i < types.n; i++) {
        frame.len = 0;
        write_message(&frame, types.list[i], MESSAGE_MAX_DEPTH);
        for (size_t k = 0; k < types.n; k++)
            digest(types.list[k], frame_bytes(&frame), arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_messages_of_every_type_are_accepted_and_decoded),
        cmocka_unit_test(damaged_messages_of_every_type_are_decoded_or_refused),
        cmocka_unit_test(noise_is_decoded_or_refused),
        cmocka_unit_test(a_message_taken_for_another_type_is_decoded_or_refused),
    };
    return cmocka_run_group_tests_name("message fuzz", tests, NULL, NULL);
}
