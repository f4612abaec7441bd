/* SPDX-License-Identifier: Apache-2.0 */
/* account_correct.c: what is put right in a case, and what two persons change about it (RULE H22).
 */
#include "onedoor/intake.pb-c.h"
#include "programs/simulate/entry.h"

#define STATE(name) ONEDOOR__INTAKE__CASE_STATE__##name

/* ---- amendments */

/* The bill that rested on the wrong facts goes, and the right one is made. */
static void bill_anew(struct entry *entry)
{
    entry_effect(entry, EFFECT_ORDER_CANCELLED);
    account_take_bill(entry);
}

void account_correct_took_amend(struct entry *entry)
{
    entry_effect(entry, EFFECT_AMENDED);
    if (entry->plan.twist.amendment == AMEND_FACTS_LATE)
        bill_anew(entry);
    else if (entry->c->state == STATE(ACCEPTED))
        entry_job(entry, JOB_FINISH, entry->plan.finished_after, 0);
}

/* ---- a decision, a delivery taken back */

static void asked_and_agreed(struct entry *entry)
{
    entry_effect(entry, EFFECT_ASKED);
    entry_effect(entry, EFFECT_ANSWERED);
}

static void cancel_bill(struct entry *entry)
{
    if (!entry->c->granted || !entry->item->has_fee)
        return;
    entry_effect(entry, EFFECT_ORDER_CANCELLED);
    entry->c->orders--;
}

/* The last opinion is asked for again, or, of a denial, the one that disagreed: it is of the same
 * line. */
static void reopen(struct entry *entry)
{
    struct account_case *c = entry->c;
    c->state = STATE(IN_APPROVAL);
    c->flow = 0;
    c->disagreed = c->stage_opened = false;
    entry_effect(entry, EFFECT_REOPENED);
    for (int i = 0; i < entry->item->n_steps; i++)
        if (entry->item->steps[i].stage == c->stage) {
            c->open |= UINT32_C(1) << i;
            c->decided--;
            entry_task_moves(entry, i, 1);
            entry_job(entry, JOB_DECIDE, 1, i);
        }
}

void account_correct_took_take_back(struct entry *entry)
{
    struct account_case *c = entry->c;
    asked_and_agreed(entry);
    entry_effect(entry, EFFECT_DECISION_BACK);
    cancel_bill(entry);
    c->taken_back = true;
    c->granted = c->denied = c->closed = false;
    if (!entry->item->immediate) {
        reopen(entry);
        return;
    }
    c->state = STATE(ACCEPTED);
    entry_job(entry, JOB_FINISH, 1, 0);
}

void account_correct_took_take_delivery_back(struct entry *entry)
{
    asked_and_agreed(entry);
    entry_effect(entry, EFFECT_DELIVERY_BACK);
    entry->c->state = STATE(CLOSED);
    entry->c->taken_back = true;
    entry_visit(entry, JOB_DELIVER, 1);
}

/* ---- money */

/* RULE H3: what is left is paid; with nothing left the case is closed. */
void account_correct_took_waive(struct entry *entry)
{
    asked_and_agreed(entry);
    entry_effect(entry, EFFECT_WAIVED);
    entry->c->waived_fen = entry->result->fen;
    if (entry->c->waived_fen == entry->plan.due_fen)
        account_take_closed(entry);
    else
        entry_visit(entry, JOB_PAY, entry->plan.paid_after);
}

void account_correct_took_refund(struct entry *entry)
{
    asked_and_agreed(entry);
    entry_effect(entry, EFFECT_REFUNDED);
    entry->c->refunded_fen += entry->result->fen;
    if (entry->plan.twist.second == SECOND_PAID_BACK)
        entry_job(entry, JOB_TAKE_BACK, 0, 0);
}

/* ---- time */

void account_correct_took_extend(struct entry *entry)
{
    asked_and_agreed(entry);
    entry_effect(entry, EFFECT_EXTENDED);
}
