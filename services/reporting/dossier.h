/* SPDX-License-Identifier: Apache-2.0 */
/* dossier.h: what a dossier means: its figures, its state in words, whether it is late. Pure. */
#ifndef REPORTING_DOSSIER_H
#define REPORTING_DOSSIER_H

#include "services/reporting/rows.h"

/* Numbered as on intake's wire. A case whose clock is paused is in approval here, and paused. */
enum dossier_state {
    DOSSIER_UNHEARD = 0, /* its receipt is still under way */
    DOSSIER_RECEIVED = 1,
    DOSSIER_CORRECTION = 2,
    DOSSIER_REFUSED = 3,
    DOSSIER_ACCEPTED = 4, /* an immediate item, at the window */
    DOSSIER_IN_APPROVAL = 5,
    DOSSIER_SUSPENDED = 6, /* never stored: in approval, and paused */
    DOSSIER_GRANTED = 7,
    DOSSIER_DENIED = 8,
    DOSSIER_PAYMENT_DUE = 9,
    DOSSIER_CLOSED = 10,
    DOSSIER_DELIVERED = 11,
    DOSSIER_WITHDRAWN = 12,
    DOSSIER_TERMINATED = 13,
};

enum decision { UNDECIDED = 0, DECISION_GRANTED = 1, DECISION_DENIED = 2 };

/* All that the case has brought to the figures so far, whatever the day. The rollups of all days
 * are the sum of this over all dossiers: an event adds to them what the dossier has after it and
 * had not before. */
struct figures reporting_figures(const struct dossier_row *);

/* Decided after its deadline, or still open past it. */
bool reporting_is_overdue(const struct dossier_row *, int64_t now_ms);

/* The state in words, and back; DOSSIER_UNHEARD for a word that is none. */
const char *reporting_state_name(const struct dossier_row *);
enum dossier_state reporting_state_named(const char *name);

/* The day a case was received, days since 1970-01-01, as its number begins
 * (common/values/case_number.h); 0 when it does not begin with a date. */
int32_t reporting_cohort(int64_t case_number);

#endif
