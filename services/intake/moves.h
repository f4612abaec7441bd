/* SPDX-License-Identifier: Apache-2.0 */
/* moves.h: what may happen to a case, as a table a lawyer can check (it stands in moves.c).
 *
 * The first row that matches moves the case; no row, no move, and the request is refused. After
 * each move the rows of ON_ITS_OWN are asked too: what follows by itself, so that one request may
 * carry a case through several states. Pure. */
#ifndef INTAKE_MOVES_H
#define INTAKE_MOVES_H

#include <stdbool.h>

#include "common/wire/outcome.h"

/* The numbers are those of the wire (CaseState) and of the database. */
enum case_state {
    CASE_SAME = 0, /* of a move: it stays where it is */
    CASE_RECEIVED,
    CASE_CORRECTION,
    CASE_REFUSED,
    CASE_ACCEPTED, /* rests here when the window finishes it (RULE H4) */
    CASE_IN_APPROVAL,
    CASE_SUSPENDED, /* special procedure: the clock stands still */
    CASE_GRANTED,   /* passed through: what follows a grant follows at once */
    CASE_DENIED,    /* passed through */
    CASE_PAYMENT_DUE,
    CASE_CLOSED,
    CASE_DELIVERED,
    CASE_WITHDRAWN,
    CASE_TERMINATED,
    CASE_STATES,
};

enum case_event {
    /* said by people */
    ON_CHECK,
    ON_SUPPLEMENT,
    ON_REFUSE,
    ON_GRANT, /* finished at the window */
    ON_DENY,
    ON_WITHDRAW,
    ON_TERMINATE,
    ON_DELIVER,
    /* by the calendar */
    ON_SILENCE, /* five working days, and nothing was said */
    /* by routing and charging */
    ON_CLOCK_STOPPED,
    ON_CLOCK_RUNNING,
    ON_FLOW_GRANTED,
    ON_FLOW_DENIED,
    ON_FEE_SETTLED,
    /* by nobody */
    ON_ITS_OWN,
    CASE_EVENTS,
};

/* What a row may ask of the case; 0 asks nothing. */
enum case_fact {
    IF_COMPLETE = 1, /* every required material is there, with copies enough */
    IF_PROMISED = 2, /* not for the window to finish: the departments approve */
    IF_FEE = 4,      /* a published standard sets a fee */
    IF_NOT_FIT = 8,  /* refused on a ground of its own, not for want of materials */
    IF_TIME_UP = 16, /* refused for want of materials, and the time given to bring them is over */
};

enum case_effect {
    SAY_NOTHING,
    SAY_ACCEPTED,
    SAY_ACCEPTED_BY_SILENCE,
    SAY_WHAT_IS_MISSING,
    SAY_REFUSED,
    SAY_GRANTED,
    SAY_DENIED,
    SAY_CLOSED,
    SAY_DELIVERED,
    SAY_WITHDRAWN,
    SAY_TERMINATED,
    CASE_EFFECTS,
};

struct case_move {
    unsigned from; /* a set of states */
    enum case_event on;
    unsigned only_if; /* a set of facts, all of which must hold */
    enum case_state to;
    enum case_effect then;
    const char *rule;
};

/* The move of a case in this state, with these facts; null when there is none. */
const struct case_move *intake_move(enum case_state from, enum case_event on, unsigned facts);

/* Why a case in this state does not move: CASE_CLOSED or WRONG_STATE. */
struct outcome intake_no_move(enum case_state);

/* In the hall's words: "in approval", "supplement", "say closed". */
const char *intake_state_name(enum case_state);
const char *intake_event_name(enum case_event);
const char *intake_effect_name(enum case_effect);

#endif
