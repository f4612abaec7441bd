/* SPDX-License-Identifier: Apache-2.0 */
/* handled.h: a case as those know it who handle it: what was asked and handed in, and which
 * departments are involved. No personal data (RULE H21). Lists live in the reader's arena. */
#ifndef INTAKE_HANDLED_H
#define INTAKE_HANDLED_H

#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/rows.h"

/* RULE L32.4: what the applicant is still to bring; how many. */
size_t handled_missing(struct reader *, const struct case_row *, Onedoor__Intake__Missing ***list);
size_t handled_involved(struct reader *, int64_t case_number, Onedoor__Intake__Involved ***list);
/* The end of the time given to bring what is missing, past or to come; 0: nothing is asked for. */
int64_t handled_correction_due(const struct reader *, const struct case_row *);

#endif
