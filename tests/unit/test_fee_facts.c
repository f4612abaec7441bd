/* SPDX-License-Identifier: Apache-2.0 */
/* What a case declares must be what its fees count: nothing else, nothing less, nothing twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/fee_facts.h"

static const struct counted_fee FEES[] = {{"FEE-A", true}, {"FEE-B", false}};

struct declared {
    const char *fee;
    int64_t units;
    int32_t days;
};

static struct outcome check(const struct declared *declared, size_t n, struct arena *arena)
{
    Onedoor__FeeFact **facts = ARENA_ARRAY(arena, Onedoor__FeeFact *, n);

    for (size_t i = 0; i < n; i++) {
        facts[i] = ARENA_NEW(arena, Onedoor__FeeFact);
        onedoor__fee_fact__init(facts[i]);
        facts[i]->fee = (char *)declared[i].fee;
        facts[i]->units = declared[i].units;
        facts[i]->days = declared[i].days;
    }
    return fee_facts_check(facts, n, FEES, 2, arena);
}

static void the_first_fact_that_is_wrong_is_named(void **state)
{
    static const struct {
        struct declared facts[3];
        size_t n;
        Onedoor__Reason reason;
        const char *field, *detail;
    } cases[] = {
        {{{"FEE-A", 3, 0}, {"FEE-B", 2, 0}},
         2,
         ONEDOOR__REASON__FACTS_MISSING,
         "facts[0].days",
         "say for how many days FEE-A is due"},
        {{{"FEE-A", 3, 5}, {"FEE-B", 2, 1}},
         2,
         ONEDOOR__REASON__FIELD_INVALID,
         "facts[1].days",
         "FEE-B does not count days"},
        {{{"FEE-A", 3, 5}},
         1,
         ONEDOOR__REASON__FACTS_MISSING,
         "facts",
         "say what FEE-B counts; 0 when there is nothing of it"},
        {{{"FEE-A", 3, 5}, {"FEE-B", 2, 0}, {"FEE-B", 2, 0}},
         3,
         ONEDOOR__REASON__FIELD_INVALID,
         "facts[2].fee",
         "FEE-B is declared twice"},
        {{{"FEE-A", 3, 5}, {"FEE-b", 2, 0}},
         2,
         ONEDOOR__REASON__FIELD_INVALID,
         "facts[1].fee",
         "FEE-b is no fee of this item that counts anything"},
    };
    struct arena *arena = arena_new(1 << 16);
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome outcome = check(cases[i].facts, cases[i].n, arena);
        assert_int_equal(cases[i].reason, outcome.reason);
        assert_string_equal(cases[i].field, outcome.field);
        assert_string_equal(cases[i].detail, outcome.detail);
    }
    arena_free(&arena);
}

static void all_fees_declared_are_enough_also_with_nothing_of_one(void **state)
{
    static const struct declared whole[] = {{"FEE-B", 2, 0}, {"FEE-A", 3, 5}},
                                 nothing[] = {{"FEE-A", 0, 0}, {"FEE-B", 0, 0}};
    struct arena *arena = arena_new(1 << 16);
    (void)state;

    assert_true(is_ok(check(whole, 2, arena)));
    assert_true(is_ok(check(nothing, 2, arena)));
    assert_true(is_ok(fee_facts_check(NULL, 0, NULL, 0, arena)));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_fact_that_is_wrong_is_named),
        cmocka_unit_test(all_fees_declared_are_enough_also_with_nothing_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
