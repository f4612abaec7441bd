/* SPDX-License-Identifier: Apache-2.0 */
/* say.h: intake's rows as the wire says them. Text is borrowed from the row, lists live in the
 * arena. */
#ifndef INTAKE_SAY_H
#define INTAKE_SAY_H

#include "common/rows/calendar_table.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/catalogue.h"
#include "services/intake/papers.h"

/* RULE L32.4: everything that is still to bring, with the fault of what was handed back. Returns
 * how many; 0 when nothing is. */
size_t intake_missing_message(const struct item_version *, const struct papers *, struct arena *,
                              Onedoor__Intake__Missing ***list);

Onedoor__Intake__Item *intake_item_message(const struct item_row *, struct arena *);
/* RULE L30: what else the guide says of it. */
Onedoor__Intake__ItemText *intake_text_message(const struct item_row *, struct arena *);
Onedoor__Intake__ItemVersion *intake_version_message(const struct item_row *, struct arena *);
Onedoor__Intake__Department *intake_department_message(const struct department_row *,
                                                       struct arena *);
Onedoor__Intake__Place *intake_place_message(const struct window_row *, struct arena *);
/* Of what the staff are shown of the case (revision.h). */
int64_t intake_case_revision(const struct case_row *);

Onedoor__Intake__WindowCase *intake_window_case_message(const struct case_row *, struct arena *);
Onedoor__Intake__Window *intake_window_message(const struct window_row *, struct arena *);
Onedoor__Intake__CalledTicket *intake_called_ticket_message(const struct ticket_row *,
                                                            struct arena *);
Onedoor__Intake__Call *intake_call_message(const struct ticket_row *, struct arena *);
Onedoor__Intake__Question *intake_question_message(const struct question_row *, struct arena *);
Onedoor__CalendarDay *intake_day_message(const struct calendar_day_row *, struct arena *);

Onedoor__Intake__Amendment *intake_amendment_message(const struct amendment_row *, struct arena *);

size_t intake_materials_message(const struct item_version *, struct arena *,
                                Onedoor__Intake__ItemMaterial ***list);

/* Facts for charging, as a case keeps them: null when there are none. */
struct bytes intake_facts_pack(Onedoor__FeeFact **, size_t n, struct arena *);
size_t intake_facts_unpack(struct bytes, struct arena *, Onedoor__FeeFact ***facts);

#endif
