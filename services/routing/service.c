/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/approval.h"
#include "common/rows/calendar_table.h"
#include "common/rows/store.h"
#include "common/values/log.h"
#include "onedoor/routing.pb-c.h"
#include "services/routing/calendar.h"
#include "services/routing/routing.h"
#include "services/routing/work.h"

static const struct table *const tables[] = {
    &routing_flow_table, &routing_task_table, &routing_pause_table,
    &routing_step_table, &calendar_table,     NULL,
};

enum status routing_open(struct store *store, const struct config *config, struct arena *arena,
                         void **memory)
{
    struct routing_memory *made = ARENA_NEW(arena, struct routing_memory);
    void *steps;
    size_t n;
    enum status status = calendar_table_open(store, config, arena, &made->calendar);
    if (status == STATUS_OK)
        status = store_all(store, &routing_step_table, arena, &steps, &n);
    if (status != STATUS_OK)
        return status;
    *memory = made;
    status = routing_flows_init(&made->flows, steps, n, arena);
    if (status != STATUS_OK)
        log_error(0, "flows.invalid", "the flow of %s breaks a rule",
                  made->flows.rows[made->flows.n - 1].item);
    return status;
}

static const ProtobufCMessageDescriptor *const heavy[] = {
    &onedoor__routing__count_flows__descriptor, NULL};

const struct service routing_service = {
    .name = "routing",
    .tables = tables,
    .routes = routing_routes,
    .seconded = routing_seconded,
    .queries = routing_queries,
    .heavy = heavy,
    .checks = routing_checks,
    .follows = routing_follows,
    .open = routing_open,
    .tick_need = approval_tick_need,
    .tick = approval_tick,
    .walks = routing_walks,
};
