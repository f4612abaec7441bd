/* SPDX-License-Identifier: Apache-2.0 */
/* person.h: RULE H21: what is known of a person, as an onedoor.intake.Applicant: sealed in the row
 * that keeps it, and sought by keyed hashes of its document, name and phone. */
#ifndef INTAKE_PERSON_H
#define INTAKE_PERSON_H

#include "common/rows/sealed.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/rows.h"

/* A person sealed for a row of the table, whose key is set. In the arena. */
struct bytes person_close(const struct seal *, const struct table *, const void *row,
                          const Onedoor__Intake__Applicant *, struct arena *);
/* The person again, in the arena. Null: nothing is sealed there, or (logged) it does not open. */
Onedoor__Intake__Applicant *person_open(const struct seal *, const struct table *, const void *row,
                                        struct bytes sealed, struct arena *);

/* Seals the person in his row and sets its hashes; key and kind are set. */
void person_fill(const struct seal *, struct applicant_row *, const Onedoor__Intake__Applicant *,
                 struct arena *);
/* The person of a case; null: (logged) his row does not open. */
Onedoor__Intake__Applicant *person_of(const struct seal *, const struct applicant_row *,
                                      struct arena *);

#endif
