/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/item_fees.h"

#include <string.h>

#include "common/values/fee_kind.h"

static struct item_fee_row probe_of(const struct turn *turn, const char *item)
{
    return (struct item_fee_row){.centre = turn->centre, .item = item};
}

void item_fees_want(struct turn *turn, const char *item)
{
    const struct item_fee_row probe = probe_of(turn, item);
    rows_want(turn, &intake_item_fee_table, &probe);
}

struct outcome item_fees_check(const struct turn *turn, const char *item,
                               Onedoor__Intake__ItemFee *const *fees, size_t n)
{
    const struct catalogue *catalogue = turn->memory;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < catalogue->n_fees; k++)
            if (strcmp(catalogue->fees[k].fee, fees[i]->code) == 0 &&
                strcmp(catalogue->fees[k].item, item) != 0)
                return invalid(
                    ONEDOOR__REASON__FIELD_INVALID, arena_printf(turn->arena, "fees[%zu].code", i),
                    arena_printf(turn->arena, "is a fee of %s", catalogue->fees[k].item));
    return OUTCOME_OK;
}

static struct item_fee_row row_of(const struct item_row *item, const Onedoor__Intake__ItemFee *fee)
{
    return (struct item_fee_row){
        .centre = item->centre,
        .item = item->code,
        .fee = fee->code,
        .from_day = item->from_day,
        .counts_units = strcmp(fee->kind, fee_kind_name(FEE_FIXED)) != 0,
        .counts_days = strcmp(fee->kind, fee_kind_name(FEE_AREA_DAYS)) == 0,
    };
}

/* A row in force on the day or after it ends there; those of an earlier version of the same day
 * never were in force. */
static void end_all(struct turn *turn, const struct item_row *item)
{
    const struct item_fee_row probe = probe_of(turn, item->code);
    for (struct item_fee_row *row = NULL;
         (row = rows_next(turn, &intake_item_fee_table, &probe, row));)
        if (row->to_day == 0 || row->to_day > item->from_day) {
            rows_touch(turn, &intake_item_fee_table, row);
            row->to_day = item->from_day;
        }
}

void item_fees_replace(struct turn *turn, const struct item_row *item,
                       Onedoor__Intake__ItemFee *const *fees, size_t n)
{
    end_all(turn, item);
    for (size_t i = 0; i < n; i++) {
        struct item_fee_row next = row_of(item, fees[i]);
        struct item_fee_row *same_day = rows_find(turn, &intake_item_fee_table, &next);
        if (same_day == NULL)
            rows_add(turn, &intake_item_fee_table, &next);
        else
            *(struct item_fee_row *)rows_touch(turn, &intake_item_fee_table, same_day) = next;
    }
}
