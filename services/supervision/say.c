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
SAME_NUMBER(CARD_WITHDRAWN, ONEDOOR__SUPERVISION__CARD_STATE__WITHDRAWN);

Onedoor__Supervision__Card *supervision_card_message(const struct card_row *row,
                                                     struct arena *arena)
{
    return FILLED(arena, Onedoor__Supervision__Card, onedoor__supervision__card,
                  &supervision_card_table, row);
}

Onedoor__Supervision__DueLine *supervision_due_message(const struct supervision *supervision,
                                                       const struct watch_row *watch,
                                                       int64_t now_ms, struct arena *arena)
{
    const struct clock *clock = &watch->clock;
    enum lamp lamp = supervision_lamp_now(&supervision->scale, clock, now_ms);
    Onedoor__Supervision__DueLine *line = ARENA_NEW(arena, Onedoor__Supervision__DueLine);

    onedoor__supervision__due_line__init(line);
    line->case_number = watch->case_number;
    line->task = watch->task;
    line->department = (char *)watch->department;
    line->item = (char *)watch->item;
    line->lamp = (Onedoor__Supervision__Level)lamp;
    line->due_ms = clock_due(clock, &supervision->calendar);
    line->next_ms = supervision_lamp_next(&supervision->scale, clock, lamp).at_ms;
    line->remaining_min = clock_remaining(clock, &supervision->calendar, now_ms);
    line->paused = clock->paused_since_ms != 0;
    line->assignee = (char *)watch->assignee;
    line->term = (Onedoor__Term)watch->term;
    line->provisional = calendar_provisional_due(&supervision->calendar, line->due_ms);
    return line;
}
