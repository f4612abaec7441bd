/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/say.h"

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
    Onedoor__Supervision__Card *card = ARENA_NEW(arena, Onedoor__Supervision__Card);

    onedoor__supervision__card__init(card);
    card->case_number = row->case_number;
    card->task = row->task;
    card->level = (Onedoor__Supervision__Level)row->level;
    card->department = (char *)row->department;
    card->item = (char *)row->item;
    card->state = (Onedoor__Supervision__CardState)row->state;
    card->issued_ms = row->issued_ms;
    card->due_ms = row->due_ms;
    card->used_min = row->used_min;
    card->budget_min = row->budget_min;
    card->paused_min = row->paused_min;
    card->rule = (char *)row->rule;
    if (row->answer != NULL)
        card->answer = (char *)row->answer;
    card->presses = row->presses;
    return card;
}
