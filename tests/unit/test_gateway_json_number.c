/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/json_number.h"

/* As the value of a field of CheckReply or Check; false: it is refused. */
static bool read_number(const char *json, const ProtobufCMessageDescriptor *type, const char *field,
                        int64_t *number)
{
    struct arena *arena = arena_new(1 << 20);
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    uint64_t bits = 0;
    assert_non_null(value);
    bool good = json_whole_number(
        value, protobuf_c_message_descriptor_get_field_by_name(type, field), arena, &bits);
    *number = (int64_t)bits;
    json_decref(value);
    arena_free(&arena);
    return good;
}

struct numbered {
    const char *json;
    int64_t number;
};

static void assert_numbers(const struct numbered *cases, size_t n,
                           const ProtobufCMessageDescriptor *type, const char *field)
{
    for (size_t i = 0; i < n; i++) {
        int64_t number;
        if (!read_number(cases[i].json, type, field, &number) || number != cases[i].number)
            fail_msg("%s", cases[i].json);
    }
}

static void numbers_are_exact_and_may_be_text(void **state)
{
    static const struct numbered cases[] = {
        {"9007199254740993", INT64_C(9007199254740993)},
        {"\"9007199254740993\"", INT64_C(9007199254740993)},
        {"\"-9223372036854775808\"", INT64_MIN},
        {"1.0", 1},
        {"1e5", 100000},
        {"\"9223372036854775807\"", INT64_MAX},
        {"\"1e3\"", 1000},
        {"\"1E+3\"", 1000},
        {"\"-2.5e1\"", -25},
        {"\"1200e-2\"", 12},
        {"\"12.00\"", 12},
        {"\"0e-7\"", 0},
        {"\"9.223372036854775807e18\"", INT64_MAX}, /* exact, beyond what a double holds */
        {"\"922337203685477580.7e1\"", INT64_MAX},
    };
    (void)state;
    assert_numbers(cases, sizeof cases / sizeof cases[0], &onedoor__intake__check_reply__descriptor,
                   "due_ms");
}

static void a_case_number_is_tidied(void **state)
{
    static const struct numbered cases[] = {
        {"\"261123-000001-7\"", INT64_C(2611230000017)},
        {"\"２６１１２３－０００００１－７\"", INT64_C(2611230000017)},
        {"\"办件编号：261123 000001 7。\"", INT64_C(2611230000017)},
        {"2611230000017", INT64_C(2611230000017)},
    };
    (void)state;
    assert_numbers(cases, sizeof cases / sizeof cases[0], &onedoor__intake__check__descriptor,
                   "case_number");
}

static void what_is_not_whole_or_too_large_is_refused(void **state)
{
    static const char *const cases[] = {
        "\"\"",
        "\"e3\"",
        "\"1e\"",
        "\"1e+\"",
        "\"1.\"",
        "\".5e1\"",
        "\"1.5\"",
        "\"15e-2\"",
        "1.5",
        "\"1e19\"",
        "\"1e99999\"",
        "\"1e999999999999999999999\"",
        "\" 1e3\"",
        "\"1e3 \"",
        "\"+1\"",
        "\"--1\"",
        "\"0x10\"",
        "\"9223372036854775808\"",
        "\"NaN\"",
        "true",
        "[]",
        "1e300",
        "\"261123-000001-7\"",
    };
    int64_t number;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (read_number(cases[i], &onedoor__intake__check_reply__descriptor, "due_ms", &number))
            fail_msg("%s", cases[i]);
    assert_false(read_number("\"261123-000001-8\"", &onedoor__intake__check__descriptor,
                             "case_number", &number)); /* a wrong check digit */
    assert_false(read_number("\"3e9\"", &onedoor__intake__material_in__descriptor, "copies",
                             &number)); /* 32 bits */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_exact_and_may_be_text),
        cmocka_unit_test(a_case_number_is_tidied),
        cmocka_unit_test(what_is_not_whole_or_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
