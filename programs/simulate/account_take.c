/* SPDX-License-Identifier: Apache-2.0 */
/* account_take.c: what an answer changes in the account, and which jobs follow from it. */
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/bus/client.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "programs/simulate/account.h"

#define STATE(name) ONEDOOR__INTAKE__CASE_STATE__##name
#define FLOW(name)  ONEDOOR__ROUTING__FLOW_STATE__##name

/* ---- one case, brought up to date by an answer */

struct entry {
    struct account *account;
    struct account_case *c;
    struct plan plan;
    const struct item *item;
    const struct result *result;
};

static void effect(struct entry *entry, enum effect effect)
{
    entry->c->effects[effect]++;
}

static void plan_job(struct entry *entry, enum job_kind kind, int32_t after, int32_t line)
{
    account_add(entry->account, entry->account->now + after,
                &(struct job){.kind = kind,
                              .plan = entry->result->job.plan,
                              .line = line,
                              .case_number = entry->c->number});
}

static bool must_be(struct entry *entry, const char *what, int64_t answered, int64_t expected)
{
    if (answered == expected)
        return true;
    account_mismatch(entry->account, entry->c->number, "%s: answered %lld, expected %lld", what,
                     (long long)answered, (long long)expected);
    entry->c->stuck = true;
    return false;
}

static void task_moves(struct entry *entry, int line, int by)
{
    const struct flow_line *step = &entry->item->steps[line];
    for (int d = 0; d < entry->account->catalogue->n_departments; d++)
        if (strcmp(entry->account->catalogue->departments[d], step->department) == 0) {
            entry->account->lists[d].tasks += by;
            entry->account->lists[d].sum += by * list_mark(entry->c->number, step->stage);
        }
}

/* ---- which jobs follow */

static void closed(struct entry *entry)
{
    entry->c->state = STATE(CLOSED);
    effect(entry, EFFECT_CLOSED);
    if (entry->plan.delivered_after >= 0)
        plan_job(entry, JOB_DELIVER, entry->plan.delivered_after, 0);
}

/* RULE H3, L58: with a fee it is closed when its one bill is settled, and a bill of 0 is. */
static void granted(struct entry *entry)
{
    effect(entry, EFFECT_GRANTED);
    if (!entry->item->has_fee) {
        closed(entry);
    } else if (entry->plan.due_fen == 0) {
        effect(entry, EFFECT_NOTHING_DUE);
        closed(entry);
    } else {
        effect(entry, EFFECT_ORDER);
        entry->c->state = STATE(PAYMENT_DUE);
        plan_job(entry, JOB_PAY, entry->plan.paid_after, 0);
    }
}

static void denied(struct entry *entry)
{
    effect(entry, EFFECT_DENIED);
    closed(entry);
}

static void stage_begins(struct entry *entry, int32_t stage)
{
    struct account_case *c = entry->c;
    c->stage = stage;
    c->open = 0;
    c->stage_opened = c->disagreed = false;
    effect(entry, EFFECT_STAGE);
    for (int i = 0; i < entry->item->n_steps; i++) {
        if (entry->item->steps[i].stage != stage)
            continue;
        c->open |= UINT32_C(1) << i;
        c->tasks++;
        task_moves(entry, i, 1);
        if (entry->plan.end != END_WITHDRAWN_IN_APPROVAL)
            plan_job(entry, JOB_DECIDE, entry->plan.delays[i], i);
    }
}

static void accepted(struct entry *entry)
{
    effect(entry, EFFECT_ACCEPTED);
    entry->c->state = entry->item->immediate ? STATE(ACCEPTED) : STATE(IN_APPROVAL);
    if (entry->item->immediate) {
        plan_job(entry, JOB_FINISH, entry->plan.finished_after, 0);
        return;
    }
    stage_begins(entry, 1);
    if (entry->plan.end == END_WITHDRAWN_IN_APPROVAL)
        plan_job(entry, JOB_WITHDRAW, entry->plan.withdrawn_after, 0);
}

/* ---- answers */

static void took_submit(struct entry *entry)
{
    const struct result *result = entry->result;
    bool refused = entry->plan.end == END_REFUSED, incomplete = entry->plan.missing != 0;
    entry->c->number = result->job.case_number;
    effect(entry, EFFECT_RECEIVED);
    int32_t expected = refused                  ? STATE(RECEIVED)
                       : incomplete             ? STATE(CORRECTION)
                       : entry->item->immediate ? STATE(ACCEPTED)
                                                : STATE(IN_APPROVAL);
    if (!must_be(entry, "state after Submit", result->state, expected))
        return;
    entry->c->state = expected;
    if (refused) {
        plan_job(entry, JOB_REFUSE, 0, 0);
    } else if (incomplete) { /* RULE L32.4: everything at once */
        effect(entry, EFFECT_CORRECTION);
        must_be(entry, "materials asked for", result->missing, plan_missing(&entry->plan));
        plan_job(entry,
                 entry->plan.end == END_WITHDRAWN_UNCORRECTED ? JOB_WITHDRAW : JOB_SUPPLEMENT,
                 entry->plan.corrected_after, 0);
    } else {
        accepted(entry);
    }
}

static void took_supplement(struct entry *entry)
{
    if (must_be(entry, "state after Supplement", entry->result->state,
                entry->item->immediate ? STATE(ACCEPTED) : STATE(IN_APPROVAL)))
        accepted(entry);
}

static void took_refuse(struct entry *entry)
{
    effect(entry, EFFECT_REFUSED);
    entry->c->state = STATE(REFUSED);
}

static void took_withdraw(struct entry *entry)
{
    effect(entry, EFFECT_WITHDRAWN);
    entry->c->state = STATE(WITHDRAWN);
    if (entry->c->stage == 0)
        return;
    effect(entry, EFFECT_FLOW_CANCELLED);
    for (int i = 0; i < entry->item->n_steps; i++)
        if ((entry->c->open >> i & 1) != 0)
            task_moves(entry, i, -1);
    entry->c->open = 0;
}

static void took_finish(struct entry *entry)
{
    bool deny = entry->plan.end == END_DENIED;
    int32_t expected = !deny && entry->item->has_fee ? STATE(PAYMENT_DUE) : STATE(CLOSED);
    if (!must_be(entry, "state after Finish", entry->result->state, expected))
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
    if (!must_be(entry, "flow at the end of a stage", c->flow, expected) ||
        !must_be(entry, "next stage opened", c->stage_opened, expected == FLOW(RUNNING)))
        return;
    if (expected == FLOW(RUNNING)) {
        stage_begins(entry, c->stage + 1);
    } else if (expected == FLOW(FLOW_GRANTED)) {
        effect(entry, EFFECT_FLOW_GRANTED);
        granted(entry);
    } else {
        effect(entry, EFFECT_FLOW_DENIED);
        denied(entry);
    }
}

static void took_decide(struct entry *entry)
{
    struct account_case *c = entry->c;
    const struct result *result = entry->result;
    uint32_t bit = UINT32_C(1) << result->job.line;
    effect(entry, EFFECT_DECISION);
    if (!must_be(entry, "task was open", (c->open & bit) != 0, true))
        return;
    c->open &= ~bit;
    task_moves(entry, result->job.line, -1);
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
    effect(entry, EFFECT_PAYMENT);
    entry->c->paid_fen = result->fen;
    entry->c->receipt = result->receipt;
    entry->c->order = result->order;
    must_be(entry, "fen paid", result->fen, entry->plan.due_fen);
    closed(entry);
}

static void took_deliver(struct entry *entry)
{
    effect(entry, EFFECT_DELIVERED);
    entry->c->state = STATE(DELIVERED);
}

static void (*const takers[JOB_KINDS])(struct entry *) = {
    [JOB_SUBMIT] = took_submit, [JOB_SUPPLEMENT] = took_supplement, [JOB_REFUSE] = took_refuse,
    [JOB_FINISH] = took_finish, [JOB_WITHDRAW] = took_withdraw,     [JOB_DECIDE] = took_decide,
    [JOB_PAY] = took_pay,       [JOB_DELIVER] = took_deliver,
};

static const char *const words_for[JOB_KINDS] = {
    [JOB_SUBMIT] = "Submit", [JOB_SUPPLEMENT] = "Supplement", [JOB_REFUSE] = "Refuse",
    [JOB_FINISH] = "Finish", [JOB_WITHDRAW] = "Withdraw",     [JOB_DECIDE] = "Decide",
    [JOB_PAY] = "Pay",       [JOB_DELIVER] = "Deliver",       [JOB_LIST] = "ListTasks",
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
    plan_make(&entry.plan, account->catalogue, account->order, result->job.plan);
    entry.item = &account->catalogue->items[entry.plan.item];
    takers[result->job.kind](&entry);
}
