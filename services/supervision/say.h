/* SPDX-License-Identifier: Apache-2.0 */
/* say.h: supervision's rows as messages of the wire. Text is borrowed from the row, the rest lives
 * in the arena. */
#ifndef SUPERVISION_SAY_H
#define SUPERVISION_SAY_H

#include "onedoor/supervision.pb-c.h"
#include "services/supervision/rows.h"
#include "services/supervision/supervision.h"

Onedoor__Supervision__Card *supervision_card_message(const struct card_row *, struct arena *);

/* A piece of open work as its clock has it at an instant: lamp, deadline, what is left. */
Onedoor__Supervision__DueLine *supervision_due_message(const struct supervision *,
                                                       const struct watch_row *, int64_t now_ms,
                                                       struct arena *);

#endif
