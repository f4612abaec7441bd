/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/schedule.h"

#include <stdlib.h>
#include <string.h>

/* ---- making it */

static int by_item(const void *left, const void *right)
{
    const struct fee_standard *a = left, *b = right;
    int order = strcmp(a->item, b->item);

    if (order == 0)
        order = strcmp(a->code, b->code);
    return order != 0 ? order : (a->from_day > b->from_day) - (a->from_day < b->from_day);
}

static int by_units(const void *left, const void *right)
{
    const struct fee_tier *a = left, *b = right;
    return (a->from > b->from) - (a->from < b->from);
}

/* The bands of one standard, in order; they must cover 0 and up, each where the one before ends. */
static bool take_tiers(struct fee_standard *standard, const struct tier_row *rows, size_t n_rows,
                       struct arena *arena)
{
    struct fee_tier *tiers = ARENA_ARRAY(arena, struct fee_tier, n_rows);
    size_t n = 0;

    for (const struct tier_row *row = rows; row < rows + n_rows; row++)
        if (strcmp(row->fee, standard->code) == 0 && row->from_day == standard->from_day)
            tiers[n++] = (struct fee_tier){row->from_units, row->to_units, {row->unit_fen}};
    standard->tiers = tiers;
    standard->n_tiers = n;
    if (standard->kind != FEE_TIERED)
        return n == 0;
    qsort(tiers, n, sizeof *tiers, by_units);
    return fee_tiers_cover(tiers, n);
}

static bool take_standard(struct fee_standard *standard, const struct standard_row *row)
{
    *standard = (struct fee_standard){
        .code = row->code,
        .item = row->item,
        .department = row->department,
        .name_zh = row->name_zh,
        .name_en = row->name_en,
        .basis = row->basis,
        .from_day = row->from_day,
        .to_day = row->to_day,
        .price = {row->unit_fen},
        .unit = row->unit,
        .free_units = row->free_units,
        .cap = {row->cap_fen},
        .deposit = row->deposit,
        .reducible = row->reducible,
    };
    return fee_kind_of(row->kind, &standard->kind) && row->unit_fen >= 0 && row->free_units >= 0 &&
           row->cap_fen >= 0;
}

enum status charging_schedule_make(struct fee_schedule *schedule, const struct standard_row *rows,
                                   size_t n_standards, const struct tier_row *tiers, size_t n_tiers,
                                   struct arena *arena)
{
    struct fee_standard *standards = ARENA_ARRAY(arena, struct fee_standard, n_standards);

    for (size_t i = 0; i < n_standards; i++)
        if (!take_standard(&standards[i], &rows[i]) ||
            !take_tiers(&standards[i], tiers, n_tiers, arena))
            return STATUS_INVALID;
    if (n_standards > 0)
        qsort(standards, n_standards, sizeof *standards, by_item);
    *schedule = (struct fee_schedule){standards, n_standards};
    return STATUS_OK;
}

/* ---- asking it */

/* How many standards stand before this item (`past`: and within it). */
static size_t place(const struct fee_schedule *schedule, const char *item, bool past)
{
    size_t low = 0, high = schedule->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(schedule->standards[middle].item, item);
        if (order < 0 || (past && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct fee_standard *charging_schedule_item(const struct fee_schedule *schedule,
                                                  const char *item, size_t *n)
{
    size_t first = item == NULL ? 0 : place(schedule, item, false);

    *n = item == NULL ? schedule->n : place(schedule, item, true) - first;
    return schedule->standards + first;
}

bool charging_in_force(const struct fee_standard *standard, int32_t day)
{
    return standard->from_day <= day && (standard->to_day == 0 || day < standard->to_day);
}

const struct counted_fee *charging_counted_fees(const struct fee_schedule *schedule,
                                                const char *item, int32_t day, struct arena *arena,
                                                size_t *n)
{
    size_t n_standards;
    const struct fee_standard *standards = charging_schedule_item(schedule, item, &n_standards);
    struct counted_fee *fees = ARENA_ARRAY(arena, struct counted_fee, n_standards);

    *n = 0;
    for (size_t i = 0; i < n_standards; i++)
        if (standards[i].kind != FEE_FIXED && charging_in_force(&standards[i], day))
            fees[(*n)++] =
                (struct counted_fee){standards[i].code, standards[i].kind == FEE_AREA_DAYS};
    return fees;
}

const struct fee_standard *charging_schedule_fee(const struct fee_schedule *schedule,
                                                 const char *code)
{
    for (size_t i = schedule->n; i-- > 0;) /* the newest stands last */
        if (strcmp(schedule->standards[i].code, code) == 0)
            return &schedule->standards[i];
    return NULL;
}

/* ---- the bill */

static const struct fee_fact *fact_of(const struct fee_case *facts, const char *fee)
{
    for (size_t i = 0; i < facts->n_facts; i++)
        if (strcmp(facts->facts[i].fee, fee) == 0)
            return &facts->facts[i];
    return NULL;
}

bool charging_bill(const struct fee_schedule *schedule, const struct fee_case *facts,
                   struct arena *arena, struct fee_bill *bill)
{
    size_t n_standards;
    const struct fee_standard *standard =
        charging_schedule_item(schedule, facts->item, &n_standards);
    struct fee_charge *charges = ARENA_ARRAY(arena, struct fee_charge, n_standards);

    *bill = (struct fee_bill){.charges = charges};
    for (const struct fee_standard *end = standard + n_standards; standard < end; standard++) {
        struct fee_charge *charge = &charges[bill->n];
        if (!charging_in_force(standard, facts->day))
            continue;
        if (!charging_price(standard, fact_of(facts, standard->code), arena, charge))
            return false;
        bill->total = money_add(bill->total, charge->amount);
        bill->n++;
    }
    return bill->total.fen <= MONEY_LIMIT_FEN;
}
