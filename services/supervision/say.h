/* SPDX-License-Identifier: Apache-2.0 */
/* say.h: a card, from row to message. */
#ifndef SUPERVISION_WIRE_H
#define SUPERVISION_WIRE_H

#include "onedoor/supervision.pb-c.h"
#include "services/supervision/rows.h"

/* In the arena; its text is the row's. */
Onedoor__Supervision__Card *supervision_card_message(struct arena *, const struct card_row *);

#endif
