/* SPDX-License-Identifier: Apache-2.0 */
/* The reference hall's flows and calendar, as db/reference/routing.sql takes them: every flow is
 * version 1. */
#include <string.h>

#include "common/base/panic.h"
#include "common/rows/memstore.h"
#include "services/routing/flows.h"
#include "tests/world/csv.h"
#include "tests/world/world.h"

enum { CENTRE = 1, FILES_BUDGET = 1 << 20 };

static const char *const action_names[TASK_ACTIONS] = {
    [REVIEW] = "review",
    [CONSULT] = "consult",
    [COUNTERSIGN] = "countersign",
    [SITE_SURVEY] = "site_survey",
    [EXPERT_REVIEW] = "expert_review",
    [DECIDE_CASE] = "decide",
    [CITY_DECISION] = "city_decision",
};

static int16_t action_of(const char *name)
{
    for (int16_t action = 1; action < TASK_ACTIONS; action++)
        if (strcmp(name, action_names[action]) == 0)
            return action;
    panic("flow_steps.csv: there is no action %s", name);
}

static void put_steps(struct memstore *store, const struct csv *steps)
{
    for (size_t i = 0; i < steps->n; i++)
        memstore_put(store, &routing_step_table,
                     &(struct step_row){
                         .centre = CENTRE,
                         .item = csv_text(steps, i, "item"),
                         .version = 1,
                         .stage = (int16_t)csv_number(steps, i, "stage"),
                         .department = csv_text(steps, i, "department"),
                         .action = action_of(csv_text(steps, i, "action")),
                         .lead = strcmp(csv_text(steps, i, "lead"), "yes") == 0,
                         .days = (int16_t)csv_number(steps, i, "days"),
                         .counts = strcmp(csv_text(steps, i, "clock"), "counts") == 0,
                     });
}

void reference_routing(struct memstore *store, const char *folder)
{
    struct arena *arena = arena_new(FILES_BUDGET);
    put_steps(store, csv_read(folder, "flow_steps.csv", arena));
    arena_free(&arena);
    reference_calendar(store, folder);
}
