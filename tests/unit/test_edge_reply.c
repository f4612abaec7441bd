/* SPDX-License-Identifier: Apache-2.0 */
/* A reply is read where it stands, as a decoder would read it, and nothing but a reply is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/edge.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"

#include <string.h>

static const unsigned char id[16] = "0123456789abcde";
static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int shut_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_bytes(const char *expected, struct bytes bytes)
{
    assert_int_equal(strlen(expected), bytes.len);
    assert_memory_equal(expected, bytes.data, bytes.len);
}

static void a_reply_is_read_where_it_stands(void **state)
{
    struct reply reply;
    Onedoor__Intake__FinishReply finished = ONEDOOR__INTAKE__FINISH_REPLY__INIT;

    (void)state;
    finished.state = ONEDOOR__INTAKE__CASE_STATE__CLOSED;
    struct bytes packed = edge_reply(id, OUTCOME_OK, &finished.base, arena);
    assert_true(edge_read_reply(packed, &reply));
    assert_memory_equal(id, reply.id.data, 16);
    assert_int_equal(ONEDOOR__CODE__OK, reply.code);
    assert_bytes("intake.FinishReply", reply.type);
    assert_ptr_equal(packed.data + packed.len - reply.body.len, reply.body.data);
    struct bytes body = message_pack(&finished.base, arena);
    assert_int_equal(body.len, reply.body.len);
    assert_memory_equal(body.data, reply.body.data, body.len);
    assert_bytes("", reply.detail);
}

static void a_refusal_is_read_with_its_reason_and_its_field(void **state)
{
    struct reply reply;
    struct outcome why = invalid(ONEDOOR__REASON__FIELD_INVALID, "window", "must be 1 to 9999");

    (void)state;
    assert_true(edge_read_reply(edge_reply(id, why, NULL, arena), &reply));
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, reply.code);
    assert_int_equal(ONEDOOR__REASON__FIELD_INVALID, reply.reason);
    assert_bytes("must be 1 to 9999", reply.detail);
    assert_bytes("window", reply.field);
    why.code = ONEDOOR__CODE__UNAVAILABLE;
    assert_true(edge_read_reply(edge_reply(id, why, NULL, arena), &reply));
    assert_int_equal(200, reply.retry_after_ms);
}

/* It is heard exactly when the decoder would decode it, wherever it is cut short. */
static void a_reply_that_is_cut_short_is_not_heard(void **state)
{
    struct reply reply;
    struct bytes packed =
        edge_reply(id, refuse(ONEDOOR__REASON__CASE_CLOSED, "this case is closed"), NULL, arena);

    (void)state;
    for (size_t len = 0; len < packed.len; len++) {
        struct bytes part = {packed.data, len};
        const Onedoor__Reply *decoded = message_unpack(&onedoor__reply__descriptor, part, arena);
        assert_int_equal(decoded != NULL && decoded->id.len == 16, edge_read_reply(part, &reply));
    }
}

static void a_malformed_reply_is_not_heard(void **state)
{
    static const char *const malformed[] = {
        "\x0a\x0fsixteen bytes i",              /* an id of 15 bytes */
        "\x0a\x10sixteen bytes it\x12\x01\x01", /* a code that is text */
        "\x08\x01",                             /* an id that is a number */
        "\x0a\x10sixteen bytes it\x13",         /* a group */
    };
    struct reply reply;

    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
        assert_false(edge_read_reply(
            (struct bytes){(const unsigned char *)malformed[i], strlen(malformed[i])}, &reply));
}

/* A newer service may say more. */
static void unknown_fields_of_a_reply_are_passed_over(void **state)
{
    static const char packed[] = "\x0a\x10sixteen bytes it\x7a\x03new\x10\x01";
    struct reply reply;

    (void)state;
    assert_true(
        edge_read_reply((struct bytes){(const unsigned char *)packed, sizeof packed - 1}, &reply));
    assert_int_equal(1, reply.code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_is_read_where_it_stands),
        cmocka_unit_test(a_refusal_is_read_with_its_reason_and_its_field),
        cmocka_unit_test(a_reply_that_is_cut_short_is_not_heard),
        cmocka_unit_test(a_malformed_reply_is_not_heard),
        cmocka_unit_test(unknown_fields_of_a_reply_are_passed_over),
    };
    return cmocka_run_group_tests_name("edge, hearing", tests, open_arena, shut_arena);
}
