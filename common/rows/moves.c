/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/moves.h"

#include <stdbool.h>

#include "common/base/panic.h"

static const struct move no_row = {
    .on = ON_ANYTHING,
    .to = STAYS,
    .refusal = {ONEDOOR__CODE__FAILED_PRECONDITION, ONEDOOR__REASON__WRONG_STATE,
                "the rules of the hall do not allow this in the case's state", NULL},
    .rule = "",
};

static bool matches(const struct move *move, int state, int on, unsigned facts)
{
    return (move->from & FROM(state)) != 0 && (move->on == on || move->on == ON_ANYTHING) &&
           (move->only_if & ~facts) == 0;
}

const struct move *moves_find(const struct moves *moves, int state, int on, unsigned facts)
{
    must(state >= 0 && state < moves->n_states);
    for (const struct move *move = moves->rows; move < moves->rows + moves->n_rows; move++)
        if (matches(move, state, on, facts))
            return move;
    return &no_row;
}

struct outcome moves_outcome(const struct move *move)
{
    return move->refusal.reason == ONEDOOR__REASON__REASON_UNSPECIFIED ? OUTCOME_OK : move->refusal;
}

int moves_to(const struct move *move, int state)
{
    return move->to == STAYS ? state : move->to;
}
