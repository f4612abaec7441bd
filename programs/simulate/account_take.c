/* SPDX-License-Identifier: Apache-2.0 */
/* account_take.c: what an answer changes in the account, and which jobs follow from it. */
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/bus/client.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "programs/simulate/entry.h"

#define STATE(name) ONEDOOR__INTAKE__CASE_STATE__##name
#define FLOW(name)  ONEDOOR__ROUTING__FLOW_STATE__##name

/* ---- which jobs follow */

/* It was pressed by mistake, and will be taken back. */
static bool is_a_mistake(const struct entry *entry, enum second_act act)
{
    return entry->plan.twist.second == act && !entry->c->taken_back;
}

void account_take_closed(struct entry *entry)
{
    entry->c->state = STATE(CLOSED);
    entry->c->closed = true;
    entry_effect(entry, EFFECT_CLOSED);
    if (is_a_mistake(entry, SECOND_DECISION_BACK))
        entry_job(entry, JOB_TAKE_BACK, 1, 0);
    else if (entry->plan.delivered_after >= 0 && !is_a_mistake(entry, SECOND_PAID_BACK))
        entry_visit(entry, JOB_DELIVER, entry->plan.delivered_after);
}

/* What follows the bill: the charging window at once, when he is at a window; or later. */
static void is_to_pay(struct entry *entry)
{
    if (is_a_mistake(entry, SECOND_DECISION_BACK))
        entry_job(entry, JOB_TAKE_BACK, 1, 0);
    else if (entry->plan.twist.amendment == AMEND_FACTS_LATE &&
             entry->c->effects[EFFECT_AMENDED] == 0)
        entry_job(entry, JOB_AMEND, 1, 0);
    else if (entry->plan.twist.second == SECOND_WAIVER)
        entry_job(entry, JOB_WAIVE, 1, 0);
    else if (entry->plan.twist.pays_at_once && entry->result->job.desk != NO_DESK)
        entry->to_counter = true;
    else
        entry_visit(entry, JOB_PAY, entry->plan.paid_after);
}

void account_take_bill(struct entry *entry)
{
    entry_effect(entry, EFFECT_ORDER);
    entry->c->state = STATE(PAYMENT_DUE);
    is_to_pay(entry);
}

/* RULE H3, L58: with a fee it is closed when its one bill is settled, and a bill of 0 is. */
static void granted(struct entry *entry)
{
    entry_effect(entry, EFFECT_GRANTED);
    entry->c->granted = true;
    entry->c->orders += entry->item->has_fee;
    if (!entry->item->has_fee) {
        account_take_closed(entry);
    } else if (entry->plan.due_fen == 0) {
        entry_effect(entry, EFFECT_NOTHING_DUE);
        account_take_closed(entry);
    } else {
        account_take_bill(entry);
    }
}

static void denied(struct entry *entry)
{
    entry_effect(entry, EFFECT_DENIED);
    entry->c->denied = true;
    account_take_closed(entry);
}

static void stage_begins(struct entry *entry, int32_t stage)
{
    struct account_case *c = entry->c;
    c->stage = stage;
    c->open = 0;
    c->stage_opened = c->disagreed = false;
    entry_effect(entry, EFFECT_STAGE);
    for (int i = 0; i < entry->item->n_steps; i++) {
        if (entry->item->steps[i].stage != stage)
            continue;
        c->open |= UINT32_C(1) << i;
        c->tasks++;
        entry_task_moves(entry, i, 1);
        if (entry->plan.end != END_WITHDRAWN_IN_APPROVAL)
            entry_job(entry, JOB_DECIDE, entry->plan.delays[i], i);
    }
}

static void accepted(struct entry *entry)
{
    entry_effect(entry, EFFECT_ACCEPTED);
    entry->c->state = entry->item->immediate ? STATE(ACCEPTED) : STATE(IN_APPROVAL);
    bool amended = entry->plan.twist.amendment != AMEND_NOTHING &&
                   entry->plan.twist.amendment != AMEND_FACTS_LATE;
    if (amended)
        entry_job(entry, JOB_AMEND, 0, 0);
    if (entry->item->immediate) {
        if (!amended)
            entry_job(entry, JOB_FINISH, entry->plan.finished_after, 0);
        return;
    }
    stage_begins(entry, 1);
    if (entry->plan.twist.second == SECOND_EXTENSION)
        entry_job(entry, JOB_EXTEND, 1, 0);
    if (entry->plan.end == END_WITHDRAWN_IN_APPROVAL)
        entry_job(entry, JOB_WITHDRAW, entry->plan.withdrawn_after, 0);
}

/* ---- answers */

static void took_submit(struct entry *entry)
{
    const struct result *result = entry->result;
    bool refused = entry->plan.end == END_REFUSED, incomplete = entry->plan.missing != 0;
    entry->c->number = result->job.case_number;
    entry_effect(entry, EFFECT_RECEIVED);
    int32_t expected = refused                  ? STATE(RECEIVED)
                       : incomplete             ? STATE(CORRECTION)
                       : entry->item->immediate ? STATE(ACCEPTED)
                                                : STATE(IN_APPROVAL);
    if (!entry_must_be(entry, "state after Submit", result->state, expected))
        return;
    entry->c->state = expected;
    if (refused) {
        entry_job(entry, JOB_REFUSE, 0, 0);
    } else if (incomplete) { /* RULE L32.4: everything at once */
        entry_effect(entry, EFFECT_CORRECTION);
        entry_must_be(entry, "materials asked for", result->missing, plan_missing(&entry->plan));
        entry_visit(entry,
                    entry->plan.end == END_WITHDRAWN_UNCORRECTED ? JOB_WITHDRAW : JOB_SUPPLEMENT,
                    entry->plan.corrected_after);
    } else {
        accepted(entry);
    }
}

static void took_supplement(struct entry *entry)
{
    if (entry_must_be(entry, "state after Supplement", entry->result->state,
                      entry->item->immediate ? STATE(ACCEPTED) : STATE(IN_APPROVAL)))
        accepted(entry);
}

static void took_refuse(struct entry *entry)
{
    entry_effect(entry, EFFECT_REFUSED);
    entry->c->state = STATE(REFUSED);
}

static void took_withdraw(struct entry *entry)
{
    entry_effect(entry, EFFECT_WITHDRAWN);
    entry->c->state = STATE(WITHDRAWN);
    if (entry->c->stage == 0)
        return;
    entry_effect(entry, EFFECT_FLOW_CANCELLED);
    for (int i = 0; i < entry->item->n_steps; i++)
        if ((entry->c->open >> i & 1) != 0)
            entry_task_moves(entry, i, -1);
    entry->c->open = 0;
}

static void took_finish(struct entry *entry)
{
    bool deny = entry->plan.end == END_DENIED;
    int32_t expected = !deny && entry->item->has_fee ? STATE(PAYMENT_DUE) : STATE(CLOSED);
    if (!entry_must_be(entry, "state after Finish", entry->result->state, expected))
        return;
    if (deny)
        denied(entry);
    else
        granted(entry);
}

/* Different people decide the tasks of a stage, so results may come out of order: the stage is
 * judged when the last one is there. */
static void stage_ends(struct entry *entry)
{
    struct account_case *c = entry->c;
    bool last = c->stage == entry->item->stages;
    int32_t expected = c->disagreed ? FLOW(FLOW_DENIED) : last ? FLOW(FLOW_GRANTED) : FLOW(RUNNING);
    if (!entry_must_be(entry, "flow at the end of a stage", c->flow, expected) ||
        !entry_must_be(entry, "next stage opened", c->stage_opened, expected == FLOW(RUNNING)))
        return;
    if (expected == FLOW(RUNNING)) {
        stage_begins(entry, c->stage + 1);
    } else if (expected == FLOW(FLOW_GRANTED)) {
        entry_effect(entry, EFFECT_FLOW_GRANTED);
        granted(entry);
    } else {
        entry_effect(entry, EFFECT_FLOW_DENIED);
        denied(entry);
    }
}

static void took_decide(struct entry *entry)
{
    struct account_case *c = entry->c;
    const struct result *result = entry->result;
    uint32_t bit = UINT32_C(1) << result->job.line;
    entry_effect(entry, EFFECT_DECISION);
    c->decided++;
    if (!entry_must_be(entry, "task was open", (c->open & bit) != 0, true))
        return;
    c->open &= ~bit;
    entry_task_moves(entry, result->job.line, -1);
    c->disagreed |= entry->plan.denied_by == result->job.line;
    c->stage_opened |= result->stage_opened != 0;
    if (result->stage_opened || result->flow != FLOW(RUNNING) || c->flow == 0)
        c->flow = result->flow;
    if (c->open == 0)
        stage_ends(entry);
}

/* RULE H8: the amount follows from the standard and the facts. */
static void took_pay(struct entry *entry)
{
    const struct result *result = entry->result;
    entry_effect(entry, EFFECT_PAYMENT);
    entry->c->paid_fen += result->fen;
    entry->c->receipt = result->receipt;
    entry->c->order = result->order;
    entry_must_be(entry, "fen paid", result->fen, entry->plan.due_fen - entry->c->waived_fen);
    if (entry->plan.twist.second == SECOND_REFUND || is_a_mistake(entry, SECOND_PAID_BACK))
        entry_job(entry, JOB_REFUND, 1, 0);
    account_take_closed(entry);
}

static void took_deliver(struct entry *entry)
{
    entry_effect(entry, EFFECT_DELIVERED);
    entry->c->state = STATE(DELIVERED);
    if (is_a_mistake(entry, SECOND_DELIVERY_BACK))
        entry_job(entry, JOB_TAKE_DELIVERY_BACK, 1, 0);
}

static void (*const takers[JOB_KINDS])(struct entry *) = {
    [JOB_SUBMIT] = took_submit,
    [JOB_SUPPLEMENT] = took_supplement,
    [JOB_REFUSE] = took_refuse,
    [JOB_FINISH] = took_finish,
    [JOB_WITHDRAW] = took_withdraw,
    [JOB_DECIDE] = took_decide,
    [JOB_PAY] = took_pay,
    [JOB_DELIVER] = took_deliver,
    [JOB_TAKE] = account_visit_took_take,
    [JOB_LEAVE] = account_visit_took_leave,
    [JOB_CALL] = account_visit_took_call,
    [JOB_CALL_AGAIN] = account_visit_took_call_again,
    [JOB_PASS_OVER] = account_visit_took_pass_over,
    [JOB_TRANSFER] = account_visit_took_transfer,
    [JOB_SERVED] = account_visit_took_served,
    [JOB_AMEND] = account_correct_took_amend,
    [JOB_TAKE_BACK] = account_correct_took_take_back,
    [JOB_TAKE_DELIVERY_BACK] = account_correct_took_take_delivery_back,
    [JOB_WAIVE] = account_correct_took_waive,
    [JOB_REFUND] = account_correct_took_refund,
    [JOB_EXTEND] = account_correct_took_extend,
};

static const char *const words_for[JOB_KINDS] = {
    [JOB_SUBMIT] = "Submit",
    [JOB_SUPPLEMENT] = "Supplement",
    [JOB_REFUSE] = "Refuse",
    [JOB_FINISH] = "Finish",
    [JOB_WITHDRAW] = "Withdraw",
    [JOB_DECIDE] = "Decide",
    [JOB_PAY] = "Pay",
    [JOB_DELIVER] = "Deliver",
    [JOB_LIST] = "ListTasks",
    [JOB_TAKE] = "TakeTicket",
    [JOB_LEAVE] = "LeaveQueue",
    [JOB_CALL] = "CallNext",
    [JOB_CALL_AGAIN] = "CallAgain",
    [JOB_PASS_OVER] = "PassOver",
    [JOB_TRANSFER] = "TransferTicket",
    [JOB_SERVED] = "FinishTicket",
    [JOB_AMEND] = "Amend",
    [JOB_TAKE_BACK] = "TakeBack (decision)",
    [JOB_TAKE_DELIVERY_BACK] = "TakeBack (delivery)",
    [JOB_WAIVE] = "Waive",
    [JOB_REFUND] = "Refund",
    [JOB_EXTEND] = "Extend",
};

/* ---- work lists and times */

static void compare_list(struct account *account, const struct result *result)
{
    const struct account_list *list = &account->lists[result->job.line];
    if (result->tasks != list->tasks || result->sum != list->sum)
        account_mismatch(account, 0, "work list of %s: %lld tasks, expected %lld%s",
                         account->catalogue->departments[result->job.line],
                         (long long)result->tasks, (long long)list->tasks,
                         result->tasks == list->tasks ? ", and not the same" : "");
}

static void note_time(struct account *account, double took_ms)
{
    if (account->n_took == account->room_took) {
        account->room_took = account->room_took == 0 ? 4096 : account->room_took * 2;
        account->took_ms =
            reallocarray(account->took_ms, (size_t)account->room_took, sizeof *account->took_ms);
        must(account->took_ms != NULL);
    }
    account->took_ms[account->n_took++] = (float)took_ms;
}

/* Jobs of tickets end no visit: what they lead to does. */
static bool is_business(enum job_kind kind)
{
    return kind < JOB_TAKE || kind > JOB_SERVED;
}

void account_take(struct account *account, const struct result *result)
{
    struct entry entry = {.account = account, .result = result};
    if (result->job.kind == JOB_HELLO)
        return;
    if (result->job.plan >= 0)
        entry.c = &account->cases[result->job.plan];
    if (result->answer != ANSWER_OK) {
        account_mismatch(account, result->job.case_number, "%s was %s: %s (%d)",
                         words_for[result->job.kind],
                         result->answer == ANSWER_UNKNOWN ? "not answered" : "refused",
                         result->detail, result->reason);
        if (entry.c != NULL)
            entry.c->stuck = true;
        return;
    }
    if (result->job.kind == JOB_LIST) {
        compare_list(account, result);
        return;
    }
    note_time(account, result->took_ms);
    if (entry.c != NULL) {
        plan_make(&entry.plan, account->catalogue, account->order, result->job.plan);
        entry.item = &account->catalogue->items[entry.plan.item];
    }
    takers[result->job.kind](&entry);
    if (result->job.desk != NO_DESK && is_business(result->job.kind) && !entry.stays)
        account_visit_over(&entry);
}
