/* SPDX-License-Identifier: Apache-2.0 */
/* The reference hall's fees, as db/reference/charging.sql takes them: in force since 2000, without
 * end. */
#include <string.h>

#include "common/rows/memstore.h"
#include "services/charging/rows.h"
#include "tests/world/csv.h"
#include "tests/world/world.h"

enum { CENTRE = 1, SINCE_2000 = 10957, FILES_BUDGET = 1 << 20 };

static void put_standards(struct memstore *store, const struct csv *fees)
{
    for (size_t i = 0; i < fees->n; i++)
        memstore_put(store, &charging_standard_table,
                     &(struct standard_row){
                         .centre = CENTRE,
                         .code = csv_text(fees, i, "code"),
                         .from_day = SINCE_2000,
                         .item = csv_text(fees, i, "item"),
                         .department = csv_text(fees, i, "department"),
                         .name_zh = csv_text(fees, i, "name_zh"),
                         .name_en = csv_text(fees, i, "name_en"),
                         .kind = csv_text(fees, i, "kind"),
                         .unit_fen = csv_number(fees, i, "unit_fen"),
                         .unit = csv_text(fees, i, "unit"),
                         .free_units = csv_number(fees, i, "free_units"),
                         .cap_fen = csv_number(fees, i, "cap_fen"),
                         .basis = csv_text(fees, i, "basis"),
                         .deposit = strcmp(csv_text(fees, i, "deposit"), "yes") == 0,
                         .reducible = strcmp(csv_text(fees, i, "reducible"), "yes") == 0,
                     });
}

static void put_tiers(struct memstore *store, const struct csv *tiers)
{
    for (size_t i = 0; i < tiers->n; i++)
        memstore_put(store, &charging_tier_table,
                     &(struct tier_row){
                         .centre = CENTRE,
                         .fee = csv_text(tiers, i, "fee"),
                         .from_day = SINCE_2000,
                         .from_units = csv_number(tiers, i, "from_units"),
                         .to_units = csv_number(tiers, i, "to_units"),
                         .unit_fen = csv_number(tiers, i, "unit_fen"),
                     });
}

void reference_charging(struct memstore *store, const char *folder)
{
    struct arena *arena = arena_new(FILES_BUDGET);

    put_standards(store, csv_read(folder, "fee_standards.csv", arena));
    put_tiers(store, csv_read(folder, "fee_tiers.csv", arena));
    arena_free(&arena);
}
