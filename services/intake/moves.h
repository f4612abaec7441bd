/* SPDX-License-Identifier: Apache-2.0 */
/* moves.h: what may happen to a case, a ticket, and a question: states, events and facts, and their
 * tables (moves.c).
 *
 * After each move the table is asked for ON_ITS_OWN too, for what follows by itself: so one request
 * may carry a case through several states. */
#ifndef INTAKE_MOVES_H
#define INTAKE_MOVES_H

#include "common/rows/moves.h"

/* The numbers are those of the wire (CaseState) and of the database. */
enum case_state {
    CASE_RECEIVED = 1,
    CASE_CORRECTION,
    CASE_REFUSED,
    CASE_ACCEPTED, /* rests here when the window finishes it (RULE H4) */
    CASE_IN_APPROVAL,
    CASE_SUSPENDED, /* special procedure: the clock is paused */
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
    ON_ASK_AGAIN, /* for what is missing, a second time */
    ON_REFUSE,
    ON_GRANT, /* finished at the window */
    ON_DENY,
    ON_WITHDRAW,
    ON_TERMINATE,
    ON_DELIVER,
    ON_AMEND, /* what it says of its applicant is put right */
    ON_AMEND_FACTS,
    ON_TAKE_BACK, /* the decision */
    ON_TAKE_BACK_DELIVERY,
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

/* What a row may ask of the case. */
enum case_fact {
    IF_COMPLETE = 1,      /* every required material is there, with copies enough */
    IF_PROMISED = 2,      /* not for the window to finish: the departments approve */
    IF_FEE = 4,           /* a published standard sets a fee */
    IF_NOT_FIT = 8,       /* refused on a ground of its own, not for want of materials */
    IF_PAID = 32,         /* the fee is paid, and was not given back */
    IF_EARLIER_BILL = 64, /* what is said is of a bill of an earlier round */
    IF_TOO_LATE = 128,    /* the days in which it may be taken back are over */
    IF_ASKED_TWICE = 256,
    IF_TIME_UP = 16, /* refused for want of materials, and the time given to bring them is over */
};

enum case_effect {
    SAY_NOTHING,
    SAY_ACCEPTED,
    SAY_ACCEPTED_BY_SILENCE,
    SAY_WHAT_IS_MISSING,
    SAY_ASKED_AGAIN,
    SAY_REFUSED,
    SAY_GRANTED,
    SAY_DENIED,
    SAY_CLOSED,
    SAY_DELIVERED,
    SAY_WITHDRAWN,
    SAY_TERMINATED,
    SAY_AMENDED,
    SAY_DECISION_TAKEN_BACK,
    SAY_DELIVERY_TAKEN_BACK,
    CASE_EFFECTS,
};

extern const struct moves intake_moves;

/* ---- tickets; the numbers are those of the wire (TicketState) and of the database */

enum ticket_state {
    TICKET_WAITING = 1,
    TICKET_CALLED,
    TICKET_PASSED,
    TICKET_TRANSFERRED, /* to another queue, where the same number waits again */
    TICKET_SERVED,
    TICKET_GONE,
    TICKET_STATES,
};

enum ticket_event {
    ON_CALL,
    ON_CALL_AGAIN,
    ON_PASS_OVER,
    ON_TRANSFER,
    ON_COME_BACK, /* transferred to the queue that it was transferred from */
    ON_SERVED,
    ON_LEAVE,
    ON_DAY_OVER,
    TICKET_EVENTS,
};

enum ticket_fact {
    IF_LAST_TIME = 1,  /* it has been passed over as often as the hall allows */
    IF_SAME_QUEUE = 2, /* it is transferred to another window of its queue */
};

enum ticket_effect {
    TICKET_SAY_NOTHING,
    TICKET_SAY_CALLED,
    TICKET_SAY_PASSED,
    TICKET_SAY_TRANSFERRED,
    TICKET_SAY_OVER,
    TICKET_EFFECTS,
};

extern const struct moves intake_ticket_moves;

/* ---- questions; the numbers are those of the wire (QuestionState) and of the database */

enum question_state {
    QUESTION_ASKED, /* nothing is on record yet */
    QUESTION_ANSWERED,
    QUESTION_LED,
    QUESTION_SENT_ON,
    QUESTION_GIVEN_UP,
    QUESTION_STATES,
};

enum question_event { ON_ANSWER, ON_LEAD, ON_SEND_ON, ON_GIVE_UP, QUESTION_EVENTS };

enum question_fact {
    IF_ANOTHERS = 1, /* neither asked of the actor first nor of his department */
};

extern const struct moves intake_question_moves;

#endif
