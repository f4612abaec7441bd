/* SPDX-License-Identifier: Apache-2.0 */
/* table.h: what a row is. A row is a plain struct; a table describes it once, column by column
 * (name, type, offset), and from that description come the set-based load and save in PostgreSQL
 * and the memory store of tests and simulation.
 *
 *   struct task_row {
 *       int16_t centre;
 *       int64_t case_number;
 *       int16_t no;
 *       const char *department;
 *       int64_t opened_ms;
 *   };
 *
 *   static const struct column task_columns[] = {
 *       COLUMN(task_row, centre, I16, COLUMN_KEY),
 *       COLUMN(task_row, case_number, I64, COLUMN_KEY),
 *       COLUMN(task_row, no, I16, COLUMN_KEY),
 *       COLUMN(task_row, department, TEXT, COLUMN_FIXED),
 *       COLUMN_AS(task_row, opened_ms, "opened_at", TIME, 0), // timestamptz in SQL
 *   };
 *
 *   // loaded by (centre, case_number)
 *   const struct table task_table = TABLE("task", task_row, task_columns, 2);
 *
 * Key columns come first, in key order, and the first is always `centre`. Rows are loaded by group:
 * the first `n_group` key columns. */
#ifndef COMMON_TABLE_H
#define COMMON_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"

enum column_type {
    COLUMN_I16,   /* int16_t, smallint */
    COLUMN_I32,   /* int32_t, integer */
    COLUMN_I64,   /* int64_t, bigint */
    COLUMN_BOOL,  /* bool, boolean */
    COLUMN_TEXT,  /* const char *, text; null is null */
    COLUMN_BYTES, /* struct bytes, bytea; a null pointer is null */
    COLUMN_UUID,  /* unsigned char[16], uuid */
    COLUMN_TIME,  /* int64_t ms UTC, timestamptz; 0 is null */
    COLUMN_DAY,   /* int32_t days since 1970-01-01, date; 0 is null */
};

enum {
    COLUMN_KEY = 1,   /* part of the primary key */
    COLUMN_FIXED = 2, /* set when the row is added, never changed after */
    COLUMN_GUARD =
        4, /* I64: an update must find the value that was loaded, or the whole batch fails */
    COLUMN_DUE =
        8, /* TIME: rows_want_due loads by it; the table has an index on it; 0 = never due */
    COLUMN_OPEN = 16,  /* TIME: rows_want_open loads the rows in which it is not 0 */
    COLUMN_OWNER = 64, /* rows_want_owned loads the rows with one value of it */
    COLUMN_DONE = 128, /* TIME: of those, and without COLUMN_OPEN for rows_want_open, the rows in
                        * which it is 0
                        */
    COLUMN_SEALED =
        32, /* BYTES: sealed (sealed.h); it changes when it is sealed with another key */
};

struct column {
    const char *name;  /* in SQL */
    const char *field; /* in C */
    enum column_type type;
    size_t offset;
    unsigned flags;
};

#define COLUMN(row, member, kind, flag)                                                            \
    {                                                                                              \
        .name = #member, .field = #member, .type = COLUMN_##kind,                                  \
        .offset = offsetof(struct row, member), .flags = flag                                      \
    }

/* When SQL has another name for it: an instant is opened_ms here and opened_at there; a day is
 * made_day here and made_on there. */
#define COLUMN_AS(row, member, sql, kind, flag)                                                    \
    {                                                                                              \
        .name = sql, .field = #member, .type = COLUMN_##kind,                                      \
        .offset = offsetof(struct row, member), .flags = flag                                      \
    }

struct table {
    const char *name; /* in the service's own schema */
    size_t row_size;
    const struct column *columns;
    int n_columns;
    int n_group;    /* key columns by which rows are loaded */
    bool reference; /* read whole by the service's open(); a change re-opens it */
};

#define TABLE(table_name, row, list, group)                                                        \
    {                                                                                              \
        .name = table_name, .row_size = sizeof(struct row), .columns = list,                       \
        .n_columns = sizeof(list) / sizeof((list)[0]), .n_group = group                            \
    }
#define REFERENCE(table_name, row, list, group)                                                    \
    {                                                                                              \
        .name = table_name, .row_size = sizeof(struct row), .columns = list,                       \
        .n_columns = sizeof(list) / sizeof((list)[0]), .n_group = group, .reference = true         \
    }

/* Rows that a read gives and no table keeps: a join, a sum, some of a table's columns. A column's
 * name is whatever SQL selects for it:
 *
 *   struct takings_row { const char *department; int64_t paid_fen; };
 *
 *   static const struct column takings_columns[] = {
 *       COLUMN(takings_row, department, TEXT, 0),
 *       COLUMN_AS(takings_row, paid_fen, "sum(paid_fen)::bigint", I64, 0),
 *   };
 *   static const struct shape takings = SHAPE(takings_row, takings_columns); */
struct shape {
    size_t row_size;
    const struct table *whole; /* all of its columns come first, and its row opens the struct; or
                                  null */
    const struct column *columns;
    int n_columns;
};

#define SHAPE(row, list) SHAPE_WITH(NULL, row, list)
#define SHAPE_WITH(table, row, list)                                                               \
    {                                                                                              \
        .row_size = sizeof(struct row), .whole = table, .columns = list,                           \
        .n_columns = sizeof(list) / sizeof((list)[0])                                              \
    }

/* A table's own columns and no others. */
static inline struct shape table_shape(const struct table *table)
{
    return (struct shape){.row_size = table->row_size, .whole = table};
}

int table_key_columns(const struct table *);
int table_due_column(const struct table *);   /* -1: none */
int table_open_column(const struct table *);  /* -1: none */
int table_owner_column(const struct table *); /* -1: none */
int table_done_column(const struct table *);  /* -1: none */
int table_guard_column(const struct table *); /* -1: none */

/* The value of the guarded column; 0: the table has none. */
int64_t table_guard(const struct table *, const void *row);

/* The bytes of a column's value, borrowed from the row; of null none. */
struct bytes column_content(const void *row, const struct column *);

/* The value of a column of whole numbers, and setting it. */
int64_t table_number(const void *row, const struct column *);
void table_set_number(void *row, const struct column *, int64_t);

/* Compare and hash the first `n` columns of two rows. */
bool table_same(const struct table *, const void *row, const void *other, int n);
uint64_t table_hash(const struct table *, const void *row, int n);
/* Less than, equal to or more than 0, as `row` stands before, with or after `other` in key order:
 * numbers by value, text by its bytes. */
int table_order(const struct table *, const void *row, const void *other);
/* A copy of `row` whose text and bytes live in the arena. */
void *table_copy(const struct table *, const void *row, struct arena *);

#endif
