/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/event.h"

#include <string.h>

static const unsigned char beginning[HASH_BYTES];

static struct event event(void)
{
    return (struct event){
        .epoch = 1,
        .seq = 7,
        .type = "intake.CaseAccepted",
        .version = 1,
        .case_number = 42,
        .at_ms = 1642036800000,
        .actor = "c4",
        .payload = {(const unsigned char *)"\x08\x07", 2},
    };
}

static void the_same_event_at_the_same_place_has_the_same_hash(void **state)
{
    unsigned char hash[HASH_BYTES], again[HASH_BYTES];
    struct event one = event(), other = event();
    char type[] = "intake.CaseAccepted";

    (void)state;
    other.type = type;
    memset(other.hash, 7, HASH_BYTES); /* what stands there does not count */
    event_hash(&one, beginning, hash);
    event_hash(&other, beginning, again);
    assert_memory_equal(hash, again, HASH_BYTES);
    assert_memory_not_equal(hash, beginning, HASH_BYTES);
}

/* A journal is checked by others and by later versions: the function never changes. */
static void the_hash_is_what_it_has_always_been(void **state)
{
    static const unsigned char always[HASH_BYTES] = {
        0x1c, 0x01, 0xbc, 0x72, 0xc0, 0xc6, 0xb5, 0xf8, 0x97, 0xf5, 0xdd,
        0xe3, 0x6a, 0x84, 0x4d, 0x69, 0x6f, 0x8f, 0xc9, 0x2a, 0x59, 0xc6,
        0x89, 0xd1, 0xa0, 0xff, 0x13, 0xef, 0xb4, 0x4a, 0xe5, 0x7e,
    };
    unsigned char hash[HASH_BYTES];
    struct event one = event();

    (void)state;
    event_hash(&one, beginning, hash);
    assert_memory_equal(always, hash, HASH_BYTES);
}

static void whatever_is_changed_changes_the_hash(void **state)
{
    enum { CHANGES = 10 };
    unsigned char hash[HASH_BYTES], other[HASH_BYTES];
    struct event one = event(), changed[CHANGES];

    (void)state;
    for (int i = 0; i < CHANGES; i++)
        changed[i] = event();
    changed[0].epoch = 2;
    changed[1].seq = 8;
    changed[2].type = "intake.CaseAcceptee";
    changed[3].version = 2;
    changed[4].case_number = 43;
    changed[5].at_ms++;
    changed[6].actor = "c5";
    changed[7].payload.data = (const unsigned char *)"\x08\x08";
    changed[8].payload.len = 1;
    changed[9].payload = (struct bytes){NULL, 0};
    event_hash(&one, beginning, hash);
    for (int i = 0; i < CHANGES; i++) {
        event_hash(&changed[i], beginning, other);
        assert_memory_not_equal(hash, other, HASH_BYTES);
    }
}

/* The border between type and actor is part of what is hashed. */
static void fields_do_not_run_into_each_other(void **state)
{
    unsigned char hash[HASH_BYTES], other[HASH_BYTES];
    struct event one = event(), shifted = event();

    (void)state;
    one.type = "ab", one.actor = "c";
    shifted.type = "a", shifted.actor = "bc";
    event_hash(&one, beginning, hash);
    event_hash(&shifted, beginning, other);
    assert_memory_not_equal(hash, other, HASH_BYTES);
}

/* A change far back breaks every hash after it. */
static void the_hash_depends_on_all_that_was_said_before(void **state)
{
    unsigned char true_hash[HASH_BYTES] = {0}, false_hash[HASH_BYTES] = {0};

    (void)state;
    for (int64_t seq = 1; seq <= 5; seq++) {
        struct event told = event(), forged = event();
        told.seq = forged.seq = seq;
        if (seq == 1)
            forged.case_number = 43;
        event_hash(&told, true_hash, true_hash);
        event_hash(&forged, false_hash, false_hash);
        assert_memory_not_equal(true_hash, false_hash, HASH_BYTES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_event_at_the_same_place_has_the_same_hash),
        cmocka_unit_test(the_hash_is_what_it_has_always_been),
        cmocka_unit_test(whatever_is_changed_changes_the_hash),
        cmocka_unit_test(fields_do_not_run_into_each_other),
        cmocka_unit_test(the_hash_depends_on_all_that_was_said_before),
    };
    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
