/* SPDX-License-Identifier: Apache-2.0 */
/* job.h: what the driver gives its people to do, and the results that they send back. Both travel
 * as they are over a socket pair between processes of one program. */
#ifndef SIMULATE_JOB_H
#define SIMULATE_JOB_H

#include <stdint.h>

#include "common/wire/mark.h"
#include "programs/simulate/plan.h"

enum job_kind {
    JOB_HELLO, /* no job: the first result that a person sends, once it is ready */
    JOB_SUBMIT,
    JOB_SUPPLEMENT,
    JOB_REFUSE,
    JOB_FINISH,
    JOB_WITHDRAW,
    JOB_DECIDE,
    JOB_PAY,
    JOB_DELIVER,
    JOB_LIST, /* look at the work list of a department */
    /* of a visitor, and of the window that he waits for */
    JOB_TAKE,
    JOB_LEAVE,
    JOB_CALL,
    JOB_CALL_AGAIN,
    JOB_PASS_OVER,
    JOB_TRANSFER,
    JOB_SERVED,
    /* what is put right, and what two persons change: one asks, the other agrees */
    JOB_AMEND,
    JOB_TAKE_BACK,
    JOB_TAKE_DELIVERY_BACK,
    JOB_WAIVE,
    JOB_REFUND,
    JOB_EXTEND,
    JOB_KINDS
};

enum { NO_DESK = -1, TICKET_CODE_ROOM = 40 };

struct job {
    int32_t kind;        /* enum job_kind */
    int32_t plan;        /* whose case; -1: no case's */
    int32_t line;        /* JOB_DECIDE: line of the flow; JOB_LIST: number of the department */
    int32_t wanted;      /* JOB_TAKE: the job for which he comes */
    int32_t desk;        /* at which of the catalogue's desks; NO_DESK: nobody waits for it */
    int32_t to_desk;     /* JOB_TRANSFER */
    int32_t ticket;      /* its number; 0: none */
    int64_t case_number; /* 0 until it has one */
    struct mark seen;    /* what the service must have heard of; stream "": nothing */
    char code[TICKET_CODE_ROOM]; /* of the ticket: JOB_LEAVE */
};

/* What became of a job. Fields that its kind does not use are 0. */
struct result {
    struct job job;
    int32_t answer; /* enum answer_kind */
    int32_t reason; /* of a refusal: Reason of the wire */
    double took_ms;
    int32_t state;   /* case state after it */
    int32_t missing; /* how many materials are asked for */
    int32_t flow, stage, open_tasks, stage_opened;
    int64_t fen;      /* paid, waived, refunded */
    struct mark mark; /* where the journal of the service stood */
    int64_t order, receipt;
    int64_t tasks, sum; /* JOB_LIST: how many, and the sum of list_mark over them */
    char detail[160];   /* of a refusal */
};

/* A task's share in the sum by which two work lists are compared. */
static inline int64_t list_mark(int64_t case_number, int32_t stage)
{
    return case_number * 31 + stage;
}

#endif
