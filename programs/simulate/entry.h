/* SPDX-License-Identifier: Apache-2.0 */
/* entry.h: one case of the account, brought up to date by an answer: what the answer must say, what
 * it changes, and which jobs follow. */
#ifndef SIMULATE_ENTRY_H
#define SIMULATE_ENTRY_H

#include "programs/simulate/account.h"

struct entry {
    struct account *account;
    struct account_case *c; /* null: the answer is of no case */
    struct plan plan;
    const struct item *item;
    const struct result *result;
    bool stays;      /* the visitor is still needed at the window */
    bool to_counter; /* he goes on to the charging window */
};

void entry_effect(struct entry *, enum effect);

/* A job of the case, so many steps later; at once (0), it is done while its visitor is there. */
void entry_job(struct entry *, enum job_kind, int32_t after, int32_t line);

/* The same; where the applicant comes for it, he takes a ticket first. */
void entry_visit(struct entry *, enum job_kind, int32_t after);

/* False, and a mismatch of the case, when they differ. */
bool entry_must_be(struct entry *, const char *what, int64_t answered, int64_t expected);

/* A task enters the work list of its department (by 1), or leaves it (by -1). */
void entry_task_moves(struct entry *, int line, int by);

/* ---- what an answer changes, by its job */

/* account_take.c: what follows a decision, and a bill that is settled. */
void account_take_closed(struct entry *);
void account_take_bill(struct entry *);

/* account_visit.c: tickets. */
void account_visit_took_take(struct entry *);
void account_visit_took_leave(struct entry *);
void account_visit_took_call(struct entry *);
void account_visit_took_call_again(struct entry *);
void account_visit_took_pass_over(struct entry *);
void account_visit_took_transfer(struct entry *);
void account_visit_took_served(struct entry *);

/* The visitor's business is done: he goes, and the window calls the next. */
void account_visit_over(struct entry *);

/* account_correct.c: what is put right or taken back. */
void account_correct_took_amend(struct entry *);
void account_correct_took_take_back(struct entry *);
void account_correct_took_take_delivery_back(struct entry *);
void account_correct_took_waive(struct entry *);
void account_correct_took_refund(struct entry *);
void account_correct_took_extend(struct entry *);

#endif
