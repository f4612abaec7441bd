/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/moves.h"

enum {
    RECEIVED = FROM(CASE_RECEIVED),
    CORRECTION = FROM(CASE_CORRECTION),
    ACCEPTED = FROM(CASE_ACCEPTED),
    IN_APPROVAL = FROM(CASE_IN_APPROVAL),
    SUSPENDED = FROM(CASE_SUSPENDED),
    GRANTED = FROM(CASE_GRANTED),
    DENIED = FROM(CASE_DENIED),
    PAYMENT_DUE = FROM(CASE_PAYMENT_DUE),
    CLOSED = FROM(CASE_CLOSED),
    WITHDRAWN = FROM(CASE_WITHDRAWN),
    TERMINATED = FROM(CASE_TERMINATED),

    ROUTED = IN_APPROVAL | SUSPENDED,
    UNDECIDED = RECEIVED | CORRECTION | ACCEPTED | ROUTED,
    CALLED_OFF = WITHDRAWN | TERMINATED,
    DELIVERED = FROM(CASE_DELIVERED),
    DONE = CLOSED | DELIVERED,
    ANY = UNDECIDED | PAYMENT_DUE | DONE | CALLED_OFF,
};

/* clang-format off */
static const struct move rows[] = {
/*   from         on                only if      to                then                         rule */
    {RECEIVED,    ON_CHECK,         IF_COMPLETE, CASE_ACCEPTED,    DO(SAY_ACCEPTED),            "L32.5"},
    {RECEIVED,    ON_CHECK,         ALWAYS,      CASE_CORRECTION,  DO(SAY_WHAT_IS_MISSING),     "L32.4"},
    {RECEIVED,    ON_SUPPLEMENT,    IF_COMPLETE, CASE_ACCEPTED,    DO(SAY_ACCEPTED),            "L32.3"},
    {RECEIVED,    ON_SUPPLEMENT,    ALWAYS,      CASE_CORRECTION,  DO(SAY_WHAT_IS_MISSING),     "L32.4"},
    {RECEIVED,    ON_SILENCE,       ALWAYS,      CASE_ACCEPTED,    DO(SAY_ACCEPTED_BY_SILENCE), "L32.4"},

    /* asked once: still incomplete, it waits, and nothing is asked again */
    {CORRECTION,  ON_SUPPLEMENT,    IF_COMPLETE, CASE_ACCEPTED,    DO(SAY_ACCEPTED),            "L32.5"},
    {CORRECTION,  ON_SUPPLEMENT,    ALWAYS,      STAYS,            DO(SAY_NOTHING),             "L32.4"},
    {CORRECTION,  ON_CHECK,         IF_COMPLETE, CASE_ACCEPTED,    DO(SAY_ACCEPTED),            "L32.5"},
    {CORRECTION,  ON_CHECK,         ALWAYS,      STAYS,            DO(SAY_NOTHING),             "L32.4"},

    /* or a second time, by two persons */
    {CORRECTION,  ON_ASK_AGAIN,     IF_ASKED_TWICE, STAYS,
        REFUSE(ASKED_TWICE, "a second request was made already; there is no third"),            "L32.4"},
    {CORRECTION,  ON_ASK_AGAIN,     ALWAYS,      STAYS,            DO(SAY_ASKED_AGAIN),         "H22"},

    {RECEIVED | CORRECTION, ON_REFUSE, IF_NOT_FIT, CASE_REFUSED,     DO(SAY_REFUSED),             "L32.2"},
    {CORRECTION,  ON_REFUSE,        IF_TIME_UP,  CASE_REFUSED,     DO(SAY_REFUSED),             "L32.4"},

    {ACCEPTED,    ON_ITS_OWN,       IF_PROMISED, CASE_IN_APPROVAL, DO(SAY_NOTHING),             "L26"},
    {ACCEPTED,    ON_GRANT,         ALWAYS,      CASE_GRANTED,     DO(SAY_GRANTED),             "H4"},
    {ACCEPTED,    ON_DENY,          ALWAYS,      CASE_DENIED,      DO(SAY_DENIED),              "L38"},

    {ROUTED,      ON_CLOCK_STOPPED, ALWAYS,      CASE_SUSPENDED,   DO(SAY_NOTHING),             "L45"},
    {ROUTED,      ON_CLOCK_RUNNING, ALWAYS,      CASE_IN_APPROVAL, DO(SAY_NOTHING),             "L45"},
    {ROUTED,      ON_FLOW_GRANTED,  ALWAYS,      CASE_GRANTED,     DO(SAY_GRANTED),             "H2"},
    {ROUTED,      ON_FLOW_DENIED,   ALWAYS,      CASE_DENIED,      DO(SAY_DENIED),              "L38"},

    {GRANTED,     ON_ITS_OWN,       IF_FEE,      CASE_PAYMENT_DUE, DO(SAY_NOTHING),             "H3"},
    {GRANTED,     ON_ITS_OWN,       ALWAYS,      CASE_CLOSED,      DO(SAY_CLOSED),              "L58"},
    {DENIED,      ON_ITS_OWN,       ALWAYS,      CASE_CLOSED,      DO(SAY_CLOSED),              "L38"},
    {ANY,         ON_FEE_SETTLED,   IF_EARLIER_BILL, STAYS,        DO(SAY_NOTHING),             "H3"},
    {PAYMENT_DUE, ON_FEE_SETTLED,   ALWAYS,      CASE_CLOSED,      DO(SAY_CLOSED),              "H3"},
    {CLOSED,      ON_DELIVER,       ALWAYS,      CASE_DELIVERED,   DO(SAY_DELIVERED),           "L44"},

    {UNDECIDED | PAYMENT_DUE | CLOSED, ON_AMEND, ALWAYS, STAYS,    DO(SAY_AMENDED),             "L32.3"},
    {UNDECIDED,   ON_AMEND_FACTS,   IF_PAID,     STAYS,
        REFUSE(REFUND_FIRST, "the fee is paid: have it given back first"), "H8"},
    {UNDECIDED | PAYMENT_DUE, ON_AMEND_FACTS, ALWAYS, STAYS,       DO(SAY_AMENDED),             "H8"},
    {CLOSED,      ON_AMEND_FACTS,   ALWAYS,      STAYS,
        REFUSE(CASE_CLOSED, "the case is decided, and its fee settled"), "H8"},

    /* pressed by mistake */
    {PAYMENT_DUE | CLOSED, ON_TAKE_BACK, IF_TOO_LATE, STAYS,
        REFUSE(TAKEN_BACK_TOO_LATE, "the days in which a decision may be taken back are over"), "H22"},
    {PAYMENT_DUE | CLOSED, ON_TAKE_BACK, IF_PAID, STAYS,
        REFUSE(REFUND_FIRST, "the fee is paid: have it given back first"), "L59"},
    {PAYMENT_DUE | CLOSED, ON_TAKE_BACK, ALWAYS, CASE_ACCEPTED,    DO(SAY_DECISION_TAKEN_BACK), "H22"},
    {DELIVERED,   ON_TAKE_BACK,     ALWAYS,      STAYS,
        REFUSE(CASE_CLOSED, "its result is delivered: take the delivery back first"), "H22"},
    {DELIVERED,   ON_TAKE_BACK_DELIVERY, IF_TOO_LATE, STAYS,
        REFUSE(TAKEN_BACK_TOO_LATE, "the days in which a delivery may be taken back are over"), "H22"},
    {DELIVERED,   ON_TAKE_BACK_DELIVERY, ALWAYS, CASE_CLOSED,      DO(SAY_DELIVERY_TAKEN_BACK), "H22"},
    {CLOSED,      ON_TAKE_BACK_DELIVERY, ALWAYS, STAYS,
        REFUSE(WRONG_STATE, "nothing is delivered"), "H22"},

    {UNDECIDED,   ON_WITHDRAW,      ALWAYS,      CASE_WITHDRAWN,   DO(SAY_WITHDRAWN),           "States"},
    {UNDECIDED,   ON_TERMINATE,     ALWAYS,      CASE_TERMINATED,  DO(SAY_TERMINATED),          "States"},

    /* routing said so before it knew that the case was called off */
    {CALLED_OFF,  ON_CLOCK_STOPPED, ALWAYS,      STAYS,            DO(SAY_NOTHING),             "States"},
    {CALLED_OFF,  ON_CLOCK_RUNNING, ALWAYS,      STAYS,            DO(SAY_NOTHING),             "States"},
    {CALLED_OFF,  ON_FLOW_GRANTED,  ALWAYS,      STAYS,            DO(SAY_NOTHING),             "States"},
    {CALLED_OFF,  ON_FLOW_DENIED,   ALWAYS,      STAYS,            DO(SAY_NOTHING),             "States"},

    {DONE,        ON_ANYTHING,      ALWAYS,      STAYS,            REFUSE(CASE_CLOSED, "the case is closed"), ""},
};
/* clang-format on */

static const char *const states[CASE_STATES] = {
    [CASE_RECEIVED] = "received",       [CASE_CORRECTION] = "correction",
    [CASE_REFUSED] = "refused",         [CASE_ACCEPTED] = "accepted",
    [CASE_IN_APPROVAL] = "in approval", [CASE_SUSPENDED] = "suspended",
    [CASE_GRANTED] = "granted",         [CASE_DENIED] = "denied",
    [CASE_PAYMENT_DUE] = "payment due", [CASE_CLOSED] = "closed",
    [CASE_DELIVERED] = "delivered",     [CASE_WITHDRAWN] = "withdrawn",
    [CASE_TERMINATED] = "terminated",
};

static const char *const events[CASE_EVENTS] = {
    [ON_CHECK] = "check",
    [ON_SUPPLEMENT] = "supplement",
    [ON_ASK_AGAIN] = "ask again",
    [ON_REFUSE] = "refuse",
    [ON_GRANT] = "grant",
    [ON_DENY] = "deny",
    [ON_WITHDRAW] = "withdraw",
    [ON_TERMINATE] = "terminate",
    [ON_DELIVER] = "deliver",
    [ON_AMEND] = "amend",
    [ON_AMEND_FACTS] = "amend facts",
    [ON_TAKE_BACK] = "take back",
    [ON_TAKE_BACK_DELIVERY] = "take delivery back",
    [ON_SILENCE] = "silence",
    [ON_CLOCK_STOPPED] = "clock stopped",
    [ON_CLOCK_RUNNING] = "clock running",
    [ON_FLOW_GRANTED] = "flow granted",
    [ON_FLOW_DENIED] = "flow denied",
    [ON_FEE_SETTLED] = "fee settled",
    [ON_ITS_OWN] = "on its own",
};

static const char *const effects[CASE_EFFECTS] = {
    [SAY_NOTHING] = "say nothing",
    [SAY_ACCEPTED] = "say accepted",
    [SAY_ACCEPTED_BY_SILENCE] = "say accepted by silence",
    [SAY_WHAT_IS_MISSING] = "say what is missing",
    [SAY_ASKED_AGAIN] = "say asked again",
    [SAY_REFUSED] = "say refused",
    [SAY_GRANTED] = "say granted",
    [SAY_DENIED] = "say denied",
    [SAY_CLOSED] = "say closed",
    [SAY_DELIVERED] = "say delivered",
    [SAY_WITHDRAWN] = "say withdrawn",
    [SAY_TERMINATED] = "say terminated",
    [SAY_AMENDED] = "say amended",
    [SAY_DECISION_TAKEN_BACK] = "say decision taken back",
    [SAY_DELIVERY_TAKEN_BACK] = "say delivery taken back",
};

const struct moves intake_moves = {
    .rows = rows,
    .n_rows = sizeof rows / sizeof rows[0],
    .states = states,
    .events = events,
    .thens = effects,
    .n_states = CASE_STATES,
    .n_events = CASE_EVENTS,
};

/* ---- tickets */

enum {
    WAITS = FROM(TICKET_WAITING),
    CALLED = FROM(TICKET_CALLED),
    PASSED = FROM(TICKET_PASSED),
    MOVED = FROM(TICKET_TRANSFERRED),
    OVER = FROM(TICKET_SERVED) | FROM(TICKET_GONE),
};

/* clang-format off */
static const struct move ticket_rows[] = {
/*   from            on             only if        to                  then                         rule */
    {WAITS | PASSED, ON_CALL,       ALWAYS,        TICKET_CALLED,      DO(TICKET_SAY_CALLED),       "H1"},
    {CALLED | PASSED, ON_CALL_AGAIN, ALWAYS,       TICKET_CALLED,      DO(TICKET_SAY_CALLED),       "States"},
    {CALLED,         ON_PASS_OVER,  IF_LAST_TIME,  TICKET_GONE,        DO(TICKET_SAY_OVER),         "States"},
    {CALLED,         ON_PASS_OVER,  ALWAYS,        TICKET_PASSED,      DO(TICKET_SAY_PASSED),       "States"},
    {CALLED,         ON_TRANSFER,   IF_SAME_QUEUE, TICKET_WAITING,     DO(TICKET_SAY_TRANSFERRED),  "H1"},
    {CALLED,         ON_TRANSFER,   ALWAYS,        TICKET_TRANSFERRED, DO(TICKET_SAY_TRANSFERRED),  "H1"},
    {MOVED,          ON_COME_BACK,  ALWAYS,        TICKET_WAITING,     DO(TICKET_SAY_NOTHING),      "H1"},
    {CALLED,         ON_SERVED,     ALWAYS,        TICKET_SERVED,      DO(TICKET_SAY_OVER),         "States"},
    {WAITS | PASSED, ON_LEAVE,      ALWAYS,        TICKET_GONE,        DO(TICKET_SAY_OVER),         "States"},

    /* nobody waits over night */
    {CALLED,         ON_DAY_OVER,   ALWAYS,        TICKET_SERVED,      DO(TICKET_SAY_OVER),         "States"},
    {WAITS | PASSED, ON_DAY_OVER,   ALWAYS,        TICKET_GONE,        DO(TICKET_SAY_OVER),         "States"},

    {OVER,           ON_ANYTHING,   ALWAYS,        STAYS,
        REFUSE(TICKET_OVER, "the ticket was served, or nobody came with it"), ""},
    {WAITS | CALLED | PASSED | MOVED, ON_ANYTHING, ALWAYS, STAYS,
        REFUSE(TICKET_ELSEWHERE, "the ticket is not at this window"), ""},
};
/* clang-format on */

static const char *const ticket_states[TICKET_STATES] = {
    [TICKET_WAITING] = "waiting",    [TICKET_CALLED] = "called",
    [TICKET_PASSED] = "passed over", [TICKET_TRANSFERRED] = "transferred",
    [TICKET_SERVED] = "served",      [TICKET_GONE] = "gone",
};

static const char *const ticket_events[TICKET_EVENTS] = {
    [ON_CALL] = "call",         [ON_CALL_AGAIN] = "call again", [ON_PASS_OVER] = "pass over",
    [ON_TRANSFER] = "transfer", [ON_COME_BACK] = "come back",   [ON_SERVED] = "served",
    [ON_LEAVE] = "leave",       [ON_DAY_OVER] = "day over",
};

static const char *const ticket_effects[TICKET_EFFECTS] = {
    [TICKET_SAY_NOTHING] = "say nothing",    [TICKET_SAY_CALLED] = "say called",
    [TICKET_SAY_PASSED] = "say passed over", [TICKET_SAY_TRANSFERRED] = "say transferred",
    [TICKET_SAY_OVER] = "say over",
};

const struct moves intake_ticket_moves = {
    .rows = ticket_rows,
    .n_rows = sizeof ticket_rows / sizeof ticket_rows[0],
    .states = ticket_states,
    .events = ticket_events,
    .thens = ticket_effects,
    .n_states = TICKET_STATES,
    .n_events = TICKET_EVENTS,
};

/* ---- questions */

enum {
    ASKED = FROM(QUESTION_ASKED),
    SENT_ON = FROM(QUESTION_SENT_ON),
    ENDED = FROM(QUESTION_ANSWERED) | FROM(QUESTION_LED) | FROM(QUESTION_GIVEN_UP),
};

/* clang-format off */
static const struct move question_rows[] = {
/*   from     on           only if      to                 then   rule */
    {ASKED,   ON_ANSWER,   ALWAYS,      QUESTION_ANSWERED, DO(0), "H6"},
    {ASKED,   ON_LEAD,     ALWAYS,      QUESTION_LED,      DO(0), "H6"},
    {ASKED,   ON_SEND_ON,  ALWAYS,      QUESTION_SENT_ON,  DO(0), "H6"},

    {SENT_ON, ON_ANYTHING, IF_ANOTHERS, STAYS,
        DENY(OTHER_DEPARTMENT, "the department that was asked sees to it, or who was asked first"), "H6"},
    {SENT_ON, ON_ANSWER,   ALWAYS,      QUESTION_ANSWERED, DO(0), "H6"},
    {SENT_ON, ON_SEND_ON,  ALWAYS,      STAYS,             DO(0), "H6"},
    {SENT_ON, ON_GIVE_UP,  ALWAYS,      QUESTION_GIVEN_UP, DO(0), "H6"},

    {ENDED,   ON_ANYTHING, ALWAYS,      STAYS,
        REFUSE(QUESTION_OVER, "the question is answered, or nobody waits for it any more"), ""},
};
/* clang-format on */

static const char *const question_states[QUESTION_STATES] = {
    [QUESTION_ASKED] = "asked",     [QUESTION_ANSWERED] = "answered", [QUESTION_LED] = "led",
    [QUESTION_SENT_ON] = "sent on", [QUESTION_GIVEN_UP] = "given up",
};

static const char *const question_events[QUESTION_EVENTS] = {
    [ON_ANSWER] = "answer",
    [ON_LEAD] = "lead",
    [ON_SEND_ON] = "send on",
    [ON_GIVE_UP] = "give up",
};

static const char *const question_thens[] = {"nothing"};

const struct moves intake_question_moves = {
    .rows = question_rows,
    .n_rows = sizeof question_rows / sizeof question_rows[0],
    .states = question_states,
    .events = question_events,
    .thens = question_thens,
    .n_states = QUESTION_STATES,
    .n_events = QUESTION_EVENTS,
};
