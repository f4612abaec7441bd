/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: who may look at an applicant, who is known when he comes again, and that every look is
 * on record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/intake_desk.h"

static struct outcome view(struct world *hall, const struct actor *actor, int64_t number)
{
    Onedoor__Intake__ViewApplicant message = ONEDOOR__INTAKE__VIEW_APPLICANT__INIT;
    message.case_number = number;
    message.purpose = "核对身份";
    return world_command(hall, actor, &message.base, NULL);
}

static struct outcome recall(struct world *hall, const struct actor *actor, const char *document,
                             Onedoor__Intake__RecallApplicantReply **reply)
{
    Onedoor__Intake__RecallApplicant message = ONEDOOR__INTAKE__RECALL_APPLICANT__INIT;
    message.document = (char *)document;
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

static const struct look_row *look(struct world *hall, int64_t number, int64_t no)
{
    return world_row(hall, "intake", &intake_look_table,
                     &(struct look_row){.centre = 1, .number = number, .no = no});
}

/* ---- who handles the case */

static struct actor approver_of(const char *department)
{
    return (struct actor){"a1", ONEDOOR__ROLE__APPROVER, (char *)department, 0};
}

/* RULE H21: CON-02 is asked of CON, PLN and SAN; nobody else has anything to do with it. */
static void a_department_with_a_task_sees_the_applicant(void **state)
{
    static const char *const handling[] = {"CON", "PLN", "SAN"};
    struct world *hall = *state;
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    const struct actor other = approver_of("TRA");
    for (size_t i = 0; i < sizeof handling / sizeof handling[0]; i++) {
        const struct actor approver = approver_of(handling[i]);
        assert_done(view(hall, &approver, number));
        assert_string_equal(handling[i], look(hall, number, (int64_t)i + 1)->department);
    }
    assert_refused(OTHER_DEPARTMENT, view(hall, &other, number));
    assert_int_equal(3, world_count(hall, "intake", &intake_look_table));
}

/* RULE H21: for the receipt; before there is a bill it is none of the counter's business. */
static void the_counter_sees_the_applicant_once_there_is_a_bill(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-01"),
            free = take_in(hall, &FPC_CLERK, "FPC-02");
    assert_refused(NOT_ALLOWED, view(hall, &CASHIER, number));
    assert_done(finish(hall, &SAN_CLERK, number, true, ""));
    assert_done(finish(hall, &FPC_CLERK, free, true, ""));
    assert_done(view(hall, &CASHIER, number));
    assert_refused(NOT_ALLOWED, view(hall, &CASHIER, free));
    assert_string_equal("k31", look(hall, number, 1)->actor);
}

/* RULE H21: whoever decided answers for it, also when the case has gone on. */
static void a_department_that_had_a_task_still_sees_the_applicant(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    const struct actor planner = approver_of("PLN");
    assert_done(decide(hall, "PLN", number, true, ""));
    assert_done(decide(hall, "SAN", number, true, ""));
    assert_done(decide(hall, "CON", number, true, ""));
    world_settle(hall);
    assert_int_equal(2, world_said(hall, "routing.StageOpened", number));
    assert_done(view(hall, &planner, number));
    assert_done(withdraw(hall, &CON_CLERK, number));
    world_settle(hall);
    assert_done(view(hall, &planner, number));
    assert_int_equal(3, world_count(hall, "intake", &intake_involved_table)); /* each stands once */
    assert_int_equal(0, world_parked(hall, "intake"));
}

/* Another case of the same item makes nobody a party to this one. */
static void a_task_on_one_case_opens_no_other(void **state)
{
    struct world *hall = *state;
    int64_t routed = take_in(hall, &CON_CLERK, "CON-02"),
            here = take_in(hall, &FPC_CLERK, "FPC-02");
    const struct actor planner = approver_of("PLN");
    assert_done(view(hall, &planner, routed));
    assert_refused(OTHER_DEPARTMENT, view(hall, &planner, here));
}

/* ---- who comes again */

/* RULE H21 */
static void who_comes_again_is_known_as_he_last_came(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *first, *second;
    Onedoor__Intake__RecallApplicantReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    application.applicant.address = "东大街1号";
    assert_done(submit(hall, &FPC_CLERK, &application, &first));
    application.applicant.phone = "13811111111";
    application.applicant.document = "11010519491231002x";
    application.applicant.address = "";
    act_for(&application, "李四", CITIZEN);
    assert_done(submit(hall, &FPC_CLERK, &application, &second));

    assert_done(recall(hall, &SAN_CLERK, "11010519491231002x", &reply));
    assert_true(reply->found);
    assert_int_equal(ONEDOOR__INTAKE__APPLICANT_KIND__PERSON, reply->applicant->kind);
    assert_string_equal("张三", reply->applicant->name);
    assert_string_equal(CITIZEN, reply->applicant->document);
    assert_string_equal("13811111111", reply->applicant->phone);
    assert_string_equal("", reply->applicant->address);
    assert_string_equal("", reply->applicant->agent_name); /* who may be another today */
    assert_int_equal(1, world_count(hall, "intake", &intake_known_applicant_table));
    assert_int_equal(2, world_count(hall, "intake", &intake_applicant_table));
    assert_string_equal("s10", look(hall, second->case_number, 1)->actor);
    assert_null(look(hall, first->case_number, 1));
}

static void put_right(struct world *hall, int64_t number, const char *phone)
{
    Onedoor__Intake__Amend amend = ONEDOOR__INTAKE__AMEND__INIT;
    amend.case_number = number;
    amend.phone = (char *)phone;
    amend.reason = "录入有误";
    assert_done(world_command(hall, &FPC_CLERK, &amend.base, NULL));
}

static void assert_known_phone(struct world *hall, const char *phone)
{
    Onedoor__Intake__RecallApplicantReply *reply;
    assert_done(recall(hall, &SAN_CLERK, CITIZEN, &reply));
    assert_string_equal(phone, reply->found ? reply->applicant->phone : "");
}

/* Put right in the case by which he is known, and not in one before it. */
static void who_comes_again_is_known_as_his_last_case_was_put_right(void **state)
{
    struct world *hall = *state;
    int64_t first = take_in(hall, &FPC_CLERK, "FPC-02");
    put_right(hall, first, "13811112222");
    assert_known_phone(hall, "13811112222");
    int64_t second = take_in(hall, &FPC_CLERK, "FPC-02");
    put_right(hall, first, "13811113333");
    assert_known_phone(hall, "13900000000");
    put_right(hall, second, "13811114444");
    assert_known_phone(hall, "13811114444");
}

/* What somebody says of himself, and a clerk puts right, no window has compared with a document. */
static void a_case_of_ones_own_making_makes_nobody_known_when_it_is_put_right(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    application.submit.channel = ONEDOOR__INTAKE__CHANNEL__ONLINE;
    assert_done(submit(hall, &PUBLIC, &application, &reply));
    put_right(hall, reply->case_number, "13811112222");
    assert_known_phone(hall, "");
}

/* RULE H21: who was looked for in vain was looked for. */
static void looking_for_nobody_is_on_record_too(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__RecallApplicantReply *reply;
    take_in(hall, &FPC_CLERK, "FPC-02");
    assert_done(recall(hall, &FPC_CLERK, ORGANISATION, &reply));
    assert_false(reply->found);
    assert_null(reply->applicant);
    assert_string_equal("f6", look(hall, 0, 1)->actor);
    assert_int_equal(world_now(hall), look(hall, 0, 1)->at_ms);
}

/* RULE H21: at the window alone, where the applicant stands. */
static void nobody_but_a_window_recalls_an_applicant(void **state)
{
    struct world *hall = *state;
    const struct actor approver = approver_of("FPC"),
                       lead = {"l1", ONEDOOR__ROLE__DEPARTMENT_LEAD, "FPC", 0};
    take_in(hall, &FPC_CLERK, "FPC-02");
    assert_refused(NOT_ALLOWED, recall(hall, &approver, CITIZEN, NULL));
    assert_refused(NOT_ALLOWED, recall(hall, &lead, CITIZEN, NULL));
    assert_refused(NOT_ALLOWED, recall(hall, &MANAGER, CITIZEN, NULL));
    assert_refused(NOT_ALLOWED, recall(hall, &PUBLIC, CITIZEN, NULL));
    assert_refused(FIELD_INVALID, recall(hall, &FPC_CLERK, "110", NULL));
    assert_refused(FIELD_MISSING, recall(hall, &FPC_CLERK, "", NULL));
    assert_int_equal(0, world_count(hall, "intake", &intake_look_table));
}

/* What is refused at the door makes nobody known. */
static void who_was_not_taken_in_is_not_known(void **state)
{
    struct world *hall = *state;
    struct application application;
    apply_with(hall, &application, "FPC-02", 99);
    application.applicant.document = "110105194912310021"; /* a wrong check character */
    assert_refused(CHECK_CHARACTER, submit(hall, &FPC_CLERK, &application, NULL));
    assert_int_equal(0, world_count(hall, "intake", &intake_known_applicant_table));
}

/* ---- the same person, item and day */

static void who_applied_today_already_is_not_taken_in_twice_by_oversight(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *first, *second;
    Onedoor__Intake__RecallApplicantReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    application.submit.once = true;
    assert_done(submit(hall, &FPC_CLERK, &application, &first));
    assert_refused(ALREADY_APPLIED, submit(hall, &FPC_CLERK, &application, NULL));
    application.applicant.document = "11010519491231002x"; /* the same number */
    assert_refused(ALREADY_APPLIED, submit(hall, &FPC_CLERK, &application, NULL));
    assert_int_equal(1, world_count(hall, "intake", &intake_case_table));
    assert_done(recall(hall, &FPC_CLERK, CITIZEN, &reply));
    assert_int_equal(1, reply->n_today);
    assert_string_equal("FPC-02", reply->today[0]->item);
    assert_true(reply->today[0]->case_number == first->case_number);
    application.submit.once = false; /* the clerk has asked, and it is meant */
    assert_done(submit(hall, &FPC_CLERK, &application, &second));
    assert_done(recall(hall, &FPC_CLERK, CITIZEN, &reply));
    assert_int_equal(1, reply->n_today);
    assert_true(reply->today[0]->case_number == second->case_number);
}

static void another_item_another_day_or_another_person_is_no_second_time(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__RecallApplicantReply *reply;
    apply_with(hall, &application, "FPC-02", 99)->submit.once = true;
    assert_done(submit(hall, &FPC_CLERK, &application, NULL));
    apply_with(hall, &application, "FPC-01", 99)->submit.once = true;
    assert_done(submit(hall, &FPC_CLERK, &application, NULL));
    assert_refused(ALREADY_APPLIED, submit(hall, &FPC_CLERK, &application, NULL));
    assert_done(recall(hall, &FPC_CLERK, CITIZEN, &reply));
    assert_int_equal(2, reply->n_today);
    application.applicant.document = "440524188001010014";
    assert_done(submit(hall, &FPC_CLERK, &application, NULL));
    world_clock(hall, at(1, 14, 9, 30));
    application.applicant.document = CITIZEN;
    assert_done(recall(hall, &FPC_CLERK, CITIZEN, &reply));
    assert_int_equal(0, reply->n_today);
    assert_done(submit(hall, &FPC_CLERK, &application, NULL));
}

/* ---- a case whose number nobody has */

static struct outcome search(struct world *hall, const struct actor *actor, const char *document,
                             const char *name, const char *purpose)
{
    Onedoor__Intake__SearchCases message = ONEDOOR__INTAKE__SEARCH_CASES__INIT;
    message.document = (char *)document;
    message.name = (char *)name;
    message.purpose = (char *)purpose;
    return world_command(hall, actor, &message.base, NULL);
}

/* RULE H21 */
static void every_search_is_on_record_with_its_purpose(void **state)
{
    struct world *hall = *state;
    const struct actor approver = approver_of("FPC");
    assert_done(search(hall, &FPC_CLERK, "11010519491231002x", "", "回执遗失"));
    assert_done(search(hall, &approver, "", "张三", "联系申请人"));
    const struct search_row *first = world_row(hall, "intake", &intake_search_table,
                                               &(struct search_row){.centre = 1, .search = 1});
    assert_string_equal("f6", first->actor);
    assert_string_equal("FPC", first->department);
    assert_string_equal(CITIZEN,
                        opened(hall, &intake_search_table, first, first->sealed)->document);
    assert_string_equal("回执遗失", first->purpose);
    assert_int_equal(world_now(hall), first->at_ms);
    assert_int_equal(2, world_count(hall, "intake", &intake_search_table));
}

static void nobody_searches_without_a_purpose_or_a_right(void **state)
{
    struct world *hall = *state;
    assert_refused(FIELD_MISSING, search(hall, &FPC_CLERK, CITIZEN, "", ""));
    assert_refused(FIELD_MISSING, search(hall, &FPC_CLERK, "", "", "回执遗失"));
    assert_refused(FIELD_MISSING, search(hall, &FPC_CLERK, CITIZEN, "张三", "回执遗失"));
    assert_refused(NOT_ALLOWED, search(hall, &MANAGER, CITIZEN, "", "回执遗失"));
    assert_refused(NOT_ALLOWED, search(hall, &PUBLIC, CITIZEN, "", "回执遗失"));
    assert_int_equal(0, world_count(hall, "intake", &intake_search_table));
}

static struct outcome ask_looks(struct world *hall, const struct actor *actor, const char *document)
{
    Onedoor__Intake__AskLooks message = ONEDOOR__INTAKE__ASK_LOOKS__INIT;
    message.document = (char *)document;
    return world_command(hall, actor, &message.base, NULL);
}

static const struct search_row *search_of(struct world *hall, int64_t number)
{
    return world_row(hall, "intake", &intake_search_table,
                     &(struct search_row){.centre = 1, .search = number});
}

/* RULE H21: that somebody asked who looked is on record as well. By the document alone is a search
 * found again. */
static void a_window_alone_asks_for_the_person_who_looked(void **state)
{
    struct world *hall = *state;
    assert_refused(NOT_ALLOWED, ask_looks(hall, &MANAGER, CITIZEN));
    assert_refused(FIELD_INVALID, ask_looks(hall, &FPC_CLERK, "110"));
    assert_done(ask_looks(hall, &FPC_CLERK, "11010519491231002x"));
    assert_done(search(hall, &FPC_CLERK, CITIZEN, "", "回执遗失"));
    assert_done(search(hall, &FPC_CLERK, "", "张三", "回执遗失"));
    const struct search_row *asked = search_of(hall, 1), *again = search_of(hall, 2);
    assert_string_equal("f6", asked->actor);
    assert_string_equal("asked by the person concerned", asked->purpose);
    assert_string_equal(CITIZEN,
                        opened(hall, &intake_search_table, asked, asked->sealed)->document);
    assert_int_equal(SEAL_SOUGHT_BYTES, asked->document_hash.len);
    assert_memory_equal(asked->document_hash.data, again->document_hash.data, SEAL_SOUGHT_BYTES);
    assert_null(search_of(hall, 3)->document_hash.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_department_with_a_task_sees_the_applicant),
        HALL_TEST(the_counter_sees_the_applicant_once_there_is_a_bill),
        HALL_TEST(a_department_that_had_a_task_still_sees_the_applicant),
        HALL_TEST(a_task_on_one_case_opens_no_other),
        HALL_TEST(who_comes_again_is_known_as_he_last_came),
        HALL_TEST(who_comes_again_is_known_as_his_last_case_was_put_right),
        HALL_TEST(a_case_of_ones_own_making_makes_nobody_known_when_it_is_put_right),
        HALL_TEST(looking_for_nobody_is_on_record_too),
        HALL_TEST(nobody_but_a_window_recalls_an_applicant),
        HALL_TEST(who_was_not_taken_in_is_not_known),
        HALL_TEST(who_applied_today_already_is_not_taken_in_twice_by_oversight),
        HALL_TEST(another_item_another_day_or_another_person_is_no_second_time),
        HALL_TEST(every_search_is_on_record_with_its_purpose),
        HALL_TEST(nobody_searches_without_a_purpose_or_a_right),
        HALL_TEST(a_window_alone_asks_for_the_person_who_looked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
