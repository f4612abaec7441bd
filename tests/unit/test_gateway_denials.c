/* SPDX-License-Identifier: Apache-2.0 */
/* However much is refused, what is kept of it has a fixed size, and nothing goes uncounted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/caller/denials.h"

#include <stdio.h>

enum { MANY = 3000 };

static struct denials denials;

static struct denial denial(int n, int64_t at_ms)
{
    struct denial denial = {.kind = ONEDOOR__GATEWAY__DENIAL_KIND__NO_RIGHT,
                            .case_number = 1,
                            .times = 1,
                            .first_ms = at_ms,
                            .last_ms = at_ms};
    snprintf(denial.name, sizeof denial.name, "name-%d", n);
    return denial;
}

static int64_t all_times(void)
{
    int64_t times = 0;
    for (int i = 0; i < denials.n; i++)
        times += denials.list[i].times;
    return times;
}

static void the_same_again_is_counted_and_not_listed_twice(void **state)
{
    (void)state;
    denials.n = 0;
    for (int i = 0; i < MANY; i++)
        denials_add(&denials, &(struct denial){.kind = ONEDOOR__GATEWAY__DENIAL_KIND__NO_LOOK,
                                               .times = 1,
                                               .first_ms = i,
                                               .last_ms = i});
    assert_int_equal(1, denials.n);
    assert_int_equal(MANY, denials.list[0].times);
    assert_int_equal(0, denials.list[0].first_ms);
    assert_int_equal(MANY - 1, denials.list[0].last_ms);
}

static void each_particular_makes_another(void **state)
{
    struct denial other = denial(1, 0);
    (void)state;
    denials.n = 0;
    denials_add(&denials, &other);
    other.case_number = 2;
    denials_add(&denials, &other);
    snprintf(other.what, sizeof other.what, "GET /people");
    denials_add(&denials, &other);
    snprintf(other.address, sizeof other.address, "127.0.0.2");
    denials_add(&denials, &other);
    other.kind = ONEDOOR__GATEWAY__DENIAL_KIND__FORGED;
    denials_add(&denials, &other);
    assert_int_equal(5, denials.n);
}

static void what_finds_no_place_is_counted_by_its_kind(void **state)
{
    (void)state;
    denials.n = 0;
    for (int i = 0; i < MANY; i++) {
        const struct denial one = denial(i, i);
        denials_add(&denials, &one);
    }
    assert_true(denials.n < DENIALS_MAX);
    assert_int_equal(MANY, all_times());
    const struct denial *rest = &denials.list[denials.n - 1];
    assert_string_equal("", rest->name);
    assert_int_equal(0, rest->case_number);
    assert_int_equal(MANY - 1, rest->last_ms);
    for (int kind = 1; kind < DENIAL_KINDS; kind++) {
        struct denial other = denial(MANY, MANY);
        other.kind = (Onedoor__Gateway__DenialKind)kind;
        denials_add(&denials, &other);
    }
    assert_int_equal(MANY + DENIAL_KINDS - 1, all_times());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_again_is_counted_and_not_listed_twice),
        cmocka_unit_test(each_particular_makes_another),
        cmocka_unit_test(what_finds_no_place_is_counted_by_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
