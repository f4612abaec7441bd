/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/bundle.h"

#include <stdlib.h>
#include <string.h>

static unsigned char filler[MESSAGE_MAX_BYTES * 2];

static struct bytes content(const struct bundle *bundle)
{
    return (struct bytes){bundle->data, bundle->len};
}

static void what_goes_in_comes_out_in_its_order(void **state)
{
    static const size_t sizes[] = {1, 127, 128, 16383, 16384, 300};
    struct bundle bundle = {0};
    struct bytes message;

    (void)state;
    for (size_t i = 0; i < 6; i++)
        assert_true(bundle_put(&bundle, (struct bytes){filler + i, sizes[i]}));
    assert_int_equal(6, bundle.n);
    struct bytes rest = content(&bundle);
    for (size_t i = 0; i < 6; i++) {
        assert_true(bundle_next(&rest, &message));
        assert_int_equal(sizes[i], message.len);
        assert_memory_equal(filler + i, message.data, sizes[i]);
    }
    assert_int_equal(0, rest.len);
    assert_false(bundle_next(&rest, &message));
    bundle_release(&bundle);
}

/* The bytes of the example in WIRE.md. */
static void a_length_is_a_varint_before_the_message(void **state)
{
    struct bundle bundle = {0};

    (void)state;
    assert_true(bundle_put(&bundle, (struct bytes){(const unsigned char *)"one", 3}));
    memset(bundle_add(&bundle, 300), 'x', 300);
    assert_int_equal(1 + 3 + 2 + 300, bundle.len);
    assert_memory_equal("\x03one\xac\x02xxx", bundle.data, 9);
    bundle_release(&bundle);
}

static void a_bundle_is_full_with_its_last_envelope(void **state)
{
    struct bundle bundle = {0};

    (void)state;
    for (int i = 0; i < ENVELOPES_MAX; i++)
        assert_non_null(bundle_add(&bundle, 1));
    size_t len = bundle.len;
    assert_null(bundle_add(&bundle, 1));
    assert_int_equal(len, bundle.len);
    bundle_empty(&bundle);
    assert_non_null(bundle_add(&bundle, 1));
    bundle_release(&bundle);
}

static void what_does_not_fit_goes_into_the_next(void **state)
{
    struct bundle bundle = {0};

    (void)state;
    assert_true(bundle_put(&bundle, (struct bytes){filler, 40000}));
    assert_false(bundle_put(&bundle, (struct bytes){filler, 40000}));
    assert_true(bundle_put(&bundle, (struct bytes){filler, 20000}));
    assert_int_equal(2, bundle.n);
    assert_true(bundle.len <= BUNDLE_MAX_BYTES);
    bundle_empty(&bundle);
    assert_true(bundle_put(&bundle, (struct bytes){filler, 40000}));
    bundle_release(&bundle);
}

static void the_largest_message_fits_and_a_larger_one_stands_alone(void **state)
{
    struct bundle bundle = {0};

    (void)state;
    assert_true(bundle_put(&bundle, (struct bytes){filler, MESSAGE_MAX_BYTES}));
    assert_true(bundle.len <= BUNDLE_MAX_BYTES);
    bundle_empty(&bundle);
    assert_true(bundle_put(&bundle, (struct bytes){filler, 1}));
    assert_false(bundle_put(&bundle, (struct bytes){filler, sizeof filler}));
    bundle_empty(&bundle);
    assert_true(bundle_put(&bundle, (struct bytes){filler, sizeof filler}));
    bundle_release(&bundle);
}

static void a_length_that_is_none_is_found_out(void **state)
{
    static const struct {
        const char *what;
        struct bytes frame;
    } cases[] = {
#define CASE(what, text)                                                                           \
    {                                                                                              \
        what,                                                                                      \
        {                                                                                          \
            (const unsigned char *)(text), sizeof(text) - 1                                        \
        }                                                                                          \
    }
        CASE("empty", ""),
        CASE("zero", "\x00x"),
        CASE("cut short", "\x81"),
        CASE("cut short later", "\x81\x81"),
        CASE("overlong", "\x81\x00x"),
        CASE("overlong zero", "\x80\x00x"),
        CASE("overlong, of three", "\x81\x80\x00x"),
        CASE("of four", "\x81\x80\x80\x01x"),
        CASE("never ending", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
        CASE("beyond the end", "\x02x"),
        CASE("at the end", "\x01"),
        CASE("far beyond the end", "\xff\xff\x7fx"),
#undef CASE
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bytes rest = cases[i].frame, message;
        if (bundle_next(&rest, &message))
            fail_msg("%s: a message of %zu bytes", cases[i].what, message.len);
    }
}

/* Whatever a client sends, the envelopes found lie inside the frame, one after the other. */
static void nothing_is_found_beyond_a_frame(void **state)
{
    enum { FRAMES = 20000, LONGEST = 40 };
    uint32_t chance = 1;

    (void)state;
    for (int i = 0; i < FRAMES; i++) {
        size_t size = (size_t)i % LONGEST;
        unsigned char *frame = malloc(size); /* so that a byte more is seen to be read */
        assert_true(frame != NULL || size == 0);
        for (size_t k = 0; k < size; k++) {
            chance = chance * 1664525 + 1013904223;
            frame[k] = (unsigned char)(chance >> 24) & (k % 3 == 0 ? 0x87 : 0xff);
        }
        struct bytes rest = {frame, size}, message;
        const unsigned char *end = frame;
        while (bundle_next(&rest, &message)) {
            assert_true(message.len > 0 && message.data > end);
            end = message.data + message.len;
            assert_ptr_equal(end, rest.data);
        }
        assert_true(end <= frame + size);
        free(frame);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out_in_its_order),
        cmocka_unit_test(a_length_is_a_varint_before_the_message),
        cmocka_unit_test(a_bundle_is_full_with_its_last_envelope),
        cmocka_unit_test(what_does_not_fit_goes_into_the_next),
        cmocka_unit_test(the_largest_message_fits_and_a_larger_one_stands_alone),
        cmocka_unit_test(a_length_that_is_none_is_found_out),
        cmocka_unit_test(nothing_is_found_beyond_a_frame),
    };
    return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
