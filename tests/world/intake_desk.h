/* SPDX-License-Identifier: Apache-2.0 */
/* intake_desk.h: people, applications and their cases for the tests of intake. Include after
 * cmocka.h. */
#ifndef TESTS_INTAKE_DESK_H
#define TESTS_INTAKE_DESK_H

#include <string.h>

#include "common/values/day.h"
#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/intake/moves.h"
#include "services/intake/person.h"
#include "tests/world/world.h"

#define CITIZEN      "11010519491231002X"
#define ORGANISATION "91350100M000100Y43"

enum { APPLICATION_MATERIALS = 16, APPLICATION_FACTS = 4 };

static const struct actor PUBLIC = {"kiosk", ONEDOOR__ROLE__PUBLIC, "", 0};
static const struct actor DESK = {"desk", ONEDOOR__ROLE__WINDOW_CLERK, "", 30};
static const struct actor FPC_CLERK = {"f6", ONEDOOR__ROLE__WINDOW_CLERK, "FPC", 6};
static const struct actor CON_CLERK = {"c4", ONEDOOR__ROLE__WINDOW_CLERK, "CON", 4};
static const struct actor TRA_CLERK = {"t15", ONEDOOR__ROLE__WINDOW_CLERK, "TRA", 15};
static const struct actor SAN_CLERK = {"s10", ONEDOOR__ROLE__WINDOW_CLERK, "SAN", 10};
static const struct actor CASHIER = {"k31", ONEDOOR__ROLE__CASHIER, "", 31};
static const struct actor MANAGER = {"m1", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0};

/* A wall clock in the hall in 2022. */
static inline int64_t at(int32_t month, int32_t day, int32_t hour, int32_t minute)
{
    return ((day_from_ymd(2022, month, day).n * INT64_C(24) + hour - 8) * 60 + minute) * 60000;
}

static inline int open_hall(void **state)
{
    *state = world_new(at(1, 13, 9, 30)); /* a Thursday */
    return 0;
}

static inline int shut_hall(void **state)
{
    struct world *hall = *state;
    world_free(&hall);
    return 0;
}

#define HALL_TEST(test) cmocka_unit_test_setup_teardown(test, open_hall, shut_hall)

/* ---- an application, to be changed as a test likes before it is handed in */

struct application {
    Onedoor__Intake__Submit submit;
    Onedoor__Intake__Applicant applicant;
    Onedoor__Intake__MaterialIn materials[APPLICATION_MATERIALS], *list[APPLICATION_MATERIALS];
    Onedoor__FeeFact facts[APPLICATION_FACTS], *fact_list[APPLICATION_FACTS];
    Onedoor__Intake__PaperVerdict verdicts[APPLICATION_MATERIALS], *judged[APPLICATION_MATERIALS];
};

/* What was found of a paper. */
static inline struct application *find_paper(struct application *application, int32_t seq,
                                             int verdict, int fault, const char *note)
{
    size_t n = application->submit.n_verdicts++;
    assert_true(n < APPLICATION_MATERIALS);
    onedoor__intake__paper_verdict__init(&application->verdicts[n]);
    application->verdicts[n].seq = seq;
    application->verdicts[n].verdict = (Onedoor__Intake__Verdict)verdict;
    application->verdicts[n].fault = (Onedoor__Intake__PaperFault)fault;
    application->verdicts[n].note = (char *)note;
    application->judged[n] = &application->verdicts[n];
    application->submit.verdicts = application->judged;
    return application;
}

static inline struct application *hand_in(struct application *application, int32_t seq,
                                          int32_t copies)
{
    size_t n = application->submit.n_materials++;
    assert_true(n < APPLICATION_MATERIALS);
    onedoor__intake__material_in__init(&application->materials[n]);
    application->materials[n].seq = seq;
    application->materials[n].copies = copies;
    application->list[n] = &application->materials[n];
    return application;
}

/* By a citizen or an organisation, at a window, checked at once, with no materials yet. */
static inline struct application *apply(struct application *application, const char *item, int kind)
{
    onedoor__intake__submit__init(&application->submit);
    onedoor__intake__applicant__init(&application->applicant);
    application->applicant.kind = (Onedoor__Intake__ApplicantKind)kind;
    application->applicant.name = "张三";
    application->applicant.document =
        kind == ONEDOOR__INTAKE__APPLICANT_KIND__PERSON ? CITIZEN : ORGANISATION;
    application->applicant.legal_representative =
        kind == ONEDOOR__INTAKE__APPLICANT_KIND__PERSON ? "" : "李四";
    application->applicant.phone = "13900000000";
    application->submit.item = (char *)item;
    application->submit.applicant = &application->applicant;
    application->submit.channel = ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    application->submit.materials = application->list;
    application->submit.facts = application->fact_list;
    application->submit.check = true;
    return application;
}

/* By an agent who brought his letter of authority. */
static inline void act_for(struct application *application, const char *name, const char *document)
{
    application->applicant.agent_name = (char *)name;
    application->applicant.agent_document = (char *)document;
    application->applicant.agent_phone = "13700000000";
    application->applicant.agent_letter = true;
}

/* What the case has of what a fee counts; said again, it is corrected. */
static inline struct application *declare(struct application *application, const char *fee,
                                          int64_t units, int32_t days)
{
    size_t i = 0;
    while (i < application->submit.n_facts && strcmp(application->facts[i].fee, fee) != 0)
        i++;
    assert_true(i < APPLICATION_FACTS);
    if (i == application->submit.n_facts)
        application->submit.n_facts++;
    onedoor__fee_fact__init(&application->facts[i]);
    application->facts[i].fee = (char *)fee;
    application->facts[i].units = units;
    application->facts[i].days = days;
    application->fact_list[i] = &application->facts[i];
    return application;
}

/* There is nothing of what the item's fees count. */
static inline void declare_nothing(struct world *hall, struct application *application)
{
    for (size_t i = 0; i < world_count(hall, "intake", &intake_item_fee_table); i++) {
        const struct item_fee_row *fee = world_row_at(hall, "intake", &intake_item_fee_table, i);
        if (fee->counts_units && fee->to_day == 0 &&
            strcmp(fee->item, application->submit.item) == 0)
            declare(application, fee->fee, 0, 0);
    }
}

/* A citizen's, with the first `n` materials of the item's first version (99: all of them), and
 * nothing of what its fees count. */
static inline struct application *apply_with(struct world *hall, struct application *application,
                                             const char *item, int n)
{
    apply(application, item, ONEDOOR__INTAKE__APPLICANT_KIND__PERSON);
    struct material_row probe = {.centre = 1, .item = item, .version = 1, .seq = 1}, *material;
    for (; probe.seq <= n &&
           (material = world_row(hall, "intake", &intake_material_table, &probe)) != NULL;
         probe.seq++)
        hand_in(application, material->seq, material->copies);
    declare_nothing(hall, application);
    return application;
}

static inline struct outcome submit(struct world *hall, const struct actor *actor,
                                    struct application *application,
                                    Onedoor__Intake__SubmitReply **reply)
{
    return world_command(hall, actor, &application->submit.base, (ProtobufCMessage **)reply);
}

/* A complete case of the item, taken in and checked; its number. */
static inline int64_t take_in(struct world *hall, const struct actor *clerk, const char *item)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    assert_int_equal(ONEDOOR__CODE__OK,
                     submit(hall, clerk, apply_with(hall, &application, item, 99), &reply).code);
    world_settle(hall);
    return reply->case_number;
}

/* ---- what became of it */

static inline const struct case_row *stored(struct world *hall, int64_t number)
{
    const struct case_row *row = world_row(hall, "intake", &intake_case_table,
                                           &(struct case_row){.centre = 1, .number = number});
    assert_non_null(row);
    return row;
}

static inline const struct ending_row *ending(struct world *hall, int64_t number)
{
    return world_row(hall, "intake", &intake_ending_table,
                     &(struct ending_row){.centre = 1, .number = number});
}

/* The last event of the type about the case, decoded; lives as long as the arena. */
static inline const void *heard(struct world *hall, const ProtobufCMessageDescriptor *type,
                                int64_t number, struct arena *arena)
{
    const struct event *event = world_last(hall, message_type(type), number);
    assert_non_null(event);
    return message_unpack(type, event->payload, arena);
}

#define assert_refused(why, done)                                                                  \
    do {                                                                                           \
        struct outcome outcome_ = (done);                                                          \
        assert_int_not_equal(ONEDOOR__CODE__OK, outcome_.code);                                    \
        assert_int_equal(ONEDOOR__REASON__##why, outcome_.reason);                                 \
    } while (0)
#define assert_done(done)       assert_int_equal(ONEDOOR__CODE__OK, (done).code)
#define assert_state(what, row) assert_int_equal(CASE_##what, (row)->state)

/* ---- what is done to it */

static inline struct outcome check_case(struct world *hall, const struct actor *actor,
                                        int64_t number, Onedoor__Intake__CheckReply **reply)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    check.case_number = number;
    return world_command(hall, actor, &check.base, (ProtobufCMessage **)reply);
}

static inline struct outcome supplement(struct world *hall, const struct actor *actor,
                                        int64_t number, struct application *brought,
                                        Onedoor__Intake__CheckReply **reply)
{
    Onedoor__Intake__Supplement message = ONEDOOR__INTAKE__SUPPLEMENT__INIT;
    message.case_number = number;
    message.n_materials = brought->submit.n_materials;
    message.materials = brought->list;
    message.n_verdicts = brought->submit.n_verdicts;
    message.verdicts = brought->judged;
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

static inline struct outcome refuse_case(struct world *hall, const struct actor *actor,
                                         int64_t number, int ground, const char *reason,
                                         const char *authority)
{
    Onedoor__Intake__Refuse message = ONEDOOR__INTAKE__REFUSE__INIT;
    message.case_number = number;
    message.ground = (Onedoor__Intake__RefusalGround)ground;
    message.reason = (char *)reason;
    message.right_authority = (char *)authority;
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome finish(struct world *hall, const struct actor *actor, int64_t number,
                                    bool granted, const char *reason)
{
    Onedoor__Intake__Finish message = ONEDOOR__INTAKE__FINISH__INIT;
    message.case_number = number;
    message.granted = granted;
    message.reason = (char *)reason;
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome withdraw(struct world *hall, const struct actor *actor, int64_t number)
{
    Onedoor__Intake__Withdraw message = ONEDOOR__INTAKE__WITHDRAW__INIT;
    message.case_number = number;
    message.reason = "不再需要";
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome terminate(struct world *hall, const struct actor *actor,
                                       int64_t number)
{
    Onedoor__Intake__Terminate message = ONEDOOR__INTAKE__TERMINATE__INIT;
    message.case_number = number;
    message.reason = "主体灭失";
    return world_command(hall, actor, &message.base, NULL);
}

/* What is sealed in a row; null: nothing. */
static inline const Onedoor__Intake__Applicant *
opened(struct world *hall, const struct table *table, const void *row, struct bytes sealed)
{
    return person_open(world_seal(), table, row, sealed, world_arena(hall));
}

/* Who applied; null: there is no such case. */
static inline const Onedoor__Intake__Applicant *applicant(struct world *hall, int64_t number)
{
    const struct applicant_row *row =
        world_row(hall, "intake", &intake_applicant_table,
                  &(struct applicant_row){.centre = 1, .number = number});
    return row == NULL ? NULL : opened(hall, &intake_applicant_table, row, row->sealed);
}

/* Handed over to the applicant. */
static inline struct outcome deliver(struct world *hall, const struct actor *actor, int64_t number)
{
    const Onedoor__Intake__Applicant *person = applicant(hall, number);
    Onedoor__Intake__Deliver message = ONEDOOR__INTAKE__DELIVER__INIT;
    message.case_number = number;
    message.how = ONEDOOR__INTAKE__DELIVERY__HANDED_OVER;
    message.receipt = "S-1";
    message.collector = ONEDOOR__INTAKE__COLLECTOR__THE_APPLICANT;
    message.document = person == NULL ? CITIZEN : person->document;
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome decide(struct world *hall, const char *department, int64_t number,
                                    bool agree, const char *opinion)
{
    const struct actor approver = {"approver", ONEDOOR__ROLE__APPROVER, department, 0};
    char *staff[] = {"a1", "a2"}, *departments[] = {(char *)department, (char *)department};
    Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
    message.case_number = number;
    message.agree = agree;
    message.opinion = (char *)opinion;
    message.n_staff = message.n_staff_departments = 2;
    message.staff = staff;
    message.staff_departments = departments;
    return world_command(hall, &approver, &message.base, NULL);
}

static inline struct outcome pay(struct world *hall, int64_t number, int64_t fen)
{
    Onedoor__Charging__Pay message = ONEDOOR__CHARGING__PAY__INIT;
    message.case_number = number;
    message.method = ONEDOOR__CHARGING__METHOD__CASH;
    message.shown_fen = fen;
    return world_command(hall, &CASHIER, &message.base, NULL);
}

#endif
