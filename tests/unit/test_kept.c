/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/kept.h"

#include <string.h>

static void append(struct kept *kept, int64_t seq, size_t payload)
{
    static const unsigned char data[1024] = "payload";
    char type[] = "intake.CaseClosed", actor[] = "c4";
    kept_append(kept, &(struct event){
                          .seq = seq, .type = type, .actor = actor, .payload = {data, payload}});
    memset(type, 'x', sizeof type); /* the copy has its own text */
    memset(actor, 'x', sizeof actor);
}

static void an_event_is_found_by_its_number(void **state)
{
    struct kept kept;

    (void)state;
    kept_init(&kept, 8, 100000);
    append(&kept, 41, 7);
    append(&kept, 42, 0);
    assert_null(kept_find(&kept, 40));
    assert_string_equal("intake.CaseClosed", kept_find(&kept, 41)->type);
    assert_string_equal("c4", kept_find(&kept, 41)->actor);
    assert_memory_equal("payload", kept_find(&kept, 41)->payload.data, 7);
    assert_int_equal(0, kept_find(&kept, 42)->payload.len);
    assert_null(kept_find(&kept, 43));
    kept_release(&kept);
}

static void the_oldest_go_when_there_are_too_many(void **state)
{
    struct kept kept;

    (void)state;
    kept_init(&kept, 4, 100000);
    for (int64_t seq = 1; seq <= 10; seq++)
        append(&kept, seq, 1);
    assert_null(kept_find(&kept, 6));
    for (int64_t seq = 7; seq <= 10; seq++)
        assert_int_equal(seq, kept_find(&kept, seq)->seq);
    kept_release(&kept);
}

static void the_oldest_go_when_they_are_too_large(void **state)
{
    struct kept kept;

    (void)state;
    kept_init(&kept, 64, 2048);
    for (int64_t seq = 1; seq <= 10; seq++)
        append(&kept, seq, 800);
    assert_null(kept_find(&kept, 8));
    assert_non_null(kept_find(&kept, 9));
    assert_true(kept.bytes <= 2048);
    append(&kept, 11, 1024);
    assert_non_null(kept_find(&kept, 11));
    kept_release(&kept);
}

static void after_clearing_it_begins_at_any_number(void **state)
{
    struct kept kept;

    (void)state;
    kept_init(&kept, 4, 100000);
    append(&kept, 1, 1);
    kept_clear(&kept);
    assert_null(kept_find(&kept, 1));
    assert_int_equal(0, kept.bytes);
    append(&kept, 100, 1);
    assert_null(kept_find(&kept, 1));
    assert_int_equal(100, kept_find(&kept, 100)->seq);
    kept_release(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_found_by_its_number),
        cmocka_unit_test(the_oldest_go_when_there_are_too_many),
        cmocka_unit_test(the_oldest_go_when_they_are_too_large),
        cmocka_unit_test(after_clearing_it_begins_at_any_number),
    };
    return cmocka_run_group_tests_name("kept", tests, NULL, NULL);
}
