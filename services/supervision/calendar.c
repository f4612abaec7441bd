/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/calendar.h"

#include "common/wire/message.h"
#include "onedoor/supervision.pb-c.h"
#include "services/supervision/moves.h"
#include "services/supervision/say.h"
#include "services/supervision/supervision.h"
#include "services/supervision/watch.h"

static const struct calendar *calendar_of(const struct turn *turn)
{
    return &((const struct supervision *)turn->memory)->calendar;
}

/* Counts again, by the calendar as it is, a clock that no other service keeps. */
static void recount(struct turn *turn, struct watch_row *watch)
{
    if (watch->began_ms == 0)
        return;
    rows_touch(turn, &supervision_watch_table, watch);
    supervision_watch_start(turn, watch, watch->began_ms, watch->days);
}

static struct watched watched_of(const struct watch_row *watch)
{
    return (struct watched){watch->case_number, watch->task, (enum term)watch->term};
}

/* The next number among the withdrawn cards of the same key. */
static int16_t next_number(struct turn *turn, const struct card_row *card)
{
    struct card_row probe = *card;

    for (probe.withdrawn = 1; rows_find(turn, &supervision_card_table, &probe) != NULL;)
        probe.withdrawn++;
    return probe.withdrawn;
}

static void withdraw(struct turn *turn, struct card_row *card,
                     const Onedoor__CorrectedDay *corrected, int64_t at_ms)
{
    const struct move *move = moves_find(&supervision_moves, card->state, CARD_WITHDRAW, ALWAYS);
    Onedoor__Supervision__CardWithdrawn withdrawn = ONEDOOR__SUPERVISION__CARD_WITHDRAWN__INIT;
    struct card_row row = *card;

    row.withdrawn = next_number(turn, card);
    row.state = (int16_t)moves_to(move, card->state);
    row.withdrawn_ms = at_ms;
    row.corrected_day = corrected->day;
    row.corrected_reason = corrected->reason;
    rows_remove(turn, &supervision_card_table, card);
    rows_add(turn, &supervision_card_table, &row);
    withdrawn.card = supervision_card_message(&row, turn->arena);
    turn_say(turn, row.case_number, &withdrawn.base);
}

static bool is_doubtful(const struct turn *turn, const struct card_row *card, int32_t day)
{
    return card != NULL && calendar_day(calendar_of(turn), card->issued_ms).n >= day;
}

void supervision_watch_doubt(struct turn *turn, struct watch_row *watch,
                             const Onedoor__CorrectedDay *corrected, int64_t at_ms)
{
    const struct supervision *supervision = turn->memory;
    const struct watched watched = watched_of(watch);
    enum lamp reached = supervision_lamp_now(&supervision->scale, &watch->clock, at_ms);
    struct card_row *card;

    if (corrected->working) /* every level is reached sooner than was thought, or as soon */
        return;
    while ((card = supervision_card_highest(turn, &watched)) != NULL &&
           card->level > (int16_t)reached && is_doubtful(turn, card, corrected->day))
        withdraw(turn, card, corrected, at_ms);
    if (watch->level == (card == NULL ? LAMP_GREEN : card->level))
        return;
    rows_touch(turn, &supervision_watch_table, watch);
    watch->level = card == NULL ? LAMP_GREEN : card->level;
    watch->level_ms = card == NULL ? 0 : card->issued_ms;
}

/* ---- the walk */

/* Also of a watch that is green: the tick of this turn may issue its card first, and withdrawn ones
 * hold their numbers. */
static void need_cards(struct turn *turn, const void *row)
{
    supervision_want_cards(turn, ((const struct watch_row *)row)->case_number);
}

static void *open_correction(struct turn *turn, const struct walk_row *walk)
{
    return walk->subject.len == 0
               ? NULL
               : message_unpack(&onedoor__corrected_day__descriptor, walk->subject, turn->arena);
}

static void step(struct turn *turn, struct walk_row *walk, void *shared, void *row)
{
    size_t changes = turn->changes;
    struct watch_row *watch = row;

    if (shared == NULL)
        supervision_watch_derive_due(turn, watch);
    else
        recount(turn, watch);
    if (shared != NULL && watch->level != LAMP_GREEN)
        supervision_watch_doubt(turn, watch, shared, turn->now_ms);
    supervision_watch_schedule(turn, watch);
    walk->changed += turn->changes != changes;
}

const struct walk supervision_walks[] = {
    {.name = "calendar",
     .table = &supervision_watch_table,
     .need = need_cards,
     .open = open_correction,
     .step = step},
    {.name = NULL},
};
