/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/account.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/bus/client.h"
#include "common/values/number.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"

#define STATE(name) ONEDOOR__INTAKE__CASE_STATE__##name
#define FLOW(name)  ONEDOOR__ROUTING__FLOW_STATE__##name

enum { MISMATCHES_SHOWN = 40 };

const char *const account_effects[EFFECTS] = {
    [EFFECT_RECEIVED] = "intake.CaseReceived",   [EFFECT_CORRECTION] = "intake.CorrectionAsked",
    [EFFECT_ACCEPTED] = "intake.CaseAccepted",   [EFFECT_REFUSED] = "intake.CaseRefused",
    [EFFECT_WITHDRAWN] = "intake.CaseWithdrawn", [EFFECT_GRANTED] = "intake.CaseGranted",
    [EFFECT_DENIED] = "intake.CaseDenied",       [EFFECT_CLOSED] = "intake.CaseClosed",
    [EFFECT_DELIVERED] = "intake.CaseDelivered", [EFFECT_STAGE] = "routing.StageOpened",
    [EFFECT_DECISION] = "routing.TaskDecided",   [EFFECT_FLOW_GRANTED] = "routing.FlowGranted",
    [EFFECT_FLOW_DENIED] = "routing.FlowDenied", [EFFECT_FLOW_CANCELLED] = "routing.FlowCancelled",
    [EFFECT_ORDER] = "charging.OrderRaised",     [EFFECT_NOTHING_DUE] = "charging.OrderNothingDue",
    [EFFECT_PAYMENT] = "charging.OrderPaid",
};

/* ---- the books */

void account_init(struct account *account, const struct catalogue *catalogue,
                  const struct plan_order *order)
{
    *account = (struct account){.catalogue = catalogue, .order = order};
    account->cases = calloc((size_t)order->cases, sizeof *account->cases);
    must(account->cases != NULL);
}

void account_release(struct account *account)
{
    for (int32_t step = 0; step < account->agenda_steps; step++)
        free(account->agenda[step].jobs);
    free(account->agenda);
    free(account->cases);
    free(account->took_ms);
    *account = (struct account){0};
}

struct agenda_day *account_agenda(struct account *account, int32_t step)
{
    if (step >= account->agenda_steps) {
        int32_t steps = step + 64;
        account->agenda = reallocarray(account->agenda, (size_t)steps, sizeof *account->agenda);
        must(account->agenda != NULL);
        memset(account->agenda + account->agenda_steps, 0,
               (size_t)(steps - account->agenda_steps) * sizeof *account->agenda);
        account->agenda_steps = steps;
    }
    return &account->agenda[step];
}

static void add(struct account *account, int32_t step, const struct job *job)
{
    struct agenda_day *day = account_agenda(account, step);
    if (day->n == day->room) {
        day->room = day->room == 0 ? 16 : day->room * 2;
        day->jobs = reallocarray(day->jobs, (size_t)day->room, sizeof *day->jobs);
        must(day->jobs != NULL);
    }
    day->jobs[day->n++] = *job;
    account->planned++;
}

void account_arrives(struct account *account, int32_t index)
{
    struct plan plan;
    plan_make(&plan, account->catalogue, account->order, index);
    add(account, plan.arrives, &(struct job){.kind = JOB_SUBMIT, .plan = index});
}

void account_mismatch(struct account *account, int64_t case_number, const char *format, ...)
{
    char number[CASE_NUMBER_TEXT_SIZE], words[400];
    va_list arguments;
    if (++account->mismatches > MISMATCHES_SHOWN)
        return;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    fprintf(stderr, "mismatch: %s%s%s\n",
            case_number == 0 ? "" : case_number_format(case_number, number),
            case_number == 0 ? "" : ": ", words);
}

int64_t account_sum(const struct account *account, enum effect effect)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < account->order->cases; i++)
        sum += account->cases[i].effects[effect];
    return sum;
}

bool account_is_citys(const struct account *account, const struct job *job)
{
    struct plan plan;
    if (job->kind != JOB_DECIDE)
        return false;
    plan_make(&plan, account->catalogue, account->order, job->plan);
    return strcmp(account->catalogue->items[plan.item].steps[job->line].department, "CITY") == 0;
}

/* ---- one case, as an answer about it is taken down */

struct entry {
    struct account *account;
    struct account_case *c;
    struct plan plan;
    const struct item *item;
    const struct told *told;
};

static void effect(struct entry *entry, enum effect effect)
{
    entry->c->effects[effect]++;
}

static void plan_job(struct entry *entry, enum job_kind kind, int32_t after, int32_t line)
{
    add(entry->account, entry->account->now + after,
        &(struct job){.kind = kind,
                      .plan = entry->told->job.plan,
                      .line = line,
                      .case_number = entry->c->number});
}

static bool must_be(struct entry *entry, const char *what, int64_t told, int64_t expected)
{
    if (told == expected)
        return true;
    account_mismatch(entry->account, entry->c->number, "%s: told %lld, expected %lld", what,
                     (long long)told, (long long)expected);
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

/* ---- how it goes on */

static void closed(struct entry *entry)
{
    entry->c->state = STATE(CLOSED);
    effect(entry, EFFECT_CLOSED);
    if (entry->plan.delivered_after >= 0)
        plan_job(entry, JOB_DELIVER, entry->plan.delivered_after, 0);
}

/* RULE H3, L58: with a fee it is closed when its one bill is settled; a bill that comes to nothing
 * is. */
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
    const struct told *told = entry->told;
    bool refused = entry->plan.end == END_REFUSED, incomplete = entry->plan.missing != 0;
    entry->c->number = told->job.case_number;
    effect(entry, EFFECT_RECEIVED);
    int32_t expected = refused                  ? STATE(RECEIVED)
                       : incomplete             ? STATE(CORRECTION)
                       : entry->item->immediate ? STATE(ACCEPTED)
                                                : STATE(IN_APPROVAL);
    if (!must_be(entry, "state after Submit", told->state, expected))
        return;
    entry->c->state = expected;
    if (refused) {
        plan_job(entry, JOB_REFUSE, 0, 0);
    } else if (incomplete) { /* RULE L32.4: everything at once */
        effect(entry, EFFECT_CORRECTION);
        must_be(entry, "materials asked for", told->missing, plan_missing(&entry->plan));
        plan_job(entry,
                 entry->plan.end == END_WITHDRAWN_UNCORRECTED ? JOB_WITHDRAW : JOB_SUPPLEMENT,
                 entry->plan.corrected_after, 0);
    } else {
        accepted(entry);
    }
}

static void took_supplement(struct entry *entry)
{
    if (must_be(entry, "state after Supplement", entry->told->state,
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
    if (!must_be(entry, "state after Finish", entry->told->state, expected))
        return;
    if (deny)
        denied(entry);
    else
        granted(entry);
}

/* Siblings answer through different people, so the answers may come out of order: the stage is
 * judged when its last one is in. */
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
    const struct told *told = entry->told;
    uint32_t bit = UINT32_C(1) << told->job.line;
    effect(entry, EFFECT_DECISION);
    if (!must_be(entry, "task was open", (c->open & bit) != 0, true))
        return;
    c->open &= ~bit;
    task_moves(entry, told->job.line, -1);
    c->disagreed |= entry->plan.denied_by == told->job.line;
    c->stage_opened |= told->stage_opened != 0;
    if (told->stage_opened || told->flow != FLOW(RUNNING) || c->flow == 0)
        c->flow = told->flow;
    if (c->open == 0)
        stage_ends(entry);
}

/* RULE H8: the amount follows from the standard and the facts. */
static void took_pay(struct entry *entry)
{
    const struct told *told = entry->told;
    effect(entry, EFFECT_PAYMENT);
    entry->c->paid_fen = told->fen;
    entry->c->receipt = told->receipt;
    entry->c->order = told->order;
    must_be(entry, "fen paid", told->fen, entry->plan.due_fen);
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

static void compare_list(struct account *account, const struct told *told)
{
    const struct account_list *list = &account->lists[told->job.line];
    if (told->tasks != list->tasks || told->sum != list->sum)
        account_mismatch(account, 0, "work list of %s: %lld tasks, expected %lld%s",
                         account->catalogue->departments[told->job.line], (long long)told->tasks,
                         (long long)list->tasks,
                         told->tasks == list->tasks ? ", and not the same" : "");
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

void account_take(struct account *account, const struct told *told)
{
    struct entry entry = {.account = account, .told = told};
    if (told->job.kind == JOB_HELLO)
        return;
    if (told->job.plan >= 0)
        entry.c = &account->cases[told->job.plan];
    if (told->answer != ANSWER_OK) {
        account_mismatch(account, told->job.case_number, "%s was %s: %s (%d)",
                         words_for[told->job.kind],
                         told->answer == ANSWER_UNKNOWN ? "not answered" : "refused", told->detail,
                         told->reason);
        if (entry.c != NULL)
            entry.c->stuck = true;
        return;
    }
    if (told->job.kind == JOB_LIST) {
        compare_list(account, told);
        return;
    }
    note_time(account, told->took_ms);
    plan_make(&entry.plan, account->catalogue, account->order, told->job.plan);
    entry.item = &account->catalogue->items[entry.plan.item];
    takers[told->job.kind](&entry);
}
