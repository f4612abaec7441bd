/* SPDX-License-Identifier: Apache-2.0 */
/* Who may submit what, and what a malformed application is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/case_number.h"
#include "services/intake/cases.h"
#include "services/intake/slip_code.h"
#include "tests/world/intake_desk.h"

/* RULE H1: any window of the right department; RULE L32.2, H6: the wrong one says which is right.
 */
static void a_case_is_taken_in_by_its_department_or_the_consultation_desk(void **state)
{
    struct world *hall = *state;
    const struct actor wrong_window = {"t15", ONEDOOR__ROLE__WINDOW_CLERK, "TRA", 10},
                       no_window = {"t15", ONEDOOR__ROLE__WINDOW_CLERK, "TRA", 77};
    struct application application;
    apply_with(hall, &application, "TRA-01", 99);
    struct outcome outcome = submit(hall, &SAN_CLERK, &application, NULL);
    assert_refused(OTHER_DEPARTMENT, outcome);
    assert_non_null(strstr(outcome.detail, "交通局"));
    assert_refused(UNKNOWN_WINDOW, submit(hall, &wrong_window, &application, NULL));
    assert_refused(UNKNOWN_WINDOW, submit(hall, &no_window, &application, NULL));
    assert_refused(NOT_ALLOWED, submit(hall, &CASHIER, &application, NULL));
    assert_int_equal(0, world_count(hall, "intake", &intake_case_table));
    assert_done(submit(hall, &DESK, &application, NULL));
    assert_done(submit(hall, &TRA_CLERK, &application, NULL));
}

/* RULE L29: electronically too; a clerk checks it. RULE H9: the fast lane is the hall's to give. */
static void what_the_public_sends_waits_for_a_clerk(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    assert_refused(NOT_ALLOWED,
                   submit(hall, &PUBLIC, apply_with(hall, &application, "FPC-01", 99), NULL));
    application.submit.channel = ONEDOOR__INTAKE__CHANNEL__ONLINE;
    application.submit.fast_lane = true;
    assert_refused(NOT_ALLOWED, submit(hall, &PUBLIC, &application, NULL));
    application.submit.fast_lane = false;
    assert_done(submit(hall, &PUBLIC, &application, &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__RECEIVED, reply->state);
    assert_refused(NOT_ALLOWED, check_case(hall, &PUBLIC, reply->case_number, NULL));
    assert_done(check_case(hall, &FPC_CLERK, reply->case_number, NULL));
    assert_state(ACCEPTED, stored(hall, reply->case_number));
}

/* RULE H17, H21: what opens a case's progress is its own, and nobody can make one. */
static void a_case_has_a_code_for_its_slips(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *one, *other;
    const struct slip_key_row *key = world_row_at(hall, "intake", &intake_slip_key_table, 0);
    apply_with(hall, &application, "FPC-01", 99);
    assert_done(submit(hall, &FPC_CLERK, &application, &one));
    assert_done(submit(hall, &FPC_CLERK, &application, &other));
    assert_true(slip_code_read(key->key.data, one->code) == one->case_number);
    assert_true(slip_code_read(key->key.data, other->code) == other->case_number);
}

static void an_item_is_for_those_it_is_for(void **state)
{
    struct world *hall = *state;
    const struct actor statistics = {"x13", ONEDOOR__ROLE__WINDOW_CLERK, "STA", 13};
    struct application application;
    apply(&application, "FPC-01", ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION);
    assert_refused(APPLICANT_KIND, submit(hall, &FPC_CLERK, &application, NULL));
    apply(&application, "STA-01", ONEDOOR__INTAKE__APPLICANT_KIND__PERSON);
    assert_refused(APPLICANT_KIND, submit(hall, &statistics, &application, NULL));
    apply(&application, "STA-01", ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION);
    assert_done(submit(hall, &statistics, &application, NULL));
}

/* RULE L32.3: put right on the spot. */
static void a_wrong_identity_number_is_found_at_the_window(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99)->applicant.document = "110105194913310021";
    struct outcome outcome = submit(hall, &FPC_CLERK, &application, NULL);
    assert_refused(IDENTITY_INVALID, outcome);
    assert_string_equal("applicant.document", outcome.field);
    application.applicant.document = ORGANISATION;
    assert_refused(IDENTITY_INVALID, submit(hall, &FPC_CLERK, &application, NULL));
    application.applicant.document = "11010519491231002x";
    act_for(&application, "李四", "110105194913310021"); /* RULE L29 */
    outcome = submit(hall, &FPC_CLERK, &application, NULL);
    assert_refused(IDENTITY_INVALID, outcome);
    assert_string_equal("applicant.agent_document", outcome.field);
    application.applicant.agent_document = "440524188001010014";
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    const Onedoor__Intake__Applicant *person = applicant(hall, reply->case_number);
    assert_string_equal(CITIZEN, person->document); /* kept in capitals */
    assert_string_equal("李四", person->agent_name);
}

/* A penalty starts from the department that found the offence, and nothing else does. */
static void a_case_that_nobody_applies_for_is_begun_by_its_department(void **state)
{
    struct world *hall = *state;
    const struct actor clerk = {"x13", ONEDOOR__ROLE__WINDOW_CLERK, "STA", 13},
                       approver = {"x14", ONEDOOR__ROLE__APPROVER, "STA", 0},
                       other = {"c5", ONEDOOR__ROLE__APPROVER, "CON", 0};
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "STA-05", 99);
    assert_refused(BEGUN_BY_DEPARTMENT, submit(hall, &clerk, &application, NULL));
    assert_refused(BEGUN_BY_DEPARTMENT, submit(hall, &PUBLIC, &application, NULL));
    struct outcome outcome = submit(hall, &approver, &application, NULL);
    assert_refused(FIELD_INVALID, outcome);
    assert_string_equal("channel", outcome.field);
    application.submit.channel = ONEDOOR__INTAKE__CHANNEL__BY_DEPARTMENT;
    assert_refused(OTHER_DEPARTMENT, submit(hall, &other, &application, NULL));
    assert_done(submit(hall, &approver, &application, &reply));
    assert_int_equal(ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL, reply->state);
    apply_with(hall, &application, "FPC-02", 99);
    assert_refused(BEGUN_BY_DEPARTMENT, submit(hall, &approver, &application, NULL));
    application.submit.channel = ONEDOOR__INTAKE__CHANNEL__BY_DEPARTMENT;
    assert_refused(FIELD_INVALID, submit(hall, &FPC_CLERK, &application, NULL));
}

struct malformed {
    const char *field;
    void (*spoil)(struct application *);
};

static void no_item(struct application *a)
{
    a->submit.item = "";
}
static void no_applicant(struct application *a)
{
    a->submit.applicant = NULL;
}
static void no_name(struct application *a)
{
    a->applicant.name = "";
}
static void no_kind(struct application *a)
{
    a->applicant.kind = 0;
}
static void odd_phone(struct application *a)
{
    a->applicant.phone = "call me";
}
static void half_an_agent(struct application *a)
{
    act_for(a, "李四", "");
}
static void no_agents_phone(struct application *a)
{
    act_for(a, "李四", CITIZEN);
    a->applicant.agent_phone = "";
}
static void no_letter(struct application *a)
{
    act_for(a, "李四", CITIZEN);
    a->applicant.agent_letter = false;
}
static void no_note(struct application *a)
{
    a->applicant.document_kind = ONEDOOR__INTAKE__DOCUMENT_KIND__OTHER_DOCUMENT;
}
static void a_persons_representative(struct application *a)
{
    a->applicant.legal_representative = "李四";
}
static void nobody_in_charge(struct application *a)
{
    apply(a, "STA-01", ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION)
        ->applicant.legal_representative = "";
}
static void no_channel(struct application *a)
{
    a->submit.channel = 0;
}
static void no_copies(struct application *a)
{
    a->materials[0].copies = 0;
}
static void material_nought(struct application *a)
{
    a->materials[0].seq = 0;
}

static void a_malformed_application_is_told_where(void **state)
{
    static const struct malformed cases[] = {
        {"item", no_item},
        {"applicant", no_applicant},
        {"applicant.name", no_name},
        {"applicant.kind", no_kind},
        {"applicant.phone", odd_phone},
        {"applicant.agent_document", half_an_agent},
        {"applicant.agent_phone", no_agents_phone},
        {"applicant.agent_letter", no_letter},
        {"applicant.document_note", no_note},
        {"applicant.legal_representative", a_persons_representative},
        {"applicant.legal_representative", nobody_in_charge},
        {"channel", no_channel},
        {"materials[0].copies", no_copies},
        {"materials[0].seq", material_nought},
    };
    struct world *hall = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct application application;
        cases[i].spoil(apply_with(hall, &application, "FPC-01", 99));
        struct outcome outcome = submit(hall, &FPC_CLERK, &application, NULL);
        assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, outcome.code);
        assert_string_equal(cases[i].field, outcome.field);
    }
    assert_int_equal(0, world_count(hall, "intake", &intake_case_table));
}

static void what_the_hall_does_not_know_is_refused(void **state)
{
    struct world *hall = *state;
    struct application application;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_refused(UNKNOWN_ITEM, submit(hall, &FPC_CLERK, apply(&application, "FPC-99", 1), NULL));
    assert_refused(UNKNOWN_CASE,
                   check_case(hall, &FPC_CLERK, case_number_make(22, 1, 13, 99), NULL));
    assert_refused(UNKNOWN_CASE,
                   check_case(hall, &FPC_CLERK, number + 1, NULL)); /* a wrong check digit */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_case_is_taken_in_by_its_department_or_the_consultation_desk),
        HALL_TEST(what_the_public_sends_waits_for_a_clerk),
        HALL_TEST(a_case_has_a_code_for_its_slips),
        HALL_TEST(an_item_is_for_those_it_is_for),
        HALL_TEST(a_wrong_identity_number_is_found_at_the_window),
        HALL_TEST(a_case_that_nobody_applies_for_is_begun_by_its_department),
        HALL_TEST(a_malformed_application_is_told_where),
        HALL_TEST(what_the_hall_does_not_know_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
