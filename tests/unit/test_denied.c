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

static void count(struct denied_list *list, Onedoor__BusDenialKind kind, const char *peer,
                  const char *address, int64_t now_ms)
{
    struct denied denied = {.kind = kind};
    snprintf(denied.peer, sizeof denied.peer, "%s", peer);
    snprintf(denied.address, sizeof denied.address, "%s", address);
    denied_count(list, &denied, now_ms);
}

static void the_same_again_is_counted_in_its_entry(void **state)
{
    struct denied_list list = {0};
    (void)state;
    for (int i = 1; i <= MANY; i++)
        count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED, "", "10.0.0.7", i);
    count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_NO_RIGHT, "desk", "", MANY);
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
    int alone = 0;
    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(address, sizeof address, "10.0.0.%d", i);
        for (int kind = 1; kind <= DENIED_KINDS; kind++)
            count(&list, (Onedoor__BusDenialKind)kind, "desk", address, i);
    }
    assert_int_equal(DENIED_MAX, list.n);
    for (int i = 0; i < list.n; i++) {
        times += list.entries[i].times;
        alone += list.entries[i].peer[0] == '\0' && list.entries[i].address[0] == '\0';
    }
    assert_int_equal(DENIED_KINDS * MANY, times);
    assert_int_equal(DENIED_KINDS, alone);
}

static void one_kind_takes_no_place_of_another(void **state)
{
    struct denied_list list = {0};
    char address[20];
    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(address, sizeof address, "10.0.0.%d", i);
        count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED, "", address, i);
    }
    count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_REMOVED, "desk", "", MANY);
    assert_int_equal(DENIED_EACH + 2, list.n);
    assert_string_equal("desk", list.entries[list.n - 1].peer);
}

/* So one who fills the list hides for an hour those who come after him, and no longer. */
static void an_entry_of_an_hour_ago_gives_its_place_up(void **state)
{
    struct denied_list list = {0};
    char address[20];
    (void)state;
    for (int i = 0; i < DENIED_EACH; i++) {
        snprintf(address, sizeof address, "10.0.0.%d", i);
        count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED, "", address, i);
    }
    count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED, "", "10.0.1.1", DENIED_HELD_MS - 1);
    assert_string_equal("", list.entries[DENIED_EACH].address);
    count(&list, ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED, "", "10.0.1.1", DENIED_HELD_MS);
    assert_string_equal("10.0.1.1", list.entries[0].address);
    assert_int_equal(1, list.entries[0].times);
    assert_int_equal(DENIED_HELD_MS, list.entries[0].first_ms);
    assert_int_equal(DENIED_EACH + 1, list.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_again_is_counted_in_its_entry),
        cmocka_unit_test(who_finds_no_place_is_counted_by_kind),
        cmocka_unit_test(one_kind_takes_no_place_of_another),
        cmocka_unit_test(an_entry_of_an_hour_ago_gives_its_place_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
