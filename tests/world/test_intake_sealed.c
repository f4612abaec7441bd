/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: what is known of a person is sealed in every row that keeps it, opens in that row
 * alone, and is learnt at a window alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/corridor.h"
#include "common/rows/seal_table.h"
#include "common/rows/sealed.h"
#include "services/intake/intake.h"
#include "tests/world/intake_desk.h"

static struct outcome view(struct world *hall, const unsigned char id[16], int64_t number,
                           Onedoor__Intake__ViewApplicantReply **reply)
{
    Onedoor__Intake__ViewApplicant message = ONEDOOR__INTAKE__VIEW_APPLICANT__INIT;
    message.case_number = number;
    message.purpose = "核对身份";
    return world_command_id(hall, id, &FPC_CLERK, &message.base, (ProtobufCMessage **)reply);
}

static const Onedoor__Intake__RecallApplicantReply *recall(struct world *hall)
{
    Onedoor__Intake__RecallApplicant message = ONEDOOR__INTAKE__RECALL_APPLICANT__INIT;
    Onedoor__Intake__RecallApplicantReply *reply;
    message.document = CITIZEN;
    assert_done(world_command(hall, &FPC_CLERK, &message.base, (ProtobufCMessage **)&reply));
    return reply;
}

/* ---- nothing in clear */

static const char *const personal[] = {
    "张三三",    CITIZEN,  "13812345678",        "13711112222",
    "东大街7号", "李四四", "110105194912310021", "13700000000",
};

static void assert_clear_of(const char *table, struct bytes content)
{
    for (size_t i = 0; i < sizeof personal / sizeof personal[0]; i++)
        if (content.len > 0 &&
            memmem(content.data, content.len, personal[i], strlen(personal[i])) != NULL)
            fail_msg("%s has %s in clear", table, personal[i]);
}

static size_t assert_table_clear(struct world *hall, const char *service, const struct table *table)
{
    size_t n = world_count(hall, service, table);
    for (size_t i = 0; i < n; i++) {
        const void *row = world_row_at(hall, service, table, i);
        for (int c = 0; c < table->n_columns; c++)
            if (table->columns[c].type == COLUMN_TEXT || table->columns[c].type == COLUMN_BYTES)
                assert_clear_of(table->name, column_content(row, &table->columns[c]));
    }
    return n;
}

static int64_t take_in_by_agent(struct world *hall)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    application.applicant.name = "张三三";
    application.applicant.phone = "13812345678";
    application.applicant.address = "东大街7号";
    act_for(&application, "李四四", "110105194912310021");
    application.applicant.agent_document_seen = true;
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    return reply->case_number;
}

static void print_slip(struct world *hall, int64_t number)
{
    Onedoor__Intake__SlipLine line = ONEDOOR__INTAKE__SLIP_LINE__INIT;
    Onedoor__Intake__SlipLine *lines[] = {&line};
    Onedoor__Intake__PrintSlip message = ONEDOOR__INTAKE__PRINT_SLIP__INIT;
    line.name = "申请人";
    line.text = "张三三 " CITIZEN;
    message.case_number = number;
    message.slip = ONEDOOR__INTAKE__SLIP__ACCEPTANCE_NOTICE;
    message.lines = lines;
    message.n_lines = 1;
    assert_done(world_command(hall, &FPC_CLERK, &message.base, NULL));
}

static void search_for(struct world *hall, const char *name)
{
    Onedoor__Intake__SearchCases message = ONEDOOR__INTAKE__SEARCH_CASES__INIT;
    message.name = (char *)name;
    message.purpose = "回执遗失";
    assert_done(world_command(hall, &FPC_CLERK, &message.base, NULL));
}

static void amend_phone(struct world *hall, int64_t number)
{
    Onedoor__Intake__Amend message = ONEDOOR__INTAKE__AMEND__INIT;
    message.case_number = number;
    message.phone = "13711112222";
    message.reason = "录入有误";
    assert_done(world_command(hall, &FPC_CLERK, &message.base, NULL));
}

static void no_row_of_any_kind_has_personal_data_in_clear(void **state)
{
    static const unsigned char id[16] = {[15] = 1};
    struct world *hall = *state;
    int64_t number = take_in_by_agent(hall);
    Onedoor__Intake__ViewApplicantReply *reply;
    size_t rows = 0;
    print_slip(hall, number);
    search_for(hall, "张三三");
    amend_phone(hall, number);
    assert_string_equal("东大街7号", recall(hall)->applicant->address);
    assert_done(view(hall, id, number, &reply));
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    assert_done(deliver(hall, &FPC_CLERK, number));
    world_settle(hall);
    for (int i = 0; intake_tables[i] != NULL; i++)
        rows += assert_table_clear(hall, "intake", intake_tables[i]);
    for (int i = 0; corridor_tables[i] != NULL; i++)
        rows += assert_table_clear(hall, "intake", corridor_tables[i]);
    assert_true(rows > 10);
    assert_int_equal(1, world_count(hall, "intake", &intake_print_table));
    assert_int_equal(1, world_count(hall, "intake", &intake_collection_table));
    assert_int_equal(1, world_count(hall, "intake", &intake_amendment_table));
}

/* ---- what waits for a second person */

static bool names_somebody(const ProtobufCMessageDescriptor *type)
{
    static const char *const names[] = {"document", "phone", "address"};
    if (type == &onedoor__intake__applicant__descriptor)
        return true;
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && names_somebody(field->descriptor))
            return true;
        for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
            if (strcmp(field->name, names[n]) == 0)
                return true;
    }
    return false;
}

/* RULE H22: it is kept as it was asked, and so sealed if it says who somebody is. */
static void a_command_that_waits_and_names_somebody_is_sealed(void **state)
{
    size_t n = 0;
    (void)state;
    assert_true(names_somebody(&onedoor__intake__submit__descriptor));
    assert_true(names_somebody(&onedoor__intake__amend__descriptor));
    assert_false(names_somebody(&onedoor__intake__check__descriptor));
    assert_true(sealed_command(&intake_service, &onedoor__intake__amend__descriptor));
    for (; intake_service.seconded[n].message != NULL; n++) {
        const ProtobufCMessageDescriptor *waits = intake_service.seconded[n].message;
        if (names_somebody(waits) && !sealed_command(&intake_service, waits))
            fail_msg("%s waits in clear: name it in intake_personal", waits->name);
    }
    assert_true(n > 0);
}

/* ---- a repeated command */

static void a_repeated_look_is_answered_from_what_was_sealed(void **state)
{
    static const unsigned char id[16] = {[15] = 1};
    struct world *hall = *state;
    int64_t number = take_in_by_agent(hall), other = take_in(hall, &FPC_CLERK, "FPC-02");
    Onedoor__Intake__ViewApplicantReply *first, *again;
    assert_done(view(hall, id, number, &first));
    assert_done(view(hall, id, number, &again));
    assert_string_equal("张三三", again->applicant->name);
    assert_string_equal(first->applicant->address, again->applicant->address);
    assert_int_equal(1, world_count(hall, "intake", &intake_look_table));
    assert_refused(KEY_REUSED, view(hall, id, other, NULL));
}

/* ---- rows that were tampered with */

static struct applicant_row *applicant_row(struct world *hall, int64_t number)
{
    return world_row(hall, "intake", &intake_applicant_table,
                     &(struct applicant_row){.centre = 1, .number = number});
}

static void one_persons_data_does_not_open_in_anothers_row(void **state)
{
    static const unsigned char id[16] = {[15] = 1};
    struct world *hall = *state;
    int64_t number = take_in_by_agent(hall), other = take_in(hall, &FPC_CLERK, "FPC-02");
    applicant_row(hall, other)->sealed = applicant_row(hall, number)->sealed;
    struct outcome outcome = view(hall, id, other, NULL);
    assert_int_equal(ONEDOOR__CODE__INTERNAL, outcome.code);
    assert_refused(UNSAVEABLE, outcome);
    assert_int_equal(0, world_count(hall, "intake", &intake_look_table));
    assert_done(finish(hall, &FPC_CLERK, other, true, ""));
    assert_refused(UNSAVEABLE, deliver(hall, &FPC_CLERK, other));
}

/* ---- who is known */

static struct outcome apply_alone(struct world *hall, const char *item, bool once)
{
    struct application application;
    apply_with(hall, &application, item, 99);
    application.applicant.name = "冒名者";
    application.applicant.phone = "13999999999";
    application.submit.channel = ONEDOOR__INTAKE__CHANNEL__ONLINE;
    application.submit.once = once;
    return submit(hall, &PUBLIC, &application, NULL);
}

static void what_a_window_knows_no_kiosk_replaces(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in_by_agent(hall);
    assert_done(apply_alone(hall, "FPC-02", false));
    const Onedoor__Intake__RecallApplicantReply *reply = recall(hall);
    assert_true(reply->found);
    assert_string_equal("张三三", reply->applicant->name);
    assert_string_equal("13812345678", reply->applicant->phone);
    const struct look_row *look =
        world_row(hall, "intake", &intake_look_table,
                  &(struct look_row){.centre = 1, .number = number, .no = 1});
    assert_non_null(look); /* at the case that the data are from */
}

static void who_applied_by_himself_alone_is_not_known_yet(void **state)
{
    struct world *hall = *state;
    assert_done(apply_alone(hall, "FPC-02", false));
    const Onedoor__Intake__RecallApplicantReply *reply = recall(hall);
    assert_false(reply->found);
    assert_null(reply->applicant);
    assert_int_equal(1, reply->n_today); /* the window is told that he applied */
    assert_refused(ALREADY_APPLIED, apply_alone(hall, "FPC-02", true));
    take_in_by_agent(hall);
    assert_string_equal("张三三", recall(hall)->applicant->name);
}

/* ---- another key */

/* The second key, and with n = 2 the first behind it. */
static const struct seal *renewed(int n)
{
    static const unsigned char secret[SEAL_SECRET_BYTES] = "of the hall in memory",
                               first[SEAL_SECRET_BYTES] = "its first key",
                               second[SEAL_SECRET_BYTES] = "its second key";
    static struct seal seals[3];
    struct seal *seal = &seals[n];
    *seal = (struct seal){0};
    seal_set_secret(seal, secret);
    assert_true(seal_add_key(seal, 2, second));
    if (n == 2)
        assert_true(seal_add_key(seal, 1, first));
    return seal;
}

/* Turn the clock until intake has gone once through everything it has sealed. */
static void let_it_walk(struct world *hall)
{
    for (int i = 0; i < 40; i++) {
        world_clock(hall, world_now(hall) + 1000);
        world_settle(hall);
    }
}

static const struct seal_key_row *key_row(struct world *hall, int32_t id)
{
    return world_row(hall, "intake", &seal_key_table,
                     &(struct seal_key_row){.centre = 1, .id = id});
}

enum { MANY = 70 }; /* more than a slice */

static void rows_are_sealed_anew_a_slice_at_a_time(void **state)
{
    struct world *hall = *state;
    const struct seal *both = renewed(2);
    for (int i = 0; i < MANY; i++)
        take_in(hall, &FPC_CLERK, "FPC-02");
    let_it_walk(hall);
    assert_int_equal(0, key_row(hall, 1)->unused_ms);
    assert_int_equal(STATUS_OK, world_restart_intake(hall, both));
    let_it_walk(hall);
    for (size_t i = 0; i < MANY; i++) {
        const struct applicant_row *row = world_row_at(hall, "intake", &intake_applicant_table, i);
        assert_int_equal(2, seal_id(row->sealed));
        assert_string_equal("张三", person_of(both, row, world_arena(hall))->name);
    }
    assert_true(key_row(hall, 1)->unused_ms > 0);
    assert_int_equal(0, key_row(hall, 2)->unused_ms);
    /* and then the old key may go */
    assert_int_equal(STATUS_OK, world_restart_intake(hall, renewed(1)));
    assert_string_equal("张三", recall(hall)->applicant->name);
}

static void a_key_that_rows_need_must_be_there(void **state)
{
    struct world *hall = *state;
    take_in(hall, &FPC_CLERK, "FPC-02");
    let_it_walk(hall);
    assert_int_equal(STATUS_INVALID, world_restart_intake(hall, renewed(1)));
}

static void another_key_of_the_same_id_is_noticed(void **state)
{
    static const unsigned char other[SEAL_SECRET_BYTES] = "of another hall";
    static struct seal seal;
    struct world *hall = *state;
    let_it_walk(hall);
    seal_set_secret(&seal, other);
    assert_true(seal_add_key(&seal, 1, other));
    assert_int_equal(STATUS_INVALID, world_restart_intake(hall, &seal));
}

/* Somebody may still mend the row. */
static void a_row_that_does_not_open_keeps_the_old_key_in_use(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02"),
            other = take_in(hall, &FPC_CLERK, "FPC-02");
    let_it_walk(hall);
    applicant_row(hall, number)->sealed = applicant_row(hall, other)->sealed;
    assert_int_equal(STATUS_OK, world_restart_intake(hall, renewed(2)));
    let_it_walk(hall);
    assert_int_equal(2, seal_id(applicant_row(hall, other)->sealed));
    assert_int_equal(0, key_row(hall, 1)->unused_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(no_row_of_any_kind_has_personal_data_in_clear),
        cmocka_unit_test(a_command_that_waits_and_names_somebody_is_sealed),
        HALL_TEST(a_repeated_look_is_answered_from_what_was_sealed),
        HALL_TEST(one_persons_data_does_not_open_in_anothers_row),
        HALL_TEST(what_a_window_knows_no_kiosk_replaces),
        HALL_TEST(who_applied_by_himself_alone_is_not_known_yet),
        HALL_TEST(rows_are_sealed_anew_a_slice_at_a_time),
        HALL_TEST(a_key_that_rows_need_must_be_there),
        HALL_TEST(another_key_of_the_same_id_is_noticed),
        HALL_TEST(a_row_that_does_not_open_keeps_the_old_key_in_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
