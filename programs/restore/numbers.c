/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "common/values/day.h"
#include "programs/restore/restore.h"

enum { DAY_MS = 86400000, NAME_SIZE = 32 };

/* The counters of one service as they are raised. */
struct raising {
    const struct restore *restore;
    const char *service;
    int64_t skip; /* without old data: by how much */
};

static int64_t value_of(const struct restore *restore, const char *name)
{
    return pgadmin_number(restore->conn,
                          "select value from counter where centre = $1 and name = $2",
                          PARAMS(P_I16(restore->centre), P_TEXT(name)));
}

static void raise_counter(const struct raising *raising, const char *name, int64_t to)
{
    const struct restore *restore = raising->restore;
    int64_t from = value_of(restore, name);
    if (to <= from)
        return;
    struct params change = PARAMS(P_I16(restore->centre), P_TEXT(name), P_I64(to));
    pgadmin_number(restore->conn,
                   "insert into counter (centre, name, value) values ($1, $2, $3)"
                   " on conflict (centre, name) do update set value = excluded.value returning 1",
                   change);
    pgadmin_number(restore->conn,
                   "insert into skipped (centre, name, first, last, at)"
                   " values ($1, $2, $3, $4, $5) returning 1",
                   PARAMS(P_I16(restore->centre), P_TEXT(name), P_I64(from + 1), P_I64(to),
                          P_TIME(restore->now_ms)));
    printf("left out: %s numbers of %s, %lld to %lld\n", name, raising->service,
           (long long)from + 1, (long long)to);
}

/* ---- what the old data gave out is known */

static void raise_to_old(void *context, void *row)
{
    const struct counter_row *counter = row;
    raise_counter(context, counter->name, counter->value);
}

/* ---- or it is not: enough for every day that may be lost. Of the counters of cases and tickets,
 * which are one a day, only today's: an earlier day gives out no more. */

static const struct {
    const char *service, *name;
} known[] = {
    {"intake", "look"},    {"intake", "question"},  {"intake", "search"},
    {"charging", "order"}, {"charging", "posting"}, {"charging", "receipt"},
};
enum { KNOWN = sizeof known / sizeof known[0] };

static const char *const daily[] = {"case", "ticket"};
enum { DAILY = sizeof daily / sizeof daily[0] };

static bool is_daily(const char *name)
{
    for (int i = 0; i < DAILY; i++) {
        size_t length = strlen(daily[i]);
        if (strncmp(name, daily[i], length) == 0 && name[length] == ' ')
            return true;
    }
    return false;
}

static void raise_by_skip(void *context, void *row)
{
    const struct raising *raising = context;
    const struct counter_row *counter = row;
    if (!is_daily(counter->name))
        raise_counter(raising, counter->name, counter->value + raising->skip);
}

/* A counter whose first number was given out after the backup is not in it. */
static void raise_absent(const struct raising *raising)
{
    for (int i = 0; i < KNOWN; i++)
        if (strcmp(known[i].service, raising->service) == 0 &&
            value_of(raising->restore, known[i].name) == 0)
            raise_counter(raising, known[i].name, raising->skip);
}

static void raise_daily(const struct raising *raising)
{
    const struct restore *restore = raising->restore;
    int64_t offset_ms = config_number(restore->config, "utc_offset_min") * 60000;
    struct ymd day = day_to_ymd((struct day){(int32_t)((restore->now_ms + offset_ms) / DAY_MS)});
    char name[NAME_SIZE];
    for (int i = 0; i < DAILY; i++) {
        snprintf(name, sizeof name, "%s %02d%02d%02d", daily[i], day.year % 100, day.month,
                 day.day);
        raise_counter(raising, name, value_of(restore, name) + raising->skip);
    }
}

static int64_t last_ms(const struct restore *restore)
{
    int64_t last_ms = 0;
    for (int i = 0; i < SERVICES; i++)
        if (restore->ends[i].at_ms > last_ms)
            last_ms = restore->ends[i].at_ms;
    return last_ms;
}

static int64_t days_lost(const struct restore *restore)
{
    int64_t last = last_ms(restore);
    return last == 0 || last > restore->now_ms ? 1 : 1 + (restore->now_ms - last) / DAY_MS;
}

static void raise_blindly(struct raising *raising)
{
    const struct restore *restore = raising->restore;
    raising->skip = config_number(restore->config, "skip") * days_lost(restore) *
                    config_number(restore->config, "times");
    pgadmin_rows(restore->conn, raising->service, &counter_table, restore->centre, raise_by_skip,
                 raising);
    raise_absent(raising);
    if (strcmp(raising->service, "intake") == 0)
        raise_daily(raising);
}

void restore_raise_counters(const struct restore *restore)
{
    for (int i = 0; i < SERVICES; i++) {
        struct raising raising = {.restore = restore, .service = service_names[i]};
        pgadmin_look_in(restore->conn, service_names[i]);
        if (restore->old != NULL)
            pgadmin_rows(restore->old, service_names[i], &counter_table, restore->centre,
                         raise_to_old, &raising);
        else
            raise_blindly(&raising);
    }
}
