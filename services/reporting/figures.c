/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/figures.h"

/* Every measure is counted on the business day of the event that brings it about; two events say
 * themselves as of when they hold: a deemed acceptance as of the day of receipt (RULE L32.4), a
 * card as of the instant its level was reached. */
const struct measure reporting_measures[FIGURES] = {
    [FIGURE_RECEIVED] = {"received", "cases taken in", "intake.CaseReceived"},
    [FIGURE_ACCEPTED] = {"accepted", "cases accepted, deemed so or not", "intake.CaseAccepted"},
    [FIGURE_CORRECTED] = {"corrected", "cases once asked for a correction",
                          "intake.CorrectionAsked"},
    [FIGURE_REFUSED] = {"refused", "cases not accepted", "intake.CaseRefused"},
    [FIGURE_WITHDRAWN] = {"withdrawn", "cases withdrawn by the applicant", "intake.CaseWithdrawn"},
    [FIGURE_TERMINATED] = {"terminated", "cases ended by the hall undecided",
                           "intake.CaseTerminated"},
    [FIGURE_GRANTED] = {"granted", "cases granted", "intake.CaseGranted"},
    [FIGURE_DENIED] = {"denied", "cases denied", "intake.CaseDenied"},
    [FIGURE_DECIDED] = {"decided", "cases whose clock a decision stopped",
                        "routing.FlowGranted, routing.FlowDenied; of an immediate item "
                        "intake.CaseGranted, intake.CaseDenied"},
    [FIGURE_ON_TIME] = {"on_time", "of those decided, not after the deadline of that clock",
                        "the same"},
    [FIGURE_CLOSED] = {"closed", "cases closed: denied, granted without a fee, or paid",
                       "intake.CaseClosed"},
    [FIGURE_DELIVERED] = {"delivered", "results handed over", "intake.CaseDelivered"},
    [FIGURE_TASKS] = {"tasks", "tasks that stand decided",
                      "routing.TaskDecided; one less on routing.TaskReturned"},
    [FIGURE_ORDERS] = {"orders", "payment orders made, those that come to nothing too",
                       "charging.OrderRaised, charging.OrderNothingDue"},
    [FIGURE_FEE_FEN] = {"fee_fen", "what orders came to by the standard, waivers not taken off",
                        "charging.OrderRaised"},
    [FIGURE_PAID_FEN] = {"paid_fen", "what was paid, refunds not taken off", "charging.OrderPaid"},
    [FIGURE_YELLOW] = {"yellow", "yellow cards, of cases and of tasks", "supervision.CardIssued"},
    [FIGURE_RED] = {"red", "red cards, of cases and of tasks", "supervision.CardIssued"},
    [FIGURE_WAIVED_FEN] = {"waived_fen", "what was given up on a legal basis before payment",
                           "charging.OrderWaived"},
    [FIGURE_REFUNDED_FEN] = {"refunded_fen", "what was given back of what was paid",
                             "charging.OrderRefunded"},
};

struct figures reporting_difference(const struct figures *after, const struct figures *before)
{
    struct figures difference;

    for (int i = 0; i < FIGURES; i++)
        difference.n[i] = after->n[i] - before->n[i];
    return difference;
}

void reporting_add(struct figures *sum, const struct figures *more)
{
    for (int i = 0; i < FIGURES; i++)
        sum->n[i] += more->n[i];
}

bool reporting_is_zero(const struct figures *figures)
{
    for (int i = 0; i < FIGURES; i++)
        if (figures->n[i] != 0)
            return false;
    return true;
}
