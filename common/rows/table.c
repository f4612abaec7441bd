/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/table.h"

#include <string.h>

#include "common/base/hash.h"
#include "common/base/panic.h"

static const void *at(const void *row, const struct column *column)
{
    return (const char *)row + column->offset;
}

int table_key_columns(const struct table *table)
{
    int n = 0;
    while (n < table->n_columns && (table->columns[n].flags & COLUMN_KEY) != 0)
        n++;
    return n;
}

static int column_with(const struct table *table, unsigned flag)
{
    for (int i = 0; i < table->n_columns; i++)
        if ((table->columns[i].flags & flag) != 0)
            return i;
    return -1;
}

int table_due_column(const struct table *table)
{
    return column_with(table, COLUMN_DUE);
}

int table_open_column(const struct table *table)
{
    int open = column_with(table, COLUMN_OPEN);
    return open >= 0 ? open : column_with(table, COLUMN_DONE);
}

int table_owner_column(const struct table *table)
{
    return column_with(table, COLUMN_OWNER);
}

int table_done_column(const struct table *table)
{
    return column_with(table, COLUMN_DONE);
}

int table_guard_column(const struct table *table)
{
    return column_with(table, COLUMN_GUARD);
}

int64_t table_guard(const struct table *table, const void *row)
{
    int guard = table_guard_column(table);

    return guard < 0 ? 0 : *(const int64_t *)at(row, &table->columns[guard]);
}

struct bytes column_content(const void *row, const struct column *column)
{
    const void *field = at(row, column);
    switch (column->type) {
    case COLUMN_TEXT: {
        const char *text = *(const char *const *)field;
        return (struct bytes){(const unsigned char *)text, text == NULL ? 0 : strlen(text)};
    }
    case COLUMN_BYTES:
        return *(const struct bytes *)field;
    case COLUMN_UUID:
        return (struct bytes){field, 16};
    case COLUMN_I16:
        return (struct bytes){field, sizeof(int16_t)};
    case COLUMN_I32:
    case COLUMN_DAY:
        return (struct bytes){field, sizeof(int32_t)};
    case COLUMN_I64:
    case COLUMN_TIME:
        return (struct bytes){field, sizeof(int64_t)};
    case COLUMN_BOOL:
        return (struct bytes){field, sizeof(bool)};
    }
    panic("no such column type");
}

bool table_same(const struct table *table, const void *row, const void *other, int n)
{
    for (int i = 0; i < n; i++) {
        struct bytes a = column_content(row, &table->columns[i]),
                     b = column_content(other, &table->columns[i]);
        if (a.len != b.len || (a.data == NULL) != (b.data == NULL))
            return false;
        if (a.len > 0 && memcmp(a.data, b.data, a.len) != 0)
            return false;
    }
    return true;
}

uint64_t table_hash(const struct table *table, const void *row, int n)
{
    uint64_t hash = HASH_BEGIN;
    for (int i = 0; i < n; i++) {
        struct bytes field = column_content(row, &table->columns[i]);
        hash = hash_bytes(hash, field.data, field.len);
    }
    return hash;
}

int64_t table_number(const void *row, const struct column *column)
{
    const void *field = at(row, column);
    switch (column->type) {
    case COLUMN_I16:
        return *(const int16_t *)field;
    case COLUMN_I32:
    case COLUMN_DAY:
        return *(const int32_t *)field;
    case COLUMN_I64:
    case COLUMN_TIME:
        return *(const int64_t *)field;
    case COLUMN_BOOL:
        return *(const bool *)field;
    default:
        panic("%s is not a number", column->name);
    }
}

void table_set_number(void *row, const struct column *column, int64_t value)
{
    void *field = (char *)row + column->offset;
    if (column->type == COLUMN_I16)
        *(int16_t *)field = (int16_t)value;
    else if (column->type == COLUMN_I32 || column->type == COLUMN_DAY)
        *(int32_t *)field = (int32_t)value;
    else if (column->type == COLUMN_I64 || column->type == COLUMN_TIME)
        *(int64_t *)field = value;
    else
        panic("%s is not a whole number", column->name);
}

static int order(const void *row, const void *other, const struct column *column)
{
    if (column->type != COLUMN_TEXT && column->type != COLUMN_BYTES &&
        column->type != COLUMN_UUID) {
        int64_t a = table_number(row, column), b = table_number(other, column);
        return (a > b) - (a < b);
    }
    struct bytes a = column_content(row, column), b = column_content(other, column);
    size_t least = a.len < b.len ? a.len : b.len;
    int by_content = least == 0 ? 0 : memcmp(a.data, b.data, least);
    return by_content != 0 ? by_content : (a.len > b.len) - (a.len < b.len);
}

int table_order(const struct table *table, const void *row, const void *other)
{
    int found = 0;
    for (int i = 0; i < table_key_columns(table) && found == 0; i++)
        found = order(row, other, &table->columns[i]);
    return found;
}

void *table_copy(const struct table *table, const void *row, struct arena *arena)
{
    char *copy = arena_alloc(arena, table->row_size);
    memcpy(copy, row, table->row_size);
    for (int i = 0; i < table->n_columns; i++) {
        void *field = copy + table->columns[i].offset;
        if (table->columns[i].type == COLUMN_TEXT)
            *(const char **)field = arena_strdup(arena, *(const char **)field);
        else if (table->columns[i].type == COLUMN_BYTES)
            *(struct bytes *)field = arena_bytes(arena, *(struct bytes *)field);
    }
    return copy;
}
