/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgcalendar.h"

#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/calendar_table.h"

enum { EXCEPTIONS_MAX = 4096 };

struct exceptions {
    struct calendar_exception *list;
    size_t n;
    struct arena *arena;
};

static void take_day(void *context, void *data)
{
    struct exceptions *exceptions = context;
    const struct calendar_day_row *row = data;
    must(exceptions->n < EXCEPTIONS_MAX);
    struct calendar_exception *exception = &exceptions->list[exceptions->n++];
    *exception = calendar_table_exception(row);
    exception->name = arena_strdup(exceptions->arena, row->name_zh);
}

void pgcalendar_read(struct calendar *calendar, const struct config *config, struct arena *arena)
{
    struct exceptions exceptions = {ARENA_ARRAY(arena, struct calendar_exception, EXCEPTIONS_MAX),
                                    0, arena};
    struct hall_hours hours;
    PGconn *conn = pgadmin_connect(config, NULL);
    pgadmin_do(conn, "begin read only");
    pgadmin_rows(conn, "intake", &calendar_table, (int16_t)config_number(config, "centre"),
                 take_day, &exceptions);
    PQfinish(conn);
    must(calendar_table_hours(config, &hours) == STATUS_OK);
    must(calendar_init(calendar, &hours, exceptions.list, exceptions.n, arena) == STATUS_OK);
}
