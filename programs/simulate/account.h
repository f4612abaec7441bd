/* SPDX-License-Identifier: Apache-2.0 */
/* account.h: the simulator's own account of every case, made from nothing but the plans and what
 * the services answered, and the jobs that follow from it.
 *
 * Each answer must be the one that the rules of the hall lead to. Any other is a mismatch: it is
 * printed, and nothing more is done about that case. */
#ifndef SIMULATE_ACCOUNT_H
#define SIMULATE_ACCOUNT_H

#include "programs/simulate/job.h"
#include "programs/simulate/visits.h"

/* What has been acknowledged about a case, counted: each is an event that must stand in a journal
 * exactly as often. */
enum effect {
    EFFECT_RECEIVED,
    EFFECT_CORRECTION,
    EFFECT_ACCEPTED,
    EFFECT_REFUSED,
    EFFECT_WITHDRAWN,
    EFFECT_GRANTED,
    EFFECT_DENIED,
    EFFECT_CLOSED,
    EFFECT_DELIVERED,
    EFFECT_STAGE,
    EFFECT_DECISION,
    EFFECT_FLOW_GRANTED,
    EFFECT_FLOW_DENIED,
    EFFECT_FLOW_CANCELLED,
    EFFECT_ORDER,
    EFFECT_NOTHING_DUE,
    EFFECT_PAYMENT,
    EFFECT_AMENDED,
    EFFECT_DECISION_BACK,
    EFFECT_DELIVERY_BACK,
    EFFECT_REOPENED,
    EFFECT_EXTENDED,
    EFFECT_ORDER_CANCELLED,
    EFFECT_WAIVED,
    EFFECT_REFUNDED,
    EFFECT_ASKED,    /* a second person, in any service */
    EFFECT_ANSWERED, /* by him */
    EFFECTS
};

/* What the journals call it: "intake.CaseReceived". */
extern const char *const account_effects[EFFECTS];

struct account_case {
    int64_t number; /* 0: not yet */
    int32_t state;  /* of the wire's CaseState: what it must be once the hall is quiet */
    int32_t stage;  /* the open one; 0 = none */
    uint32_t open;  /* lines of the flow that are open tasks, bit by bit */
    bool disagreed, stage_opened;
    int32_t flow;    /* the last one answered, of FlowState */
    bool stuck;      /* there was a mismatch */
    bool in_vain;    /* its applicant had a ticket and was not served: next time he comes */
    bool taken_back; /* what was to be taken back of it is */
    bool granted, denied, closed; /* as it stands; what was taken back does not count */
    int32_t decided;              /* tasks of it that are */
    int32_t orders;               /* of it that were not cancelled */
    int16_t effects[EFFECTS];
    int32_t tasks;                              /* opened */
    int64_t paid_fen, waived_fen, refunded_fen; /* paid: each time */
    int64_t receipt, order;                     /* the last */
};

/* A department's work list, as it must be. */
struct account_list {
    int64_t tasks, sum;
};

struct agenda_day {
    struct job *jobs;
    int n, room;
};

struct account {
    const struct catalogue *catalogue;
    const struct plan_order *order;
    struct account_case *cases; /* one a plan */
    struct account_list lists[DEPARTMENTS_MAX];
    struct visits visits;
    bool all_called;  /* nobody is left waiting when the windows have called for the last time */
    struct job *late; /* tickets that are taken then */
    int n_late, room_late;
    struct agenda_day *agenda; /* by step */
    int32_t agenda_steps;
    int32_t now;     /* the present step */
    int64_t planned; /* jobs in the agenda, from now on */
    int64_t mismatches;
    float *took_ms; /* of every command answered */
    int64_t n_took, room_took;
};

void account_init(struct account *, const struct catalogue *, const struct plan_order *);
void account_release(struct account *);

/* The jobs of a step. Jobs that follow at once are added to the end of the present step while it
 * runs. */
struct agenda_day *account_agenda(struct account *, int32_t step);

/* Put a job into the agenda; the arrival of a case. */
void account_add(struct account *, int32_t step, const struct job *);
void account_arrives(struct account *, int32_t plan);

/* The same for a job for which the applicant comes: where there is a window to come to, he takes a
 * ticket (account_visit.c). */
void account_comes(struct account *, int32_t step, const struct job *);

/* Is the job kept back until the windows have called for the last time? */
bool account_visit_puts_off(struct account *, const struct job *);

/* Nothing is under way: windows for which somebody waits call, and at last come those whom nobody
 * calls. False: there is nothing more to do in the step. */
bool account_visit_goes_on(struct account *);

/* A job is given to its person. */
void account_visit_given(struct account *, const struct job *);

/* Nobody applies any more, from the present step on. */
void account_close(struct account *);

/* Is it for the city to decide? */
bool account_is_citys(const struct account *, const struct job *);

/* Note a result (account_take.c). */
void account_take(struct account *, const struct result *);

/* A difference, printed. */
void account_mismatch(struct account *, int64_t case_number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sums over all cases. */
int64_t account_sum(const struct account *, enum effect);

#endif
