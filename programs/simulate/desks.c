/* SPDX-License-Identifier: Apache-2.0 */
/* desks.c: what is said at the desks: a function for each kind of job puts the plan into a message,
 * another takes the answer down. */
#include <stdio.h>
#include <string.h>

#include "common/wire/numbers.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "programs/simulate/person.h"

enum { LIST_PAGE = 500 };

SAME_NUMBER(GROUND_NO_LICENCE_NEEDED, ONEDOOR__INTAKE__REFUSAL_GROUND__NO_LICENCE_NEEDED);
SAME_NUMBER(GROUND_NOT_THIS_AUTHORITY, ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_THIS_AUTHORITY);
SAME_NUMBER(GROUND_NOT_ELIGIBLE, ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_ELIGIBLE);

static const struct item *item_of(const struct errand *errand)
{
    return &errand->person->catalogue.items[errand->plan.item];
}

static void take_nothing(struct errand *errand, const void *reply)
{
    (void)reply;
    errand_end(errand);
}

static void command(struct errand *errand, const ProtobufCMessage *message,
                    const ProtobufCMessageDescriptor *reply)
{
    errand->ask.lane = LANE_COMMAND;
    errand->ask.message = message;
    errand->ask.reply = reply;
}

static void query(struct errand *errand, const ProtobufCMessage *message,
                  const ProtobufCMessageDescriptor *reply)
{
    command(errand, message, reply);
    errand->ask.lane = LANE_QUERY;
}

#define MESSAGE(errand, type, prefix)                                                              \
    ({                                                                                             \
        type *message_ = ARENA_NEW((errand)->arena, type);                                         \
        prefix##__init(message_);                                                                  \
        message_;                                                                                  \
    })

/* ---- the window */

static void at_window(struct errand *errand)
{
    const struct item *item = item_of(errand);
    errand->ask.actor = (struct actor){
        .id =
            arena_printf(errand->arena, "%s-W%d", item->department, errand->told.job.plan % 3 + 1),
        .role = ONEDOOR__ROLE__WINDOW_CLERK,
        .department = item->department,
        .window = item->window,
    };
}

/* The materials of `which`, bit by bit, with all their copies. */
static size_t hand_in(struct errand *errand, uint32_t which, Onedoor__Intake__MaterialIn ***list)
{
    const struct item *item = item_of(errand);
    size_t n = 0;
    *list = ARENA_ARRAY(errand->arena, Onedoor__Intake__MaterialIn *, item->n_materials);
    for (int i = 0; i < item->n_materials; i++) {
        if ((which >> i & 1) == 0)
            continue;
        Onedoor__Intake__MaterialIn *material =
            MESSAGE(errand, Onedoor__Intake__MaterialIn, onedoor__intake__material_in);
        material->seq = item->materials[i].seq;
        material->copies = item->materials[i].copies;
        (*list)[n++] = material;
    }
    return n;
}

static Onedoor__Intake__Applicant *applicant_of(struct errand *errand)
{
    struct applicant *who = &errand->plan.applicant;
    Onedoor__Intake__Applicant *applicant =
        MESSAGE(errand, Onedoor__Intake__Applicant, onedoor__intake__applicant);
    applicant->kind = who->organisation ? ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION
                                        : ONEDOOR__INTAKE__APPLICANT_KIND__PERSON;
    applicant->name = who->name;
    applicant->document = who->document;
    applicant->phone = who->phone;
    applicant->address = who->address;
    applicant->agent_name = who->agent_name;
    applicant->agent_document = who->agent_document;
    return applicant;
}

static size_t facts_of(struct errand *errand, Onedoor__FeeFact ***list)
{
    *list = ARENA_ARRAY(errand->arena, Onedoor__FeeFact *, errand->plan.n_facts);
    for (int i = 0; i < errand->plan.n_facts; i++) {
        const struct plan_fact *fact = &errand->plan.facts[i];
        (*list)[i] = MESSAGE(errand, Onedoor__FeeFact, onedoor__fee_fact);
        (*list)[i]->fee = (char *)item_of(errand)->fees[fact->fee].code;
        (*list)[i]->units = fact->units;
        (*list)[i]->days = fact->days;
    }
    return (size_t)errand->plan.n_facts;
}

static void take_submitted(struct errand *errand, const void *message)
{
    const Onedoor__Intake__SubmitReply *reply = message;
    errand->told.job.case_number = reply->case_number;
    errand->told.state = (int32_t)reply->state;
    errand->told.missing = (int32_t)reply->n_missing;
    errand_end(errand);
}

/* Whoever will be refused is not checked in the same visit: the clerk looks into it first. */
static void submit(struct errand *errand)
{
    const struct plan *plan = &errand->plan;
    Onedoor__Intake__Submit *submit =
        MESSAGE(errand, Onedoor__Intake__Submit, onedoor__intake__submit);
    submit->item = (char *)item_of(errand)->code;
    submit->applicant = applicant_of(errand);
    submit->n_materials = hand_in(errand, ~plan->missing, &submit->materials);
    submit->channel =
        plan->online ? ONEDOOR__INTAKE__CHANNEL__ONLINE : ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    submit->fast_lane = plan->fast_lane;
    submit->n_facts = facts_of(errand, &submit->facts);
    submit->check = plan->end != END_REFUSED;
    submit->summary = arena_printf(errand->arena, "simulated case %d", errand->told.job.plan);
    at_window(errand);
    command(errand, &submit->base, &onedoor__intake__submit_reply__descriptor);
    errand_ask(errand, take_submitted);
}

static void take_checked(struct errand *errand, const void *message)
{
    const Onedoor__Intake__CheckReply *reply = message;
    errand->told.state = (int32_t)reply->state;
    errand->told.missing = (int32_t)reply->n_missing;
    errand_end(errand);
}

static void supplement(struct errand *errand)
{
    Onedoor__Intake__Supplement *supplement =
        MESSAGE(errand, Onedoor__Intake__Supplement, onedoor__intake__supplement);
    supplement->case_number = errand->told.job.case_number;
    supplement->n_materials = hand_in(errand, errand->plan.missing, &supplement->materials);
    at_window(errand);
    command(errand, &supplement->base, &onedoor__intake__check_reply__descriptor);
    errand_ask(errand, take_checked);
}

static void refuse_case(struct errand *errand)
{
    Onedoor__Intake__Refuse *refusal =
        MESSAGE(errand, Onedoor__Intake__Refuse, onedoor__intake__refuse);
    refusal->case_number = errand->told.job.case_number;
    refusal->ground = (Onedoor__Intake__RefusalGround)errand->plan.ground;
    refusal->reason = (char *)(errand->plan.ground == GROUND_NO_LICENCE_NEEDED ? "此事项无需许可"
                                                                               : "不符合受理条件");
    if (errand->plan.ground == GROUND_NOT_THIS_AUTHORITY)
        refusal->right_authority = (char *)"市行政审批局";
    at_window(errand);
    command(errand, &refusal->base, NULL);
    errand_ask(errand, take_nothing);
}

static void take_finished(struct errand *errand, const void *message)
{
    errand->told.state = (int32_t)((const Onedoor__Intake__FinishReply *)message)->state;
    errand_end(errand);
}

static void finish(struct errand *errand)
{
    Onedoor__Intake__Finish *finish =
        MESSAGE(errand, Onedoor__Intake__Finish, onedoor__intake__finish);
    finish->case_number = errand->told.job.case_number;
    finish->granted = errand->plan.end != END_DENIED;
    if (!finish->granted)
        finish->reason = (char *)"经核实,申请人不符合办理条件";
    at_window(errand);
    command(errand, &finish->base, &onedoor__intake__finish_reply__descriptor);
    errand_ask(errand, take_finished);
}

static void withdraw(struct errand *errand)
{
    Onedoor__Intake__Withdraw *withdraw =
        MESSAGE(errand, Onedoor__Intake__Withdraw, onedoor__intake__withdraw);
    withdraw->case_number = errand->told.job.case_number;
    withdraw->reason = (char *)"申请人自愿撤回";
    at_window(errand);
    command(errand, &withdraw->base, NULL);
    errand_ask(errand, take_nothing);
}

static void deliver(struct errand *errand)
{
    Onedoor__Intake__Deliver *deliver =
        MESSAGE(errand, Onedoor__Intake__Deliver, onedoor__intake__deliver);
    deliver->case_number = errand->told.job.case_number;
    deliver->how = (Onedoor__Intake__Delivery)errand->plan.how;
    deliver->receipt = arena_printf(errand->arena, "QS%08d", errand->told.job.plan);
    at_window(errand);
    command(errand, &deliver->base, NULL);
    errand_ask(errand, take_nothing);
}

/* ---- the departments and the city */

static void at_department(struct errand *errand, const char *department)
{
    bool city = strcmp(department, "CITY") == 0;
    errand->ask.actor = (struct actor){
        .id = arena_printf(errand->arena, "%s-A%d", department,
                           errand->told.job.plan < 0 ? 0 : errand->told.job.plan % 4 + 1),
        .role = city ? ONEDOOR__ROLE__CITY_DESK : ONEDOOR__ROLE__APPROVER,
        .department = department,
    };
}

static void take_decided(struct errand *errand, const void *message)
{
    const Onedoor__Routing__DecideReply *reply = message;
    errand->told.flow = (int32_t)reply->flow;
    errand->told.stage = reply->stage;
    errand->told.open_tasks = reply->open_tasks;
    errand->told.stage_opened = reply->stage_opened;
    errand_end(errand);
}

static void decide(struct errand *errand)
{
    static char *const surveyors[] = {(char *)"S-01", (char *)"S-02"};
    const struct flow_line *line = &item_of(errand)->steps[errand->told.job.line];
    Onedoor__Routing__Decide *decide =
        MESSAGE(errand, Onedoor__Routing__Decide, onedoor__routing__decide);
    decide->case_number = errand->told.job.case_number;
    decide->agree = errand->plan.denied_by != errand->told.job.line;
    decide->opinion = (char *)(decide->agree ? "同意" : "不符合本部门审批条件");
    if (line->survey) { /* RULE L34 */
        decide->n_staff = 2;
        decide->staff = (char **)surveyors;
    }
    at_department(errand, line->department);
    command(errand, &decide->base, &onedoor__routing__decide_reply__descriptor);
    errand_ask(errand, take_decided);
}

static void list_page(struct errand *errand, const char *after);

static void take_list(struct errand *errand, const void *message)
{
    const Onedoor__Routing__ListTasksReply *reply = message;
    for (size_t i = 0; i < reply->n_tasks; i++)
        errand->told.sum += list_mark(reply->tasks[i]->case_number, reply->tasks[i]->task->stage);
    errand->told.tasks += (int64_t)reply->n_tasks;
    if (reply->next[0] == '\0')
        errand_end(errand);
    else
        list_page(errand, reply->next);
}

static void list_page(struct errand *errand, const char *after)
{
    Onedoor__Routing__ListTasks *list =
        MESSAGE(errand, Onedoor__Routing__ListTasks, onedoor__routing__list_tasks);
    list->department = errand->person->catalogue.departments[errand->told.job.line];
    list->limit = LIST_PAGE;
    list->after = arena_strdup(errand->arena, after);
    at_department(errand, list->department);
    query(errand, &list->base, &onedoor__routing__list_tasks_reply__descriptor);
    errand_ask(errand, take_list);
}

static void list(struct errand *errand)
{
    list_page(errand, "");
}

/* ---- the charging window */

static void at_counter(struct errand *errand)
{
    errand->ask.actor = (struct actor){
        .id = "CASH-1", .role = ONEDOOR__ROLE__CASHIER, .department = "", .window = 31};
}

static void take_paid(struct errand *errand, const void *message)
{
    const Onedoor__Charging__PayReply *reply = message;
    errand->told.fen = reply->paid_fen;
    errand->told.receipt = reply->receipt;
    errand->told.order = reply->order;
    errand_end(errand);
}

/* RULE H3, H8: the payer is shown the whole bill, and pays what it shows. */
static void take_order(struct errand *errand, const void *message)
{
    const Onedoor__Charging__GetOrderReply *order = message;
    Onedoor__Charging__Pay *pay = MESSAGE(errand, Onedoor__Charging__Pay, onedoor__charging__pay);
    pay->case_number = errand->told.job.case_number;
    pay->method = (Onedoor__Charging__Method)errand->plan.method;
    pay->shown_fen = order->due_fen;
    command(errand, &pay->base, &onedoor__charging__pay_reply__descriptor);
    errand_ask(errand, take_paid);
}

static void pay(struct errand *errand)
{
    Onedoor__Charging__GetOrder *order =
        MESSAGE(errand, Onedoor__Charging__GetOrder, onedoor__charging__get_order);
    order->case_number = errand->told.job.case_number;
    at_counter(errand);
    query(errand, &order->base, &onedoor__charging__get_order_reply__descriptor);
    errand_ask(errand, take_order);
}

static void (*const begins[JOB_KINDS])(struct errand *) = {
    [JOB_SUBMIT] = submit, [JOB_SUPPLEMENT] = supplement, [JOB_REFUSE] = refuse_case,
    [JOB_FINISH] = finish, [JOB_WITHDRAW] = withdraw,     [JOB_DECIDE] = decide,
    [JOB_PAY] = pay,       [JOB_DELIVER] = deliver,       [JOB_LIST] = list,
};

void errand_begin(struct errand *errand)
{
    begins[errand->told.job.kind](errand);
}
