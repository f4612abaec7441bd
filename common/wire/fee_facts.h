/* SPDX-License-Identifier: Apache-2.0 */
/* fee_facts.h: whether a case declares exactly what its fee standards count.
 *
 * RULE H8, L59: the amount follows from the facts, so a fact that is missing, or stands under the
 * code of no fee, would change the bill without a word. What does not apply to a case is declared
 * as 0 units. Pure; intake and charging judge by it alike. */
#ifndef COMMON_FEE_FACTS_H
#define COMMON_FEE_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

/* A fee that counts something. */
struct counted_fee {
    const char *fee;  /* code of the standard */
    bool counts_days; /* besides units */
};

/* Malformed input when a fact is of no such fee or of one named before, has days where none are
 * counted or lacks them, or when a fee has no fact; the detail, in the arena, names the fee. */
struct outcome fee_facts_check(Onedoor__FeeFact *const *facts, size_t n_facts,
                               const struct counted_fee *fees, size_t n_fees, struct arena *);

#endif
