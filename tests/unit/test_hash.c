/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "tests/unit/dies.h"

#include <string.h>

enum { MANY = 1000 };

struct entry {
    struct hash_link link;
    int number;
};

static void every_entry_is_found_while_the_table_grows(void **state)
{
    struct hash table = {0};
    static struct entry entries[MANY];

    (void)state;
    for (int i = 0; i < MANY; i++) {
        entries[i].number = i;
        hash_add(&table, &entries[i], hash_number((uint64_t)i));
        for (int k = 0; k <= i; k += 97)
            assert_ptr_equal(&entries[k], hash_first(&table, hash_number((uint64_t)k)));
    }
    assert_int_equal(MANY, table.n);
    assert_true(table.n_buckets >= MANY);
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(&entries[i], hash_first(&table, hash_number((uint64_t)i)));
    assert_null(hash_first(&table, hash_number(MANY)));
    hash_release(&table);
}

static void entries_of_one_hash_keep_the_order_in_which_they_were_added(void **state)
{
    struct hash table = {0};
    static struct entry entries[MANY];

    (void)state;
    for (int i = 0; i < MANY; i++) { /* five hashes, which share their low bits */
        entries[i].number = i;
        hash_add(&table, &entries[i], (uint64_t)(i % 5) << 7);
    }
    for (int hash = 0; hash < 5; hash++) {
        int next = hash;
        for (struct entry *entry = hash_first(&table, (uint64_t)hash << 7); entry != NULL;
             entry = hash_next(entry)) {
            assert_int_equal(next, entry->number);
            next += 5;
        }
        assert_int_equal(MANY + hash, next);
    }
    hash_release(&table);
}

static void a_removed_entry_is_not_found_and_the_others_are(void **state)
{
    struct hash table = {0};
    struct entry entries[3];

    (void)state;
    for (int i = 0; i < 3; i++)
        hash_add(&table, &entries[i], 7);
    hash_remove(&table, &entries[1]);
    assert_int_equal(2, table.n);
    assert_ptr_equal(&entries[0], hash_first(&table, 7));
    assert_ptr_equal(&entries[2], hash_next(&entries[0]));
    hash_remove(&table, &entries[0]);
    hash_remove(&table, &entries[2]);
    assert_null(hash_first(&table, 7));
    hash_add(&table, &entries[1], 7);
    assert_ptr_equal(&entries[1], hash_first(&table, 7));
    hash_release(&table);
}

static void an_empty_table_has_nothing_to_find_or_release(void **state)
{
    struct hash table = {0};

    (void)state;
    assert_null(hash_first(&table, 7));
    hash_release(&table);
    hash_release(&table);
}

static void a_table_can_live_in_an_arena(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct hash table = {.arena = arena};

    (void)state;
    for (int i = 0; i < MANY; i++)
        hash_add(&table, ARENA_NEW(arena, struct entry), (uint64_t)i);
    for (int i = 0; i < MANY; i++)
        assert_non_null(hash_first(&table, (uint64_t)i));
    hash_release(&table);
    assert_null(hash_first(&table, 0));
    arena_free(&arena);
}

static void remove_an_unknown_entry(void)
{
    struct hash table = {0};
    struct entry in, out = {.link = {NULL, 7}};
    hash_add(&table, &in, 7);
    hash_remove(&table, &out);
}

static void removing_what_is_not_in_the_table_is_a_bug(void **state)
{
    (void)state;
    assert_true(dies(remove_an_unknown_entry));
}

static void keys_of_the_same_bytes_in_other_parts_differ(void **state)
{
    uint64_t one = hash_bytes(hash_bytes(HASH_BEGIN, "ab", 2), "c", 1),
             other = hash_bytes(hash_bytes(HASH_BEGIN, "a", 1), "bc", 2);

    (void)state;
    assert_int_not_equal(one, other);
    assert_int_equal(one, hash_bytes(hash_bytes(HASH_BEGIN, "ab", 2), "c", 1));
}

/* Of 4096 neighbours, in 4096 buckets by low or by high bits, about a third of the buckets stay
 * empty when they fall by chance. */
static void neighbouring_numbers_are_spread(void **state)
{
    static bool low[4096], high[4096];
    int n_low = 0, n_high = 0;

    (void)state;
    for (uint64_t i = 0; i < 4096; i++) {
        uint64_t hash = hash_number(UINT64_C(20220601000000) + i);
        low[hash % 4096] = high[hash >> 52] = true;
    }
    for (int i = 0; i < 4096; i++) {
        n_low += low[i];
        n_high += high[i];
    }
    assert_in_range(n_low, 2400, 4096);
    assert_in_range(n_high, 2400, 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_is_found_while_the_table_grows),
        cmocka_unit_test(entries_of_one_hash_keep_the_order_in_which_they_were_added),
        cmocka_unit_test(a_removed_entry_is_not_found_and_the_others_are),
        cmocka_unit_test(an_empty_table_has_nothing_to_find_or_release),
        cmocka_unit_test(a_table_can_live_in_an_arena),
        cmocka_unit_test(removing_what_is_not_in_the_table_is_a_bug),
        cmocka_unit_test(keys_of_the_same_bytes_in_other_parts_differ),
        cmocka_unit_test(neighbouring_numbers_are_spread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
