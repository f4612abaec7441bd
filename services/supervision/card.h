/* SPDX-License-Identifier: Apache-2.0 */
/* card.h: the life of a card, as a table: issued by the clock, pressed by those who watch, answered
 * by the department. */
#ifndef SUPERVISION_CARD_H
#define SUPERVISION_CARD_H

#include <stdbool.h>
#include <stdint.h>

/* Numbered as on the wire. */
enum card_state { CARD_NONE = 0, CARD_ISSUED = 1, CARD_PRESSED = 2, CARD_ANSWERED = 3 };

enum card_event { CARD_ISSUE, CARD_PRESS, CARD_ANSWER, CARD_EVENTS };

struct card_move {
    enum card_state from;
    enum card_event on;
    enum card_state to;
    const char *rule;
};

/* The move for an event in a state, or null: then it is refused. */
const struct card_move *supervision_card_move(enum card_state, enum card_event);

/* The clause a card stands on. */
const char *supervision_card_rule(int16_t task, bool immediate);

#endif
