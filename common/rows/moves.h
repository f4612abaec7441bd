/* SPDX-License-Identifier: Apache-2.0 */
/* moves.h: a state machine as a table that a lawyer can check.
 *
 * The first row that matches decides. It moves the thing to a state and names what is done on the
 * way; or it refuses and says why. Where no row matches, the move is refused (WRONG_STATE). Where a
 * thing goes stands in the table and nowhere else. Pure.
 *
 *   static const struct move rows[] = {
 *       {DUE, ON_PAY, NOTHING_LEFT, ORDER_PAID, DO(POST_PAYMENT), "clause"},
 *       {DUE, ON_PAY, ALWAYS, STAYS, REFUSE(AMOUNT_DIFFERS, "a sentence"), "clause"},
 *   }; */
#ifndef COMMON_MOVES_H
#define COMMON_MOVES_H

#include <stddef.h>

#include "common/wire/outcome.h"

struct move {
    unsigned from;          /* a set of states: FROM(a) | FROM(b) */
    int on;                 /* the event, or ON_ANYTHING */
    unsigned only_if;       /* a set of facts, all of which must hold; ALWAYS asks for none */
    int to;                 /* the state it leads to; STAYS: the one it is in */
    int then;               /* what is done on the way; 0 is nothing, for every table */
    struct outcome refusal; /* without a reason: the move is made */
    const char *rule;       /* the clause it obeys; "" for the states as such */
};

enum { ON_ANYTHING = -1, STAYS = -1, ALWAYS = 0 };

#define FROM(state) (1u << (state))

/* The columns `then` and `refusal`: do this, or refuse. DENY: this person may not. Of NO_SUCH there
 * is nothing to move. */
/* clang-format off */
#define DO(effect) effect, {0}
#define REFUSE(reason, sentence) \
    0, {ONEDOOR__CODE__FAILED_PRECONDITION, ONEDOOR__REASON__##reason, sentence, NULL}
#define DENY(reason, sentence) \
    0, {ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__##reason, sentence, NULL}
#define NO_SUCH(reason, sentence) \
    0, {ONEDOOR__CODE__NOT_FOUND, ONEDOOR__REASON__##reason, sentence, NULL}
/* clang-format on */

/* A table, and its numbers in words. */
struct moves {
    const struct move *rows;
    size_t n_rows;
    const char *const *states, *const *events, *const *thens;
    int n_states, n_events; /* states from 0 or 1, at most 32; events from 0 */
};

/* The row that decides; never null. */
const struct move *moves_find(const struct moves *, int state, int on, unsigned facts);

/* OK when the row moves, else its refusal. */
struct outcome moves_outcome(const struct move *);

/* The state a thing is in once the row has decided. */
int moves_to(const struct move *, int state);

#endif
