/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/standards.h"

#include <string.h>

#include "common/base/panic.h"
#include "onedoor/intake.pb-c.h"
#include "services/charging/charging.h"

void standards_need(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    rows_want(turn, &charging_standard_table, &(struct standard_row){.centre = turn->centre});
    rows_want(turn, &charging_tier_table, &(struct tier_row){.centre = turn->centre});
}

/* ---- rows of a message */

static struct standard_row standard_of(const struct turn *turn, const Onedoor__Intake__Item *item,
                                       const Onedoor__Intake__ItemFee *fee)
{
    return (struct standard_row){
        .centre = turn->centre,
        .code = fee->code,
        .from_day = item->from_day,
        .item = item->code,
        .department = fee->department,
        .name_zh = fee->name_zh,
        .name_en = fee->name_en,
        .kind = fee->kind,
        .unit_fen = fee->unit_fen,
        .unit = fee->unit,
        .free_units = fee->free_units,
        .cap_fen = fee->cap_fen,
        .basis = fee->basis,
        .deposit = fee->deposit,
        .reducible = fee->reducible,
    };
}

static struct tier_row tier_of(const struct standard_row *standard,
                               const Onedoor__Intake__FeeTier *tier)
{
    return (struct tier_row){
        .centre = standard->centre,
        .fee = standard->code,
        .from_day = standard->from_day,
        .from_units = tier->from_units,
        .to_units = tier->to_units,
        .unit_fen = tier->unit_fen,
    };
}

/* Whether a schedule can be made of what was published. */
static bool is_sound(struct turn *turn, const Onedoor__Intake__ItemPublished *published)
{
    struct fee_schedule schedule;
    for (size_t i = 0; i < published->n_fees; i++) {
        const Onedoor__Intake__ItemFee *fee = published->fees[i];
        struct standard_row standard = standard_of(turn, published->item, fee);
        struct tier_row *tiers = ARENA_ARRAY(turn->arena, struct tier_row, fee->n_tiers);
        for (size_t k = 0; k < fee->n_tiers; k++)
            tiers[k] = tier_of(&standard, fee->tiers[k]);
        if (charging_schedule_make(&schedule, &standard, 1, tiers, fee->n_tiers, turn->arena) !=
            STATUS_OK)
            return false;
    }
    return true;
}

/* ---- from the date of effect on */

/* What is in force on the day, or would be later, ends there. */
static void end_all(struct turn *turn, const Onedoor__Intake__Item *item)
{
    struct standard_row *row;
    for (size_t place = 0; (row = rows_each(turn, &charging_standard_table, &place)) != NULL;)
        if (strcmp(row->item, item->code) == 0 &&
            (row->to_day == 0 || row->to_day > item->from_day)) {
            rows_touch(turn, &charging_standard_table, row);
            row->to_day = item->from_day;
        }
}

/* Bands of a version of the same day, which this one replaces. */
static void remove_tiers(struct turn *turn, const struct standard_row *standard)
{
    struct tier_row *row;
    for (size_t place = 0; (row = rows_each(turn, &charging_tier_table, &place)) != NULL;)
        if (row->from_day == standard->from_day && strcmp(row->fee, standard->code) == 0)
            rows_remove(turn, &charging_tier_table, row);
}

static void put(struct turn *turn, const struct standard_row *standard,
                const Onedoor__Intake__ItemFee *fee)
{
    struct standard_row *same_day = rows_find(turn, &charging_standard_table, standard);
    if (same_day == NULL)
        rows_add(turn, &charging_standard_table, standard);
    else
        *(struct standard_row *)rows_touch(turn, &charging_standard_table, same_day) = *standard;
    remove_tiers(turn, standard);
    for (size_t i = 0; i < fee->n_tiers; i++) {
        struct tier_row tier = tier_of(standard, fee->tiers[i]);
        rows_add(turn, &charging_tier_table, &tier);
    }
}

/* A copy of the rows that are there, one after the other. */
static void *all_of(struct turn *turn, const struct table *table, size_t *n)
{
    const void *row;
    size_t room = 0;
    for (size_t place = 0; rows_each(turn, table, &place) != NULL;)
        room++;
    char *list = arena_alloc(turn->arena, (room + 1) * table->row_size);
    *n = 0;
    for (size_t place = 0; (row = rows_each(turn, table, &place)) != NULL;)
        memcpy(list + (*n)++ * table->row_size, row, table->row_size);
    return list;
}

/* Cases granted later in this turn are priced by them. */
static void remember(struct turn *turn)
{
    struct charging *now = ARENA_NEW(turn->arena, struct charging);
    size_t n_standards, n_tiers;
    *now = *(const struct charging *)turn->memory;
    const struct standard_row *standards = all_of(turn, &charging_standard_table, &n_standards);
    const struct tier_row *tiers = all_of(turn, &charging_tier_table, &n_tiers);
    must(charging_schedule_make(&now->schedule, standards, n_standards, tiers, n_tiers,
                                turn->arena) == STATUS_OK);
    turn_remember(turn, now);
}

struct outcome standards_hear(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__ItemPublished *published = heard->message;
    if (published->item == NULL || published->item->from_day <= 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "item", "has no date of effect");
    if (!is_sound(turn, published))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "fees", "make no schedule");
    end_all(turn, published->item);
    for (size_t i = 0; i < published->n_fees; i++) {
        struct standard_row standard = standard_of(turn, published->item, published->fees[i]);
        put(turn, &standard, published->fees[i]);
    }
    remember(turn);
    return OUTCOME_OK;
}
