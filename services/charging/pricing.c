/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/pricing.h"

#include <string.h>

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What is counted, without the days: "m2" of "m2·day". */
static const char *counted(const struct fee_standard *standard, struct arena *arena)
{
    const char *by_day = strstr(standard->unit, "·");

    if (by_day == NULL)
        return standard->unit;
    return arena_printf(arena, "%.*s", (int)(by_day - standard->unit), standard->unit);
}

static const char *fen_text(struct money amount, struct arena *arena)
{
    return money_format(amount, arena_alloc(arena, MONEY_TEXT_SIZE));
}

/* "30 m2", or "(30 - 5 free) m2". */
static const char *units_text(const struct fee_standard *standard, int64_t units,
                              struct arena *arena)
{
    const char *unit = counted(standard, arena);

    if (standard->free_units == 0)
        return arena_printf(arena, "%lld %s", (long long)units, unit);
    return arena_printf(arena, "(%lld - %lld free) %s", (long long)units,
                        (long long)least(units, standard->free_units), unit);
}

/* Every unit at one price, times the days where they count. */
static bool price_flat(const struct fee_charge *charge, int64_t units, struct arena *arena,
                       struct money *amount, const char **working)
{
    const struct fee_standard *standard = charge->standard;
    bool by_day = standard->kind == FEE_AREA_DAYS;
    const char *days = by_day ? arena_printf(arena, " x %d days", charge->days) : "";

    *working = arena_printf(arena, "%s%s x %s", units_text(standard, charge->units, arena), days,
                            fen_text(standard->price, arena));
    return money_times(standard->price, by_day ? units * charge->days : units, amount);
}

/* Each band of units at its own price. */
static bool price_tiers(const struct fee_charge *charge, int64_t units, struct arena *arena,
                        struct money *amount, const char **working)
{
    const struct fee_standard *standard = charge->standard;
    const char *terms = "";

    *amount = (struct money){0};
    for (const struct fee_tier *tier = standard->tiers; tier < standard->tiers + standard->n_tiers;
         tier++) {
        int64_t in_band = (tier->to == 0 ? units : least(units, tier->to)) - tier->from;
        struct money part;
        if (in_band <= 0)
            break;
        if (!money_times(tier->price, in_band, &part))
            return false;
        *amount = money_add(*amount, part);
        terms = arena_printf(arena, "%s%s%lld x %s", terms, tier == standard->tiers ? ": " : " + ",
                             (long long)in_band, fen_text(tier->price, arena));
    }
    *working = arena_printf(arena, "%s%s", units_text(standard, charge->units, arena), terms);
    return true;
}

static const char *missing_fact(const struct fee_charge *charge, struct arena *arena)
{
    if (charge->units == 0)
        return counted(charge->standard, arena);
    return charge->standard->kind == FEE_AREA_DAYS && charge->days == 0 ? "days" : NULL;
}

bool charging_price(const struct fee_standard *standard, const struct fee_fact *fact,
                    struct arena *arena, struct fee_charge *charge)
{
    struct fee_charge priced = {.standard = standard};
    if (standard->kind == FEE_FIXED)
        priced.units = 1;
    else if (fact != NULL)
        priced.units = fact->units;
    if (standard->kind == FEE_AREA_DAYS && fact != NULL)
        priced.days = fact->days;
    if (priced.units < 0 || priced.units > FACT_UNITS_MAX || priced.days < 0 ||
        priced.days > FACT_DAYS_MAX)
        return false;

    const char *missing = missing_fact(&priced, arena);
    if (missing != NULL) {
        priced.working = arena_printf(arena, "no %s declared: 0.00", missing);
        *charge = priced;
        return true;
    }
    int64_t units = priced.units - least(priced.units, standard->free_units);
    bool tiered = standard->kind == FEE_TIERED;
    if (!(tiered ? price_tiers : price_flat)(&priced, units, arena, &priced.amount,
                                             &priced.working))
        return false;
    priced.working = arena_printf(arena, "%s = %s", priced.working, fen_text(priced.amount, arena));
    if (!money_is_zero(standard->cap) && money_compare(priced.amount, standard->cap) > 0) {
        priced.amount = standard->cap;
        priced.working =
            arena_printf(arena, "%s, at most %s", priced.working, fen_text(priced.amount, arena));
    }
    *charge = priced;
    return true;
}
