/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as text: whatever way a message was packed, its fields are written in order, with their
 * defaults, exactly, and escaped as JSON wants it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onedoor/envelope.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/gateway/api/json.h"

static void defaults_are_written_and_absent_messages_are_not(void **state)
{
    Onedoor__Intake__GetGuideReply reply = ONEDOOR__INTAKE__GET_GUIDE_REPLY__INIT;
    size_t size;
    char *text = json_of_message(&reply.base, &size);
    json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    (void)state;
    assert_null(json_object_get(object, "item"));
    assert_string_equal("", json_string_value(json_object_get(object, "departmentZh")));
    assert_int_equal(0, json_array_size(json_object_get(object, "windows")));
    assert_true(json_is_array(json_object_get(object, "windows")));
    json_decref(object);
    free(text);
}

static void text_is_escaped_as_json_wants_it(void **state)
{
    static const char written[] = "{\"item\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f"
                                  "图\",\"version\":0}";
    Onedoor__Intake__GetGuide message = ONEDOOR__INTAKE__GET_GUIDE__INIT;
    Onedoor__Done nothing = ONEDOOR__DONE__INIT;
    size_t size;
    (void)state;
    message.item = "\"\\/\b\f\n\r\t\x01\x1f\x7f图";
    char *text = json_of_message(&message.base, &size);
    assert_string_equal(written, text);
    assert_int_equal(sizeof written - 1, size);
    free(text);
    text = json_of_message(&nothing.base, &size);
    assert_string_equal("{}", text);
    free(text);
}

/* Fields come in any order, lists in one run or element by element, and a newer peer has more. */
static void what_is_packed_is_written_however_it_was_packed(void **state)
{
    static const struct {
        const ProtobufCMessageDescriptor *type;
        struct bytes packed;
        const char *part; /* of what is written; null: it is malformed */
    } cases[] = {
#define PACKED(text) {(const unsigned char *)(text), sizeof(text) - 1}
        {&onedoor__intake__get_guide__descriptor, PACKED("\x0a\x02OK\x10\x07"),
         "{\"item\":\"OK\",\"version\":7}"},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x10\x07\x78\x01\x0a\x02OK"),
         "{\"item\":\"OK\",\"version\":7}"},
        {&onedoor__intake__get_guide__descriptor, PACKED(""), "{\"item\":\"\",\"version\":0}"},
        {&onedoor__intake__get_guide__descriptor,
         PACKED("\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "\"version\":-1}"},
        {&onedoor__intake__get_guide_reply__descriptor, PACKED("\x22\x02\x01\x02"),
         "\"windows\":[1,2]"},
        {&onedoor__intake__get_guide_reply__descriptor,
         PACKED("\x20\x01\x1a\x01x\x22\x02\x02\x03\x20\x04"), "\"windows\":[1,2,3,4]"},
        {&onedoor__intake__get_guide_reply__descriptor, PACKED("\x22\x00\x22\x01\x05\x22\x00"),
         "\"windows\":[5]"},
        {&onedoor__intake__get_guide_reply__descriptor, PACKED("\x20\x01\x78\x01\x20\x02"),
         "\"windows\":[1,2]"},
        {&onedoor__intake__get_guide__descriptor,
         PACKED("\x78\x01\x10\x07\x10\x08\x0a\x01\"\x0a\x00"), "{\"item\":\"\",\"version\":8}"},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x10\x07\x08\x01\x0a\x02OK"), NULL},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x10\x07\x0a\x02OK\x10"), NULL},
        {&onedoor__routing__list_tasks_reply__descriptor,
         PACKED("\x18\x02\x0a\x04\x12\x00\x08\x01\x12\x01n\x0a\x00"),
         "{\"tasks\":["
         "{\"caseNumber\":\"1\",\"item\":\"\",\"fastLane\":false,\"dueMs\":\"0\",\"remainingMin\":"
         "0,\"first\":\"TERM_UNSPECIFIED\",\"firstDueMs\":\"0\",\"provisional\":false},"
         "{\"caseNumber\":\"0\",\"item\":\"\",\"fastLane\":false,\"dueMs\":\"0\",\"remainingMin\":"
         "0,\"first\":\"TERM_UNSPECIFIED\",\"firstDueMs\":\"0\",\"provisional\":false}"
         "],\"next\":\"n\",\"total\":\"2\"}"},
        {&onedoor__intake__get_guide_reply__descriptor, PACKED("\x0a\x01\x08\x0a\x00"), NULL},
        {&onedoor__routing__list_tasks_reply__descriptor, PACKED("\x18\x02\x0a\x01\x08\x12\x01n"),
         NULL},
        {&onedoor__intake__get_guide_reply__descriptor, PACKED("\x22\x02\x01\x82"), NULL},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x0a\x03OK"), NULL},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x08\x03"), NULL},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x00\x03"), NULL},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x0b"), NULL},
        {&onedoor__intake__get_guide__descriptor, PACKED("\x10\xff"), NULL},
#undef PACKED
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t size;
        char *text = json_of_packed(cases[i].type, cases[i].packed, &size);
        if (cases[i].part == NULL)
            assert_null(text);
        else if (text == NULL || strstr(text, cases[i].part) == NULL)
            fail_msg("%zu: %s is not in %s", i, cases[i].part, text == NULL ? "null" : text);
        free(text);
    }
}

/* A type of one field of each plain type, which no message of the hall has. */
static const ProtobufCMessageDescriptor *every_plain_type(void)
{
#define FIELD(number, its_name, its_type, its_descriptor)                                          \
    {                                                                                              \
        .name = (its_name), .id = (number), .type = PROTOBUF_C_TYPE_##its_type,                    \
        .descriptor = (its_descriptor)                                                             \
    }
    static const ProtobufCFieldDescriptor fields[] = {
        FIELD(1, "int32", INT32, NULL),
        FIELD(2, "sint32", SINT32, NULL),
        FIELD(3, "sfixed32", SFIXED32, NULL),
        FIELD(4, "int64", INT64, NULL),
        FIELD(5, "sint64", SINT64, NULL),
        FIELD(6, "sfixed64", SFIXED64, NULL),
        FIELD(7, "uint32", UINT32, NULL),
        FIELD(8, "fixed32", FIXED32, NULL),
        FIELD(9, "uint64", UINT64, NULL),
        FIELD(10, "fixed64", FIXED64, NULL),
        FIELD(11, "float", FLOAT, NULL),
        FIELD(12, "double", DOUBLE, NULL),
        FIELD(13, "bool", BOOL, NULL),
        FIELD(14, "enum", ENUM, &onedoor__intake__channel__descriptor),
        FIELD(15, "string", STRING, NULL),
        FIELD(16, "bytes", BYTES, NULL),
        FIELD(17, "message", MESSAGE, &onedoor__done__descriptor),
        FIELD(18, "a_name_that_is_as_long_as_no_name_of_a_field_ever_was_before_or_will_be", ENUM,
              &onedoor__intake__channel__descriptor),
    };
#undef FIELD
    enum { FIELDS = sizeof fields / sizeof fields[0] };
    static const ProtobufCIntRange ids[] = {{1, 0}, {0, FIELDS}};
    static const ProtobufCMessageDescriptor type = {
        .magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC,
        .n_fields = FIELDS,
        .fields = fields,
        .n_field_ranges = 1,
        .field_ranges = ids,
    };
    return &type;
}

#define ALL_BUT_THE_LAST                                                                           \
    "{\"int32\":0,\"sint32\":0,\"sfixed32\":0,"                                                    \
    "\"int64\":\"0\",\"sint64\":\"0\",\"sfixed64\":\"0\","                                         \
    "\"uint32\":0,\"fixed32\":0,\"uint64\":\"0\",\"fixed64\":\"0\","                               \
    "\"float\":0,\"double\":0,\"bool\":false,\"enum\":\"CHANNEL_UNSPECIFIED\","                    \
    "\"string\":\"\",\"bytes\":\"\",\"aNameThatIsAsLongAsNoNameOfAFieldEverWasBeforeOrWillBe\":"

static void every_plain_type_is_written_and_its_default(void **state)
{
    static const struct {
        struct bytes packed;
        const char *part;
    } cases[] = {
#define PACKED(text) {(const unsigned char *)(text), sizeof(text) - 1}
        {PACKED(""), ALL_BUT_THE_LAST "\"CHANNEL_UNSPECIFIED\"}"},
        {PACKED("\x90\x01\x14"), ALL_BUT_THE_LAST "\"AT_WINDOW\"}"},
        {PACKED("\x08\xfb\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "{\"int32\":-5,"},
        {PACKED("\x10\x09"), "\"sint32\":-5,"},
        {PACKED("\x1d\xfb\xff\xff\xff"), "\"sfixed32\":-5,"},
        {PACKED("\x20\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"),
         "\"int64\":\"-9223372036854775808\","},
        {PACKED("\x28\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
         "\"sint64\":\"-9223372036854775808\","},
        {PACKED("\x31\xfb\xff\xff\xff\xff\xff\xff\xff"), "\"sfixed64\":\"-5\","},
        {PACKED("\x38\xff\xff\xff\xff\x0f"), "\"uint32\":4294967295,"},
        {PACKED("\x45\xff\xff\xff\xff"), "\"fixed32\":4294967295,"},
        {PACKED("\x48\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
         "\"uint64\":\"18446744073709551615\","},
        {PACKED("\x51\xff\xff\xff\xff\xff\xff\xff\xff"), "\"fixed64\":\"18446744073709551615\","},
        {PACKED("\x5d\x00\x00\xc0\xbf"), "\"float\":-1.5,"},
        {PACKED("\x5d\x00\x00\xc0\x7f"), "\"float\":\"NaN\","},
        {PACKED("\x61\x00\x00\x00\x00\x00\x00\xf0\xff"), "\"double\":\"-Infinity\","},
        {PACKED("\x61\x00\x00\x00\x00\x00\x00\xf0\x7f"), "\"double\":\"Infinity\","},
        {PACKED("\x61\x9a\x99\x99\x99\x99\x99\xb9\x3f"), "\"double\":0.10000000000000001,"},
        {PACKED("\x68\x01"), "\"bool\":true,"},
        {PACKED("\x70\x63"), "\"enum\":99,"},
        {PACKED("\x7a\x01\x07"), "\"string\":\"\\u0007\","},
        {PACKED("\x82\x01\x02\xfb\xff"), "\"bytes\":\"+/8=\","},
        {PACKED("\x8a\x01\x00"), "\"bytes\":\"\",\"message\":{},\"a"},
        {PACKED("\x1d\xfb\xff\xff"), NULL},
        {PACKED("\x31\xfb\xff\xff\xff\xff\xff\xff"), NULL},
        {PACKED("\x18\x01"), NULL},
#undef PACKED
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t size;
        char *text = json_of_packed(every_plain_type(), cases[i].packed, &size);
        if (cases[i].part == NULL)
            assert_null(text);
        else if (text == NULL || strstr(text, cases[i].part) == NULL)
            fail_msg("%zu: %s is not in %s", i, cases[i].part, text == NULL ? "null" : text);
        free(text);
    }
}

static void numbers_of_every_length_are_exact(void **state)
{
    uint64_t power = 1;
    (void)state;
    for (int digits = 1; digits <= 19; digits++, power *= 10)
        for (int over = -1; over <= 1; over++)
            for (int sign = -1; sign <= 1; sign += 2) {
                Onedoor__Intake__GetProgress message = ONEDOOR__INTAKE__GET_PROGRESS__INIT;
                char wanted[80];
                size_t size;
                message.case_number = sign * ((int64_t)power + over);
                snprintf(wanted, sizeof wanted, "{\"caseNumber\":\"%lld\"}",
                         (long long)message.case_number);
                char *text = json_of_message(&message.base, &size);
                assert_string_equal(wanted, text);
                free(text);
            }
}

/* Texts are looked at by the word. */
static void an_escape_is_found_wherever_it_stands(void **state)
{
    enum { LONGEST = 40 };
    static const struct {
        char c;
        const char *escape;
    } cases[] = {{'"', "\\\""},       {'\\', "\\\\"},   {'\n', "\\n"},    {'\x01', "\\u0001"},
                 {'\x1f', "\\u001f"}, {'\x20', "\x20"}, {'\x21', "\x21"}, {'#', "#"},
                 {'\x7f', "\x7f"},    {'\x80', "\x80"}, {'\xff', "\xff"}};
    static const char fillers[] = {'a', ' ', '\xa2', '\xff'};
    (void)state;
    for (int n = 1; n <= LONGEST; n++)
        for (int at = 0; at < n; at++)
            for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
                Onedoor__Intake__GetGuide message = ONEDOOR__INTAKE__GET_GUIDE__INIT;
                char item[LONGEST + 1], wanted[2 * LONGEST + 32];
                size_t size;
                memset(item, fillers[(n + at) % 4], (size_t)n);
                item[n] = '\0';
                snprintf(wanted, sizeof wanted, "{\"item\":\"%.*s%s%s\",\"version\":0}", at, item,
                         cases[i].escape, item + at + 1);
                item[at] = cases[i].c;
                message.item = item;
                char *text = json_of_message(&message.base, &size);
                assert_string_equal(wanted, text);
                assert_int_equal(size, strlen(wanted));
                free(text);
            }
}

/* Where the answer is written grows as it must: wherever that is, nothing is lost. */
static void an_answer_is_whole_whatever_its_length(void **state)
{
    enum { LONGEST = 3000, STEP = 7 };
    static char name[LONGEST + 1], wanted[2 * LONGEST + 256];
    (void)state;
    for (size_t n = 0; n + STEP <= LONGEST; n += STEP) {
        int32_t windows[LONGEST / STEP];
        Onedoor__Intake__GetGuideReply message = ONEDOOR__INTAKE__GET_GUIDE_REPLY__INIT;
        char *at = stpcpy(stpcpy(wanted, "{\"materials\":[],\"departmentZh\":\""), name);
        at = stpcpy(at, "\",\"windows\":[");
        size_t size;
        message.department_zh = name;
        message.windows = windows;
        message.n_windows = n / STEP;
        for (size_t i = 0; i < message.n_windows; i++) {
            windows[i] = 100 - (int32_t)i;
            at += sprintf(at, "%s%d", i == 0 ? "" : ",", windows[i]);
        }
        strcpy(at, "],\"conditions\":\"\",\"basis\":\"\",\"decision\":\"\",\"decisionDay\":0}");
        char *text = json_of_message(&message.base, &size);
        assert_string_equal(wanted, text);
        assert_int_equal(size, strlen(wanted));
        free(text);
        memset(name + n, 'x', STEP);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_written_and_absent_messages_are_not),
        cmocka_unit_test(text_is_escaped_as_json_wants_it),
        cmocka_unit_test(what_is_packed_is_written_however_it_was_packed),
        cmocka_unit_test(every_plain_type_is_written_and_its_default),
        cmocka_unit_test(numbers_of_every_length_are_exact),
        cmocka_unit_test(an_escape_is_found_wherever_it_stands),
        cmocka_unit_test(an_answer_is_whole_whatever_its_length),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
