/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgrecord.h"

#include <stdlib.h>
#include <string.h>

#include "common/postgres/pgform.h"
#include "common/values/log.h"

/* ---- rows as an array: a record is the number of its fields, then each behind its type and
 * length */

/* A field of a record that is sent: ours, and wanted. */
static const struct column *sent(const struct pgrecord *record, int field, unsigned without)
{
    const struct column *column = record->fields[field].column;
    bool left_out =
        column != NULL && (column->flags & without) != 0 && (column->flags & COLUMN_KEY) == 0;
    return left_out ? NULL : column;
}

static size_t size_of(const struct pgrecord *record, const void *row, unsigned without)
{
    size_t size = 4;
    for (int f = 0; f < record->n; f++) {
        const struct column *column = sent(record, f, without);
        size += 4 + (column == NULL ? 4 : pgform_size(column, row));
    }
    return size;
}

static unsigned char *put_row(unsigned char *to, const struct pgrecord *record, const void *row,
                              unsigned without)
{
    to = pgform_put_int(to, record->n);
    for (int f = 0; f < record->n; f++) {
        const struct column *column = sent(record, f, without);
        to = pgform_put_int(to, record->fields[f].type);
        to = column == NULL ? pgform_put_int(to, -1) : pgform_put(to, column, row);
    }
    return to;
}

struct bytes pgrecord_array(const struct pgrecord *record, void *const *rows, int n,
                            unsigned without, struct arena *arena)
{
    size_t size = PGFORM_HEAD_BYTES;
    for (int i = 0; i < n; i++)
        size += 4 + size_of(record, rows[i], without);
    unsigned char *data = arena_alloc(arena, size), *to = pgform_put_head(data, record->type, n);
    for (int i = 0; i < n; i++) {
        to = pgform_put_int(to, (int32_t)size_of(record, rows[i], without));
        to = put_row(to, record, rows[i], without);
    }
    return (struct bytes){data, size};
}

/* ---- how the database knows the table */

static const struct column *column_named(const struct table *table, const char *name)
{
    for (int c = 0; c < table->n_columns; c++)
        if (strcmp(table->columns[c].name, name) == 0)
            return &table->columns[c];
    return NULL;
}

static enum status take_field(struct pgrecord *record, const struct table *table,
                              const PGresult *result, int row)
{
    const struct column *column = column_named(table, PQgetvalue(result, row, 1));
    int32_t type = (int32_t)strtol(PQgetvalue(result, row, 2), NULL, 10);
    if (record->n == PGRECORD_FIELDS_MAX || (column != NULL && pgform_oid(column->type) != type)) {
        log_error(0, "database.column", "%s.%s is not %s", table->name, PQgetvalue(result, row, 1),
                  column == NULL ? "wanted" : pgform_type(column->type));
        return STATUS_FAILED;
    }
    record->type = (int32_t)strtol(PQgetvalue(result, row, 0), NULL, 10);
    record->fields[record->n].column = column;
    record->fields[record->n++].type = type;
    return STATUS_OK;
}

enum status pgrecord_read(struct pg *pg, const struct table *table, struct pgrecord *record)
{
    static const char sql[] =
        "select c.reltype, a.attname, a.atttypid from pg_class c join pg_attribute a on a.attrelid "
        "= c.oid"
        " where c.oid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum";
    const char *values[] = {table->name};
    PGresult *result = PQexecParams(pg->conn, sql, 1, NULL, values, NULL, NULL, 0);
    enum status status = pg_classify(pg->conn, result);
    *record = (struct pgrecord){.n = 0};
    for (int row = 0; status == STATUS_OK && row < PQntuples(result); row++)
        status = take_field(record, table, result, row);
    if (status == STATUS_OK && record->n < table->n_columns) {
        log_error(0, "database.table", "%s has %d columns, not the %d described", table->name,
                  record->n, table->n_columns);
        status = STATUS_FAILED;
    }
    PQclear(result);
    return status;
}
