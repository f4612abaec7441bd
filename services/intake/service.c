/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/catalogue.h"
#include "services/intake/intake.h"

const struct service intake_service = {
    .name = "intake",
    .settings = intake_settings,
    .tables = intake_tables,
    .routes = intake_routes,
    .queries = intake_queries,
    .follows = intake_follows,
    .open = intake_catalogue_open,
    .tick_need = intake_tick_need,
    .tick = intake_tick,
};
