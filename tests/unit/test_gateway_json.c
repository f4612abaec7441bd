/* SPDX-License-Identifier: Apache-2.0 */
/* Messages as JSON and back: every type of the wire with made-up content comes back byte for byte,
 * and what the mapping does not allow is refused with the field's path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/routes.h"
#include "tests/unit/wire_types.h"

enum { BUDGET = 4 << 20, ROUNDS = 20, LIST_MOST = 4, DEPTH = 5 };

static uint64_t dice = 20240229;

static uint64_t roll(void)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return dice;
}

static char *made_text(struct arena *arena)
{
    static const char *const texts[] = {"",           "CUL-01",    "王小明", "a \"quoted\" \\ text",
                                        "two\nlines", "tab\there", "𠮷野家", "</script>"};
    return arena_strdup(arena, texts[roll() % (sizeof texts / sizeof texts[0])]);
}

static ProtobufCMessage *made_message(const ProtobufCMessageDescriptor *, int depth,
                                      struct arena *);

/* A value of the field's type at `at`; gives its size. */
static size_t make_value(const ProtobufCFieldDescriptor *field, void *at, int depth,
                         struct arena *arena)
{
    static const int64_t wide[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_C(9007199254740993)};
    const ProtobufCEnumDescriptor *values = field->descriptor;
    ProtobufCMessage *message;
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)at = (protobuf_c_boolean)(roll() & 1);
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_STRING:
        *(char **)at = made_text(arena);
        return sizeof(char *);
    case PROTOBUF_C_TYPE_BYTES:
        *(ProtobufCBinaryData *)at = (ProtobufCBinaryData){roll() % 40, arena_alloc(arena, 40)};
        randombytes_buf_deterministic(
            ((ProtobufCBinaryData *)at)->data, 40,
            (unsigned char *)arena_printf(arena, "%032llu", (unsigned long long)roll()));
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_ENUM:
        *(int32_t *)at = values->values[1 + roll() % (values->n_values - 1)].value;
        return sizeof(int32_t);
    case PROTOBUF_C_TYPE_MESSAGE:
        message = made_message(field->descriptor, depth - 1, arena);
        *(ProtobufCMessage **)at = message;
        return sizeof message;
    case PROTOBUF_C_TYPE_INT64:
        *(int64_t *)at = wide[roll() % (sizeof wide / sizeof wide[0])];
        return sizeof(int64_t);
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_INT32:
        *(uint32_t *)at = (uint32_t)roll();
        return sizeof(uint32_t);
    default:
        fail_msg("the wire has a field of a type the test does not make: %s", field->name);
        return 0;
    }
}

static void make_list(const ProtobufCFieldDescriptor *field, ProtobufCMessage *message, int depth,
                      struct arena *arena)
{
    size_t n = roll() % LIST_MOST;
    char *list = arena_alloc(arena, LIST_MOST * sizeof(ProtobufCBinaryData)), *at = list;
    for (size_t i = 0; i < n; i++)
        at += make_value(field, at, depth, arena);
    memcpy((char *)message + field->quantifier_offset, &n, sizeof n);
    memcpy((char *)message + field->offset, &list, sizeof list);
}

static ProtobufCMessage *made_message(const ProtobufCMessageDescriptor *type, int depth,
                                      struct arena *arena)
{
    ProtobufCMessage *message = json_new_message(type, arena);
    assert_true(depth > 0);
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
            make_list(field, message, depth, arena);
        else if (field->type == PROTOBUF_C_TYPE_ENUM ||
                 roll() % 4 != 0) /* 0 is a value nobody may send */
            make_value(field, (char *)message + field->offset, depth, arena);
    }
    return message;
}

/* To JSON, to text, back, and the same bytes. */
static void comes_back(const ProtobufCMessageDescriptor *type)
{
    struct arena *arena = arena_new(BUDGET);
    ProtobufCMessage *message = made_message(type, DEPTH, arena),
                     *back = json_new_message(type, arena);
    size_t size;
    char *text = json_of_message(message, &size);
    assert_int_equal(size, strlen(text));
    json_t *again = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(again);
    struct outcome outcome = json_to_message(again, back, arena);
    if (!is_ok(outcome))
        fail_msg("%s: %s %s in %s", type->name, outcome.field, outcome.detail, text);
    struct bytes a = message_pack(message, arena), b = message_pack(back, arena);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    json_decref(again);
    free(text);
    arena_free(&arena);
}

static void every_type_of_the_wire_comes_back(void **state)
{
    struct wire_types types = wire_types();
    (void)state;
    assert_true(types.n > 60);
    for (size_t i = 0; i < types.n; i++)
        for (int round = 0; round < ROUNDS; round++)
            comes_back(types.list[i]);
}

static void every_type_of_the_api_comes_back(void **state)
{
    (void)state;
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        for (int round = 0; round < ROUNDS && route->request != NULL; round++) {
            comes_back(route->request);
            comes_back(route->reply);
        }
}

/* ---- reading */

static struct outcome read_as(const ProtobufCMessageDescriptor *type, const char *text,
                              ProtobufCMessage **message, struct arena *arena)
{
    json_t *object = json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    assert_non_null(object);
    *message = json_new_message(type, arena);
    struct outcome outcome = json_to_message(object, *message, arena);
    json_decref(object);
    return outcome;
}

static void names_may_be_those_of_json_or_of_the_proto(void **state)
{
    struct arena *arena = arena_new(BUDGET);
    ProtobufCMessage *message;
    (void)state;
    assert_true(is_ok(read_as(&onedoor__charging__pay__descriptor,
                              "{\"caseNumber\":\"17\",\"shown_fen\":5,\"method\":\"CASH\"}",
                              &message, arena)));
    const Onedoor__Charging__Pay *pay = (const Onedoor__Charging__Pay *)message;
    assert_int_equal(17, pay->case_number);
    assert_int_equal(5, pay->shown_fen);
    assert_int_equal(ONEDOOR__CHARGING__METHOD__CASH, pay->method);
    arena_free(&arena);
}

static void what_the_mapping_does_not_allow_is_refused_by_name(void **state)
{
    static const struct {
        const char *json, *field;
        int reason;
    } cases[] = {
        {"[]", "", ONEDOOR__REASON__MALFORMED},
        {"\"x\"", "", ONEDOOR__REASON__MALFORMED},
        {"{\"bogus\":1}", "bogus", ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_FIELD},
        {"{\"applicant\":{\"bogus\":1}}", "applicant.bogus",
         ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_FIELD},
        {"{\"fastLane\":true,\"fast_lane\":false}", "fast_lane", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"item\":7}", "item", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"item\":\"a\\u0007\"}", "item", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"item\":\"a\\u007f\"}", "item", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"fastLane\":\"true\"}", "fastLane", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"fastLane\":1}", "fastLane", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"channel\":\"BY_PIGEON\"}", "channel", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"channel\":\"CHANNEL_UNSPECIFIED\"}", "channel", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"channel\":0}", "channel", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"channel\":99}", "channel", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"channel\":true}", "channel", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"applicant\":\"he\"}", "applicant", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"applicant\":{\"name\":null,\"kind\":3}}", "applicant.kind",
         ONEDOOR__REASON__FIELD_INVALID},
        {"{\"materials\":{}}", "materials", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"materials\":[{\"seq\":1},{\"seq\":1.5}]}", "materials[1].seq",
         ONEDOOR__REASON__FIELD_INVALID},
        {"{\"materials\":[{\"seq\":2147483648}]}", "materials[0].seq",
         ONEDOOR__REASON__FIELD_INVALID},
        {"{\"materials\":[{\"seq\":-2147483649}]}", "materials[0].seq",
         ONEDOOR__REASON__FIELD_INVALID},
        {"{\"materials\":[null]}", "materials[0]", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"facts\":[{\"units\":\"9223372036854775808\"}]}", "facts[0].units",
         ONEDOOR__REASON__FIELD_INVALID},
        {"{\"facts\":[{\"units\":\"\"}]}", "facts[0].units", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"facts\":[{\"units\":\"1 \"}]}", "facts[0].units", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"facts\":[{\"units\":\"+1\"}]}", "facts[0].units", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"facts\":[{\"units\":1e300}]}", "facts[0].units", ONEDOOR__REASON__FIELD_INVALID},
        {"{\"facts\":[{\"units\":[]}]}", "facts[0].units", ONEDOOR__REASON__FIELD_INVALID},
    };
    struct arena *arena = arena_new(BUDGET);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ProtobufCMessage *message;
        struct outcome outcome =
            read_as(&onedoor__intake__submit__descriptor, cases[i].json, &message, arena);
        assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, outcome.code);
        if ((int)outcome.reason != cases[i].reason || strcmp(outcome.field, cases[i].field) != 0)
            fail_msg("%s: reason %d at '%s'", cases[i].json, (int)outcome.reason, outcome.field);
    }
    arena_free(&arena);
}

static void a_body_with_too_many_elements_is_refused(void **state)
{
    struct arena *arena = arena_new(BUDGET);
    ProtobufCMessage *message = json_new_message(&onedoor__intake__submit__descriptor, arena);
    json_t *list = json_array(), *object = json_object();
    (void)state;
    for (int i = 0; i <= JSON_ELEMENTS_MAX; i++)
        json_array_append_new(list, json_object());
    json_object_set_new(object, "materials", list);
    struct outcome outcome = json_to_message(object, message, arena);
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, outcome.code);
    assert_string_equal("materials", outcome.field);
    json_decref(object);
    arena_free(&arena);
}

static void bytes_are_base64_of_either_alphabet(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {{"+/8=", true}, {"-_8", true}, {"-_8=", true},  {"+/8", true},
                 {"+/", false},  {"a", false},  {"%%%%", false}, {"+/8= ", false}};
    struct arena *arena = arena_new(BUDGET);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ProtobufCMessage *message;
        struct outcome outcome =
            read_as(&onedoor__envelope__descriptor,
                    arena_printf(arena, "{\"body\":\"%s\"}", cases[i].text), &message, arena);
        assert_int_equal(cases[i].good, is_ok(outcome));
        if (cases[i].good)
            assert_memory_equal("\xfb\xff", ((const Onedoor__Envelope *)message)->body.data, 2);
    }
    arena_free(&arena);
}

/* ---- the memory of values */

static void the_values_of_a_text_end_together(void **state)
{
    json_t *before = json_string("made before");
    (void)state;
    for (int i = 0; i < 3; i++) {
        json_values_begin();
        const json_t *object = json_loads("{\"item\":\"CUL-01\",\"list\":[1,2,{}]}", 0, NULL);
        assert_string_equal("CUL-01", json_string_value(json_object_get(object, "item")));
        assert_int_equal(3, json_array_size(json_object_get(object, "list")));
        json_values_end();
    }
    assert_string_equal("made before", json_string_value(before));
    json_decref(before);
}

static void a_text_of_too_many_values_is_not_parsed(void **state)
{
    enum { EMPTY = sizeof "{}," - 1, OBJECTS = 100000 };
    char *text = malloc(OBJECTS * EMPTY + 3), *at = text;
    (void)state;
    assert_non_null(text);
    *at++ = '[';
    for (int i = 0; i < OBJECTS; i++)
        at = stpcpy(at, "{},");
    strcpy(at - 1, "]");
    json_values_begin();
    const json_t *too_many = json_loads(text, 0, NULL);
    json_values_end();
    assert_null(too_many);
    json_values_begin();
    const json_t *few = json_loads("[{}]", 0, NULL);
    assert_int_equal(1, json_array_size(few));
    json_values_end();
    free(text);
}

/* ---- text of paths */

static void a_path_gives_fields_of_every_plain_type(void **state)
{
    static const struct {
        const ProtobufCMessageDescriptor *type;
        const char *field, *text;
        bool good;
    } cases[] = {
        {&onedoor__intake__check__descriptor, "case_number", "2611230000017", true},
        {&onedoor__intake__check__descriptor, "case_number", "261123-000001-7", true},
        {&onedoor__intake__check__descriptor, "case_number", "261123-000001-8", false},
        {&onedoor__intake__check__descriptor, "case_number", "5-", false},
        {&onedoor__reporting__search__descriptor, "limit", "5e2", true},
        {&onedoor__reporting__search__descriptor, "item", "CUL-01\r\n", true},
        {&onedoor__reporting__search__descriptor, "item", "CUL\x1b-01", false},
        {&onedoor__intake__check__descriptor, "case_number", "", false},
        {&onedoor__reporting__search__descriptor, "overdue", "true", true},
        {&onedoor__reporting__search__descriptor, "overdue", "yes", false},
        {&onedoor__reporting__rollup__descriptor, "by", "BY_ITEM", true},
        {&onedoor__reporting__rollup__descriptor, "by", "BY_MOON", false},
        {&onedoor__reporting__search__descriptor, "item", "CUL-01", true},
        {&onedoor__reporting__search__descriptor, "item", "\xff\xfe", false},
        {&onedoor__reporting__search__descriptor, "limit", "99999999999", false},
    };
    struct arena *arena = arena_new(BUDGET);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ProtobufCMessage *message = json_new_message(cases[i].type, arena);
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(cases[i].type, cases[i].field);
        struct outcome outcome = json_from_text(cases[i].text, message, field, arena);
        if (is_ok(outcome) != cases[i].good)
            fail_msg("%s = '%s'", cases[i].field, cases[i].text);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_of_the_wire_comes_back),
        cmocka_unit_test(every_type_of_the_api_comes_back),
        cmocka_unit_test(names_may_be_those_of_json_or_of_the_proto),
        cmocka_unit_test(what_the_mapping_does_not_allow_is_refused_by_name),
        cmocka_unit_test(a_body_with_too_many_elements_is_refused),
        cmocka_unit_test(bytes_are_base64_of_either_alphabet),
        cmocka_unit_test(the_values_of_a_text_end_together),
        cmocka_unit_test(a_text_of_too_many_values_is_not_parsed),
        cmocka_unit_test(a_path_gives_fields_of_every_plain_type),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
