/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/fee_facts.h"

#include <string.h>

static const Onedoor__FeeFact *fact_of(Onedoor__FeeFact *const *facts, size_t n, const char *fee)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(facts[i]->fee, fee) == 0)
            return facts[i];
    return NULL;
}

static const struct counted_fee *fee_of(const struct counted_fee *fees, size_t n, const char *fee)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(fees[i].fee, fee) == 0)
            return &fees[i];
    return NULL;
}

static const char *field_of(size_t at, const char *name, struct arena *arena)
{
    return arena_printf(arena, "facts[%zu].%s", at, name);
}

/* One fact, by itself. */
static struct outcome check_fact(const Onedoor__FeeFact *fact, const struct counted_fee *fee,
                                 size_t at, struct arena *arena)
{
    if (fee == NULL)
        return invalid(
            ONEDOOR__REASON__FIELD_INVALID, field_of(at, "fee", arena),
            arena_printf(arena, "%s is no fee of this item that counts anything", fact->fee));
    if (!fee->counts_days && fact->days != 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, field_of(at, "days", arena),
                       arena_printf(arena, "%s does not count days", fact->fee));
    if (fee->counts_days && fact->units > 0 && fact->days == 0)
        return invalid(ONEDOOR__REASON__FACTS_MISSING, field_of(at, "days", arena),
                       arena_printf(arena, "say for how many days %s is due", fact->fee));
    return OUTCOME_OK;
}

struct outcome fee_facts_check(Onedoor__FeeFact *const *facts, size_t n_facts,
                               const struct counted_fee *fees, size_t n_fees, struct arena *arena)
{
    for (size_t i = 0; i < n_facts; i++) {
        const char *code = facts[i]->fee;
        struct outcome outcome = check_fact(facts[i], fee_of(fees, n_fees, code), i, arena);
        if (!is_ok(outcome))
            return outcome;
        if (fact_of(facts, i, code) != NULL)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, field_of(i, "fee", arena),
                           arena_printf(arena, "%s is declared twice", code));
    }
    for (size_t i = 0; i < n_fees; i++)
        if (fact_of(facts, n_facts, fees[i].fee) == NULL)
            return invalid(ONEDOOR__REASON__FACTS_MISSING, "facts",
                           arena_printf(arena, "say what %s counts; 0 when there is nothing of it",
                                        fees[i].fee));
    return OUTCOME_OK;
}
