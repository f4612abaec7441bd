/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/moves.h"

#include <stddef.h>

enum {
    RECEIVED = 1 << CASE_RECEIVED,
    CORRECTION = 1 << CASE_CORRECTION,
    ACCEPTED = 1 << CASE_ACCEPTED,
    IN_APPROVAL = 1 << CASE_IN_APPROVAL,
    SUSPENDED = 1 << CASE_SUSPENDED,
    GRANTED = 1 << CASE_GRANTED,
    DENIED = 1 << CASE_DENIED,
    PAYMENT_DUE = 1 << CASE_PAYMENT_DUE,
    CLOSED = 1 << CASE_CLOSED,
    WITHDRAWN = 1 << CASE_WITHDRAWN,
    TERMINATED = 1 << CASE_TERMINATED,

    ROUTED = IN_APPROVAL | SUSPENDED,
    UNDECIDED = RECEIVED | CORRECTION | ACCEPTED | ROUTED,
    CALLED_OFF = WITHDRAWN | TERMINATED,
};

/* clang-format off */
static const struct case_move moves[] = {
/*   from         on                only if      to                 then                      rule */
    {RECEIVED,    ON_CHECK,         IF_COMPLETE, CASE_ACCEPTED,     SAY_ACCEPTED,             "L32.5"},
    {RECEIVED,    ON_CHECK,         0,           CASE_CORRECTION,   SAY_WHAT_IS_MISSING,      "L32.4"},
    {RECEIVED,    ON_SUPPLEMENT,    IF_COMPLETE, CASE_ACCEPTED,     SAY_ACCEPTED,             "L32.3"},
    {RECEIVED,    ON_SUPPLEMENT,    0,           CASE_CORRECTION,   SAY_WHAT_IS_MISSING,      "L32.4"},
    {RECEIVED,    ON_SILENCE,       0,           CASE_ACCEPTED,     SAY_ACCEPTED_BY_SILENCE,  "L32.4"},

    /* asked once: still incomplete, it waits, and nothing is asked again */
    {CORRECTION,  ON_SUPPLEMENT,    IF_COMPLETE, CASE_ACCEPTED,     SAY_ACCEPTED,             "L32.5"},
    {CORRECTION,  ON_SUPPLEMENT,    0,           CASE_SAME,         SAY_NOTHING,              "L32.4"},
    {CORRECTION,  ON_CHECK,         IF_COMPLETE, CASE_ACCEPTED,     SAY_ACCEPTED,             "L32.5"},
    {CORRECTION,  ON_CHECK,         0,           CASE_SAME,         SAY_NOTHING,              "L32.4"},

    {RECEIVED | CORRECTION, ON_REFUSE, IF_NOT_FIT, CASE_REFUSED,    SAY_REFUSED,              "L32.2"},
    {CORRECTION,  ON_REFUSE,        IF_TIME_UP,  CASE_REFUSED,      SAY_REFUSED,              "L32.4"},

    {ACCEPTED,    ON_ITS_OWN,       IF_PROMISED, CASE_IN_APPROVAL,  SAY_NOTHING,              "L26"},
    {ACCEPTED,    ON_GRANT,         0,           CASE_GRANTED,      SAY_GRANTED,              "H4"},
    {ACCEPTED,    ON_DENY,          0,           CASE_DENIED,       SAY_DENIED,               "L38"},

    {ROUTED,      ON_CLOCK_STOPPED, 0,           CASE_SUSPENDED,    SAY_NOTHING,              "L45"},
    {ROUTED,      ON_CLOCK_RUNNING, 0,           CASE_IN_APPROVAL,  SAY_NOTHING,              "L45"},
    {ROUTED,      ON_FLOW_GRANTED,  0,           CASE_GRANTED,      SAY_GRANTED,              "H2"},
    {ROUTED,      ON_FLOW_DENIED,   0,           CASE_DENIED,       SAY_DENIED,               "L38"},

    {GRANTED,     ON_ITS_OWN,       IF_FEE,      CASE_PAYMENT_DUE,  SAY_NOTHING,              "H3"},
    {GRANTED,     ON_ITS_OWN,       0,           CASE_CLOSED,       SAY_CLOSED,               "L58"},
    {DENIED,      ON_ITS_OWN,       0,           CASE_CLOSED,       SAY_CLOSED,               "L38"},
    {PAYMENT_DUE, ON_FEE_SETTLED,   0,           CASE_CLOSED,       SAY_CLOSED,               "H3"},
    {CLOSED,      ON_DELIVER,       0,           CASE_DELIVERED,    SAY_DELIVERED,            "L44"},

    {UNDECIDED,   ON_WITHDRAW,      0,           CASE_WITHDRAWN,    SAY_WITHDRAWN,            "States"},
    {UNDECIDED,   ON_TERMINATE,     0,           CASE_TERMINATED,   SAY_TERMINATED,           "States"},

    /* routing spoke before it heard that the case was called off */
    {CALLED_OFF,  ON_CLOCK_STOPPED, 0,           CASE_SAME,         SAY_NOTHING,              "States"},
    {CALLED_OFF,  ON_CLOCK_RUNNING, 0,           CASE_SAME,         SAY_NOTHING,              "States"},
    {CALLED_OFF,  ON_FLOW_GRANTED,  0,           CASE_SAME,         SAY_NOTHING,              "States"},
    {CALLED_OFF,  ON_FLOW_DENIED,   0,           CASE_SAME,         SAY_NOTHING,              "States"},
};
/* clang-format on */

const struct case_move *intake_move(enum case_state from, enum case_event on, unsigned facts)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if ((moves[i].from >> from & 1) != 0 && moves[i].on == on &&
            (moves[i].only_if & ~facts) == 0)
            return &moves[i];
    return NULL;
}

struct outcome intake_no_move(enum case_state state)
{
    if (state == CASE_CLOSED || state == CASE_DELIVERED)
        return refuse(ONEDOOR__REASON__CASE_CLOSED, "the case is closed");
    return refuse(ONEDOOR__REASON__WRONG_STATE,
                  "the rules of the hall do not allow this in the case's state");
}

const char *intake_state_name(enum case_state state)
{
    static const char *const names[CASE_STATES] = {
        [CASE_RECEIVED] = "received",       [CASE_CORRECTION] = "correction",
        [CASE_REFUSED] = "refused",         [CASE_ACCEPTED] = "accepted",
        [CASE_IN_APPROVAL] = "in approval", [CASE_SUSPENDED] = "suspended",
        [CASE_GRANTED] = "granted",         [CASE_DENIED] = "denied",
        [CASE_PAYMENT_DUE] = "payment due", [CASE_CLOSED] = "closed",
        [CASE_DELIVERED] = "delivered",     [CASE_WITHDRAWN] = "withdrawn",
        [CASE_TERMINATED] = "terminated",
    };
    return names[state];
}

const char *intake_event_name(enum case_event event)
{
    static const char *const names[CASE_EVENTS] = {
        [ON_CHECK] = "check",
        [ON_SUPPLEMENT] = "supplement",
        [ON_REFUSE] = "refuse",
        [ON_GRANT] = "grant",
        [ON_DENY] = "deny",
        [ON_WITHDRAW] = "withdraw",
        [ON_TERMINATE] = "terminate",
        [ON_DELIVER] = "deliver",
        [ON_SILENCE] = "silence",
        [ON_CLOCK_STOPPED] = "clock stopped",
        [ON_CLOCK_RUNNING] = "clock running",
        [ON_FLOW_GRANTED] = "flow granted",
        [ON_FLOW_DENIED] = "flow denied",
        [ON_FEE_SETTLED] = "fee settled",
        [ON_ITS_OWN] = "on its own",
    };
    return names[event];
}

const char *intake_effect_name(enum case_effect effect)
{
    static const char *const names[CASE_EFFECTS] = {
        [SAY_NOTHING] = "say nothing",
        [SAY_ACCEPTED] = "say accepted",
        [SAY_ACCEPTED_BY_SILENCE] = "say accepted by silence",
        [SAY_WHAT_IS_MISSING] = "say what is missing",
        [SAY_REFUSED] = "say refused",
        [SAY_GRANTED] = "say granted",
        [SAY_DENIED] = "say denied",
        [SAY_CLOSED] = "say closed",
        [SAY_DELIVERED] = "say delivered",
        [SAY_WITHDRAWN] = "say withdrawn",
        [SAY_TERMINATED] = "say terminated",
    };
    return names[effect];
}
