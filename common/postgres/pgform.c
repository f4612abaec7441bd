/* SPDX-License-Identifier: Apache-2.0 */
/* The binary form of columns, as PostgreSQL's send and receive functions have it: big-endian
 * integers; instants in microseconds and dates in days since 2000-01-01; an array is dimensions, a
 * null flag, the element's type, its length and lower bound, then each element behind its length; a
 * record is the number of its fields, then each behind its type and length. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pg.h"
#include "common/values/log.h"

enum { UNIX_DAYS = 10957 }; /* from 1970-01-01 to 2000-01-01 */

static const int64_t UNIX_MS = (int64_t)UNIX_DAYS * 86400000;

static const struct {
    const char *name;
    int32_t oid;
    int size; /* 0: varies */
} forms[] = {
    [COLUMN_I16] = {"smallint", 21, 2}, [COLUMN_I32] = {"integer", 23, 4},
    [COLUMN_I64] = {"bigint", 20, 8},   [COLUMN_BOOL] = {"boolean", 16, 1},
    [COLUMN_TEXT] = {"text", 25, 0},    [COLUMN_BYTES] = {"bytea", 17, 0},
    [COLUMN_UUID] = {"uuid", 2950, 16}, [COLUMN_TIME] = {"timestamptz", 1184, 8},
    [COLUMN_DAY] = {"date", 1082, 4},
};

const char *pg_type(enum column_type type)
{
    return forms[type].name;
}

static unsigned char *put4(unsigned char *to, int32_t value)
{
    uint32_t big = htobe32((uint32_t)value);
    memcpy(to, &big, 4);
    return to + 4;
}

static unsigned char *put8(unsigned char *to, int64_t value)
{
    uint64_t big = htobe64((uint64_t)value);
    memcpy(to, &big, 8);
    return to + 8;
}

static int32_t get4(const char *from)
{
    uint32_t big;
    memcpy(&big, from, 4);
    return (int32_t)be32toh(big);
}

static int64_t get8(const char *from)
{
    uint64_t big;
    memcpy(&big, from, 8);
    return (int64_t)be64toh(big);
}

/* What of a field varies in length; a null pointer is SQL's null. */
static struct bytes varying(const struct column *column, const void *field)
{
    if (column->type == COLUMN_BYTES)
        return *(const struct bytes *)field;
    const char *text = *(const char *const *)field;
    return (struct bytes){(const unsigned char *)text, text == NULL ? 0 : strlen(text)};
}

static bool is_null(const struct column *column, const void *field)
{
    switch (column->type) {
    case COLUMN_TEXT:
    case COLUMN_BYTES:
        return varying(column, field).data == NULL;
    case COLUMN_TIME:
        return *(const int64_t *)field == 0;
    case COLUMN_DAY:
        return *(const int32_t *)field == 0;
    default:
        return false;
    }
}

static unsigned char *put_value(unsigned char *to, const struct column *column, const void *field)
{
    switch (column->type) {
    case COLUMN_I16: {
        uint16_t big = htobe16((uint16_t) * (const int16_t *)field);
        memcpy(to, &big, 2);
        return to + 2;
    }
    case COLUMN_I32:
        return put4(to, *(const int32_t *)field);
    case COLUMN_DAY:
        return put4(to, *(const int32_t *)field - UNIX_DAYS);
    case COLUMN_I64:
        return put8(to, *(const int64_t *)field);
    case COLUMN_TIME:
        return put8(to, (*(const int64_t *)field - UNIX_MS) * 1000);
    case COLUMN_BOOL:
        *to = *(const bool *)field ? 1 : 0;
        return to + 1;
    case COLUMN_UUID:
        memcpy(to, field, 16);
        return to + 16;
    case COLUMN_TEXT:
    case COLUMN_BYTES: {
        struct bytes bytes = varying(column, field);
        if (bytes.len > 0)
            memcpy(to, bytes.data, bytes.len);
        return to + bytes.len;
    }
    }
    panic("no such column type");
}

static size_t size_of(const struct column *column, const void *field)
{
    if (is_null(column, field))
        return 4;
    return 4 + (forms[column->type].size > 0 ? (size_t)forms[column->type].size
                                             : varying(column, field).len);
}

static unsigned char *put_head(unsigned char *to, int32_t oid, int n)
{
    to = put4(to, 1);
    to = put4(to, 1);
    to = put4(to, oid);
    to = put4(to, n);
    return put4(to, 1);
}

struct bytes pg_array(const struct column *column, void *const *rows, int n, struct arena *arena)
{
    size_t size = 20;
    for (int i = 0; i < n; i++)
        size += size_of(column, (const char *)rows[i] + column->offset);
    unsigned char *data = arena_alloc(arena, size),
                  *to = put_head(data, forms[column->type].oid, n);
    for (int i = 0; i < n; i++) {
        const void *field = (const char *)rows[i] + column->offset;
        bool null = is_null(column, field);
        to = put4(to, null ? -1 : (int32_t)(size_of(column, field) - 4));
        if (!null)
            to = put_value(to, column, field);
    }
    return (struct bytes){data, size};
}

/* A field of a record that is sent: ours, and wanted. */
static const struct column *sent(const struct pg_record *record, int field, unsigned without)
{
    const struct column *column = record->fields[field].column;
    bool left_out =
        column != NULL && (column->flags & without) != 0 && (column->flags & COLUMN_KEY) == 0;
    return left_out ? NULL : column;
}

/* A record is its number of fields, then each behind its type and length. */
static size_t record_size(const struct pg_record *record, const void *row, unsigned without)
{
    size_t size = 4;
    for (int f = 0; f < record->n; f++) {
        const struct column *column = sent(record, f, without);
        size += 4 + (column == NULL ? 4 : size_of(column, (const char *)row + column->offset));
    }
    return size;
}

static unsigned char *put_record(unsigned char *to, const struct pg_record *record, const void *row,
                                 unsigned without)
{
    to = put4(to, record->n);
    for (int f = 0; f < record->n; f++) {
        const struct column *column = sent(record, f, without);
        const void *field = column == NULL ? NULL : (const char *)row + column->offset;
        bool null = column == NULL || is_null(column, field);
        to = put4(put4(to, record->fields[f].type),
                  null ? -1 : (int32_t)(size_of(column, field) - 4));
        if (!null)
            to = put_value(to, column, field);
    }
    return to;
}

struct bytes pg_records(const struct pg_record *record, void *const *rows, int n, unsigned without,
                        struct arena *arena)
{
    size_t size = 20;
    for (int i = 0; i < n; i++)
        size += 4 + record_size(record, rows[i], without);
    unsigned char *data = arena_alloc(arena, size), *to = put_head(data, record->type, n);
    for (int i = 0; i < n; i++)
        to = put_record(put4(to, (int32_t)record_size(record, rows[i], without)), record, rows[i],
                        without);
    return (struct bytes){data, size};
}

static const struct column *column_named(const struct table *table, const char *name)
{
    for (int c = 0; c < table->n_columns; c++)
        if (strcmp(table->columns[c].name, name) == 0)
            return &table->columns[c];
    return NULL;
}

static enum status take_field(struct pg_record *record, const struct table *table,
                              const PGresult *result, int row)
{
    const struct column *column = column_named(table, PQgetvalue(result, row, 1));
    int32_t type = (int32_t)strtol(PQgetvalue(result, row, 2), NULL, 10);
    if (record->n == PG_FIELDS_MAX || (column != NULL && forms[column->type].oid != type)) {
        log_error(0, "database.column", "%s.%s is not %s", table->name, PQgetvalue(result, row, 1),
                  column == NULL ? "wanted" : forms[column->type].name);
        return STATUS_FAILED;
    }
    record->type = (int32_t)strtol(PQgetvalue(result, row, 0), NULL, 10);
    record->fields[record->n].column = column;
    record->fields[record->n++].type = type;
    return STATUS_OK;
}

enum status pg_record_read(struct pg *pg, const struct table *table, struct pg_record *record)
{
    static const char sql[] =
        "select c.reltype, a.attname, a.atttypid from pg_class c join pg_attribute a on a.attrelid "
        "= c.oid"
        " where c.oid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum";
    const char *values[] = {table->name};
    PGresult *result = PQexecParams(pg->conn, sql, 1, NULL, values, NULL, NULL, 0);
    enum status status = pg_classify(pg->conn, result);
    *record = (struct pg_record){.n = 0};
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

struct bytes pg_value(const struct column *column, const void *row, struct arena *arena)
{
    const void *field = (const char *)row + column->offset;
    if (is_null(column, field))
        return (struct bytes){NULL, 0};
    unsigned char *data = arena_alloc(arena, size_of(column, field));
    return (struct bytes){data, (size_t)(put_value(data, column, field) - data)};
}

static struct bytes single(enum column_type type, const void *value, struct arena *arena)
{
    struct column column = {"", type, 0, 0};
    unsigned char *data = arena_alloc(arena, 8);
    return (struct bytes){data, (size_t)(put_value(data, &column, value) - data)};
}

struct bytes pg_int2(int16_t value, struct arena *arena)
{
    return single(COLUMN_I16, &value, arena);
}

struct bytes pg_int4(int32_t value, struct arena *arena)
{
    return single(COLUMN_I32, &value, arena);
}

struct bytes pg_int8(int64_t value, struct arena *arena)
{
    return single(COLUMN_I64, &value, arena);
}

struct bytes pg_time(int64_t ms, struct arena *arena)
{
    return single(COLUMN_TIME, &ms, arena);
}

void pg_field(const PGresult *result, int row, int field, const struct column *column, void *into,
              struct arena *arena)
{
    char *to = (char *)into + column->offset;
    if (PQgetisnull(result, row, field))
        return; /* memory from an arena is zero: null */
    const char *value = PQgetvalue(result, row, field);
    size_t length = (size_t)PQgetlength(result, row, field);
    switch (column->type) {
    case COLUMN_I16:
        *(int16_t *)to = (int16_t)((unsigned char)value[0] << 8 | (unsigned char)value[1]);
        return;
    case COLUMN_I32:
        *(int32_t *)to = get4(value);
        return;
    case COLUMN_DAY:
        *(int32_t *)to = get4(value) + UNIX_DAYS;
        return;
    case COLUMN_I64:
        *(int64_t *)to = get8(value);
        return;
    case COLUMN_TIME:
        *(int64_t *)to = get8(value) / 1000 + UNIX_MS;
        return;
    case COLUMN_BOOL:
        *(bool *)to = value[0] != 0;
        return;
    case COLUMN_UUID:
        memcpy(to, value, 16);
        return;
    case COLUMN_TEXT:
        *(char **)to = memcpy(arena_alloc(arena, length + 1), value, length);
        return;
    case COLUMN_BYTES:
        *(struct bytes *)to =
            arena_bytes(arena, (struct bytes){(const unsigned char *)value, length});
        return;
    }
}
