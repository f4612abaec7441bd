/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/reporting.h"

#include "common/rows/calendar_table.h"
#include "onedoor/reporting.pb-c.h"
#include "services/reporting/rows.h"

enum status reporting_open(struct store *store, const struct config *config, struct arena *arena,
                           void **memory)
{
    struct reporting *reporting = ARENA_NEW(arena, struct reporting);

    *memory = reporting;
    return calendar_table_open(store, config, arena, &reporting->calendar);
}

static const struct setting reporting_settings[] = {
    {"gather_events_ms", SETTING_NUMBER, "100", 0, 5000,
     "While busy, take up what other services have said no sooner than this after the last time, "
     "in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const ProtobufCMessageDescriptor *const heavy[] = {
    &onedoor__reporting__search__descriptor,      &onedoor__reporting__overview__descriptor,
    &onedoor__reporting__rollup__descriptor,      &onedoor__reporting__visits__descriptor,
    &onedoor__reporting__list_visits__descriptor, NULL};

const struct service reporting_service = {
    .name = "reporting",
    .settings = reporting_settings,
    .tables = reporting_tables,
    .queries = reporting_queries,
    .heavy = heavy,
    .checks = reporting_checks,
    .follows = reporting_follows,
    .open = reporting_open,
};
