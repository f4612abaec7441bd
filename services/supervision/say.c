/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/say.h"

#include "common/rows/fill.h"
#include "common/wire/numbers.h"
#include "services/supervision/lamp.h"
#include "services/supervision/moves.h"

SAME_NUMBER(LAMP_YELLOW, ONEDOOR__SUPERVISION__LEVEL__YELLOW);
SAME_NUMBER(LAMP_RED, ONEDOOR__SUPERVISION__LEVEL__RED);
SAME_NUMBER(CARD_ISSUED, ONEDOOR__SUPERVISION__CARD_STATE__ISSUED);
SAME_NUMBER(CARD_PRESSED, ONEDOOR__SUPERVISION__CARD_STATE__PRESSED);
SAME_NUMBER(CARD_ANSWERED, ONEDOOR__SUPERVISION__CARD_STATE__ANSWERED);

Onedoor__Supervision__Card *supervision_card_message(struct arena *arena,
                                                     const struct card_row *row)
{
    return FILLED(arena, Onedoor__Supervision__Card, onedoor__supervision__card,
                  &supervision_card_table, row);
}
