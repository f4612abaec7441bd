/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/card.h"

#include <stddef.h>

/* RULE H12: pressed, then escalated. A card is issued once; an answer does not end the work, so
 * what is still open may be pressed again. */
static const struct card_move moves[] = {
    /* from          on            to              rule */
    {CARD_NONE, CARD_ISSUE, CARD_ISSUED, "H12"},
    {CARD_ISSUED, CARD_PRESS, CARD_PRESSED, "H12"},
    {CARD_PRESSED, CARD_PRESS, CARD_PRESSED, "H12"},
    {CARD_ANSWERED, CARD_PRESS, CARD_PRESSED, "H12"},
    {CARD_ISSUED, CARD_ANSWER, CARD_ANSWERED, "H12"},
    {CARD_PRESSED, CARD_ANSWER, CARD_ANSWERED, "H12"},
};

const struct card_move *supervision_card_move(enum card_state from, enum card_event on)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (moves[i].from == from && moves[i].on == on)
            return &moves[i];
    return NULL;
}

const char *supervision_card_rule(int16_t task, bool immediate)
{
    if (task != 0)
        return "H12"; /* a step over its time, even if the whole is in time */
    return immediate ? "H4" : "L42.1";
}
