/* SPDX-License-Identifier: Apache-2.0 */
/* account_visit.c: visitors with a ticket, and the windows that call them.
 *
 * A window calls while somebody waits for it, one after the other; the business of a visitor is
 * done with his ticket in hand, and the next call ends his visit. */
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "programs/simulate/entry.h"

/* ---- who comes for a job */

static int32_t desk_of(const struct plan *plan, const struct item *item, enum job_kind wanted)
{
    switch (wanted) {
    case JOB_SUBMIT:
        return plan->online || item->by_department ? NO_DESK : item->desk;
    case JOB_SUPPLEMENT:
        return item->desk;
    case JOB_PAY:
        return CHARGING_DESK;
    case JOB_DELIVER:
        return plan->how == HOW_HANDED_OVER ? item->desk : NO_DESK;
    default:
        return NO_DESK;
    }
}

static enum visit_way way_of(const struct account *account, const struct plan *plan,
                             const struct job *wanted)
{
    if (account->cases[wanted->plan].in_vain)
        return VISIT_COMES;
    return wanted->kind == JOB_SUBMIT ? plan->twist.first_visit : plan->twist.later_visit;
}

void account_comes(struct account *account, int32_t step, const struct job *wanted)
{
    struct plan plan;
    struct job job = *wanted;
    plan_make(&plan, account->catalogue, account->order, wanted->plan);
    job.desk = desk_of(&plan, &account->catalogue->items[plan.item], wanted->kind);
    if (job.desk != NO_DESK) {
        job.kind = JOB_TAKE;
        job.wanted = wanted->kind;
        job.to_desk = job.desk;
        if (way_of(account, &plan, wanted) == VISIT_WRONG_WINDOW)
            job.desk = job.desk % (account->catalogue->n_desks - 1) + 1;
    }
    account_add(account, step, &job);
}

/* He comes once more, in the next step. */
static void comes_again(struct account *account, const struct job *wanted)
{
    account->cases[wanted->plan].in_vain = true;
    account_comes(account, account->now + 1, wanted);
}

/* In the afternoon, when nobody is called any more. */
bool account_visit_puts_off(struct account *account, const struct job *job)
{
    struct plan plan;
    if (account->all_called || job->kind != JOB_TAKE || job->line == JOB_TAKE ||
        account->now % 2 == 0)
        return false;
    plan_make(&plan, account->catalogue, account->order, job->plan);
    if (way_of(account, &plan, &(struct job){.kind = job->wanted, .plan = job->plan}) !=
        VISIT_UNCALLED)
        return false;
    if (account->n_late == account->room_late) {
        account->room_late = account->room_late == 0 ? 16 : account->room_late * 2;
        account->late =
            reallocarray(account->late, (size_t)account->room_late, sizeof *account->late);
        must(account->late != NULL);
    }
    account->late[account->n_late++] = *job;
    return true;
}

/* ---- the windows */

static void give(struct account *account, const struct job *job)
{
    account_add(account, account->now, job);
}

static void call_next(struct account *account, int32_t desk)
{
    account->visits.desks[desk].waiting--;
    account->visits.desks[desk].busy = true;
    give(account, &(struct job){.kind = JOB_CALL, .plan = -1, .desk = desk});
}

/* Somebody waits, or the last visitor is sent home, or nothing is to do. */
static void go_on(struct account *account, int32_t desk)
{
    struct visits_desk *at = &account->visits.desks[desk];
    if (at->waiting > 0)
        call_next(account, desk);
    else if (at->here != 0)
        give(account,
             &(struct job){.kind = JOB_SERVED, .plan = -1, .desk = desk, .ticket = at->here});
    else
        at->busy = false;
}

static void take_late(struct account *account)
{
    for (int i = 0; i < account->n_late; i++) {
        struct job job = account->late[i];
        job.line = JOB_TAKE; /* so that he is not put off again */
        give(account, &job);
    }
    account->n_late = 0;
}

bool account_visit_goes_on(struct account *account)
{
    int64_t planned = account->planned;
    for (int32_t desk = 0; desk < account->catalogue->n_desks; desk++)
        if (!account->visits.desks[desk].busy && account->visits.desks[desk].waiting > 0)
            call_next(account, desk);
    if (account->planned == planned)
        take_late(account);
    return account->planned > planned;
}

static void tell_mismatch(struct entry *entry, const char *what)
{
    account_mismatch(entry->account, 0, "ticket %d: %s", entry->result->job.ticket, what);
}

static struct visit *visit_of(struct entry *entry)
{
    struct visit *visit = visits_find(&entry->account->visits, entry->result->job.ticket);
    if (visit == NULL)
        tell_mismatch(entry, "nobody took it today");
    return visit;
}

/* The job of the same visitor, at the desk where he is. */
static void do_next(struct entry *entry, const struct visit *visit, enum job_kind kind)
{
    struct job job = visit->wanted;
    job.kind = kind;
    job.desk = entry->result->job.desk;
    job.ticket = entry->result->job.ticket;
    job.to_desk = visit->desk;
    give(entry->account, &job);
}

/* ---- a ticket is taken, or given up */

void account_visit_took_take(struct entry *entry)
{
    struct account *account = entry->account;
    const struct job *job = &entry->result->job;
    struct visit visit = {.wanted = *job, .desk = job->to_desk};
    visit.wanted.kind = job->wanted;
    visit.wanted.line = 0;
    visit.way = way_of(account, &entry->plan, &visit.wanted);
    memcpy(visit.code, job->code, sizeof visit.code);
    if (!visits_take(&account->visits, job->ticket, &visit)) {
        tell_mismatch(entry, "it is given out twice");
        return;
    }
    struct visit *taken = visits_find(&account->visits, job->ticket);
    if (job->line == JOB_TAKE) { /* nobody calls him any more */
        taken->waits = true;
        comes_again(account, &taken->wanted);
    } else if (visit.way == VISIT_GIVES_UP) {
        struct job leave = *job;
        leave.kind = JOB_LEAVE;
        give(account, &leave);
    } else {
        visits_wait(&account->visits, taken, job->desk);
    }
}

void account_visit_took_leave(struct entry *entry)
{
    struct visit *visit = visit_of(entry);
    if (visit == NULL)
        return;
    visits_end(&entry->account->visits, visit);
    comes_again(entry->account, &visit->wanted);
}

/* ---- a ticket is called */

static bool is_wrong_window(const struct entry *entry, const struct visit *visit)
{
    return visit->desk != entry->result->job.desk;
}

static void answer_call(struct entry *entry, const struct visit *visit)
{
    bool first = visit->calls == 1;
    if (is_wrong_window(entry, visit))
        do_next(entry, visit, JOB_TRANSFER);
    else if (visit->way == VISIT_NEVER_COMES || (visit->way == VISIT_COMES_LATE && first))
        do_next(entry, visit, JOB_PASS_OVER);
    else if (visit->way == VISIT_CALLED_TWICE && first)
        do_next(entry, visit, JOB_CALL_AGAIN);
    else
        do_next(entry, visit, (enum job_kind)visit->wanted.kind);
}

/* Whom the window calls, it has here; the one before him is served with it. */
void account_visit_took_call(struct entry *entry)
{
    struct visits *visits = &entry->account->visits;
    int32_t desk = entry->result->job.desk;
    struct visit *visit = visit_of(entry);
    if (visit == NULL)
        return;
    if (!visit->waits)
        tell_mismatch(entry, "it is called, and does not wait");
    visits_serve(visits, desk);
    visits->desks[desk].here = entry->result->job.ticket;
    visits->called += !visit->called;
    visit->called = true;
    visit->waits = false;
    visit->calls++;
    answer_call(entry, visit);
}

void account_visit_took_call_again(struct entry *entry)
{
    struct visit *visit = visit_of(entry);
    if (visit == NULL)
        return;
    visit->calls++;
    answer_call(entry, visit);
}

void account_visit_took_pass_over(struct entry *entry)
{
    struct account *account = entry->account;
    int32_t desk = entry->result->job.desk;
    struct visit *visit = visit_of(entry);
    if (visit == NULL)
        return;
    account->visits.desks[desk].here = 0;
    if (++visit->passed == PASSED_OVER_MOST) {
        visits_end(&account->visits, visit);
        comes_again(account, &visit->wanted);
    } else {
        visits_wait(&account->visits, visit, desk);
    }
    go_on(account, desk);
}

/* He waits anew where he was sent. The window there may have called him before the answer came. */
void account_visit_took_transfer(struct entry *entry)
{
    struct account *account = entry->account;
    const struct job *job = &entry->result->job;
    account->visits.served++;
    account->visits.desks[job->desk].here = 0;
    account->visits.desks[job->to_desk].waiting++;
    go_on(account, job->desk);
}

void account_visit_took_served(struct entry *entry)
{
    int32_t desk = entry->result->job.desk;
    visits_serve(&entry->account->visits, desk);
    go_on(entry->account, desk);
}

/* ---- the business is done */

/* RULE H3: all pay at the one charging window. */
static void send_to_counter(struct entry *entry, struct visit *visit)
{
    visit->wanted.kind = JOB_PAY;
    visit->wanted.case_number = entry->c->number;
    visit->wanted.seen = entry->result->mark;
    visit->desk = CHARGING_DESK;
    visit->way = VISIT_COMES;
    do_next(entry, visit, JOB_TRANSFER);
}

void account_visit_over(struct entry *entry)
{
    struct visit *visit = visit_of(entry);
    if (visit == NULL)
        return;
    if (entry->to_counter)
        send_to_counter(entry, visit);
    else
        go_on(entry->account, entry->result->job.desk);
}

void account_visit_given(struct account *account, const struct job *job)
{
    struct visit *visit =
        job->kind == JOB_TRANSFER ? visits_find(&account->visits, job->ticket) : NULL;
    if (visit == NULL)
        return;
    visit->waits = true;
    visit->called = false;
    visit->calls = visit->passed = 0;
    if (visit->way == VISIT_WRONG_WINDOW)
        visit->way = VISIT_COMES;
}
