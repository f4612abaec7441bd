/* SPDX-License-Identifier: Apache-2.0 */
/* hears_supervision.c: cards and pressing (RULE H12) as supervision says them. */
#include "onedoor/supervision.pb-c.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"

static const char *level_name(const Onedoor__Supervision__Card *card)
{
    return card->level == ONEDOOR__SUPERVISION__LEVEL__RED ? "red" : "yellow";
}

/* "the case", "task 2" */
static const char *work_name(const struct entry *entry, int32_t task)
{
    return task == 0 ? "the case" : arena_printf(entry->turn->arena, "task %d", task);
}

/* A card holds from the instant its level was reached, however late it was noticed. */
static struct outcome hear_issued(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Supervision__CardIssued *issued = heard->message;
    const Onedoor__Supervision__Card *card = issued->card;
    struct entry entry = reporting_begin(turn, heard);

    if (card == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which card?");
    entry.at_ms = card->issued_ms;
    if (card->level == ONEDOOR__SUPERVISION__LEVEL__RED)
        entry.dossier.red++;
    else
        entry.dossier.yellow++;
    entry.department = card->department;
    entry.text =
        arena_printf(turn->arena, "%s, %s: %d of %d working minutes used (%s)", level_name(card),
                     work_name(&entry, card->task), card->used_min, card->budget_min, card->rule);
    return reporting_end(&entry);
}

/* RULE L82: it is counted no more, on the day on which it was counted. */
static struct outcome hear_withdrawn(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Supervision__CardWithdrawn *withdrawn = heard->message;
    const Onedoor__Supervision__Card *card = withdrawn->card;
    struct entry entry = reporting_begin(turn, heard);

    if (card == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which card?");
    entry.counted_ms = card->issued_ms;
    if (card->level == ONEDOOR__SUPERVISION__LEVEL__RED)
        entry.dossier.red--;
    else
        entry.dossier.yellow--;
    entry.department = card->department;
    entry.text = arena_printf(turn->arena, "%s, %s: %s", level_name(card),
                              work_name(&entry, card->task), card->corrected_reason);
    return reporting_end(&entry);
}

static struct outcome hear_pressed(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Supervision__Pressed *pressed = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.department = pressed->department;
    entry.text =
        arena_printf(turn->arena, "%s: %s", work_name(&entry, pressed->task), pressed->words);
    return reporting_end(&entry);
}

static struct outcome hear_answered(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Supervision__CardAnswered *answered = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    if (answered->card == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which card?");
    entry.department = answered->card->department;
    entry.text = arena_printf(turn->arena, "%s, %s: %s", level_name(answered->card),
                              work_name(&entry, answered->card->task), answered->card->answer);
    return reporting_end(&entry);
}

const struct hearing reporting_hears_supervision[] = {
    {&onedoor__supervision__card_issued__descriptor, reporting_need, hear_issued},
    {&onedoor__supervision__card_withdrawn__descriptor, reporting_need, hear_withdrawn},
    {&onedoor__supervision__pressed__descriptor, reporting_need, hear_pressed},
    {&onedoor__supervision__card_answered__descriptor, reporting_need, hear_answered},
    {NULL, NULL, NULL},
};
