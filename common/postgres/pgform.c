/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgform.h"

#include <endian.h>
#include <string.h>

#include "common/base/panic.h"

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

const char *pgform_type(enum column_type type)
{
    return forms[type].name;
}

int32_t pgform_oid(enum column_type type)
{
    return forms[type].oid;
}

/* ---- to PostgreSQL */

unsigned char *pgform_put_int(unsigned char *to, int32_t value)
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

/* Since 2000-01-01. What is too far off to be counted is an instant that PostgreSQL refuses. */
static int64_t microseconds(int64_t ms)
{
    int64_t since;
    bool too_far =
        __builtin_sub_overflow(ms, UNIX_MS, &since) || __builtin_mul_overflow(since, 1000, &since);
    return too_far ? INT64_MAX - 1 : since;
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
        return pgform_put_int(to, *(const int32_t *)field);
    case COLUMN_DAY:
        return pgform_put_int(to, *(const int32_t *)field - UNIX_DAYS);
    case COLUMN_I64:
        return put8(to, *(const int64_t *)field);
    case COLUMN_TIME:
        return put8(to, microseconds(*(const int64_t *)field));
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

size_t pgform_size(const struct column *column, const void *row)
{
    const void *field = (const char *)row + column->offset;
    if (is_null(column, field))
        return 4;
    return 4 + (forms[column->type].size > 0 ? (size_t)forms[column->type].size
                                             : varying(column, field).len);
}

unsigned char *pgform_put(unsigned char *to, const struct column *column, const void *row)
{
    const void *field = (const char *)row + column->offset;
    if (is_null(column, field))
        return pgform_put_int(to, -1);
    to = pgform_put_int(to, (int32_t)(pgform_size(column, row) - 4));
    return put_value(to, column, field);
}

unsigned char *pgform_put_head(unsigned char *to, int32_t oid, int n)
{
    to = pgform_put_int(to, 1);
    to = pgform_put_int(to, 1);
    to = pgform_put_int(to, oid);
    to = pgform_put_int(to, n);
    return pgform_put_int(to, 1);
}

struct bytes pgform_array(const struct column *column, void *const *rows, int n,
                          struct arena *arena)
{
    size_t size = PGFORM_HEAD_BYTES;
    for (int i = 0; i < n; i++)
        size += pgform_size(column, rows[i]);
    unsigned char *data = arena_alloc(arena, size),
                  *to = pgform_put_head(data, forms[column->type].oid, n);
    for (int i = 0; i < n; i++)
        to = pgform_put(to, column, rows[i]);
    return (struct bytes){data, size};
}

struct bytes pgform_value(const struct column *column, const void *row, struct arena *arena)
{
    const void *field = (const char *)row + column->offset;
    if (is_null(column, field))
        return (struct bytes){NULL, 0};
    unsigned char *data = arena_alloc(arena, pgform_size(column, row));
    return (struct bytes){data, (size_t)(put_value(data, column, field) - data)};
}

void pgform_params(struct pg_params *to, struct params params, struct arena *arena)
{
    for (int i = 0; i < params.n; i++) {
        const struct column column = {.type = params.list[i].type,
                                      .offset = offsetof(struct param, value)};
        pg_param(to, pgform_value(&column, &params.list[i], arena));
    }
}

/* ---- from PostgreSQL */

static int16_t get2(const char *from)
{
    uint16_t big;
    memcpy(&big, from, 2);
    return (int16_t)be16toh(big);
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

static void get_value(const struct column *column, const char *value, size_t length, char *to,
                      struct arena *arena)
{
    switch (column->type) {
    case COLUMN_I16:
        *(int16_t *)to = get2(value);
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

void pgform_fields(const PGresult *result, int row, int first, const struct column *columns, int n,
                   void *into, struct arena *arena)
{
    for (int i = 0; i < n; i++)
        if (!PQgetisnull(result, row, first + i))
            get_value(&columns[i], PQgetvalue(result, row, first + i),
                      (size_t)PQgetlength(result, row, first + i), (char *)into + columns[i].offset,
                      arena);
}
