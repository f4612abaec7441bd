/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/charging.h"

#include "common/rows/approval.h"
#include "common/rows/store.h"
#include "onedoor/charging.pb-c.h"

int32_t charging_day(const struct charging *charging, int64_t ms)
{
    const int64_t minute = 60 * 1000, day = 24 * 60 * minute;
    return (int32_t)((ms + charging->utc_offset_min * minute) / day);
}

enum status charging_open(struct store *store, const struct config *config, struct arena *arena,
                          void **memory)
{
    struct charging *charging = ARENA_NEW(arena, struct charging);
    void *standards, *tiers;
    size_t n_standards, n_tiers;

    charging->utc_offset_min = (int32_t)config_number(config, "utc_offset_min");
    enum status status =
        store_all(store, &charging_standard_table, arena, &standards, &n_standards);
    if (status == STATUS_OK)
        status = store_all(store, &charging_tier_table, arena, &tiers, &n_tiers);
    if (status == STATUS_OK)
        status = charging_schedule_make(&charging->schedule, standards, n_standards, tiers, n_tiers,
                                        arena);
    *memory = charging;
    return status;
}

static const ProtobufCMessageDescriptor *const heavy[] = {
    &onedoor__charging__get_takings__descriptor, NULL};

const struct service charging_service = {
    .name = "charging",
    .tables = charging_tables,
    .routes = charging_routes,
    .seconded = charging_seconded,
    .queries = charging_queries,
    .heavy = heavy,
    .follows = charging_follows,
    .open = charging_open,
    .tick_need = approval_tick_need,
    .tick = approval_tick,
};
