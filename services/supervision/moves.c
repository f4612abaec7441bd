/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/moves.h"

enum {
    NONE = FROM(CARD_NONE),
    ISSUED = FROM(CARD_ISSUED),
    PRESSED = FROM(CARD_PRESSED),
    ANSWERED = FROM(CARD_ANSWERED),
    THERE = ISSUED | PRESSED | ANSWERED,
};

/* RULE H12: pressed, then escalated. A card is issued once; an answer does not end the work, so
 * what is still open may be pressed again. */
/* clang-format off */
static const struct move rows[] = {
/*   from              on           only if      to             then   rule */
    {NONE,             CARD_ISSUE,  ALWAYS,      CARD_ISSUED,   DO(0), "H12"},
    {THERE,            CARD_PRESS,  PRESSED_OUT, STAYS,
        REFUSE(NOT_PRESSABLE, "this card cannot be pressed"), "H12"},
    {THERE,            CARD_PRESS,  ALWAYS,      CARD_PRESSED,  DO(0), "H12"},
    {ISSUED | PRESSED, CARD_ANSWER, ALWAYS,      CARD_ANSWERED, DO(0), "H12"},
    {ANSWERED,         CARD_ANSWER, ALWAYS,      STAYS,
        REFUSE(ALREADY_ANSWERED, "the card is answered"), "H12"},
    {THERE,            CARD_WITHDRAW, ALWAYS,    CARD_WITHDRAWN, DO(0), "L82"},
};
/* clang-format on */

static const char *const states[CARD_STATES] = {
    [CARD_NONE] = "none",         [CARD_ISSUED] = "issued",       [CARD_PRESSED] = "pressed",
    [CARD_ANSWERED] = "answered", [CARD_WITHDRAWN] = "withdrawn",
};

static const char *const events[CARD_EVENTS] = {
    [CARD_ISSUE] = "issue",
    [CARD_PRESS] = "press",
    [CARD_ANSWER] = "answer",
    [CARD_WITHDRAW] = "withdraw",
};

static const char *const thens[] = {"nothing"};

const struct moves supervision_moves = {
    .rows = rows,
    .n_rows = sizeof rows / sizeof rows[0],
    .states = states,
    .events = events,
    .thens = thens,
    .n_states = CARD_STATES,
    .n_events = CARD_EVENTS,
};
