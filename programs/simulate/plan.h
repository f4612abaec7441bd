/* SPDX-License-Identifier: Apache-2.0 */
/* plan.h: what is to happen to each case of a simulated year. A plan follows from the seed and its
 * number alone, so that every process can work it out for itself, whatever happens to the services
 * meanwhile. Pure.
 *
 * Time is in steps: two a working day, one at about ten and one at about three. */
#ifndef SIMULATE_PLAN_H
#define SIMULATE_PLAN_H

#include "programs/simulate/catalogue.h"
#include "programs/simulate/people.h"
#include "programs/simulate/twist.h"

/* What a year is made of. */
struct plan_order {
    int32_t cases;
    uint64_t seed;
    int32_t steps; /* cases arrive in steps 0..steps-1 */
};

enum plan_end {
    END_GRANTED,
    END_DENIED,
    END_REFUSED,
    END_WITHDRAWN_UNCORRECTED, /* asked for a correction, the applicant gives up */
    END_WITHDRAWN_IN_APPROVAL,
    PLAN_ENDS
};

/* Grounds of a refusal, numbered as on the wire. */
enum plan_ground {
    GROUND_NO_LICENCE_NEEDED = 1,
    GROUND_NOT_THIS_AUTHORITY = 2,
    GROUND_NOT_ELIGIBLE = 3
};

enum { HOW_HANDED_OVER = 1 }; /* of a delivery, numbered as on the wire */

struct plan_fact {
    int32_t fee; /* index in the item's fees */
    int64_t units;
    int32_t days;
};

struct plan {
    int32_t item;    /* index in the catalogue */
    int32_t arrives; /* step */
    enum plan_end end;
    enum plan_ground ground;
    bool fast_lane;
    bool online;      /* submitted online, not at the window */
    uint32_t missing; /* bit i: material i (from 0) is not brought at first; 0 = complete */
    int32_t corrected_after, withdrawn_after, finished_after, paid_after,
        delivered_after; /* steps; delivered -1: never collected */
    int32_t denied_by;   /* index of the flow's line that disagrees; -1: at the window */
    int32_t late_line;   /* index of the flow's line that is late; -1: none */
    int32_t method;      /* of payment, numbered as on the wire */
    int32_t how;         /* of delivery, numbered as on the wire */
    int32_t n_facts;
    struct plan_fact facts[FEES_MAX];
    int64_t due_fen;           /* what its bill must come to, by the published standards */
    int64_t wrong_due_fen;     /* and by plan_wrong_facts */
    int32_t delays[STEPS_MAX]; /* steps from the opening of its stage to the decision, for each line
                                  of the flow */
    struct applicant applicant;
    struct twist twist;
};

/* The index'th plan of the year. */
void plan_make(struct plan *, const struct catalogue *, const struct plan_order *, int32_t index);

/* Of a plan that is complete without it, what does not go straight (plan_twist.c); it may put
 * decisions off. */
void plan_twist(struct plan *, const struct item *, struct dice *);

/* The facts as they are declared before they are put right: a unit too many of each. */
void plan_wrong_facts(const struct plan *, struct plan_fact facts[FEES_MAX]);

/* How many materials a correction must ask for. */
int plan_missing(const struct plan *);

#endif
