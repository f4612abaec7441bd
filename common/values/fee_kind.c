/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/fee_kind.h"

#include <string.h>

static const char *const kind_names[] = {
    [FEE_FIXED] = "fixed",         [FEE_QUANTITY] = "quantity", [FEE_AREA] = "area",
    [FEE_AREA_DAYS] = "area_days", [FEE_TIERED] = "tiered",
};

const char *fee_kind_name(enum fee_kind kind)
{
    return kind_names[kind];
}

bool fee_kind_of(const char *name, enum fee_kind *kind)
{
    for (*kind = FEE_FIXED; *kind <= FEE_TIERED; (*kind)++)
        if (strcmp(name, kind_names[*kind]) == 0)
            return true;
    return false;
}

bool fee_tiers_cover(const struct fee_tier *tiers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool starts = tiers[i].from == (i == 0 ? 0 : tiers[i - 1].to);
        bool ends = i == n - 1 ? tiers[i].to == 0 : tiers[i].to > tiers[i].from;
        if (!starts || !ends || tiers[i].price.fen < 0)
            return false;
    }
    return n > 0;
}
