/* SPDX-License-Identifier: Apache-2.0 */
/* moves.h: what may happen to a card: its states, events and facts, and their table (moves.c). It
 * is issued by the clock, pressed by those who watch, answered by the department, and withdrawn
 * when a corrected day shows that it should not have been issued. */
#ifndef SUPERVISION_MOVES_H
#define SUPERVISION_MOVES_H

#include "common/rows/moves.h"

/* The numbers are those of the wire (CardState) and of the database. */
enum card_state {
    CARD_NONE = 0,
    CARD_ISSUED = 1,
    CARD_PRESSED = 2,
    CARD_ANSWERED = 3,
    CARD_WITHDRAWN = 4,
    CARD_STATES
};

enum card_event { CARD_ISSUE, CARD_PRESS, CARD_ANSWER, CARD_WITHDRAW, CARD_EVENTS };

/* What a row may ask of the card. */
enum card_fact { PRESSED_OUT = 1 /* as often as its row can count */ };

extern const struct moves supervision_moves;

#endif
