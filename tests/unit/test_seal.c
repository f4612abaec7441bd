/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "common/base/seal.h"
#include "common/rows/corridor.h"
#include "common/rows/sealed.h"

static const unsigned char SECRET[SEAL_SECRET_BYTES] = "the secret of a hall",
                           FIRST[SEAL_SECRET_BYTES] = "its first key",
                           SECOND[SEAL_SECRET_BYTES] = "its second key";

static struct seal sealing(uint32_t id, const unsigned char *key)
{
    struct seal seal = {0};
    seal_set_secret(&seal, SECRET);
    assert_true(seal_add_key(&seal, id, key));
    return seal;
}

static struct bytes of(const char *text)
{
    return (struct bytes){(const unsigned char *)text, strlen(text)};
}

static void assert_hex(const char *digits, struct bytes bytes)
{
    char found[400];
    assert_string_equal(digits, sodium_bin2hex(found, sizeof found, bytes.data, bytes.len));
}

static int make_arena(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int free_arena(void **state)
{
    arena_free((struct arena **)state);
    return 0;
}

/* ---- sealing */

/* Computed apart from libsodium, from RFC 7693 (BLAKE2b), RFC 8439 and the draft of XChaCha20: what
 * is sealed today must open with every later version. */
static void a_text_is_sealed_byte_for_byte_as_it_always_was(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    assert_hex("000000019077e10b9522b161b6875f7ef4c408e805b7d180e88d116beb9cd7210546912bbacc41"
               "bfd7a0b0f608fabf7c0d534d631212720811",
               seal_close(&seal, 1, of("place"), of("张三 110105"), *state));
    assert_hex("c8ff3e0a3c0ddca12715751ee8066d68",
               seal_sought(&seal, "applicant.name", "张三", *state));
}

static void what_is_sealed_opens_at_its_place_and_at_no_other(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    struct bytes text, sealed = seal_close(&seal, 1, of("applicant 1"), of("张三"), *state);
    assert_int_equal(strlen("张三") + SEAL_EXTRA_BYTES, sealed.len);
    assert_true(seal_open(&seal, of("applicant 1"), sealed, *state, &text));
    assert_int_equal(strlen("张三"), text.len);
    assert_memory_equal("张三", text.data, text.len);
    assert_false(seal_open(&seal, of("applicant 2"), sealed, *state, &text));
    assert_null(text.data);
}

static void a_changed_or_shortened_byte_is_noticed(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    struct bytes text, sealed = seal_close(&seal, 1, of("place"), of("张三"), *state);
    for (size_t i = 0; i < sealed.len; i++) {
        unsigned char *changed = arena_alloc(*state, sealed.len);
        memcpy(changed, sealed.data, sealed.len);
        changed[i] ^= 1;
        struct bytes other = {changed, sealed.len}, shorter = {sealed.data, i};
        assert_false(seal_open(&seal, of("place"), other, *state, &text));
        assert_false(seal_open(&seal, of("place"), shorter, *state, &text));
    }
}

static void equal_texts_of_two_places_look_different(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    struct bytes one = seal_close(&seal, 1, of("applicant 1"), of("张三"), *state),
                 other = seal_close(&seal, 1, of("applicant 2"), of("张三"), *state),
                 again = seal_close(&seal, 1, of("applicant 1"), of("张三"), *state);
    assert_memory_not_equal(one.data + 4, other.data + 4, 24);
    assert_memory_not_equal(one.data + 28, other.data + 28, strlen("张三"));
    assert_memory_equal(one.data, again.data, one.len); /* a replay makes the same rows */
}

static void a_place_and_a_text_are_not_mistaken_for_each_other(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    struct bytes one = seal_close(&seal, 1, of("ab"), of("c"), *state),
                 other = seal_close(&seal, 1, of("a"), of("bc"), *state);
    assert_memory_not_equal(one.data + 4, other.data + 4, 24);
}

static void null_stays_null(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    struct bytes text = of("before");
    assert_null(seal_close(&seal, 1, of("place"), (struct bytes){NULL, 0}, *state).data);
    assert_true(seal_open(&seal, of("place"), (struct bytes){NULL, 0}, *state, &text));
    assert_null(text.data);
    assert_null(seal_sought(&seal, "applicant.name", "", *state).data);
}

/* ---- keys */

static void the_newest_key_seals_and_the_older_ones_open(void **state)
{
    const struct seal before = sealing(1, FIRST);
    struct seal after = sealing(2, SECOND);
    assert_true(seal_add_key(&after, 1, FIRST));
    assert_int_equal(2, seal_newest(&after));
    struct bytes text, old = seal_close(&before, 1, of("place"), of("张三"), *state),
                       fresh = seal_close(&after, 2, of("place"), of("张三"), *state);
    assert_int_equal(1, seal_id(old));
    assert_int_equal(2, seal_id(fresh));
    assert_true(seal_open(&after, of("place"), old, *state, &text));
    assert_true(seal_open(&after, of("place"), fresh, *state, &text));
    assert_false(seal_open(&before, of("place"), fresh, *state, &text));
}

static void an_id_stands_for_one_key(void **state)
{
    (void)state;
    struct seal seal = sealing(1, FIRST);
    assert_false(seal_add_key(&seal, 1, SECOND));
    assert_false(seal_add_key(&seal, SEAL_BRIEF, SECOND));
    for (uint32_t id = 2; id <= SEAL_KEYS_MAX; id++)
        assert_true(seal_add_key(&seal, id, SECOND));
    assert_false(seal_add_key(&seal, SEAL_KEYS_MAX + 1, SECOND));
}

static void a_proof_tells_keys_of_one_id_apart(void **state)
{
    (void)state;
    const struct seal one = sealing(1, FIRST), other = sealing(1, SECOND);
    unsigned char a[SEAL_PROOF_BYTES], b[SEAL_PROOF_BYTES];
    seal_proof(&one, 1, a);
    seal_proof(&other, 1, b);
    assert_memory_not_equal(a, b, sizeof a);
    seal_proof(&one, SEAL_BRIEF, a);
    seal_proof(&other, SEAL_BRIEF, b);
    assert_memory_equal(a, b, sizeof a);
}

/* ---- what is sought */

static void what_is_sought_is_equal_in_one_column_of_one_hall(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    struct seal renewed = sealing(2, SECOND), elsewhere = sealing(1, FIRST);
    seal_set_secret(&elsewhere, FIRST);
    struct bytes his = seal_sought(&seal, "applicant.name", "张三", *state);
    assert_int_equal(SEAL_SOUGHT_BYTES, his.len);
    assert_memory_equal(his.data, seal_sought(&renewed, "applicant.name", "张三", *state).data,
                        his.len);
    assert_memory_not_equal(his.data, seal_sought(&seal, "applicant.name", "张四", *state).data,
                            his.len);
    assert_memory_not_equal(
        his.data, seal_sought(&seal, "applicant.agent_name", "张三", *state).data, his.len);
    assert_memory_not_equal(
        his.data, seal_sought(&elsewhere, "applicant.name", "张三", *state).data, his.len);
}

static void a_digest_depends_on_the_secret(void **state)
{
    (void)state;
    unsigned char here[32] = "a request", there[32] = "a request";
    struct seal seal = sealing(1, FIRST), elsewhere = sealing(1, FIRST);
    seal_set_secret(&elsewhere, FIRST);
    seal_digest(&seal, here);
    seal_digest(&elsewhere, there);
    assert_memory_not_equal("a request", here, 9);
    assert_memory_not_equal(here, there, sizeof here);
}

/* ---- rows */

static void a_row_is_its_table_and_its_key(void **state)
{
    const struct seal seal = sealing(1, FIRST);
    struct approval_row one = {.centre = 1, .case_number = 23, .no = 4, .type = "a"},
                        same = {.centre = 1, .case_number = 23, .no = 4, .type = "b"},
                        other = {.centre = 1, .case_number = 23, .no = 5, .type = "a"},
                        elsewhere = {.centre = 2, .case_number = 23, .no = 4, .type = "a"};
    struct bytes text, sealed = sealed_close(&seal, &approval_table, &one, of("张三"), *state);
    assert_true(sealed_open(&seal, &approval_table, &same, sealed, *state, &text));
    assert_false(sealed_open(&seal, &approval_table, &other, sealed, *state, &text));
    assert_false(sealed_open(&seal, &approval_table, &elsewhere, sealed, *state, &text));
    struct table twin = approval_table;
    twin.name = "another";
    assert_false(sealed_open(&seal, &twin, &one, sealed, *state, &text));
}

/* Two keys of text must not run into each other: ("ab", "c") and ("a", "bc"). */
static void keys_of_text_do_not_run_together(void **state)
{
    struct counter_row one = {.centre = 1, .name = "ab"}, other = {.centre = 1, .name = "abc"};
    struct bytes a = sealed_place(&counter_table, &one, *state),
                 b = sealed_place(&counter_table, &other, *state);
    assert_int_equal(a.len + 1, b.len);
    assert_memory_not_equal(a.data, b.data, a.len);
}

/* ---- the file */

#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static enum status read_file(const char *text, mode_t mode)
{
    char home[] = "/tmp/seal.XXXXXX", path[64];
    struct seal seal;
    assert_non_null(mkdtemp(home));
    snprintf(path, sizeof path, "%s/keys", home);
    assert_int_equal(0, mkdir(path, 0700));
    snprintf(path, sizeof path, "%s/keys/intake", home);
    assert_int_equal(0, mkdir(path, 0700));
    snprintf(path, sizeof path, "%s/keys/intake/seal", home);
    FILE *file = fopen(path, "w");
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0 && chmod(path, mode) == 0);
    enum status status = sealed_read(&seal, home, "intake");
    assert_int_equal(0, unlink(path));
    snprintf(path, sizeof path, "%s/keys/intake", home);
    assert_int_equal(0, rmdir(path));
    snprintf(path, sizeof path, "%s/keys", home);
    assert_true(rmdir(path) == 0 && rmdir(home) == 0);
    return status;
}

static void a_file_of_keys_is_whole_and_private(void **state)
{
    static const char good[] = "secret " HEX "\nkey 2 " HEX "\nkey 1 " HEX "\n";
    struct seal seal;
    (void)state;
    assert_int_equal(STATUS_OK, read_file(good, 0600));
    assert_int_equal(STATUS_DENIED, read_file(good, 0640));
    assert_int_equal(STATUS_INVALID, read_file("secret " HEX "\n", 0600));
    assert_int_equal(STATUS_INVALID, read_file("key 1 " HEX "\n", 0600));
    assert_int_equal(STATUS_INVALID, read_file("secret " HEX "\nkey 0 " HEX "\n", 0600));
    assert_int_equal(STATUS_INVALID,
                     read_file("secret " HEX "\nkey 1 " HEX "\nkey 1 " HEX "\n", 0600));
    assert_int_equal(STATUS_INVALID, read_file("secret " HEX "\nkey 1 0011\n", 0600));
    assert_int_equal(STATUS_INVALID, read_file("secret " HEX "\nkey 1 " HEX "\nnonsense\n", 0600));
    assert_int_equal(STATUS_NOT_FOUND, sealed_read(&seal, "/nowhere", "intake"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_is_sealed_byte_for_byte_as_it_always_was),
        TEST(what_is_sealed_opens_at_its_place_and_at_no_other),
        TEST(a_changed_or_shortened_byte_is_noticed),
        TEST(equal_texts_of_two_places_look_different),
        TEST(a_place_and_a_text_are_not_mistaken_for_each_other),
        TEST(null_stays_null),
        TEST(the_newest_key_seals_and_the_older_ones_open),
        TEST(an_id_stands_for_one_key),
        TEST(a_proof_tells_keys_of_one_id_apart),
        TEST(what_is_sought_is_equal_in_one_column_of_one_hall),
        TEST(a_digest_depends_on_the_secret),
        TEST(a_row_is_its_table_and_its_key),
        TEST(keys_of_text_do_not_run_together),
        TEST(a_file_of_keys_is_whole_and_private),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
