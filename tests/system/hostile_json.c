/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/system/hostile_json.h"

#include "services/gateway/api/json.h"

enum { MANY = 70 };

static const char *const odd_values[] = {"null",
                                         "[]",
                                         "{}",
                                         "\"\"",
                                         "true",
                                         "-1",
                                         "1e999",
                                         "-0.0",
                                         "0.5",
                                         "9223372036854775808",
                                         "\"-9223372036854775808\"",
                                         "123456789012345678901234567890",
                                         "\"\\u0000\"",
                                         "\"\\ud800\"",
                                         "\"\\uffff\\u202e\"",
                                         "\"\xff\xfe\"",
                                         "\"\xed\xa0\x80\"",
                                         "\"\xc0\xaf\"",
                                         "{\"a\":1,\"a\":2}",
                                         "[[[[[[[[[[]]]]]]]]]]",
                                         "NaN",
                                         "'x'",
                                         "\"",
                                         "\"'; drop table people; --\"",
                                         "\"%s%n%x\"",
                                         "\"a\\tb\\nc\\rd\""};

static const char *const numbers[] = {"0",
                                      "1",
                                      "2",
                                      "12",
                                      "100",
                                      "501",
                                      "-1",
                                      "32768",
                                      "2147483647",
                                      "\"1000\"",
                                      "\"9223372036854775807\"",
                                      "1.0",
                                      "19000"};

/* Values that pass for a field of this name. */
static const struct {
    const char *field, *value;
} liked[] = {
    {"item", "CUL-01"},       {"department", "CUL"},   {"document", "11010519491231002X"},
    {"phone", "13800138000"}, {"name", "fuzz"},        {"password", "a password of nobody"},
    {"fee", "FEE-CUL-01"},    {"last_four", "002X"},   {"next", "another password"},
    {"search", "印刷"},       {"form", "original"},    {"state", "closed"},
    {"after", "fuzz"},        {"assignee", "approver"}};

static const char *const texts[] = {
    "x",
    "王小明",
    "",
    "CUL-02",
    "\\\"quoted\\\"",
    "文化",
    "a-very-long-name-that-goes-on-for-longer-than-any-name-should"};

static void add_text(struct text *text, struct dice *dice, const char *field)
{
    for (size_t i = 0; i < sizeof liked / sizeof liked[0] && !one_in(dice, 5); i++)
        if (strcmp(liked[i].field, field) == 0) {
            add(text, "%s", liked[i].value);
            return;
        }
    if (one_in(dice, 20))
        add_many(text, 'w', roll(dice, 2000));
    else
        add(text, "%s", ONE_OF(dice, texts));
}

static void add_enum(struct text *text, struct dice *dice, const ProtobufCEnumDescriptor *type)
{
    if (one_in(dice, 8))
        add(text, "%d", (int)roll(dice, 40) - 2);
    else
        add(text, "\"%s\"", type->values[roll(dice, type->n_values)].name);
}

void hostile_json_value(struct text *text, struct dice *dice, const struct sender *sender,
                        const ProtobufCFieldDescriptor *field, int depth)
{
    if (one_in(dice, 12)) {
        add(text, "%s", ONE_OF(dice, odd_values));
        return;
    }
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        add(text, one_in(dice, 2) ? "true" : "false");
        return;
    case PROTOBUF_C_TYPE_ENUM:
        add_enum(text, dice, field->descriptor);
        return;
    case PROTOBUF_C_TYPE_MESSAGE:
        hostile_json_message(text, dice, sender, field->descriptor, depth - 1);
        return;
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
        add(text, "\"");
        add_text(text, dice, field->name);
        add(text, "\"");
        return;
    default:
        add(text, "%s",
            strcmp(field->name, "case_number") == 0 ? sender->case_number : ONE_OF(dice, numbers));
    }
}

static void add_field(struct text *text, struct dice *dice, const struct sender *sender,
                      const ProtobufCFieldDescriptor *field, int depth)
{
    char name[JSON_NAME_SIZE];
    add(text, "\"%s\":", one_in(dice, 6) ? field->name : json_name(field, name));
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
        hostile_json_value(text, dice, sender, field, depth);
        return;
    }
    uint64_t n = one_in(dice, 30) ? MANY : roll(dice, 4);
    add(text, "[");
    for (uint64_t i = 0; i < n; i++) {
        add(text, i == 0 ? "" : ",");
        hostile_json_value(text, dice, sender, field, depth);
    }
    add(text, "]");
}

void hostile_json_message(struct text *text, struct dice *dice, const struct sender *sender,
                          const ProtobufCMessageDescriptor *type, int depth)
{
    bool first = true;
    add(text, "{");
    for (unsigned i = 0; i < type->n_fields && depth > 0; i++) {
        if (one_in(dice, 8))
            continue;
        add(text, first ? "" : ",");
        add_field(text, dice, sender, &type->fields[i], depth);
        first = false;
    }
    if (one_in(dice, 20))
        add(text, "%s\"constructor\":%s", first ? "" : ",", ONE_OF(dice, odd_values));
    add(text, "}");
}
