/* SPDX-License-Identifier: Apache-2.0 */
/* However many keys without a line knock, what is kept of them has a fixed size, and nobody goes
 * uncounted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/bus/denied.h"

#include <stdio.h>

enum { MANY = 1000 };

static void the_same_again_is_counted_in_its_entry(void **state)
{
    struct denied_list list = {0};
    (void)state;
    for (int i = 1; i <= MANY; i++)
        denied_count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED, "", "10.0.0.7", i);
    denied_count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_NO_RIGHT, "desk", "", MANY);
    assert_int_equal(2, list.n);
    assert_int_equal(MANY, list.entries[0].times);
    assert_int_equal(1, list.entries[0].first_ms);
    assert_int_equal(MANY, list.entries[0].last_ms);
    assert_string_equal("desk", list.entries[1].peer);
}

static void who_finds_no_place_is_counted_by_kind(void **state)
{
    struct denied_list list = {0};
    char address[20];
    int64_t times = 0;
    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(address, sizeof address, "10.0.0.%d", i);
        denied_count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED, "", address, i);
        denied_count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_SHUT_OUT, "desk", address, i);
        denied_count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_NO_RIGHT, "desk", address, i);
    }
    assert_int_equal(DENIED_MAX, list.n);
    for (int i = 0; i < list.n; i++)
        times += list.entries[i].times;
    assert_int_equal(3 * MANY, times);
    assert_string_equal("", list.entries[DENIED_MAX - 1].address);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_again_is_counted_in_its_entry),
        cmocka_unit_test(who_finds_no_place_is_counted_by_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
