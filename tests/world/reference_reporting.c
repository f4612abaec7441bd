/* SPDX-License-Identifier: Apache-2.0 */
/* Reporting takes the windows and the published days, as in db/reference/reporting.sql. */
#include "common/rows/memstore.h"
#include "services/reporting/rows.h"
#include "tests/world/csv.h"
#include "tests/world/world.h"

enum { CENTRE = 1, FILES_BUDGET = 1 << 20 };

void reference_reporting(struct memstore *store, const char *folder)
{
    struct arena *arena = arena_new(FILES_BUDGET);
    const struct csv *windows = csv_read(folder, "windows.csv", arena);

    for (size_t i = 0; i < windows->n; i++)
        memstore_put(store, &reporting_window_table,
                     &(struct hall_window_row){
                         .centre = CENTRE,
                         .number = (int32_t)csv_number(windows, i, "number"),
                         .floor = (int16_t)csv_number(windows, i, "floor"),
                         .department = csv_text(windows, i, "department"),
                         .kind = csv_text(windows, i, "kind"),
                         .status = csv_text(windows, i, "status"),
                         .name_zh = csv_text(windows, i, "name_zh"),
                     });
    reference_calendar(store, folder);
    arena_free(&arena);
}
