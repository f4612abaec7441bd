/* SPDX-License-Identifier: Apache-2.0 */
/* work_begin.c: for each kind of job, a function that makes the message from the plan and one that
 * takes the result from the answer. */
#include <stdio.h>
#include <string.h>

#include "common/wire/numbers.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "programs/simulate/work.h"

enum { LIST_PAGE = 500 };

SAME_NUMBER(GROUND_NO_LICENCE_NEEDED, ONEDOOR__INTAKE__REFUSAL_GROUND__NO_LICENCE_NEEDED);
SAME_NUMBER(GROUND_NOT_THIS_AUTHORITY, ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_THIS_AUTHORITY);
SAME_NUMBER(GROUND_NOT_ELIGIBLE, ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_ELIGIBLE);

/* ---- the window */

/* The materials of `which`, bit by bit, with all their copies. */
static size_t hand_in(struct work *work, uint32_t which, Onedoor__Intake__MaterialIn ***list)
{
    const struct item *item = work_item(work);
    size_t n = 0;
    *list = ARENA_ARRAY(work->arena, Onedoor__Intake__MaterialIn *, item->n_materials);
    for (int i = 0; i < item->n_materials; i++) {
        if ((which >> i & 1) == 0)
            continue;
        Onedoor__Intake__MaterialIn *material =
            WORK_MESSAGE(work, Onedoor__Intake__MaterialIn, onedoor__intake__material_in);
        material->seq = item->materials[i].seq;
        material->copies = item->materials[i].copies;
        (*list)[n++] = material;
    }
    return n;
}

/* What will be put right afterwards. */
static void put_wrong(struct work *work, Onedoor__Intake__Applicant *applicant)
{
    enum amendment amendment = work->plan.twist.amendment;
    if (amendment == AMEND_NAME)
        applicant->name = arena_printf(work->arena, "%s某", applicant->name);
    if (amendment == AMEND_PHONE)
        applicant->phone = (char *)"13000000000";
    if (amendment == AMEND_ADDRESS)
        applicant->address = (char *)"地址待核";
}

static Onedoor__Intake__Applicant *applicant_of(struct work *work)
{
    struct applicant *who = &work->plan.applicant;
    Onedoor__Intake__Applicant *applicant =
        WORK_MESSAGE(work, Onedoor__Intake__Applicant, onedoor__intake__applicant);
    applicant->kind = who->organisation ? ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION
                                        : ONEDOOR__INTAKE__APPLICANT_KIND__PERSON;
    applicant->name = who->name;
    applicant->document = who->document;
    applicant->phone = who->phone;
    applicant->address = who->address;
    put_wrong(work, applicant);
    applicant->agent_name = who->agent_name;
    applicant->agent_document = who->agent_document;
    applicant->agent_phone = who->agent_phone;
    applicant->agent_letter = who->agent_name[0] != '\0';
    applicant->legal_representative = who->legal_representative;
    return applicant;
}

static void take_submitted(struct work *work, const void *message)
{
    const Onedoor__Intake__SubmitReply *reply = message;
    work->result.job.case_number = reply->case_number;
    work->result.state = (int32_t)reply->state;
    work->result.missing = (int32_t)reply->n_missing;
    work_end(work);
}

/* What a case is about, as a clerk of a hall would put it, whatever the item. */
static const char *const summaries[] = {
    "首次申请",
    "到期续办",
    "变更地址，原件已收回",
    "变更负责人",
    "遗失补办",
    "委托代理人办理",
    "申请加急，已说明理由",
    "内容变更",
    "初次提交曾被退回",
    "与上一年度内容相同",
    "信息更正",
    "补充说明已附后",
};

/* A case that will be refused is not checked at once: the clerk examines it first. */
static void submit(struct work *work)
{
    const struct plan *plan = &work->plan;
    Onedoor__Intake__Submit *submit =
        WORK_MESSAGE(work, Onedoor__Intake__Submit, onedoor__intake__submit);
    submit->item = (char *)work_item(work)->code;
    submit->applicant = applicant_of(work);
    submit->n_materials = hand_in(work, ~plan->missing, &submit->materials);
    submit->channel = work_item(work)->by_department ? ONEDOOR__INTAKE__CHANNEL__BY_DEPARTMENT
                      : plan->online                 ? ONEDOOR__INTAKE__CHANNEL__ONLINE
                                                     : ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    submit->fast_lane = plan->fast_lane;
    submit->n_facts = work_facts(work, plan->twist.amendment >= AMEND_FACTS, &submit->facts);
    submit->ticket = work->result.job.ticket;
    submit->check = plan->end != END_REFUSED;
    submit->summary =
        (char *)summaries[work->result.job.plan % (int)(sizeof summaries / sizeof summaries[0])];
    if (work_item(work)->by_department)
        work_at_department(work, "approver", work_item(work)->department);
    else
        work_at_window(work);
    work_command(work, &submit->base, &onedoor__intake__submit_reply__descriptor);
    work_ask(work, take_submitted);
}

static void take_checked(struct work *work, const void *message)
{
    const Onedoor__Intake__CheckReply *reply = message;
    work->result.state = (int32_t)reply->state;
    work->result.missing = (int32_t)reply->n_missing;
    work_end(work);
}

static void supplement(struct work *work)
{
    Onedoor__Intake__Supplement *supplement =
        WORK_MESSAGE(work, Onedoor__Intake__Supplement, onedoor__intake__supplement);
    supplement->case_number = work->result.job.case_number;
    supplement->n_materials = hand_in(work, work->plan.missing, &supplement->materials);
    work_at_window(work);
    work_command(work, &supplement->base, &onedoor__intake__check_reply__descriptor);
    work_ask(work, take_checked);
}

static void refuse_case(struct work *work)
{
    Onedoor__Intake__Refuse *refusal =
        WORK_MESSAGE(work, Onedoor__Intake__Refuse, onedoor__intake__refuse);
    refusal->case_number = work->result.job.case_number;
    refusal->ground = (Onedoor__Intake__RefusalGround)work->plan.ground;
    refusal->reason = (char *)(work->plan.ground == GROUND_NO_LICENCE_NEEDED ? "此事项无需许可"
                                                                             : "不符合受理条件");
    if (work->plan.ground == GROUND_NOT_THIS_AUTHORITY)
        refusal->right_authority = (char *)"市行政审批局";
    work_at_window(work);
    work_command(work, &refusal->base, NULL);
    work_ask(work, work_take_nothing);
}

static void take_finished(struct work *work, const void *message)
{
    work->result.state = (int32_t)((const Onedoor__Intake__FinishReply *)message)->state;
    work_end(work);
}

static void finish(struct work *work)
{
    Onedoor__Intake__Finish *finish =
        WORK_MESSAGE(work, Onedoor__Intake__Finish, onedoor__intake__finish);
    finish->case_number = work->result.job.case_number;
    finish->granted = work->plan.end != END_DENIED;
    if (!finish->granted)
        finish->reason = (char *)"经核实,申请人不符合办理条件";
    work_at_window(work);
    work_command(work, &finish->base, &onedoor__intake__finish_reply__descriptor);
    work_ask(work, take_finished);
}

static void withdraw(struct work *work)
{
    Onedoor__Intake__Withdraw *withdraw =
        WORK_MESSAGE(work, Onedoor__Intake__Withdraw, onedoor__intake__withdraw);
    withdraw->case_number = work->result.job.case_number;
    withdraw->reason = (char *)"申请人自愿撤回";
    work_at_window(work);
    work_command(work, &withdraw->base, NULL);
    work_ask(work, work_take_nothing);
}

static void deliver(struct work *work)
{
    Onedoor__Intake__Deliver *deliver =
        WORK_MESSAGE(work, Onedoor__Intake__Deliver, onedoor__intake__deliver);
    deliver->case_number = work->result.job.case_number;
    deliver->how = (Onedoor__Intake__Delivery)work->plan.how;
    if (deliver->how == ONEDOOR__INTAKE__DELIVERY__HANDED_OVER) {
        deliver->collector = ONEDOOR__INTAKE__COLLECTOR__THE_APPLICANT;
        deliver->document = work->plan.applicant.document;
    }
    deliver->receipt = arena_printf(work->arena, "QS%08d", work->result.job.plan);
    work_at_window(work);
    work_command(work, &deliver->base, NULL);
    work_ask(work, work_take_nothing);
}

/* ---- the departments and the city */

static void take_decided(struct work *work, const void *message)
{
    const Onedoor__Routing__DecideReply *reply = message;
    work->result.flow = (int32_t)reply->flow;
    work->result.stage = reply->stage;
    work->result.open_tasks = reply->open_tasks;
    work->result.stage_opened = reply->stage_opened;
    work_end(work);
}

static void decide(struct work *work)
{
    static char *const surveyors[] = {(char *)"S-01", (char *)"S-02"};
    const struct flow_line *line = &work_item(work)->steps[work->result.job.line];
    Onedoor__Routing__Decide *decide =
        WORK_MESSAGE(work, Onedoor__Routing__Decide, onedoor__routing__decide);
    decide->case_number = work->result.job.case_number;
    decide->agree = work->plan.denied_by != work->result.job.line;
    decide->opinion = (char *)(decide->agree ? "同意" : "不符合本部门审批条件");
    if (line->survey) { /* RULE L34 */
        decide->n_staff = 2;
        decide->staff = (char **)surveyors;
        decide->n_staff_departments = 2;
        decide->staff_departments = ARENA_ARRAY(work->arena, char *, 2);
        decide->staff_departments[0] = decide->staff_departments[1] = (char *)line->department;
    }
    work_at_department(work, "approver", line->department);
    work_command(work, &decide->base, &onedoor__routing__decide_reply__descriptor);
    work_ask(work, take_decided);
}

static void list_page(struct work *work, const char *after);

static void take_list(struct work *work, const void *message)
{
    const Onedoor__Routing__ListTasksReply *reply = message;
    for (size_t i = 0; i < reply->n_tasks; i++)
        work->result.sum += list_mark(reply->tasks[i]->case_number, reply->tasks[i]->task->stage);
    work->result.tasks += (int64_t)reply->n_tasks;
    if (reply->next[0] == '\0')
        work_end(work);
    else
        list_page(work, reply->next);
}

static void list_page(struct work *work, const char *after)
{
    Onedoor__Routing__ListTasks *list =
        WORK_MESSAGE(work, Onedoor__Routing__ListTasks, onedoor__routing__list_tasks);
    list->department = work->person->catalogue.departments[work->result.job.line];
    list->limit = LIST_PAGE;
    list->after = arena_strdup(work->arena, after);
    work_at_department(work, "approver", list->department);
    work_query(work, &list->base, &onedoor__routing__list_tasks_reply__descriptor);
    work_ask(work, take_list);
}

static void list(struct work *work)
{
    list_page(work, "");
}

/* ---- the charging window */

static void take_paid(struct work *work, const void *message)
{
    const Onedoor__Charging__PayReply *reply = message;
    work->result.fen = reply->paid_fen;
    work->result.receipt = reply->receipt;
    work->result.order = reply->order;
    work_end(work);
}

/* RULE H3, H8: the payer is shown the whole bill and pays its amount. */
static void take_order(struct work *work, const void *message)
{
    const Onedoor__Charging__GetOrderReply *order = message;
    Onedoor__Charging__Pay *pay =
        WORK_MESSAGE(work, Onedoor__Charging__Pay, onedoor__charging__pay);
    pay->case_number = work->result.job.case_number;
    pay->method = (Onedoor__Charging__Method)work->plan.method;
    pay->shown_fen = order->due_fen;
    work_command(work, &pay->base, &onedoor__charging__pay_reply__descriptor);
    work_ask(work, take_paid);
}

static void pay(struct work *work)
{
    Onedoor__Charging__GetOrder *order =
        WORK_MESSAGE(work, Onedoor__Charging__GetOrder, onedoor__charging__get_order);
    order->case_number = work->result.job.case_number;
    work_at_counter(work);
    work_query(work, &order->base, &onedoor__charging__get_order_reply__descriptor);
    work_ask(work, take_order);
}

static void (*const begins[JOB_KINDS])(struct work *) = {
    [JOB_SUBMIT] = submit,
    [JOB_SUPPLEMENT] = supplement,
    [JOB_REFUSE] = refuse_case,
    [JOB_FINISH] = finish,
    [JOB_WITHDRAW] = withdraw,
    [JOB_DECIDE] = decide,
    [JOB_PAY] = pay,
    [JOB_DELIVER] = deliver,
    [JOB_LIST] = list,
    [JOB_TAKE] = work_visit_take,
    [JOB_LEAVE] = work_visit_leave,
    [JOB_CALL] = work_visit_call,
    [JOB_CALL_AGAIN] = work_visit_call_again,
    [JOB_PASS_OVER] = work_visit_pass_over,
    [JOB_TRANSFER] = work_visit_transfer,
    [JOB_SERVED] = work_visit_served,
    [JOB_AMEND] = work_correct_amend,
    [JOB_TAKE_BACK] = work_correct_take_back,
    [JOB_TAKE_DELIVERY_BACK] = work_correct_take_delivery_back,
    [JOB_WAIVE] = work_correct_waive,
    [JOB_REFUND] = work_correct_refund,
    [JOB_EXTEND] = work_correct_extend,
};

void work_begin(struct work *work)
{
    begins[work->result.job.kind](work);
}
