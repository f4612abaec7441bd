/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checked_frame.h"

#include <stdio.h>

/* ---- what is well formed */

static void what_was_packed_is_accepted_and_comes_back(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    Onedoor__Actor actor = ONEDOOR__ACTOR__INIT;

    (void)state;
    actor.id = "c4";
    actor.role = ONEDOOR__ROLE__WINDOW_CLERK;
    actor.department = "一门";
    actor.window = 30;
    struct bytes bytes = message_pack(&actor.base, arena);
    assert_int_equal(ONEDOOR__CODE__OK, message_check(ACTOR, bytes).code);
    const Onedoor__Actor *again = message_unpack(ACTOR, bytes, arena);
    assert_string_equal("一门", again->department);
    assert_int_equal(30, again->window);
    arena_free(&arena);
}

static void an_empty_message_is_well_formed(void **state)
{
    (void)state;
    assert_accepted(CHECK);
}

static void a_type_is_named_as_the_wire_says_it(void **state)
{
    (void)state;
    assert_string_equal("intake.Submit", message_type(SUBMIT));
    assert_string_equal("Envelope", message_type(ENVELOPE));
}

static void negative_numbers_are_well_formed(void **state)
{
    (void)state;
    put_number(&frame, 4, UINT64_MAX); /* window = -1 */
    assert_accepted(ACTOR);
}

static void text_may_hold_every_character_lines_and_tabs(void **state)
{
    (void)state;
    put_text(&frame, 1,
             "a\tb\n~ \xc2\x80 é 一门 \xed\x9f\xbf \xee\x80\x80 \xf0\x90\x80\x80 "
             "\xf4\x8f\xbf\xbf");
    assert_accepted(ACTOR);
}

/* A newer peer may send a few fields this one does not know, of any shape. */
static void a_few_unknown_fields_are_passed_over(void **state)
{
    (void)state;
    put_number(&frame, 1, 5);
    put_number(&frame, 100, 7);
    put_text(&frame, 101, "later");
    put_tag(&frame, 102, FIXED_64);
    put_bytes(&frame, "12345678", 8);
    put_tag(&frame, 103, FIXED_32);
    put_bytes(&frame, "1234", 4);
    assert_accepted(CHECK);
}

/* ---- what is not */

static void a_message_that_is_cut_short_is_refused(void **state)
{
    (void)state;
    put_tag(&frame, 1, VARINT);
    assert_malformed(CHECK, "Check", "cut short");
}

static void every_cut_of_a_message_is_refused_or_is_a_smaller_message(void **state)
{
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    put_text(&frame, 1, "c4");
    put_number(&frame, 2, 2);
    put_text(&frame, 3, "CON");
    for (size_t len = 0; len < frame.len; len++) {
        bool whole = len == 0 || len == 4 || len == 6;
        struct bytes cut = {frame.data, len};
        assert_int_equal(whole, is_ok(message_check(ACTOR, cut)));
        assert_int_equal(whole, message_unpack(ACTOR, cut, arena) != NULL);
    }
    arena_free(&arena);
}

static void a_length_beyond_the_end_is_refused(void **state)
{
    (void)state;
    put_tag(&frame, 1, LENGTH);
    put_varint(&frame, UINT64_MAX);
    put_bytes(&frame, "c4", 2);
    assert_malformed(ACTOR, "Actor", "cut short");
}

static void a_number_of_more_than_64_bits_is_refused(void **state)
{
    (void)state;
    put_tag(&frame, 1, VARINT);
    put_bytes(&frame, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11);
    assert_malformed(CHECK, "Check", "cut short");
}

static void bad_tags_are_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
    } tags[] = {
        {"\x00\x01", 2},                 /* field 0 */
        {"\x07\x01", 2},                 /* field 0, no such wire type */
        {"\x80", 1},                     /* cut short */
        {"\x80\x80\x80\x80\x80\x01", 6}, /* a field number beyond what there can be */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10},
    };

    (void)state;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        frame.len = 0;
        put_bytes(&frame, tags[i].bytes, tags[i].len);
        assert_malformed(CHECK, "Check", "malformed tag");
    }
}

/* One number has one spelling where the decoder reads no other: tags and lengths of at most five
 * bytes. */
static void tags_and_lengths_in_more_bytes_than_they_may_have_are_refused(void **state)
{
    (void)state;
    put_bytes(&frame, "\x88\x80\x80\x80\x80\x00\x05", 7);
    assert_malformed(CHECK, "Check", "malformed tag");
    frame.len = 0;
    put_bytes(&frame, "\x0a\x82\x80\x80\x80\x80\x00zz", 9);
    assert_malformed(ACTOR, "Actor", "cut short");
}

/* Groups (wire types 3 and 4) are obsolete; 6 and 7 do not exist. */
static void wire_types_that_are_not_ours_are_refused(void **state)
{
    static const unsigned wires[] = {3, 4, 6, 7};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        frame.len = 0;
        put_tag(&frame, 9, wires[i]);
        put_bytes(&frame, "\0\0\0\0\0\0\0\0", 8);
        assert_malformed(CHECK, "Check", "cut short");
    }
}

static void a_field_of_another_type_is_refused(void **state)
{
    (void)state;
    put_text(&frame, 1, "5");
    assert_malformed(CHECK, "case_number", "another type");
    frame.len = 0;
    put_number(&frame, 1, 5);
    assert_malformed(ACTOR, "id", "another type");
    frame.len = 0;
    put_tag(&frame, 1, FIXED_64);
    put_bytes(&frame, "12345678", 8);
    assert_malformed(CHECK, "case_number", "another type");
}

/* Otherwise the last would win here, and perhaps the first elsewhere. */
static void a_singular_field_given_twice_is_refused(void **state)
{
    (void)state;
    put_number(&frame, 1, 5);
    put_number(&frame, 1, 5);
    assert_malformed(CHECK, "case_number", "given twice");
    frame.len = 0;
    put_run(&frame, 3, NULL, 0);
    put_run(&frame, 3, NULL, 0);
    assert_malformed(ENVELOPE, "actor", "given twice");
}

static void an_enum_value_that_there_is_not_is_refused(void **state)
{
    static const uint64_t values[] = {14, 99, INT32_MAX, (uint64_t)INT32_MAX + 1, UINT64_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        frame.len = 0;
        put_number(&frame, 2, values[i]);
        assert_refused(ACTOR, ONEDOOR__REASON__FIELD_INVALID, "role", "no such value");
    }
}

static void the_unspecified_enum_value_is_refused(void **state)
{
    (void)state;
    put_number(&frame, 2, 0);
    assert_refused(ACTOR, ONEDOOR__REASON__FIELD_INVALID, "role", "no such value");
}

static void text_that_is_not_utf8_is_refused(void **state)
{
    static const char *const texts[] = {
        "\x80",             /* a continuation of nothing */
        "\xbf",             /* the same */
        "\xc3",             /* two bytes, cut short */
        "\xe4\xb8",         /* three, cut short */
        "\xf0\x90\x80",     /* four, cut short */
        "\xc3(",            /* no continuation */
        "\xe4(\x80",        /* nor here */
        "\xe4\xb8(",        /* nor here */
        "\xf0\x90(\x80",    /* nor here */
        "\xc0\x80",         /* NUL, overlong */
        "\xc1\xbf",         /* overlong in two bytes */
        "\xe0\x9f\xbf",     /* overlong in three */
        "\xf0\x8f\xbf\xbf", /* overlong in four */
        "\xed\xa0\x80",     /* the first surrogate */
        "\xed\xbf\xbf",     /* the last */
        "\xf4\x90\x80\x80", /* beyond U+10FFFF */
        "\xf5\x80\x80\x80", /* far beyond */
        "\xfe",             /* never in UTF-8 */
        "\xff",             /* never */
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        frame.len = 0;
        put_text(&frame, 1, texts[i]);
        assert_malformed(ACTOR, "id", "not UTF-8");
        frame.len = 0;
        char within[16];
        put_run(&frame, 1, within, (size_t)snprintf(within, sizeof within, "a%sz", texts[i]));
        assert_malformed(ACTOR, "id", "not UTF-8");
    }
}

static void control_characters_and_nul_are_refused_in_text(void **state)
{
    (void)state;
    for (char c = 0; c < 0x20; c++) {
        char text[3] = {'a', c, 'b'};
        frame.len = 0;
        put_run(&frame, 1, text, 3);
        if (c >= '\t' && c <= '\r') /* white space, which is tidied */
            assert_accepted(ACTOR);
        else
            assert_malformed(ACTOR, "id", "control characters");
    }
}

static void bytes_may_hold_anything(void **state)
{
    (void)state;
    put_run(&frame, 1, "\0\xff\x80\1", 4);
    assert_accepted(ENVELOPE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, start)
    const struct CMUnitTest tests[] = {
        TEST(what_was_packed_is_accepted_and_comes_back),
        TEST(an_empty_message_is_well_formed),
        TEST(a_type_is_named_as_the_wire_says_it),
        TEST(negative_numbers_are_well_formed),
        TEST(text_may_hold_every_character_lines_and_tabs),
        TEST(a_few_unknown_fields_are_passed_over),
        TEST(a_message_that_is_cut_short_is_refused),
        TEST(every_cut_of_a_message_is_refused_or_is_a_smaller_message),
        TEST(a_length_beyond_the_end_is_refused),
        TEST(a_number_of_more_than_64_bits_is_refused),
        TEST(bad_tags_are_refused),
        TEST(tags_and_lengths_in_more_bytes_than_they_may_have_are_refused),
        TEST(wire_types_that_are_not_ours_are_refused),
        TEST(a_field_of_another_type_is_refused),
        TEST(a_singular_field_given_twice_is_refused),
        TEST(an_enum_value_that_there_is_not_is_refused),
        TEST(the_unspecified_enum_value_is_refused),
        TEST(text_that_is_not_utf8_is_refused),
        TEST(control_characters_and_nul_are_refused_in_text),
        TEST(bytes_may_hold_anything),
    };
    return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
