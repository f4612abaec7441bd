/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/bus/quota.h"

static const unsigned char one[PEER_KEY_BYTES] = {1}, other[PEER_KEY_BYTES] = {2};

static void who_sends_more_than_it_may_in_a_second_is_shut_out(void **state)
{
    static struct quota quota = {.frames = 3, .out_ms = 5000};

    (void)state;
    for (int64_t second = 0; second < 3; second++)
        for (int i = 0; i < 3; i++)
            assert_true(quota_count(&quota, one, 100000, 1000 * second + i));
    assert_false(quota_is_out(&quota, one, 2003));
    assert_false(quota_count(&quota, one, 1, 2003));
    assert_true(quota_is_out(&quota, one, 2003));
    assert_true(quota_is_out(&quota, one, 7002));
    assert_false(quota_is_out(&quota, one, 7003));
}

static void bytes_count_as_well(void **state)
{
    static struct quota quota = {.bytes = 1000, .out_ms = 5000};

    (void)state;
    assert_true(quota_count(&quota, one, 600, 0));
    assert_true(quota_count(&quota, one, 400, 999));
    assert_true(quota_count(&quota, one, 1000, 1000));
    assert_false(quota_count(&quota, one, 1, 1001));
}

static void nobody_pays_for_another(void **state)
{
    static struct quota quota = {.frames = 1, .out_ms = 5000};

    (void)state;
    quota_shut_out(&quota, one, 0);
    assert_true(quota_is_out(&quota, one, 1));
    assert_false(quota_is_out(&quota, other, 1));
    assert_true(quota_count(&quota, other, 1, 1));
}

/* A hall may see more keys than places over the years. */
static void the_key_that_was_silent_the_longest_gives_its_place(void **state)
{
    static struct quota quota = {.frames = 1, .out_ms = 5000};

    (void)state;
    for (int i = 0; i <= QUOTA_KEYS_MAX; i++) {
        const unsigned char key[PEER_KEY_BYTES] = {(unsigned char)i, (unsigned char)(i >> 8), 9};
        assert_true(quota_count(&quota, key, 1, i));
    }
    const unsigned char first[PEER_KEY_BYTES] = {0, 0, 9}, second[PEER_KEY_BYTES] = {1, 0, 9};
    assert_false(quota_count(&quota, second, 1, 257)); /* its second frame */
    assert_true(quota_count(&quota, first, 1, 258));   /* forgotten: its first */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_sends_more_than_it_may_in_a_second_is_shut_out),
        cmocka_unit_test(bytes_count_as_well),
        cmocka_unit_test(nobody_pays_for_another),
        cmocka_unit_test(the_key_that_was_silent_the_longest_gives_its_place),
    };
    return cmocka_run_group_tests_name("quota", tests, NULL, NULL);
}
