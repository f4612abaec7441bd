/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/reader.h"

#include "common/postgres/pgread.h"

void *reader_rows(struct reader *reader, const struct table *table, const char *where,
                  struct params params, size_t *n)
{
    void *rows = NULL;
    *n = 0;
    if (reader->status == STATUS_OK)
        reader->status = pgread_rows(reader->read, table, where, params, reader->arena, &rows, n);
    return rows;
}

void *reader_row(struct reader *reader, const struct table *table, const char *where,
                 struct params params)
{
    size_t n;
    void *rows = reader_rows(reader, table, where, params, &n);
    return n == 0 ? NULL : rows;
}

void *reader_select(struct reader *reader, const struct shape *shape, const char *from,
                    struct params params, size_t *n)
{
    void *rows = NULL;
    *n = 0;
    if (reader->status == STATUS_OK)
        reader->status = pgread_select(reader->read, shape, from, params, reader->arena, &rows, n);
    return rows;
}

void *reader_total(struct reader *reader, const struct shape *shape, const char *from,
                   struct params params)
{
    size_t n;
    void *rows = reader_select(reader, shape, from, params, &n);
    return n == 0 ? arena_alloc(reader->arena, shape->row_size) : rows;
}

struct count_row {
    int64_t n;
};
static const struct column count_columns[] = {COLUMN_AS(count_row, n, "count(*)", I64, 0)};
static const struct shape count = SHAPE(count_row, count_columns);

int64_t reader_count(struct reader *reader, const char *from, struct params params)
{
    return ((const struct count_row *)reader_total(reader, &count, from, params))->n;
}
