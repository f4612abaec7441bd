/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/account.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/case_number.h"

enum { MISMATCHES_SHOWN = 40 };

const char *const account_effects[EFFECTS] = {
    [EFFECT_RECEIVED] = "intake.CaseReceived",
    [EFFECT_CORRECTION] = "intake.CorrectionAsked",
    [EFFECT_ACCEPTED] = "intake.CaseAccepted",
    [EFFECT_REFUSED] = "intake.CaseRefused",
    [EFFECT_WITHDRAWN] = "intake.CaseWithdrawn",
    [EFFECT_GRANTED] = "intake.CaseGranted",
    [EFFECT_DENIED] = "intake.CaseDenied",
    [EFFECT_CLOSED] = "intake.CaseClosed",
    [EFFECT_DELIVERED] = "intake.CaseDelivered",
    [EFFECT_STAGE] = "routing.StageOpened",
    [EFFECT_DECISION] = "routing.TaskDecided",
    [EFFECT_FLOW_GRANTED] = "routing.FlowGranted",
    [EFFECT_FLOW_DENIED] = "routing.FlowDenied",
    [EFFECT_FLOW_CANCELLED] = "routing.FlowCancelled",
    [EFFECT_ORDER] = "charging.OrderRaised",
    [EFFECT_NOTHING_DUE] = "charging.OrderNothingDue",
    [EFFECT_PAYMENT] = "charging.OrderPaid",
    [EFFECT_AMENDED] = "intake.CaseAmended",
    [EFFECT_DECISION_BACK] = "intake.DecisionTakenBack",
    [EFFECT_DELIVERY_BACK] = "intake.DeliveryTakenBack",
    [EFFECT_REOPENED] = "routing.FlowReopened",
    [EFFECT_EXTENDED] = "routing.ClockExtended",
    [EFFECT_ORDER_CANCELLED] = "charging.OrderCancelled",
    [EFFECT_WAIVED] = "charging.OrderWaived",
    [EFFECT_REFUNDED] = "charging.OrderRefunded",
    [EFFECT_ASKED] = "approval.Asked",
    [EFFECT_ANSWERED] = "approval.Answered",
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
    visits_release(&account->visits);
    free(account->late);
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

void account_add(struct account *account, int32_t step, const struct job *job)
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
    account_comes(account, plan.arrives, &(struct job){.kind = JOB_SUBMIT, .plan = index});
}

static bool is_arrival(const struct job *job)
{
    return job->kind == JOB_SUBMIT || (job->kind == JOB_TAKE && job->wanted == JOB_SUBMIT);
}

void account_close(struct account *account)
{
    for (int32_t step = account->now; step < account->agenda_steps; step++) {
        struct agenda_day *day = &account->agenda[step];
        int kept = 0;
        for (int i = 0; i < day->n; i++)
            if (!is_arrival(&day->jobs[i]))
                day->jobs[kept++] = day->jobs[i];
        account->planned -= day->n - kept;
        day->n = kept;
    }
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
