/* SPDX-License-Identifier: Apache-2.0 */
/* What the gateway applies to a request: reasons, languages, rates, authenticated callers, traces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/trace.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/api/reasons.h"
#include "services/gateway/http/rate.h"
#include "services/gateway/people/cache.h"

/* ---- reasons */

static void every_reason_has_both_sentences(void **state)
{
    const ProtobufCEnumDescriptor *const all[] = {&onedoor__reason__descriptor,
                                                  &onedoor__gateway__refusal__descriptor};
    const char *const general[] = {[LANGUAGE_ZH] = reason_sentence(-1, LANGUAGE_ZH),
                                   [LANGUAGE_EN] = reason_sentence(-1, LANGUAGE_EN)};
    (void)state;
    for (int k = 0; k < 2; k++)
        for (unsigned i = 0; i < all[k]->n_values; i++) {
            int value = all[k]->values[i].value;
            if (value == 0)
                continue;
            if (strcmp(general[LANGUAGE_ZH], reason_sentence(value, LANGUAGE_ZH)) == 0 ||
                strcmp(general[LANGUAGE_EN], reason_sentence(value, LANGUAGE_EN)) == 0)
                fail_msg("%s has no sentence of its own", all[k]->values[i].name);
            assert_true(strlen(reason_sentence(value, LANGUAGE_ZH)) > 0);
            assert_true(strlen(reason_sentence(value, LANGUAGE_EN)) > 0);
            assert_string_equal(all[k]->values[i].name, reason_name(value));
        }
}

static void a_language_is_chosen_by_weight(void **state)
{
    static const struct {
        const char *header;
        enum language language;
    } cases[] = {
        {NULL, LANGUAGE_ZH},
        {"", LANGUAGE_ZH},
        {"en", LANGUAGE_EN},
        {"en-GB, zh;q=0.5", LANGUAGE_EN},
        {"zh-CN,zh;q=0.9,en;q=0.8", LANGUAGE_ZH},
        {"fr, en;q=0.1", LANGUAGE_EN},
        {"de", LANGUAGE_ZH},
        {"en;q=0", LANGUAGE_ZH},
        {"english", LANGUAGE_ZH},
        {",,;q=", LANGUAGE_ZH},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(cases[i].language, language_of(cases[i].header));
}

/* ---- rates, and what is remembered */

static void an_address_may_burst_and_then_at_its_rate(void **state)
{
    enum { ONE = 0x010200c0, OTHER = 0x020200c0 }; /* 192.0.2.1 and .2 as they come from the net */
    static struct rate rate = {.per_second = 10, .burst = 3};
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_true(rate_allows(&rate, ONE, 1000));
    assert_false(rate_allows(&rate, ONE, 1000));
    assert_true(rate_allows(&rate, OTHER, 1000));
    assert_false(rate_allows(&rate, ONE, 1050));
    assert_true(rate_allows(&rate, ONE, 1150));
    assert_true(rate_allows(&rate, ONE, 1000000));
}

static void an_authenticated_caller_is_believed_for_a_while(void **state)
{
    static struct cache cache;
    const struct caller clerk = {.name = "clerk", .csrf = "token"};
    (void)state;
    cache_init(&cache);
    assert_null(cache_find(&cache, "secret", 0));
    cache_add(&cache, "secret", &clerk, 1000);
    assert_string_equal("clerk", cache_find(&cache, "secret", 1000)->name);
    assert_string_equal("token", cache_find(&cache, "secret", 1000)->csrf);
    assert_null(cache_find(&cache, "secreT", 1000));
    assert_null(cache_find(&cache, "secret2", 1000));
    assert_null(cache_find(&cache, "", 1000));
    assert_null(cache_find(&cache, "secret", 1000 + CACHE_MS));
    cache_remove(&cache, "another");
    assert_non_null(cache_find(&cache, "secret", 1000));
    cache_remove(&cache, "secret");
    assert_null(cache_find(&cache, "secret", 1000));
    cache_add(&cache, "secret", &clerk, 1000);
    cache_clear(&cache);
    assert_null(cache_find(&cache, "secret", 1000));
}

/* What is kept is of use to this process alone. */
static void a_secret_is_kept_under_a_key_of_its_own(void **state)
{
    static struct cache cache, other;
    const struct caller clerk = {.name = "clerk"};
    (void)state;
    cache_init(&cache);
    cache_init(&other);
    cache_add(&cache, "secret", &clerk, 1000);
    memcpy(other.entries, cache.entries, sizeof other.entries);
    assert_null(cache_find(&other, "secret", 1000));
}

/* ---- traces */

static void only_a_traceparent_of_version_0_is_taken(void **state)
{
    static const struct {
        const char *text;
        bool valid;
    } cases[] = {
        {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true},
        {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", true},
        {"", false},
        {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", false},
        {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-011", false},
        {"01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false},
        {"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false},
        {"00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01", false},
        {"00-00000000000000000000000000000000-00f067aa0ba902b7-01", false},
        {"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false},
        {"00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01", false},
        {"00-4bf92f3577b34da6a3ce929d0e0e47-3600f067aa0ba902b7-01", false},
    };
    struct trace trace;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (trace_read(&trace, cases[i].text) != cases[i].valid ||
            trace_is_set(&trace) != cases[i].valid)
            fail_msg("%s", cases[i].text);
}

static void a_new_trace_is_valid_and_its_own(void **state)
{
    struct trace one = trace_new(), span = trace_span(&one), read;
    char text[TRACE_TEXT_SIZE];
    (void)state;
    trace_write(&one, text);
    assert_true(trace_read(&read, text));
    assert_memory_equal(&one, &read, sizeof one);
    assert_memory_equal(one.id, span.id, sizeof one.id);
    assert_memory_not_equal(one.span, span.span, sizeof one.span);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_has_both_sentences),
        cmocka_unit_test(a_language_is_chosen_by_weight),
        cmocka_unit_test(an_address_may_burst_and_then_at_its_rate),
        cmocka_unit_test(an_authenticated_caller_is_believed_for_a_while),
        cmocka_unit_test(a_secret_is_kept_under_a_key_of_its_own),
        cmocka_unit_test(only_a_traceparent_of_version_0_is_taken),
        cmocka_unit_test(a_new_trace_is_valid_and_its_own),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
