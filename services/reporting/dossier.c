/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/dossier.h"

#include <string.h>

#include "common/values/day.h"

static bool is_on_time(const struct dossier_row *dossier)
{
    return dossier->done_ms != 0 && dossier->done_ms <= dossier->due_ms;
}

struct figures reporting_figures(const struct dossier_row *dossier)
{
    return (struct figures){{
        [FIGURE_RECEIVED] = dossier->received_ms != 0,
        [FIGURE_ACCEPTED] = dossier->accepted_ms != 0,
        [FIGURE_CORRECTED] = dossier->corrections > 0,
        [FIGURE_REFUSED] = dossier->state == DOSSIER_REFUSED,
        [FIGURE_WITHDRAWN] = dossier->state == DOSSIER_WITHDRAWN,
        [FIGURE_TERMINATED] = dossier->state == DOSSIER_TERMINATED,
        [FIGURE_GRANTED] = dossier->outcome == DECISION_GRANTED,
        [FIGURE_DENIED] = dossier->outcome == DECISION_DENIED,
        [FIGURE_DECIDED] = dossier->done_ms != 0,
        [FIGURE_ON_TIME] = is_on_time(dossier),
        [FIGURE_CLOSED] = dossier->closed_ms != 0,
        [FIGURE_DELIVERED] = dossier->delivered_ms != 0,
        [FIGURE_TASKS] = dossier->tasks,
        [FIGURE_ORDERS] = dossier->orders,
        [FIGURE_FEE_FEN] = dossier->fee_fen,
        [FIGURE_PAID_FEN] = dossier->paid_fen,
        [FIGURE_YELLOW] = dossier->yellow,
        [FIGURE_RED] = dossier->red,
        [FIGURE_WAIVED_FEN] = dossier->waived_fen,
        [FIGURE_REFUNDED_FEN] = dossier->refunded_fen,
    }};
}

bool reporting_is_overdue(const struct dossier_row *dossier, int64_t now_ms)
{
    if (dossier->done_ms != 0)
        return !is_on_time(dossier);
    return (dossier->state == DOSSIER_ACCEPTED || dossier->state == DOSSIER_IN_APPROVAL) &&
           dossier->due_ms != 0 && dossier->due_ms < now_ms;
}

static const char *const state_names[] = {
    [DOSSIER_UNHEARD] = "",
    [DOSSIER_RECEIVED] = "received",
    [DOSSIER_CORRECTION] = "correction",
    [DOSSIER_REFUSED] = "refused",
    [DOSSIER_ACCEPTED] = "accepted",
    [DOSSIER_IN_APPROVAL] = "in approval",
    [DOSSIER_SUSPENDED] = "suspended",
    [DOSSIER_GRANTED] = "granted",
    [DOSSIER_DENIED] = "denied",
    [DOSSIER_PAYMENT_DUE] = "payment due",
    [DOSSIER_CLOSED] = "closed",
    [DOSSIER_DELIVERED] = "delivered",
    [DOSSIER_WITHDRAWN] = "withdrawn",
    [DOSSIER_TERMINATED] = "terminated",
};

enum { STATES = sizeof state_names / sizeof state_names[0] };

const char *reporting_state_name(const struct dossier_row *dossier)
{
    if (dossier->state == DOSSIER_IN_APPROVAL && dossier->paused)
        return state_names[DOSSIER_SUSPENDED];
    return dossier->state >= 0 && dossier->state < STATES ? state_names[dossier->state] : "";
}

enum dossier_state reporting_state_named(const char *name)
{
    for (int state = DOSSIER_RECEIVED; state < STATES; state++)
        if (strcmp(state_names[state], name) == 0)
            return (enum dossier_state)state;
    return DOSSIER_UNHEARD;
}

int32_t reporting_cohort(int64_t case_number)
{
    int64_t yymmdd = case_number;

    while (yymmdd > 999999)
        yymmdd /= 10;
    int32_t year = 2000 + (int32_t)(yymmdd / 10000), month = (int32_t)(yymmdd / 100 % 100),
            day = (int32_t)(yymmdd % 100);

    return case_number > 999999 && ymd_is_date(year, month, day) ? day_from_ymd(year, month, day).n
                                                                 : 0;
}
