/* SPDX-License-Identifier: Apache-2.0 */
/* cases.h: moves a case: the moves table decides on an event, then the row is changed and the
 * events are said. */
#ifndef INTAKE_CASES_H
#define INTAKE_CASES_H

#include "common/rows/turn.h"
#include "services/intake/catalogue.h"
#include "services/intake/moves.h"
#include "services/intake/papers.h"

/* What makes a case move: an event and its particulars. Text must live in the turn's arena. */
struct trigger {
    enum case_event on;
    int64_t at_ms; /* the turn's time of a command; an event's own time of one that was heard */
    const struct papers *papers; /* ON_CHECK, ON_SUPPLEMENT, ON_ASK_AGAIN: as they are from now on;
                                    null: as they were */
    const struct brought *brought; /* ON_CHECK, ON_SUPPLEMENT: what changed them, or null */
    const char
        *approved_by;   /* ON_ASK_AGAIN, ON_TAKE_BACK, ON_TAKE_BACK_DELIVERY: the second person */
    int16_t ground;     /* ON_REFUSE: RefusalGround of the wire */
    const char *reason; /* why it ends without a grant, "" when none is owed; ON_ASK_AGAIN:
                           why it is asked for again */
    const char *right_authority; /* ON_REFUSE: RULE L32.2 */
    int16_t delivery;            /* ON_DELIVER: Delivery of the wire */
    const char *delivery_receipt;
    int16_t collector;                     /* ON_DELIVER: Collector of the wire */
    const struct amendment_row *amendment; /* ON_AMEND, ON_AMEND_FACTS */
    struct bytes facts;                    /* ON_AMEND_FACTS: the new ones */
    int32_t round;                         /* ON_FEE_SETTLED: of the bill */
};

/* Whether the move may be made; nothing is changed. */
struct outcome intake_may_move(struct turn *, struct case_row *, const struct trigger *);

/* Move the case, with all that follows on its own. A refusal by the moves table changes nothing. */
struct outcome intake_move_case(struct turn *, struct case_row *, const struct trigger *);

/* The case, or null; want it first. */
void intake_want_case(struct turn *, int64_t number);
struct case_row *intake_case(struct turn *, int64_t number);

/* The item in the version the case began under (RULE H11). */
const struct item_version *intake_item_of(const struct catalogue *, const struct case_row *);

/* Promised finish of an accepted case; 0 of one that is not, or was refused or called off. */
int64_t intake_promise(const struct catalogue *, const struct case_row *);

/* RULE L32.3: says each paper that was put right on the spot. */
void intake_say_mended(struct turn *, const struct case_row *, const struct item_version *,
                       const struct brought *);

/* RULE L32.4: when a case received at this instant counts as accepted, if the hall has not
 * answered. */
int64_t intake_answer_due(const struct catalogue *, int64_t received_ms);

#endif
