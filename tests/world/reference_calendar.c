/* SPDX-License-Identifier: Apache-2.0 */
/* The published days, for each service that counts in working time. */
#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/rows/calendar_table.h"
#include "common/rows/memstore.h"
#include "tests/world/csv.h"
#include "tests/world/world.h"

enum { CENTRE = 1, FILES_BUDGET = 1 << 20 };

static int32_t day_of(const char *date)
{
    int year, month, day;

    must(sscanf(date, "%d-%d-%d", &year, &month, &day) == 3);
    return day_from_ymd(year, month, day).n;
}

void reference_calendar(struct memstore *store, const char *folder)
{
    struct arena *arena = arena_new(FILES_BUDGET);
    const struct csv *days = csv_read(folder, "calendar.csv", arena);

    for (size_t i = 0; i < days->n; i++)
        memstore_put(store, &calendar_table,
                     &(struct calendar_day_row){
                         .centre = CENTRE,
                         .day = day_of(csv_text(days, i, "date")),
                         .kind = strcmp(csv_text(days, i, "kind"), "holiday") == 0 ? 1 : 2,
                         .name_zh = csv_text(days, i, "name_zh"),
                         .name_en = csv_text(days, i, "name_en"),
                     });
    arena_free(&arena);
}
