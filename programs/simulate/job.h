/* SPDX-License-Identifier: Apache-2.0 */
/* job.h: what the driver gives its people to do, and the results that they send back. Both travel
 * as they are over a socket pair between processes of one program. */
#ifndef SIMULATE_JOB_H
#define SIMULATE_JOB_H

#include <stdint.h>

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
    JOB_KINDS
};

struct job {
    int32_t kind;        /* enum job_kind */
    int32_t plan;        /* whose case; -1: no case's */
    int32_t line;        /* JOB_DECIDE: line of the flow; JOB_LIST: number of the department */
    int64_t case_number; /* 0 until it has one */
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
    int64_t fen; /* paid */
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
