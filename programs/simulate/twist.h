/* SPDX-License-Identifier: Apache-2.0 */
/* twist.h: what does not go straight in a planned case: how its applicant visits, what is put right
 * afterwards, and what two persons change about it (RULE H22). */
#ifndef SIMULATE_TWIST_H
#define SIMULATE_TWIST_H

#include <stdbool.h>
#include <stdint.h>

/* How an applicant who takes a ticket comes to his window. */
enum visit_way {
    VISIT_COMES,        /* when he is called */
    VISIT_CALLED_TWICE, /* his number is called out again */
    VISIT_COMES_LATE,   /* passed over once, he comes with the next call */
    VISIT_NEVER_COMES,  /* passed over until the ticket is void; he takes another one later */
    VISIT_GIVES_UP,     /* gives the ticket up, and takes another one later */
    VISIT_WRONG_WINDOW, /* takes a ticket for another window, and is transferred */
    VISIT_UNCALLED,     /* takes it when the windows have called for the last time that day */
    VISIT_WAYS
};

/* What the case says wrongly until it is put right. */
enum amendment {
    AMEND_NOTHING,
    AMEND_NAME,
    AMEND_PHONE,
    AMEND_ADDRESS,
    AMEND_FACTS,     /* of its fee, before the decision */
    AMEND_FACTS_LATE /* while payment is due: the bill is made anew */
};

/* What one person asks and a second agrees to; one a case at most. */
enum second_act {
    SECOND_NOTHING,
    SECOND_DECISION_BACK, /* the decision is taken back, and made again */
    SECOND_PAID_BACK,     /* the same after payment: the fee is given back first */
    SECOND_DELIVERY_BACK,
    SECOND_WAIVER, /* of one line of the bill */
    SECOND_REFUND, /* of a part of what was paid */
    SECOND_EXTENSION,
    SECOND_ACTS
};

struct twist {
    enum visit_way first_visit; /* to apply */
    enum visit_way later_visit; /* with what was missing, to pay, to collect */
    bool priority;
    bool pays_at_once; /* finished at the window, he is sent on to the charging window */
    enum amendment amendment;
    enum second_act second;
    int32_t more_days; /* of an extension */
};

#endif
