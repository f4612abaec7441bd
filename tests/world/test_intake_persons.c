/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever may lawfully apply is taken in: by any document, under his own name, by an agent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/intake_desk.h"

static const struct actor STA_CLERK = {"x13", ONEDOOR__ROLE__WINDOW_CLERK, "STA", 13};

#define SHOWN(name) ONEDOOR__INTAKE__DOCUMENT_KIND__##name

/* Whether the journal says that a number was compared with the paper. */
static bool said_seen(struct world *hall, int64_t number)
{
    struct arena *arena = arena_new(1 << 16);
    const Onedoor__Intake__CaseReceived *received =
        heard(hall, &onedoor__intake__case_received__descriptor, number, arena);
    bool seen = received->document_seen;
    arena_free(&arena);
    return seen;
}

struct document {
    int kind;
    char *number;
    int kept; /* 0: as kind */
};

static void every_lawful_document_of_a_person_is_taken(void **state)
{
    static const struct document documents[] = {
        {SHOWN(IDENTITY_CARD), CITIZEN, 0},
        {SHOWN(RESIDENCE_PERMIT), "810000199408230021", 0},
        {SHOWN(PERMANENT_RESIDENCE_CARD), "911124198108030024", 0},
        {SHOWN(PERMANENT_RESIDENCE_CARD), "CAN110181080301", 0},
        {SHOWN(PASSPORT), "e12345678", 0},
        {SHOWN(HOME_RETURN_PERMIT), "H12345678", 0},
        {SHOWN(TAIWAN_PERMIT), "01234567", 0},
        {SHOWN(OTHER_DOCUMENT), "2001988", 0},
        {SHOWN(DOCUMENT_KIND_UNSPECIFIED), CITIZEN, SHOWN(IDENTITY_CARD)},
        {SHOWN(DOCUMENT_KIND_UNSPECIFIED), "830000199001010012", SHOWN(RESIDENCE_PERMIT)},
        {SHOWN(DOCUMENT_KIND_UNSPECIFIED), "911124198108030024", SHOWN(PERMANENT_RESIDENCE_CARD)},
    };
    struct world *hall = *state;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        const struct document *shown = &documents[i];
        struct application application;
        Onedoor__Intake__SubmitReply *reply;
        apply_with(hall, &application, "FPC-02", 99);
        application.applicant.document = shown->number;
        application.applicant.document_kind = (Onedoor__Intake__DocumentKind)shown->kind;
        if (shown->kind == SHOWN(OTHER_DOCUMENT))
            application.applicant.document_note = "军官证";
        assert_done(submit(hall, &FPC_CLERK, &application, &reply));
        const Onedoor__Intake__Applicant *row = applicant(hall, reply->case_number);
        assert_int_equal(shown->kept == 0 ? shown->kind : shown->kept, row->document_kind);
        assert_false(row->document_seen);
    }
    assert_int_equal(9, world_count(hall, "intake", &intake_known_applicant_table));
}

static void a_person_shows_no_credit_code_and_an_organisation_no_passport(void **state)
{
    struct world *hall = *state;
    struct application application;
    apply_with(hall, &application, "FPC-02", 99);
    application.applicant.document_kind = SHOWN(CREDIT_CODE);
    struct outcome outcome = submit(hall, &FPC_CLERK, &application, NULL);
    assert_refused(FIELD_INVALID, outcome);
    assert_string_equal("applicant.document_kind", outcome.field);
    apply(&application, "STA-01", ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION);
    application.applicant.document_kind = SHOWN(PASSPORT);
    assert_refused(FIELD_INVALID, submit(hall, &STA_CLERK, &application, NULL));
}

/* A number is what its kind says, and no other. */
static void a_number_of_another_kind_is_refused(void **state)
{
    struct world *hall = *state;
    struct application application;
    apply_with(hall, &application, "FPC-02", 99);
    application.applicant.document_kind = SHOWN(HOME_RETURN_PERMIT);
    assert_refused(IDENTITY_INVALID, submit(hall, &FPC_CLERK, &application, NULL));
    application.applicant.document_kind = SHOWN(IDENTITY_CARD);
    application.applicant.document = "830000199001010012";
    assert_refused(IDENTITY_INVALID, submit(hall, &FPC_CLERK, &application, NULL));
}

/* RULE L32.3: papers with a wrong check character exist; a clerk who has compared them says so. */
static void a_wrong_check_character_is_taken_when_a_clerk_saw_the_paper(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply(&application, "STA-01", ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION);
    application.applicant.document = "91350100m000100Y44";
    struct outcome outcome = submit(hall, &STA_CLERK, &application, NULL);
    assert_refused(CHECK_CHARACTER, outcome);
    assert_string_equal("applicant.document", outcome.field);
    application.applicant.document_seen = true;
    assert_done(submit(hall, &STA_CLERK, &application, &reply));
    assert_true(applicant(hall, reply->case_number)->document_seen);
    assert_string_equal("91350100M000100Y44", applicant(hall, reply->case_number)->document);
    assert_true(said_seen(hall, reply->case_number));
}

/* Only a wrong check character: nobody can have seen a paper with an impossible number. */
static void seeing_the_paper_excuses_nothing_else(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    application.applicant.document_seen = true;
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    assert_false(applicant(hall, reply->case_number)->document_seen); /* nothing to excuse */
    assert_false(said_seen(hall, reply->case_number));
    application.applicant.document = "110105194913310021";
    assert_refused(IDENTITY_INVALID, submit(hall, &FPC_CLERK, &application, NULL));
}

static void the_public_confirms_no_number_itself(void **state)
{
    struct world *hall = *state;
    struct application application;
    apply_with(hall, &application, "FPC-02", 99);
    application.submit.channel = ONEDOOR__INTAKE__CHANNEL__ONLINE;
    application.applicant.document = "110105194912310021";
    application.applicant.document_seen = true;
    assert_refused(CHECK_CHARACTER, submit(hall, &PUBLIC, &application, NULL));
}

/* RULE L29 */
static void an_agent_is_kept_with_his_document_phone_and_letter(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    act_for(&application, "John Smith", "E12345678");
    application.applicant.agent_document_kind = SHOWN(PASSPORT);
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    const Onedoor__Intake__Applicant *row = applicant(hall, reply->case_number);
    assert_string_equal("John Smith", row->agent_name);
    assert_int_equal(SHOWN(PASSPORT), row->agent_document_kind);
    assert_string_equal("E12345678", row->agent_document);
    assert_string_equal("13700000000", row->agent_phone);
    assert_true(row->agent_letter);
    act_for(&application, "李四", "110105194912310021");
    application.applicant.agent_document_kind = 0;
    assert_refused(CHECK_CHARACTER, submit(hall, &FPC_CLERK, &application, NULL));
    application.applicant.agent_document_seen = true;
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    assert_true(applicant(hall, reply->case_number)->agent_document_seen);
}

static void an_organisation_is_known_again_with_its_representative(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__RecallApplicant recall = ONEDOOR__INTAKE__RECALL_APPLICANT__INIT;
    Onedoor__Intake__RecallApplicantReply *known;
    apply(&application, "STA-01", ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION);
    assert_done(submit(hall, &STA_CLERK, &application, NULL));
    recall.document = ORGANISATION;
    assert_done(world_command(hall, &FPC_CLERK, &recall.base, (ProtobufCMessage **)&known));
    assert_true(known->found);
    assert_int_equal(SHOWN(CREDIT_CODE), known->applicant->document_kind);
    assert_string_equal("李四", known->applicant->legal_representative);
    recall.document_kind = SHOWN(OTHER_DOCUMENT); /* the same characters, another paper */
    assert_done(world_command(hall, &FPC_CLERK, &recall.base, (ProtobufCMessage **)&known));
    assert_false(known->found);
}

/* Names as people have them: with a middle dot, rare characters, other scripts. */
static void a_name_is_kept_as_it_is_written(void **state)
{
    static char *const names[] = {
        "阿卜杜热合曼·买买提艾力·依布拉音",
        "𬭎𫖯𠮷",
        "Jean-Luc O’Connor",
        "Александра Ильинична",
        "张三",
    };
    struct world *hall = *state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct application application;
        Onedoor__Intake__SubmitReply *reply;
        apply_with(hall, &application, "FPC-02", 99)->applicant.name = names[i];
        assert_done(submit(hall, &FPC_CLERK, &application, &reply));
        assert_string_equal(names[i], applicant(hall, reply->case_number)->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(every_lawful_document_of_a_person_is_taken),
        HALL_TEST(a_person_shows_no_credit_code_and_an_organisation_no_passport),
        HALL_TEST(a_number_of_another_kind_is_refused),
        HALL_TEST(a_wrong_check_character_is_taken_when_a_clerk_saw_the_paper),
        HALL_TEST(seeing_the_paper_excuses_nothing_else),
        HALL_TEST(the_public_confirms_no_number_itself),
        HALL_TEST(an_agent_is_kept_with_his_document_phone_and_letter),
        HALL_TEST(an_organisation_is_known_again_with_its_representative),
        HALL_TEST(a_name_is_kept_as_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
