/* SPDX-License-Identifier: Apache-2.0 */
/* Whose key a connection has is told by its address only while one key alone comes from there: who
 * shares an address is not shut out for what another did. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/bus/met.h"

#include <stdio.h>

enum { MANY = 1000 };

static const unsigned char one[PEER_KEY_BYTES] = {1}, other[PEER_KEY_BYTES] = {2};

static void a_key_that_is_alone_at_an_address_is_known(void **state)
{
    struct met_list list = {.n = 0};
    (void)state;
    met_add(&list, one, "10.0.0.1");
    met_add(&list, other, "10.0.0.2");
    assert_memory_equal(one, met_only_key(&list, "10.0.0.1"), PEER_KEY_BYTES);
    assert_null(met_only_key(&list, "10.0.0.3"));
}

static void two_keys_at_an_address_answer_for_nobody(void **state)
{
    struct met_list list = {.n = 0};
    (void)state;
    met_add(&list, one, "10.0.0.1");
    met_add(&list, other, "10.0.0.1");
    assert_null(met_only_key(&list, "10.0.0.1"));
}

static void who_comes_again_and_again_pushes_nobody_out(void **state)
{
    struct met_list list = {.n = 0};
    (void)state;
    met_add(&list, one, "10.0.0.1");
    for (int i = 0; i < MANY; i++)
        met_add(&list, other, "10.0.0.1");
    assert_null(met_only_key(&list, "10.0.0.1")); /* not the other, who may be blameless */
}

static void the_last_addresses_are_kept(void **state)
{
    struct met_list list = {.n = 0};
    char address[20];
    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(address, sizeof address, "10.0.%d.%d", i / 256, i % 256);
        met_add(&list, one, address);
    }
    assert_non_null(met_only_key(&list, address));
    assert_null(met_only_key(&list, "10.0.0.0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_is_alone_at_an_address_is_known),
        cmocka_unit_test(two_keys_at_an_address_answer_for_nobody),
        cmocka_unit_test(who_comes_again_and_again_pushes_nobody_out),
        cmocka_unit_test(the_last_addresses_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
