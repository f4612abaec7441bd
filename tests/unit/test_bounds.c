/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/case_number.h"
#include "common/values/day.h"
#include "common/wire/bounds.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/supervision.pb-c.h"

#include <string.h>

static struct arena *arena;

/* A submission that is right, to be spoilt by a test. */
static Onedoor__Intake__Applicant applicant;
static Onedoor__Intake__MaterialIn material[2], *materials[2];
static Onedoor__Intake__Submit submit;

static int start(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    onedoor__intake__applicant__init(&applicant);
    applicant.kind = ONEDOOR__INTAKE__APPLICANT_KIND__PERSON;
    applicant.name = "王小明";
    applicant.document = "11010519491231002X";
    applicant.phone = "13800138000";
    for (int i = 0; i < 2; i++) {
        onedoor__intake__material_in__init(&material[i]);
        material[i].seq = i + 1;
        material[i].copies = 1;
        materials[i] = &material[i];
    }
    onedoor__intake__submit__init(&submit);
    submit.item = "CUL-01";
    submit.channel = ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    submit.applicant = &applicant;
    submit.materials = materials;
    submit.n_materials = 2;
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_fault(ProtobufCMessage *message, Onedoor__Reason reason, const char *field,
                         const char *detail)
{
    struct outcome outcome = bounds_apply(message, arena);
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, outcome.code);
    assert_int_equal(reason, outcome.reason);
    assert_string_equal(field, outcome.field);
    assert_string_equal(detail, outcome.detail);
}

#define assert_submit_fault(reason, field, detail)                                                 \
    assert_fault(&submit.base, ONEDOOR__REASON__##reason, field, detail)

static void a_right_request_passes(void **state)
{
    (void)state;
    assert_true(is_ok(bounds_apply(&submit.base, arena)));
}

static void what_is_required_is_missed(void **state)
{
    (void)state;
    submit.item = "";
    assert_submit_fault(FIELD_MISSING, "item", "must be given");
    submit.item = "CUL-01";
    submit.channel = 0;
    assert_submit_fault(FIELD_MISSING, "channel", "must be given");
    submit.channel = ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    submit.applicant = NULL;
    assert_submit_fault(FIELD_MISSING, "applicant", "must be given");
}

static void a_reason_for_what_is_missing_is_the_rows(void **state)
{
    Onedoor__Intake__Terminate terminate = ONEDOOR__INTAKE__TERMINATE__INIT;
    Onedoor__Charging__Waive waive = ONEDOOR__CHARGING__WAIVE__INIT;
    (void)state;
    terminate.case_number = waive.case_number = case_number_make(22, 1, 13, 1);
    waive.line = 1;
    assert_fault(&terminate.base, ONEDOOR__REASON__REASON_REQUIRED, "reason", "must be given");
    assert_fault(&waive.base, ONEDOOR__REASON__BASIS_REQUIRED, "basis", "must be given");
}

static void a_field_in_a_list_is_named_with_its_place(void **state)
{
    (void)state;
    material[1].copies = 100;
    assert_submit_fault(FIELD_INVALID, "materials[1].copies", "must be 1 to 99");
    material[1].copies = -1;
    assert_submit_fault(FIELD_INVALID, "materials[1].copies", "must be 1 to 99");
    material[1].copies = 0;
    assert_submit_fault(FIELD_MISSING, "materials[1].copies", "must be given");
    material[1].copies = 1;
    applicant.phone = "1234";
    assert_submit_fault(FIELD_INVALID, "applicant.phone", "must be 5 to 20 characters");
    applicant.phone = "没有电话号";
    assert_submit_fault(FIELD_INVALID, "applicant.phone", "must be digits, + and - alone");
}

static void a_list_has_its_size(void **state)
{
    Onedoor__Intake__Supplement supplement = ONEDOOR__INTAKE__SUPPLEMENT__INIT;
    Onedoor__Intake__MaterialIn *many[65];
    (void)state;
    for (size_t i = 0; i < 65; i++)
        many[i] = &material[0];
    supplement.case_number = case_number_make(22, 1, 13, 1);
    Onedoor__Intake__PrintSlip print = ONEDOOR__INTAKE__PRINT_SLIP__INIT;
    print.case_number = supplement.case_number;
    print.slip = ONEDOOR__INTAKE__SLIP__ACCEPTANCE_NOTICE;
    assert_fault(&print.base, ONEDOOR__REASON__FIELD_MISSING, "lines", "must be given");
    supplement.materials = many;
    supplement.n_materials = 65;
    assert_fault(&supplement.base, ONEDOOR__REASON__FIELD_INVALID, "materials",
                 "must have 0 to 64 elements");
    supplement.n_materials = 64;
    assert_true(is_ok(bounds_apply(&supplement.base, arena)));
}

static char *han(char *text, size_t characters)
{
    text[0] = '\0';
    for (size_t i = 0; i < characters; i++)
        strcpy(text + strlen("汉") * i, "汉");
    return text;
}

/* A name of 120 characters has 360 bytes. */
static void limits_count_characters(void **state)
{
    char text[500];
    (void)state;
    applicant.name = han(text, 120);
    assert_true(is_ok(bounds_apply(&submit.base, arena)));
    applicant.name = han(text, 121);
    assert_submit_fault(FIELD_INVALID, "applicant.name", "must be 1 to 120 characters");
}

static void a_text_is_tidied_before_it_is_judged(void **state)
{
    (void)state;
    submit.item = "\u3000CUL-01 ";
    submit.summary = "第一行\r\n第二行";
    applicant.name = "王\u3000小\u200b明\r\n";
    applicant.document = "身份证号：110105-19491231-002x";
    applicant.phone = "+86 138 0013 8000";
    applicant.address = "　朝阳区　建国路１号 ";
    assert_true(is_ok(bounds_apply(&submit.base, arena)));
    assert_string_equal("CUL-01", submit.item);
    assert_string_equal("第一行 第二行", submit.summary);
    assert_string_equal("王小明", applicant.name);
    assert_string_equal("11010519491231002X", applicant.document);
    assert_string_equal("13800138000", applicant.phone);
    assert_string_equal("朝阳区 建国路１号", applicant.address);
}

/* In each of the texts of several lines, and each that has its own reason. */
static void white_space_alone_is_nothing(void **state)
{
    static char *const blanks[] = {" ", "\u3000", "\u200b", "\u00a0\u3000\r\n\t", "\u202e\u3164"};
    Onedoor__Intake__Terminate terminate = ONEDOOR__INTAKE__TERMINATE__INIT;
    (void)state;
    terminate.case_number = case_number_make(22, 1, 13, 1);
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        applicant.name = blanks[i];
        assert_submit_fault(FIELD_MISSING, "applicant.name", "must be given");
        terminate.reason = blanks[i];
        assert_fault(&terminate.base, ONEDOOR__REASON__REASON_REQUIRED, "reason", "must be given");
    }
}

static void control_and_direction_characters_are_refused(void **state)
{
    static char *const names[] = {"王\u202e小明", "王\x7f小明", "王\x01小明", "王\ufff9小明"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        applicant.name = names[i];
        assert_submit_fault(FIELD_INVALID, "applicant.name",
                            "must have no control or direction characters");
    }
}

/* Too long is refused, not cut; what goes by tidying does not count. */
static void nothing_is_cut(void **state)
{
    char text[1000] = "\u3000", *inner = text + strlen(text);
    (void)state;
    applicant.name = text;
    strcat(han(inner, 120), "\u3000\u200b");
    assert_true(is_ok(bounds_apply(&submit.base, arena)));
    assert_int_equal(120 * strlen("汉"), strlen(applicant.name));
    applicant.name = han(text, 121);
    assert_submit_fault(FIELD_INVALID, "applicant.name", "must be 1 to 120 characters");
    assert_int_equal(121 * strlen("汉"), strlen(applicant.name));
}

static void a_case_has_its_check_digit(void **state)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    Onedoor__Supervision__ListCards cards = ONEDOOR__SUPERVISION__LIST_CARDS__INIT;
    static const char detail[] = "no case has this number: its check digit is wrong";
    (void)state;
    assert_fault(&check.base, ONEDOOR__REASON__FIELD_MISSING, "case_number", "must be given");
    check.case_number = cards.case_number = case_number_make(22, 1, 13, 1) + 1;
    assert_fault(&check.base, ONEDOOR__REASON__UNKNOWN_CASE, "case_number", detail);
    assert_fault(&cards.base, ONEDOOR__REASON__UNKNOWN_CASE, "case_number", detail);
    check.case_number = INT64_MIN;
    assert_fault(&check.base, ONEDOOR__REASON__UNKNOWN_CASE, "case_number", detail);
    cards.case_number = 0; /* any */
    assert_true(is_ok(bounds_apply(&cards.base, arena)));
}

static void an_instant_is_one_of_the_calendar(void **state)
{
    Onedoor__Charging__GetTakings takings = ONEDOOR__CHARGING__GET_TAKINGS__INIT;
    (void)state;
    takings.to_ms = INSTANT_MAX_MS;
    assert_true(is_ok(bounds_apply(&takings.base, arena)));
    takings.to_ms = INSTANT_MAX_MS + 1;
    assert_fault(&takings.base, ONEDOOR__REASON__FIELD_INVALID, "to_ms",
                 "is no instant of the calendar");
    takings.from_ms = -1;
    assert_fault(&takings.base, ONEDOOR__REASON__FIELD_INVALID, "from_ms",
                 "is no instant of the calendar");
}

static void an_enum_has_a_value_that_is_offered(void **state)
{
    Onedoor__Supervision__AnswerCard answer = ONEDOOR__SUPERVISION__ANSWER_CARD__INIT;
    (void)state;
    answer.case_number = case_number_make(22, 1, 13, 1);
    answer.answer = "今日办结";
    answer.level = ONEDOOR__SUPERVISION__LEVEL__RED;
    assert_true(is_ok(bounds_apply(&answer.base, arena)));
    answer.level = ONEDOOR__SUPERVISION__LEVEL__NOTICE;
    assert_fault(&answer.base, ONEDOOR__REASON__FIELD_INVALID, "level", "no such value");
    submit.channel = 99;
    assert_submit_fault(FIELD_INVALID, "channel", "no such value");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_right_request_passes, start, end),
        cmocka_unit_test_setup_teardown(what_is_required_is_missed, start, end),
        cmocka_unit_test_setup_teardown(a_reason_for_what_is_missing_is_the_rows, start, end),
        cmocka_unit_test_setup_teardown(a_field_in_a_list_is_named_with_its_place, start, end),
        cmocka_unit_test_setup_teardown(a_list_has_its_size, start, end),
        cmocka_unit_test_setup_teardown(limits_count_characters, start, end),
        cmocka_unit_test_setup_teardown(a_text_is_tidied_before_it_is_judged, start, end),
        cmocka_unit_test_setup_teardown(white_space_alone_is_nothing, start, end),
        cmocka_unit_test_setup_teardown(control_and_direction_characters_are_refused, start, end),
        cmocka_unit_test_setup_teardown(nothing_is_cut, start, end),
        cmocka_unit_test_setup_teardown(a_case_has_its_check_digit, start, end),
        cmocka_unit_test_setup_teardown(an_instant_is_one_of_the_calendar, start, end),
        cmocka_unit_test_setup_teardown(an_enum_has_a_value_that_is_offered, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
